//! Bearings: how each delegation stands to the text on the table. Simultaneous; only where the text has moved.
//!
//! What a delegation will say, when it will accept and when it would object follow from the text, its instructions and
//! two numbers that change every round, its concession level and the company it has. Texts move seldom: what depends on
//! them alone is worked out once, here, so that a round is a few passes of sums and comparisons.

use bevy_ecs::prelude::*;

use super::objection::{AT_A_RED_LINE, objects_beyond};
use crate::maths::{higher, lower};
use crate::world::{
    Bearing, Bearings, Instructions, Lane, ON_THE_LINE, Positions, Proceedings, RollCall, RollingText, Scales, TILE,
    each,
};

/// Takes the bearings of every delegation towards the clauses whose text has moved.
pub fn take_bearings(
    mut forums: Query<(&RollCall, &Proceedings, &mut RollingText, &Positions, &Scales, &mut Bearings)>,
    delegations: Query<&Instructions>,
) {
    for (roll_call, proceedings, mut text, positions, scales, mut bearings) in &mut forums {
        // Before the first draft nobody has conceded anything, and nothing is put to anybody: no bearing is asked for.
        let undrafted = proceedings.round <= 1 && !text.tabled.contains(&true);
        if text.moved.is_empty() || undrafted {
            continue;
        }
        let seats = roll_call.present_seats().iter().zip(delegations.iter_many(roll_call.present()).flatten());
        // A whole text is taken tile by tile, which is far quicker than clause by clause and comes to the same.
        let whole = text.moved.len() >= text.point.len();
        for (&seat, instructions) in seats {
            let carries = Seat::of(scales, seat);
            if whole {
                for tile in 0..bearings.way.tiles() {
                    take_tile(&mut bearings, (seat, tile), carries, &text, instructions, positions);
                }
                continue;
            }
            for &clause in &text.moved {
                let aim = positions.aim.at(seat, clause);
                bearings.take(seat, clause, retake(&text, carries, instructions, aim, clause));
            }
        }
        text.moved.clear();
    }
}

/// Takes the bearings of a seat on all clauses of a tile.
fn take_tile(
    bearings: &mut Bearings,
    (seat, tile): (usize, usize),
    carries: Seat,
    text: &RollingText,
    wants: &Instructions,
    positions: &Positions,
) {
    let lane = |row: &[f64]| lane(row, tile * TILE);
    let text = Text { point: lane(&text.point), low: lane(&text.low), high: lane(&text.high) };
    let wish = Wish {
        aim: positions.aim.tile(tile)[seat],
        floor: lane(&wants.floor),
        ceiling: lane(&wants.ceiling),
        give: lane(&wants.give),
        stake: lane(&wants.stake),
        resolve: lane(&wants.resolve),
    };
    let taken = taken(&text, &wish, carries);
    bearings.way.tile_mut(tile)[seat] = taken.way;
    bearings.accepts_at.tile_mut(tile)[seat] = taken.accepts_at;
    bearings.objects_beyond.tile_mut(tile)[seat] = taken.objects_beyond;
}

/// The numbers of a row on a tile of clauses; nothing beyond its end.
fn lane(row: &[f64], first: usize) -> Lane {
    match row[first..].first_chunk() {
        Some(lane) => *lane,
        None => std::array::from_fn(|at| row.get(first + at).copied().unwrap_or(0.0)),
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
pub(super) fn retake(text: &RollingText, seat: Seat, instructions: &Instructions, aim: f64, clause: usize) -> Bearing {
    let wish = Wish {
        aim: [aim],
        floor: [instructions.floor[clause]],
        ceiling: [instructions.ceiling[clause]],
        give: [instructions.give[clause]],
        stake: [instructions.stake[clause]],
        resolve: [instructions.resolve[clause]],
    };
    let text = Text { point: [text.point[clause]], low: [text.low[clause]], high: [text.high[clause]] };
    let Taken { way: [way], accepts_at: [accepts_at], objects_beyond: [objects_beyond] } = taken(&text, &wish, seat);
    Bearing { way, accepts_at, objects_beyond }
}

/// The text of some clauses, and what counts as the same.
struct Text<const N: usize> {
    point: [f64; N],
    low: [f64; N],
    high: [f64; N],
}

/// What a delegation pursues and holds on them.
struct Wish<const N: usize> {
    aim: [f64; N],
    floor: [f64; N],
    ceiling: [f64; N],
    give: [f64; N],
    stake: [f64; N],
    resolve: [f64; N],
}

/// How it stands to them.
struct Taken<const N: usize> {
    way: [f64; N],
    accepts_at: [f64; N],
    objects_beyond: [f64; N],
}

/// The bearing of one delegation on some clauses: number by number and without a branch, so that the compiler works on
/// several clauses at once.
///
/// A delegation accepts a draft that is as good for it as what it would itself say next (Faratin, Sierra & Jennings
/// 1998): once its next position would be the same text, and never where it gives nothing. Its odds of objecting grow
/// with stake × distance × standing.
#[inline(always)]
fn taken<const N: usize>(text: &Text<N>, wish: &Wish<N>, seat: Seat) -> Taken<N> {
    let Text { point, low, high } = text;
    let Wish { aim, floor, ceiling, give, stake, resolve } = wish;
    let reach: [f64; N] = each(|i| lower(higher(point[i], floor[i]), ceiling[i]));
    let way: [f64; N] = each(|i| give[i] * (reach[i] - aim[i]));
    let beyond_the_line: [f64; N] = each(|i| higher(floor[i] - point[i], point[i] - ceiling[i]));
    let short: [f64; N] = each(|i| higher(low[i] - aim[i], aim[i] - high[i]));
    let level: [f64; N] = each(|i| short[i] / way[i].abs());
    let level: [f64; N] = each(|i| if short[i] > 0.0 { level[i] } else { 0.0 });
    let pressure: [f64; N] = each(|i| stake[i] * (point[i] - aim[i]).abs());
    let needed: [f64; N] = each(|i| resolve[i] / pressure[i]);
    let beyond: [f64; N] = each(|i| objects_beyond(needed[i], seat.alone, seat.own));
    let beyond: [f64; N] = each(|i| if pressure[i] > 0.0 { beyond[i] } else { f64::INFINITY });
    let crosses = |i: usize| beyond_the_line[i] > ON_THE_LINE;
    Taken {
        way,
        accepts_at: each(|i| if crosses(i) { f64::INFINITY } else { level[i] }),
        objects_beyond: each(|i| if crosses(i) { AT_A_RED_LINE } else { beyond[i] }),
    }
}

#[cfg(test)]
mod tests {
    use super::super::objection::ALONE;
    use super::*;
    use crate::world::Grid;

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

    #[test]
    fn a_whole_text_is_taken_as_clause_by_clause() {
        // Eleven clauses, a tile and a rest, of made-up numbers; lines crossed, ideal points met, nothing to give.
        let clauses = 11;
        let mut noise = 3u64;
        let mut next = || {
            noise = noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((noise >> 33) % 11) as f64 / 10.0
        };
        for alone in [0.0, 0.3, 1.0] {
            let mut row = || -> Box<[f64]> { (0..clauses).map(|_| next()).collect() };
            let text = RollingText { point: row(), low: row(), high: row(), ..RollingText::default() };
            let low: Box<[f64]> = text.low.iter().map(|low| low - 1.0).collect();
            let floor: Box<[f64]> = row().iter().map(|floor| floor - 0.5).collect();
            let wants = Instructions {
                floor,
                ceiling: row(),
                give: row(),
                stake: row(),
                resolve: row(),
                ..Instructions::none()
            };
            let text = RollingText { low, ..text };
            let mut positions = Positions { aim: Grid::of(1, clauses, 0.0), ..Positions::default() };
            positions.aim.write_row(0, row().into_iter());
            let never = || Grid::of(1, clauses, f64::NAN);
            let mut bearings = Bearings { way: never(), accepts_at: never(), objects_beyond: never() };
            let seat = Seat { alone, own: 0.1 };
            (0..2).for_each(|tile| take_tile(&mut bearings, (0, tile), seat, &text, &wants, &positions));
            for clause in 0..clauses {
                let one = retake(&text, seat, &wants, positions.aim.at(0, clause), clause);
                let of_all = Bearing {
                    way: bearings.way.at(0, clause),
                    accepts_at: bearings.accepts_at.at(0, clause),
                    objects_beyond: bearings.objects_beyond.at(0, clause),
                };
                assert_eq!(one, of_all);
            }
        }
    }
}
