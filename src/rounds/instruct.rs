//! The opening: what each country is worth, what its capital really wants, and a blank text on the table.
//!
//! All that a replication draws before the first round is drawn here, keyed by purpose, forum and country.

use bevy_ecs::prelude::*;

use super::brief::{Draws, Room, SECOND_THOUGHTS, brief, draw_places, draw_resolve, shared_errors, speak_up};
use crate::chance::{Chance, NOBODY, Purpose};
use crate::clause_set::ClauseSet;
use crate::minutes::ClauseOutcome;
use crate::quantity::Uncertain;
use crate::rules::Unit;
use crate::world::{
    Brief, Concessions, Country, Delegation, DelegationOf, Drawn, DrawnParameters, Engagement, Forum, Instructions,
    Proceedings, Record, RollCall, RollingText, Scene, Strength, Watch, day_of_round,
};

/// Draws the parameters and the countries. Occasion 0 of [`Purpose::Delegation`].
pub fn appraise(
    scene: Res<Scene>,
    chance: Res<Chance>,
    mut parameters: ResMut<DrawnParameters>,
    mut countries: Query<(&Country, &mut Drawn)>,
) {
    let mut stream = chance.stream();
    stream.place(Purpose::Parameters, 0, NOBODY);
    // Each has a place of its own in the lane; those that are known are passed over.
    let mut passed = 0;
    parameters.0 = scene.scenario.parameters.map(|value, parameter| {
        let luck = match value.is_drawn() {
            true => stream.skip(std::mem::take(&mut passed)).uniform(),
            false => 0.5,
        };
        passed += usize::from(!value.is_drawn());
        parameter.cut(value.quantile(luck))
    });
    for (country, mut drawn) in &mut countries {
        let stated = &scene.scenario.countries[country.0];
        let needed = stated.capability.is_drawn() || stated.capacity.is_drawn();
        if needed {
            stream.place(Purpose::Delegation, 0, stated.lane);
        }
        let mut draw = |value: Uncertain| value.quantile(if needed { stream.uniform() } else { 0.5 });
        drawn.capability = draw(stated.capability).max(0.0);
        drawn.capacity = draw(stated.capacity).clamp(0.0, 1.0);
    }
}

/// Draws what each capital wants, on the occasion of its forum.
pub fn instruct(
    scene: Res<Scene>,
    chance: Res<Chance>,
    parameters: Res<DrawnParameters>,
    forums: Query<(&Forum, &RollCall)>,
    countries: Query<&Drawn>,
    mut delegations: Query<(&Delegation, &DelegationOf, &Brief, &mut Instructions, &mut Strength)>,
) {
    let (mut stream, mut room) = (chance.stream(), Room::new());
    for (forum, roll_call) in &forums {
        let written = &scene.scenario.forums[forum.0];
        let places = draw_places(&written.agenda, &scene.clause_rank);
        let occasion = written.occasion;
        let mut shared = Vec::new();
        let mut seats = delegations.iter_many_mut(roll_call.seats());
        while let Some(Ok((delegation, country, stated, mut instructions, mut strength))) = seats.fetch_next() {
            let member = &written.members[delegation.seat];
            let lane = scene.scenario.countries[member.country].lane;
            let Ok(drawn) = countries.get(country.0) else {
                continue;
            };
            let weight = member.weight.unwrap_or(drawn.capability);
            *strength = Strength { weight, alone: weight, capacity: drawn.capacity };
            if stated.reads_evidence && shared.is_empty() {
                shared = shared_errors(&mut stream, &scene, &written.agenda, parameters.common_error);
            }
            let (stream, room) = (&mut stream, &mut room);
            let draws = Draws { stream, occasion, lane, places: &places, room, shared: &shared };
            brief(&mut instructions, (stated, member.reservation), draws, &parameters);
            speak_up(&mut instructions, weight, &parameters);
        }
    }
}

/// Puts a blank text on the table of every forum, at its status quo.
pub fn open(
    scene: Res<Scene>,
    chance: Res<Chance>,
    mut forums: Query<(&Forum, &mut RollingText, &mut Proceedings, &mut Concessions, &mut Record, &mut Watch)>,
) {
    for (forum, mut text, mut proceedings, mut concessions, mut record, mut watch) in &mut forums {
        let written = &scene.scenario.forums[forum.0];
        text.reopen_all(&written.status_quo);
        let luck = match written.cost_of_failure.is_drawn() {
            true => chance.stream().place(Purpose::Parameters, written.occasion, NOBODY).uniform(),
            false => 0.5,
        };
        *proceedings = Proceedings {
            round: 0,
            deadline: written.calendar.rounds,
            extensions: 0,
            reconsidering: false,
            engagement: Engagement::Recess,
            next_session: day_of_round(&written.calendar, 1),
            total_weight: 0.0,
            unit: Unit::NONE,
            cost_of_failure: written.cost_of_failure.quantile(luck).max(0.0),
        };
        (0..written.members.len()).for_each(|seat| concessions.begin(seat));
        record.clauses.fill(ClauseOutcome { proposed: true, ..ClauseOutcome::default() });
        record.polls = 0;
        record.unopposed = None;
        record.co_sponsors.fill(false);
        record.gains.fill(0.0);
        record.parties.fill(false);
        record.transfers.fill(0.0);
        record.opted_out.fill(ClauseSet::EMPTY);
        record.letters.fill(0);
        watch.clear();
    }
}

/// Has the capitals of an extended forum think again: what it would take to make them object is drawn anew. What they
/// want stays as it is.
pub fn reconsider(
    scene: Res<Scene>,
    chance: Res<Chance>,
    parameters: Res<DrawnParameters>,
    mut forums: Query<(&Forum, &RollCall, &mut Proceedings, &mut RollingText)>,
    mut delegations: Query<(&Delegation, &mut Instructions)>,
) {
    for (forum, roll_call, mut proceedings, mut text) in &mut forums {
        if !std::mem::take(&mut proceedings.reconsidering) {
            continue;
        }
        let written = &scene.scenario.forums[forum.0];
        let places = draw_places(&written.agenda, &scene.clause_rank);
        let (mut stream, mut room) = (chance.stream(), Room::new());
        let mut seats = delegations.iter_many_mut(roll_call.seats());
        while let Some(Ok((delegation, mut instructions))) = seats.fetch_next() {
            let lane = scene.scenario.countries[written.members[delegation.seat].country].lane;
            stream.place(Purpose::SecondThoughts, written.occasion, lane);
            stream.skip((proceedings.extensions - 1) as usize * SECOND_THOUGHTS);
            draw_resolve(&mut instructions, &mut stream, &places, &mut room, parameters.assertiveness);
        }
        text.moved.clear();
        text.moved.extend(0..written.agenda.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::check::load;
    use crate::scenario::source::Memory;
    use crate::world::assemble;

    /// The parameters of a replication in which these are drawn, uniformly from 0 to 1, and the others are known.
    fn parameters(drawn: &[&str]) -> DrawnParameters {
        let changes = drawn.iter().map(|name| format!("parameters.{name}={{ uniform = {{ min = 0.0, max = 1.0 }} }}"));
        let checked = load("minimal", &changes.collect::<Vec<_>>(), &Memory::default()).expect("it holds");
        let mut world = assemble(checked.scenario);
        world.insert_resource(Chance::new(7, 3));
        let mut schedule = Schedule::default();
        schedule.add_systems(appraise);
        schedule.run(&mut world);
        *world.resource()
    }

    #[test]
    fn a_parameter_has_its_own_draw_whatever_else_is_drawn() {
        let all = parameters(&["rigidity", "assertiveness", "isolation", "indifference", "common_error"]);
        let luck = |place: usize| {
            let mut stream = Chance::new(7, 3).stream();
            stream.place(Purpose::Parameters, 0, NOBODY).skip(place).uniform()
        };
        assert_eq!([all.rigidity, all.assertiveness, all.isolation], [2, 3, 4].map(luck));
        assert_eq!([all.indifference, all.common_error], [6, 7].map(luck));
        for some in [&["isolation", "common_error"][..], &["common_error", "rigidity"]] {
            let some = (some, parameters(some));
            for (name, of_all, of_some) in [
                ("rigidity", all.rigidity, some.1.rigidity),
                ("isolation", all.isolation, some.1.isolation),
                ("common_error", all.common_error, some.1.common_error),
            ] {
                assert!(!some.0.contains(&name) || of_all == of_some, "{name} where only {:?} are drawn", some.0);
            }
        }
    }
}
