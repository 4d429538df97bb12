//! The tutorial does what it says: every command is carried out, every change of a table made, and what the page prints is
//! what the program prints.

use std::collections::VecDeque;

use crate::folder::{Folder, Said};

const PAGE: &str = include_str!("../../docs/tutorial.md");
/// The table that the page changes.
const EVIDENCE: &str = "my-rcep/data/evidence.csv";

#[test]
fn every_step_of_the_tutorial_works_as_printed() {
    let folder = Folder::new();
    let mut commands = 0;
    let mut cells = 0;
    let mut lines = PAGE.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some(command) = line.strip_prefix("$ comity ") {
            let shown: Vec<&str> =
                std::iter::from_fn(|| lines.next_if(|line| !line.starts_with("$ ") && *line != "```")).collect();
            prints(&folder.comity(&command.split_whitespace().collect::<Vec<_>>()).well(), &shown);
            commands += 1;
        } else if let Some(cell) = cell(line) {
            change(&folder, cell);
            cells += 1;
        }
    }
    assert_eq!((commands, cells), (6, 10), "the page has steps that this test does not see");
}

#[test]
#[should_panic(expected = "is not printed after what stands before it")]
fn a_step_that_prints_something_else_is_found_out() {
    let folder = Folder::new();
    prints(&folder.comity(&["show", "minimal"]).well(), &["…", "  Alba     wants 0.94 ± 0.1, salience 1 -- stated"]);
}

/// Whether a command printed the lines shown, in their order; `…` stands for any number of others.
fn prints(said: &Said, shown: &[&str]) {
    let printed = format!("{}{}", said.err, said.out);
    let mut left: VecDeque<&str> = printed.lines().collect();
    let mut skip = false;
    for line in shown {
        if *line == "…" {
            skip = true;
            continue;
        }
        while skip && left.front().is_some_and(|next| next != line) {
            left.pop_front();
        }
        assert_eq!(left.pop_front(), Some(*line), "`{line}` is not printed after what stands before it:\n{printed}");
        skip = false;
    }
}

/// A row of the page's tables of changes: identifier, column, what stood there if it says, what is to stand there.
fn cell(line: &str) -> Option<(&str, &str, Option<&str>, &str)> {
    let cells: Vec<&str> = line.strip_prefix("| ")?.strip_suffix(" |")?.split(" | ").collect();
    match *cells.as_slice() {
        ["id", ..] => None,
        [id, column, before, after] => Some((id, column, Some(before), after)),
        [id, column, after] => Some((id, column, None, after)),
        _ => None,
    }
}

/// Changes a cell as a spreadsheet would.
fn change(folder: &Folder, (id, column, before, after): (&str, &str, Option<&str>, &str)) {
    let text = folder.read(EVIDENCE);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers = reader.headers().unwrap().clone();
    let at = headers.iter().position(|header| header == column).expect("a column of the table");
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&headers).unwrap();
    let mut changed = 0;
    for record in reader.records() {
        let mut row: Vec<String> = record.unwrap().iter().map(str::to_owned).collect();
        if row[0] == id {
            assert!(before.is_none_or(|before| row[at] == before), "{id} {column} is {}", row[at]);
            row[at] = after.to_owned();
            changed += 1;
        }
        writer.write_record(&row).unwrap();
    }
    assert_eq!(changed, 1, "{id} is one row");
    folder.write(EVIDENCE, String::from_utf8(writer.into_inner().unwrap()).unwrap());
}
