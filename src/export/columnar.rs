//! Tables as Parquet files: the same cells as in CSV, column by column.
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

use super::buffers::{Buffer, Columns, Values, Words};
use super::column::{Field, Kind};
use super::outlet::ColumnSink;
use super::tables::Table;

/// Rows of a row group.
const GROUP: usize = 1 << 16;

/// A table on its way to a Parquet file.
pub struct Parquet {
    file: SerializedFileWriter<Box<dyn Write + Send>>,
    /// Rows of a group that is not full yet.
    waiting: Columns,
}

impl Parquet {
    /// A file for a table.
    pub fn begin(table: Table, out: impl Write + Send + 'static) -> std::io::Result<Self> {
        let fields = table.columns().iter().map(typed).collect::<Result<Vec<_>, _>>().map_err(unwritten)?;
        let schema = Type::group_type_builder(table.name()).with_fields(fields).build().map_err(unwritten)?;
        let written_by = concat!("comity ", env!("CARGO_PKG_VERSION"));
        let properties =
            WriterProperties::builder().set_created_by(written_by.into()).set_compression(Compression::SNAPPY).build();
        let out: Box<dyn Write + Send> = Box::new(out);
        let file = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties)).map_err(unwritten)?;
        Ok(Parquet { file, waiting: Columns::of(table) })
    }

    /// Writes the rows that wait as a group.
    fn write_group(&mut self) -> Result<(), ParquetError> {
        let mut group = self.file.next_row_group()?;
        for buffer in self.waiting.columns() {
            let Some(mut column) = group.next_column()? else { break };
            write(buffer, column.untyped())?;
            column.close()?;
        }
        self.waiting.clear();
        group.close().map(drop)
    }
}

impl ColumnSink for Parquet {
    fn write(&mut self, rows: &Columns) -> std::io::Result<()> {
        let mut from = 0;
        while from < rows.rows() {
            let to = rows.rows().min(from + GROUP - self.waiting.rows());
            self.waiting.append(rows, from..to);
            if self.waiting.rows() == GROUP {
                self.write_group().map_err(unwritten)?;
            }
            from = to;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> std::io::Result<()> {
        if self.waiting.rows() > 0 {
            self.write_group().map_err(unwritten)?;
        }
        self.file.close().map(drop).map_err(unwritten)
    }
}

/// Writes the values of a column to its place in a row group.
fn write(buffer: &Buffer, column: &mut ColumnWriter) -> Result<(), ParquetError> {
    // 1 where there is a value, 0 where there is none.
    let present: Vec<i16> = buffer.present.iter().map(|present| i16::from(*present)).collect();
    match (&buffer.values, column) {
        (Values::Flags(values), ColumnWriter::BoolColumnWriter(column)) => {
            column.write_batch(values, Some(&present), None)
        }
        (Values::Integers(values), ColumnWriter::Int64ColumnWriter(column)) => {
            column.write_batch(values, Some(&present), None)
        }
        (Values::Numbers(values), ColumnWriter::DoubleColumnWriter(column)) => {
            column.write_batch(values, Some(&present), None)
        }
        (Values::Text(words), ColumnWriter::ByteArrayColumnWriter(column)) => {
            column.write_batch(&slices(words), Some(&present), None)
        }
        _ => return Err(ParquetError::General("a column is not of the kind that it was opened with".into())),
    }
    .map(drop)
}

/// Every word as a part of one array.
fn slices(words: &Words) -> Vec<ByteArray> {
    let all = ByteArray::from(words.text.as_str());
    let ends = words.ends.iter().enumerate();
    ends.map(|(place, end)| all.slice(words.start(place), end - words.start(place))).collect()
}

/// A column of the schema; every one may be empty.
fn typed(field: &Field) -> Result<Arc<Type>, ParquetError> {
    let (physical, logical) = match field.kind {
        Kind::Boolean => (Physical::BOOLEAN, None),
        Kind::Integer => (Physical::INT64, None),
        Kind::Number => (Physical::DOUBLE, None),
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
    };
    let column = Type::primitive_type_builder(field.name, physical).with_repetition(Repetition::OPTIONAL);
    column.with_logical_type(logical).build().map(Arc::new)
}

fn unwritten(error: ParquetError) -> std::io::Error {
    std::io::Error::other(error)
}
