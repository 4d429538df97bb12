//! Aims: what a delegation pursues in the rounds, apart from what its capital wants.
//!
//! An aim begins at the ideal point. A bloc's discipline and exchanges move it; a red line always holds it. What a text
//! is worth in the endgame is measured from the ideal point all the same: what was given up stays given up.

use bevy_ecs::prelude::*;

use super::bearing::{Seat, retake};
use crate::scenario::Scenario;
use crate::world::{
    Bearings, Concessions, Deals, Forum, Instructions, Market, Positions, Record, RollCall, RollingText, Scales, Scene,
    within,
};

/// Sets the aim of every delegation at its ideal point, as far as its red lines let it, and forgets every deal.
pub fn pursue(
    scene: Res<Scene>,
    delegations: Query<&Instructions>,
    mut forums: Query<(&Forum, &RollCall, &mut Positions, &mut Market, &mut Deals, &mut Record)>,
) {
    for (forum, roll_call, mut positions, mut market, mut deals, mut record) in &mut forums {
        for (seat, instructions) in delegations.iter_many(roll_call.seats()).flatten().enumerate() {
            set_out(&mut positions, seat, instructions);
        }
        deals.clear();
        set_up(&mut market, &scene.scenario, forum.0, roll_call);
        market.read = None;
        market.exhausted = false;
        record.exchanges = 0;
        record.externality = 0.0;
    }
}

/// Has a seat pursue what its capital wants.
pub(crate) fn set_out(positions: &mut Positions, seat: usize, instructions: &Instructions) {
    let Instructions { ideal, floor, ceiling, .. } = instructions;
    positions.aim.write_from(seat, [ideal, floor, ceiling], |ideal, floor, ceiling| within((floor, ceiling), ideal));
}

/// Has a seat pursue what its capital wants by now on these clauses; on the others its aim stays, as far as its red lines
/// let it.
pub(super) fn turn_to(positions: &mut Positions, seat: usize, instructions: &Instructions, clauses: &[usize]) {
    for &clause in clauses {
        *positions.aim.at_mut(seat, clause) = instructions.ideal[clause];
    }
    for clause in 0..instructions.ideal.len() {
        let aim = positions.aim.at_mut(seat, clause);
        *aim = instructions.within_lines(clause, *aim);
    }
}

/// Gives every delegation that is there a row of the market, in the order of identifiers.
pub(super) fn set_up(market: &mut Market, scenario: &Scenario, forum: usize, roll_call: &RollCall) {
    let rows = &mut market.seats;
    if rows.len() != roll_call.present().len() || !rows.iter().all(|&seat| roll_call.is_present(seat)) {
        let members = &scenario.forums[forum].members;
        rows.clear();
        rows.extend((0..members.len()).filter(|&seat| roll_call.is_present(seat)));
        rows.sort_by_key(|&seat| &scenario.countries[members[seat].country].id);
        market.read = None;
    }
}

/// What the delegations of a forum say and how they stand to the text, to be moved seat by seat.
pub(super) struct Stances<'a> {
    pub positions: &'a mut Positions,
    pub bearings: &'a mut Bearings,
    pub concessions: &'a Concessions,
    pub scales: &'a Scales,
    pub text: &'a RollingText,
}

impl Stances<'_> {
    /// Moves the aim of a seat at its concession level: it takes its bearing anew, and what it says moves along.
    pub fn turn(&mut self, seat: usize, instructions: &Instructions, clause: usize, aim: f64) {
        let Stances { positions, bearings, concessions, scales, text } = self;
        let level = concessions.level[seat];
        let would_say = positions.aim.at(seat, clause) + level * bearings.way.at(seat, clause);
        *positions.aim.at_mut(seat, clause) = aim;
        let stands = retake(text, Seat::of(scales, seat), instructions, aim, clause);
        bearings.take(seat, clause, stands);
        let says_now = aim + level * stands.way;
        let stated = positions.stated.at_mut(seat, clause);
        *stated = match *stated == would_say {
            true => says_now,
            // What a bloc had it say beyond its own stays said.
            false => instructions.within_lines(clause, *stated + (says_now - would_say)),
        };
    }
}
