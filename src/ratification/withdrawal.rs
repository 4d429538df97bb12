//! Withdrawal: a party whose gain has become negative leaves, sooner or later.
//!
//! Withdrawal needs a clause that allows it (Vienna Convention, article 56). A party at a loss leaves with a constant
//! hazard: exits are rare, and often lag behind the wish for them (Helfer 2005). The size of the hazard is a judgement.

use bevy_ecs::prelude::*;

use super::candidates::{self, Delegations};
use super::worth::Scales;
use crate::chance::{Chance, Purpose};
use crate::maths::exp;
use crate::minutes::{Entry, Event, Minutes};
use crate::quantity::Day;
use crate::scenario::Mechanism;
use crate::world::{Clock, DrawnAfter, DrawnParameters, Forum, LastSeason, Outsiders, RollCall, Scene, Treaty};

/// Mean length of a year (in days).
const YEAR: f64 = 365.25;
/// A loss below this is none: room for rounding.
const AT_THE_MARGIN: f64 = 1e-12;

/// Has parties at a loss give notice. Occasion: the number of the season; one draw a forum.
#[expect(clippy::too_many_arguments, reason = "a system names what it reads")]
pub fn withdraw(
    scene: Res<Scene>,
    chance: Res<Chance>,
    clock: Res<Clock>,
    last: Res<LastSeason>,
    parameters: Res<DrawnParameters>,
    after: Res<DrawnAfter>,
    mut forums: Query<(&Forum, &RollCall, Option<&Outsiders>, &mut Treaty)>,
    delegations: Delegations,
    mut minutes: ResMut<Minutes>,
) {
    let scenario = &scene.scenario;
    if !scenario.plays(Mechanism::Withdrawal) {
        return;
    }
    let mut stream = chance.stream();
    for (forum, roll_call, outsiders, mut treaty) in &mut forums {
        let written = &scenario.forums[forum.0];
        let (Some(notice), Some(in_force)) = (written.after.notice_days, treaty.in_force) else { continue };
        if in_force > clock.today {
            continue;
        }
        let years = (clock.today - last.day.map_or(in_force, |last| last.max(in_force))) as f64 / YEAR;
        let chance_of_leaving = 1.0 - exp(-after.0.withdrawal_hazard * years);
        let there = candidates::of(&delegations, roll_call, outsiders);
        let scales = Scales::of(scenario, forum.0, &parameters, &treaty.exceptions);
        for (candidate, &(instructions, strength)) in there.iter().enumerate() {
            let standing = treaty.standing[candidate];
            if !standing.is_bound(clock.today) || standing.bound_until.is_some() {
                continue;
            }
            let member = written.candidate(candidate);
            let worth = scales.gain(&treaty.text, standing.excepted, member, instructions, strength);
            let gain = standing.accepted_with + worth - standing.worth_then;
            if gain >= -AT_THE_MARGIN {
                continue;
            }
            let lane = scenario.countries[member.country].lane;
            stream.place(Purpose::Withdrawal, last.number, lane);
            let mut luck = stream.uniform();
            for _ in 0..forum.0 {
                luck = stream.uniform();
            }
            if luck < chance_of_leaving {
                let until = clock.today.saturating_add(Day::from(notice));
                treaty.standing[candidate].bound_until = Some(until);
                let event = Event::GaveNotice { candidate, until };
                minutes.note(|| Entry::Later { forum: forum.0, day: clock.today, event });
            }
        }
    }
}
