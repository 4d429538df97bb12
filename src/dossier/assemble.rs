//! As written → as meant: entries and definitions become a table that every model can read, or every reason why not.

use std::collections::BTreeMap;

use super::{Definition, Entry, Written};
use crate::forecast::{Issue, Rule, Stance, Table};
use crate::rules::{Quota, Unit};
use crate::scenario::MAX_COUNTRIES;
use crate::scenario::problem::{Problem, Problems};

/// Ends of a scale that nothing is said of.
const SCALE: (f64, f64) = (0.0, 100.0);

/// Makes the table, and notes what was passed over.
pub(super) fn assemble(written: Written, defined: bool, problems: &mut Problems) -> (Table, Vec<String>) {
    let most = written.entries.iter().fold(0.0_f64, |most, entry| most.max(entry.salience));
    let unit = written.salience_unit.unwrap_or(if most > 1.0 { 100.0 } else { 1.0 });
    let mut actors: Vec<String> = Vec::new();
    let mut place_of: BTreeMap<String, usize> = BTreeMap::new();
    let mut order: Vec<&str> = Vec::new();
    let mut seen: BTreeMap<(&str, usize), usize> = BTreeMap::new();
    let mut by_issue: BTreeMap<&str, Vec<(&Entry, usize)>> = BTreeMap::new();
    for entry in &written.entries {
        let actor = *place_of.entry(entry.actor.clone()).or_insert_with(|| {
            actors.push(entry.actor.clone());
            actors.len() - 1
        });
        let entries = by_issue.entry(&entry.issue).or_insert_with(|| {
            order.push(&entry.issue);
            Vec::new()
        });
        if let Some(first) = seen.insert((entry.issue.as_str(), actor), entry.number) {
            problems.push(
                problem(
                    "duplicate",
                    entry,
                    format!("`{}` stands on `{}` in row {} already", entry.actor, entry.issue, first),
                )
                .help("keep one row an actor and issue"),
            );
        } else {
            entries.push((entry, actor));
        }
    }
    if written.entries.is_empty() && problems.0.is_empty() {
        problems.push(
            Problem::new("comity::forecast::missing", None, "the table holds no position")
                .help("add rows of issue, actor, position and salience"),
        );
    }
    let definitions: BTreeMap<&str, &Definition> =
        written.definitions.iter().map(|definition| (definition.issue.as_str(), definition)).collect();
    let unnamed = Definition::default();
    let mut issues = Vec::new();
    for id in order {
        let entries = &by_issue[id];
        let definition = match definitions.get(id) {
            Some(definition) => definition,
            None if defined => {
                problems.push(
                    problem("unknown", entries[0].0, format!("`{id}` is not in the table of issues"))
                        .suggest(id, written.definitions.iter().map(|known| known.issue.as_str())),
                );
                continue;
            }
            None => &unnamed,
        };
        let scale = (definition.scale.0.unwrap_or(SCALE.0), definition.scale.1.unwrap_or(SCALE.1));
        check_issue(id, scale, definition, entries, problems);
        check_positions(id, scale, entries, problems);
        // Of an issue with a row that could not be read it is too early to say that nobody or nothing stands against it.
        if !written.unread.contains(id) {
            check_stances(id, entries, problems);
        }
        let stance = |&(entry, actor): &(&Entry, usize)| Stance {
            actor,
            position: entry.position,
            salience: entry.salience / unit,
            capability: entry.capability,
        };
        issues.push(Issue {
            id: id.to_owned(),
            group: definition.group.clone(),
            scale,
            reference: definition.reference,
            rule: definition.rule,
            outcome: definition.outcome,
            stances: entries.iter().map(stance).collect(),
        });
    }
    let silent =
        written.definitions.iter().filter(|definition| !by_issue.contains_key(definition.issue.as_str())).count();
    let notes =
        (silent > 0).then(|| format!("{silent} issues of the table of issues have no positions: no forecast of them"));
    (Table { actors, issues, one_negotiation: !written.grouped }, notes.into_iter().collect())
}

fn problem(code: &str, entry: &Entry, message: String) -> Problem {
    let code = match code {
        "duplicate" => "comity::forecast::duplicate",
        "unknown" => "comity::forecast::unknown",
        _ => "comity::forecast::scale",
    };
    Problem::new(code, Some(entry.at.clone()), format!("row {}: {message}", entry.number)).label("this row")
}

/// What is said of the issue itself.
fn check_issue(
    id: &str,
    scale: (f64, f64),
    definition: &Definition,
    entries: &[(&Entry, usize)],
    problems: &mut Problems,
) {
    let at = || Some(definition.at.clone().unwrap_or_else(|| entries[0].0.at.clone()));
    let mut wrong = |code: &'static str, message: String, help: &str| {
        problems.push(Problem::new(code, at(), message).label("this issue").help(help));
    };
    if scale.0 >= scale.1 {
        let message = format!("the scale of `{id}` goes from {} to {}", scale.0, scale.1);
        wrong("comity::forecast::scale", message, "its least point must lie below its greatest");
        return;
    }
    for (what, point) in [("reference point", definition.reference), ("outcome", definition.outcome)] {
        if let Some(point) = point.filter(|point| !(scale.0..=scale.1).contains(point)) {
            let message =
                format!("the {what} {point} of `{id}` lies outside its scale from {} to {}", scale.0, scale.1);
            wrong("comity::forecast::scale", message, "correct the point, or the ends of the scale");
        }
    }
    let all = entries.iter().fold(0.0, |sum, (entry, _)| sum + entry.capability);
    let unit = Unit::of(entries.iter().map(|(entry, _)| entry.capability));
    if let Rule::Quota(Quota::Votes(amount)) = definition.rule
        && !unit.comes_to(all, amount)
    {
        let message = format!("the quota {amount} of `{id}` is more than all its actors have, {all}");
        wrong("comity::forecast::rule", message, "a quota above 1 is an amount of capability; up to 1 it is a share");
    }
}

/// Whether every position lies on the scale.
fn check_positions(id: &str, scale: (f64, f64), entries: &[(&Entry, usize)], problems: &mut Problems) {
    for (entry, _) in entries.iter().filter(|(entry, _)| !(scale.0..=scale.1).contains(&entry.position)) {
        let message = format!(
            "the position {} of `{}` lies outside the scale of `{id}` from {} to {}",
            entry.position, entry.actor, scale.0, scale.1
        );
        problems.push(
            problem("scale", entry, message).help("correct it, or state scale_min and scale_max in a table of issues"),
        );
    }
}

/// Whether there is something to decide among those who take a stance.
fn check_stances(id: &str, entries: &[(&Entry, usize)], problems: &mut Problems) {
    let first = entries[0].0;
    let mut wrong = |code: &'static str, message: String, help: &str| {
        problems.push(Problem::new(code, Some(first.at.clone()), message).label("its first row").help(help));
    };
    if entries.len() < 2 {
        let message = format!("only `{}` takes a stance on `{id}`", first.actor);
        wrong(
            "comity::forecast::one_actor",
            message,
            "a decision needs two actors: add the others, or take the issue out",
        );
        return;
    }
    if entries.len() > MAX_COUNTRIES {
        let message = format!("{} actors take a stance on `{id}`", entries.len());
        let help = "the models compare everyone with everyone: at most 400 actors can take part in an issue";
        wrong("comity::forecast::limit", message, help);
        return;
    }
    if entries.iter().all(|(entry, _)| entry.salience == 0.0) {
        let message = format!("nobody cares about `{id}`: every salience is 0");
        wrong(
            "comity::forecast::salience",
            message,
            "state a salience above 0 for at least two actors, or take the issue out",
        );
    } else if entries.iter().all(|(entry, _)| entry.capability == 0.0) {
        let message = format!("nobody has a say on `{id}`: every capability is 0");
        wrong("comity::forecast::capability", message, "state a capability above 0, or leave the column out");
    } else if entries.iter().all(|(entry, _)| entry.capability * entry.salience == 0.0) {
        let message = format!("on `{id}` nobody who cares has a say: capability × salience is 0 for everyone");
        wrong("comity::forecast::salience", message, "state both above 0 for at least two actors");
    } else if entries.iter().all(|(entry, _)| entry.position == first.position) {
        let message = format!("all want {} on `{id}`: there is nothing to decide", first.position);
        wrong("comity::forecast::constant", message, "take the issue out, or look for who wants something else");
    }
}
