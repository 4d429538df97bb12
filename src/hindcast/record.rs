//! What is on record: what texts really hold, what kind of instrument each is, and since when its text has been there.
//!
//! Nothing here reaches the model. The tables are those of a library (docs/scenarios.md, "A library of data"):
//! `outcomes.csv` and, where it is there, `forums.csv`.

use std::collections::BTreeMap;

use crate::quantity::Date;
use crate::scenario::problem::Problems;
use crate::scenario::source::{Files, text_of};
use crate::scenario::tables::{self, Column};

const OUTCOMES: &[Column] = &[("instrument", true), ("clause", true), ("rung", true), ("confidence", false)];
const FACTS: &[Column] = &[("instrument", true), ("fact", true), ("value", true)];

/// What a text holds on one clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Real {
    /// The rung, by number.
    pub rung: usize,
    /// Whether its coding was verified by anyone.
    pub verified: bool,
}

/// One instrument.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Instrument {
    /// `treaty`, `resolution`, …; empty where nothing says.
    pub kind: String,
    /// The day on which its text was there; earlier than its conclusion where it takes over another.
    pub text: Option<Date>,
    /// What it holds, by clause.
    pub clauses: BTreeMap<String, Real>,
}

/// All instruments on record, by identifier.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record(pub BTreeMap<String, Instrument>);

impl Record {
    /// Reads the record of a library in a folder.
    pub fn read(files: &dyn Files, folder: &str, problems: &mut Problems) -> Record {
        let mut record = Record::default();
        let rows =
            |name: &str, columns: &[Column], problems: &mut Problems| match text_of(files, &format!("{folder}/{name}"))
            {
                Ok(file) => tables::read_with_others(&file, columns, problems).rows,
                Err(unreadable) => {
                    problems.extend(unreadable.0);
                    Vec::new()
                }
            };
        for row in rows("outcomes.csv", OUTCOMES, problems) {
            let cells = (row.needed("instrument", problems), row.needed("clause", problems));
            let rung = row.needed("rung", problems).and_then(|_| row.number("rung", 0.0, 31.0, problems));
            if let ((Some(instrument), Some(clause)), Some(rung)) = (cells, rung) {
                let real = Real { rung: rung as usize, verified: row.text("confidence") != "low" };
                record.0.entry(instrument).or_default().clauses.insert(clause, real);
            }
        }
        if files.read(&format!("{folder}/forums.csv")).is_ok() {
            // The day of a text, by how well a fact tells it.
            let mut told: BTreeMap<String, usize> = BTreeMap::new();
            for row in rows("forums.csv", FACTS, problems) {
                let Some(instrument) = record.0.get_mut(row.text("instrument")) else { continue };
                if row.text("fact") == "kind" {
                    instrument.kind = row.text("value").to_owned();
                }
                let Some(rank) = ["text_from", "concluded", "signed"].iter().position(|fact| *fact == row.text("fact"))
                else {
                    continue;
                };
                let best = told.entry(row.text("instrument").to_owned()).or_insert(usize::MAX);
                if rank < *best {
                    *best = rank;
                    instrument.text = Date::latest_of(row.text("value"));
                }
            }
        }
        record
    }

    /// Whether two instruments have the same text: it was there on the same day, and they hold the same.
    pub fn same_text(&self, one: &str, other: &str) -> bool {
        one == other
            || self.0.get(one).zip(self.0.get(other)).is_some_and(|(one, other)| {
                one.text.is_some() && one.text == other.text && one.clauses == other.clauses
            })
    }

    /// How often other texts hold each rung of a clause [shares, adding up to 1], whatever their day; nothing where no
    /// other text is on record. A text counts once, under however many names.
    pub fn base_rate(&self, instrument: &str, clause: &str, rungs: usize) -> Option<Vec<f64>> {
        let mut counted: Vec<&str> = Vec::new();
        let mut counts = vec![0.0; rungs];
        for (other, on_record) in &self.0 {
            let known =
                std::iter::once(instrument).chain(counted.iter().copied()).any(|one| self.same_text(one, other));
            if let Some(real) = on_record.clauses.get(clause).filter(|real| !known && real.rung < rungs) {
                counts[real.rung] += 1.0;
                counted.push(other);
            }
        }
        let all = counted.len() as f64;
        (all > 0.0).then(|| counts.iter().map(|count| count / all).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::source::Memory;

    fn record() -> Record {
        let outcomes =
            "instrument,clause,rung,confidence\nOLD,fees,2,high\nNEW,fees,2,high\nPACT,fees,0,low\nPACT,tax,1,high\n";
        let facts = "instrument,fact,value\nOLD,concluded,2015-10-05\nNEW,concluded,2018-01-23\nNEW,text_from,2015-10-05\n\
                     PACT,kind,treaty\nPACT,signed,2014\n";
        let files = [("lib/outcomes.csv", outcomes), ("lib/forums.csv", facts)];
        let files = Memory(files.map(|(name, text)| (name.to_owned(), text.to_owned())).into());
        let mut problems = Problems::default();
        let record = Record::read(&files, "lib", &mut problems);
        assert_eq!(problems, Problems::default());
        record
    }

    #[test]
    fn the_day_of_a_text_is_that_of_the_text_it_takes_over() {
        let record = record();
        assert_eq!(record.0["NEW"].text, Date::latest_of("2015-10-05"));
        assert_eq!(record.0["PACT"].text, Date::latest_of("2014-12-31"));
        assert_eq!(record.0["PACT"].clauses["fees"], Real { rung: 0, verified: false });
        assert!(record.same_text("OLD", "NEW") && !record.same_text("OLD", "PACT"));
    }

    #[test]
    fn a_base_rate_leaves_out_the_text_itself_under_all_its_names() {
        let record = record();
        assert_eq!(record.base_rate("NEW", "fees", 3), Some(vec![1.0, 0.0, 0.0]));
        assert_eq!(record.base_rate("PACT", "fees", 3), Some(vec![0.0, 0.0, 1.0]));
        assert_eq!(record.base_rate("PACT", "tax", 2), None);
    }
}
