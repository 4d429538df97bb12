//! Aims: what a delegation pursues in the rounds, apart from what its capital wants.
//!
//! An aim begins at the ideal point. A bloc's discipline and exchanges move it; a red line always holds it. What a text
//! is worth in the endgame is measured from the ideal point all the same: what was given up stays given up.

use bevy_ecs::prelude::*;

use super::bearing::retake;
use crate::scenario::Scenario;
use crate::world::{Bearing, Deal, Deals, Forum, Instructions, Market, Position, Record, RollCall, RollingText, Scene};

/// Sets the aim of every delegation at its ideal point, as far as its red lines let it, and forgets every deal.
pub fn pursue(
    scene: Res<Scene>,
    mut delegations: Query<(&Instructions, &mut Position, &mut Deals)>,
    mut forums: Query<(&Forum, &RollCall, &mut Market, &mut Record)>,
) {
    for (instructions, mut position, mut deals) in &mut delegations {
        for (clause, aim) in position.aim.iter_mut().enumerate() {
            *aim = instructions.within_lines(clause, instructions.ideal[clause]);
        }
        deals.on.fill(Deal::None);
    }
    for (forum, roll_call, mut market, mut record) in &mut forums {
        set_up(&mut market, &scene.scenario, forum.0, roll_call);
        market.clauses.clear();
        market.exhausted = false;
        record.exchanges = 0;
        record.externality = 0.0;
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
    }
}

/// Moves the aim of a delegation at its concession level: it takes its bearing anew, and what it says moves along.
pub(super) fn turn(
    position: &mut Position,
    bearing: &mut Bearing,
    text: &RollingText,
    instructions: &Instructions,
    level: f64,
    clause: usize,
    aim: f64,
) {
    let would_say = position.aim[clause] + level * bearing.way[clause];
    position.aim[clause] = aim;
    retake(bearing, text, instructions, aim, clause);
    let says_now = aim + level * bearing.way[clause];
    let stated = &mut position.stated[clause];
    *stated = match *stated == would_say {
        true => says_now,
        // What a bloc had it say beyond its own stays said.
        false => instructions.within_lines(clause, *stated + (says_now - would_say)),
    };
}
