//! Sign: those who accepted at adoption sign, reserve what they may, and turn to their parliaments.

use std::collections::BTreeSet;

use bevy_ecs::prelude::*;

use super::candidates::{self, Delegations};
use super::domestic::{AtHome, days_to_ratify};
use super::pairs::Pairs;
use super::worth::Scales;
use crate::chance::{Chance, Purpose, Stream};
use crate::clause_set::ClauseSet;
use crate::minutes::{Entry, Event, Minutes};
use crate::quantity::Day;
use crate::scenario::after::{Kind, Reservations};
use crate::scenario::{self, Mechanism, Undertaking};
use crate::world::{
    Clock, DrawnAfter, DrawnParameters, Engagement, Forum, Instructions, Outsiders, Proceedings, Record, RollCall,
    Scene, Standing, Strength, Treaty, day_of_round,
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
        let Some(day) = signing_day(&scenario.forums[forum.0], &treaty).filter(|&day| day <= clock.today) else {
            continue;
        };
        treaty.signed = Some(day);
        let signatories: Vec<usize> =
            (0..record.parties.len()).filter(|&seat| record.parties[seat] && roll_call.is_present(seat)).collect();
        minutes.note(|| Entry::Later { forum: forum.0, day, event: Event::Signed { candidates: signatories.clone() } });
        let there = candidates::of(&delegations, roll_call, outsiders);
        let scales = Scales::of(scenario, forum.0, &parameters, &treaty.exceptions);
        let pairs = Pairs { scenario, scales: &scales, text: &treaty.text, there: &there };
        let apart = pairs.among(&signatories);
        let lost = company_lost(&pairs, &signatories, &apart);
        let signing = Signing { scene: &scene, forum: forum.0, day, record, scales: &scales, after: &after, at_once };
        let Treaty { text, standing, .. } = &mut *treaty;
        for (&seat, lost) in signatories.iter().zip(lost) {
            standing[seat] = signing.of(seat, there[seat], text, lost, &mut stream, &mut minutes);
        }
        for (who, against) in apart {
            treaty.set_apart(who, against);
            let event = Event::Apart { candidate: who, against };
            minutes.note(|| Entry::Later { forum: forum.0, day, event });
        }
    }
}

/// The day on which an adopted text is signed; none where it has been, where nothing is adopted, or where the other body
/// has rejected what needs its consent.
fn signing_day(written: &scenario::Forum, treaty: &Treaty) -> Option<Day> {
    let required = written.after.incorporation.as_ref().is_some_and(|incorporation| incorporation.required);
    let rejected = treaty.incorporated == Some(false) && required;
    let adopted = treaty.adopted.filter(|_| treaty.signed.is_none() && !rejected)?;
    Some(adopted.saturating_add(Day::from(written.after.signature_after_days)))
}

/// Per signatory, what it loses of the company it had at adoption (in utility): with whom the text is declared not to
/// apply. With whom that was stated before was no company at adoption either.
fn company_lost(pairs: &Pairs, signatories: &[usize], apart: &[(usize, usize)]) -> Vec<f64> {
    if apart.is_empty() {
        return vec![0.0; signatories.len()];
    }
    let apart: BTreeSet<(usize, usize)> = apart.iter().copied().collect();
    let lost_with = |one: usize, other: usize| {
        !pairs.is_stated(one, other) && (apart.contains(&(one, other)) || apart.contains(&(other, one)))
    };
    let lost = |&seat: &usize| {
        let with = |other: usize| signatories.contains(&other) && lost_with(seat, other);
        pairs.scales.company(pairs.scenario, pairs.scales.forum.members[seat].country, with)
    };
    signatories.iter().map(lost).collect()
}

/// The signing of one text, and all that decides on what it is signed with.
struct Signing<'a> {
    scene: &'a Scene,
    forum: usize,
    day: Day,
    record: &'a Record,
    scales: &'a Scales<'a>,
    after: &'a DrawnAfter,
    /// Whether signature binds by itself.
    at_once: bool,
}

impl Signing<'_> {
    /// How a signatory stands to the text from its signature on, given what it lost of its company since adoption.
    fn of(
        &self,
        seat: usize,
        (instructions, strength): (&Instructions, &Strength),
        text: &[Option<f64>],
        lost: f64,
        stream: &mut Stream,
        minutes: &mut Minutes,
    ) -> Standing {
        let written = self.scales.forum;
        let member = &written.members[seat];
        let worth: Vec<f64> = (0..text.len())
            .map(|clause| text[clause].map_or(0.0, |at| self.scales.worth(clause, at, member, instructions, strength)))
            .collect();
        let crosses = |clause: usize| self.scales.crosses_on(clause, text[clause], instructions);
        // In a modular text nobody takes on what leaves it worse off.
        let left_out = |clause: usize| crosses(clause) || worth[clause] < 0.0;
        let not_taken_on = match written.undertaking {
            Undertaking::Single => self.record.opted_out[seat],
            Undertaking::Modular => (0..text.len()).filter(|&c| left_out(c)).collect(),
        };
        let worth_then = self.scales.gain(text, not_taken_on, member, instructions, strength);
        let accepted_with = self.record.gains[seat] - lost;
        let reserved = self.reservations(seat, &worth, not_taken_on, accepted_with, minutes);
        let excepted = not_taken_on | reserved;
        let gain = accepted_with + self.scales.gain(text, excepted, member, instructions, strength) - worth_then;
        let deposit = self.ratification(seat, gain, stream, minutes);
        Standing {
            signed: Some(self.day),
            deposit,
            reserved,
            excepted,
            accepted_with,
            worth_then,
            ..Standing::default()
        }
    }

    /// The clauses that a signatory reserves, where the text allows it to and it gained by accepting.
    fn reservations(
        &self,
        seat: usize,
        worth: &[f64],
        not_taken_on: ClauseSet,
        accepted_with: f64,
        minutes: &mut Minutes,
    ) -> ClauseSet {
        let written = self.scales.forum;
        let Some(allowed) = written.after.reservations.as_ref().filter(|_| accepted_with >= 0.0) else {
            return ClauseSet::EMPTY;
        };
        let rank = |clause: usize| self.scene.clause_rank[written.agenda[clause]];
        let reserved = reserve(worth, not_taken_on, allowed, rank);
        for &clause in &reserved {
            let event = Event::Reserved { candidate: seat, clause };
            minutes.note(|| Entry::Later { forum: self.forum, day: self.day, event });
        }
        reserved.into_iter().collect()
    }

    /// The day on which a signatory that gains so much will ratify; none where its parliament rejects the text.
    fn ratification(&self, seat: usize, gain: f64, stream: &mut Stream, minutes: &mut Minutes) -> Option<Day> {
        let written = self.scales.forum;
        let member = &written.members[seat];
        let country = &self.scene.scenario.countries[member.country];
        let at_home = AtHome {
            veto_players: country.veto_players,
            ratifiers: member.ratifiers,
            gain,
            scale: written.after.ratification_scale,
        };
        let luck = stream.place(Purpose::Ratification, written.occasion, country.lane);
        let (when, pivot) = (luck.uniform(), luck.uniform());
        let days = if self.at_once { Some(0) } else { days_to_ratify(when, pivot, &at_home, &self.after.0) };
        if days.is_none() {
            let event = Event::Rejected { candidate: seat };
            minutes.note(|| Entry::Later { forum: self.forum, day: self.day, event });
        }
        days.map(|days| self.day.saturating_add(days))
    }
}

/// The clauses that a signatory reserves: those that leave it worse off, the worst first, as many as it may; ties go to
/// the first by `rank`. A reservation must be one the text allows (Vienna Convention, article 19).
fn reserve(worth: &[f64], already: ClauseSet, allowed: &Reservations, rank: impl Fn(usize) -> usize) -> Vec<usize> {
    let open = |clause: &usize| worth[*clause] < -AT_THE_MARGIN && allowed.allowed[*clause] && !already.has(*clause);
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
        assert_eq!(reserve(&worth, ClauseSet::EMPTY, &allowed, |clause| clause), [3, 0]);
        assert_eq!(
            reserve(&worth, ClauseSet::EMPTY, &allowed, |clause| 9 - clause),
            [3, 4],
            "ties are settled by rank"
        );
        assert_eq!(
            reserve(&worth, ClauseSet::of(3), &allowed, |clause| clause),
            [0, 4],
            "what it never took on is not reserved"
        );
    }
}
