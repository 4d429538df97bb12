//! Exchange: pairs of delegations give way to each other, each on the clause that matters less to it.
//!
//! The equal-gain model of Stokman & Van Oosten (1994), in every round, over the clauses still in brackets: see
//! [`crate::exchange`]. A deal is kept: what was given moves the giver's aim for good, and nobody trades twice on a clause
//! (a judgement; otherwise the giver would sell its old position back a round later).

use bevy_ecs::prelude::*;

use super::aim::Stances;
use crate::exchange::{Bounds, Capabilities, Limits, Realised, Roles, Table, realise_within};
use crate::maths::pow;
use crate::minutes::{Entry, Minutes};
use crate::scenario::{self, Linkage};
use crate::world::{
    Bearings, Concessions, Deal, Deals, DrawnParameters, Engagement, Forum, Instructions, Market, Positions,
    Proceedings, Record, RollCall, RollingText, Scales, Scene, Strength,
};

/// What is read and written of a delegation.
type Trader<'a> = (&'a Instructions, &'a Strength, &'a mut Deals);

/// Where exchanges are concluded.
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
        &'static mut Positions,
        &'static mut Bearings,
        &'static mut Market,
        &'static mut Record,
    ),
>;

/// Concludes the best exchanges of the round, within the bounds that the scenario gives.
///
/// Actors are the delegations with their aims, saliences are shares of all that a delegation cares about, so that gains
/// are in utility (linear loss), and votes weigh as in the chair's mean. Clauses with a template are not for sale: no
/// position moves them.
pub fn exchange_positions(
    scene: Res<Scene>,
    parameters: Res<DrawnParameters>,
    mut forums: Halls,
    mut delegations: Query<Trader>,
    mut minutes: ResMut<Minutes>,
) {
    for hall in &mut forums {
        let (forum, roll_call, text, proceedings, concessions, scales, mut said, mut bearings, mut market, mut record) =
            hall;
        let written = &scene.scenario.forums[forum.0];
        let Some(linkage) = written.room.linkage else { continue };
        if proceedings.engagement != Engagement::InSession {
            continue;
        }
        let rank = |clause: usize| scene.clause_rank[written.agenda[clause]];
        let omega = parameters.capability_exponent;
        let moved = survey(&mut market, written, text, rank, (roll_call, &said), &delegations, omega);
        if market.exhausted && !moved {
            continue;
        }
        let Market { seats, clauses, positions, saliences, capabilities, floors, ceilings, settled, workspace, .. } =
            &mut *market;
        let (actors, issues) = (seats.len(), clauses.len());
        let limits = Limits { floors, ceilings, settled };
        let table = Table::new(actors, issues, positions, saliences, Capabilities::Actors(capabilities));
        let Some(table) = table.and_then(|table| table.within(limits)) else { continue };
        let realised = realise_within(&table, Roles::Kept, bounds(linkage, issues), workspace);
        let stances = Stances { positions: &mut said, bearings: &mut bearings, concessions, scales, text };
        let hall = Hall { forum: forum.0, seats, clauses, roll_call };
        hall.keep(realised, stances, &mut delegations, &mut minutes);
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
    rank: impl Fn(usize) -> usize,
    (roll_call, said): (&RollCall, &Positions),
    delegations: &Query<Trader>,
    capability_exponent: f64,
) -> bool {
    let Market { seats, clauses, positions, saliences, capabilities, floors, ceilings, settled, .. } = market;
    let for_sale = text.open.iter().filter(|&&clause| written.template[clause].is_none());
    let mut moved = for_sale.clone().count() != clauses.len() || !for_sale.clone().all(|c| clauses.contains(c));
    if moved {
        clauses.clear();
        clauses.extend(for_sale);
        clauses.sort_by_key(|&clause| rank(clause));
    }
    let cells = seats.len() * clauses.len();
    for row in [&mut *positions, saliences, floors, ceilings] {
        row.resize(cells, 0.0);
    }
    settled.resize(cells, false);
    capabilities.resize(seats.len(), 0.0);
    let mut cell = 0;
    let rows = seats.iter().filter_map(|&seat| Some((seat, delegations.get(*roll_call.seats().get(seat)?).ok()?)));
    for ((seat, (instructions, strength, deals)), capability) in rows.zip(capabilities) {
        let cares = instructions.total_salience;
        *capability = pow(strength.weight, capability_exponent) * cares;
        for &clause in &*clauses {
            let salience = if cares > 0.0 { instructions.salience[clause] / cares } else { 0.0 };
            let done = deals.on[clause] != Deal::None;
            let mut note = |row: &mut [f64], value: f64| moved |= std::mem::replace(&mut row[cell], value) != value;
            note(positions, said.aim.at(seat, clause));
            note(saliences, salience);
            note(floors, instructions.floor[clause]);
            note(ceilings, instructions.ceiling[clause]);
            moved |= std::mem::replace(&mut settled[cell], done) != done;
            cell += 1;
        }
    }
    moved
}

/// Where exchanges take effect: whose rows and columns they name.
struct Hall<'a> {
    forum: usize,
    seats: &'a [usize],
    clauses: &'a [usize],
    roll_call: &'a RollCall,
}

impl Hall<'_> {
    /// Moves the aims of those who gave way, and puts every exchange on record.
    fn keep(&self, realised: &Realised, mut stances: Stances, delegations: &mut Query<Trader>, minutes: &mut Minutes) {
        for (no, exchange) in realised.exchanges.iter().enumerate() {
            let mut gives = [(0, 0, 0.0, 0.0); 2];
            for (give, party) in gives.iter_mut().zip(&exchange.parties) {
                let seat = self.seats[party.actor];
                let delegation = self.roll_call.seats().get(seat).map(|&delegation| delegations.get_mut(delegation));
                let Some(Ok((instructions, _, mut deals))) = delegation else { continue };
                let (supplied, demanded) = (self.clauses[party.supplies], self.clauses[party.demands]);
                let aim = instructions.within_lines(supplied, party.votes);
                *give = (seat, supplied, stances.positions.aim.at(seat, supplied), aim);
                deals.on[supplied] = Deal::Gave;
                deals.on[demanded] = Deal::Got;
                stances.turn(seat, instructions, supplied, aim);
            }
            let (forum, gain, externality) = (self.forum, exchange.gain, realised.externality(no));
            minutes.note(|| Entry::Exchanged { forum, gives, gain, externality });
        }
    }
}
