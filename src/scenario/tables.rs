//! CSV tables: typed rows that know where each cell stands. A wrong header, cell or row never stops the reading; all
//! problems of a table are reported together, with row and column.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::problem::{At, File, Problem, Problems};

/// Most rows of one table.
pub const MAX_ROWS: usize = 1_000_000;

/// A column of a table: its name, and whether every table must have it.
pub type Column = (&'static str, bool);

/// A table that was read.
pub struct Table {
    /// Its rows, in order.
    pub rows: Vec<Row>,
}

/// A row: its cells by column.
pub struct Row {
    file: Arc<File>,
    /// Number of the row, counted as a spreadsheet does: the header is row 1.
    pub number: usize,
    span: Range<usize>,
    cells: Vec<(&'static str, String, Range<usize>)>,
}

/// Reads a table, or what is wrong with it.
pub fn read(file: &Arc<File>, columns: &[Column], problems: &mut Problems) -> Table {
    let mut table = Table { rows: Vec::new() };
    let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(file.text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut header: Vec<Option<&'static str>> = Vec::new();
    let mut number = 0;
    loop {
        let start = reader.position().byte() as usize;
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Err(error) => {
                let at = At { file: file.clone(), span: start..start };
                problems.push(Problem::new("comity::table::syntax", Some(at), format!("not valid CSV: {error}")));
                return table;
            }
            Ok(true) => number += 1,
        }
        let end = (reader.position().byte() as usize).min(file.text.len());
        // Blank lines before the record are no part of it.
        let start = start + file.text[start..end].len() - file.text[start..end].trim_start_matches(['\r', '\n']).len();
        let span = start..start + file.text[start..end].trim_end_matches(['\r', '\n']).len();
        let cells = cell_spans(&file.text, &span, record.len());
        if header.is_empty() {
            header = read_header(file, &record, &cells, columns, problems);
            continue;
        }
        if record.len() != header.len() {
            problems.push(
                Problem::new(
                    "comity::table::row_length",
                    Some(At { file: file.clone(), span }),
                    format!("row {number} has {} cells, the header has {}", record.len(), header.len()),
                )
                .label("this row")
                .help("a text with a comma in it needs quotes around it"),
            );
            continue;
        }
        if number > MAX_ROWS {
            let at = At { file: file.clone(), span };
            problems.push(Problem::new("comity::limit", Some(at), format!("more than {MAX_ROWS} rows")));
            return table;
        }
        let cells = header
            .iter()
            .zip(record.iter().zip(cells))
            .filter_map(|(column, (text, span))| Some(((*column)?, text.trim().to_owned(), span)))
            .collect();
        table.rows.push(Row { file: file.clone(), number, span, cells });
    }
    if header.is_empty() {
        let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
        problems.push(
            Problem::new("comity::table::empty", Some(At::start_of(file)), format!("{} is empty", file.name))
                .help(format!("expected a header row with the columns {}", names.join(","))),
        );
    }
    table
}

fn read_header(
    file: &Arc<File>,
    record: &csv::StringRecord,
    cells: &[Range<usize>],
    columns: &[Column],
    problems: &mut Problems,
) -> Vec<Option<&'static str>> {
    let mut seen = BTreeSet::new();
    let mut header = Vec::new();
    let names = || columns.iter().map(|(name, _)| *name);
    for (written, span) in record.iter().zip(cells) {
        let at = Some(At { file: file.clone(), span: span.clone() });
        let found = names().find(|name| *name == written.trim());
        match found {
            Some(name) if !seen.insert(name) => {
                problems.push(
                    Problem::new("comity::table::column", at, format!("column `{name}` stands twice"))
                        .help("remove one of them"),
                );
                header.push(None);
                continue;
            }
            Some(_) => {}
            None => problems.push(
                Problem::new("comity::table::column", at, format!("no column `{}` is known here", written.trim()))
                    .label("unknown column")
                    .suggest(written.trim(), names()),
            ),
        }
        header.push(found);
    }
    for (name, _) in columns.iter().filter(|(name, needed)| *needed && !seen.contains(name)) {
        let span = cells.first().map_or(0, |c| c.start)..cells.last().map_or(0, |c| c.end);
        problems.push(
            Problem::new(
                "comity::table::column",
                Some(At { file: file.clone(), span }),
                format!("the table lacks the column `{name}`"),
            )
            .label("header")
            .help(format!("expected the columns {}", names().collect::<Vec<_>>().join(","))),
        );
    }
    header
}

/// Where the cells of a record stand: between its commas, quotes aside.
fn cell_spans(text: &str, record: &Range<usize>, cells: usize) -> Vec<Range<usize>> {
    let mut spans = Vec::with_capacity(cells);
    let mut start = record.start;
    let mut quoted = false;
    for (offset, byte) in text.as_bytes()[record.clone()].iter().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b',' if !quoted => {
                spans.push(start..record.start + offset);
                start = record.start + offset + 1;
            }
            _ => {}
        }
    }
    spans.push(start..record.end);
    spans.resize(cells, record.clone());
    spans
}

impl Row {
    /// The text of a cell; empty where the table has no such column.
    pub fn text(&self, column: &str) -> &str {
        self.cells.iter().find(|(name, ..)| *name == column).map_or("", |(_, text, _)| text)
    }

    /// Where a cell stands; the row where there is no such column.
    pub fn at(&self, column: &str) -> At {
        let cell = self.cells.iter().find(|(name, ..)| *name == column);
        At { file: self.file.clone(), span: cell.map_or(self.span.clone(), |(.., span)| span.clone()) }
    }

    /// A problem with a cell.
    pub fn problem(&self, code: &'static str, column: &str, message: impl std::fmt::Display) -> Problem {
        Problem::new(code, Some(self.at(column)), format!("row {}, column `{column}`: {message}", self.number))
            .label("this cell")
    }

    /// A text that must be there.
    pub fn needed(&self, column: &str, problems: &mut Problems) -> Option<String> {
        let text = self.text(column);
        if text.is_empty() {
            problems.push(self.problem("comity::table::cell", column, "the cell is empty").help("fill it in"));
            return None;
        }
        Some(text.to_owned())
    }

    /// A number within bounds; none where the cell is empty or wrong.
    pub fn number(&self, column: &str, least: f64, most: f64, problems: &mut Problems) -> Option<f64> {
        let text = self.text(column);
        if text.is_empty() {
            return None;
        }
        let wrong = |message: String| {
            let range = match (least, most) {
                (f64::MIN, f64::MAX) => "a number, with a point for decimals".to_owned(),
                (least, f64::MAX) => {
                    format!("a number of {least} or more, with a point for decimals")
                }
                (least, most) => {
                    format!("a number from {least} to {most}, with a point for decimals")
                }
            };
            self.problem("comity::table::cell", column, message).help(format!("expected {range}"))
        };
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() && (least..=most).contains(&number) => Some(number),
            Ok(number) if number.is_finite() => {
                problems.push(wrong(format!("{text} is out of range")));
                None
            }
            Ok(_) => {
                problems.push(wrong(format!("{text} is not a finite number")));
                None
            }
            Err(_) => {
                problems.push(wrong(format!("\"{text}\" is not a number")));
                None
            }
        }
    }

    /// One of a few words; none where the cell is empty or wrong.
    pub fn word<T: Copy>(&self, column: &str, words: &[(&str, T)], problems: &mut Problems) -> Option<T> {
        let text = self.text(column);
        if text.is_empty() {
            return None;
        }
        let found = words.iter().find(|(word, _)| *word == text);
        if found.is_none() {
            problems.push(
                self.problem("comity::table::cell", column, format!("\"{text}\" is no choice here"))
                    .suggest(text, words.iter().map(|(word, _)| *word)),
            );
        }
        found.map(|(_, value)| *value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: &[Column] = &[("id", true), ("value", true), ("note", false)];

    fn reading(text: &str) -> (Table, Vec<String>) {
        let mut problems = Problems::default();
        let file = Arc::new(File { name: "t.csv".into(), text: text.into() });
        let table = read(&file, COLUMNS, &mut problems);
        for row in &table.rows {
            row.number("value", 0.0, 1.0, &mut problems);
        }
        (table, problems.0.iter().map(|p| Problems(vec![p.clone()]).to_string()).collect())
    }

    #[test]
    fn cells_are_found_behind_quotes_and_blank_lines() {
        let (table, problems) = reading("id,note,value\na,\"x, y\",0.5\n\nb,,2\n");
        assert_eq!(table.rows[0].text("note"), "x, y");
        assert_eq!(problems.len(), 1);
        assert!(problems[0].starts_with("t.csv:4:4: row 3, column `value`: 2 is out of range"), "{problems:?}");
    }

    #[test]
    fn wrong_headers_rows_and_numbers_are_all_reported() {
        let (_, problems) = reading("id,valeu\na,1\nb,1,2\n");
        assert_eq!(problems.len(), 3, "{problems:?}");
        let (_, problems) = reading("id,value\na,NaN\nb,inf\nc,x\n");
        assert_eq!(problems.len(), 3, "{problems:?}");
        let (_, problems) = reading("");
        assert!(problems[0].contains("is empty"));
    }
}
