//! Exchange: pairs of delegations give way to each other, each on the clause that matters less to it.
//!
//! The equal-gain model of Stokman & Van Oosten (1994), in every round, over the clauses still in brackets: see
//! [`crate::exchange`]. A deal is kept: what was given moves the giver's aim for good, and nobody trades twice on a clause
//! (a judgement; otherwise the giver would sell its old position back a round later).

use bevy_ecs::prelude::*;

use super::aim::turn;
use crate::exchange::{Bounds, Capabilities, Limits, Realised, Roles, Table, realise_within};
use crate::maths::pow;
use crate::minutes::{Entry, Minutes};
use crate::scenario::{self, Linkage};
use crate::world::{
    Bearing, Concession, Deal, Deals, DrawnParameters, Engagement, Forum, Instructions, Market, Position, Proceedings,
    Record, RollCall, RollingText, Scene, Strength,
};

/// What is read and written of a delegation.
type Trader<'a> = (&'a Instructions, &'a Strength, &'a Concession, &'a mut Position, &'a mut Bearing, &'a mut Deals);

/// Concludes the best exchanges of the round, within the bounds that the scenario gives.
///
/// Actors are the delegations with their aims, saliences are shares of all that a delegation cares about, so that gains
/// are in utility (linear loss), and votes weigh as in the chair's mean. Clauses with a template are not for sale: no
/// position moves them.
pub fn exchange_positions(
    scene: Res<Scene>,
    parameters: Res<DrawnParameters>,
    mut forums: Query<(&Forum, &RollCall, &RollingText, &Proceedings, &mut Market, &mut Record)>,
    mut delegations: Query<Trader>,
    mut minutes: ResMut<Minutes>,
) {
    for (forum, roll_call, text, proceedings, mut market, mut record) in &mut forums {
        let written = &scene.scenario.forums[forum.0];
        let Some(linkage) = written.room.linkage else { continue };
        if proceedings.engagement != Engagement::InSession {
            continue;
        }
        let moved = survey(&mut market, written, text, roll_call, &delegations, parameters.capability_exponent);
        if market.exhausted && !moved {
            continue;
        }
        let Market { clauses, positions, saliences, capabilities, floors, ceilings, settled, workspace, .. } =
            &mut *market;
        let (seats, issues) = (roll_call.seats().len(), clauses.len());
        let limits = Limits { floors, ceilings, settled };
        let table = Table::new(seats, issues, positions, saliences, Capabilities::Actors(capabilities));
        let Some(table) = table.and_then(|table| table.within(limits)) else { continue };
        let realised = realise_within(&table, Roles::Kept, bounds(linkage, issues), workspace);
        keep(realised, clauses, forum.0, roll_call, text, &mut delegations, &mut minutes);
        for no in 0..realised.exchanges.len() {
            record.exchanges += 1;
            record.externality += realised.externality(no);
        }
        market.exhausted = realised.exchanges.is_empty();
    }
}

/// How much one round may look at.
fn bounds(linkage: Linkage, issues: usize) -> Bounds {
    let usual = Bounds::for_issues(issues);
    Bounds {
        partners: linkage.partners.unwrap_or(usual.partners),
        issues: linkage.issues,
        exchanges: linkage.exchanges,
    }
}

/// Writes down where everybody stands on what is open. Tells whether anything differs from the last time.
fn survey(
    market: &mut Market,
    written: &scenario::Forum,
    text: &RollingText,
    roll_call: &RollCall,
    delegations: &Query<Trader>,
    capability_exponent: f64,
) -> bool {
    let for_sale = || text.open.iter().copied().filter(|&clause| written.template[clause].is_none());
    let Market { clauses, positions, saliences, capabilities, floors, ceilings, settled, .. } = market;
    let mut moved = !clauses.iter().copied().eq(for_sale());
    clauses.clear();
    clauses.extend(for_sale());
    let cells = roll_call.seats().len() * clauses.len();
    for row in [&mut *positions, saliences, floors, ceilings] {
        row.resize(cells, 0.0);
    }
    settled.resize(cells, false);
    capabilities.resize(roll_call.seats().len(), 0.0);
    let mut cell = 0;
    let seats = delegations.iter_many(roll_call.seats()).flatten().zip(capabilities);
    for ((instructions, strength, _, position, _, deals), capability) in seats {
        let cares = instructions.total_salience;
        *capability = pow(strength.weight, capability_exponent) * cares;
        for &clause in &*clauses {
            let salience = if cares > 0.0 { instructions.salience[clause] / cares } else { 0.0 };
            let done = deals.on[clause] != Deal::None;
            moved |= positions[cell] != position.aim[clause] || saliences[cell] != salience || settled[cell] != done;
            positions[cell] = position.aim[clause];
            saliences[cell] = salience;
            floors[cell] = instructions.floor[clause];
            ceilings[cell] = instructions.ceiling[clause];
            settled[cell] = done;
            cell += 1;
        }
    }
    moved
}

/// Moves the aims of those who gave way, and puts every exchange on record.
fn keep(
    realised: &Realised,
    clauses: &[usize],
    forum: usize,
    roll_call: &RollCall,
    text: &RollingText,
    delegations: &mut Query<Trader>,
    minutes: &mut Minutes,
) {
    for (no, exchange) in realised.exchanges.iter().enumerate() {
        let mut gives = [(0, 0, 0.0, 0.0); 2];
        for (give, party) in gives.iter_mut().zip(&exchange.parties) {
            let Some(&seat) = roll_call.seats().get(party.actor) else { continue };
            let Ok((instructions, _, concession, mut position, mut bearing, mut deals)) = delegations.get_mut(seat)
            else {
                continue;
            };
            let (supplied, demanded) = (clauses[party.supplies], clauses[party.demands]);
            *give = (party.actor, supplied, position.aim[supplied], party.votes);
            deals.on[supplied] = Deal::Gave;
            deals.on[demanded] = Deal::Got;
            let aim = instructions.within_lines(supplied, party.votes);
            turn(&mut position, &mut bearing, text, instructions, concession.level, supplied, aim);
        }
        let (gain, externality) = (exchange.gain, realised.externality(no));
        minutes.note(|| Entry::Exchanged { forum, gives, gain, externality });
    }
}
