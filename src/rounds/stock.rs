//! Stock: who is there, with what weight, standing and say. Taken at the opening, and anew where a shock has struck.

use bevy_ecs::prelude::*;

use super::aim::set_up;
use super::caucus::seats;
use super::objection::{share, standing_alone};
use crate::scenario::Bloc;
use crate::world::{
    Concessions, Delegation, DrawnParameters, Floor, Forum, Instructions, Market, Outsiders, Positions, Proceedings,
    RollCall, RollingText, Scales, Scene, Strength, Strikes, candidates,
};

/// The forums, with all that depends on who is there.
type Halls<'w, 's> = Query<
    'w,
    's,
    (
        &'static Forum,
        &'static RollCall,
        Option<&'static Outsiders>,
        &'static mut RollingText,
        &'static mut Proceedings,
        &'static mut Floor,
        &'static mut Market,
        &'static mut Positions,
        &'static mut Scales,
        &'static mut Concessions,
    ),
>;

/// Takes the stock of every forum that was touched: standings, those that a bloc lends to its members included, all say
/// and weight together, shares of it, and rows of the market. Bearings are due anew.
pub fn take_stock(
    scene: Res<Scene>,
    parameters: Res<DrawnParameters>,
    mut strikes: ResMut<Strikes>,
    mut forums: Halls,
    mut delegations: Query<(&Delegation, &Instructions, &mut Strength)>,
) {
    for hall in &mut forums {
        let (
            forum,
            roll_call,
            outsiders,
            mut text,
            mut proceedings,
            mut floor,
            mut market,
            mut positions,
            mut scales,
            mut concessions,
        ) = hall;
        if !strikes.touched.get_mut(forum.0).is_some_and(std::mem::take) {
            continue;
        }
        let written = &scene.scenario.forums[forum.0];
        let mut strongest = 0.0f64;
        let (mut total_weight, mut heaviest) = (0.0, 0.0f64);
        floor.say.fill(0.0);
        for (delegation, instructions, strength) in delegations.iter_many(roll_call.present()).flatten() {
            strongest = strongest.max(strength.weight);
            if roll_call.decides(delegation.seat) {
                total_weight += strength.weight;
                heaviest = heaviest.max(strength.weight);
            }
            give_the_floor(&mut floor, &mut positions, delegation.seat, instructions);
        }
        proceedings.total_weight = total_weight;
        let carried = delegations.iter_many(roll_call.deciding()).flatten();
        proceedings.unit =
            written.weights.unit_of(carried.map(|(delegation, _, strength)| (delegation.seat, strength.weight)));
        let isolation = parameters.isolation;
        stand(&mut delegations, roll_call, &written.room.blocs, strongest, isolation);
        for (delegation, _, strength) in delegations.iter_many(roll_call.present()).flatten() {
            let seat = delegation.seat;
            scales.weight[seat] = strength.weight;
            (scales.alone[seat], scales.own[seat]) = (strength.alone, share(strength.weight, total_weight).min(1.0));
        }
        scales.heaviest = heaviest;
        scales.vetoes.clear();
        let seated = roll_call.present_seats();
        scales.vetoes.extend(roll_call.deciding_seats().iter().filter(|&&seat| written.members[seat].veto));
        concessions.watched = seated.iter().any(|&seat| concessions.tactic[seat].looks_at_others());
        if outsiders.is_some() {
            stand_outside(
                &mut delegations,
                candidates(roll_call, outsiders),
                written.members.len(),
                strongest,
                isolation,
            );
        }
        set_up(&mut market, &scene.scenario, forum.0, roll_call);
        market.exhausted = false;
        text.moved.clear();
        let clauses = 0..text.point.len();
        text.moved.extend(clauses);
    }
}

/// Gives those that are there their standings, and those that a bloc lends to its members: they stand for all that it has.
fn stand(
    delegations: &mut Query<(&Delegation, &Instructions, &mut Strength)>,
    roll_call: &RollCall,
    blocs: &[Bloc],
    strongest: f64,
    isolation: f64,
) {
    let mut there = delegations.iter_many_mut(roll_call.present());
    while let Some(Ok((_, _, mut strength))) = there.fetch_next() {
        strength.alone = standing_alone(strength.weight, strongest, isolation);
    }
    let speaks = |bloc: &&Bloc| bloc.cohesion > 0.0 && bloc.spokesperson.is_some_and(|seat| roll_call.is_present(seat));
    for bloc in blocs.iter().filter(speaks) {
        let mut together = 0.0;
        for (_, _, strength) in delegations.iter_many(seats(bloc, roll_call)).flatten() {
            together += strength.weight;
        }
        let mut members = delegations.iter_many_mut(seats(bloc, roll_call));
        while let Some(Ok((_, _, mut strength))) = members.fetch_next() {
            let behind = strength.weight + bloc.cohesion * (together - strength.weight);
            strength.alone = standing_alone(behind.min(strongest), strongest, isolation);
        }
    }
}

/// Gives those without a seat their standings, beside the strongest of all candidates.
fn stand_outside(
    delegations: &mut Query<(&Delegation, &Instructions, &mut Strength)>,
    all: impl Iterator<Item = Entity> + Clone,
    members: usize,
    mut strongest: f64,
    isolation: f64,
) {
    for (_, _, strength) in delegations.iter_many(all.clone()).flatten() {
        strongest = strongest.max(strength.weight);
    }
    let mut all = delegations.iter_many_mut(all);
    while let Some(Ok((delegation, _, mut strength))) = all.fetch_next() {
        if delegation.seat >= members {
            strength.alone = standing_alone(strength.weight, strongest, isolation);
        }
    }
}

/// Has the chair hear a seat by all that it has to say.
pub(crate) fn give_the_floor(floor: &mut Floor, positions: &mut Positions, seat: usize, instructions: &Instructions) {
    let say = &*instructions.say;
    positions.say.write_from(seat, [say, say, say], |say, _, _| say);
    for (all, say) in floor.say.iter_mut().zip(&instructions.say) {
        *all += say;
    }
}
