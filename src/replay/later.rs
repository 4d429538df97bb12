//! What followed adoption, and what earlier forums meant for a forum, as dated lines.

use super::{Names, held, listed, shocks, short_list};
use crate::minutes::{Entry, Event, ForumOutcome, MemberOutcome};
use crate::quantity::{Date, Day};

/// Dated lines under a heading; nothing where nothing happened.
pub(super) fn told(names: &Names, heading: &str, entries: &[&Entry], ended: &ForumOutcome) -> String {
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
    let mut refused: Vec<usize> = Vec::new();
    for today in events.chunk_by(|one, other| one.0 == other.0) {
        let date = Date::of(today[0].0);
        let (held, others): (Vec<&Event>, Vec<&Event>) =
            today.iter().map(|(_, event)| *event).partition(|event| held::tells(event));
        for alike in others.chunk_by(|one, other| joins(one, other)) {
            // Who applies once more is told apart from who applies for the first time.
            let who: Vec<usize> = alike.iter().filter_map(|event| candidate(event)).collect();
            let applies = matches!(alike[0], Event::Applied { .. });
            let (again, new): (Vec<usize>, Vec<usize>) =
                who.iter().partition(|candidate| applies && refused.contains(candidate));
            if !new.is_empty() || again.is_empty() {
                out += &format!("  {date}  {}\n", words(names, alike[0], &new, ended));
            }
            if !again.is_empty() {
                out += &format!("  {date}  {} once more\n", words(names, alike[0], &again, ended));
            }
            refused.extend(who.into_iter().filter(|_| matches!(alike[0], Event::Refused { .. })));
        }
        out.extend(held::told(names, &held).into_iter().map(|line| format!("  {date}  {line}\n")));
    }
    out + "\n"
}

/// How things stand on the last day: whom the text binds, and which signatories it does not.
pub(super) fn standing(names: &Names, ended: &ForumOutcome) -> String {
    let (Some(aftermath), Some(_)) = (names.scenario.aftermath, ended.signed_day) else { return String::new() };
    let everyone = || ended.members.iter().chain(&ended.outsiders).enumerate();
    let those = |are: &dyn Fn(&MemberOutcome) -> bool| -> Vec<&str> {
        everyone().filter(|(_, member)| are(member)).map(|(no, _)| names.candidate(no)).collect()
    };
    let bound = those(&|member| member.in_force_day.is_some() && member.withdrawn_day.is_none());
    let waiting = those(&|member| member.signed && member.ratified_day.is_none());
    let mut out = match ended.in_force_day {
        Some(_) => format!("On {} it binds {}", aftermath.horizon, short_list(&bound)),
        None => format!("By {} it has not entered into force", aftermath.horizon),
    };
    if !waiting.is_empty() {
        out += &format!("; signed and not ratified by {}", short_list(&waiting));
    }
    out + ".\n\n"
}

/// Whether two events of a day are told in one line.
fn joins(one: &Event, other: &Event) -> bool {
    use Event::{Acceded, Applied, Ratified, Rejected};
    matches!(
        (one, other),
        (Ratified { .. }, Ratified { .. })
            | (Rejected { .. }, Rejected { .. })
            | (Applied { .. }, Applied { .. })
            | (Acceded { .. }, Acceded { .. })
    )
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

fn words(names: &Names, event: &Event, who: &[usize], ended: &ForumOutcome) -> String {
    let list = |who: &[usize]| listed(&who.iter().map(|&no| names.candidate(no)).collect::<Vec<_>>());
    let many = |who: &[usize]| short_list(&who.iter().map(|&no| names.candidate(no)).collect::<Vec<_>>());
    let (them, does) = (list(who), who.len() == 1);
    let verb = |one: &'static str, many: &'static str| if does { one } else { many };
    match event {
        Event::PutToBody { passed, objecting } => {
            let body = names.forum.after.incorporation.as_ref().map_or("", |incorporation| &incorporation.body);
            let body = if body.is_empty() { "another body" } else { body };
            match (passed, objecting.is_empty()) {
                (true, true) => format!("put to {body}: nobody objects, taken in"),
                (true, false) => format!("put to {body}: taken in over the objection of {}", many(objecting)),
                (false, true) => format!("put to {body}: not carried"),
                (false, false) => format!("put to {body}: not taken in; objecting: {}", many(objecting)),
            }
        }
        Event::Signed { candidates } if candidates.len() > 2 && candidates.len() == ended.parties() => {
            format!("signed by all {} that adopted it", candidates.len())
        }
        Event::Signed { candidates } => format!("signed by {}", many(candidates)),
        Event::Reserved { clause, .. } => format!("{them} reserves {}", names.clause(*clause).id),
        Event::Apart { against, .. } => {
            format!("{them} declares that it does not apply between it and {}", names.candidate(*against))
        }
        Event::Rejected { .. } => format!("{them} {} no majority for it at home", verb("finds", "find")),
        Event::Ratified { .. } => format!("{them} {}{}", verb("ratifies", "ratify"), bound_later(ended, who)),
        Event::InForce => match ended.in_force_day {
            Some(day) => {
                let bound = |no: &usize| became(ended, *no).and_then(|member| member.in_force_day) == Some(day);
                let all = ended.members.len() + ended.outsiders.len();
                format!("in force for {}", many(&(0..all).filter(bound).collect::<Vec<_>>()))
            }
            None => "in force".into(),
        },
        Event::Applied { .. } => format!("{them} {} to accede", verb("applies", "apply")),
        Event::Acceded { .. } => {
            let later = bound_later(ended, who);
            format!("{them} {} admitted and {}{later}", verb("is", "are"), verb("accedes", "accede"))
        }
        Event::Refused { objecting, .. } if objecting.is_empty() => format!("{them} is not admitted"),
        Event::Refused { objecting, .. } => format!("{them} is not admitted; objecting: {}", list(objecting)),
        Event::GaveNotice { until, .. } => format!("{them} gives notice and leaves on {}", Date::of(*until)),
        // Told by `held`.
        Event::Precedent { .. } | Event::Shopped { .. } => String::new(),
        Event::Struck { shock, candidates } => shocks::struck(names, *shock, candidates),
        Event::Informed { from, candidates } => {
            format!("{} has told {} about each other", names.forum_id(*from), many(candidates))
        }
    }
}

fn became(ended: &ForumOutcome, candidate: usize) -> Option<&MemberOutcome> {
    ended.members.iter().chain(&ended.outsiders).nth(candidate)
}

/// From when parties are bound that come to a text in force, where it is one day for all of them.
fn bound_later(ended: &ForumOutcome, who: &[usize]) -> String {
    let days: Vec<Option<Day>> = who.iter().map(|&no| became(ended, no)?.in_force_day).collect();
    let deposit = who.first().and_then(|&no| became(ended, no)?.ratified_day);
    match (ended.in_force_day, days.as_slice()) {
        (Some(force), [Some(first), rest @ ..])
            if *first > force && Some(*first) != deposit && rest.iter().all(|day| *day == Some(*first)) =>
        {
            format!(", bound from {}", Date::of(*first))
        }
        _ => String::new(),
    }
}
