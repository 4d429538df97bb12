//! Caucus: blocs agree on common positions, and their members follow as far as the bloc coheres.
//!
//! A bloc of the weak bargains as one to make its objections count (Narlikar 2003); in the small room one member speaks
//! for it (Patel 2007). It holds as long as nobody is won over by a side-deal: a member that has given way on a clause in
//! an exchange has left the common position there (Narlikar & Odell 2006).

mod lines;
#[cfg(test)]
mod tests;

use bevy_ecs::change_detection::{DetectChanges, Tick};
use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemChangeTick;

pub use self::lines::found_blocs;
use super::aim::Stances;
use crate::clause_set::ClauseSet;
use crate::minutes::{Entry, Minutes};
use crate::scenario::Bloc;
use crate::world::{
    Bearings, Caucus, Caucuses, Concessions, Deals, Engagement, Forum, Instructions, Lane, Positions, Proceedings,
    RollCall, RollingText, Scales, Scene, TILE, tiles_with, within,
};

/// What a forum's blocs move.
type Halls<'w, 's> = Query<
    'w,
    's,
    (
        &'static Forum,
        &'static RollCall,
        &'static RollingText,
        &'static Proceedings,
        &'static Concessions,
        &'static Scales,
        &'static Deals,
        &'static mut Positions,
        &'static mut Bearings,
        &'static mut Caucuses,
    ),
>;

/// What capitals instructed.
type Briefs<'w, 's> = Query<'w, 's, Ref<'static, Instructions>>;

/// Pulls what members pursue and say towards the bloc's mean, weighted by their say, clause by clause.
///
/// Aims are pulled from what each member wants by itself, so that a bloc that coheres by half moves its members by half
/// however many rounds there are; statements from what each has just said. So aims are pulled once, and again only where
/// the common aim may have moved: where a member has left, or instructions have changed.
pub fn caucus(
    scene: Res<Scene>,
    tick: SystemChangeTick,
    mut forums: Halls,
    delegations: Briefs,
    mut minutes: ResMut<Minutes>,
) {
    for hall in &mut forums {
        let (forum, roll_call, text, proceedings, concessions, scales, deals, mut said, mut bearings, mut caucuses) =
            hall;
        let blocs = &scene.scenario.forums[forum.0].room.blocs;
        if blocs.is_empty() || proceedings.engagement != Engagement::InSession {
            continue;
        }
        let Caucuses { all, read } = &mut *caucuses;
        let last = read.replace(tick.this_run());
        let ticks = (last, tick.this_run());
        assemble(all, blocs, (roll_call, text.point.len()), &delegations, ticks);
        let mut stances = Stances { positions: &mut said, bearings: &mut bearings, concessions, scales, text };
        let open: ClauseSet = text.open.iter().copied().collect();
        for (no, (bloc, caucus)) in blocs.iter().zip(all).enumerate().filter(|(_, (bloc, _))| bloc.cohesion > 0.0) {
            for row in 0..caucus.seats.len() {
                let gave = deals.gave[caucus.seats[row]];
                if gave != caucus.left[row] {
                    caucus.leave(row, gave);
                }
            }
            let due = caucus.due;
            for &clause in text.open.iter().filter(|&&clause| due.has(clause)) {
                pull_aims(caucus, bloc.cohesion, clause, &mut stances, (roll_call, &delegations));
            }
            caucus.due -= open;
            for tile in tiles_with(open) {
                speak(caucus, bloc.cohesion, tile, open, stances.positions.stated.tile_mut(tile));
            }
            for &clause in &text.open {
                let point = caucus.common[clause / TILE][clause % TILE];
                if !point.is_nan() {
                    minutes.note(|| Entry::Caucused { forum: forum.0, bloc: no, clause, point });
                }
            }
        }
    }
}

/// Seats the members of every bloc that are there, where they are not those of the last time or have new instructions. Only
/// who has new instructions no longer feels bound by what it gave.
fn assemble(
    all: &mut Vec<Caucus>,
    blocs: &[Bloc],
    (roll_call, clauses): (&RollCall, usize),
    delegations: &Briefs,
    (last, now): (Option<Tick>, Tick),
) {
    all.resize_with(blocs.len(), Caucus::default);
    for (bloc, caucus) in blocs.iter().zip(all).filter(|(bloc, _)| bloc.cohesion > 0.0) {
        let there = || bloc.members.iter().copied().filter(|&seat| roll_call.is_present(seat));
        let briefs = || delegations.iter_many(seats(bloc, roll_call)).flatten();
        let fresh = |brief: Ref<Instructions>| last.is_none_or(|last| brief.last_changed().is_newer_than(last, now));
        let same = there().eq(caucus.seats.iter().copied());
        if same && !briefs().any(fresh) {
            continue;
        }
        caucus.seat(there(), clauses);
        for (row, instructions) in briefs().enumerate() {
            caucus.brief(row, &instructions);
        }
        caucus.due = ClauseSet::ALL;
    }
}

/// Pulls aims towards the common aim of a clause.
fn pull_aims(
    caucus: &mut Caucus,
    cohesion: f64,
    clause: usize,
    stances: &mut Stances,
    (roll_call, delegations): (&RollCall, &Briefs),
) {
    let Caucus { seats, wish, say, floor, ceiling, total, .. } = caucus;
    let (tile, at) = (clause / TILE, clause % TILE);
    let (wish, floor, ceiling) = (wish.tile(tile), floor.tile(tile), ceiling.tile(tile));
    let (mut all, mut heard) = (0.0, 0.0);
    for (say, wish) in say.tile(tile).iter().zip(wish) {
        all += say[at];
        heard += say[at] * wish[at];
    }
    total[tile][at] = all;
    let Some(common) = agreed(heard, all) else { return };
    for (row, &seat) in seats.iter().enumerate().filter(|&(row, _)| floor[row][at] < f64::INFINITY) {
        let pulled = (1.0 - cohesion) * wish[row][at] + cohesion * common;
        let aim = within((floor[row][at], ceiling[row][at]), pulled);
        if aim != stances.positions.aim.tile(tile)[seat][at]
            && let Some(Ok(instructions)) = roll_call.seats().get(seat).map(|&one| delegations.get(one))
        {
            stances.turn(seat, &instructions, clause, aim);
        }
    }
}

/// Where the members of a bloc agree: the mean weighted by say; nowhere on what no member cares about.
fn agreed(heard: f64, total: f64) -> Option<f64> {
    let mean = heard / total;
    (total > 0.0 && mean.is_finite()).then_some(mean)
}

/// Pulls what the members say on a tile towards the common statement.
fn speak(caucus: &mut Caucus, cohesion: f64, tile: usize, open: ClauseSet, stated: &mut [Lane]) {
    let mut heard = [0.0; TILE];
    for (&seat, say) in caucus.seats.iter().zip(caucus.say.tile(tile)) {
        for (at, heard) in heard.iter_mut().enumerate() {
            *heard += say[at] * stated[seat][at];
        }
    }
    let (total, open) = (&caucus.total[tile], open.eight_from(tile * TILE));
    let common: Lane = std::array::from_fn(|at| match open >> at & 1 == 1 {
        true => agreed(heard[at], total[at]).unwrap_or(f64::NAN),
        false => f64::NAN,
    });
    caucus.common[tile] = common;
    let lines = caucus.floor.tile(tile).iter().zip(caucus.ceiling.tile(tile));
    for (&seat, (floor, ceiling)) in caucus.seats.iter().zip(lines) {
        let stated = &mut stated[seat];
        for at in 0..TILE {
            let pulled = within((floor[at], ceiling[at]), (1.0 - cohesion) * stated[at] + cohesion * common[at]);
            let follows = (floor[at] < f64::INFINITY) & !common[at].is_nan();
            stated[at] = if follows { pulled } else { stated[at] };
        }
    }
}

/// The delegations of a bloc that are there, in the order of the roll call.
pub(super) fn seats(bloc: &Bloc, roll_call: &RollCall) -> impl Iterator<Item = Entity> {
    bloc.members.iter().filter_map(|&seat| roll_call.delegation(seat))
}
