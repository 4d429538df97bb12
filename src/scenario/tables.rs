//! CSV tables: typed rows that know where each cell stands. A wrong header, cell or row never stops the reading; all
//! problems of a table are reported together, with row and column.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::code::Code;
use super::number::range;
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
#[derive(Clone, Debug)]
pub struct Row {
    file: Arc<File>,
    /// Number of the row, counted as a spreadsheet does: the header is row 1.
    pub number: usize,
    span: Range<usize>,
    cells: Vec<(&'static str, String, Range<usize>)>,
}

/// Reads a table, or what is wrong with it.
pub fn read(file: &Arc<File>, columns: &[Column], problems: &mut Problems) -> Table {
    read_beside(file, columns, false, problems)
}

/// Reads a table that may have columns of its user's own, which are passed over unless their name looks like a known one
/// misspelt.
pub fn read_with_others(file: &Arc<File>, columns: &[Column], problems: &mut Problems) -> Table {
    read_beside(file, columns, true, problems)
}

fn read_beside(file: &Arc<File>, columns: &[Column], others: bool, problems: &mut Problems) -> Table {
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
        // Blank lines before the record are no part of it, but a spreadsheet counts them.
        let before = file.text[start..end].len() - file.text[start..end].trim_start_matches(['\r', '\n']).len();
        let split_pair = file.text[..start].ends_with('\r') && file.text[start..].starts_with('\n');
        number += file.text[start..start + before].matches('\n').count() - usize::from(split_pair);
        let start = start + before;
        let span = start..start + file.text[start..end].trim_end_matches(['\r', '\n']).len();
        let (cells, open_quote) = cell_spans(&file.text, &span, record.len());
        if let Some(quote) = open_quote {
            problems.push(
                Problem::new(
                    "comity::table::syntax",
                    Some(At { file: file.clone(), span: quote..span.end }),
                    format!("row {number} opens a quote that is never closed"),
                )
                .label("opened here")
                .help("close it behind the text; a quote that is part of a text is doubled: \"\""),
            );
            return table;
        }
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if header.is_empty() {
            header = read_header(file, &record, &cells, columns, others, problems);
            if header.is_empty() {
                return table;
            }
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
        problems.push(
            Problem::new("comity::table::empty", Some(At::start_of(file)), format!("{} is empty", file.name))
                .help(format!("expected a header row with the columns {}", listed(columns))),
        );
    }
    table
}

/// Names of columns, for people.
fn listed(columns: &[Column]) -> String {
    columns.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}

/// The columns of a header row, `None` where one is not known; nothing at all where the row is no header.
fn read_header(
    file: &Arc<File>,
    record: &csv::StringRecord,
    cells: &[Range<usize>],
    columns: &[Column],
    others: bool,
    problems: &mut Problems,
) -> Vec<Option<&'static str>> {
    let mut seen = BTreeSet::new();
    let mut header = Vec::new();
    let names = || columns.iter().map(|(name, _)| *name);
    if let Some(separator) = other_separator(record, columns) {
        let at = At { file: file.clone(), span: cells.first().cloned().unwrap_or_default() };
        problems.push(
            Problem::new("comity::table::separator", Some(at), format!("the columns are separated by {separator}"))
                .label("header")
                .help(
                    "save the table with commas between the columns (in a spreadsheet: \"CSV UTF-8\", separator `,`)",
                ),
        );
        return header;
    }
    for (no, (written, span)) in record.iter().zip(cells).enumerate() {
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
            None if others && !misspelt(written.trim(), record, columns) => {}
            None if written.trim().is_empty() => problems.push(
                Problem::new("comity::table::column", at, format!("column {} has no name", no + 1))
                    .label("no name")
                    .help("name the column, or delete it"),
            ),
            None => problems.push(
                Problem::new("comity::table::column", at, format!("no column `{}` is known here", written.trim()))
                    .label("unknown column")
                    .suggest(written.trim(), names()),
            ),
        }
        header.push(found);
    }
    let lacking: Vec<String> = columns
        .iter()
        .filter(|(name, needed)| *needed && !seen.contains(name))
        .map(|(name, _)| format!("`{name}`"))
        .collect();
    if !lacking.is_empty() {
        let span = cells.first().map_or(0, |c| c.start)..cells.last().map_or(0, |c| c.end);
        let what = if lacking.len() == 1 { "column" } else { "columns" };
        problems.push(
            Problem::new(
                "comity::table::column",
                Some(At { file: file.clone(), span }),
                format!("the table lacks the {what} {}", lacking.join(", ")),
            )
            .label("header")
            .help(format!("expected the columns {}", listed(columns))),
        );
    }
    header
}

/// Whether a name is all but that of a column which the header lacks.
fn misspelt(written: &str, record: &csv::StringRecord, columns: &[Column]) -> bool {
    let lacking = columns.iter().filter(|(name, _)| !record.iter().any(|cell| cell.trim() == *name));
    lacking.map(|(name, _)| strsim::jaro_winkler(&written.to_lowercase(), name)).any(|likeness| likeness > 0.9)
}

/// What separates the columns where it is not commas: a header of one cell that is several names of columns.
fn other_separator(record: &csv::StringRecord, columns: &[Column]) -> Option<&'static str> {
    let [only] = record.iter().collect::<Vec<_>>()[..] else {
        return None;
    };
    let named = |part: &str| columns.iter().any(|(name, _)| *name == part.trim().trim_matches('"'));
    let separators = [(';', "semicolons"), ('\t', "tabs"), ('|', "bars")];
    let found =
        separators.into_iter().find(|(separator, _)| only.split(*separator).filter(|part| named(part)).count() > 1);
    found.map(|(_, name)| name)
}

/// Where the cells of a record stand, between its commas, quotes aside; and where a quote is opened but never closed.
fn cell_spans(text: &str, record: &Range<usize>, cells: usize) -> (Vec<Range<usize>>, Option<usize>) {
    let mut spans = Vec::with_capacity(cells);
    let mut start = record.start;
    let mut quote = None;
    let bytes = &text.as_bytes()[..record.end];
    let mut at = record.start;
    while at < record.end {
        match (bytes[at], quote) {
            // A doubled quote stands for itself.
            (b'"', Some(_)) if bytes.get(at + 1) == Some(&b'"') => at += 1,
            (b'"', Some(_)) => quote = None,
            // Only at the start of a cell does a quote open anything.
            (b'"', None) if at == start => quote = Some(at),
            (b',', None) => {
                spans.push(start..at);
                start = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    spans.push(start..record.end);
    spans.resize(cells, record.clone());
    (spans, quote)
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
    pub fn problem(&self, code: impl Into<Code>, column: &str, message: impl std::fmt::Display) -> Problem {
        Problem::new(code, Some(self.at(column)), format!("row {}, column `{column}`: {message}", self.number))
            .label("this cell")
    }

    /// Whether the table has a column.
    pub fn has(&self, column: &str) -> bool {
        self.cells.iter().any(|(name, ..)| *name == column)
    }

    /// A text that must be there. That a whole column is missing is told once, with the header.
    pub fn needed(&self, column: &str, problems: &mut Problems) -> Option<String> {
        let text = self.text(column);
        if text.is_empty() {
            let empty = || self.problem("comity::table::cell", column, "the cell is empty").help("fill it in");
            problems.extend(self.has(column).then(empty));
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
            let expected = format!("expected a plain number like 1234.5, {}", range(least, most));
            self.problem("comity::table::cell", column, message).help(expected)
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
        assert!(problems[0].starts_with("t.csv:4:4: row 4, column `value`: 2 is out of range"), "{problems:?}");
    }

    #[test]
    fn rows_are_counted_as_a_spreadsheet_does_whatever_the_line_ends() {
        for end in ["\n", "\r\n"] {
            let text = ["id,note,value", "a,\"two", "lines\",0.5", "", ",,", "b,5\" pipe,2", ""].join(end);
            let (table, problems) = reading(&text);
            assert_eq!(table.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [2, 5], "{end:?}");
            assert_eq!(problems.len(), 1);
            assert!(problems[0].starts_with("t.csv:6:11: row 5, column `value`: 2"), "{problems:?}");
        }
    }

    #[test]
    fn what_is_no_comma_separated_table_is_told_once() {
        for text in ["id;value\na;1\n", "id\tvalue\na\t1\n", "\"id\"|\"value\"\n", "id,value\n\"a,1\nb,1\n"] {
            let (table, problems) = reading(text);
            assert!(table.rows.is_empty() && problems.len() == 1, "{problems:?}");
        }
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
