//! Accession: countries that did not sign apply, and the parties decide whom they admit.
//!
//! A country applies once the text is open to it and worth more to it than a threshold. Its accession takes a Weibull lag
//! like ratification, with a longer median (a judgement: the United Kingdom's accession to the Pacific partnership took
//! from February 2021 to December 2024, that of Korea to the Digital Economy Partnership from September 2021 to May 2024).
//! At its end every party compares the text with what the applicant does or wants: it objects with odds that grow with
//! the gap and with its own standing, as delegations do in talks (a judgement, after the dispute over China's and Taiwan's
//! applications of 2021, where standards are the ground that parties give). Pairs may be stated where a party objects
//! whatever the applicant does.

use bevy_ecs::prelude::*;

use super::candidates::{self, Delegations};
use super::domestic::{lag, whole_days};
use super::pairs::Pairs;
use super::worth::{Scales, gap};
use crate::chance::{Chance, Purpose};
use crate::minutes::{Entry, Event, Minutes};
use crate::quantity::{Date, Day};
use crate::rounds::brief::resolve;
use crate::rules::Tally;
use crate::scenario::Mechanism;
use crate::world::{Clock, DrawnAfter, DrawnParameters, Forum, Outsiders, RollCall, Scene, Strength, Treaty};

/// Days before a refused country applies again: three years, a judgement.
const PATIENCE: Day = 1_096;

/// Hears applications that are due, and takes new ones.
#[expect(clippy::too_many_arguments, reason = "a system names what it reads")]
pub fn accede(
    scene: Res<Scene>,
    chance: Res<Chance>,
    clock: Res<Clock>,
    parameters: Res<DrawnParameters>,
    after: Res<DrawnAfter>,
    mut forums: Query<(&Forum, &RollCall, Option<&Outsiders>, &mut Treaty)>,
    delegations: Delegations,
    mut minutes: ResMut<Minutes>,
) {
    let scenario = &scene.scenario;
    if !scenario.plays(Mechanism::Accession) {
        return;
    }
    let today = clock.today;
    let mut stream = chance.stream();
    for (forum, roll_call, outsiders, mut treaty) in &mut forums {
        let written = &scenario.forums[forum.0];
        let Some(accession) = &written.after.accession else { continue };
        let opens = accession.opens.map(Date::day).or(treaty.in_force);
        let Some(opens) = opens.filter(|&day| day <= today && treaty.signed.is_some()) else { continue };
        let there = candidates::of(&delegations, roll_call, outsiders);
        let scales = Scales::of(scenario, forum.0, &parameters, &treaty.exceptions);
        for candidate in 0..written.candidates() {
            let member = written.candidate(candidate);
            let standing = treaty.standing[candidate];
            let may = written.may_be_bound(candidate);
            let away = candidate < written.members.len() && !roll_call.is_present(candidate);
            if !may || away || standing.signed.is_some() || standing.deposit.is_some() {
                continue;
            }
            let (instructions, strength) = there[candidate];
            let lane = scenario.countries[member.country].lane;
            let (occasion, again) = (written.occasion, usize::from(standing.refused) % Chance::ROOM);
            let worth = || scales.gain(&treaty.text, 0, member, instructions, strength);
            let pairs = Pairs { scenario, scales: &scales, text: &treaty.text, there: &there };
            let Some(day) = standing.hearing else {
                // Most have a red line in the way, which is seen sooner than what the text is worth.
                if standing.again > today || scales.crosses(&treaty.text, 0, instructions) {
                    continue;
                }
                let is_party =
                    |party: usize| treaty.standing[party].is_bound(today) && !pairs.is_stated(candidate, party);
                let gain = worth() + scales.company(scenario, member.country, is_party);
                if gain > after.0.accession_threshold {
                    let luck = stream.place(Purpose::Accession, occasion, lane).skip(again).uniform();
                    let takes = lag(luck, 1, after.0.accession_days, after.0.ratification_shape);
                    let applied = today.max(opens);
                    treaty.standing[candidate].hearing = Some(applied.saturating_add(whole_days(takes)));
                    let event = Event::Applied { candidate };
                    minutes.note(|| Entry::Later { forum: forum.0, day: applied, event });
                }
                continue;
            };
            if day > today {
                continue;
            }
            let worth = worth();
            let asked = scales.obligations(&treaty.text, instructions);
            let mut tally = Tally::default();
            let (mut objecting, mut apart) = (Vec::new(), Vec::new());
            for party in (0..written.candidates()).filter(|&party| treaty.standing[party].is_bound(day)) {
                let (party_instructions, party_strength) = there[party];
                let country = written.candidate(party).country;
                let luck = stream.place(Purpose::Accession, occasion, pair(lane, scenario.countries[country].lane));
                let holds_back = resolve(luck.skip(again).uniform(), parameters.assertiveness);
                let pressure = gap(&asked, member, instructions, party_instructions) * party_strength.alone;
                let objects = accession.opposed.contains(&(member.country, country)) || pressure > holds_back;
                // It may let the applicant in, and have nothing to do with it.
                let instead = objects && written.after.non_application.as_ref().is_some_and(|terms| terms.instead);
                let objects = objects && !instead;
                if instead || pairs.declares(party, candidate) {
                    apart.push((party, candidate));
                }
                if pairs.declares(candidate, party) {
                    apart.push((candidate, party));
                }
                count(&mut tally, party_strength, objects, written.candidate(party).veto);
                if objects {
                    objecting.push(party);
                }
            }
            let parties = (0..written.candidates()).filter(|&party| treaty.standing[party].is_bound(day));
            tally.unit = written.weights.unit_of(parties.map(|party| (party, there[party].1.weight)));
            let admitted = tally.members > 0 && accession.rule.passes(&tally);
            let applies = |party: usize| !apart.iter().any(|&(one, other)| one == party || other == party);
            let parties = |party: usize| treaty.standing[party].is_bound(day) && applies(party);
            let gain = worth + scales.company(scenario, member.country, parties);
            if admitted {
                for &(who, against) in &apart {
                    treaty.set_apart(who, against);
                    let event = Event::Apart { candidate: who, against };
                    minutes.note(|| Entry::Later { forum: forum.0, day, event });
                }
            }
            let standing = &mut treaty.standing[candidate];
            standing.hearing = None;
            if admitted {
                standing.accedes = true;
                standing.told = true;
                standing.deposit = Some(day);
                (standing.accepted_with, standing.worth_then) = (gain, worth);
                minutes.note(|| Entry::Later { forum: forum.0, day, event: Event::Acceded { candidate } });
            } else {
                standing.refused = standing.refused.saturating_add(1);
                standing.again = day.saturating_add(PATIENCE);
                let event = Event::Refused { candidate, objecting };
                minutes.note(|| Entry::Later { forum: forum.0, day, event });
            }
        }
    }
}

fn count(tally: &mut Tally, strength: &Strength, objects: bool, veto: bool) {
    tally.members += 1;
    tally.weight += strength.weight;
    if objects {
        tally.objecting += 1;
        tally.objecting_weight += strength.weight;
        tally.vetoes += u32::from(veto);
    } else {
        tally.accepting += 1;
        tally.accepting_weight += strength.weight;
    }
}

/// The lane of a draw that belongs to two countries.
fn pair(applicant: u32, party: u32) -> u32 {
    applicant.rotate_left(16) ^ party
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_of_countries_has_draws_of_its_own() {
        let [one, other, third] = [3_133_558_673, 17, 99_999];
        assert_ne!(pair(one, other), pair(other, one));
        assert_ne!(pair(one, other), pair(one, third));
    }

    #[test]
    fn parties_that_do_not_object_accept() {
        let mut tally = Tally::default();
        let strength = Strength { weight: 2.0, ..Strength::default() };
        count(&mut tally, &strength, false, true);
        count(&mut tally, &strength, true, false);
        assert_eq!((tally.members, tally.accepting, tally.objecting, tally.vetoes), (2, 1, 1, 0));
        assert_eq!((tally.weight, tally.accepting_weight), (4.0, 2.0));
    }
}
