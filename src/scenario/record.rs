//! What is on record of instruments: facts, who took part, what happened when. Held against itself here, and against a
//! scenario in [`held`](super::held).

use std::collections::BTreeMap;

use super::problem::{Problem, Problems};
use super::tables::Row;
use crate::quantity::Date;

/// Roles of those who did not negotiate a text: they came later, or stood outside.
const LATER: [&str; 5] = ["acceded", "applicant", "accession_in_progress", "accession_2026_if_appropriate", OPPONENT];
/// The role of those who object to a text of others.
pub(super) const OPPONENT: &str = "outside_opponent";
/// The role of those who were admitted.
pub(super) const ACCEDED: &str = "acceded";

/// Which fact a kind of event must agree with.
const DAY_OF: [(&str, &str); 7] = [
    ("launch", "opened"),
    ("conclusion", "concluded"),
    ("adoption", "concluded"),
    ("declaration", "concluded"),
    ("signature", "signed"),
    ("entry_into_force", "in_force"),
    ("lapse", "lapsed"),
];

/// Rows on instruments and what happened.
#[derive(Clone, Debug, Default)]
pub(super) struct Record {
    /// By instrument and fact.
    facts: BTreeMap<(String, String), Row>,
    /// By instrument.
    participants: BTreeMap<String, Vec<Row>>,
    /// By identifier.
    events: BTreeMap<String, Row>,
}

impl Record {
    pub fn fact_is(&mut self, instrument: &str, fact: &str, row: Row) {
        self.facts.insert((instrument.to_owned(), fact.to_owned()), row);
    }

    pub fn took_part(&mut self, instrument: &str, row: Row) {
        self.participants.entry(instrument.to_owned()).or_default().push(row);
    }

    pub fn happened(&mut self, id: &str, row: Row) {
        self.events.insert(id.to_owned(), row);
    }

    /// A fact of an instrument, where it is on record.
    pub fn fact(&self, instrument: &str, fact: &str) -> Option<&Row> {
        self.facts.get(&(instrument.to_owned(), fact.to_owned()))
    }

    /// Whether anything is on record of an instrument.
    pub fn knows(&self, instrument: &str) -> bool {
        self.facts.keys().any(|(known, _)| known == instrument)
    }

    pub fn instruments(&self) -> impl Iterator<Item = &str> {
        self.facts.keys().map(|(instrument, _)| instrument.as_str())
    }

    pub fn event(&self, id: &str) -> Option<&Row> {
        self.events.get(id)
    }

    pub fn event_ids(&self) -> impl Iterator<Item = &str> {
        self.events.keys().map(String::as_str)
    }

    /// Who negotiated an instrument.
    pub fn negotiators(&self, instrument: &str) -> impl Iterator<Item = &Row> {
        self.participants.get(instrument).into_iter().flatten().filter(|row| !LATER.contains(&row.text("role")))
    }

    /// Who took part in a role.
    pub fn in_role<'a>(&'a self, instrument: &str, role: &'a str) -> impl Iterator<Item = &'a str> {
        let rows = self.participants.get(instrument).into_iter().flatten();
        rows.filter(move |row| row.text("role") == role).map(|row| row.text("country"))
    }

    /// Events against facts: days, who left, who applied.
    pub fn hold_events(&self, problems: &mut Problems) {
        for (id, event) in &self.events {
            let (instrument, kind, day) = (event.text("instrument"), event.text("kind"), event.text("date"));
            let mut compare = |column: &str, fact: &str, agrees: &dyn Fn(&str) -> bool| {
                let Some(row) = self.fact(instrument, fact) else { return };
                if !agrees(row.text("value")) {
                    let what = format!(
                        "event `{id}` says {}, but `{fact}` of `{instrument}` is {}",
                        event.text(column),
                        row.text("value")
                    );
                    let problem = event.problem("comity::data::record", column, what);
                    problems.push(problem.help(format!("mend the wrong one; the other is at {}", place(row))));
                }
            };
            if let Some((_, fact)) = DAY_OF.iter().find(|(of, _)| *of == kind) {
                compare("date", fact, &|known| same_day(known, day));
            }
            match kind {
                "withdrawal" => compare("date", "left", &|known| {
                    known.split(';').any(|left| left.trim() == format!("{} {day}", event.text("actors")))
                }),
                "application" | "accession_process" => compare("actors", "applicants", &|known| {
                    let known: Vec<&str> = listed(known).collect();
                    listed(event.text("actors")).all(|actor| known.contains(&actor))
                }),
                _ => {}
            }
        }
    }
}

/// Where a row stands, for people.
pub(super) fn place(row: &Row) -> String {
    let at = row.at("value");
    let (line, column) = at.line_and_column();
    format!("{}:{line}:{column}", at.file.name)
}

/// Whether two days can be the same: one may be known to the month or year only.
fn same_day(one: &str, other: &str) -> bool {
    one.starts_with(other) || other.starts_with(one)
}

/// First and last day that a date known to the year, month or day can mean.
pub(super) fn span(text: &str) -> Option<(Date, Date)> {
    let first = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    Some((Date::latest_of(&first)?, Date::latest_of(text)?))
}

/// Items of a list in one cell.
pub(super) fn listed(text: &str) -> impl Iterator<Item = &str> {
    text.split(';').map(str::trim).filter(|item| !item.is_empty())
}

/// A problem between a scenario and the record.
pub(super) fn disagrees(at: super::problem::At, message: String, row: Option<&Row>) -> Problem {
    let problem = Problem::new("comity::data::record", Some(at), message).label("so says the scenario");
    match row {
        Some(row) => problem.help(format!(
            "mend the wrong one; the record is at {}. A what-if may depart from it: a scenario that `extends` another",
            place(row)
        )),
        None => problem.help("a what-if may depart from the record: a scenario that `extends` another"),
    }
}
