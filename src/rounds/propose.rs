//! Propose: each delegation states a position on every clause. Simultaneous: all see the text of the last round.
//!
//! The chair hears them in the same pass; who moves a position between this and the draft is heard anew there.

use bevy_ecs::prelude::*;

use crate::minutes::{Entry, Minutes};
use crate::world::{
    Bearings, Clock, Concessions, Engagement, Floor, Forum, Lane, Positions, Proceedings, RollCall, RollingText, TILE,
    Watch, tiles_with,
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
        &'static mut Floor,
        &'static mut Concessions,
        &'static mut Watch,
    ),
>;

/// States positions: near the aim at first, later as far towards the text, or towards the red line where the
/// text lies beyond it, as the delegation has conceded.
pub fn propose(mut forums: Halls, mut minutes: ResMut<Minutes>) {
    for (forum, roll_call, text, proceedings, bearings, mut positions, mut floor, mut concessions, mut watch) in
        &mut forums
    {
        if proceedings.engagement != Engagement::InSession {
            continue;
        }
        let seats = roll_call.present_seats();
        let Concessions { level, next, watched, .. } = &mut *concessions;
        watch.on_table = text.open.iter().copied().collect();
        let everyone = seats.len() == level.len();
        let Watch { on_table, spoken, .. } = &mut *watch;
        let mut speak = |seat: usize| {
            level[seat] = next[seat];
            spoken[seat] |= *on_table;
        };
        match everyone {
            true => (0..seats.len()).for_each(speak),
            false => seats.iter().for_each(|&seat| speak(seat)),
        }
        let before = minutes.is_full().then(|| positions.stated.clone());
        let Positions { stated, aim, say } = &mut *positions;
        // What has left the table is said where somebody goes by it.
        let said_on = match *watched {
            true => (0..stated.clauses()).collect(),
            false => watch.on_table,
        };
        for tile in tiles_with(said_on) {
            let speech = Speech { aim: aim.tile(tile), way: bearings.way.tile(tile), say: say.tile(tile), level };
            let stated = stated.tile_mut(tile);
            floor.heard[tile] = match everyone {
                true => speech.given(stated, 0..level.len()),
                false => speech.given(stated, seats.iter().copied()),
            };
        }
        floor.heard_at = Some(positions.last_changed());
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

/// What the seats say on the clauses of a tile follows from.
struct Speech<'a> {
    aim: &'a [Lane],
    way: &'a [Lane],
    say: &'a [Lane],
    level: &'a [f64],
}

impl Speech<'_> {
    /// Writes the positions of the seats, each at its concession level; returns what is heard.
    #[inline(always)]
    fn given(&self, stated: &mut [Lane], seats: impl Iterator<Item = usize>) -> Lane {
        let all = self.level.len();
        let (stated, aim, way, say) = (&mut stated[..all], &self.aim[..all], &self.way[..all], &self.say[..all]);
        let mut heard = [0.0; TILE];
        for seat in seats {
            let (stated, aim, way, say, level) =
                (&mut stated[seat], &aim[seat], &way[seat], &say[seat], self.level[seat]);
            for clause in 0..TILE {
                stated[clause] = aim[clause] + level * way[clause];
                heard[clause] += say[clause] * stated[clause];
            }
        }
        heard
    }
}
