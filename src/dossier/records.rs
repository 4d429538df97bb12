//! Lines of separated cells, each with its place: for formats that are no tables with a header.

use std::ops::Range;
use std::sync::Arc;

use crate::scenario::code::Code;
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
    let mut from = 0;
    loop {
        let quoted = in_quotes(&line[from..], separator, quote);
        let closed = from + quoted.as_ref().map_or(0, |(_, end)| *end);
        let to = line[closed..].find(separator).map_or(line.len(), |at| closed + at);
        let text = quoted.map_or_else(|| line[from..to].to_owned(), |(text, _)| text);
        cells.push((text.trim().to_owned(), begin + from..begin + to));
        if to == line.len() {
            return cells;
        }
        from = to + separator.len_utf8();
    }
}

/// The text of a cell in quotes at the beginning of a rest of a line, and where the quotes end. Quotes in it are doubled. A
/// cell that only begins like one, as `'s-Gravenhage` does among apostrophes, is none: the mark that would close it does
/// not end a cell, or opens a later one.
fn in_quotes(rest: &str, separator: char, quote: char) -> Option<(String, usize)> {
    let blank = |letter: &char| letter.is_whitespace() && *letter != separator;
    let mut letters = rest.char_indices().peekable();
    while letters.next_if(|(_, letter)| blank(letter)).is_some() {}
    letters.next_if(|(_, letter)| *letter == quote)?;
    let mut text = String::new();
    // Whether a cell would begin here.
    let mut opens = false;
    while let Some((at, letter)) = letters.next() {
        if letter == quote && letters.next_if(|(_, next)| *next == quote).is_none() {
            let end = at + quote.len_utf8();
            let after = rest[end..].trim_start_matches(|letter| blank(&letter));
            if after.is_empty() || after.starts_with(separator) {
                return Some((text, end));
            }
            if opens {
                return None;
            }
        }
        opens = letter == separator || (opens && blank(&letter));
        text.push(letter);
    }
    None
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
    pub fn problem(&self, code: impl Into<Code>, cell: usize, message: impl std::fmt::Display) -> Problem {
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

    #[test]
    fn an_apostrophe_that_closes_nothing_is_a_letter_and_a_doubled_one_is_one() {
        let cells = |line: &str| cut(line, 0, ';', '\'').into_iter().map(|(text, _)| text).collect::<Vec<_>>();
        assert_eq!(cells("#A;'s-Gravenhage;The Hague"), ["#A", "'s-Gravenhage", "The Hague"]);
        assert_eq!(cells("#A;'s-Gravenhage;'t Gooi"), ["#A", "'s-Gravenhage", "'t Gooi"]);
        assert_eq!(cells("#D;'s-Gravenhage;'t Gooi';10"), ["#D", "'s-Gravenhage", "t Gooi", "10"]);
        assert_eq!(cells("'#A';'''s-Gravenhage';'d''Hondt'"), ["#A", "'s-Gravenhage", "d'Hondt"]);
        assert_eq!(cells("#A; 'a; b' ;'';c'"), ["#A", "a; b", "", "c'"]);
        assert_eq!(cells("'"), ["'"]);
        assert_eq!(cells("';';"), [";", ""], "in quotes a separator is a letter");
    }
}
