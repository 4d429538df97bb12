//! Where the rows of a table go: a CSV file, and beside it any number of files in formats that take typed columns.

use std::io::{Result, Write};

use super::buffers::Columns;
use super::cell::{Cell, NotFinite, RowSink};
use super::rows::Rows;
use super::tables::Table;

/// A file of a format that takes a table as typed columns. It is called once a batch.
pub trait ColumnSink: Send {
    /// Writes the next rows.
    fn write(&mut self, rows: &Columns) -> Result<()>;

    /// Completes the file.
    fn finish(self: Box<Self>) -> Result<()>;
}

/// Where the rows of one table go.
pub struct Outlet {
    csv: Box<dyn Write + Send>,
    columns: Vec<Box<dyn ColumnSink>>,
}

/// Which tables are wanted as typed columns beside text: rendering them takes time and memory, so only where they are.
#[derive(Clone, Copy, Debug, Default)]
pub struct Forms([bool; Table::ALL.len()]);

/// Rows of a table on their way out: text, from which the digest is made, and where wanted typed columns.
pub(super) struct Rendering {
    text: Rows,
    columns: Option<Columns>,
}

/// Rendered rows.
pub(super) struct Rendered {
    pub text: Vec<u8>,
    columns: Option<Columns>,
}

impl Outlet {
    /// To a CSV file alone.
    pub fn csv(file: impl Write + Send + 'static) -> Outlet {
        Outlet { csv: Box::new(file), columns: Vec::new() }
    }

    /// To another file as well.
    pub fn and(mut self, file: impl ColumnSink + 'static) -> Outlet {
        self.columns.push(Box::new(file));
        self
    }

    /// Writes text: the header, of which formats of columns have their own.
    pub(super) fn header(&mut self, text: &str) -> Result<()> {
        self.csv.write_all(text.as_bytes())
    }

    /// Writes rows.
    pub(super) fn write(&mut self, rows: &Rendered) -> Result<()> {
        self.csv.write_all(&rows.text)?;
        for sink in &mut self.columns {
            let missing = || std::io::Error::other("the rows were not rendered as columns");
            let columns = rows.columns.as_ref().ok_or_else(missing)?;
            if !columns.fit() {
                return Err(std::io::Error::other("a value does not fit its column"));
            }
            sink.write(columns)?;
        }
        Ok(())
    }

    /// Completes every file.
    pub(super) fn finish(mut self) -> Result<()> {
        self.columns.into_iter().try_for_each(ColumnSink::finish)?;
        self.csv.flush()
    }
}

impl Forms {
    /// What the tables with these outlets want, in the order of all tables.
    pub(super) fn of<'o>(outlets: impl Iterator<Item = Option<&'o Outlet>>) -> Forms {
        let mut forms = Forms::default();
        for (wanted, outlet) in forms.0.iter_mut().zip(outlets) {
            *wanted = outlet.is_some_and(|outlet| !outlet.columns.is_empty());
        }
        forms
    }
}

impl Rendering {
    /// No rows yet of a table.
    pub fn of(table: Table, forms: Forms) -> Rendering {
        let columns = forms.0[table as usize].then(|| Columns::of(table));
        Rendering { text: Rows::default(), columns }
    }

    /// What was rendered, unless a number was none.
    pub fn finish(self, what: impl FnOnce() -> String) -> std::result::Result<Rendered, NotFinite> {
        Ok(Rendered { text: self.text.finish(what)?, columns: self.columns })
    }
}

impl RowSink for Rendering {
    fn row<'a>(&mut self, cells: impl Iterator<Item = Cell<'a>>) {
        match &mut self.columns {
            None => self.text.row(cells),
            Some(columns) => {
                let mut buffers = columns.next_row();
                self.text.row(cells.inspect(|cell| buffers.push(*cell)));
            }
        }
    }
}
