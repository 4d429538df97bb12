//! Rows of a table as CSV (RFC 4180, with plain line feeds): numbers that read back to the same bits, nothing for "no value".

use super::cell::{Cell, NotFinite, RowSink};
use super::marks::Marks;
use super::tables::{self, Table};
use crate::decimal::{self, FIGURE, FRACTION};
use crate::minutes::Outcome;
use crate::scenario::Scenario;
use crate::summary::{Blocker, Line};

/// Rows as CSV text.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    text: String,
    not_finite: bool,
}

impl RowSink for Rows {
    fn row<'a>(&mut self, cells: impl Iterator<Item = Cell<'a>>) {
        for (no, cell) in cells.enumerate() {
            if no > 0 {
                self.text.push(',');
            }
            self.cell(cell);
        }
        self.text.push('\n');
    }
}

impl Rows {
    /// The bytes written, unless a number was not one.
    pub fn finish(self, what: impl FnOnce() -> String) -> Result<Vec<u8>, NotFinite> {
        match self.not_finite {
            true => Err(NotFinite(what())),
            false => Ok(self.text.into_bytes()),
        }
    }

    /// Rows of a table for one replication; none of a table that has no rows for single ones.
    pub fn replication(&mut self, table: Table, scenario: &Scenario, marks: &Marks, outcome: &Outcome) {
        tables::replication(table, scenario, marks, outcome, self);
    }

    /// Rows of [`Table::Imputed`].
    pub fn imputed(&mut self, scenario: &Scenario) {
        tables::imputed(scenario, self);
    }

    /// Rows of [`Table::Blockers`].
    pub fn blockers(&mut self, scenario: &Scenario, blockers: &[Blocker]) {
        tables::blockers(scenario, blockers, self);
    }

    /// Rows of [`Table::Summary`].
    pub fn summary(&mut self, scenario: &Scenario, lines: &[Line]) {
        tables::summary(scenario, lines, self);
    }

    fn cell(&mut self, cell: Cell) {
        match cell {
            Cell::Flag(flag) => self.text.push_str(if flag { "true" } else { "false" }),
            Cell::Integer(number) => self.integer(number),
            Cell::Fraction(number) => self.fraction(number, FRACTION),
            Cell::Figure(number) => self.fraction(number, FIGURE),
            Cell::Text(text) => self.quoted(text),
            Cell::Nothing => {}
        }
    }

    fn fraction(&mut self, number: f64, least: usize) {
        match number.is_finite() {
            true => decimal::push(&mut self.text, number, least),
            false => self.not_finite = true,
        }
    }

    /// Most cells are counts of few digits; written out, since formatting takes longer than all the rest of a row.
    fn integer(&mut self, mut number: u64) {
        let mut digits = [0; 20];
        let mut first = digits.len();
        loop {
            first -= 1;
            digits[first] = b'0' + (number % 10) as u8;
            number /= 10;
            if number == 0 {
                break;
            }
        }
        self.text.extend(digits[first..].iter().map(|digit| char::from(*digit)));
    }

    /// Words, in quotes where a reader would else take a part of them for the end of the cell.
    fn quoted(&mut self, text: &str) {
        if !text.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
            return self.text.push_str(text);
        }
        self.text.push('"');
        for letter in text.chars() {
            if letter == '"' {
                self.text.push('"');
            }
            self.text.push(letter);
        }
        self.text.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(cells: &[Cell]) -> Result<String, NotFinite> {
        let mut rows = Rows::default();
        rows.row(cells.iter().copied());
        rows.finish(|| "here".into()).map(|bytes| String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn fractions_have_a_point_whole_numbers_none_and_no_value_is_empty() {
        let line = written(&[Cell::Fraction(0.1 + 0.2), Cell::Fraction(-0.0), Cell::Nothing, Cell::Text("a, \"b\"")]);
        assert_eq!(line.unwrap(), "0.30000000000000004,0.0,,\"a, \"\"b\"\"\"\n");
        let line = written(&[Cell::Integer(1), Cell::Fraction(1.0), Cell::Figure(1.0), Cell::Figure(0.985)]);
        assert_eq!(line.unwrap(), "1,1.0,1.0000,0.9850\n");
    }

    #[test]
    fn no_number_that_is_none_reaches_a_table() {
        for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(written(&[Cell::Fraction(bad)]), Err(NotFinite("here".into())));
            assert_eq!(written(&[Cell::Figure(bad)]), Err(NotFinite("here".into())));
        }
    }

    /// A row of words and whole numbers as another writer of CSV has it.
    fn elsewhere(words: &[String], numbers: &[u64]) -> String {
        let mut csv = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
        let numbers = numbers.iter().map(u64::to_string);
        csv.write_record(words.iter().cloned().chain(numbers)).unwrap();
        String::from_utf8(csv.into_inner().unwrap()).unwrap()
    }

    proptest! {
        #[test]
        fn words_are_quoted_and_numbers_written_as_another_writer_does(
            words in prop::collection::vec("[a-c,\"\n\r é]{0,6}", 2..5),
            numbers in prop::collection::vec(prop_oneof![0..200u64, any::<u64>()], 0..4),
        ) {
            let cells: Vec<Cell> = words.iter().map(|text| Cell::Text(text)).collect();
            let cells: Vec<Cell> = cells.into_iter().chain(numbers.iter().map(|number| Cell::Integer(*number))).collect();
            prop_assert_eq!(written(&cells).unwrap(), elsewhere(&words, &numbers));
        }
    }

    #[test]
    fn words_without_their_quotes_would_be_read_as_more_cells() {
        let words = ["a,b".to_owned(), "c".to_owned()];
        assert_ne!(words.join(",") + "\n", elsewhere(&words, &[]));
    }
}
