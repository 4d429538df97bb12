//! Which mechanisms take part, and what is measured only where asked.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which mechanisms take part; all that the scenario gives data for do, unless they are switched off here.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MechanismsFile {
    /// Mechanisms that are switched off, to see what they do [default: none].
    #[serde(default)]
    pub off: Vec<Mechanism>,
}

/// What is measured only where a scenario asks, since it takes time.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeasuresFile {
    /// Distances of adopted texts to the Nash, Kalai–Smorodinsky and egalitarian solutions, and to the nearest efficient
    /// text [default: false].
    #[serde(default)]
    pub solutions: bool,
}

/// A mechanism that can be switched off.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Mechanism {
    /// Blocs that caucus.
    Caucus,
    /// Exchange of positions between clauses.
    Exchange,
    /// The first reading, which a clause must pass.
    Agenda,
    /// The pull of precedents on the first draft.
    Ratchet,
    /// The chair's first draft starts from the best text that others adopted before.
    BestText,
    /// The price of staying out of a text that one's trading partners join.
    Coverage,
    /// Transition periods, and capacity building that donors pay for.
    Transfers,
    /// Exceptions that the chair attaches to a clause before it weakens it.
    Flexibility,
    /// Opt-outs from single clauses of a package.
    OptOuts,
    /// Letters by which two members set a clause aside between themselves.
    SideLetters,
    /// Drafts are put under silence before the forum's rule decides.
    Silence,
    /// Parties declare that the text does not apply between them and another.
    NonApplication,
    /// Ratification takes time and may fail; without it signatories are bound by signature.
    Ratification,
    /// Outsiders may accede.
    Accession,
    /// Parties may withdraw.
    Withdrawal,
    /// The text is put to the members of another body.
    Incorporation,
    /// A text in force moves its parties' status quo in other forums.
    Precedent,
    /// Wishes drift towards texts in force.
    Diffusion,
    /// Proponents that are blocked in one forum move their effort to another.
    ForumShopping,
    /// Dialogues tell their members about each other.
    Dialogue,
    /// Shocks strike; members that a shock would bring are there from the start.
    Shocks,
}

impl MechanismsFile {
    /// Whether a mechanism takes part.
    pub fn has(&self, mechanism: Mechanism) -> bool {
        !self.off.contains(&mechanism)
    }
}
