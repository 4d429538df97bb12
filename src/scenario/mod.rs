//! A scenario as it is meant: who negotiates what, under which rules. Checked; nothing in it can fail later.
//!
//! As written → as meant goes in four steps, a file each: the [`document`] is the TOML as a tree that knows where each
//! value stands, with `extends` and overrides merged in; its [`structure`] is held against the schema that the types
//! of [`mod@file`] define; [`tables`] brings in the CSV files; [`check`] turns it all into a [`Scenario`] or into every
//! problem there is. A [`builder`] makes the document in memory, without a file.

pub mod after;
mod build;
pub mod builder;
pub mod check;
pub mod code;
pub mod data;
pub mod decisions;
pub mod document;
pub mod evidence;
pub mod feasibility;
pub mod file;
mod held;
mod impute;
mod ladder;
pub mod library;
mod measures;
mod number;
pub mod parameters;
pub mod problem;
mod provenance;
mod record;
mod resolve;
mod room;
mod roster;
pub mod seed;
mod shock;
pub mod source;
pub mod structure;
pub mod tables;
mod terms;
mod trade;
mod weights;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::quantity::{Date, Day, Uncertain};
use crate::rules::DecisionRule;
use crate::tactics::Tactic;

pub use after::{After, Aftermath, NonApplication};
pub use file::Mechanism;
pub use measures::{Measures, WorldMeasure, WorldShares};
pub use parameters::{AfterParameters, Parameter, Parameters};
pub use provenance::{Imputed, Origin, Provenance};
pub use resolve::{Resolved, Shelf};
pub use room::{Bloc, FirstReading, Linkage, MAX_BLOCS, Precedent, Room};
pub use shock::{Concerned, Effect, MAX_SHOCKS, MAX_STRIKES, Membership, STRIKES, Shock, Turn, When};
pub use terms::{Assistance, Flexibility, OptOuts, SideLetters, Terms};
pub use trade::Trade;
pub use weights::Weights;

/// Most countries of one scenario.
pub const MAX_COUNTRIES: usize = 400;
/// Most clauses of one scenario.
pub const MAX_CLAUSES: usize = 128;
/// Most rungs of one clause.
pub const MAX_RUNGS: usize = 32;
/// Most rounds of one forum, extensions included.
pub const MAX_ROUNDS: u32 = 10_000;
/// Most forums of one scenario.
pub const MAX_FORUMS: usize = 64;
/// Most extensions of one forum.
pub const MAX_EXTENSIONS: u32 = 30;
/// Most replications of one run.
pub const MAX_REPLICATIONS: u64 = 1_000_000_000;

pub use number::MAX_QUANTITY;

/// Who negotiates what, under which rules.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Name by which the scenario was asked for.
    pub name: String,
    /// One line.
    pub title: String,
    /// What the scenario asks, in prose; may be empty.
    pub question: String,
    /// The date that bounds the evidence, where mandates are built from evidence.
    pub as_of: Option<Date>,
    /// Replications where the command line does not say.
    pub replications: u64,
    /// Seed where the command line does not say.
    pub seed: u64,
    /// The states and customs unions, in the order written.
    pub countries: Vec<Country>,
    /// The provisions, in the order written.
    pub clauses: Vec<Clause>,
    /// Where they are negotiated, in the order written.
    pub forums: Vec<Forum>,
    /// Who trades with whom, where the scenario has a table of it.
    pub trade: Option<Trade>,
    /// What share of the world its countries have, a measure each; nothing where the scenario has no table of it.
    pub world: Vec<WorldShares>,
    /// The parameters of the talks.
    pub parameters: Parameters<Uncertain>,
    /// The parameters of what follows adoption, and of the effects between forums.
    pub after_parameters: AfterParameters<Uncertain>,
    /// How each mandate value without evidence was filled in.
    pub imputed: Vec<Imputed>,
    /// What a reader should know: figures later than `as_of`, unverified rows, entries without effect.
    pub cautions: Vec<String>,
    /// Until when what follows adoption is played; not at all where not stated.
    pub aftermath: Option<Aftermath>,
    /// What happens to the talks from outside, in the order written.
    pub shocks: Vec<Shock>,
    /// Mechanisms switched off.
    pub off: Vec<Mechanism>,
    /// What is measured beside the rest.
    pub measures: Measures,
}

/// A state, or a customs union that negotiates as one.
#[derive(Clone, Debug)]
pub struct Country {
    /// Identifier, e.g. `USA`.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Groups it belongs to, e.g. `LDC`.
    pub groups: Vec<String>,
    /// Bargaining weight from resources [any unit, ≥ 0; only ratios matter] -- given.
    pub capability: Uncertain,
    /// Capacity to put obligations into practice [0–1] -- given.
    pub capacity: Uncertain,
    /// Where the capability comes from, in words.
    pub capability_source: String,
    /// Formal consents that ratification needs at home (a count).
    pub veto_players: u32,
    /// Its lane of chance.
    pub lane: u32,
}

/// One negotiable provision.
#[derive(Clone, Debug)]
pub struct Clause {
    /// Identifier, e.g. `data_flows`.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Text options from none to strongest; empty for a continuous scale.
    pub rungs: Vec<Rung>,
    /// Cost of putting it into practice [relative, ≥ 0] -- given.
    pub burden: f64,
    /// Whether special and differential treatment can soften it.
    pub softened_by_sdt: bool,
}

/// One real text option of a clause.
#[derive(Clone, Debug)]
pub struct Rung {
    /// Short label.
    pub label: String,
    /// Effective obligation [0–1]: what the words demand once their exceptions are counted, not the rung's number.
    pub position: f64,
    /// The option in words.
    pub text: String,
    /// A treaty that has it, and where.
    pub exemplar: String,
    /// How sure the coding is.
    pub confidence: String,
}

/// Where a text is negotiated.
#[derive(Clone, Debug)]
pub struct Forum {
    /// Identifier, e.g. `jsi`.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Its occasion of chance.
    pub occasion: u16,
    /// The instrument negotiated, by which evidence drawn from it is recognised.
    pub instrument: Option<String>,
    /// Clauses on its agenda, as places in [`Scenario::clauses`].
    pub agenda: Vec<usize>,
    /// Per clause of the agenda: what holds if nothing is agreed [0–1].
    pub status_quo: Vec<f64>,
    /// Per clause of the agenda: what the institution brings along in place of the members' mean [0–1].
    pub template: Vec<Option<f64>>,
    /// Who sits there, in the order written.
    pub members: Vec<Member>,
    /// The weights that they and other candidates have as stated.
    pub weights: Weights,
    /// How it decides.
    pub rule: DecisionRule,
    /// What stands or falls together.
    pub undertaking: Undertaking,
    /// Who holds the pen, and how.
    pub chair: Chair,
    /// How long it has.
    pub calendar: Calendar,
    /// Loss of every member if there is no text [utility, ≥ 0]; where it is large the status quo hardly counts.
    pub cost_of_failure: Uncertain,
    /// Blocs, linkage, first reading and precedents.
    pub room: Room,
    /// What its chair may offer in the endgame.
    pub terms: Terms,
    /// What follows adoption.
    pub after: After,
}

impl Forum {
    /// Whether a text can come to a vote that somebody loses: a majority decides, or drafts go under silence first.
    pub fn has_votes(&self) -> bool {
        self.undertaking == Undertaking::Single && (self.rule.is_a_vote() || self.terms.silence > 0)
    }

    /// Seats of the members that take part in its decisions, in order.
    pub fn deciding_seats(&self) -> impl Iterator<Item = usize> + '_ {
        self.members.iter().enumerate().filter(|(_, member)| member.decides()).map(|(seat, _)| seat)
    }

    /// The members that stand aside, by their identifiers; none where everybody decides.
    pub fn aside_in_words(&self, scenario: &Scenario) -> Option<String> {
        let aside = self.members.iter().filter(|member| member.stands_aside);
        let aside: Vec<&str> = aside.map(|member| scenario.countries[member.country].id.as_str()).collect();
        (!aside.is_empty()).then(|| aside.join(", "))
    }
}

/// What stands or falls together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Undertaking {
    /// Nothing is agreed until everything is agreed.
    #[default]
    Single,
    /// Each clause is a module with a decision of its own, from which a member may opt out.
    Modular,
}

/// Who holds the pen.
#[derive(Clone, Debug)]
pub struct Chair {
    /// What the chair does with it (Tallberg 2010).
    pub mode: ChairMode,
    /// How stated positions become one text.
    pub consolidation: Consolidation,
    /// Seat of the chairing country among the members, where one chairs.
    pub seat: Option<usize>,
}

/// What a chair does (Odell 2005; Tallberg 2010).
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ChairMode {
    /// Records what the floor agrees on.
    Passive,
    /// Writes a single negotiating text.
    #[default]
    Formulator,
    /// Writes it with a bias towards its own ideal point.
    Manipulator {
        /// Share of the way towards its own ideal point [0–1].
        #[schemars(range(min = 0.0, max = 1.0))]
        bias: f64,
    },
}

/// How stated positions become one text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum Consolidation {
    /// Mean, weighted by capability^ω × salience.
    #[default]
    #[serde(rename = "mean")]
    WeightedMean,
    /// Median with the same weights.
    #[serde(rename = "median")]
    WeightedMedian,
}

/// How long a forum has.
#[derive(Clone, Copy, Debug)]
pub struct Calendar {
    /// First day of the talks.
    pub start: Date,
    /// Rounds a year.
    pub rounds_per_year: f64,
    /// Rounds until the deadline.
    pub rounds: u32,
    /// Chance that a forum without a text is granted more rounds [0–1].
    pub extension_chance: f64,
    /// How many rounds that is.
    pub extension_rounds: u32,
    /// How often it can happen.
    pub extensions: u32,
}

/// A country's presence in one forum, as the scenario states it.
#[derive(Clone, Debug)]
pub struct Member {
    /// Place in [`Scenario::countries`].
    pub country: usize,
    /// Its voting and drafting weight; the country's capability where not stated.
    pub weight: Option<f64>,
    /// Whether it holds a veto of its own whatever the rule.
    pub veto: bool,
    /// Whether it stands aside: it negotiates, takes no part in the decision and is not bound by it.
    pub stands_aside: bool,
    /// How it concedes.
    pub tactic: Tactic,
    /// Gain over no deal that it insists on (in utility).
    pub reservation: Uncertain,
    /// For how many its instrument counts towards entry into force [≥ 0].
    pub count: f64,
    /// How many must ratify before it can (a count).
    pub ratifiers: u32,
    /// Share of the burden that special and differential treatment takes away, per clause of the agenda [0–1].
    pub relief: Vec<f64>,
    /// What its capital told it, per clause of the agenda.
    pub mandates: Vec<Mandate>,
}

impl Member {
    /// Whether it takes part in the forum's decisions.
    pub fn decides(&self) -> bool {
        !self.stands_aside
    }
}

/// What a capital wants on one clause.
#[derive(Clone, Debug)]
pub struct Mandate {
    /// What it wants [0–1].
    pub ideal: Uncertain,
    /// How much it cares [relative, ≥ 0].
    pub salience: Uncertain,
    /// The least it can accept [0–1], where it has such a red line.
    pub floor: Option<RedLine>,
    /// The most it can accept [0–1], where it has such a red line.
    pub ceiling: Option<RedLine>,
    /// What its own law already does [0–1].
    pub regime: f64,
    /// How we know.
    pub origin: Origin,
}

/// A bound that a country will not cross.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RedLine {
    /// Where it was stated [0–1].
    pub at: f64,
    /// How much further out it may really lie: the absolute value of a normal with this standard deviation.
    pub slack: f64,
}

/// Mean length of a year (in days).
pub(crate) const YEAR: f64 = 365.25;

impl Calendar {
    /// The day of a round, the first being 1: rounds are spread evenly over the year.
    pub fn day_of_round(&self, round: u32) -> Day {
        let since = f64::from(round.max(1) - 1) * YEAR / self.rounds_per_year;
        self.start.day() + since.floor() as Day
    }

    /// The last day on which there can be a round, all extensions granted.
    pub fn last_day(&self) -> Day {
        self.day_of_round(self.rounds.saturating_add(self.extensions.saturating_mul(self.extension_rounds)))
    }
}

impl Scenario {
    /// Place of a country by its identifier.
    pub fn country(&self, id: &str) -> Option<usize> {
        self.countries.iter().position(|c| c.id == id)
    }

    /// Whether a mechanism acts.
    pub fn plays(&self, mechanism: Mechanism) -> bool {
        !self.off.contains(&mechanism)
    }

    /// Place of a clause by its identifier.
    pub fn clause(&self, id: &str) -> Option<usize> {
        self.clauses.iter().position(|c| c.id == id)
    }
}
