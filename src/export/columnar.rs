//! Tables as Parquet files: the same rows as in CSV, column by column.
//!
//! A row group holds a fixed number of rows, whatever the batches they came in, so that the file too is the same to the
//! byte for the same run.

use std::io::Write;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

use super::columns::{Column, Kind};
use super::tables::Table;

/// A writer of a table that writes it as a Parquet file as well. It is given whole rows at a time, the header first.
pub struct Beside {
    csv: Box<dyn Write + Send>,
    header: String,
    /// Gone once the table is complete.
    columnar: Option<Columnar>,
}

impl Beside {
    /// Writes a table to `csv`, and as Parquet to `parquet`.
    pub fn new(table: Table, csv: Box<dyn Write + Send>, parquet: Box<dyn Write + Send>) -> std::io::Result<Self> {
        Ok(Beside { csv, header: table.header(), columnar: Some(Columnar::begin(table, parquet)?) })
    }
}

impl Write for Beside {
    fn write(&mut self, rows: &[u8]) -> std::io::Result<usize> {
        self.csv.write_all(rows)?;
        if let Some(columnar) = &mut self.columnar {
            columnar.add(rows.strip_prefix(self.header.as_bytes()).unwrap_or(rows))?;
        }
        Ok(rows.len())
    }

    /// Completes the table: it is flushed when its last row is written.
    fn flush(&mut self) -> std::io::Result<()> {
        self.columnar.take().map_or(Ok(()), Columnar::finish)?;
        self.csv.flush()
    }
}

/// Rows of a row group.
const GROUP: usize = 1 << 16;

/// A table on its way to a Parquet file.
struct Columnar {
    file: SerializedFileWriter<Box<dyn Write + Send>>,
    columns: Vec<Values>,
    rows: usize,
}

/// The values of a column that are not written yet, and for every row whether it has one (1) or not (0).
struct Values {
    kept: Kept,
    has_value: Vec<i16>,
}

enum Kept {
    Flags(Vec<bool>),
    Counts(Vec<i64>),
    Numbers(Vec<f64>),
    Words(Vec<ByteArray>),
}

impl Columnar {
    /// A file for a table.
    fn begin(table: Table, out: Box<dyn Write + Send>) -> std::io::Result<Self> {
        let fields = table.columns().iter().map(field).collect::<Result<Vec<_>, _>>().map_err(unwritten)?;
        let schema = Type::group_type_builder(table.name()).with_fields(fields).build().map_err(unwritten)?;
        let written_by = concat!("comity ", env!("CARGO_PKG_VERSION"));
        let properties =
            WriterProperties::builder().set_created_by(written_by.into()).set_compression(Compression::SNAPPY).build();
        let file = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties)).map_err(unwritten)?;
        Ok(Columnar { file, columns: table.columns().iter().map(Values::of).collect(), rows: 0 })
    }

    /// Adds rows, as the CSV table has them.
    fn add(&mut self, rows: &[u8]) -> std::io::Result<()> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(rows);
        let mut record = csv::StringRecord::new();
        while reader.read_record(&mut record)? {
            for (column, cell) in self.columns.iter_mut().zip(&record) {
                column.push(cell)?;
            }
            self.rows += 1;
            if self.rows == GROUP {
                self.flush().map_err(unwritten)?;
            }
        }
        Ok(())
    }

    /// Writes what is left, and the end of the file.
    fn finish(mut self) -> std::io::Result<()> {
        if self.rows > 0 {
            self.flush().map_err(unwritten)?;
        }
        self.file.close().map(drop).map_err(unwritten)
    }

    fn flush(&mut self) -> Result<(), ParquetError> {
        let mut group = self.file.next_row_group()?;
        for values in &mut self.columns {
            let Some(mut column) = group.next_column()? else { break };
            values.write(column.untyped())?;
            column.close()?;
        }
        self.rows = 0;
        group.close().map(drop)
    }
}

impl Values {
    fn of(&(_, kind, ..): &Column) -> Self {
        let kept = match kind {
            Kind::Boolean => Kept::Flags(Vec::new()),
            Kind::Integer => Kept::Counts(Vec::new()),
            Kind::Number => Kept::Numbers(Vec::new()),
            Kind::Text => Kept::Words(Vec::new()),
        };
        Values { kept, has_value: Vec::new() }
    }

    /// Adds a cell; an empty one is no value.
    fn push(&mut self, cell: &str) -> std::io::Result<()> {
        self.has_value.push(i16::from(!cell.is_empty()));
        if cell.is_empty() {
            return Ok(());
        }
        let strange = |_| std::io::Error::other(format!("`{cell}` is not what its column holds"));
        match &mut self.kept {
            Kept::Flags(flags) => flags.push(cell == "true"),
            Kept::Counts(counts) => {
                counts.push(cell.parse().map_err(|error: std::num::ParseIntError| strange(error.to_string()))?)
            }
            Kept::Numbers(numbers) => {
                numbers.push(cell.parse().map_err(|error: std::num::ParseFloatError| strange(error.to_string()))?)
            }
            Kept::Words(words) => words.push(cell.into()),
        }
        Ok(())
    }

    /// Writes the values to a column of a row group, and forgets them.
    fn write(&mut self, column: &mut ColumnWriter) -> Result<(), ParquetError> {
        let has_value = Some(&*self.has_value);
        match (&mut self.kept, column) {
            (Kept::Flags(values), ColumnWriter::BoolColumnWriter(column)) => {
                column.write_batch(values, has_value, None)?;
                values.clear();
            }
            (Kept::Counts(values), ColumnWriter::Int64ColumnWriter(column)) => {
                column.write_batch(values, has_value, None)?;
                values.clear();
            }
            (Kept::Numbers(values), ColumnWriter::DoubleColumnWriter(column)) => {
                column.write_batch(values, has_value, None)?;
                values.clear();
            }
            (Kept::Words(values), ColumnWriter::ByteArrayColumnWriter(column)) => {
                column.write_batch(values, has_value, None)?;
                values.clear();
            }
            _ => return Err(ParquetError::General("a column is not of the kind that it was opened with".into())),
        }
        self.has_value.clear();
        Ok(())
    }
}

/// A column of the schema; every one may be empty.
fn field(&(name, kind, ..): &Column) -> Result<Arc<Type>, ParquetError> {
    let (physical, logical) = match kind {
        Kind::Boolean => (Physical::BOOLEAN, None),
        Kind::Integer => (Physical::INT64, None),
        Kind::Number => (Physical::DOUBLE, None),
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
    };
    let field = Type::primitive_type_builder(name, physical).with_repetition(Repetition::OPTIONAL);
    field.with_logical_type(logical).build().map(Arc::new)
}

fn unwritten(error: ParquetError) -> std::io::Error {
    std::io::Error::other(error)
}
