//! Decide: the forum's rule is put to every clause that the chair put forward. Simultaneous.
//!
//! Two passes over delegations × clauses: who can live with the draft, and then, knowing how many can, who objects.
//! They are plain loops over rows of numbers, without branches, for this is where a run spends most of its time.

use bevy_ecs::prelude::*;

use super::objection::{company, share, standing};
use super::propose::bounded;
use crate::minutes::{Entry, Minutes, Reason};
use crate::world::{
    Concession, Delegation, Dislike, Engagement, Floor, Forum, Instructions, ON_THE_LINE, Proceedings, Record,
    RollCall, RollingText, Scene, Status, Strength,
};

/// Closes the clauses on which the forum decides, and notes who objects to the others.
///
/// A delegation accepts a draft that is as good for it as what it would itself say next (Faratin, Sierra & Jennings
/// 1998): its next position would be the same text, and no red line is crossed.
pub fn decide(
    scene: Res<Scene>,
    mut forums: Query<(&Forum, &RollCall, &Proceedings, &mut RollingText, &mut Floor, &mut Record)>,
    mut delegations: Query<(&Delegation, &Instructions, &Concession, &Strength, &mut Dislike)>,
    mut minutes: ResMut<Minutes>,
) {
    for (forum, roll_call, proceedings, mut text, mut floor, mut record) in &mut forums {
        if proceedings.engagement != Engagement::InSession {
            continue;
        }
        let votes = &mut floor.votes;
        votes.clear();
        let mut row = vec![0.0; text.point.len()];
        let mut seats = delegations.iter_many_mut(roll_call.seats());
        while let Some(Ok((_, instructions, concession, strength, mut dislike))) = seats.fetch_next() {
            appraise(&text, instructions, concession.next, &mut dislike.0);
            accepts(&dislike.0, &mut row);
            count(&row, strength.weight, &mut votes.accepting, &mut votes.accepting_weight);
        }
        let total = proceedings.total_weight;
        let reluctant: Vec<f64> = votes.accepting_weight.iter().map(|w| share(total - w, total)).collect();
        for (delegation, instructions, _, strength, dislike) in delegations.iter_many(roll_call.seats()).flatten() {
            let own = share(strength.weight, total);
            objects(&dislike.0, &instructions.resolve, strength, own, &reluctant, &mut row);
            count(&row, strength.weight, &mut votes.objecting, &mut votes.objecting_weight);
            if delegation.veto {
                votes.vetoes.iter_mut().zip(&row).for_each(|(vetoes, objects)| *vetoes += objects);
            }
            if minutes.is_full() {
                for &clause in text.open.iter().filter(|&&clause| text.tabled[clause] && row[clause] > 0.0) {
                    let red_line = dislike.0[clause] == f64::INFINITY;
                    let reason = if red_line { Reason::RedLine } else { Reason::Dislike };
                    minutes.note(|| Entry::Objected { forum: forum.0, seat: delegation.seat, clause, reason });
                }
            }
        }

        let rule = scene.scenario.forums[forum.0].rule;
        let members = roll_call.seats().len() as u32;
        let RollingText { point, status, tabled, open, .. } = &mut *text;
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
            !closed
        });
    }
}

/// Sends forums to the endgame whose deadline has come or whose text has no brackets left.
pub fn adjourn(mut forums: Query<(&RollingText, &mut Proceedings)>) {
    for (text, mut proceedings) in &mut forums {
        let done = text.open.is_empty() || proceedings.round >= proceedings.deadline;
        if proceedings.engagement == Engagement::InSession && done {
            proceedings.engagement = Engagement::Endgame;
        }
    }
}

/// How much one delegation dislikes the text of each clause, at the concession level of its next position.
fn appraise(text: &RollingText, instructions: &Instructions, level: f64, dislike: &mut [f64]) {
    let n = dislike.len();
    let (point, low, high) = (&text.point[..n], &text.low[..n], &text.high[..n]);
    let (ideal, give, stake) = (&instructions.ideal[..n], &instructions.give[..n], &instructions.stake[..n]);
    let (floor, ceiling) = (&instructions.floor[..n], &instructions.ceiling[..n]);
    for clause in 0..n {
        let (x, ideal) = (point[clause], ideal[clause]);
        let (floor, ceiling) = (floor[clause], ceiling[clause]);
        let next = bounded(ideal + level * give[clause] * (x - ideal), floor, ceiling);
        let pressure = stake[clause] * (x - ideal).abs();
        let outside_the_text = greater(low[clause] - next, next - high[clause]);
        let beyond_the_line = greater(floor - x, x - ceiling);
        let disliked = if outside_the_text > 0.0 { pressure } else { 0.0 };
        dislike[clause] = if beyond_the_line > ON_THE_LINE { f64::INFINITY } else { disliked };
    }
}

/// The greater of two numbers, neither of which is a NaN.
fn greater(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

/// Per clause, 1 where a delegation accepts: where it dislikes nothing.
fn accepts(dislike: &[f64], row: &mut [f64]) {
    for (accepts, &dislike) in row.iter_mut().zip(dislike) {
        *accepts = if dislike == 0.0 { 1.0 } else { 0.0 };
    }
}

/// Per clause, 1 where a delegation objects: always at a red line, otherwise where the pressure exceeds its resolve.
fn objects(dislike: &[f64], resolve: &[f64], strength: &Strength, own: f64, reluctant: &[f64], row: &mut [f64]) {
    for (((objects, &dislike), &resolve), &reluctant) in row.iter_mut().zip(dislike).zip(resolve).zip(reluctant) {
        let standing = standing(strength, company(reluctant, own));
        let moved = (dislike == f64::INFINITY) | (dislike * standing > resolve);
        *objects = if moved { 1.0 } else { 0.0 };
    }
}

/// Counts the votes of a delegation, by heads and by weight.
fn count(row: &[f64], weight: f64, heads: &mut [f64], weights: &mut [f64]) {
    for ((vote, heads), weights) in row.iter().zip(heads).zip(weights) {
        *heads += vote;
        *weights += weight * vote;
    }
}
