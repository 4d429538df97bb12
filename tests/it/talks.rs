//! Small talks to test on: made in memory, and checked like any other scenario.

use std::collections::BTreeMap;
use std::sync::Arc;

use comity::conference::Conference;
use comity::minutes::Outcome;
use comity::scenario::Scenario;

/// Talks as a test thinks of them. Every country sits in every forum, every clause is on every agenda.
#[derive(Clone, Default)]
pub struct Talks {
    pub parameters: BTreeMap<&'static str, f64>,
    pub clauses: Vec<Clause>,
    pub countries: Vec<Country>,
    pub forums: Vec<Forum>,
}

/// A clause: a continuous scale where it has no rungs.
#[derive(Clone, Debug, Default)]
pub struct Clause {
    pub id: String,
    pub rungs: Vec<f64>,
    pub burden: f64,
    pub status_quo: f64,
    pub template: Option<f64>,
}

/// A country, and what is particular to it in every forum.
#[derive(Clone, Debug, Default)]
pub struct Country {
    pub id: String,
    pub capability: f64,
    pub capacity: f64,
    pub groups: Vec<&'static str>,
    /// Keys of the member, as TOML: `weight`, `veto`, `tactic`, `reservation`.
    pub member: BTreeMap<&'static str, String>,
    /// Per clause.
    pub wishes: Vec<Wish>,
}

/// What a country wants on a clause.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wish {
    pub ideal: f64,
    pub sd: f64,
    pub salience: f64,
    pub floor: Option<f64>,
    pub ceiling: Option<f64>,
    pub slack: f64,
}

/// A forum.
#[derive(Clone, Debug, Default)]
pub struct Forum {
    pub id: String,
    /// Keys of the forum, as TOML: `rule`, `undertaking`, `tactic`, `calendar`, `cost_of_failure`, …
    pub keys: BTreeMap<&'static str, String>,
    pub chair: Chair,
}

/// A chair; a manipulator is one of the countries.
#[derive(Clone, Copy, Debug, Default)]
pub struct Chair {
    pub passive: bool,
    pub median: bool,
    pub pull: Option<(usize, f64)>,
}

pub const CONSENSUS: &str = "'consensus'";
pub const UNANIMITY: &str = "'unanimity'";
pub const MAJORITY_OF_WEIGHT: &str = "{ simple_majority = { by = 'weight' } }";
pub const MAJORITY_OF_HEADS: &str = "{ simple_majority = {} }";
pub const MAJORITY_OF_VOTES_CAST: &str = "{ simple_majority = { of = 'votes_cast' } }";
pub const QUALIFIED_BY_WEIGHT: &str = "{ qualified_majority = { share = 0.7, by = 'weight' } }";
pub const CRITICAL_MASS: &str = "{ critical_mass = { share = 0.6 } }";
pub const DOUBLE_MAJORITY: &str = "{ double_majority = { heads = 0.55, weight = 0.65, blocking = 1 } }";
pub const REVERSE_BY_WEIGHT: &str = "{ reverse_qualified_majority = { share = 0.5, by = 'weight' } }";
/// Rules to draw from: each that the schema has, in one form or more (`every_rule_and_tactic_of_the_schema_is_drawn`).
pub const RULES: &[&str] = &[
    CONSENSUS,
    UNANIMITY,
    MAJORITY_OF_HEADS,
    MAJORITY_OF_VOTES_CAST,
    MAJORITY_OF_WEIGHT,
    "{ qualified_majority = { share = 0.66 } }",
    QUALIFIED_BY_WEIGHT,
    CRITICAL_MASS,
    DOUBLE_MAJORITY,
    "{ double_majority = { heads = 0.5, weight = 0.4 } }",
    "{ reverse_qualified_majority = { share = '2/3' } }",
    REVERSE_BY_WEIGHT,
];
pub const BOULWARE: &str = "{ polynomial = { beta = 0.5, opening = 0.05 } }";
pub const RECIPROCAL: &str = "{ reciprocal = { opening = 0.2 } }";
pub const STEADFAST: &str = "'steadfast'";
/// Tactics to draw from, likewise.
pub const TACTICS: &[&str] =
    &[BOULWARE, "{ polynomial = { beta = 2.0 } }", "{ exponential = { beta = 1.0 } }", RECIPROCAL, STEADFAST];

/// The word by which a rule or tactic is chosen.
pub fn word(written: &str) -> &str {
    let start = |c: char| !c.is_alphabetic();
    let text = written.trim_start_matches(start);
    text.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or_default()
}

impl Talks {
    /// Talks in one forum, by consensus, over four rounds; on continuous scales from nothing. A row per country: its
    /// capability, and its ideal point on each clause.
    pub fn of(rows: &[(f64, &[f64])]) -> Talks {
        let clause = |no| Clause { id: format!("c{no}"), burden: 1.0, ..Clause::default() };
        let wish = |&ideal: &f64| Wish { ideal, salience: 1.0, ..Wish::default() };
        let countries = rows.iter().enumerate().map(|(no, (capability, ideals))| Country {
            id: format!("n{no}"),
            capability: *capability,
            capacity: 1.0,
            wishes: ideals.iter().map(wish).collect(),
            ..Country::default()
        });
        let forum = Forum { id: "f0".into(), ..Forum::default() };
        Talks {
            parameters: BTreeMap::new(),
            clauses: (0..rows[0].1.len()).map(clause).collect(),
            countries: countries.collect(),
            forums: vec![forum],
        }
        .with("rule", CONSENSUS)
        .rounds(4)
    }

    /// With a key of every forum.
    pub fn with(mut self, key: &'static str, value: impl ToString) -> Talks {
        for forum in &mut self.forums {
            forum.keys.insert(key, value.to_string());
        }
        self
    }

    /// With a parameter of the model.
    pub fn parameter(mut self, name: &'static str, value: f64) -> Talks {
        self.parameters.insert(name, value);
        self
    }

    /// With so many rounds, and no more.
    pub fn rounds(self, rounds: u32) -> Talks {
        self.with("calendar", format!("{{ start = 2025-01-01, rounds = {rounds} }}"))
    }

    /// With what is particular to one country.
    pub fn member(mut self, country: usize, key: &'static str, value: impl ToString) -> Talks {
        self.countries[country].member.insert(key, value.to_string());
        self
    }

    /// Changed in some way.
    pub fn but(mut self, change: impl FnOnce(&mut Talks)) -> Talks {
        change(&mut self);
        self
    }

    /// With every wish changed in some way.
    pub fn wishes(mut self, change: impl Fn(&mut Wish)) -> Talks {
        self.countries.iter_mut().flat_map(|country| &mut country.wishes).for_each(change);
        self
    }

    /// Without any red line.
    pub fn without_red_lines(self) -> Talks {
        self.wishes(|wish| (wish.floor, wish.ceiling) = (None, None))
    }

    /// With what each country wants known for sure.
    pub fn certain(self) -> Talks {
        self.wishes(|wish| (wish.sd, wish.slack) = (0.0, 0.0))
    }

    /// With every clause on a continuous scale.
    pub fn continuous(mut self) -> Talks {
        self.clauses.iter_mut().for_each(|clause| clause.rungs.clear());
        self
    }

    /// As a scenario.
    pub fn scenario(&self) -> Arc<Scenario> {
        match self.built().build() {
            Ok(checked) => checked.scenario,
            Err(problems) => panic!("{problems}\n{}", self.text()),
        }
    }

    /// Set up, to be played.
    pub fn conference(&self) -> Conference {
        Conference::new(self.scenario())
    }

    /// Played once, in the first replication under seed 1.
    pub fn play(&self) -> Outcome {
        self.conference().run(1, 0)
    }
}

/// A case that breaks a promise is shown as a scenario to try out.
impl std::fmt::Debug for Talks {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("\n")?;
        f.write_str(&self.text())
    }
}
