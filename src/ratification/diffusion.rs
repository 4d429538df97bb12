//! Diffusion: wishes drift towards texts in force.
//!
//! Parties come to want what they practise; others drift towards what their markets have adopted, the faster the more of
//! the world's weight is party to it (Simmons, Dobbin & Garrett 2006 on learning, competition and emulation). Both rates
//! are judgements. Red lines do not move, and delegations in the middle of talks keep what they were told.

use bevy_ecs::prelude::*;

use super::in_force::{Binding, Briefed, InForce, Treaties, texts};
use super::is_talking;
use crate::maths::{exp, higher, lower};
use crate::quantity::Day;
use crate::scenario::Mechanism;
use crate::world::{
    Clock, Country, Drawn, DrawnAfter, Forum, Instructions, LastSeason, Outsiders, Proceedings, RollCall, Scene,
    candidates,
};

/// Mean length of a year (in days).
const YEAR: f64 = 365.25;

/// Moves the ideal points of every country towards each text in force, for the time since the last season.
#[expect(clippy::too_many_arguments, reason = "a system names what it reads")]
pub fn drift(
    scene: Res<Scene>,
    clock: Res<Clock>,
    last: Res<LastSeason>,
    after: Res<DrawnAfter>,
    treaties: Treaties,
    forums: Query<(&Forum, &Proceedings, &RollCall, Option<&Outsiders>)>,
    countries: Query<(&Country, &Drawn)>,
    mut delegations: Briefed,
) {
    let scenario = &scene.scenario;
    if !scenario.plays(Mechanism::Diffusion) || (after.0.diffusion == 0.0 && after.0.practice == 0.0) {
        return;
    }
    let texts = texts(scenario, clock.today, &treaties, &delegations);
    if texts.is_empty() {
        return;
    }
    let mut capability = vec![0.0; scenario.countries.len()];
    for (country, drawn) in &countries {
        capability[country.0] = drawn.capability;
    }
    let rate = |text| shares_of_the_way(text, &capability, clock.today, last.day, &after.0);
    let rates: Vec<(f64, f64)> = texts.iter().map(rate).collect();
    let mut practised = Pulls::default();
    for (forum, proceedings, roll_call, outsiders) in &forums {
        if is_talking(proceedings) {
            continue;
        }
        let agenda = &scenario.forums[forum.0].agenda;
        let with_words = texts.iter().zip(&rates).map(|(text, &rates)| OnAgenda::of(text, rates, agenda));
        let with_words: Vec<OnAgenda> = with_words.filter(|text| text.words.any).collect();
        if with_words.is_empty() {
            continue;
        }
        let mut all = delegations.iter_many_mut(candidates(roll_call, outsiders));
        while let Some(Ok((delegation, mut instructions))) = all.fetch_next() {
            let country = scenario.forums[forum.0].candidate(delegation.seat).country;
            for OnAgenda { text, practice, words, practised: as_written } in &with_words {
                // Who is bound practises its obligation, others look at the words.
                match &text.parties[country] {
                    None => words.pull(&mut instructions),
                    Some(Binding::AsWritten) => as_written.pull(&mut instructions),
                    Some(Binding::To(obliged)) => {
                        let obliged = agenda.iter().map(|&clause| Some((obliged[clause]?, *practice)));
                        practised.clear();
                        practised.extend(obliged.zip(words.iter()).map(|(obliged, words)| obliged.or(words)));
                        practised.pull(&mut instructions);
                    }
                }
            }
        }
    }
}

/// What a text says on an agenda.
struct OnAgenda<'a> {
    text: &'a InForce,
    /// Share of the way that a party goes.
    practice: f64,
    /// Where it pulls those who are no party.
    words: Pulls,
    /// Where it pulls those who are bound to it as it is written.
    practised: Pulls,
}

impl<'a> OnAgenda<'a> {
    fn of(text: &'a InForce, (practice, diffusion): (f64, f64), agenda: &[usize]) -> Self {
        let by = |share: f64| agenda.iter().map(|&clause| Some((text.text[clause]?, share))).collect();
        OnAgenda { text, practice, words: by(diffusion), practised: by(practice) }
    }
}

/// Where a text pulls the wishes of a country, clause by clause of an agenda: to which point, and by which share of the
/// way; by none where it has nothing on a clause.
#[derive(Default)]
struct Pulls {
    point: Vec<f64>,
    share: Vec<f64>,
    /// Whether it has something on any clause.
    any: bool,
}

impl Pulls {
    fn clear(&mut self) {
        self.point.clear();
        self.share.clear();
    }

    fn iter(&self) -> impl Iterator<Item = Option<(f64, f64)>> {
        self.point.iter().zip(&self.share).map(|(&point, &share)| Some((point, share)))
    }

    /// Moves wishes. A red line that a wish respects stops it.
    fn pull(&self, instructions: &mut Instructions) {
        let Instructions { ideal, floor, ceiling, .. } = instructions;
        let lines = floor.iter().zip(ceiling);
        for ((ideal, (floor, ceiling)), (point, share)) in
            ideal.iter_mut().zip(lines).zip(self.point.iter().zip(&self.share))
        {
            let drifted = *ideal + share * (point - *ideal);
            *ideal = lower(higher(drifted, lower(*floor, *ideal)), higher(*ceiling, *ideal));
        }
    }
}

impl Extend<Option<(f64, f64)>> for Pulls {
    fn extend<Clauses: IntoIterator<Item = Option<(f64, f64)>>>(&mut self, clauses: Clauses) {
        for clause in clauses {
            self.any |= clause.is_some();
            let (point, share) = clause.unwrap_or_default();
            self.point.push(point);
            self.share.push(share);
        }
    }
}

impl FromIterator<Option<(f64, f64)>> for Pulls {
    fn from_iter<Clauses: IntoIterator<Item = Option<(f64, f64)>>>(clauses: Clauses) -> Self {
        let mut pulls = Pulls::default();
        pulls.extend(clauses);
        pulls
    }
}

/// Shares of the way to a text that a party and another country go in the time since the last season [0–1].
fn shares_of_the_way(
    text: &InForce,
    capability: &[f64],
    today: Day,
    last: Option<Day>,
    after: &crate::scenario::AfterParameters<f64>,
) -> (f64, f64) {
    let years = (today - last.map_or(text.since, |last| last.max(text.since))) as f64 / YEAR;
    let total: f64 = capability.iter().sum();
    let within: f64 =
        capability.iter().zip(&text.parties).filter(|(_, party)| party.is_some()).map(|(weight, _)| weight).sum();
    let share = if total > 0.0 { within / total } else { 0.0 };
    let way = |rate: f64| 1.0 - exp(-rate * years);
    (way(after.practice), way(after.diffusion * share))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::AfterParameters;

    #[test]
    fn parties_drift_by_practice_and_others_by_the_weight_that_is_party() {
        let text =
            InForce { forum: 0, since: 0, text: vec![Some(1.0)], parties: vec![Some(Binding::AsWritten), None, None] };
        let after = AfterParameters { practice: 0.04, diffusion: 0.02, ..AfterParameters::default() };
        let (party, other) = shares_of_the_way(&text, &[2.0, 1.0, 1.0], 1_461, None, &after);
        // Four years: 1 − exp(−0.16), and with half of the weight 1 − exp(−0.04).
        assert!((party - 0.147_856_211).abs() < 1e-9 && (other - 0.039_210_561).abs() < 1e-9);
        let (party, _) = shares_of_the_way(&text, &[2.0, 1.0, 1.0], 1_461, Some(1_461), &after);
        assert_eq!(party, 0.0, "no time, no way");
    }
}
