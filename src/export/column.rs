//! A column of a table: its name, unit, description, and the function that reads its cell from a row.
//!
//! The type of that function *is* the kind of the column, so neither can a column be without its cell, nor a cell be of
//! another kind than its column, in whatever format the table is written.
//!
//! ```
//! use comity::export::Column;
//!
//! struct Talks {
//!     rounds: u64,
//!     concluded: bool,
//! }
//! const COLUMNS: &[Column<Talks>] = &[
//!     Column::integer("rounds", "rounds", "Rounds held", |row| Some(row.rounds)),
//!     Column::flag("concluded", "true or false", "Whether a text was adopted", |row| Some(row.concluded)),
//! ];
//! ```
//!
//! With the cell of the other column, or with none, the same does not compile:
//!
//! ```compile_fail,E0308
//! # use comity::export::Column;
//! # struct Talks {
//! #     rounds: u64,
//! #     concluded: bool,
//! # }
//! const COLUMNS: &[Column<Talks>] = &[
//!     Column::integer("rounds", "rounds", "Rounds held", |row| Some(row.concluded)),
//! ];
//! ```
//!
//! ```compile_fail,E0061
//! # use comity::export::Column;
//! # struct Talks {
//! #     rounds: u64,
//! #     concluded: bool,
//! # }
//! const COLUMNS: &[Column<Talks>] = &[
//!     Column::integer("rounds", "rounds", "Rounds held"),
//! ];
//! ```

use super::cell::Cell;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// Words.
    Text,
}

/// A column of rows of type `R`.
pub struct Column<R> {
    name: &'static str,
    unit: &'static str,
    description: &'static str,
    read: Read<R>,
}

/// How the cell is read from a row; none is an empty cell.
enum Read<R> {
    Flag(fn(&R) -> Option<bool>),
    Integer(fn(&R) -> Option<u64>),
    Fraction(fn(&R) -> Option<f64>),
    Figure(fn(&R) -> Option<f64>),
    Text(for<'r> fn(&'r R) -> &'r str),
}

/// What a column says of itself, whatever its rows are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name, as in the header.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// The unit of its values, or what kind of words they are.
    pub unit: &'static str,
    /// What they mean.
    pub description: &'static str,
}

/// A row of a table, as a view of what it is about.
pub trait Row<'a>: Sized + 'a {
    /// The columns of the table, in order.
    const COLUMNS: &'a [Column<Self>];

    /// The cells of this row, in the order of the columns.
    fn cells(&self) -> impl Iterator<Item = Cell<'_>> {
        Self::COLUMNS.iter().map(|column| column.cell(self))
    }

    /// What the columns say of themselves.
    fn fields() -> Vec<Field> {
        Self::COLUMNS.iter().map(Column::field).collect()
    }
}

impl<R> Column<R> {
    const fn of(name: &'static str, unit: &'static str, description: &'static str, read: Read<R>) -> Self {
        Column { name, unit, description, read }
    }

    /// A column of `true` and `false`.
    pub const fn flag(
        name: &'static str,
        unit: &'static str,
        description: &'static str,
        read: fn(&R) -> Option<bool>,
    ) -> Self {
        Self::of(name, unit, description, Read::Flag(read))
    }

    /// A column of whole numbers.
    pub const fn integer(
        name: &'static str,
        unit: &'static str,
        description: &'static str,
        read: fn(&R) -> Option<u64>,
    ) -> Self {
        Self::of(name, unit, description, Read::Integer(read))
    }

    /// A column of fractions.
    pub const fn fraction(
        name: &'static str,
        unit: &'static str,
        description: &'static str,
        read: fn(&R) -> Option<f64>,
    ) -> Self {
        Self::of(name, unit, description, Read::Fraction(read))
    }

    /// A column of fractions that people read in a spreadsheet.
    pub const fn figure(
        name: &'static str,
        unit: &'static str,
        description: &'static str,
        read: fn(&R) -> Option<f64>,
    ) -> Self {
        Self::of(name, unit, description, Read::Figure(read))
    }

    /// A column of words; empty ones are no value.
    pub const fn text(
        name: &'static str,
        unit: &'static str,
        description: &'static str,
        read: for<'r> fn(&'r R) -> &'r str,
    ) -> Self {
        Self::of(name, unit, description, Read::Text(read))
    }

    /// The cell of a row.
    fn cell<'r>(&self, row: &'r R) -> Cell<'r> {
        match self.read {
            Read::Flag(read) => read(row).map_or(Cell::Nothing, Cell::Flag),
            Read::Integer(read) => read(row).map_or(Cell::Nothing, Cell::Integer),
            Read::Fraction(read) => read(row).map_or(Cell::Nothing, Cell::Fraction),
            Read::Figure(read) => read(row).map_or(Cell::Nothing, Cell::Figure),
            Read::Text(read) => Some(read(row)).filter(|text| !text.is_empty()).map_or(Cell::Nothing, Cell::Text),
        }
    }

    /// What it says of itself.
    fn field(&self) -> Field {
        let kind = match self.read {
            Read::Flag(_) => Kind::Boolean,
            Read::Integer(_) => Kind::Integer,
            Read::Fraction(_) | Read::Figure(_) => Kind::Number,
            Read::Text(_) => Kind::Text,
        };
        Field { name: self.name, kind, unit: self.unit, description: self.description }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::{Columns, RowSink, Rows, Table};

    /// A row with one value of each kind, or none at all.
    struct Sample(Option<u64>);

    impl<'a> Row<'a> for Sample {
        const COLUMNS: &'a [Column<Self>] = &[
            Column::flag("flag", "true or false", "Whether it is odd", |row| Some(row.0? % 2 == 1)),
            Column::integer("count", "number", "How many", |row| row.0),
            Column::fraction("half", "number", "Half of it", |row| Some(row.0? as f64 / 2.0)),
            Column::figure("figure", "number", "A quarter of it", |row| Some(row.0? as f64 / 4.0)),
            Column::text("word", "words", "Whether there is one", |row| row.0.map_or("", |_| "some")),
        ];
    }

    #[test]
    fn a_cell_stands_under_its_column_and_is_of_its_kind() {
        let fits = |(field, cell): (&Field, Cell)| match cell {
            Cell::Flag(_) => field.kind == Kind::Boolean,
            Cell::Integer(_) => field.kind == Kind::Integer,
            Cell::Fraction(_) | Cell::Figure(_) => field.kind == Kind::Number,
            Cell::Text(_) => field.kind == Kind::Text,
            Cell::Nothing => false,
        };
        let (fields, row) = (Sample::fields(), Sample(Some(3)));
        assert_eq!(row.cells().count(), fields.len());
        assert!(fields.iter().zip(row.cells()).all(fits));
        assert_eq!(row.cells().nth(2), Some(Cell::Fraction(1.5)));
        // One cell to the side, none fits but that between two columns of numbers.
        assert_eq!(fields.iter().zip(row.cells().skip(1)).filter(|it| fits(*it)).count(), 1);
        assert!(Sample(None).cells().all(|cell| cell == Cell::Nothing));
    }

    #[test]
    fn a_row_that_lost_a_cell_is_noticed_wherever_it_is_typed() {
        // As many columns of the same kinds as the sample has cells, but for the last three of the table.
        let kinds: Vec<Kind> = Table::Imputed.columns().iter().map(|field| field.kind).collect();
        let cell = |kind: &Kind| match kind {
            Kind::Boolean => Cell::Flag(true),
            Kind::Integer => Cell::Integer(1),
            Kind::Number => Cell::Fraction(0.5),
            Kind::Text => Cell::Text("x"),
        };
        let fit = |cells: &mut dyn Iterator<Item = Cell<'static>>| {
            let mut columns = Columns::of(Table::Imputed);
            columns.row(cells);
            columns.fit()
        };
        assert!(fit(&mut kinds.iter().map(cell)));
        for lost in 0..kinds.len() {
            let half = || kinds.iter().map(cell).enumerate().filter(move |(no, _)| *no != lost).map(|(_, cell)| cell);
            assert!(!fit(&mut half()), "without cell {lost}");
            // As text nothing tells: that is why a row is never made by hand.
            let mut text = Rows::default();
            text.row(half());
            assert!(text.finish(String::new).is_ok());
        }
    }
}
