//! Mechanisms as written: what a run leaves out.

use schemars::JsonSchema;
use serde::Deserialize;

/// Which mechanisms a run leaves out, to see what each of them does.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MechanismsFile {
    /// Mechanisms that are switched off, as if the scenario did not mention them [default: none].
    #[serde(default)]
    pub off: Vec<Mechanism>,
}

/// A part of the model that can be switched off.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Mechanism {
    /// The price of staying out of a text that one's trading partners join.
    Coverage,
    /// Transition periods, and capacity building that donors pay for.
    Transfers,
    /// Exceptions that the chair attaches to a clause before it weakens it.
    Flexibility,
    /// Opt-outs from single clauses of a package.
    OptOuts,
}
