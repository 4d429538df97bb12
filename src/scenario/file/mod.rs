//! The scenario format, as types: what may be written, with units, ranges and defaults. The JSON Schema that
//! `comity schema` prints, and that every file is held against, is made from them.

mod actors;
mod adoption;
mod after;
mod deal;
mod forum;
mod mechanisms;
mod parameters;
mod room;
mod shocks;

pub use crate::rules::{RuleFile, ShareFile};
pub use crate::tactics::TacticFile;
pub use actors::*;
pub use adoption::*;
pub use after::*;
pub use deal::*;
pub use forum::*;
pub use mechanisms::*;
pub use parameters::*;
pub use room::*;
pub use shocks::*;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

use super::MAX_QUANTITY;

/// Tables by identifier, in the order written.
pub type Named<T> = IndexMap<String, T>;

/// A scenario: who negotiates what, under which rules.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "comity scenario")]
pub struct ScenarioFile {
    /// One line that says what is simulated.
    pub title: String,
    /// What the scenario asks, in prose.
    #[serde(default)]
    pub question: String,
    /// Another scenario, shipped or by path, of which this one states only the differences.
    pub extends: Option<String>,
    /// Evidence dated later than this day does not count; needed where mandates are built from evidence.
    #[schemars(extend("format" = "date"))]
    pub as_of: Option<String>,
    /// Replications of a run where the command line does not say.
    #[serde(default = "default_replications")]
    #[schemars(range(min = 1, max = 1_000_000_000))]
    pub replications: u64,
    /// Seed of a run where the command line does not say.
    #[serde(default = "default_seed")]
    pub seed: Seed,
    /// Last day that is looked at; without it nothing that follows adoption is played.
    #[schemars(extend("format" = "date"))]
    pub horizon: Option<String>,
    /// How often a year the world looks at what follows adoption [1–366; default 4].
    #[serde(default = "default_seasons")]
    #[schemars(range(min = 1, max = 366))]
    pub seasons_per_year: u32,
    /// CSV tables beside this file.
    #[serde(default)]
    pub tables: Tables,
    /// Which columns of the indicator table give capability and capacity.
    pub indicators: Option<Indicators>,
    /// How mandates without evidence are filled in from comparable countries.
    pub imputation: Option<Imputation>,
    /// The model's parameters.
    #[serde(default)]
    pub parameters: ParametersFile,
    /// Which mechanisms take part.
    #[serde(default)]
    pub mechanisms: MechanismsFile,
    /// What is measured beside the rest.
    #[serde(default)]
    pub measures: MeasuresFile,
    /// Countries by identifier, beside or over those of the table.
    #[serde(default)]
    pub country: Named<CountryFile>,
    /// Clauses by identifier, beside or over those of the table.
    #[serde(default)]
    pub clause: Named<ClauseFile>,
    /// Forums by identifier.
    #[serde(default)]
    pub forum: Named<ForumFile>,
    /// Mandates typed in, by country and clause; they come before evidence.
    #[serde(default)]
    pub mandate: Named<Named<MandateFile>>,
    /// Shocks by identifier: what happens to the talks from outside.
    #[serde(default)]
    pub shock: Named<ShockFile>,
}

fn default_replications() -> u64 {
    1000
}

fn default_seed() -> Seed {
    Seed::Number(1)
}

/// A seed: a whole number, or one in quotes; above 9007199254740992 in quotes, for some readers round such a number.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Seed {
    /// As a number.
    Number(#[schemars(range(min = 0))] u64),
    /// In digits, up to 18446744073709551615.
    Text(String),
}

fn default_seasons() -> u32 {
    4
}

/// Paths of CSV tables, relative to the scenario.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tables {
    /// Columns `id,name,groups,source,confidence`; groups separated by `;`.
    pub countries: Option<String>,
    /// Columns `country,indicator,value,unit,year,source,confidence`.
    pub indicators: Option<String>,
    /// One row a rung: `clause,name,burden,sdt,rung,label,position,exemplar,source,confidence`, and `text` if you like.
    pub clauses: Option<String>,
    /// One row a piece of evidence: `id,actor,clause,date,rung,point,salience,red_line,basis,instrument,drawn_from_text,source,confidence`, and `note` if you like.
    pub evidence: Option<String>,
    /// Who trades with whom: `country,partner,share,source,confidence`, or `flow` (both directions, any unit) for `share`.
    pub trade: Option<String>,
    /// Shares of the world's output and trade: `country,measure,share,source,licence,confidence`, where `measure` is `gdp`, `goods_trade` or `digital_trade`.
    pub world: Option<String>,
}

/// Which indicators of the table play which part.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Indicators {
    /// Indicators whose sum is a country's capability.
    #[serde(default)]
    pub capability: Vec<String>,
    /// Indicator that is a country's capacity to put obligations into practice [0–1].
    pub capacity: Option<String>,
}

/// How mandates without evidence are filled in.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Imputation {
    /// What makes countries comparable.
    pub features: Vec<Feature>,
    /// Distance, in standard deviations of the features, at which a country's example loses 39% of its force [above 0].
    #[serde(default = "default_bandwidth")]
    #[schemars(range(min = 0.01, max = 100.0))]
    pub bandwidth: f64,
    /// Force of an example from outside the country's groups of the kind `region:…`, against one from inside [0–1].
    #[serde(default = "default_elsewhere")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub elsewhere: f64,
    /// Salience of an imputed mandate, against that of the examples [0–1].
    #[serde(default = "default_imputed_salience")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub salience: f64,
    /// Least uncertainty of an imputed ideal point [standard deviation, share of the scale].
    #[serde(default = "default_imputed_sd")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub uncertainty: f64,
}

fn default_bandwidth() -> f64 {
    1.0
}
fn default_elsewhere() -> f64 {
    0.5
}
fn default_imputed_salience() -> f64 {
    0.5
}
fn default_imputed_sd() -> f64 {
    0.15
}

/// One thing that makes countries comparable.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Feature {
    /// The indicator.
    pub indicator: String,
    /// Whether its logarithm counts.
    #[serde(default)]
    pub log: bool,
}

/// A number, or the distribution it is drawn from once a replication.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Number {
    /// Known.
    Fixed(f64),
    /// Drawn.
    Spread(Spread),
}

/// A distribution.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Spread {
    /// Normal.
    Normal {
        /// Mean.
        mean: f64,
        /// Standard deviation.
        #[schemars(range(min = 0.0, max = MAX_QUANTITY))]
        sd: f64,
    },
    /// Every value equally likely.
    Uniform {
        /// Least.
        min: f64,
        /// Greatest.
        max: f64,
    },
    /// Triangular.
    Triangular {
        /// Least.
        min: f64,
        /// Most likely.
        mode: f64,
        /// Greatest.
        max: f64,
    },
}

/// The JSON Schema of the format.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(ScenarioFile).to_value()
}
