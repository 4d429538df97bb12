//! Which of the model's mechanisms are switched off.

use schemars::JsonSchema;
use serde::Deserialize;

/// Mechanisms of the model, to be switched off one by one.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MechanismsFile {
    /// Mechanisms that do not act [default: none; each acts where the scenario says something for it to act on].
    #[serde(default)]
    pub off: Vec<Mechanism>,
}

/// A mechanism that can be switched off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mechanism {
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
}
