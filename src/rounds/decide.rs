//! Decide: the forum's rule is put to every clause that the chair put forward. Simultaneous.

use bevy_ecs::prelude::*;

use super::objection::{company, standing};
use crate::minutes::{Entry, Minutes, Reason};
use crate::rules::Tally;
use crate::world::{
    Concession, Delegation, Engagement, Floor, Forum, Instructions, ON_THE_LINE, Proceedings, Record, RollCall,
    RollingText, Scene, Stance, Stances, Status, Strength,
};

/// Closes the clauses on which the forum decides, and notes who objects to the others.
///
/// A delegation accepts a draft that is as good for it as what it would itself say next (Faratin, Sierra & Jennings
/// 1998): its next position would be the same text, and no red line is crossed.
pub fn decide(
    scene: Res<Scene>,
    mut forums: Query<(&Forum, &RollCall, &Proceedings, &mut RollingText, &mut Floor, &mut Record)>,
    mut delegations: Query<(&Delegation, &Instructions, &Concession, &Strength, &mut Stances)>,
    mut minutes: ResMut<Minutes>,
) {
    for (forum, roll_call, proceedings, mut text, mut floor, mut record) in &mut forums {
        if proceedings.engagement != Engagement::InSession {
            continue;
        }
        let members = roll_call.seats().len() as u32;
        floor.tally.fill(Tally { members, weight: proceedings.total_weight, ..Tally::default() });

        let mut seats = delegations.iter_many_mut(roll_call.seats());
        while let Some(Ok((_, instructions, concession, strength, mut stances))) = seats.fetch_next() {
            for &clause in &text.open {
                let stance = stance(instructions, concession.next, &text, clause);
                stances.0[clause] = stance;
                if stance == Stance::Accepts {
                    floor.tally[clause].accepting += 1;
                    floor.tally[clause].accepting_weight += strength.weight;
                }
            }
        }

        for (delegation, instructions, _, strength, stances) in delegations.iter_many(roll_call.seats()).flatten() {
            for &clause in &text.open {
                let tally = &mut floor.tally[clause];
                if !text.tabled[clause] {
                    continue;
                }
                let reason = match stances.0[clause] {
                    Stance::Accepts => continue,
                    Stance::Refuses => Reason::RedLine,
                    Stance::Reluctant => {
                        let company = company(tally.accepting_weight, strength.weight, tally.weight);
                        let distance = (text.point[clause] - instructions.ideal[clause]).abs();
                        let pressure = instructions.stake[clause] * distance * standing(strength, company);
                        if pressure <= instructions.resolve[clause] {
                            continue;
                        }
                        Reason::Dislike
                    }
                };
                tally.objecting += 1;
                tally.objecting_weight += strength.weight;
                tally.vetoes += u32::from(delegation.veto);
                minutes.note(|| Entry::Objected { forum: forum.0, seat: delegation.seat, clause, reason });
            }
        }

        let rule = scene.scenario.forums[forum.0].rule;
        let RollingText { point, status, tabled, open, .. } = &mut *text;
        open.retain(|&clause| {
            let tally = &floor.tally[clause];
            record.clauses[clause].objections += tally.objecting;
            let closed = tabled[clause] && rule.passes(tally);
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

/// How a delegation stands to the text of a clause, given the concession level of its next position.
fn stance(instructions: &Instructions, level: f64, text: &RollingText, clause: usize) -> Stance {
    let point = text.point[clause];
    let (floor, ceiling) = (instructions.floor[clause], instructions.ceiling[clause]);
    if point < floor - ON_THE_LINE || point > ceiling + ON_THE_LINE {
        return Stance::Refuses;
    }
    let ideal = instructions.ideal[clause];
    let next = (ideal + level * instructions.give[clause] * (point - ideal)).max(floor).min(ceiling);
    if text.cell[clause].holds(next) { Stance::Accepts } else { Stance::Reluctant }
}
