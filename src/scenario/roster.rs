//! Who and what there is to choose from: countries, their indicators, and clauses, from tables and from the scenario.

use std::collections::BTreeMap;
use std::sync::Arc;

use indexmap::IndexMap;

use super::evidence::{Confidence, Evidence};
use super::file::{ClauseFile, CountryFile, Number, ScenarioFile, Spread};
use super::problem::{File, Problem, Problems};
use super::tables::{self, Column};
use super::{Clause, MAX_RUNGS, Resolved, Rung};
use crate::quantity::Uncertain;

const COUNTRIES: &[Column] = &[("id", true), ("name", true), ("groups", true), ("source", true), ("confidence", true)];
const INDICATORS: &[Column] = &[
    ("country", true),
    ("indicator", true),
    ("value", true),
    ("unit", true),
    ("year", true),
    ("source", true),
    ("confidence", true),
];
const CLAUSES: &[Column] = &[
    ("clause", true),
    ("name", true),
    ("burden", true),
    ("sdt", true),
    ("rung", true),
    ("label", true),
    ("position", true),
    ("text", false),
    ("exemplar", true),
    ("source", true),
    ("confidence", true),
];

/// A country that can be chosen.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    pub name: String,
    pub groups: Vec<String>,
    pub capability: Option<Uncertain>,
    pub capacity: Option<Uncertain>,
    pub veto_players: Option<u32>,
}

/// One figure of a country.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    pub value: f64,
    pub unit: String,
    pub year: i32,
    pub source: String,
    pub confidence: Confidence,
}

/// All there is to choose from.
#[derive(Default)]
pub(super) struct Roster {
    pub countries: IndexMap<String, Known>,
    pub figures: BTreeMap<(String, String), Figure>,
    pub clauses: IndexMap<String, Clause>,
    pub evidence: Vec<Evidence>,
}

impl Roster {
    /// Reads every table and lays the scenario's own entries over them.
    pub fn read(resolved: &Resolved, written: &ScenarioFile, problems: &mut Problems) -> Roster {
        let mut roster = Roster::default();
        let table = |name: &str| resolved.table(&["tables", name]);
        if let Some(file) = table("countries") {
            roster.read_countries(file, problems);
        }
        if let Some(file) = table("indicators") {
            roster.read_indicators(file, problems);
        }
        if let Some(file) = table("clauses") {
            roster.read_clauses(file, problems);
        }
        for (id, country) in &written.country {
            roster.add_country(id, country, resolved, problems);
        }
        for (id, clause) in &written.clause {
            roster.add_clause(id, clause, resolved, problems);
        }
        if let Some(file) = table("evidence") {
            roster.read_evidence(file, problems);
        }
        roster
    }

    /// A figure of a country.
    pub fn figure(&self, country: &str, indicator: &str) -> Option<&Figure> {
        self.figures.get(&(country.to_owned(), indicator.to_owned()))
    }

    /// Every group that some country belongs to.
    pub fn groups(&self) -> Vec<&str> {
        let mut groups: Vec<&str> = self.countries.values().flat_map(|c| &c.groups).map(String::as_str).collect();
        groups.sort_unstable();
        groups.dedup();
        groups
    }

    fn read_countries(&mut self, file: &Arc<File>, problems: &mut Problems) {
        for row in tables::read(file, COUNTRIES, problems).rows {
            row.word("confidence", Confidence::WORDS, problems);
            row.needed("source", problems);
            let Some(id) = row.needed("id", problems) else {
                continue;
            };
            let groups = row.text("groups").split(';').map(str::trim).filter(|g| !g.is_empty()).map(str::to_owned);
            let known = Known { name: row.text("name").to_owned(), groups: groups.collect(), ..Known::default() };
            if self.countries.insert(id.clone(), known).is_some() {
                problems.push(
                    row.problem("comity::table::duplicate", "id", format!("country `{id}` stands twice"))
                        .help("keep one of the rows"),
                );
            }
        }
    }

    fn read_indicators(&mut self, file: &Arc<File>, problems: &mut Problems) {
        let known: Vec<String> = self.countries.keys().cloned().collect();
        for row in tables::read(file, INDICATORS, problems).rows {
            let country = row.needed("country", problems);
            let indicator = row.needed("indicator", problems);
            let value = row.number("value", f64::MIN, f64::MAX, problems);
            let year = row.number("year", 1900.0, 2200.0, problems);
            let confidence = row.word("confidence", Confidence::WORDS, problems);
            let source = row.needed("source", problems);
            if let Some(country) = country.as_deref().filter(|c| !known.is_empty() && !known.iter().any(|k| k == c)) {
                problems.push(
                    row.problem("comity::table::unknown_country", "country", format!("no country `{country}`"))
                        .suggest(country, known.iter().map(String::as_str)),
                );
            }
            let (Some(country), Some(indicator), Some(value), Some(year), Some(confidence), Some(source)) =
                (country, indicator, value, year, confidence, source)
            else {
                if row.text("value").is_empty() {
                    problems.push(row.problem("comity::table::cell", "value", "the cell is empty"));
                }
                continue;
            };
            let unit = row.text("unit").to_owned();
            let figure = Figure { value, unit, year: year as i32, source, confidence };
            if self.figures.insert((country.clone(), indicator.clone()), figure).is_some() {
                problems.push(row.problem(
                    "comity::table::duplicate",
                    "indicator",
                    format!("`{indicator}` of `{country}` stands twice"),
                ));
            }
        }
    }

    fn read_clauses(&mut self, file: &Arc<File>, problems: &mut Problems) {
        for row in tables::read(file, CLAUSES, problems).rows {
            let Some(id) = row.needed("clause", problems) else {
                continue;
            };
            let burden = row.number("burden", 0.0, f64::MAX, problems).unwrap_or(1.0);
            let sdt = row.word("sdt", &[("yes", true), ("no", false)], problems).unwrap_or(true);
            let confidence = row.word("confidence", Confidence::WORDS, problems).unwrap_or(Confidence::Low);
            row.needed("source", problems);
            let clause = self.clauses.entry(id.clone()).or_insert_with(|| Clause {
                id: id.clone(),
                name: row.text("name").to_owned(),
                rungs: Vec::new(),
                burden,
                softened_by_sdt: sdt,
            });
            if row.text("rung").is_empty() {
                continue;
            }
            let number = row.number("rung", 0.0, MAX_RUNGS as f64, problems);
            let position = row.number("position", 0.0, 1.0, problems);
            let (Some(number), Some(position)) = (number, position) else {
                if row.text("position").is_empty() {
                    problems.push(row.problem("comity::table::cell", "position", "the cell is empty"));
                }
                continue;
            };
            if number != clause.rungs.len() as f64 {
                problems.push(
                    row.problem("comity::table::rungs", "rung", format!("rung {number} of `{id}` is out of order"))
                        .help(format!("expected rung {} here: rungs count up from 0", clause.rungs.len())),
                );
            }
            if clause.rungs.last().is_some_and(|last| last.position >= position) {
                problems.push(row.problem(
                    "comity::table::rungs",
                    "position",
                    "each rung must ask for more than the one before",
                ));
            }
            clause.rungs.push(Rung {
                label: row.text("label").to_owned(),
                position,
                text: row.text("text").to_owned(),
                exemplar: row.text("exemplar").to_owned(),
                confidence: confidence.words().to_owned(),
            });
        }
    }

    fn read_evidence(&mut self, file: &Arc<File>, problems: &mut Problems) {
        let mut ids = std::collections::BTreeSet::new();
        for row in tables::read(file, super::evidence::COLUMNS, problems).rows {
            let Some(evidence) = Evidence::from_row(&row, problems) else {
                continue;
            };
            if !ids.insert(evidence.id.clone()) {
                problems.push(row.problem(
                    "comity::table::duplicate",
                    "id",
                    format!("evidence `{}` stands twice", evidence.id),
                ));
            }
            let is_group = self.groups().contains(&evidence.actor.as_str());
            if !self.countries.contains_key(&evidence.actor) && !is_group {
                let known = self.countries.keys().map(String::as_str);
                problems.push(
                    row.problem(
                        "comity::table::unknown_country",
                        "actor",
                        format!("no country or group `{}`", evidence.actor),
                    )
                    .suggest(&evidence.actor, known),
                );
                continue;
            }
            let Some(clause) = self.clauses.get(&evidence.clause) else {
                let known = self.clauses.keys().map(String::as_str);
                problems.push(
                    row.problem("comity::table::unknown_clause", "clause", format!("no clause `{}`", evidence.clause))
                        .suggest(&evidence.clause, known),
                );
                continue;
            };
            let wrong = match (evidence.rung, clause.rungs.len()) {
                (Some(_), 0) => Some(format!("`{}` is continuous: it has no rungs", clause.id)),
                (Some(rung), rungs) if rung >= rungs => {
                    Some(format!("`{}` has rungs 0 to {}, not {rung}", clause.id, rungs - 1))
                }
                _ => None,
            };
            match wrong {
                Some(message) => problems.push(row.problem("comity::table::rungs", "rung", message)),
                None => self.evidence.push(evidence),
            }
        }
    }

    fn add_country(&mut self, id: &str, written: &CountryFile, resolved: &Resolved, problems: &mut Problems) {
        let mut quantity = |key: &str, number: Option<Number>, most: f64| {
            number.map(|number| uncertain(number, 0.0, most, resolved, &["country", id, key], problems))
        };
        let capability = quantity("capability", written.capability, f64::MAX);
        let capacity = quantity("capacity", written.capacity, 1.0);
        let known = self.countries.entry(id.to_owned()).or_default();
        if let Some(name) = written.name.clone().or_else(|| known.name.is_empty().then(|| id.to_owned())) {
            known.name = name;
        }
        if let Some(groups) = &written.groups {
            known.groups = groups.clone();
        }
        known.capability = capability.or(known.capability);
        known.capacity = capacity.or(known.capacity);
        known.veto_players = written.veto_players.or(known.veto_players);
    }

    fn add_clause(&mut self, id: &str, written: &ClauseFile, resolved: &Resolved, problems: &mut Problems) {
        let clause = self.clauses.entry(id.to_owned()).or_insert_with(|| Clause {
            id: id.to_owned(),
            name: id.to_owned(),
            rungs: Vec::new(),
            burden: 1.0,
            softened_by_sdt: true,
        });
        if let Some(name) = &written.name {
            clause.name = name.clone();
        }
        clause.burden = written.burden.unwrap_or(clause.burden);
        clause.softened_by_sdt = written.sdt.unwrap_or(clause.softened_by_sdt);
        let Some(rungs) = &written.rungs else { return };
        let place = resolved.document.at(&["clause", id, "rungs"]);
        if rungs.len() == 1 || rungs.len() > MAX_RUNGS {
            problems.push(
                Problem::new("comity::limit", Some(place.clone()), format!("`{id}` has {} rungs", rungs.len()))
                    .help(format!("a ladder has 2 to {MAX_RUNGS} rungs; a continuous clause none")),
            );
        }
        if rungs.windows(2).any(|pair| pair[0].position >= pair[1].position) {
            problems.push(
                Problem::new("comity::scenario::rungs", Some(place), format!("the rungs of `{id}` do not rise"))
                    .help("each rung must ask for more than the one before: order them by position"),
            );
        }
        clause.rungs = rungs
            .iter()
            .map(|rung| Rung {
                label: rung.label.clone(),
                position: rung.position,
                text: rung.text.clone(),
                exemplar: String::new(),
                confidence: "as stated".into(),
            })
            .collect();
    }
}

/// A number as written → as meant, with its bounds checked.
pub(super) fn uncertain(
    number: Number,
    least: f64,
    most: f64,
    resolved: &Resolved,
    path: &[&str],
    problems: &mut Problems,
) -> Uncertain {
    let mut wrong = |message: String, help: &str| {
        let at = resolved.document.at(path);
        problems.push(Problem::new("comity::scenario::out_of_range", Some(at), message).help(help));
    };
    let key = path.last().copied().unwrap_or_default();
    let range = if most == f64::MAX { format!("{least} or more") } else { format!("from {least} to {most}") };
    match number {
        Number::Fixed(value) => {
            if !(least..=most).contains(&value) {
                wrong(format!("`{key}` is {value}, out of its range"), &format!("expected {range}"));
            }
            Uncertain::Fixed(value)
        }
        Number::Spread(Spread::Normal { mean, sd }) => {
            if !(least..=most).contains(&mean) {
                wrong(format!("the mean of `{key}` is {mean}, out of its range"), &format!("expected {range}"));
            }
            Uncertain::Normal { mean, sd }
        }
        Number::Spread(Spread::Uniform { min, max }) => {
            if min > max || min < least || max > most {
                wrong(format!("`{key}` goes from {min} to {max}"), &format!("min ≤ max, both {range}"));
            }
            Uncertain::Uniform { min, max }
        }
        Number::Spread(Spread::Triangular { min, mode, max }) => {
            if min > mode || mode > max || min < least || max > most {
                wrong(
                    format!("`{key}` goes from {min} over {mode} to {max}"),
                    &format!("min ≤ mode ≤ max, all {range}"),
                );
            }
            Uncertain::Triangular { min, mode, max }
        }
    }
}
