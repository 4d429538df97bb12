//! Decide: the forum's rule is put to every clause that the chair put forward. Simultaneous.
//!
//! Two passes over delegations × clauses: who can live with the draft, and then, knowing how many can, who objects.
//! They are plain loops over rows of numbers, without branches, for this is where a run spends most of its time. Who
//! objected is watched on the way; whose objection decided is asked only where a single vote could have.

use bevy_ecs::prelude::*;

use super::objection::{AT_A_RED_LINE, share};
use super::watch;
use crate::minutes::{Entry, Minutes, Reason};
use crate::world::{
    Bearing, Concession, Delegation, Engagement, Floor, Forum, Position, Proceedings, Record, RollCall, RollingText,
    Scene, Status, Strength, Votes, Watch, day_of_round,
};

/// Closes the clauses on which the forum decides, and notes who objects to the others.
pub fn decide(
    scene: Res<Scene>,
    mut forums: Query<(&Forum, &RollCall, &Proceedings, &mut RollingText, &mut Floor, &mut Record, &mut Watch)>,
    delegations: Query<(&Delegation, &Bearing, &Concession, &Strength)>,
    mut minutes: ResMut<Minutes>,
) {
    for (forum, roll_call, proceedings, mut text, mut floor, mut record, mut watch) in &mut forums {
        if proceedings.engagement != Engagement::InSession {
            continue;
        }
        let Floor { votes, reluctant, .. } = &mut *floor;
        votes.clear();
        let mut heaviest = 0.0f64;
        for (_, bearing, concession, strength) in delegations.iter_many(roll_call.present()).flatten() {
            count_acceptance(votes, &bearing.accepts_at, concession.next, strength.weight);
            heaviest = heaviest.max(strength.weight);
        }
        let total = proceedings.total_weight;
        // Nobody objects to what is not put to the rule.
        reluctant.fill(f64::NEG_INFINITY);
        for &clause in text.open.iter().filter(|&&clause| text.tabled[clause]) {
            reluctant[clause] = share(total - votes.accepting_weight[clause], total);
        }
        let rule = scene.scenario.forums[forum.0].rule;
        let weighed = rule.weighs_objections();
        for (delegation, bearing, concession, strength) in delegations.iter_many(roll_call.present()).flatten() {
            let watched = watch.objections_of(delegation.seat);
            let count = if weighed { count_objections::<true> } else { count_objections::<false> };
            count(votes, watched, bearing, concession.next, reluctant, strength.weight);
            if delegation.veto {
                count_vetoes(votes, bearing, concession.next, reluctant);
            }
            if minutes.is_full() {
                let objects = |clause: usize| {
                    bearing.accepts_at[clause] > concession.next && reluctant[clause] > bearing.objects_beyond[clause]
                };
                for &clause in text.open.iter().filter(|&&clause| text.tabled[clause] && objects(clause)) {
                    let red_line = bearing.objects_beyond[clause] == AT_A_RED_LINE;
                    let reason = if red_line { Reason::RedLine } else { Reason::Dislike };
                    minutes.note(|| Entry::Objected { forum: forum.0, seat: delegation.seat, clause, reason });
                }
            }
        }

        let members = roll_call.present().len() as u32;
        let RollingText { point, status, tabled, open, .. } = &mut *text;
        watch.close.clear();
        open.retain(|&clause| {
            if !tabled[clause] {
                return true;
            }
            let tally = votes.tally(clause, members, total);
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
            if !closed && watch::is_close(rule, &tally, heaviest) {
                watch.close.push(clause);
            }
            !closed
        });
        let objects = |bearing: &Bearing, concession: &Concession, clause: usize| {
            bearing.accepts_at[clause] > concession.next && reluctant[clause] > bearing.objects_beyond[clause]
        };
        let mut close = std::mem::take(&mut watch.close);
        if rule.everyone_holds_a_veto() {
            // One stands alone, and mostly it is the one that stood alone before.
            close.retain(|&clause| {
                let seat = watch.decided_last[clause];
                let found = roll_call.delegation(seat).and_then(|delegation| delegations.get(delegation).ok());
                let again = found.is_some_and(|(_, bearing, concession, _)| objects(bearing, concession, clause));
                watch.decides(seat, clause, again);
                !again
            });
        }
        if !close.is_empty() {
            for (delegation, bearing, concession, strength) in delegations.iter_many(roll_call.present()).flatten() {
                for &clause in &close {
                    let decides = objects(bearing, concession, clause)
                        && rule.hangs_on(&votes.tally(clause, members, total), strength.weight, delegation.veto);
                    watch.decides(delegation.seat, clause, decides);
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
    mut forums: Query<(&Forum, &RollCall, &RollingText, &mut Proceedings, &mut Watch)>,
    delegations: Query<(&Delegation, &Position)>,
) {
    for (forum, roll_call, text, mut proceedings, mut watch) in &mut forums {
        if proceedings.engagement != Engagement::InSession {
            continue;
        }
        let said = delegations.iter_many(roll_call.seats()).flatten();
        watch::keep_what_was_said(&mut watch, text, said);
        let done = text.open.is_empty() || proceedings.round >= proceedings.deadline;
        proceedings.engagement = if done { Engagement::Endgame } else { Engagement::Recess };
        proceedings.next_session = day_of_round(&scene.scenario.forums[forum.0].calendar, proceedings.round + 1);
    }
}

/// Adds the votes of a delegation that accepts what its next concession level reaches.
fn count_acceptance(votes: &mut Votes, accepts_at: &[f64], level: f64, weight: f64) {
    let Votes { accepting, accepting_weight, .. } = votes;
    for ((heads, weights), &accepts_at) in accepting.iter_mut().zip(accepting_weight).zip(accepts_at) {
        let accepts = if accepts_at <= level { 1.0 } else { 0.0 };
        *heads += accepts;
        *weights += weight * accepts;
    }
}

/// Adds the objections of a delegation: to what it does not accept, where enough weight is reluctant with it. Their weight
/// is added up only where the rule asks for it.
fn count_objections<const WEIGHED: bool>(
    votes: &mut Votes,
    watched: &mut [f64],
    bearing: &Bearing,
    level: f64,
    reluctant: &[f64],
    weight: f64,
) {
    let Votes { objecting, objecting_weight, .. } = votes;
    let reasons = bearing.accepts_at.iter().zip(&bearing.objects_beyond).zip(reluctant);
    for (((heads, weights), watched), ((&accepts_at, &beyond), &reluctant)) in
        objecting.iter_mut().zip(objecting_weight).zip(watched).zip(reasons)
    {
        let objects = if (accepts_at > level) & (reluctant > beyond) { 1.0 } else { 0.0 };
        *heads += objects;
        if WEIGHED {
            *weights += weight * objects;
        }
        *watched += objects;
    }
}

/// Adds the objections of a delegation that holds a veto.
fn count_vetoes(votes: &mut Votes, bearing: &Bearing, level: f64, reluctant: &[f64]) {
    let reasons = bearing.accepts_at.iter().zip(&bearing.objects_beyond).zip(reluctant);
    for (vetoes, ((&accepts_at, &beyond), &reluctant)) in votes.vetoes.iter_mut().zip(reasons) {
        *vetoes += if (accepts_at > level) & (reluctant > beyond) { 1.0 } else { 0.0 };
    }
}
