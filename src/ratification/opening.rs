//! Before the first round: parameters of what follows, a clean sheet for every treaty, and countries without a seat.

use bevy_ecs::prelude::*;

use super::opens;

use crate::chance::{Chance, NOBODY, Purpose};
use crate::rounds::aim;
use crate::rounds::brief::{Draws, Room, brief, draw_places, shared_errors};
use crate::rounds::objection::standing_alone;
use crate::world::{
    Brief, Clock, Delegation, DelegationOf, Drawn, DrawnAfter, DrawnParameters, Forum, Instructions, LastSeason,
    Outsiders, Positions, Proceedings, RollCall, RollingText, Scene, Strength, Treaty, candidates,
};

/// Draws the parameters of what follows adoption and forgets every treaty. Occasion 0 of [`Purpose::Ratification`].
pub fn appraise(
    scene: Res<Scene>,
    chance: Res<Chance>,
    mut parameters: ResMut<DrawnAfter>,
    mut last: ResMut<LastSeason>,
    mut treaties: Query<&mut Treaty>,
) {
    let mut stream = chance.stream();
    stream.place(Purpose::Ratification, 0, NOBODY);
    let stated = scene.scenario.after_parameters;
    parameters.0 = stated.map(|value, parameter| parameter.cut(value.quantile(stream.uniform())));
    *last = LastSeason::default();
    for mut treaty in &mut treaties {
        treaty.clear();
    }
}

/// Draws what countries without a seat want, as if they had one: the same draws that they would have as members.
pub fn brief_outsiders(
    scene: Res<Scene>,
    chance: Res<Chance>,
    parameters: Res<DrawnParameters>,
    forums: Query<(&Forum, &RollCall, &Outsiders)>,
    countries: Query<&Drawn>,
    mut delegations: Query<(&Delegation, &DelegationOf, &Brief, &mut Instructions, &mut Strength)>,
) {
    let (mut stream, mut room) = (chance.stream(), Room::new());
    for (forum, roll_call, outsiders) in &forums {
        let written = &scene.scenario.forums[forum.0];
        let places = draw_places(&written.agenda, &scene.clause_rank);
        let shared = shared_errors(&mut stream, &scene, &written.agenda, parameters.common_error);
        let mut strongest = 0.0f64;
        let mut all = delegations.iter_many_mut(candidates(roll_call, Some(outsiders)));
        while let Some(Ok((delegation, country, stated, mut instructions, mut strength))) = all.fetch_next() {
            if let Ok(drawn) = countries.get(country.0)
                && delegation.seat >= written.members.len()
            {
                let member = written.candidate(delegation.seat);
                let weight = member.weight.unwrap_or(drawn.capability);
                *strength = Strength { weight, alone: weight, capacity: drawn.capacity };
                let lane = scene.scenario.countries[member.country].lane;
                let occasion = written.occasion;
                let (stream, room) = (&mut stream, &mut room);
                let draws = Draws { stream, occasion, lane, places: &places, room, shared: &shared };
                brief(&mut instructions, (stated, member.reservation), draws, &parameters);
            }
            strongest = strongest.max(strength.weight);
        }
        let mut all = delegations.iter_many_mut(candidates(roll_call, Some(outsiders)));
        while let Some(Ok((delegation, _, _, _, mut strength))) = all.fetch_next() {
            if delegation.seat >= written.members.len() {
                strength.alone = standing_alone(strength.weight, strongest, parameters.isolation);
            }
        }
    }
}

/// Has the delegations of forums that open today set out from what their capitals want by now: what happened elsewhere
/// since they were instructed may have moved it.
pub fn set_out(
    clock: Res<Clock>,
    mut forums: Query<(&RollCall, &Proceedings, &mut RollingText, &mut Positions)>,
    delegations: Query<&Instructions>,
) {
    for (roll_call, proceedings, mut text, mut positions) in &mut forums {
        if !opens(proceedings, clock.today) {
            continue;
        }
        for (seat, instructions) in delegations.iter_many(roll_call.seats()).flatten().enumerate() {
            aim::set_out(&mut positions, seat, instructions);
        }
        text.moved.clear();
        let clauses = 0..text.point.len();
        text.moved.extend(clauses);
    }
}
