//! Lines of separated cells, each with its place: for formats that are no tables with a header.

use std::ops::Range;
use std::sync::Arc;

use crate::scenario::problem::{At, File, Problem, Problems};

/// A line and its cells.
pub(super) struct Record {
    file: Arc<File>,
    /// Number of the line, from 1.
    pub number: usize,
    span: Range<usize>,
    cells: Vec<(String, Range<usize>)>,
}

/// Most lines of a file, and most cells of a line: some hundred actors on some dozen issues.
const MOST_LINES: usize = 20_000;
const MOST_CELLS: usize = 1_000;

/// The lines of a file that are not blank, cut at a separator; cells in quotes keep it.
pub(super) fn records(file: &Arc<File>, separator: char, quote: char, problems: &mut Problems) -> Vec<Record> {
    let mut found = Vec::new();
    let mut start = 0;
    for (no, line) in file.text.split('\n').enumerate() {
        let begin = start;
        start += line.len() + 1;
        let line = line.trim_end_matches('\r');
        if line.trim().is_empty() {
            continue;
        }
        let span = begin..begin + line.len();
        if found.len() == MOST_LINES || line.matches(separator).count() > MOST_CELLS {
            problems.push(
                Problem::new(
                    "comity::forecast::limit",
                    Some(At { file: file.clone(), span }),
                    format!("more than {MOST_LINES} lines, or a line of more than {MOST_CELLS} cells"),
                )
                .help("in this format positions of some hundred actors on some dozen issues can be read; use a long table"),
            );
            break;
        }
        found.push(Record { file: file.clone(), number: no + 1, cells: cut(line, begin, separator, quote), span });
    }
    found
}

fn cut(line: &str, begin: usize, separator: char, quote: char) -> Vec<(String, Range<usize>)> {
    let mut cells = Vec::new();
    let (mut from, mut quoted) = (0, false);
    let mut cell = |from: usize, to: usize| {
        let text = line[from..to].trim();
        let inner = text.strip_prefix(quote).and_then(|text| text.strip_suffix(quote)).unwrap_or(text);
        cells.push((inner.trim().to_owned(), begin + from..begin + to));
    };
    for (at, letter) in line.char_indices() {
        if letter == quote && (quoted || line[from..at].trim().is_empty()) {
            quoted = !quoted;
        } else if letter == separator && !quoted {
            cell(from, at);
            from = at + letter.len_utf8();
        }
    }
    cell(from, line.len());
    cells
}

impl Record {
    /// Cells (a count), without empty ones at the end.
    pub fn len(&self) -> usize {
        self.cells.iter().rposition(|(text, _)| !text.is_empty()).map_or(0, |last| last + 1)
    }

    /// The text of a cell; empty where there is none.
    pub fn text(&self, cell: usize) -> &str {
        self.cells.get(cell).map_or("", |(text, _)| text)
    }

    /// Where a cell stands; the line where there is none.
    pub fn at(&self, cell: usize) -> At {
        let span = self.cells.get(cell).map_or(&self.span, |(_, span)| span);
        At { file: self.file.clone(), span: span.clone() }
    }

    /// Where the line stands.
    pub fn line(&self) -> At {
        At { file: self.file.clone(), span: self.span.clone() }
    }

    /// A problem with a cell.
    pub fn problem(&self, code: &'static str, cell: usize, message: impl std::fmt::Display) -> Problem {
        let message = format!("line {}, cell {}: {message}", self.number, cell + 1);
        Problem::new(code, Some(self.at(cell)), message).label("this cell")
    }

    /// A number that must be there, within bounds.
    pub fn number(&self, cell: usize, what: &str, least: f64, most: f64, problems: &mut Problems) -> Option<f64> {
        let text = self.text(cell);
        let number = text.parse::<f64>().ok().filter(|number| (least..=most).contains(number));
        if number.is_none() {
            let expected = match most.is_finite() && most < crate::scenario::MAX_QUANTITY {
                true => format!("expected a number from {least} to {most}"),
                false if least == 0.0 => "expected a number, 0 or more".to_owned(),
                false => "expected a finite number".to_owned(),
            };
            let said = if text.is_empty() { "nothing".to_owned() } else { format!("\"{text}\"") };
            problems.push(self.problem("comity::forecast::cell", cell, format!("{said} is no {what}")).help(expected));
        }
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_cut_at_separators_outside_quotes_and_know_their_place() {
        let file = Arc::new(File { name: "t".into(), text: "'a'\t'b\tc'\t1\r\n\n x ;\n".into() });
        let mut problems = Problems::default();
        let lines = records(&file, '\t', '\'', &mut problems);
        assert_eq!(lines.iter().map(|line| line.number).collect::<Vec<_>>(), [1, 3]);
        assert_eq!([lines[0].text(0), lines[0].text(1), lines[0].text(2)], ["a", "b\tc", "1"]);
        assert_eq!(lines[0].at(2).line_and_column(), (1, 11));
        assert_eq!((lines[0].len(), lines[1].text(0), lines[1].text(7)), (3, "x ;", ""));
        assert_eq!(records(&file, ';', '\'', &mut problems)[1].len(), 1);
        assert!(problems.0.is_empty());
    }
}
