//! Cautions on what is guessed: clauses on which nothing is known, little is, or the word of one.

use std::collections::BTreeSet;

use super::*;
use crate::scenario::impute::Reader;

/// Cautions on the clauses of a forum that rest on little, a line for all clauses of a kind.
pub(super) fn cautions(builder: &Builder, scenario: &Scenario, forum: &Forum, cautions: &mut Vec<String>) {
    let id = &forum.id;
    let written = builder.written.forum.get(id);
    let reader = written.and_then(|written| {
        Some(Reader::new(builder.roster, builder.seen_from(written)?, written.instrument.as_deref(), None))
    });
    let (mut nothing, mut little, mut one) = (Vec::new(), Vec::new(), Vec::new());
    for (place, &clause) in forum.agenda.iter().enumerate() {
        let mandates = || forum.members.iter().filter_map(|member| member.mandates.get(place));
        let known = Provenance::of(mandates());
        let Provenance { mandates: all, imputed, .. } = known;
        let name = &scenario.clauses[clause].id;
        if all > 0 && mandates().all(|mandate| mandate.origin == Origin::Uninformed) {
            nothing.push(format!("`{name}` ({all} of {all})"));
            continue;
        }
        if known.is_mostly_imputed() {
            little.push(format!("`{name}` ({imputed} of {all})"));
        }
        let voices = voices(reader.as_ref(), scenario, forum, place);
        if imputed > 0
            && let [voice] = voices.iter().collect::<Vec<_>>()[..]
        {
            one.push(format!("`{name}` (`{voice}`; {imputed} of {all} imputed)"));
        }
    }
    let agenda = forum.agenda.len();
    let on = |some: &Vec<String>| match agenda {
        1 => format!("on the one clause of `{id}`"),
        _ => format!("on {} of {agenda} clauses of `{id}`", some.len()),
    };
    if !nothing.is_empty() && nothing.len() == agenda {
        let all = Provenance::of(forum.members.iter().flat_map(|member| &member.mandates)).mandates;
        cautions.push(format!(
            "NO EVIDENCE counts in `{id}`: all {all} mandates are guesses, anywhere on the scale, and what a run says of it \
             is no finding{}",
            left_out(builder, scenario, forum)
        ));
    } else if let Some(few) = few_count(builder, scenario, forum) {
        cautions.push(few);
    }
    if !nothing.is_empty() && nothing.len() < agenda {
        cautions.push(format!("{} nothing is known of anyone: {}", on(&nothing), nothing.join(", ")));
    }
    if !little.is_empty() {
        cautions.push(format!("{} more than half of the mandates are imputed: {}", on(&little), little.join(", ")));
    }
    if !one.is_empty() {
        cautions.push(format!("{} all that is known is the word of one: {}", on(&one), one.join(", ")));
    }
}

/// Who is known to want something on a clause of the agenda: who left evidence that counts, and members whose mandate is
/// typed in.
fn voices<'a>(reader: Option<&Reader<'a>>, scenario: &'a Scenario, forum: &Forum, place: usize) -> BTreeSet<&'a str> {
    let stated = forum.members.iter().filter(|member| member.mandates[place].origin == Origin::Stated);
    let stated = stated.map(|member| scenario.countries[member.country].id.as_str());
    let clause = &scenario.clauses[forum.agenda[place]].id;
    stated.chain(reader.into_iter().flat_map(|reader| reader.voices(clause))).collect()
}

/// Share of the rows of evidence that has to count for nothing to be said of the others: a tenth.
const FEW: usize = 10;

/// What to say where next to no row of evidence on the clauses of a forum counts.
fn few_count(builder: &Builder, scenario: &Scenario, forum: &Forum) -> Option<String> {
    let Rows { all, later, drawn, day } = rows(builder, scenario, forum)?;
    let counted = all - later - drawn;
    (all > 0 && counted * FEW <= all).then(|| {
        format!(
            "of {all} rows of evidence on the clauses of `{}` {counted} count: {later} came after {day}, and {drawn} are drawn \
             from the very text it negotiates",
            forum.id
        )
    })
}

/// Rows of evidence on the clauses of a forum (counts): all, those after the day it is seen from, those from its own text.
struct Rows {
    all: usize,
    later: usize,
    drawn: usize,
    day: Date,
}

fn rows(builder: &Builder, scenario: &Scenario, forum: &Forum) -> Option<Rows> {
    let day = builder.written.forum.get(&forum.id).and_then(|written| builder.seen_from(written))?;
    let clauses: BTreeSet<&str> = forum.agenda.iter().map(|&clause| scenario.clauses[clause].id.as_str()).collect();
    let rows = || builder.roster.evidence.iter().filter(|row| clauses.contains(row.clause.as_str()));
    let later = rows().filter(|row| row.date > day).count();
    let drawn = rows().filter(|row| row.date <= day && !row.usable(day, forum.instrument.as_deref())).count();
    Some(Rows { all: rows().count(), later, drawn, day })
}

/// Why rows of evidence on the clauses of a forum do not count, where there are any.
fn left_out(builder: &Builder, scenario: &Scenario, forum: &Forum) -> String {
    let Some(Rows { all, later, drawn, day }) = rows(builder, scenario, forum) else { return String::new() };
    match all {
        0 => "; there is no row of evidence on its clauses".into(),
        all => format!(
            "; of {} on its clauses {later} came after {day}, and {drawn} are drawn from the very text it negotiates",
            if all == 1 { "1 row of evidence".to_owned() } else { format!("{all} rows of evidence") }
        ),
    }
}
