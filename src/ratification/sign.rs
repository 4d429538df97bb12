//! Sign: those who accepted at adoption sign, reserve what they may, and turn to their parliaments.

use std::collections::BTreeSet;

use bevy_ecs::prelude::*;

use super::candidates::{self, Delegations};
use super::domestic::{AtHome, days_to_ratify};
use super::pairs::Pairs;
use super::worth::Scales;
use crate::chance::{Chance, Purpose};
use crate::minutes::{Entry, Event, Minutes};
use crate::quantity::Day;
use crate::scenario::after::{Kind, Reservations};
use crate::scenario::{Mechanism, Undertaking};
use crate::world::{
    Clock, DrawnAfter, DrawnParameters, Engagement, Forum, Outsiders, Proceedings, Record, RollCall, Scene, Standing,
    Treaty, bit, day_of_round,
};

/// Puts newly adopted texts on the calendar.
pub fn adopt(scene: Res<Scene>, mut forums: Query<(&Forum, &Proceedings, &Record, &mut Treaty)>) {
    for (forum, proceedings, record, mut treaty) in &mut forums {
        let written = &scene.scenario.forums[forum.0];
        let adopted = proceedings.engagement == Engagement::Adopted && written.after.kind == Kind::Treaty;
        if adopted && treaty.adopted.is_none() {
            treaty.adopted = Some(day_of_round(&written.calendar, proceedings.round));
            let Treaty { text, exceptions, .. } = &mut *treaty;
            for ((point, exception), clause) in text.iter_mut().zip(exceptions).zip(&record.clauses) {
                (*point, *exception) = (clause.adopted, clause.flexibility);
            }
        }
    }
}

/// Has those sign who accepted at adoption, as soon as the day has come. When a signatory will ratify is settled with its
/// signature: the occasion of the forum under [`Purpose::Ratification`], two draws a country.
#[expect(clippy::too_many_arguments, reason = "a system names what it reads")]
pub fn sign(
    scene: Res<Scene>,
    chance: Res<Chance>,
    clock: Res<Clock>,
    parameters: Res<DrawnParameters>,
    after: Res<DrawnAfter>,
    mut forums: Query<(&Forum, &RollCall, Option<&Outsiders>, &Record, &mut Treaty)>,
    delegations: Delegations,
    mut minutes: ResMut<Minutes>,
) {
    let scenario = &scene.scenario;
    let at_once = !scenario.plays(Mechanism::Ratification);
    let mut stream = chance.stream();
    for (forum, roll_call, outsiders, record, mut treaty) in &mut forums {
        let written = &scenario.forums[forum.0];
        let rejected = treaty.incorporated == Some(false)
            && written.after.incorporation.as_ref().is_some_and(|incorporation| incorporation.required);
        let Some(adopted) = treaty.adopted.filter(|_| treaty.signed.is_none() && !rejected) else { continue };
        let day = adopted.saturating_add(Day::from(written.after.signature_after_days));
        if day > clock.today {
            continue;
        }
        treaty.signed = Some(day);
        let signatories: Vec<usize> =
            (0..record.parties.len()).filter(|&seat| record.parties[seat] && roll_call.is_present(seat)).collect();
        minutes.note(|| Entry::Later { forum: forum.0, day, event: Event::Signed { candidates: signatories.clone() } });
        let there = candidates::of(&delegations, roll_call, outsiders);
        let scales = Scales::of(scenario, forum.0, &parameters, &treaty.exceptions);
        let pairs = Pairs { scenario, scales: &scales, text: &treaty.text, there: &there };
        let apart = pairs.among(&signatories);
        let apart_from: BTreeSet<(usize, usize)> = apart.iter().copied().collect();
        // With whom the text is stated not to apply was no company at adoption either.
        let lost_with = |one: usize, other: usize| {
            !pairs.is_stated(one, other) && (apart_from.contains(&(one, other)) || apart_from.contains(&(other, one)))
        };
        let lost: Vec<f64> = (signatories.iter())
            .map(|&seat| {
                let with = |other: usize| signatories.contains(&other) && lost_with(seat, other);
                if apart.is_empty() { 0.0 } else { scales.company(scenario, written.members[seat].country, with) }
            })
            .collect();
        let Treaty { text, standing, .. } = &mut *treaty;
        for (&seat, lost) in signatories.iter().zip(lost) {
            let (member, (instructions, strength)) = (&written.members[seat], there[seat]);
            let worth: Vec<f64> = (0..text.len())
                .map(|clause| text[clause].map_or(0.0, |at| scales.worth(clause, at, member, instructions, strength)))
                .collect();
            let crosses = |clause: usize| scales.crosses_on(clause, text[clause], instructions);
            // In a modular text nobody takes on what leaves it worse off.
            let left_out = |clause: usize| crosses(clause) || worth[clause] < 0.0;
            let excepted = match written.undertaking {
                Undertaking::Single => record.opted_out[seat],
                Undertaking::Modular => (0..text.len()).filter(|&c| left_out(c)).fold(0, |set, c| set | bit(c)),
            };
            let worth_then = scales.gain(text, excepted, member, instructions, strength);
            let accepted_with = record.gains[seat] - lost;
            let reserved = match &written.after.reservations {
                Some(allowed) if accepted_with >= 0.0 => {
                    reserve(&worth, excepted, allowed, |clause| scene.clause_rank[written.agenda[clause]])
                }
                _ => Vec::new(),
            };
            for &clause in &reserved {
                let event = Event::Reserved { candidate: seat, clause };
                minutes.note(|| Entry::Later { forum: forum.0, day, event });
            }
            let reserved = reserved.iter().fold(0, |set, &clause| set | bit(clause));
            let excepted = excepted | reserved;
            let gain = accepted_with + scales.gain(text, excepted, member, instructions, strength) - worth_then;
            let country = &scenario.countries[member.country];
            let at_home = AtHome {
                veto_players: country.veto_players,
                ratifiers: member.ratifiers,
                gain,
                scale: written.after.ratification_scale,
            };
            let luck = stream.place(Purpose::Ratification, written.occasion, country.lane);
            let (when, pivot) = (luck.uniform(), luck.uniform());
            let days = if at_once { Some(0) } else { days_to_ratify(when, pivot, &at_home, &after.0) };
            if days.is_none() {
                let event = Event::Rejected { candidate: seat };
                minutes.note(|| Entry::Later { forum: forum.0, day, event });
            }
            standing[seat] = Standing {
                signed: Some(day),
                deposit: days.map(|days| day.saturating_add(days)),
                reserved,
                excepted,
                accepted_with,
                worth_then,
                ..Standing::default()
            };
        }
        for (who, against) in apart {
            treaty.set_apart(who, against);
            let event = Event::Apart { candidate: who, against };
            minutes.note(|| Entry::Later { forum: forum.0, day, event });
        }
    }
}

/// The clauses that a signatory reserves: those that leave it worse off, the worst first, as many as it may; ties go to
/// the first by `rank`. A reservation must be one the text allows (Vienna Convention, article 19).
fn reserve(worth: &[f64], already: u128, allowed: &Reservations, rank: impl Fn(usize) -> usize) -> Vec<usize> {
    let open = |clause: &usize| {
        worth[*clause] < -AT_THE_MARGIN && allowed.allowed[*clause] && !crate::world::has(already, *clause)
    };
    let mut worse: Vec<usize> = (0..worth.len()).filter(open).collect();
    worse.sort_by(|&a, &b| worth[a].total_cmp(&worth[b]).then_with(|| rank(a).cmp(&rank(b))));
    worse.truncate(allowed.at_most as usize);
    worse
}

/// Room for rounding at a worth of nothing.
const AT_THE_MARGIN: f64 = 1e-12;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_of_what_may_be_reserved_is_reserved_first() {
        let allowed = Reservations { at_most: 2, allowed: vec![true, true, false, true, true] };
        let worth = [-0.1, 0.3, -0.9, -0.2, -0.1];
        assert_eq!(reserve(&worth, 0, &allowed, |clause| clause), [3, 0]);
        assert_eq!(reserve(&worth, 0, &allowed, |clause| 9 - clause), [3, 4], "ties are settled by rank");
        assert_eq!(reserve(&worth, bit(3), &allowed, |clause| clause), [0, 4], "what it never took on is not reserved");
    }
}
