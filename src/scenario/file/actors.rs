//! Countries, clauses and mandates as written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Number;
use crate::scenario::MAX_QUANTITY;

/// A country.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CountryFile {
    /// Name for people; the identifier where not stated.
    pub name: Option<String>,
    /// Groups it belongs to, e.g. `LDC` or `region:Europe`.
    pub groups: Option<Vec<String>>,
    /// Bargaining weight from resources [any unit, ≥ 0; default: the indicators, or 1].
    pub capability: Option<Number>,
    /// Capacity to put obligations into practice [0–1; default: the indicator, or 1].
    pub capacity: Option<Number>,
}

/// A clause.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClauseFile {
    /// Name for people; the identifier where not stated.
    pub name: Option<String>,
    /// Text options from none to strongest; none at all for a continuous scale.
    pub rungs: Option<Vec<RungFile>>,
    /// Cost of putting it into practice, relative to other clauses [≥ 0; default 1].
    #[schemars(range(min = 0.0, max = MAX_QUANTITY))]
    pub burden: Option<f64>,
    /// Whether special and differential treatment can soften it [default true].
    pub sdt: Option<bool>,
}

/// A text option.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RungFile {
    /// Short label.
    pub label: String,
    /// Effective obligation [0–1].
    #[schemars(range(min = 0.0, max = 1.0))]
    pub position: f64,
    /// The option in words.
    #[serde(default)]
    pub text: String,
}

/// What a capital wants on a clause.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MandateFile {
    /// Ideal point [0–1].
    pub ideal: Number,
    /// Salience [≥ 0; default 1].
    pub salience: Option<Number>,
    /// Red lines.
    pub red_line: Option<RedLineFile>,
    /// What its own law already does [0–1; default: the status quo].
    #[schemars(range(min = 0.0, max = 1.0))]
    pub regime: Option<f64>,
}

/// Bounds that a country will not cross.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RedLineFile {
    /// The least it accepts [0–1].
    #[schemars(range(min = 0.0, max = 1.0))]
    pub floor: Option<f64>,
    /// The most it accepts [0–1].
    #[schemars(range(min = 0.0, max = 1.0))]
    pub ceiling: Option<f64>,
    /// How much further out they may really lie [standard deviation of the normal whose absolute value it is; default 0].
    #[serde(default)]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub slack: f64,
}
