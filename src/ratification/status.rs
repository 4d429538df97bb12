//! Deposits and entry into force, as the calendar has them.

use bevy_ecs::prelude::*;

use super::candidates::{self, Delegations};
use super::force::{Deposit, Units, Voice, bound_from, threshold_day};
use crate::minutes::{Entry, Event, Minutes};
use crate::quantity::Day;
use crate::world::{Clock, Forum, Outsiders, RollCall, Scene, Treaty};

/// Tells of instruments deposited since the last season.
pub fn deposit(clock: Res<Clock>, mut forums: Query<(&Forum, &mut Treaty)>, mut minutes: ResMut<Minutes>) {
    for (forum, mut treaty) in &mut forums {
        for (candidate, standing) in treaty.standing.iter_mut().enumerate() {
            let Some(day) = standing.deposit.filter(|&day| day <= clock.today && !standing.told) else { continue };
            standing.told = true;
            minutes.note(|| Entry::Later { forum: forum.0, day, event: Event::Ratified { candidate } });
        }
    }
}

/// Brings texts into force whose thresholds are met, and binds the parties.
pub fn enter_into_force(
    scene: Res<Scene>,
    clock: Res<Clock>,
    mut forums: Query<(&Forum, &RollCall, Option<&Outsiders>, &mut Treaty)>,
    delegations: Delegations,
    mut minutes: ResMut<Minutes>,
) {
    for (forum, roll_call, outsiders, mut treaty) in &mut forums {
        if treaty.signed.is_none() {
            continue;
        }
        let written = &scene.scenario.forums[forum.0];
        let rule = &written.after.force;
        if treaty.in_force.is_none() {
            let there = candidates::of(&delegations, roll_call, outsiders);
            let voices: Vec<Voice> = there
                .iter()
                .enumerate()
                .map(|(no, (_, strength))| {
                    let member = written.candidate(no);
                    Voice {
                        count: member.count,
                        weight: strength.weight,
                        groups: &scene.scenario.countries[member.country].groups,
                        signatory: treaty.standing[no].signed.is_some(),
                        // Who stands aside is not waited for, and counts once it has joined.
                        member: roll_call.decides(no)
                            || roll_call.is_present(no) && treaty.standing[no].deposit.is_some(),
                    }
                })
                .collect();
            let deposits: Vec<Deposit> = voices
                .iter()
                .zip(&treaty.standing)
                .filter_map(|(&voice, standing)| {
                    let day = standing.deposit.filter(|&day| day <= clock.today)?;
                    Some(Deposit { day, voice })
                })
                .collect();
            let weights = &written.weights;
            let carried = voices.iter().enumerate().map(|(no, voice)| (no, voice.weight));
            let units = Units { count: weights.counts, weight: weights.unit_of(carried) };
            let met = threshold_day(rule, &deposits, &voices, units);
            treaty.in_force = met.map(|day| day.saturating_add(Day::from(rule.after_days)));
            if let Some(day) = treaty.in_force {
                minutes.note(|| Entry::Later { forum: forum.0, day, event: Event::InForce });
            }
        }
        let Some(in_force) = treaty.in_force else { continue };
        for standing in &mut treaty.standing {
            if let Some(deposit) = standing.deposit.filter(|&day| day <= clock.today && standing.bound_from.is_none()) {
                standing.bound_from = Some(bound_from(rule, in_force, deposit));
            }
        }
    }
}
