//! What `comity show` says of the room: blocs, linkage, the first reading, precedents.

use std::fmt::Write;

use crate::replay::short;
use crate::scenario::{Bloc, FirstReading, Forum, Scenario};

/// What happens in the room of a forum, in words; nothing where nothing does.
pub fn room(scenario: &Scenario, forum: &Forum) -> String {
    let mut text = String::new();
    let room = &forum.room;
    if let Some(reading) = &room.first_reading {
        let _ = writeln!(text, "First reading  {}", first_reading(scenario, forum, reading));
    }
    if let Some(linkage) = room.linkage {
        let (exchanges, issues) = (linkage.exchanges, linkage.issues);
        let _ = writeln!(
            text,
            "Linkage        up to {exchanges} exchanges a round; each delegation may offer to give way on {issues} clauses"
        );
    }
    if let Some(precedent) = &room.precedent {
        let texts = forum.agenda.iter().zip(&precedent.text);
        let texts: Vec<String> = texts
            .filter_map(|(&clause, point)| Some(format!("{} {}", scenario.clauses[clause].id, short((*point)?))))
            .collect();
        let texts =
            if precedent.so_far { [texts, vec!["the best that members adopted".into()]].concat() } else { texts };
        let _ = writeln!(
            text,
            "Precedent      pulls the first draft {}% of the way: {}",
            short(precedent.ratchet * 100.0),
            texts.join(", ")
        );
    }
    for bloc in &room.blocs {
        let _ = writeln!(text, "Bloc           {}", describe(scenario, forum, bloc));
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

fn first_reading(scenario: &Scenario, forum: &Forum, reading: &FirstReading) -> String {
    let mut text =
        format!("a clause needs {} sponsors with {} of all say", reading.sponsors, reading.support.in_words());
    let on_record = |at: usize| {
        let seats = reading.on_record.iter().zip(&forum.members).filter(|(row, _)| row[at]);
        seats.map(|(_, member)| scenario.countries[member.country].id.as_str()).collect::<Vec<_>>()
    };
    for (at, &clause) in forum.agenda.iter().enumerate() {
        let sponsors = on_record(at);
        if !sponsors.is_empty() {
            let _ = write!(text, "\n  on record for {}: {}", scenario.clauses[clause].id, sponsors.join(", "));
        }
    }
    text
}

fn describe(scenario: &Scenario, forum: &Forum, bloc: &Bloc) -> String {
    let name = |seat: usize| scenario.countries[forum.members[seat].country].id.as_str();
    let members: Vec<&str> = bloc.members.iter().map(|&seat| name(seat)).collect();
    let mut text = format!("{}, cohesion {}: {}", bloc.id, short(bloc.cohesion), members.join(", "));
    if let Some(seat) = bloc.spokesperson {
        let _ = write!(text, "; {} speaks for it", name(seat));
    }
    for (&clause, [floor, ceiling]) in forum.agenda.iter().zip(&bloc.lines) {
        let id = &scenario.clauses[clause].id;
        if let Some(floor) = floor {
            let _ = write!(text, "; {id}: nothing below {}", short(floor.at));
        }
        if let Some(ceiling) = ceiling {
            let _ = write!(text, "; {id}: nothing above {}", short(ceiling.at));
        }
    }
    text
}
