//! The format of the exchange-model programs (github.com/foarsitter): lines that begin with a mark, cells separated by
//! semicolons, tabs or commas, in single quotes or without.
//!
//! - `#A` an actor: identifier, name; `#P` an issue: identifier, name;
//! - `#M` a point of an issue's scale: issue, position, meaning; the least and the greatest are the ends of the scale;
//! - `#D` data: actor, issue, position, salience, power; `#O` a title; `#/` and `#0` a remark.

use std::sync::Arc;

use super::records::{Record, records};
use super::{Definition, Entry, Written};
use crate::scenario::MAX_QUANTITY;
use crate::scenario::problem::{File, Problems};

/// Whether a text is in this format: its first line begins with a mark.
pub(super) fn is_it(text: &str) -> bool {
    let first = text.trim_start_matches('\u{feff}').trim_start();
    first.trim_start_matches(['\'', '"']).starts_with('#')
}

/// What separates the cells: what stands behind the first mark of an actor, an issue, a point of a scale or data.
fn separator(text: &str) -> char {
    let behind = |line: &str| {
        let line = line.trim_start_matches('\u{feff}').trim_start().trim_start_matches(['\'', '"']);
        let rest = ["#A", "#P", "#M", "#D"].iter().find_map(|mark| line.strip_prefix(mark))?;
        rest.chars()
            .find(|letter| ![' ', '\'', '"'].contains(letter))
            .filter(|letter| [';', '\t', ','].contains(letter))
    };
    text.lines().find_map(behind).unwrap_or(';')
}

/// Reads it.
pub(super) fn read(file: &Arc<File>, problems: &mut Problems) -> Written {
    let separator = separator(&file.text);
    let lines = records(file, separator, '\'', problems);
    let mut written = Written::default();
    let mut actors: Vec<(String, &Record, bool)> = Vec::new();
    for line in &lines {
        let id = line.text(1).to_owned();
        match line.text(0) {
            "#A" | "#P" if id.is_empty() => {
                problems.push(line.problem("comity::forecast::cell", 1, "the identifier is empty").help("fill it in"));
            }
            "#A" if actors.iter().any(|(known, ..)| *known == id) => twice(line, &id, problems),
            "#A" => actors.push((id, line, false)),
            "#P" if written.definitions.iter().any(|known| known.issue == id) => twice(line, &id, problems),
            "#P" => written.definitions.push(Definition { issue: id, at: Some(line.line()), ..Definition::default() }),
            "#M" => mark(line, &mut written.definitions, problems),
            "#D" => {}
            // What a remark says may stand behind its mark without a separator.
            remark if ["#O", "#/", "#0"].iter().any(|mark| remark.starts_with(mark)) => {}
            other => problems.push(
                line.problem("comity::forecast::format", 0, format!("\"{other}\" is no mark of this format"))
                    .suggest(other, ["#A", "#P", "#M", "#D", "#O", "#/", "#0"]),
            ),
        }
    }
    for line in lines.iter().filter(|line| line.text(0) == "#D") {
        // A number in the place of the comment: of `0,5` between commas the half would be the next cell.
        if separator == ',' && line.text(6).parse::<f64>().is_ok() {
            problems.push(line.problem("comity::forecast::format", 6, "there is one number too many").help(
                "the cells are separated by commas: write decimals with a point, or separate the cells by semicolons",
            ));
        }
        data(line, &mut actors, &mut written, problems);
    }
    for (id, line, _) in actors.iter().filter(|(.., heard)| !heard) {
        problems.push(
            line.problem("comity::forecast::missing", 1, format!("actor `{id}` takes no stance on any issue"))
                .help("add its `#D` lines, or take the actor out"),
        );
    }
    written
}

fn twice(line: &Record, id: &str, problems: &mut Problems) {
    problems.push(
        line.problem("comity::forecast::duplicate", 1, format!("`{id}` is introduced twice"))
            .help("remove one of them"),
    );
}

/// A point of a scale.
fn mark(line: &Record, definitions: &mut [Definition], problems: &mut Problems) {
    let id = line.text(1);
    let Some(definition) = definitions.iter_mut().find(|definition| definition.issue == id) else {
        problems.push(unknown(line, 1, "issue", id, definitions.iter().map(|known| known.issue.as_str()).collect()));
        return;
    };
    if let Some(point) = line.number(2, "position", -MAX_QUANTITY, MAX_QUANTITY, problems) {
        let (low, high) = &mut definition.scale;
        *low = Some(low.map_or(point, |low| low.min(point)));
        *high = Some(high.map_or(point, |high| high.max(point)));
    }
}

/// One actor on one issue.
fn data(line: &Record, actors: &mut [(String, &Record, bool)], written: &mut Written, problems: &mut Problems) {
    let (actor, issue) = (line.text(1).to_owned(), line.text(2).to_owned());
    match actors.iter_mut().find(|(known, ..)| *known == actor) {
        Some((.., heard)) => *heard = true,
        None => problems.push(unknown(line, 1, "actor", &actor, actors.iter().map(|(id, ..)| id.as_str()).collect())),
    }
    if !written.definitions.iter().any(|known| known.issue == issue) {
        let known = written.definitions.iter().map(|known| known.issue.as_str()).collect();
        problems.push(unknown(line, 2, "issue", &issue, known));
    }
    let position = line.number(3, "position", -MAX_QUANTITY, MAX_QUANTITY, problems);
    let salience = line.number(4, "salience", 0.0, 100.0, problems);
    let capability = line.number(5, "power", 0.0, MAX_QUANTITY, problems);
    if let (Some(position), Some(salience), Some(capability)) = (position, salience, capability) {
        let (number, at) = (line.number, line.line());
        written.entries.push(Entry { issue, actor, position, salience, capability, number, at });
    }
}

fn unknown(line: &Record, cell: usize, what: &str, id: &str, known: Vec<&str>) -> crate::scenario::problem::Problem {
    line.problem("comity::forecast::unknown", cell, format!("there is no {what} `{id}`")).suggest(id, known)
}
