//! The format of the KTAB programs (github.com/KAPSARC/KTAB): a line that names the scenario and counts actors and
//! dimensions, a line of column names, then a line an actor: name, description, power, and a position and a salience for
//! each dimension, both of 100. The saliences of an actor add up to at most 100.

use std::sync::Arc;

use super::records::{Record, records};
use super::{Definition, Entry, Written};
use crate::scenario::MAX_QUANTITY;
use crate::scenario::problem::{File, Problem, Problems};

/// Columns before the dimensions.
const BEFORE: usize = 3;

/// Whether a text is in this format: its second line names the columns.
pub(super) fn is_it(text: &str) -> bool {
    let second = text.lines().filter(|line| !line.trim().is_empty()).nth(1).unwrap_or_default();
    let names: Vec<String> = second.split(',').take(BEFORE).map(|name| name.trim().to_lowercase()).collect();
    names == ["actor", "description", "power"]
}

/// Reads it. All dimensions are one group, named after the scenario.
pub(super) fn read(file: &Arc<File>, problems: &mut Problems) -> Written {
    let lines = records(file, ',', '"', problems);
    let mut written = Written { salience_unit: Some(100.0), grouped: true, ..Written::default() };
    let [title, header, actors @ ..] = &lines[..] else { return written };
    let dimensions = header.len().saturating_sub(BEFORE) / 2;
    counted(title, 2, "actors", actors.len(), problems);
    counted(title, 3, "dimensions", dimensions, problems);
    if header.len() < BEFORE + 2 || !(header.len() - BEFORE).is_multiple_of(2) {
        problems.push(
            Problem::new("comity::forecast::format", Some(header.line()), "dimensions come in pairs of columns")
                .label("these columns")
                .help("expected Actor, Description, Power, then a position and a salience for each dimension"),
        );
        return written;
    }
    let scenario = title.text(0).to_owned();
    for dimension in 0..dimensions {
        let cell = BEFORE + 2 * dimension;
        let issue = header.text(cell).to_owned();
        if issue.is_empty() || written.definitions.iter().any(|definition| definition.issue == issue) {
            problems.push(
                header
                    .problem(
                        "comity::forecast::duplicate",
                        cell,
                        format!("dimension {} needs a name of its own", dimension + 1),
                    )
                    .help("name each dimension differently"),
            );
        }
        let scale = (Some(0.0), Some(100.0));
        written.definitions.push(Definition { issue, scale, group: Some(scenario.clone()), ..Definition::default() });
    }
    for actor in actors {
        row(actor, dimensions, &mut written, problems);
    }
    written
}

/// Whether the first line counts right.
fn counted(title: &Record, cell: usize, what: &str, found: usize, problems: &mut Problems) {
    let said = title.text(cell);
    if said.parse::<usize>() != Ok(found) {
        problems.push(
            title
                .problem(
                    "comity::forecast::format",
                    cell,
                    format!("the first line counts \"{said}\" {what}, there are {found}"),
                )
                .help(format!("write {found}, or complete the table")),
        );
    }
}

/// One actor.
fn row(line: &Record, dimensions: usize, written: &mut Written, problems: &mut Problems) {
    let name = line.text(0).to_owned();
    if name.is_empty() {
        problems.push(line.problem("comity::forecast::cell", 0, "the actor has no name").help("fill it in"));
    }
    if line.len() > BEFORE + 2 * dimensions {
        let most = BEFORE + 2 * dimensions;
        problems.push(
            line.problem("comity::forecast::format", most, format!("the line has more than {most} cells"))
                .help("a text with a comma in it needs quotes around it"),
        );
        return;
    }
    let power = line.number(2, "power", 0.0, MAX_QUANTITY, problems);
    let mut together = 0.0;
    for dimension in 0..dimensions {
        let cell = BEFORE + 2 * dimension;
        let position = line.number(cell, "position", 0.0, 100.0, problems);
        let salience = line.number(cell + 1, "salience", 0.0, 100.0, problems);
        if let (Some(capability), Some(position), Some(salience)) = (power, position, salience) {
            together += salience;
            let issue = written.definitions[dimension].issue.clone();
            let (number, at, actor) = (line.number, line.at(cell), name.clone());
            written.entries.push(Entry { issue, actor, position, salience, capability, number, at });
        }
    }
    if together > 100.0 + 1e-6 {
        problems.push(
            Problem::new(
                "comity::forecast::salience",
                Some(line.line()),
                format!("line {}: the saliences of `{name}` add up to {together}, more than 100", line.number),
            )
            .label("this actor")
            .help("in this format an actor shares out at most 100 points of salience over the dimensions"),
        );
    }
}
