//! What texts in force elsewhere hold countries to, put together: a text that binds many countries on many clauses is told
//! in few lines.

use std::collections::BTreeMap;

use super::{Names, listed, short};
use crate::minutes::Event;

/// The lines of one day; clauses by which a text holds the same countries stand together.
pub(super) fn told(names: &Names, events: &[&Event]) -> Vec<String> {
    let mut texts: BTreeMap<usize, BTreeMap<usize, Vec<(usize, f64)>>> = BTreeMap::new();
    for event in events {
        if let Event::Precedent { candidate, clause, point, from } = **event {
            texts.entry(from).or_default().entry(clause).or_default().push((candidate, point));
        }
    }
    let mut lines = Vec::new();
    for (from, clauses) in texts {
        let mut together: Vec<(Vec<usize>, Vec<String>)> = Vec::new();
        for (clause, held) in clauses {
            let who: Vec<usize> = held.iter().map(|(candidate, _)| *candidate).collect();
            let words = format!("{} ({})", names.clause(clause).id, span(&held));
            match together.iter_mut().find(|(others, _)| *others == who) {
                Some((_, clauses)) => clauses.push(words),
                None => together.push((who, vec![words])),
            }
        }
        lines.extend(together.into_iter().map(|(who, clauses)| {
            let who: Vec<&str> = who.into_iter().map(|candidate| names.candidate(candidate)).collect();
            format!("{} already holds {} to {}", names.forum_id(from), listed(&who), clauses.join(", "))
        }));
    }
    lines
}

/// The point, or the least and the most of several.
fn span(held: &[(usize, f64)]) -> String {
    let points = || held.iter().map(|(_, point)| *point);
    let [least, most] = [points().fold(f64::INFINITY, f64::min), points().fold(f64::NEG_INFINITY, f64::max)].map(short);
    if least == most { least } else { format!("{least} to {most}") }
}
