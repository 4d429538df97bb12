//! What becomes of each clause of a forum, as a table.

use std::fmt::Write as _;

use comfy_table::{CellAlignment, Table as Grid};

use super::fate::Fate;
use super::{Found, Notes, marked, percent};
use crate::scenario::{Forum, Provenance, Scenario};
use crate::summary::{Estimate, Measure, Subject};

/// A row: a clause, and what the run says of it.
struct Row<'a> {
    id: &'a str,
    adopted: Estimate,
    /// The most likely fate in words, and its share of the replications.
    fate: (String, Option<f64>),
    known: Provenance,
    /// What the model's own record says of a chance like this one [0–1]; none as long as it keeps no record.
    record: Option<f64>,
}

/// A column: its header, whether it is aligned to the right, and its cell of a row.
type Column = (&'static str, bool, fn(&Row) -> String);

/// Every column that there can be, in order.
const COLUMNS: [Column; 8] = [
    ("clause", false, |row| row.id.to_owned()),
    ("adopted", true, |row| marked(row.adopted.mean, &row.known)),
    ("simulation 95 %", true, |row| {
        row.adopted.interval.map_or(String::new(), |(low, high)| format!("{} to {}", percent(low), percent(high)))
    }),
    ("record", true, |row| row.record.map_or(String::new(), percent)),
    ("most likely", false, |row| row.fate.0.clone()),
    ("share", true, |row| row.fate.1.map_or(String::new(), |share| marked(share, &row.known))),
    ("imputed", true, |row| format!("{} of {}", row.known.imputed, row.known.mandates)),
    ("unverified", true, |row| format!("{} of {}", row.known.unverified, row.known.mandates)),
];

/// The table of a forum's agenda; notes down which marks it uses.
pub(super) fn grid(scenario: &Scenario, forum: &Forum, found: Found, notes: &mut Notes) -> String {
    let rows = forum.agenda.iter().enumerate().filter_map(|(place, &clause)| {
        let definition = &scenario.clauses[clause];
        let fate = Fate::of(forum, place, definition, found)?;
        let known = scenario.provenance(Some(found.forum), None, Some(clause));
        notes.guessed |= known.is_mostly_imputed();
        notes.template |= forum.template[place].is_some();
        notes.out |= matches!(fate, Fate::Out(_));
        notes.simulation = true;
        Some(Row {
            id: &definition.id,
            adopted: found.of(Subject::Clause(clause), Measure::ADOPTED)?,
            fate: fate.words(forum, place, definition),
            known,
            record: None,
        })
    });
    let rows: Vec<Row> = rows.collect();
    // Columns that would be empty in every row are left out.
    let all = scenario.provenance(Some(found.forum), None, None);
    let wanted = |(header, ..): &&Column| match *header {
        "record" => rows.iter().any(|row| row.record.is_some()),
        "imputed" => all.imputed > 0,
        "unverified" => all.unverified > 0,
        _ => true,
    };
    let columns: Vec<&Column> = COLUMNS.iter().filter(wanted).collect();
    let mut grid = Grid::new();
    grid.load_style(comfy_table::presets::NOTHING);
    grid.set_header(columns.iter().map(|(header, ..)| *header));
    for (no, _) in columns.iter().enumerate().filter(|(_, (_, right, _))| *right) {
        grid.column_mut(no).into_iter().for_each(|column| column.set_cell_alignment(CellAlignment::Right));
    }
    for row in &rows {
        grid.add_row(columns.iter().map(|(_, _, cell)| cell(row)));
    }
    let mut text = String::new();
    for line in grid.to_string().lines() {
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}
