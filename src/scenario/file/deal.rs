//! What a chair may offer in the endgame, as written: assistance, exceptions, opt-outs, side letters.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::scenario::MAX_QUANTITY;

/// Transition periods and capacity building for members of low capacity.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AssistanceFile {
    /// Groups or countries that may designate clauses for a transition period or for capacity building.
    pub recipients: Vec<String>,
    /// Who pays for capacity building; a recipient never does.
    pub donors: DonorsFile,
    /// Share of a clause's burden that a transition period takes away [0–1; default 0.5].
    #[serde(default = "half")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub transition_relief: f64,
    /// Utility that donors pay for each unit of burden that capacity building takes away [≥ 0; default 1].
    #[serde(default = "whole")]
    #[schemars(range(min = 0.0, max = MAX_QUANTITY))]
    pub capacity_building: f64,
    /// Most that a donor pays, as a share of its own gain [0–1; default 0.5].
    #[serde(default = "half")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub most: f64,
}

/// Who pays for capacity building.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum DonorsFile {
    /// Groups or countries.
    Named(Vec<String>),
    /// The strong, whoever they are.
    Strong(StrongFile),
}

/// Donors by their strength.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StrongFile {
    /// Least share of the capability of all members together [0–1].
    #[schemars(range(min = 0.0, max = 1.0))]
    pub capability: f64,
}

/// Exceptions that the chair may attach to a clause before it weakens it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FlexibilityFile {
    /// Share of a clause's depth by which each exception widens what may be left undone [0.05–1; default 0.25].
    #[serde(default = "quarter")]
    #[schemars(range(min = 0.05, max = 1.0))]
    pub step: f64,
    /// Most of a clause's depth that may be left undone [0–1; default 0.5].
    #[serde(default = "half")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub most: f64,
    /// Clauses that can carry exceptions [default: the whole agenda].
    pub clauses: Option<Vec<String>>,
}

/// Opt-outs from single clauses of a package.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OptOutsFile {
    /// Clauses that one member may opt out of [1–128].
    #[schemars(range(min = 1, max = 128))]
    pub at_most: u32,
    /// Clauses that members may opt out of [default: the whole agenda].
    pub clauses: Option<Vec<String>>,
}

/// Side letters: two members soften a clause between themselves, so that one of them can accept the package.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SideLettersFile {
    /// Letters that one member may ask for [1–400].
    #[schemars(range(min = 1, max = 400))]
    pub at_most: u32,
    /// Share of the clause that a letter sets aside between the two [0–1; default 1].
    #[serde(default = "whole")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub softening: f64,
    /// Clauses on which letters may be exchanged [default: the whole agenda].
    pub clauses: Option<Vec<String>>,
}

fn quarter() -> f64 {
    0.25
}
fn half() -> f64 {
    0.5
}
fn whole() -> f64 {
    1.0
}
