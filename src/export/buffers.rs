//! Rows of a table as typed columns in memory: what formats that write a table column by column take.

use std::ops::Range;

use super::cell::{Cell, RowSink};
use super::column::Kind;
use super::tables::Table;

/// Some rows of a table, column by column.
#[derive(Clone, Debug)]
pub struct Columns {
    rows: usize,
    columns: Vec<Buffer>,
    /// Whether a value did not fit its column.
    unfit: bool,
}

/// The values of a column.
#[derive(Clone, Debug)]
pub struct Buffer {
    /// Those that are there, without gaps.
    pub values: Values,
    /// For every row whether it has a value.
    pub present: Vec<bool>,
}

/// Values of one type.
#[derive(Clone, Debug)]
pub enum Values {
    /// Yes or no.
    Flags(Vec<bool>),
    /// Whole numbers.
    Integers(Vec<i64>),
    /// Numbers; negative zero is zero, as in text.
    Numbers(Vec<f64>),
    /// Words.
    Text(Words),
}

/// Words one after the other.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// All of them, without anything between.
    pub text: String,
    /// Where each ends (bytes).
    pub ends: Vec<usize>,
}

impl Columns {
    /// The columns of a table, without rows.
    pub fn of(table: Table) -> Columns {
        let buffer = |kind| Buffer { values: Values::of(kind), present: Vec::new() };
        let columns = table.columns().into_iter().map(|field| buffer(field.kind)).collect();
        Columns { rows: 0, columns, unfit: false }
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The columns, in the order of the table.
    pub fn columns(&self) -> &[Buffer] {
        &self.columns
    }

    /// Whether every value fitted its column: a count may be larger than columns of whole numbers hold.
    pub fn fit(&self) -> bool {
        !self.unfit
    }

    /// Begins the next row.
    pub(super) fn next_row(&mut self) -> NextRow<'_> {
        NextRow { columns: self, given: 0 }
    }

    /// Adds some of the rows of other columns of the same table.
    pub fn append(&mut self, other: &Columns, rows: Range<usize>) {
        for (into, from) in self.columns.iter_mut().zip(&other.columns) {
            let before = from.present[..rows.start].iter().filter(|present| **present).count();
            let present = &from.present[rows.clone()];
            let count = present.iter().filter(|present| **present).count();
            self.unfit |= !into.values.append(&from.values, before..before + count);
            into.present.extend(present);
        }
        self.rows += rows.len();
        self.unfit |= other.unfit;
    }

    /// Forgets all rows.
    pub fn clear(&mut self) {
        self.rows = 0;
        for buffer in &mut self.columns {
            buffer.present.clear();
            match &mut buffer.values {
                Values::Flags(values) => values.clear(),
                Values::Integers(values) => values.clear(),
                Values::Numbers(values) => values.clear(),
                Values::Text(words) => (words.text.clear(), words.ends.clear()).0,
            }
        }
    }
}

impl RowSink for Columns {
    fn row<'a>(&mut self, cells: impl Iterator<Item = Cell<'a>>) {
        let mut row = self.next_row();
        cells.for_each(|cell| row.push(cell));
    }
}

/// A row of columns that is being added, cell by cell. It is whole once it is dropped.
pub(super) struct NextRow<'c> {
    columns: &'c mut Columns,
    given: usize,
}

impl NextRow<'_> {
    /// Adds the cell of the next column.
    pub fn push(&mut self, cell: Cell) {
        let fits = self.columns.columns.get_mut(self.given).is_some_and(|buffer| buffer.push(cell));
        self.columns.unfit |= !fits;
        self.given += 1;
    }
}

impl Drop for NextRow<'_> {
    fn drop(&mut self) {
        self.columns.unfit |= self.given != self.columns.columns.len();
        self.columns.rows += 1;
    }
}

impl Buffer {
    /// Adds the cell of a row; whether it fits.
    fn push(&mut self, cell: Cell) -> bool {
        self.present.push(cell != Cell::Nothing);
        match (&mut self.values, cell) {
            (_, Cell::Nothing) => {}
            (Values::Flags(values), Cell::Flag(flag)) => values.push(flag),
            (Values::Integers(values), Cell::Integer(number)) => match i64::try_from(number) {
                Ok(number) => values.push(number),
                Err(_) => return false,
            },
            (Values::Numbers(values), Cell::Fraction(number) | Cell::Figure(number)) => values.push(number + 0.0),
            (Values::Text(words), Cell::Text(text)) => {
                words.text.push_str(text);
                words.ends.push(words.text.len());
            }
            _ => return false,
        }
        true
    }
}

impl Values {
    fn of(kind: Kind) -> Values {
        match kind {
            Kind::Boolean => Values::Flags(Vec::new()),
            Kind::Integer => Values::Integers(Vec::new()),
            Kind::Number => Values::Numbers(Vec::new()),
            Kind::Text => Values::Text(Words::default()),
        }
    }

    /// Adds some values of another; whether they are of the same type.
    fn append(&mut self, other: &Values, range: Range<usize>) -> bool {
        match (self, other) {
            (Values::Flags(into), Values::Flags(from)) => into.extend(&from[range]),
            (Values::Integers(into), Values::Integers(from)) => into.extend(&from[range]),
            (Values::Numbers(into), Values::Numbers(from)) => into.extend(&from[range]),
            (Values::Text(into), Values::Text(from)) => {
                let start = from.start(range.start);
                let (moved, end) = (into.text.len(), from.start(range.end));
                into.text.push_str(&from.text[start..end]);
                into.ends.extend(from.ends[range].iter().map(|end| moved + end - start));
            }
            _ => return false,
        }
        true
    }
}

impl Words {
    /// Where the word at a place starts (bytes); after the last, where the next would.
    pub fn start(&self, place: usize) -> usize {
        place.checked_sub(1).map_or(0, |before| self.ends[before])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of the imputed values: three words, two numbers, two words and a count.
    fn row<'a>(quantity: &'a str, value: Option<f64>, method: &'a str, unverified: u64) -> [Cell<'a>; 8] {
        let text = |text: &'a str| if text.is_empty() { Cell::Nothing } else { Cell::Text(text) };
        let value = value.map_or(Cell::Nothing, Cell::Fraction);
        let (one, other) = (Cell::Text("A"), Cell::Text("b"));
        [one, other, text(quantity), value, Cell::Fraction(-0.0), text(method), other, Cell::Integer(unverified)]
    }

    fn some() -> Columns {
        let mut columns = Columns::of(Table::Imputed);
        for (quantity, value, method, unverified) in
            [("ideal", Some(0.5), "", 1), ("", None, "é", 2), ("salience", None, "", 3), ("x", Some(0.25), "mean", 4)]
        {
            columns.row(row(quantity, value, method, unverified).into_iter());
        }
        columns
    }

    #[test]
    fn columns_cut_anywhere_and_put_together_are_the_same() {
        let whole = some();
        assert!(whole.fit() && whole.rows() == 4);
        for cut in 0..=4 {
            let mut again = Columns::of(Table::Imputed);
            again.append(&whole, 0..cut);
            again.append(&whole, cut..4);
            assert_eq!(format!("{again:?}"), format!("{whole:?}"), "cut at {cut}");
        }
        // Put together in another order they are not.
        let mut turned = Columns::of(Table::Imputed);
        turned.append(&whole, 2..4);
        turned.append(&whole, 0..2);
        assert_ne!(format!("{turned:?}"), format!("{whole:?}"));
    }

    #[test]
    fn a_value_that_does_not_fit_and_half_a_row_are_noticed() {
        let good = row("ideal", Some(0.5), "", 1);
        for (no, bad) in [(7, Cell::Integer(u64::MAX)), (3, Cell::Integer(1)), (0, Cell::Flag(true))] {
            let mut columns = some();
            let mut cells = good;
            cells[no] = bad;
            columns.row(cells.into_iter());
            assert!(!columns.fit(), "{bad:?} at {no}");
        }
        let mut half = some();
        half.row(good[..7].iter().copied());
        assert!(!half.fit());
        assert!(some().fit());
    }
}
