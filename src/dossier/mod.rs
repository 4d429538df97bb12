//! Dossiers: tables of positions and forecasts, as people keep them.
//!
//! A table of positions comes as a long CSV table, one row an actor on an issue, beside an optional table of issues; in
//! the format of the KTAB programs; or in that of the exchange-model programs. Which it is, its first lines tell. What is
//! wrong with it is told all at once, each thing at its place, and then there is no forecast.

mod assemble;
mod exchange_format;
mod forecasts;
mod issues;
mod ktab_format;
mod long_table;
mod records;
mod text;

use std::collections::{BTreeMap, BTreeSet};

use crate::forecast::Table;
use crate::scenario::problem::{At, Problems};
use crate::scenario::source::Files;

pub use forecasts::{Outcomes, Row, outcomes, read_forecasts, write_forecasts, write_scores};

/// A table that holds, and what its reader should know about it.
#[derive(Clone, Debug)]
pub struct Dossier {
    /// The table.
    pub table: Table,
    /// What was passed over, in words.
    pub notes: Vec<String>,
}

/// One actor on one issue, as written.
struct Entry {
    issue: String,
    actor: String,
    position: f64,
    /// In the unit of the table.
    salience: f64,
    capability: f64,
    /// Number of the row, and where it stands.
    number: usize,
    at: At,
}

/// What is said of an issue itself.
#[derive(Default)]
struct Definition {
    issue: String,
    scale: (Option<f64>, Option<f64>),
    reference: Option<f64>,
    rule: crate::forecast::Rule,
    outcome: Option<f64>,
    group: Option<String>,
    at: Option<At>,
}

/// A table of positions, as written.
#[derive(Default)]
struct Written {
    entries: Vec<Entry>,
    /// Issues of which a row could not be read: who stands on them is not known.
    unread: BTreeSet<String>,
    definitions: Vec<Definition>,
    /// What a salience of 1 is written as; told from the numbers where the format does not say.
    salience_unit: Option<f64>,
    /// Whether anything is said of groups.
    grouped: bool,
}

/// Reads a table of positions and, where there is one, the table of its issues.
pub fn read(positions: &str, issues: Option<&str>, files: &dyn Files) -> Result<Dossier, Problems> {
    let mut problems = Problems::default();
    let mut written = match text::text_of_table(files, positions) {
        Err(unreadable) => {
            problems.extend(unreadable.0);
            None
        }
        Ok(file) if exchange_format::is_it(&file.text) => Some(exchange_format::read(&file, &mut problems)),
        Ok(file) if ktab_format::is_it(&file.text) => Some(ktab_format::read(&file, &mut problems)),
        Ok(file) => Some(long_table::read(&file, &mut problems)),
    };
    if let Some(path) = issues {
        match text::text_of_table(files, path) {
            Err(unreadable) => problems.extend(unreadable.0),
            Ok(file) => {
                let (definitions, grouped) = issues::read(&file, &mut problems);
                if let Some(written) = &mut written {
                    written.refine(definitions, grouped);
                }
            }
        }
    }
    let Some(written) = written else { return Err(problems.in_order()) };
    let (table, notes) = assemble::assemble(written, issues.is_some(), &mut problems);
    problems.none_or(Dossier { table, notes })
}

impl Written {
    /// Takes over what a table of issues says; what the format itself says stands where that is silent.
    fn refine(&mut self, definitions: Vec<Definition>, grouped: bool) {
        let own = std::mem::replace(&mut self.definitions, definitions);
        let places: BTreeMap<String, usize> =
            self.definitions.iter().enumerate().map(|(no, definition)| (definition.issue.clone(), no)).collect();
        for before in own {
            match places.get(&before.issue) {
                Some(&place) => {
                    let definition = &mut self.definitions[place];
                    definition.scale.0 = definition.scale.0.or(before.scale.0);
                    definition.scale.1 = definition.scale.1.or(before.scale.1);
                }
                None => self.definitions.push(before),
            }
        }
        self.grouped |= grouped;
    }
}
