//! Who and what there is to choose from: countries, their indicators, and clauses, from tables and from the scenario.

use std::collections::BTreeMap;
use std::sync::Arc;

use indexmap::IndexMap;

use super::evidence::{Confidence, Evidence};
use super::file::{ClauseFile, CountryFile, Number, ScenarioFile};
use super::number::{MAX_QUANTITY, uncertain};
use super::problem::{File, Problem, Problems};
use super::tables::{self, Column};
use super::{Clause, MAX_RUNGS, Resolved, Rung};
use crate::quantity::Uncertain;

pub(super) const COUNTRIES: &[Column] =
    &[("id", true), ("name", true), ("groups", true), ("source", true), ("confidence", true)];
pub(super) const INDICATORS: &[Column] = &[
    ("country", true),
    ("indicator", true),
    ("value", true),
    ("unit", true),
    ("year", true),
    ("source", true),
    ("confidence", true),
];
pub(super) const CLAUSES: &[Column] = &[
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

const ONE_LABEL_EACH: &str = "give each rung a label of its own: texts and results tell rungs apart by it";

fn a_ladder_has() -> String {
    format!("a ladder has 2 to {MAX_RUNGS} rungs; a continuous clause none")
}

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

    pub(super) fn read_countries(&mut self, file: &Arc<File>, problems: &mut Problems) {
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

    pub(super) fn read_indicators(&mut self, file: &Arc<File>, problems: &mut Problems) {
        let known: Vec<String> = self.countries.keys().cloned().collect();
        for row in tables::read(file, INDICATORS, problems).rows {
            let country = row.needed("country", problems);
            let indicator = row.needed("indicator", problems);
            let value = row.number("value", -MAX_QUANTITY, MAX_QUANTITY, problems);
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
                for column in ["value", "year", "confidence"] {
                    row.needed(column, problems);
                }
                continue;
            };
            let unit = row.text("unit").to_owned();
            let figure = Figure { value, unit, year: year as i32, source, confidence };
            if self.figures.insert((country.clone(), indicator.clone()), figure).is_some() {
                problems.push(
                    row.problem(
                        "comity::table::duplicate",
                        "indicator",
                        format!("`{indicator}` of `{country}` stands twice"),
                    )
                    .help("keep one of the rows"),
                );
            }
        }
    }

    pub(super) fn read_clauses(&mut self, file: &Arc<File>, problems: &mut Problems) {
        let sound_before = problems.0.len();
        let rows = tables::read(file, CLAUSES, problems).rows;
        for row in &rows {
            let Some(id) = row.needed("clause", problems) else {
                continue;
            };
            let burden = row.number("burden", 0.0, MAX_QUANTITY, problems).unwrap_or(1.0);
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
            let number = row.number("rung", 0.0, (MAX_RUNGS - 1) as f64, problems);
            let position = row.number("position", 0.0, 1.0, problems);
            let label = row.needed("label", problems).unwrap_or_default();
            let (Some(number), Some(position)) = (number, position) else {
                row.needed("position", problems);
                continue;
            };
            if number != clause.rungs.len() as f64 {
                problems.push(
                    row.problem("comity::table::rungs", "rung", format!("rung {number} of `{id}` is out of order"))
                        .help(format!("expected rung {} here: rungs count up from 0", clause.rungs.len())),
                );
            }
            if clause.rungs.last().is_some_and(|last| last.position >= position) {
                problems.push(
                    row.problem("comity::table::rungs", "position", "each rung must ask for more than the one before")
                        .help("order the rungs of a clause by position"),
                );
            }
            if !label.is_empty() && clause.rungs.iter().any(|rung| rung.label == label) {
                let message = format!("`{id}` has two rungs \"{label}\"");
                problems.push(row.problem("comity::table::duplicate", "label", message).help(ONE_LABEL_EACH));
            }
            clause.rungs.push(Rung {
                label,
                position,
                text: row.text("text").to_owned(),
                exemplar: row.text("exemplar").to_owned(),
                confidence: confidence.words().to_owned(),
            });
        }
        // Where a row could not be read, what is missing from a ladder may well stand there.
        if problems.0.len() > sound_before {
            return;
        }
        for clause in self.clauses.values().filter(|clause| clause.rungs.len() == 1) {
            let rung = rows.iter().find(|row| row.text("clause") == clause.id && !row.text("rung").is_empty());
            problems.extend(rung.map(|row| {
                let message = format!("`{}` has a single rung", clause.id);
                row.problem("comity::table::rungs", "rung", message).help(a_ladder_has())
            }));
        }
    }

    pub(super) fn read_evidence(&mut self, file: &Arc<File>, problems: &mut Problems) {
        let mut ids = std::collections::BTreeSet::new();
        let groups: Vec<String> = self.groups().into_iter().map(str::to_owned).collect();
        // Where a table could not be read, all that is called by a name of it is unknown; that has been told.
        let broken_table = problems.tell_of_tables();
        let countries_known = !(broken_table && self.countries.is_empty());
        let clauses_known = !(broken_table && self.clauses.is_empty());
        for row in tables::read(file, super::evidence::COLUMNS, problems).rows {
            let evidence = Evidence::from_row(&row, problems);
            let (id, actor, clause) = (row.text("id"), row.text("actor"), row.text("clause"));
            if !id.is_empty() && !ids.insert(id.to_owned()) {
                problems.push(
                    row.problem("comity::table::duplicate", "id", format!("evidence `{id}` stands twice"))
                        .help("give each row an id of its own"),
                );
            }
            let known_actor = self.countries.contains_key(actor) || groups.iter().any(|group| group == actor);
            if !actor.is_empty() && !known_actor && countries_known {
                let known = self.countries.keys().chain(&groups).map(String::as_str);
                problems.push(
                    row.problem("comity::table::unknown_country", "actor", format!("no country or group `{actor}`"))
                        .suggest(actor, known),
                );
            }
            let known_clause = self.clauses.get(clause);
            if !clause.is_empty() && known_clause.is_none() && clauses_known {
                let known = self.clauses.keys().map(String::as_str);
                problems.push(
                    row.problem("comity::table::unknown_clause", "clause", format!("no clause `{clause}`"))
                        .suggest(clause, known),
                );
            }
            let (Some(evidence), Some(clause), true) = (evidence, known_clause, known_actor) else {
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
                Some(message) => problems.push(
                    row.problem("comity::table::rungs", "rung", message)
                        .help("count rungs from 0, as in the table of clauses; a continuous clause takes a `point`"),
                ),
                None => self.evidence.push(evidence),
            }
        }
    }

    fn add_country(&mut self, id: &str, written: &CountryFile, resolved: &Resolved, problems: &mut Problems) {
        let mut quantity = |key: &str, number: Option<Number>, most: f64| {
            number.map(|number| uncertain(number, 0.0, most, resolved, &["country", id, key], problems))
        };
        let capability = quantity("capability", written.capability, MAX_QUANTITY);
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
        let place = |path: &[&str]| {
            Some(resolved.document.at(&["clause", id, "rungs"].iter().chain(path).copied().collect::<Vec<_>>()))
        };
        if rungs.len() == 1 || rungs.len() > MAX_RUNGS {
            let found = if rungs.len() == 1 { "a single rung".to_owned() } else { format!("{} rungs", rungs.len()) };
            problems
                .push(Problem::new("comity::limit", place(&[]), format!("`{id}` has {found}")).help(a_ladder_has()));
        }
        if rungs.windows(2).any(|pair| pair[0].position >= pair[1].position) {
            problems.push(
                Problem::new("comity::scenario::rungs", place(&[]), format!("the rungs of `{id}` do not rise"))
                    .help("each rung must ask for more than the one before: order them by position"),
            );
        }
        for (no, rung) in rungs.iter().enumerate() {
            let at = place(&[&no.to_string(), "label"]);
            if rung.label.trim().is_empty() {
                problems.push(
                    Problem::new("comity::scenario::rungs", at, format!("rung {no} of `{id}` has no label"))
                        .help(ONE_LABEL_EACH),
                );
            } else if rungs[..no].iter().any(|before| before.label == rung.label) {
                let message = format!("`{id}` has two rungs \"{}\"", rung.label);
                problems.push(
                    Problem::new("comity::scenario::duplicate", at, message).label("again here").help(ONE_LABEL_EACH),
                );
            }
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
