//! Bearings: how each delegation stands to the text on the table. Simultaneous; only where the text has moved.
//!
//! What a delegation will say, when it will accept and when it would object follow from the text, its instructions and
//! two numbers that change every round, its concession level and the company it has. Texts move seldom: what depends on
//! them alone is worked out once, here, so that a round is a few passes of sums and comparisons.

use bevy_ecs::prelude::*;

use crate::world::{Bearing, Instructions, ON_THE_LINE, RollCall, RollingText};

/// Takes the bearings of every delegation towards the clauses whose text has moved.
pub fn take_bearings(
    mut forums: Query<(&RollCall, &mut RollingText)>,
    mut delegations: Query<(&Instructions, &mut Bearing)>,
) {
    for (roll_call, mut text) in &mut forums {
        if text.moved.is_empty() {
            continue;
        }
        let mut seats = delegations.iter_many_mut(roll_call.seats());
        while let Some(Ok((instructions, mut bearing))) = seats.fetch_next() {
            for &clause in &text.moved {
                let (way, accepts_at, objects_beyond) = towards(&text, instructions, clause);
                bearing.way[clause] = way;
                bearing.accepts_at[clause] = accepts_at;
                bearing.objects_beyond[clause] = objects_beyond;
            }
        }
        text.moved.clear();
    }
}

/// The bearing of one delegation towards one clause: the way it has to go, the concession level at which it accepts,
/// and the standing beyond which it objects while it does not.
///
/// It accepts a draft that is as good for it as what it would itself say next (Faratin, Sierra & Jennings 1998): once
/// its next position would be the same text. Its odds of objecting grow with stake × distance × standing.
fn towards(text: &RollingText, instructions: &Instructions, clause: usize) -> (f64, f64, f64) {
    let (point, ideal) = (text.point[clause], instructions.ideal[clause]);
    let (floor, ceiling) = (instructions.floor[clause], instructions.ceiling[clause]);
    let reach = point.max(floor).min(ceiling);
    let way = instructions.give[clause] * (reach - ideal);
    if (floor - point).max(point - ceiling) > ON_THE_LINE {
        return (way, f64::INFINITY, -1.0);
    }
    let short_of_the_text = (text.low[clause] - ideal).max(ideal - text.high[clause]);
    let accepts_at = match short_of_the_text > 0.0 {
        true if way == 0.0 => f64::INFINITY,
        true => short_of_the_text / way.abs(),
        false => 0.0,
    };
    let pressure = instructions.stake[clause] * (point - ideal).abs();
    let objects_beyond = if pressure > 0.0 { instructions.resolve[clause] / pressure } else { f64::INFINITY };
    (way, accepts_at, objects_beyond)
}

#[cfg(test)]
mod tests {
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
        }
    }

    #[test]
    fn it_accepts_when_its_next_position_would_be_the_text() {
        // Half of the way of 0.8 is given at full concession; the text begins 0.7 away.
        let (way, accepts_at, _) = towards(&text(0.8), &wants(0.0, 0.5, -1.0, 2.0), 0);
        assert_eq!((way, accepts_at), (0.4, 0.7000000000000001 / 0.4));
        assert_eq!(towards(&text(0.8), &wants(0.75, 0.5, -1.0, 2.0), 0).1, 0.0, "it already says the text");
        assert_eq!(towards(&text(0.8), &wants(0.0, 0.0, -1.0, 2.0), 0).1, f64::INFINITY, "it gives nothing");
    }

    #[test]
    fn it_objects_when_pressure_times_standing_exceeds_its_resolve() {
        // Stake 0.5 times distance 0.8 is a pressure of 0.4; the resolve of 0.2 is exceeded beyond a standing of 0.5.
        assert_eq!(towards(&text(0.8), &wants(0.0, 0.5, -1.0, 2.0), 0).2, 0.5);
        assert_eq!(towards(&text(0.8), &wants(0.8, 0.5, -1.0, 2.0), 0).2, f64::INFINITY);
    }

    #[test]
    fn a_crossed_red_line_is_never_accepted_and_always_objected_to() {
        let (way, accepts_at, objects_beyond) = towards(&text(0.8), &wants(0.1, 1.0, -1.0, 0.5), 0);
        assert_eq!((way, accepts_at, objects_beyond), (0.4, f64::INFINITY, -1.0), "it goes no further than its line");
        assert_eq!(towards(&text(0.8), &wants(0.1, 1.0, -1.0, 0.8), 0).1, 0.7000000000000001 / 0.7000000000000001);
    }
}
