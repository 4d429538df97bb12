//! What earlier texts mean for many countries on many clauses, put together: what a text in force holds them to, and where
//! those who were blocked elsewhere put their effort. Told one by one these would be hundreds of lines.

use std::collections::BTreeMap;

use super::{Names, listed, short, short_list};
use crate::minutes::Event;

/// Whether an event is told here.
pub(super) fn tells(event: &Event) -> bool {
    matches!(event, Event::Precedent { .. } | Event::Shopped { .. })
}

/// The lines of one day.
pub(super) fn told(names: &Names, events: &[&Event]) -> Vec<String> {
    let mut lines = efforts(names, events);
    lines.extend(precedents(names, events));
    lines
}

/// What texts hold countries to; clauses by which a text holds the same countries stand together.
fn precedents(names: &Names, events: &[&Event]) -> Vec<String> {
    let mut texts: BTreeMap<usize, BTreeMap<usize, Vec<(usize, f64)>>> = BTreeMap::new();
    for event in events {
        if let Event::Precedent { candidate, clause, point, from } = **event {
            texts.entry(from).or_default().entry(clause).or_default().push((candidate, point));
        }
    }
    let mut lines = Vec::new();
    for (from, clauses) in texts {
        let held = clauses.into_iter().map(|(clause, held)| {
            let who: Vec<usize> = held.iter().map(|(candidate, _)| *candidate).collect();
            (who, format!("{} ({})", names.clause(clause).id, span(&held)))
        });
        lines.extend(together(held).into_iter().map(|(who, clauses)| {
            let who: Vec<&str> = who.into_iter().map(|candidate| names.candidate(candidate)).collect();
            format!("{} already holds {} to {}", names.forum_id(from), short_list(&who), clauses.join(", "))
        }));
    }
    lines
}

/// Where proponents put their effort; those with the same clauses stand together.
fn efforts(names: &Names, events: &[&Event]) -> Vec<String> {
    let mut blocked: BTreeMap<usize, BTreeMap<usize, Vec<usize>>> = BTreeMap::new();
    for event in events {
        if let Event::Shopped { candidate, clause, from } = **event {
            blocked.entry(from).or_default().entry(candidate).or_default().push(clause);
        }
    }
    let mut lines = Vec::new();
    for (from, proponents) in blocked {
        let alike = proponents.into_iter().map(|(candidate, clauses)| (clauses, names.candidate(candidate)));
        lines.extend(together(alike).into_iter().map(|(clauses, who)| {
            let clauses: Vec<&str> = clauses.into_iter().map(|clause| names.clause(clause).id.as_str()).collect();
            let puts = if who.len() == 1 { "puts" } else { "put" };
            let (from, who) = (names.forum_id(from), short_list(&who));
            format!("blocked in {from}, {who} {puts} effort on {} here", listed(&clauses))
        }));
    }
    lines
}

/// What has the same key, in the order of the first of each.
fn together<K: PartialEq, T>(all: impl Iterator<Item = (K, T)>) -> Vec<(K, Vec<T>)> {
    let mut groups: Vec<(K, Vec<T>)> = Vec::new();
    for (key, one) in all {
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, group)) => group.push(one),
            None => groups.push((key, vec![one])),
        }
    }
    groups
}

/// The point, or the least and the most of several.
fn span(held: &[(usize, f64)]) -> String {
    let points = || held.iter().map(|(_, point)| *point);
    let [least, most] = [points().fold(f64::INFINITY, f64::min), points().fold(f64::NEG_INFINITY, f64::max)].map(short);
    if least == most { least } else { format!("{least} to {most}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_alike_stands_together_and_points_are_spanned() {
        let all = [(1, "a"), (2, "b"), (1, "c")];
        assert_eq!(together(all.into_iter()), [(1, vec!["a", "c"]), (2, vec!["b"])]);
        assert_eq!(span(&[(0, 0.25), (1, 0.25)]), "0.25");
        assert_eq!(span(&[(0, 0.25), (1, 0.125)]), "0.13 to 0.25");
    }
}
