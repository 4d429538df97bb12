//! A cell of a table: a value of one of few types, or none.

/// The value that a row has in one column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Integer(u64),
    /// A fraction.
    Fraction(f64),
    /// A fraction that people read in a spreadsheet: in text it has more decimals, elsewhere it is a fraction like others.
    Figure(f64),
    /// Words, at least one letter of them.
    Text(&'a str),
    /// No value.
    Nothing,
}

/// A value that is not a number in a table that must not have one: a defect of the model, told with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotFinite(pub String);

/// What takes rows of a table one by one, as text or as columns of values. It is called for every row, so it is chosen when
/// compiling, not while running.
pub trait RowSink {
    /// Takes the next row: a cell for each column, in order.
    fn row<'a>(&mut self, cells: impl Iterator<Item = Cell<'a>>);
}
