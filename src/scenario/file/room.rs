//! What happens in the room as written: blocs, issue linkage, the first reading.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Named, RedLineFile, ShareFile};

/// A standing coalition that caucuses in the forum. A member belongs to one bloc at most.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BlocFile {
    /// Its members, by identifier; either these or a group.
    pub members: Option<Vec<String>>,
    /// The group of countries whose members in the forum are its members; either this or a list.
    pub group: Option<String>,
    /// How far its members follow the common position [share, 0–1; 0 not at all, 1 all the way].
    #[schemars(range(min = 0.0, max = 1.0))]
    pub cohesion: f64,
    /// The member that speaks for it; members then object with the standing of the bloc [default: none].
    pub spokesperson: Option<String>,
    /// Red lines of the bloc, per clause; they bind each member as far as the bloc coheres.
    #[serde(default)]
    pub red_line: Named<RedLineFile>,
}

/// Issue linkage: pairs of delegations give way to each other on clauses that matter less to them.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkageFile {
    /// Most exchanges a round [a count, 0–100; default 10].
    #[schemars(range(min = 0, max = 100))]
    pub exchanges: Option<u32>,
    /// Delegations heard on each side of each clause [a count, 1–8; default: about a hundred in all, at least 2].
    #[schemars(range(min = 1, max = 8))]
    pub partners: Option<u32>,
    /// Clauses on which one delegation may offer to give way in one round [a count, 1–128; default 8].
    #[schemars(range(min = 1, max = 128))]
    pub issues: Option<u32>,
}

/// The first reading: what a clause needs to enter the text.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FirstReadingFile {
    /// Delegations that must put the clause forward [a count, 1–400; default 2, or all where there are fewer].
    #[schemars(range(min = 1, max = 400))]
    pub sponsors: Option<u32>,
    /// Share of all say on the clause that they must carry, as a fraction "1/3", a percentage "10 %" or a number [0–1;
    /// default 0.1].
    #[schemars(extend("minimum" = 0.0, "maximum" = 1.0))]
    pub support: Option<ShareFile>,
    /// How readily a wish becomes a proposal: chance per unit of stake × distance × standing [≥ 0; default 1].
    #[schemars(range(min = 0.0, max = 1000.0))]
    pub zeal: Option<f64>,
}
