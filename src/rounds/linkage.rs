//! Exchange: pairs of delegations give way to each other, each on the clause that matters less to it.
//!
//! The equal-gain model of Stokman & Van Oosten (1994), in every round, over the clauses still in brackets: see
//! [`crate::exchange`]. A deal is kept: what was given moves the giver's aim for good, and nobody trades on a clause in two
//! rounds (a judgement; otherwise the giver would sell its old position back a round later).

use bevy_ecs::change_detection::{DetectChanges, Tick};
use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemChangeTick;

use super::aim::Stances;
use crate::clause_set::ClauseSet;
use crate::exchange::{Bounds, Capabilities, Limits, Realised, Roles, Table, realise_within};
use crate::maths::pow;
use crate::minutes::{Entry, Minutes};
use crate::scenario::Linkage;
use crate::world::{
    Bearings, Concessions, Deals, DrawnParameters, Engagement, Forum, Instructions, Market, Positions, Proceedings,
    Record, RollCall, RollingText, Scales, Scene, Strength, TILE,
};

/// What is read of a delegation.
type Trader = (Ref<'static, Instructions>, Ref<'static, Strength>);

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
        &'static mut Deals,
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
    tick: SystemChangeTick,
    mut forums: Halls,
    delegations: Query<Trader>,
    mut minutes: ResMut<Minutes>,
) {
    for hall in &mut forums {
        let (
            forum,
            roll_call,
            text,
            proceedings,
            concessions,
            scales,
            mut said,
            mut bearings,
            mut market,
            mut deals,
            mut record,
        ) = hall;
        let written = &scene.scenario.forums[forum.0];
        let Some(linkage) = written.room.linkage else { continue };
        if proceedings.engagement != Engagement::InSession {
            continue;
        }
        let rank = |clause: usize| scene.clause_rank[written.agenda[clause]];
        let on_sale = text.open.iter().filter(|&&clause| written.template[clause].is_none());
        let on_sale: ClauseSet = on_sale.copied().collect();
        let known = (parameters.capability_exponent, tick.this_run());
        let moved = survey(&mut market, on_sale, rank, (roll_call, &said, &deals), &delegations, known);
        debug_assert!(is_current(&market, (roll_call, &said, &deals), &delegations, known.0));
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
        hall.keep(realised, stances, (&mut deals, settled), &delegations, &mut minutes);
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

/// Writes down where everybody stands on what is open. Tells whether anything may differ from the last time.
///
/// Aims are read in every round. All else changes only with what is open, who is there and what capitals instruct; what is
/// traded is noted as it is.
fn survey(
    market: &mut Market,
    on_sale: ClauseSet,
    rank: impl Fn(usize) -> usize,
    (roll_call, said, deals): (&RollCall, &Positions, &Deals),
    delegations: &Query<Trader>,
    (capability_exponent, now): (f64, Tick),
) -> bool {
    let same = market.on_sale == on_sale;
    let last = market.read.replace(now).filter(|_| same);
    let fresh = |last: Tick| {
        let mut there = delegations.iter_many(roll_call.present()).flatten();
        there.any(|(instructions, strength)| {
            instructions.last_changed().is_newer_than(last, now) || strength.last_changed().is_newer_than(last, now)
        })
    };
    let fresh = last.is_none_or(fresh);
    let Market { seats, clauses, aims, positions, saliences, capabilities, floors, ceilings, settled, .. } = market;
    if fresh {
        market.on_sale = on_sale;
        clauses.clear();
        clauses.extend(on_sale);
        clauses.sort_by_key(|&clause| rank(clause));
        aims.clear();
        aims.extend(clauses.iter().map(|&clause| said.aim.first(clause)));
        for row in [&mut *saliences, floors, ceilings, capabilities] {
            row.clear();
        }
        settled.clear();
        positions.resize(seats.len() * clauses.len(), 0.0);
        for (seat, &delegation) in seats.iter().filter_map(|&seat| Some((seat, roll_call.seats().get(seat)?))) {
            let Ok((instructions, strength)) = delegations.get(delegation) else { continue };
            let cares = instructions.total_salience;
            capabilities.push(pow(strength.weight, capability_exponent) * cares);
            let share = |clause: usize| if cares > 0.0 { instructions.salience[clause] / cares } else { 0.0 };
            saliences.extend(clauses.iter().map(|&clause| share(clause)));
            floors.extend(clauses.iter().map(|&clause| instructions.floor[clause]));
            ceilings.extend(clauses.iter().map(|&clause| instructions.ceiling[clause]));
            settled.extend(clauses.iter().map(|&clause| deals.settled(seat).has(clause)));
        }
    }
    let mut moved = fresh;
    let cells = said.aim.cells();
    for (row, &seat) in positions.chunks_exact_mut(clauses.len().max(1)).zip(&*seats) {
        for (position, &first) in row.iter_mut().zip(&*aims) {
            let aim = cells[first + seat * TILE];
            moved |= *position != aim;
            *position = aim;
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
    fn keep(
        &self,
        realised: &Realised,
        mut stances: Stances,
        (deals, settled): (&mut Deals, &mut [bool]),
        delegations: &Query<Trader>,
        minutes: &mut Minutes,
    ) {
        for (no, exchange) in realised.exchanges.iter().enumerate() {
            let mut gives = [(0, 0, 0.0, 0.0); 2];
            for (give, party) in gives.iter_mut().zip(&exchange.parties) {
                let seat = self.seats[party.actor];
                let delegation = self.roll_call.seats().get(seat).map(|&delegation| delegations.get(delegation));
                let Some(Ok((instructions, _))) = delegation else { continue };
                let instructions = &*instructions;
                let (supplied, demanded) = (self.clauses[party.supplies], self.clauses[party.demands]);
                let aim = instructions.within_lines(supplied, party.votes);
                *give = (seat, supplied, stances.positions.aim.at(seat, supplied), aim);
                for clause in [party.supplies, party.demands] {
                    settled[party.actor * self.clauses.len() + clause] = true;
                }
                deals.gave[seat].insert(supplied);
                deals.got[seat].insert(demanded);
                stances.turn(seat, instructions, supplied, aim);
            }
            let (forum, gain, externality) = (self.forum, exchange.gain, realised.externality(no));
            minutes.note(|| Entry::Exchanged { forum, gives, gain, externality });
        }
    }
}

/// Whether a market is what it would be if it were written down from nothing.
fn is_current(
    market: &Market,
    (roll_call, said, deals): (&RollCall, &Positions, &Deals),
    delegations: &Query<Trader>,
    capability_exponent: f64,
) -> bool {
    let clauses = &market.clauses;
    market.seats.iter().enumerate().all(|(row, &seat)| {
        let Ok((instructions, strength)) = delegations.get(roll_call.seats()[seat]) else { return false };
        let cares = instructions.total_salience;
        let share = |clause: usize| if cares > 0.0 { instructions.salience[clause] / cares } else { 0.0 };
        let row_of = |cells: &[f64]| cells[row * clauses.len()..(row + 1) * clauses.len()].to_vec();
        let of = |number: &dyn Fn(usize) -> f64| clauses.iter().map(|&clause| number(clause)).collect::<Vec<f64>>();
        market.capabilities[row] == pow(strength.weight, capability_exponent) * cares
            && row_of(&market.positions) == of(&|clause| said.aim.at(seat, clause))
            && row_of(&market.saliences) == of(&share)
            && row_of(&market.floors) == of(&|clause| instructions.floor[clause])
            && row_of(&market.ceilings) == of(&|clause| instructions.ceiling[clause])
            && (market.settled[row * clauses.len()..].iter().zip(clauses))
                .all(|(&settled, &clause)| settled == deals.settled(seat).has(clause))
    })
}
