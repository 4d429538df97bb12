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
use crate::chance::{Chance, Purpose, Stream};
use crate::clause_set::ClauseSet;
use crate::minutes::{Entry, Event, Minutes};
use crate::quantity::{Date, Day};
use crate::rounds::brief::resolve;
use crate::rules::{Stand, Tally};
use crate::scenario::after::Accession;
use crate::scenario::{AfterParameters, Mechanism, Scenario};
use crate::world::{
    Clock, DrawnAfter, DrawnParameters, Forum, Instructions, Outsiders, RollCall, Scene, Strength, Treaty,
};

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
        let Some(terms) = &written.after.accession else { continue };
        let opens = terms.opens.map(Date::day).or(treaty.in_force);
        let Some(opens) = opens.filter(|&day| day <= today && treaty.signed.is_some()) else { continue };
        let there = candidates::of(&delegations, roll_call, outsiders);
        let scales = Scales::of(scenario, forum.0, &parameters, &treaty.exceptions);
        let (after, assertiveness) = (&after.0, parameters.assertiveness);
        let accessions = Accessions { scenario, forum: forum.0, terms, after, assertiveness, scales, there };
        for candidate in 0..written.candidates() {
            if !accessions.concerns(candidate, &treaty, roll_call) {
                continue;
            }
            match treaty.standing[candidate].hearing {
                None => accessions.apply(candidate, today, opens, &mut treaty, &mut stream, &mut minutes),
                Some(day) if day <= today => {
                    let verdict = accessions.hear(candidate, day, &treaty, &mut stream);
                    accessions.conclude(candidate, day, verdict, &mut treaty, &mut minutes);
                }
                Some(_) => {}
            }
        }
    }
}

/// The applications to one text, and all that decides on them.
struct Accessions<'a> {
    scenario: &'a Scenario,
    forum: usize,
    terms: &'a Accession,
    after: &'a AfterParameters<f64>,
    /// How ready parties are to object (a mean of their resolve).
    assertiveness: f64,
    scales: Scales<'a>,
    there: Vec<(&'a Instructions, &'a Strength)>,
}

/// What the parties say to an application.
struct Verdict {
    admitted: bool,
    /// Parties that object.
    objecting: Vec<usize>,
    /// Who declares that the text does not apply between it and whom.
    apart: Vec<(usize, usize)>,
    /// What the text alone is worth to the applicant (in utility).
    worth: f64,
    /// The same in the company of the parties between which and it the text applies.
    gain: f64,
}

impl Accessions<'_> {
    fn written(&self) -> &crate::scenario::Forum {
        self.scales.forum
    }

    fn pairs<'b>(&'b self, treaty: &'b Treaty) -> Pairs<'b> {
        Pairs { scenario: self.scenario, scales: &self.scales, text: &treaty.text, there: &self.there }
    }

    /// Worth of the text to a candidate, whoever is party to it (in utility).
    fn worth(&self, candidate: usize, treaty: &Treaty) -> f64 {
        let (instructions, strength) = self.there[candidate];
        self.scales.gain(&treaty.text, ClauseSet::EMPTY, self.written().candidate(candidate), instructions, strength)
    }

    /// The occasion on which a candidate draws: the application after those that were refused.
    fn attempt(candidate: usize, treaty: &Treaty) -> usize {
        usize::from(treaty.standing[candidate].refused) % Chance::ROOM
    }

    fn lane(&self, candidate: usize) -> u32 {
        self.scenario.countries[self.written().candidate(candidate).country].lane
    }

    /// Whether a candidate may be bound, is not away, and has neither signed nor acceded.
    fn concerns(&self, candidate: usize, treaty: &Treaty, roll_call: &RollCall) -> bool {
        let (written, standing) = (self.written(), &treaty.standing[candidate]);
        let away = candidate < written.members.len() && !roll_call.is_present(candidate);
        written.may_be_bound(candidate) && !away && standing.signed.is_none() && standing.deposit.is_none()
    }

    /// Has a candidate apply, where the text is worth it.
    fn apply(
        &self,
        candidate: usize,
        today: Day,
        opens: Day,
        treaty: &mut Treaty,
        stream: &mut Stream,
        minutes: &mut Minutes,
    ) {
        let (instructions, _) = self.there[candidate];
        // Most have a red line in the way, which is seen sooner than what the text is worth.
        if treaty.standing[candidate].again > today || self.scales.crosses(&treaty.text, ClauseSet::EMPTY, instructions)
        {
            return;
        }
        let pairs = self.pairs(treaty);
        let is_party = |party: usize| treaty.standing[party].is_bound(today) && !pairs.is_stated(candidate, party);
        let country = self.written().candidate(candidate).country;
        let gain = self.worth(candidate, treaty) + self.scales.company(self.scenario, country, is_party);
        if gain > self.after.accession_threshold {
            let luck = stream.place(Purpose::Accession, self.written().occasion, self.lane(candidate));
            let luck = luck.skip(Self::attempt(candidate, treaty)).uniform();
            let takes = lag(luck, 1, self.after.accession_days, self.after.ratification_shape);
            let applied = today.max(opens);
            treaty.standing[candidate].hearing = Some(applied.saturating_add(whole_days(takes)));
            let event = Event::Applied { candidate };
            minutes.note(|| Entry::Later { forum: self.forum, day: applied, event });
        }
    }

    /// Has the parties decide on an application, without acting on it.
    fn hear(&self, candidate: usize, day: Day, treaty: &Treaty, stream: &mut Stream) -> Verdict {
        let (written, pairs) = (self.written(), self.pairs(treaty));
        let country = written.candidate(candidate).country;
        let asked = self.scales.obligations(&treaty.text, self.there[candidate].0);
        let again = Self::attempt(candidate, treaty);
        let is_party = |party: usize| treaty.standing[party].is_bound(day);
        let parties: Vec<usize> = (0..written.candidates()).filter(|&party| is_party(party)).collect();
        let weight = |party: usize| self.there[party].1.weight;
        let unit = written.weights.unit_of(parties.iter().map(|&party| (party, weight(party))));
        let total = parties.iter().fold(0.0, |sum, &party| sum + weight(party));
        let mut tally = Tally::among(parties.len() as u32, total, unit);
        let (mut objecting, mut apart) = (Vec::new(), Vec::new());
        for &party in &parties {
            let lane = pair(self.lane(candidate), self.lane(party));
            let luck = stream.place(Purpose::Accession, written.occasion, lane).skip(again).uniform();
            let objects = self.objects(party, candidate, &asked, luck);
            // It may let the applicant in, and have nothing to do with it.
            let instead = objects && written.after.non_application.as_ref().is_some_and(|terms| terms.instead);
            let objects = objects && !instead;
            if instead || pairs.declares(party, candidate) {
                apart.push((party, candidate));
            }
            if pairs.declares(candidate, party) {
                apart.push((candidate, party));
            }
            let stand = if objects { Stand::Objects } else { Stand::Accepts };
            tally.add(stand, weight(party), written.candidate(party).veto);
            if objects {
                objecting.push(party);
            }
        }
        let admitted = tally.members > 0 && self.terms.rule.passes(&tally);
        let applies = |party: usize| !apart.iter().any(|&(one, other)| one == party || other == party);
        let worth = self.worth(candidate, treaty);
        let company = self.scales.company(self.scenario, country, |party| is_party(party) && applies(party));
        Verdict { admitted, objecting, apart, worth, gain: worth + company }
    }

    /// Whether a party objects to an applicant, by its luck: stated, or where the applicant falls too short of the text.
    fn objects(&self, party: usize, candidate: usize, asked: &[Option<f64>], luck: f64) -> bool {
        let (applicant, country) = (self.written().candidate(candidate), self.written().candidate(party).country);
        let (wants, (eyes, strength)) = (self.there[candidate].0, self.there[party]);
        let pressure = gap(asked, applicant, wants, eyes) * strength.alone;
        self.terms.opposed.contains(&(applicant.country, country)) || pressure > resolve(luck, self.assertiveness)
    }

    /// Admits an applicant or sends it away.
    fn conclude(&self, candidate: usize, day: Day, verdict: Verdict, treaty: &mut Treaty, minutes: &mut Minutes) {
        let Verdict { admitted, objecting, apart, worth, gain } = verdict;
        let forum = self.forum;
        if admitted {
            for (who, against) in apart {
                treaty.set_apart(who, against);
                let event = Event::Apart { candidate: who, against };
                minutes.note(|| Entry::Later { forum, day, event });
            }
        }
        let standing = &mut treaty.standing[candidate];
        standing.hearing = None;
        if admitted {
            standing.accedes = true;
            standing.told = true;
            standing.deposit = Some(day);
            (standing.accepted_with, standing.worth_then) = (gain, worth);
            minutes.note(|| Entry::Later { forum, day, event: Event::Acceded { candidate } });
        } else {
            standing.refused = standing.refused.saturating_add(1);
            standing.again = day.saturating_add(PATIENCE);
            let event = Event::Refused { candidate, objecting };
            minutes.note(|| Entry::Later { forum, day, event });
        }
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
}
