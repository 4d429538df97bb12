//! Bearings: how each delegation stands to the text on the table. Simultaneous; only where the text has moved.
//!
//! What a delegation will say, when it will accept and when it would object follow from the text, its instructions and
//! two numbers that change every round, its concession level and the company it has. Texts move seldom: what depends on
//! them alone is worked out once, here, so that a round is a few passes of sums and comparisons.

use bevy_ecs::prelude::*;

use super::objection::{AT_A_RED_LINE, objects_beyond};
use crate::world::{Bearing, Bearings, Instructions, ON_THE_LINE, Positions, RollCall, RollingText, Scales};

/// Takes the bearings of every delegation towards the clauses whose text has moved.
pub fn take_bearings(
    mut forums: Query<(&RollCall, &mut RollingText, &Positions, &Scales, &mut Bearings)>,
    delegations: Query<&Instructions>,
) {
    for (roll_call, mut text, positions, scales, mut bearings) in &mut forums {
        if text.moved.is_empty() {
            continue;
        }
        let seats = roll_call.present_seats().iter().zip(delegations.iter_many(roll_call.present()).flatten());
        for (&seat, instructions) in seats {
            let carries = Seat::of(scales, seat);
            for &clause in &text.moved {
                let aim = positions.aim.at(seat, clause);
                bearings.take(seat, clause, retake(&text, carries, instructions, aim, clause));
            }
        }
        text.moved.clear();
    }
}

/// What a seat carries when it objects.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seat {
    /// Standing when it objects alone [0–1].
    pub alone: f64,
    /// Its own share of the weight [0–1].
    pub own: f64,
}

impl Seat {
    pub fn of(scales: &Scales, seat: usize) -> Self {
        Seat { alone: scales.alone[seat], own: scales.own[seat] }
    }
}

/// How a delegation that pursues `aim` stands to the text of a clause.
///
/// A delegation accepts a draft that is as good for it as what it would itself say next (Faratin, Sierra & Jennings
/// 1998): once its next position would be the same text. Its odds of objecting grow with stake × distance × standing.
pub(super) fn retake(text: &RollingText, seat: Seat, instructions: &Instructions, aim: f64, clause: usize) -> Bearing {
    let point = text.point[clause];
    let (floor, ceiling) = (instructions.floor[clause], instructions.ceiling[clause]);
    let reach = point.max(floor).min(ceiling);
    let way = instructions.give[clause] * (reach - aim);
    if (floor - point).max(point - ceiling) > ON_THE_LINE {
        return Bearing { way, accepts_at: f64::INFINITY, objects_beyond: AT_A_RED_LINE };
    }
    let short_of_the_text = (text.low[clause] - aim).max(aim - text.high[clause]);
    let accepts_at = match short_of_the_text > 0.0 {
        true if way == 0.0 => f64::INFINITY,
        true => short_of_the_text / way.abs(),
        false => 0.0,
    };
    let pressure = instructions.stake[clause] * (point - aim).abs();
    let objects_beyond = match pressure > 0.0 {
        true => objects_beyond(instructions.resolve[clause] / pressure, seat.alone, seat.own),
        false => f64::INFINITY,
    };
    Bearing { way, accepts_at, objects_beyond }
}

#[cfg(test)]
mod tests {
    use super::super::objection::ALONE;
    use super::*;

    fn text(point: f64) -> RollingText {
        let one = |value: f64| vec![value].into_boxed_slice();
        RollingText { point: one(point), low: one(point - 0.1), high: one(point + 0.1), ..RollingText::default() }
    }

    fn wants(ideal: f64, give: f64, floor: f64, ceiling: f64) -> Instructions {
        let one = |value: f64| vec![value].into_boxed_slice();
        Instructions {
            ideal: one(ideal),
            salience: one(1.0),
            stake: one(0.5),
            floor: one(floor),
            ceiling: one(ceiling),
            bound: one(0.0),
            give: one(give),
            say: one(1.0),
            resolve: one(0.2),
            package_resolve: 1.0,
            reservation: 0.0,
            total_salience: 1.0,
            stakes: 1.0,
        }
    }

    /// Towards a text at 0.8, of a delegation that pursues what it wants.
    fn bearing(wants: &Instructions, alone: f64) -> (f64, f64, f64) {
        let bearing = retake(&text(0.8), Seat { alone, own: 0.1 }, wants, wants.ideal[0], 0);
        (bearing.way, bearing.accepts_at, bearing.objects_beyond)
    }

    #[test]
    fn it_accepts_when_its_next_position_would_be_the_text() {
        // Half of the way of 0.8 is given at full concession; the text begins 0.7 away.
        let (way, accepts_at, _) = bearing(&wants(0.0, 0.5, -1.0, 2.0), 1.0);
        assert_eq!((way, accepts_at), (0.4, 0.7000000000000001 / 0.4));
        assert_eq!(bearing(&wants(0.75, 0.5, -1.0, 2.0), 1.0).1, 0.0, "it already says the text");
        assert_eq!(bearing(&wants(0.0, 0.0, -1.0, 2.0), 1.0).1, f64::INFINITY, "it gives nothing");
    }

    #[test]
    fn it_objects_when_pressure_times_standing_exceeds_its_resolve() {
        // Stake 0.5 times distance 0.8 is a pressure of 0.4; the resolve of 0.2 is exceeded beyond a standing of 0.5.
        // Who has 0.2 alone needs company of 0.375 for that, beside its own weight of 0.1.
        let (_, _, beyond) = bearing(&wants(0.0, 0.5, -1.0, 2.0), 0.2);
        assert!((beyond - 0.475).abs() < 1e-15, "{beyond}");
        assert_eq!(bearing(&wants(0.0, 0.5, -1.0, 2.0), 0.6).2, ALONE, "it needs nobody");
        assert_eq!(bearing(&wants(0.8, 0.5, -1.0, 2.0), 0.6).2, f64::INFINITY, "it has nothing against its own wish");
    }

    #[test]
    fn a_crossed_red_line_is_never_accepted_and_always_objected_to() {
        let (way, accepts_at, objects_beyond) = bearing(&wants(0.1, 1.0, -1.0, 0.5), 0.2);
        assert_eq!((way, accepts_at, objects_beyond), (0.4, f64::INFINITY, AT_A_RED_LINE), "it goes to its line");
        // On its line it goes all the way of 0.7, of which 0.6 bring it into the text.
        let accepts_at = bearing(&wants(0.1, 1.0, -1.0, 0.8), 0.2).1;
        assert!((accepts_at - 0.6 / 0.7).abs() < 1e-12);
    }
}
