//! Decide: the forum's rule is put to every clause that the chair put forward. Simultaneous.
//!
//! Two passes over delegations × clauses: who can live with the draft, and then, knowing how many can, who objects.
//! They are plain loops over rows of numbers, without branches, for this is where a run spends most of its time. Who
//! objected is watched on the way; whose objection decided is asked only where a single vote could have.

use bevy_ecs::prelude::*;

use super::objection::{AT_A_RED_LINE, share};
use super::watch;
use crate::clause_set::ClauseSet;
use crate::minutes::{Entry, Minutes, Reason};
use crate::rules::DecisionRule;
use crate::world::{
    Bearings, Concessions, Engagement, Floor, Forum, Lane, Positions, Proceedings, Record, RollCall, RollingText,
    Scales, Scene, Status, TILE, Watch, day_of_round, tiles_with,
};

/// What a forum decides on, and who.
type Halls<'w, 's> = Query<
    'w,
    's,
    (
        &'static Forum,
        &'static RollCall,
        &'static Proceedings,
        &'static Bearings,
        &'static Concessions,
        &'static Scales,
        &'static mut RollingText,
        &'static mut Floor,
        &'static mut Record,
        &'static mut Watch,
    ),
>;

/// Closes the clauses on which the forum decides, and notes who objects to the others.
pub fn decide(scene: Res<Scene>, mut forums: Halls, mut minutes: ResMut<Minutes>) {
    for hall in &mut forums {
        let (forum, roll_call, proceedings, bearings, concessions, scales, mut text, mut floor, mut record, mut watch) =
            hall;
        if proceedings.engagement != Engagement::InSession {
            continue;
        }
        let written = &scene.scenario.forums[forum.0];
        let seats = roll_call.deciding_seats();
        let total = proceedings.total_weight;
        let room = Room { bearings, levels: &concessions.next, scales, seats, total };
        room.vote(&text, written.rule, &mut floor, &mut watch);
        let Floor { votes, reluctant, .. } = &*floor;
        let reluctant = reluctant.as_flattened();
        if minutes.is_full() {
            for &seat in seats {
                let objects = |clause: usize| room.objects(seat, clause, reluctant);
                for &clause in text.open.iter().filter(|&&clause| text.tabled[clause] && objects(clause)) {
                    let red_line = bearings.objects_beyond.at(seat, clause) == AT_A_RED_LINE;
                    let reason = if red_line { Reason::RedLine } else { Reason::Dislike };
                    minutes.note(|| Entry::Objected { forum: forum.0, seat, clause, reason });
                }
            }
        }

        let members = seats.len() as u32;
        let rule = written.rule;
        let RollingText { point, status, tabled, open, .. } = &mut *text;
        watch.close.clear();
        open.retain(|&clause| {
            if !tabled[clause] {
                return true;
            }
            let tally = votes.tally(clause, members, total, proceedings.unit);
            record.clauses[clause].objections += tally.objecting;
            let closed = rule.passes(&tally);
            if closed {
                status[clause] = Status::Agreed(proceedings.round);
                minutes.note(|| Entry::Closed {
                    forum: forum.0,
                    clause,
                    point: point[clause],
                    accepting: tally.accepting,
                    acquiescing: tally.members - tally.accepting - tally.objecting,
                });
            }
            if !closed && watch::is_close(rule, &tally, scales.heaviest) {
                watch.close.push(clause);
            }
            !closed
        });
        let mut close = std::mem::take(&mut watch.close);
        if rule.everyone_holds_a_veto() {
            // One stands alone, and mostly it is the one that stood alone before.
            close.retain(|&clause| {
                let seat = watch.decided_last[clause];
                let again = roll_call.decides(seat) && room.objects(seat, clause, reluctant);
                watch.decides(seat, clause, again);
                !again
            });
        }
        if !close.is_empty() {
            for &seat in seats {
                for &clause in &close {
                    let decides = room.objects(seat, clause, reluctant)
                        && rule.hangs_on(
                            &votes.tally(clause, members, total, proceedings.unit),
                            scales.weight[seat],
                            written.members[seat].veto,
                        );
                    watch.decides(seat, clause, decides);
                }
            }
        }
        watch.close = close;
    }
}

/// Ends the round: forums whose deadline has come, or whose text has no brackets left, go to the endgame; the others
/// meet again. What was last said on clauses that have left the table is kept.
pub fn adjourn(
    scene: Res<Scene>,
    mut forums: Query<(&Forum, &RollCall, &RollingText, &Positions, &mut Proceedings, &mut Watch)>,
) {
    for (forum, roll_call, text, positions, mut proceedings, mut watch) in &mut forums {
        if proceedings.engagement != Engagement::InSession {
            continue;
        }
        watch::keep_what_was_said(&mut watch, text, positions, roll_call.seats().len());
        let done = text.open.is_empty() || proceedings.round >= proceedings.deadline;
        proceedings.engagement = if done { Engagement::Endgame } else { Engagement::Recess };
        proceedings.next_session = day_of_round(&scene.scenario.forums[forum.0].calendar, proceedings.round + 1);
    }
}

/// Those who decide, each at the concession level of what it would say next.
struct Room<'a> {
    bearings: &'a Bearings,
    levels: &'a [f64],
    scales: &'a Scales,
    /// Who decides.
    seats: &'a [usize],
    /// All weight together.
    total: f64,
}

impl Room<'_> {
    /// Counts the votes on every tile that has a clause on the table.
    fn vote(&self, text: &RollingText, rule: DecisionRule, floor: &mut Floor, watch: &mut Watch) {
        let Floor { votes, reluctant, .. } = floor;
        let open = text.open.iter().copied();
        let put: ClauseSet = open.clone().filter(|&clause| text.tabled[clause]).collect();
        let all = 0..self.levels.len();
        let everyone = self.seats.len() == all.len();
        for tile in tiles_with(open.collect()) {
            (votes.accepting[tile], votes.accepting_weight[tile]) = match everyone {
                true => self.acceptance(tile, all.clone()),
                false => self.acceptance(tile, self.seats.iter().copied()),
            };
            // Nobody objects to what is not put to the rule.
            let put = put.eight_from(tile * TILE);
            let accepting_weight = &votes.accepting_weight[tile];
            let beyond = std::array::from_fn(|at| match put >> at & 1 {
                0 => f64::NEG_INFINITY,
                _ => share(self.total - accepting_weight[at], self.total),
            });
            let watched = watch.objections.tile_mut(tile);
            (votes.objecting[tile], votes.objecting_weight[tile]) = match (everyone, rule.weighs_objections()) {
                (true, false) => self.objections::<false>(tile, &beyond, watched, all.clone()),
                (true, true) => self.objections::<true>(tile, &beyond, watched, all.clone()),
                (false, false) => self.objections::<false>(tile, &beyond, watched, self.seats.iter().copied()),
                (false, true) => self.objections::<true>(tile, &beyond, watched, self.seats.iter().copied()),
            };
            votes.vetoes[tile] = self.vetoes_against(tile, &beyond);
            reluctant[tile] = beyond;
        }
    }

    /// Who accepts what its next concession level reaches: heads and weight.
    #[inline(always)]
    fn acceptance(&self, tile: usize, seats: impl Iterator<Item = usize>) -> (Lane, Lane) {
        let all = self.levels.len();
        let (accepts_at, weights_of) = (&self.bearings.accepts_at.tile(tile)[..all], &self.scales.weight[..all]);
        let (mut heads, mut weights) = ([0.0; TILE], [0.0; TILE]);
        for seat in seats {
            let (accepts_at, level, weight) = (&accepts_at[seat], self.levels[seat], weights_of[seat]);
            for clause in 0..TILE {
                let accepts = if accepts_at[clause] <= level { 1.0 } else { 0.0 };
                heads[clause] += accepts;
                weights[clause] += weight * accepts;
            }
        }
        (heads, weights)
    }

    /// Who objects: to what it does not accept, where enough weight is reluctant with it. Heads, and their weight where
    /// the rule asks for it.
    #[inline(always)]
    fn objections<const WEIGHED: bool>(
        &self,
        tile: usize,
        reluctant: &Lane,
        watched: &mut [Lane],
        seats: impl Iterator<Item = usize>,
    ) -> (Lane, Lane) {
        let all = self.levels.len();
        let Bearings { accepts_at, objects_beyond, .. } = self.bearings;
        let (accepts_at, objects_beyond) = (&accepts_at.tile(tile)[..all], &objects_beyond.tile(tile)[..all]);
        let (watched, weights_of) = (&mut watched[..all], &self.scales.weight[..all]);
        let (mut heads, mut weights) = ([0.0; TILE], [0.0; TILE]);
        for seat in seats {
            let (accepts_at, beyond, watched) = (&accepts_at[seat], &objects_beyond[seat], &mut watched[seat]);
            let (level, weight) = (self.levels[seat], weights_of[seat]);
            for clause in 0..TILE {
                let objects = (accepts_at[clause] > level) & (reluctant[clause] > beyond[clause]);
                let objects = if objects { 1.0 } else { 0.0 };
                heads[clause] += objects;
                if WEIGHED {
                    weights[clause] += weight * objects;
                }
                watched[clause] += objects;
            }
        }
        (heads, weights)
    }

    /// How many of those that object hold a veto.
    fn vetoes_against(&self, tile: usize, reluctant: &Lane) -> Lane {
        let Bearings { accepts_at, objects_beyond, .. } = self.bearings;
        let (accepts_at, objects_beyond) = (accepts_at.tile(tile), objects_beyond.tile(tile));
        let mut heads = [0.0; TILE];
        for &seat in &self.scales.vetoes {
            let level = self.levels[seat];
            for clause in 0..TILE {
                let objects = (accepts_at[seat][clause] > level) & (reluctant[clause] > objects_beyond[seat][clause]);
                heads[clause] += if objects { 1.0 } else { 0.0 };
            }
        }
        heads
    }

    /// Whether a seat objects to a clause.
    fn objects(&self, seat: usize, clause: usize, reluctant: &[f64]) -> bool {
        self.bearings.objects(seat, clause, self.levels[seat], reluctant[clause])
    }
}
