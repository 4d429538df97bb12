//! The table of parameters that a search found, one row a text left out: written by the search, read by every hindcast.

use super::calibrate::{Fold, GRID, PARAMETERS, Values};
use super::tables::{Sheet, number};
use super::trials::Trial;
use crate::scenario::problem::Problems;
use crate::scenario::source::{Files, text_of};
use crate::scenario::tables::{self, Column};

/// Name of the table in a library.
pub const TABLE: &str = "calibration.csv";
/// What stands for no text where one left out is named.
const NONE: &str = "none";

const COLUMNS: &[Column] = &[
    ("left_out", true),
    ("concession", true),
    ("isolation", true),
    ("exclusion_price", true),
    ("burden_price", true),
    ("cost_of_failure", true),
    ("clauses", true),
    ("training_error", true),
    ("error", true),
    ("error_by_default", true),
];

/// The folds as a table; an empty parameter is as the scenario has it.
pub fn write(folds: &[Fold]) -> String {
    let mut sheet = Sheet::new(&COLUMNS.iter().map(|column| column.0).collect::<Vec<_>>());
    for fold in folds {
        let mut cells = vec![fold.left_out.clone().unwrap_or_else(|| NONE.to_owned())];
        cells.extend(fold.values.0.map(number));
        cells.push(fold.clauses.to_string());
        cells.extend([fold.training, fold.error, fold.by_default].map(|error| number(Some(error))));
        sheet.row(cells);
    }
    sheet.text()
}

/// Reads the table of a library, where there is one.
pub fn read(files: &dyn Files, folder: &str, problems: &mut Problems) -> Vec<Fold> {
    let path = format!("{folder}/{TABLE}");
    if files.read(&path).is_err() {
        return Vec::new();
    }
    let file = match text_of(files, &path) {
        Ok(file) => file,
        Err(unreadable) => {
            problems.extend(unreadable.0);
            return Vec::new();
        }
    };
    let mut folds = Vec::new();
    for row in tables::read(&file, COLUMNS, problems).rows {
        let mut values = [None; PARAMETERS];
        for (value, (parameter, _)) in values.iter_mut().zip(GRID) {
            *value = row.number(parameter, 0.0, 1_000.0, problems);
        }
        let mut needed = |column: &str| {
            row.needed(column, problems)?;
            row.number(column, 0.0, 1e9, problems)
        };
        let numbers = ["clauses", "training_error", "error", "error_by_default"].map(&mut needed);
        let Some(left_out) = row.needed("left_out", problems) else { continue };
        let [Some(clauses), Some(training), Some(error), Some(by_default)] = numbers else { continue };
        folds.push(Fold {
            left_out: (left_out != NONE).then_some(left_out),
            values: Values(values),
            training,
            error,
            by_default,
            clauses: clauses as usize,
        });
    }
    folds
}

/// The values for a trial: those sought without its text, else, for a text that no search has seen, those sought with all.
pub fn values_for(folds: &[Fold], trial: &Trial) -> Option<Values> {
    let without = folds.iter().find(|fold| fold.left_out.as_deref() == Some(&trial.instrument));
    without.or_else(|| folds.iter().find(|fold| fold.left_out.is_none())).map(|fold| fold.values)
}

/// Every trial under the values sought without its text; nothing where some trial has none.
pub fn fitted(folds: &[Fold], trials: &[Trial]) -> Option<Vec<Trial>> {
    let one = |trial: &Trial| values_for(folds, trial).map(|values| values.over(std::slice::from_ref(trial)));
    Some(trials.iter().map(one).collect::<Option<Vec<_>>>()?.concat())
}
