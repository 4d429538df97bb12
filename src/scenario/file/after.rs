//! What follows adoption as written: consent, entry into force, accession, withdrawal, incorporation, dialogues.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Members, Named, RuleFile, ShareFile};

/// How members consent to be bound.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsentFile {
    /// Days from adoption to signature [0–3650; default 0].
    #[serde(default)]
    #[schemars(range(min = 0, max = 3650))]
    pub signature_after_days: u32,
    /// Factor on the median lag of ratification [0.01–100; default 1].
    #[schemars(range(min = 0.01, max = 100.0))]
    pub ratification_scale: Option<f64>,
    /// Legal reservations that signatories may make [default: none allowed].
    pub reservations: Option<ReservationsFile>,
    /// Declarations that the text does not apply between two parties [default: none].
    pub non_application: Option<NonApplicationFile>,
}

/// Declarations of parties that the text does not apply between them and another (WTO Agreement, article XIII).
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NonApplicationFile {
    /// Per country, those against which it makes the declaration whenever both are parties.
    #[serde(default)]
    pub against: Named<Vec<String>>,
    /// A party also makes it against one that falls short of the text and with which it does less than this share of its
    /// trade [0–1; default 0].
    #[serde(default)]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub trade_below: f64,
    /// Whether a party that would object to an applicant makes the declaration instead and lets it in [default false].
    #[serde(default)]
    pub instead_of_objecting: bool,
}

/// Legal reservations that a text allows.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReservationsFile {
    /// Most clauses that one country may reserve [1–128].
    #[schemars(range(min = 1, max = 128))]
    pub at_most: u32,
    /// Clauses to which no reservation is allowed.
    #[serde(default)]
    pub not: Vec<String>,
}

/// When a text enters into force: `{ any = [ … ], after_days = 60 }` or `{ all = [ … ] }`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ForceFile {
    /// Thresholds all of which must be met.
    pub all: Option<Vec<ThresholdFile>>,
    /// Thresholds one of which must be met.
    pub any: Option<Vec<ThresholdFile>>,
    /// Days from the threshold to entry into force, and from a later deposit to entry into force for the late party
    /// [0–3650; default 0].
    #[serde(default)]
    #[schemars(range(min = 0, max = 3650))]
    pub after_days: u32,
}

/// A number or share of consents.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ThresholdFile {
    /// How many consents, or how much weight [above 0].
    #[schemars(range(min = 0.0))]
    pub count: Option<f64>,
    /// Which share of them, as a fraction "2/3", a percentage "55 %" or a number [0–1]; give this or `count`.
    #[schemars(extend("minimum" = 0.0, "maximum" = 1.0))]
    pub share: Option<ShareFile>,
    /// Of whom a share is taken [default: signatories].
    #[serde(default)]
    pub of: OfFile,
    /// What is counted [default: count, with each member's `count`].
    #[serde(default)]
    pub by: CountedFile,
    /// Only members of this group count.
    pub group: Option<String>,
    /// Only countries outside this group count.
    pub outside: Option<String>,
}

/// Of whom a share of consents is taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OfFile {
    /// Those that signed.
    #[default]
    Signatories,
    /// All members of the forum.
    Members,
}

/// What is counted towards entry into force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CountedFile {
    /// Instruments, each for the member's `count`.
    #[default]
    Count,
    /// The members' weights.
    Weight,
}

/// How countries join that did not sign.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AccessionFile {
    /// First day of accessions [default: the day of entry into force].
    #[schemars(extend("format" = "date"))]
    pub opens: Option<String>,
    /// How the parties admit an applicant [default: consensus].
    #[serde(default)]
    pub rule: RuleFile,
    /// Countries outside the forum that may apply; a list or a table like that of members [default: every country of the
    /// scenario's other forums]. Members that stayed out may always apply.
    pub applicants: Option<Members>,
    /// Per applicant, parties that object whatever the applicant does.
    #[serde(default)]
    pub opposed: Named<Vec<String>>,
}

/// How parties leave.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawalFile {
    /// Days from notice to the end of the obligation [0–3650; default 180].
    #[serde(default = "default_notice")]
    #[schemars(range(min = 0, max = 3650))]
    pub notice_days: u32,
}

fn default_notice() -> u32 {
    180
}

/// A second decision: the text is put to the members of another body.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IncorporationFile {
    /// Name of the body, for people.
    #[serde(default)]
    pub body: String,
    /// Its members; a list or a table like that of a forum's members.
    pub members: Members,
    /// How it decides [default: consensus].
    #[serde(default)]
    pub rule: RuleFile,
    /// Whether the text is opened for signature only once it is incorporated [default false].
    #[serde(default)]
    pub required: bool,
    /// Members that object whatever the text says.
    #[serde(default)]
    pub opposed: Vec<String>,
}

/// What a dialogue does once it has concluded.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DialogueFile {
    /// Share of the uncertainty about its members' wishes that it takes away, on its clauses, in forums that open later
    /// [0–1; default 0.25].
    #[schemars(range(min = 0.0, max = 1.0))]
    pub narrowing: Option<f64>,
    /// Share of the way to its text that its members' wishes move [0–1; default 0].
    #[schemars(range(min = 0.0, max = 1.0))]
    pub convergence: Option<f64>,
}
