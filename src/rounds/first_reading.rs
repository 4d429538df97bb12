//! The first reading: a clause enters the text only when sponsors put it forward in this forum and carry it.
//!
//! A wish that a country recorded elsewhere is no proposal here: rules on cryptography or artificial intelligence stayed
//! out of texts among countries that had signed them elsewhere. Putting a clause forward costs attention, so a wish
//! becomes a proposal the sooner the more it matters to a delegation against its other wishes, the more it would change,
//! and the more standing the delegation has. That form and its defaults are a judgement; that setting the agenda is
//! power, see Bachrach & Baratz (1962), and in consensus bodies Steinberg (2002).

use bevy_ecs::prelude::*;

use super::brief::draw_places;
use crate::chance::{Chance, Purpose};
use crate::minutes::{Entry, Minutes};
use crate::rules::{Fraction, Unit};
use crate::scenario::{Clause, FirstReading};
use crate::world::{
    Delegation, DrawnParameters, Engagement, Floor, Forum, Instructions, ON_THE_LINE, Proceedings, Record, RollCall,
    RollingText, Scene, Strength,
};

/// Holds the first reading of every forum that has one, in its first round. What is not carried leaves the table for
/// good; what the institution brings along by its template needs no sponsor.
pub fn read_first(
    scene: Res<Scene>,
    chance: Res<Chance>,
    parameters: Res<DrawnParameters>,
    mut forums: Query<(&Forum, &RollCall, &Proceedings, &Floor, &mut RollingText, &mut Record)>,
    delegations: Query<(&Delegation, &Instructions, &Strength)>,
    mut minutes: ResMut<Minutes>,
) {
    for (forum, roll_call, proceedings, floor, mut text, mut record) in &mut forums {
        let written = &scene.scenario.forums[forum.0];
        let Some(reading) = &written.room.first_reading else { continue };
        if proceedings.engagement != Engagement::InSession || proceedings.round != 1 {
            continue;
        }
        let clauses: Vec<&Clause> = written.agenda.iter().map(|&clause| &scene.scenario.clauses[clause]).collect();
        let places = draw_places(&written.agenda, &scene.clause_rank);
        let mut stream = chance.stream();
        let mut readings = vec![Reading::default(); clauses.len()];
        for (delegation, instructions, strength) in delegations.iter_many(roll_call.present()).flatten() {
            let seat = delegation.seat;
            let lane = scene.scenario.countries[written.members[seat].country].lane;
            stream.place(Purpose::Sponsorship, written.occasion, lane);
            for &clause in &places {
                let luck = stream.uniform();
                let (status_quo, say) = (written.status_quo[clause], instructions.say[clause]);
                let lines = (instructions.floor[clause], instructions.ceiling[clause]);
                if refuses(clauses[clause], status_quo, lines, parameters.indifference) {
                    readings[clause].refusing.push(seat);
                    readings[clause].against += say;
                } else if reading.on_record[seat][clause] || {
                    let distance = (instructions.ideal[clause] - status_quo).abs();
                    luck < reading.zeal * instructions.stake[clause] * distance * strength.alone
                } {
                    readings[clause].sponsors.push(seat);
                    readings[clause].say += say;
                }
            }
        }
        for (clause, heard) in readings.into_iter().enumerate() {
            if written.template[clause].is_some() {
                continue;
            }
            let all = floor.say[clause];
            let support = if all > 0.0 { heard.say / all } else { 0.0 };
            let carried = heard.carries(reading, all);
            record.clauses[clause].proposed = carried;
            if !carried {
                text.open.retain(|&open| open != clause);
            }
            let Reading { sponsors, refusing, .. } = heard;
            minutes.note(|| Entry::FirstReading { forum: forum.0, clause, sponsors, support, refusing, carried });
        }
    }
}

/// How a clause was received.
#[derive(Clone, Debug, Default)]
struct Reading {
    sponsors: Vec<usize>,
    /// Say of its sponsors together.
    say: f64,
    refusing: Vec<usize>,
    /// Say of those who refuse it.
    against: f64,
}

impl Reading {
    /// Whether there are sponsors enough, with support enough of all say, and refusals do not outweigh them. Says are
    /// products of capability and salience: they share no unit.
    fn carries(&self, reading: &FirstReading, all: f64) -> bool {
        let supported =
            reading.support.value() == 0.0 || all > 0.0 && Unit::NONE.reaches(self.say, reading.support, all);
        let outweighed = Unit::NONE.exceeds(self.against, Fraction::ONE, self.say);
        self.sponsors.len() >= reading.sponsors && supported && !outweighed
    }
}

/// Whether a delegation refuses to have anything on a clause: its red lines leave no text but the status quo.
fn refuses(clause: &Clause, status_quo: f64, (floor, ceiling): (f64, f64), indifference: f64) -> bool {
    match clause.rungs.is_empty() {
        true => {
            let (below, above) = (status_quo - floor.max(0.0), ceiling.min(1.0) - status_quo);
            below <= indifference && above <= indifference
        }
        false => !clause.rungs.iter().any(|rung| {
            let point = rung.position;
            point != status_quo && point >= floor - ON_THE_LINE && point <= ceiling + ON_THE_LINE
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whose_lines_leave_nothing_but_the_status_quo_refuses() {
        let ladder = Clause::ladder(&[0.0, 0.2, 1.0]);
        assert!(refuses(&ladder, 0.0, (-1.0, 0.1), 0.05), "the first rung already crosses its line");
        assert!(!refuses(&ladder, 0.0, (-1.0, 0.2), 0.05), "the first rung is on its line");
        assert!(!refuses(&ladder, 0.2, (-1.0, 0.2), 0.05), "less than the status quo would do");
        assert!(refuses(&ladder, 0.2, (0.1, 0.3), 0.05), "neither less nor more");
        assert!(!refuses(&ladder, 0.0, (-1.0, 2.0), 0.05), "it has no line");
    }

    #[test]
    fn on_a_continuous_clause_within_indifference_is_nothing() {
        let scale = Clause::ladder(&[]);
        assert!(refuses(&scale, 0.0, (-1.0, 0.05), 0.05));
        assert!(!refuses(&scale, 0.0, (-1.0, 0.06), 0.05));
        assert!(!refuses(&scale, 0.5, (-1.0, 0.5), 0.05));
    }

    #[test]
    fn a_clause_needs_sponsors_and_support_and_no_outweighing_refusal() {
        let support = Fraction::of(0.25).unwrap();
        let asked = FirstReading { sponsors: 2, support, zeal: 1.0, on_record: Vec::new() };
        let heard = |sponsors: usize, say: f64, against: f64| Reading {
            sponsors: (0..sponsors).collect(),
            say,
            refusing: Vec::new(),
            against,
        };
        assert!(heard(2, 1.0, 1.0).carries(&asked, 4.0), "a refusal of equal weight does not outweigh");
        assert!(heard(2, 0.3, 0.1 + 0.2).carries(&asked, 1.2), "nor does one that is more by rounding");
        assert!(!heard(1, 1.0, 0.0).carries(&asked, 4.0));
        assert!(!heard(2, 1.0, 0.0).carries(&asked, 4.1));
        assert!(!heard(2, 1.0, 1.5).carries(&asked, 4.0));
    }
}
