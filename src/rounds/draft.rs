//! Draft: the chair consolidates stated positions into the rolling text.

use bevy_ecs::prelude::*;

use super::best_text::{self, Adopted};
use super::ratchet;
use crate::minutes::{Entry, Minutes};
use crate::rules::{Fraction, Unit, weighted_quantile};
use crate::scenario::{self, Chair, ChairMode, Consolidation, Precedent};
use crate::world::{
    Cell, Clock, DrawnParameters, Engagement, Floor, Forum, Lane, Positions, Proceedings, Record, RollCall,
    RollingText, Scales, Scene, TILE, Treaty, tiles_with,
};

/// What became of the talks of every forum.
type Elsewhere<'w, 's> = Query<'w, 's, (&'static Forum, &'static Proceedings, &'static Record, &'static Treaty)>;

/// What is said in a forum, and what the chair makes of it.
type Halls<'w, 's> = Query<
    'w,
    's,
    (
        &'static Forum,
        &'static RollCall,
        &'static Proceedings,
        Ref<'static, Positions>,
        &'static Scales,
        &'static mut RollingText,
        &'static mut Floor,
    ),
>;

/// Writes the text of every clause in brackets, snapped to a rung, and decides whether to put it forward.
///
/// An institution's template stands in for the mean of the members. A manipulating chair pulls the text towards its
/// own ideal point. A passive chair puts text forward only where more than half of the weight already says it.
pub fn draft(
    scene: Res<Scene>,
    parameters: Res<DrawnParameters>,
    mut forums: Halls,
    elsewhere: Elsewhere,
    clock: Res<Clock>,
    mut minutes: ResMut<Minutes>,
) {
    for (forum, roll_call, proceedings, positions, scales, mut text, mut floor) in &mut forums {
        if proceedings.engagement != Engagement::InSession {
            continue;
        }
        let written = &scene.scenario.forums[forum.0];
        let seats = roll_call.present_seats();
        if floor.heard_at != Some(positions.last_changed()) {
            for tile in tiles_with(text.open.iter().copied().collect()) {
                floor.heard[tile] = hear(positions.stated.tile(tile), positions.say.tile(tile), seats);
            }
        }
        let drafting = Drafting {
            forum: forum.0,
            written,
            seats,
            positions: &positions,
            floor: &floor,
            best: best_texts(&scene, &clock, &elsewhere, forum.0, (roll_call, proceedings.round)),
        };
        let mut said = Vec::new();
        for at in 0..text.open.len() {
            let clause = text.open[at];
            let consolidated = drafting.consolidated(clause, text.point[clause], &mut said);
            let consolidated = match &written.room.precedent {
                Some(precedent) if proceedings.round == 1 && floor.say[clause] > 0.0 => {
                    drafting.first_draft(clause, consolidated, precedent, &mut minutes)
                }
                _ => consolidated,
            };
            let wanted = match chair_aim(&written.chair, roll_call, &positions, clause) {
                Some((aim, bias)) => consolidated + bias * (aim - consolidated),
                None => consolidated,
            };
            let definition = &scene.scenario.clauses[written.agenda[clause]];
            let point = definition.snap(wanted.clamp(0.0, 1.0));
            let moved = point != text.point[clause] || proceedings.round == 1;
            if moved {
                text.write(clause, point, Cell::around(definition, point, parameters.indifference));
            }
            let forward = written.chair.mode != ChairMode::Passive || written.template[clause].is_some() || {
                let says_it = |seat: &&usize| text.cell(clause).holds(positions.stated.at(**seat, clause));
                // That the floor agrees is for those to say who decide.
                most(roll_call.deciding_seats().iter().filter(says_it).map(|&seat| scales.weight[seat]), proceedings)
            };
            if forward && (moved || !text.tabled[clause]) {
                minutes.note(|| Entry::Drafted { forum: forum.0, clause, point });
            }
            text.tabled[clause] = forward;
        }
    }
}

/// What the texts of a forum are drafted from.
struct Drafting<'a> {
    forum: usize,
    written: &'a scenario::Forum,
    /// Who is there.
    seats: &'a [usize],
    positions: &'a Positions,
    floor: &'a Floor,
    /// What was adopted elsewhere, and the countries that are here to have had a part in it.
    best: (Vec<Adopted>, Vec<usize>),
}

impl Drafting<'_> {
    /// What the statements on a clause come to, or the template that stands in for them; the text as it is where nobody
    /// cares.
    fn consolidated(&self, clause: usize, as_it_is: f64, said: &mut Vec<(f64, f64)>) -> f64 {
        let Drafting { written, seats, positions, floor, .. } = self;
        match (written.template[clause], written.chair.consolidation) {
            (Some(template), _) => template,
            (None, Consolidation::WeightedMean) if floor.say[clause] > 0.0 => {
                floor.heard.as_flattened()[clause] / floor.say[clause]
            }
            (None, Consolidation::WeightedMedian) if floor.say[clause] > 0.0 => {
                said.clear();
                said.extend(
                    seats.iter().map(|&seat| (positions.stated.at(seat, clause), positions.say.at(seat, clause))),
                );
                weighted_median(said)
            }
            // Nobody cares: nothing moves.
            _ => as_it_is,
        }
    }

    /// The first draft of a clause that some care about, where precedent counts: pulled by earlier texts, and by the best
    /// so far.
    fn first_draft(&self, clause: usize, consolidated: f64, precedent: &Precedent, minutes: &mut Minutes) -> f64 {
        if self.written.template[clause].is_some() {
            return consolidated;
        }
        let status_quo = self.written.status_quo[clause];
        let stated = ratchet::first_draft(consolidated, precedent, clause, status_quo);
        let (adopted, here) = &self.best;
        let best = best_text::best(adopted, self.written.agenda[clause], status_quo, here);
        let built = best
            .map(|(point, from)| (ratchet::pulled(consolidated, point, status_quo, precedent.ratchet), point, from));
        // Whichever leads further from the status quo, the stated text or the best so far.
        match built.filter(|built| (built.0 - status_quo).abs() > (stated - status_quo).abs()) {
            Some((draft, point, from)) => {
                minutes.note(|| Entry::BuiltOn { forum: self.forum, clause, point, from });
                draft
            }
            None => stated,
        }
    }
}

/// In the first round of a forum that asks for the best text so far: what other forums have adopted, and the countries of
/// its members that are there. Nothing otherwise.
fn best_texts(
    scene: &Scene,
    clock: &Clock,
    elsewhere: &Elsewhere,
    forum: usize,
    (roll_call, round): (&RollCall, u32),
) -> (Vec<Adopted>, Vec<usize>) {
    let written = &scene.scenario.forums[forum];
    let so_far = written.room.precedent.as_ref().is_some_and(|precedent| precedent.so_far);
    if !so_far || round != 1 {
        return (Vec::new(), Vec::new());
    }
    let here = (0..written.members.len()).filter(|&seat| roll_call.is_present(seat));
    let here: Vec<usize> = here.map(|seat| written.members[seat].country).collect();
    let adopted = if here.is_empty() { Vec::new() } else { texts(scene, clock, elsewhere, forum) };
    (adopted, here)
}

/// What forums other than this one have adopted by today, in the scenario's order.
fn texts(scene: &Scene, clock: &Clock, elsewhere: &Elsewhere, here: usize) -> Vec<Adopted> {
    let mut others: Vec<_> = elsewhere.iter().filter(|(forum, ..)| forum.0 != here).collect();
    others.sort_by_key(|(forum, ..)| forum.0);
    let text = |(forum, proceedings, record, treaty): (&Forum, &Proceedings, &Record, &Treaty)| {
        Adopted::by(&scene.scenario, forum.0, proceedings.engagement, record, treaty, clock.today)
    };
    others.into_iter().filter_map(text).collect()
}

/// What the seats say on the clauses of a tile, added up by the weight it has in the chair's hands.
fn hear(stated: &[Lane], say: &[Lane], seats: &[usize]) -> Lane {
    let mut heard = [0.0; TILE];
    for &seat in seats {
        let (stated, say) = (&stated[seat], &say[seat]);
        for clause in 0..TILE {
            heard[clause] += say[clause] * stated[clause];
        }
    }
    heard
}

/// The first point at which half of the weight is reached (Black 1958; weighted as by Bueno de Mesquita).
fn weighted_median(said: &mut [(f64, f64)]) -> f64 {
    said.sort_by(|a, b| a.0.total_cmp(&b.0));
    // Products of capability and salience: they share no unit.
    let middle = weighted_quantile(said, Fraction::HALF, Unit::NONE);
    middle.unwrap_or_else(|| said.last().map_or(0.0, |&(point, _)| point))
}

/// What a chair that pulls pursues, and how hard it pulls.
fn chair_aim(chair: &Chair, roll_call: &RollCall, positions: &Positions, clause: usize) -> Option<(f64, f64)> {
    let ChairMode::Manipulator { bias } = chair.mode else {
        return None;
    };
    let seat = chair.seat.filter(|&seat| roll_call.is_present(seat))?;
    Some((positions.aim.at(seat, clause), bias))
}

/// Whether these weights are more than half of all.
fn most(weights: impl Iterator<Item = f64>, proceedings: &Proceedings) -> bool {
    proceedings.unit.exceeds(weights.fold(0.0, |sum, weight| sum + weight), Fraction::HALF, proceedings.total_weight)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weighted_median_is_the_first_point_at_half_of_the_weight() {
        assert_eq!(weighted_median(&mut [(0.0, 1.0), (1.0, 1.0), (0.5, 1.0)]), 0.5);
        assert_eq!(weighted_median(&mut [(0.0, 1.0), (1.0, 1.0)]), 0.0);
        assert_eq!(weighted_median(&mut [(0.0, 0.0), (1.0, 3.0), (0.2, 1.0)]), 1.0);
        assert_eq!(weighted_median(&mut []), 0.0);
    }

    #[test]
    fn a_tie_of_decimal_weights_is_decided_the_same_whoever_is_heard_first() {
        // Half of the weight is reached exactly at 0.2, though 0.7 + 0.1 rounds to less than 0.8.
        for said in [
            [(0.0, 0.7), (0.2, 0.1), (1.0, 0.8)],
            [(1.0, 0.8), (0.2, 0.1), (0.0, 0.7)],
            [(0.2, 0.7), (0.2, 0.1), (1.0, 0.8)],
            [(0.2, 0.1), (1.0, 0.8), (0.2, 0.7)],
            [(0.1, 0.6), (0.2, 0.3), (1.0, 0.9)],
        ] {
            let mut heard = said;
            assert_eq!(weighted_median(&mut heard), 0.2, "{said:?}");
        }
        assert_eq!(weighted_median(&mut [(0.0, 0.7), (0.2, 0.0999), (1.0, 0.8)]), 1.0, "no tie");
    }
}
