//! Measures of the field agree with computations that are not comity's: two hundred random cases each.
//!
//! The tables in tests/data/cross hold the cases and their answers; `make.py` there makes them with packages of others (their
//! versions stand in `requirements.txt`) and by exact fractions. Every kind has a control: a measure that is slightly another
//! one, as a wrong program might have it, is found out by the same table.

mod distributions;
mod inequality;
mod line;
mod points;
mod quantiles;
mod resampling;
mod rungs;
mod texts;

use crate::folder::home;

/// Cases of a table.
const CASES: usize = 200;

/// One row, by the names of its columns.
struct Row {
    header: csv::StringRecord,
    cells: csv::StringRecord,
}

impl Row {
    fn text(&self, column: &str) -> &str {
        let place = self.header.iter().position(|name| name == column);
        &self.cells[place.unwrap_or_else(|| panic!("there is no column {column}"))]
    }

    /// The number; nothing where the cell is empty.
    fn number(&self, column: &str) -> Option<f64> {
        let text = self.text(column);
        (!text.is_empty()).then(|| text.parse().unwrap_or_else(|_| panic!("{text} in {column} is no number")))
    }

    fn numbers(&self, column: &str) -> Vec<f64> {
        numbers(self.text(column))
    }
}

/// Numbers with blanks between them.
fn numbers(text: &str) -> Vec<f64> {
    text.split_whitespace().map(|number| number.parse().unwrap_or_else(|_| panic!("{number} is no number"))).collect()
}

/// The text of a table.
fn file(name: &str) -> String {
    let path = home().join("tests/data/cross").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The rows of a text with a header.
fn rows(text: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().expect("a header").clone();
    reader.records().map(|cells| Row { header: header.clone(), cells: cells.expect("a row") }).collect()
}

/// The cases of a table.
fn cases(name: &str) -> Vec<Row> {
    let rows = rows(&file(name));
    assert_eq!(rows.len(), CASES, "{name}");
    rows
}

/// Whether two numbers are the same up to 1e-9 of the greater, or of 1.
fn near(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-9 * one.abs().max(other.abs()).max(1.0)
}

/// Both sides of cases that disagree: what they are of, what was found and what was expected.
fn disagreeing<T: std::fmt::Debug>(
    found: impl Iterator<Item = (String, T, T)>,
    same: impl Fn(&T, &T) -> bool,
) -> Vec<String> {
    let wrong = found.filter(|(_, found, expected)| !same(found, expected));
    wrong.map(|(of, found, expected)| format!("{of}: {found:?}, not {expected:?}")).collect()
}

/// Nobody disagrees.
#[track_caller]
fn agreed(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} disagree:\n{}", wrong.len(), wrong[..wrong.len().min(12)].join("\n"));
}
