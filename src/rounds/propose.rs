//! Propose: each delegation states a position on every clause. Simultaneous: all see the text of the last round.

use bevy_ecs::prelude::*;

use super::{concede, watch};
use crate::minutes::{Entry, Minutes};
use crate::world::{
    Bearings, Clock, Concessions, Engagement, Forum, Lane, Positions, Proceedings, RollCall, RollingText, Scene, TILE,
    Watch, bit, tiles_with,
};

/// Opens the next round of every forum that meets today.
pub fn convene(clock: Res<Clock>, mut forums: Query<(&Forum, &mut Proceedings)>, mut minutes: ResMut<Minutes>) {
    for (forum, mut proceedings) in &mut forums {
        if proceedings.engagement == Engagement::Recess && proceedings.next_session <= clock.today {
            proceedings.engagement = Engagement::InSession;
            proceedings.round += 1;
            let (round, day) = (proceedings.round, clock.today);
            minutes.note(|| Entry::Round { forum: forum.0, round, day });
        }
    }
}

/// What is said in a forum, and what it is said from.
type Halls<'w, 's> = Query<
    'w,
    's,
    (
        &'static Forum,
        &'static RollCall,
        &'static RollingText,
        &'static Proceedings,
        &'static Bearings,
        &'static mut Positions,
        &'static mut Concessions,
        &'static mut Watch,
    ),
>;

/// States positions: near the aim at first, later as far towards the text, or towards the red line where the
/// text lies beyond it, as the delegation has conceded.
pub fn propose(scene: Res<Scene>, mut forums: Halls, mut minutes: ResMut<Minutes>) {
    for (forum, roll_call, text, proceedings, bearings, mut positions, mut concessions, mut watch) in &mut forums {
        if proceedings.engagement != Engagement::InSession {
            continue;
        }
        let seats = roll_call.present_seats();
        let Concessions { level, next, .. } = &mut *concessions;
        watch.on_table = watch::set_of(&text.open);
        for &seat in seats {
            level[seat] = next[seat];
            let on_table = watch.on_table;
            watch.spoken[seat] |= on_table;
        }
        let before = minutes.is_full().then(|| positions.stated.clone());
        let Positions { stated, aim, .. } = &mut *positions;
        // What has left the table is said where somebody goes by it.
        let said_on = match concede::somebody_watches(&scene.scenario.forums[forum.0].members, seats) {
            true => (0..stated.clauses()).fold(0, |all, clause| all | bit(clause)),
            false => watch.on_table,
        };
        for tile in tiles_with(said_on) {
            state(stated.tile_mut(tile), aim.tile(tile), bearings.way.tile(tile), level, seats);
        }
        let Some(before) = before else { continue };
        for &seat in seats {
            for &clause in &text.open {
                let point = positions.stated.at(seat, clause);
                if proceedings.round == 1 || point != before.at(seat, clause) {
                    minutes.note(|| Entry::Stated { forum: forum.0, seat, clause, point });
                }
            }
        }
    }
}

/// Writes the positions of the seats on the clauses of a tile, each at its concession level.
fn state(stated: &mut [Lane], aim: &[Lane], way: &[Lane], level: &[f64], seats: &[usize]) {
    for &seat in seats {
        let (stated, aim, way, level) = (&mut stated[seat], &aim[seat], &way[seat], level[seat]);
        for clause in 0..TILE {
            stated[clause] = aim[clause] + level * way[clause];
        }
    }
}
