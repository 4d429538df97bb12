//! What followed adoption, and what earlier forums meant for a forum, as dated lines.

use super::{Names, shocks, short};
use crate::minutes::{Entry, Event};
use crate::quantity::{Date, Day};

/// Dated lines under a heading; nothing where nothing happened.
pub(super) fn told(names: &Names, heading: &str, entries: &[&Entry]) -> String {
    let mut events: Vec<(Day, &Event)> = entries
        .iter()
        .filter_map(|entry| match entry {
            Entry::Later { day, event, .. } => Some((*day, event)),
            _ => None,
        })
        .collect();
    if events.is_empty() {
        return String::new();
    }
    events.sort_by_key(|(day, _)| *day);
    let mut out = format!("{heading}\n");
    let mut at = 0;
    while at < events.len() {
        let (day, event) = events[at];
        let alike = events[at..].iter().take_while(|(then, other)| *then == day && joins(event, other)).count();
        let who: Vec<usize> = events[at..at + alike].iter().filter_map(|(_, event)| candidate(event)).collect();
        out += &format!("  {}  {}\n", Date::of(day), words(names, event, &who));
        at += alike;
    }
    out + "\n"
}

/// Whether two events of a day are told in one line.
fn joins(one: &Event, other: &Event) -> bool {
    use Event::{Acceded, Applied, Precedent, Ratified, Rejected, Shopped};
    match (one, other) {
        (Precedent { clause, point, from, .. }, Precedent { clause: c, point: p, from: f, .. }) => {
            (clause, point, from) == (c, p, f)
        }
        (Shopped { clause, from, .. }, Shopped { clause: c, from: f, .. }) => (clause, from) == (c, f),
        (Ratified { .. }, Ratified { .. })
        | (Rejected { .. }, Rejected { .. })
        | (Applied { .. }, Applied { .. })
        | (Acceded { .. }, Acceded { .. }) => true,
        _ => std::ptr::eq(one, other),
    }
}

fn candidate(event: &Event) -> Option<usize> {
    match *event {
        Event::Reserved { candidate, .. }
        | Event::Apart { candidate, .. }
        | Event::Rejected { candidate }
        | Event::Ratified { candidate }
        | Event::Applied { candidate }
        | Event::Acceded { candidate }
        | Event::Refused { candidate, .. }
        | Event::GaveNotice { candidate, .. }
        | Event::Precedent { candidate, .. }
        | Event::Shopped { candidate, .. } => Some(candidate),
        Event::PutToBody { .. }
        | Event::Signed { .. }
        | Event::InForce
        | Event::Informed { .. }
        | Event::Struck { .. } => None,
    }
}

fn words(names: &Names, event: &Event, who: &[usize]) -> String {
    let list = |who: &[usize]| listed(&who.iter().map(|&no| names.candidate(no)).collect::<Vec<_>>());
    let (them, does) = (list(who), who.len() == 1);
    let verb = |one: &'static str, many: &'static str| if does { one } else { many };
    match event {
        Event::PutToBody { passed, objecting } => {
            let body = names.forum.after.incorporation.as_ref().map_or("", |incorporation| &incorporation.body);
            let body = if body.is_empty() { "another body" } else { body };
            match (passed, objecting.is_empty()) {
                (true, true) => format!("put to {body}: nobody objects, taken in"),
                (true, false) => format!("put to {body}: taken in over the objection of {}", list(objecting)),
                (false, true) => format!("put to {body}: not carried"),
                (false, false) => format!("put to {body}: not taken in; objecting: {}", list(objecting)),
            }
        }
        Event::Signed { candidates } => format!("signed by {}", list(candidates)),
        Event::Reserved { clause, .. } => format!("{them} reserves {}", names.clause(*clause).id),
        Event::Apart { against, .. } => {
            format!("{them} declares that it does not apply between it and {}", names.candidate(*against))
        }
        Event::Rejected { .. } => format!("{them} {} no majority for it at home", verb("finds", "find")),
        Event::Ratified { .. } => format!("{them} {}", verb("ratifies", "ratify")),
        Event::InForce => "in force".into(),
        Event::Applied { .. } => format!("{them} {} to accede", verb("applies", "apply")),
        Event::Acceded { .. } => format!("{them} {} admitted and {}", verb("is", "are"), verb("accedes", "accede")),
        Event::Refused { objecting, .. } if objecting.is_empty() => format!("{them} is not admitted"),
        Event::Refused { objecting, .. } => format!("{them} is not admitted; objecting: {}", list(objecting)),
        Event::GaveNotice { until, .. } => format!("{them} gives notice and leaves on {}", Date::of(*until)),
        Event::Precedent { clause, point, from, .. } => format!(
            "{} holds {} to {} ({}) already",
            names.forum_id(*from),
            them,
            names.clause(*clause).id,
            short(*point)
        ),
        Event::Struck { shock, candidates } => shocks::struck(names, *shock, candidates),
        Event::Informed { from, candidates } => {
            format!("{} has told {} about each other", names.forum_id(*from), list(candidates))
        }
        Event::Shopped { clause, from, .. } => format!(
            "blocked in {}, {them} {} effort on {} here",
            names.forum_id(*from),
            verb("puts", "put"),
            names.clause(*clause).id
        ),
    }
}

fn listed(names: &[&str]) -> String {
    match names {
        [] => "nobody".into(),
        [one] => (*one).into(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_listed_as_people_do() {
        assert_eq!(listed(&[]), "nobody");
        assert_eq!(listed(&["Alba"]), "Alba");
        assert_eq!(listed(&["Alba", "Borduria", "Carpania"]), "Alba, Borduria and Carpania");
    }
}
