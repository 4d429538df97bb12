//! The scenario format, as types: what may be written, with units, ranges and defaults. The JSON Schema that
//! `comity schema` prints, and that every file is held against, is made from them.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

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
    #[schemars(range(min = 0))]
    pub seed: u64,
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
}

fn default_replications() -> u64 {
    1000
}

fn default_seed() -> u64 {
    1
}

/// Paths of CSV tables, relative to the scenario.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tables {
    /// Columns `id,name,groups,source,confidence`; groups separated by `;`.
    pub countries: Option<String>,
    /// Columns `country,indicator,value,unit,year,source,confidence`.
    pub indicators: Option<String>,
    /// One row a rung: `clause,name,orientation,burden,sdt,rung,label,position,exemplar,source,confidence`, and `text` if you like.
    pub clauses: Option<String>,
    /// One row a piece of evidence: `id,actor,clause,date,rung,point,salience,red_line,basis,instrument,drawn_from_text,source,confidence`, and `note` if you like.
    pub evidence: Option<String>,
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
        #[schemars(range(min = 0.0))]
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

/// The model's parameters; docs/model.md says what each does and where its default comes from.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ParametersFile {
    /// Loss exponent [1–4; default 1].
    pub loss_exponent: Option<Number>,
    /// Exponent of capability in the chair's weights [0–4; default 1].
    pub capability_exponent: Option<Number>,
    /// How much salience slows concession [0–1; default 0.5].
    pub rigidity: Option<Number>,
    /// How readily a dislike becomes an objection: odds per unit of pressure [≥ 0; default 4].
    pub assertiveness: Option<Number>,
    /// Exponent of relative capability in the standing of a lone objector [0–4; default 0.5].
    pub isolation: Option<Number>,
    /// Price of the implementing burden in utility [≥ 0; default 0.5].
    pub burden_price: Option<Number>,
    /// Distance below which two points of a continuous clause are the same text [0–1; default 0.05].
    pub indifference: Option<Number>,
}

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
    #[schemars(range(min = 0.0))]
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

/// A forum.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ForumFile {
    /// Name for people.
    pub name: String,
    /// The instrument negotiated; evidence drawn from its own text does not count here.
    pub instrument: Option<String>,
    /// Who negotiates; or a CSV table of them (`country,weight,veto,joined,note,source,confidence`).
    pub members: Members,
    /// Clauses on the agenda [default: all].
    pub agenda: Option<Vec<String>>,
    /// How it decides [default: consensus].
    #[serde(default)]
    pub rule: Rule,
    /// What stands or falls together [default: single].
    #[serde(default)]
    pub undertaking: UndertakingFile,
    /// Who holds the pen.
    #[serde(default)]
    pub chair: ChairFile,
    /// How long it has.
    pub calendar: CalendarFile,
    /// Loss of every member if there is no text [utility, ≥ 0; default 0].
    pub cost_of_failure: Option<Number>,
    /// What holds if nothing is agreed, per clause: a point [0–1] or a rung's label [default 0].
    #[serde(default)]
    pub status_quo: Named<Place>,
    /// What the institution brings along in place of the members' mean, per clause.
    #[serde(default)]
    pub template: Named<Place>,
    /// Special and differential treatment.
    pub sdt: Option<SdtFile>,
    /// How members concede unless stated for a member [default: polynomial, beta 1].
    pub tactic: Option<TacticFile>,
    /// Gain over no deal that members insist on unless stated for a member [utility; default 0].
    pub reservation: Option<Number>,
    /// What is particular to a member.
    #[serde(default)]
    pub member: Named<MemberFile>,
}

/// Who negotiates.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Members {
    /// Identifiers of countries.
    List(Vec<String>),
    /// Path of a CSV table with the column `country`.
    Table(String),
}

/// How a forum decides.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Rule {
    /// No member present formally objects.
    #[default]
    Consensus,
    /// Every member accepts.
    Unanimity,
    /// More than half.
    SimpleMajority {
        /// What is counted [default: heads].
        #[serde(default)]
        by: By,
        /// Of whom [default: members].
        #[serde(default)]
        of: Of,
    },
    /// At least a share.
    QualifiedMajority {
        /// The share [0.5–1].
        #[schemars(range(min = 0.5, max = 1.0))]
        share: f64,
        /// What is counted [default: heads].
        #[serde(default)]
        by: By,
        /// Of whom [default: members].
        #[serde(default)]
        of: Of,
    },
    /// Those that accept go ahead once they carry this share of the weight.
    CriticalMass {
        /// The share [0–1].
        #[schemars(range(min = 0.0, max = 1.0))]
        share: f64,
    },
}

/// What a majority counts.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// One member, one vote.
    #[default]
    Heads,
    /// Weights.
    Weight,
}

/// Of whom a share is taken.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Of {
    /// The whole membership.
    #[default]
    Members,
    /// The votes cast for and against.
    VotesCast,
}

/// What stands or falls together.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum UndertakingFile {
    /// Nothing is agreed until everything is agreed.
    #[default]
    Single,
    /// Each clause is a module of its own.
    Modular,
}

/// Who holds the pen.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChairFile {
    /// What the chair does [default: formulator].
    #[serde(default)]
    pub mode: Mode,
    /// The chairing country; needed for a manipulator.
    pub country: Option<String>,
    /// How stated positions become one text [default: mean].
    #[serde(default)]
    pub consolidation: ConsolidationFile,
}

/// What a chair does.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Mode {
    /// Records what the floor agrees on.
    Passive,
    /// Writes a single negotiating text.
    #[default]
    Formulator,
    /// Writes it with a bias.
    Manipulator {
        /// Share of the way towards its own ideal point [0–1].
        #[schemars(range(min = 0.0, max = 1.0))]
        bias: f64,
    },
}

/// How stated positions become one text.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConsolidationFile {
    /// Mean, weighted by capability and salience.
    #[default]
    Mean,
    /// Median with the same weights.
    Median,
}

/// How long a forum has.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarFile {
    /// First day of the talks.
    #[schemars(extend("format" = "date"))]
    pub start: String,
    /// Rounds a year [above 0; default 6].
    #[serde(default = "default_rounds_per_year")]
    #[schemars(range(min = 0.1, max = 366.0))]
    pub rounds_per_year: f64,
    /// Rounds until the deadline.
    #[schemars(range(min = 1, max = 10_000))]
    pub rounds: u32,
    /// What happens at the deadline without a text.
    pub extension: Option<ExtensionFile>,
}

fn default_rounds_per_year() -> f64 {
    6.0
}

/// More rounds after the deadline.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtensionFile {
    /// Chance that it is granted [0–1].
    #[schemars(range(min = 0.0, max = 1.0))]
    pub chance: f64,
    /// How many rounds it gives.
    #[schemars(range(min = 1, max = 10_000))]
    pub rounds: u32,
    /// How often it can be granted [default 1].
    #[serde(default = "once")]
    #[schemars(range(min = 1, max = 100))]
    pub at_most: u32,
}

fn once() -> u32 {
    1
}

/// A point, or the label of a rung.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Place {
    /// A point [0–1].
    Point(f64),
    /// A rung's label.
    Rung(String),
}

/// Special and differential treatment.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SdtFile {
    /// Groups that enjoy it.
    pub groups: Vec<String>,
    /// Share of the burden it takes away on clauses that it can soften [0–1].
    #[schemars(range(min = 0.0, max = 1.0))]
    pub relief: f64,
}

/// How a delegation concedes.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum TacticFile {
    /// κ + (1 − κ)·(t/T)^(1/β).
    Polynomial {
        /// Below 1 Boulware, above 1 Conceder [above 0].
        #[schemars(range(min = 0.001, max = 1000.0))]
        beta: f64,
        /// Concession κ at the start [0–1; default 0].
        #[serde(default)]
        #[schemars(range(min = 0.0, max = 1.0))]
        opening: f64,
    },
    /// exp((1 − t/T)^β · ln κ).
    Exponential {
        /// Below 1 Boulware, above 1 Conceder [above 0].
        #[schemars(range(min = 0.001, max = 1000.0))]
        beta: f64,
        /// Concession κ at the start [0–1; default 0.05].
        #[serde(default = "default_opening")]
        #[schemars(range(min = 0.000001, max = 1.0))]
        opening: f64,
    },
    /// What the others are seen to concede.
    Reciprocal {
        /// Good will at the start [0–1; default 0.05].
        #[serde(default = "default_opening")]
        #[schemars(range(min = 0.0, max = 1.0))]
        opening: f64,
        /// Share of the others' concession that is returned [0–1; default 1].
        #[serde(default = "whole")]
        #[schemars(range(min = 0.0, max = 1.0))]
        returned: f64,
    },
    /// Nothing.
    Steadfast,
}

fn default_opening() -> f64 {
    0.05
}
fn whole() -> f64 {
    1.0
}

/// What is particular to a member.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MemberFile {
    /// Voting and drafting weight [≥ 0; default: the country's capability].
    #[schemars(range(min = 0.0))]
    pub weight: Option<f64>,
    /// Whether it holds a veto of its own whatever the rule.
    pub veto: Option<bool>,
    /// How it concedes.
    pub tactic: Option<TacticFile>,
    /// Gain over no deal that it insists on (in utility).
    pub reservation: Option<Number>,
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
    /// How much further out they may really lie [standard deviation; default 0].
    #[serde(default)]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub slack: f64,
}

/// The JSON Schema of the format.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(ScenarioFile).to_value()
}
