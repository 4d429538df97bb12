//! Precedent: a text in force becomes what holds for its parties without any other text.
//!
//! A party's status quo in another forum is then the stronger of the forum's and of what it is already bound by, and what
//! it already practises costs nothing to put into practice: later agreements begin where earlier ones ended, and copy them
//! (Allee & Elsig 2019). Forums in the middle of their talks are left alone; a forum that opens finds what the last
//! season settled.

use bevy_ecs::prelude::*;

use super::in_force::{Briefed, Treaties, texts};
use super::is_talking;
use crate::minutes::{Entry, Event, Minutes};
use crate::scenario::Mechanism;
use crate::world::{Clock, Forum, Outsiders, Proceedings, RollCall, Scene, candidates};

/// Takes down, for every country in every forum, the strongest that other texts in force oblige it to.
pub fn bind(
    scene: Res<Scene>,
    clock: Res<Clock>,
    treaties: Treaties,
    forums: Query<(&Forum, &Proceedings, &RollCall, Option<&Outsiders>)>,
    mut delegations: Briefed,
    mut minutes: ResMut<Minutes>,
) {
    let scenario = &scene.scenario;
    if scenario.forums.len() < 2 || !scenario.plays(Mechanism::Precedent) {
        return;
    }
    let texts = texts(scenario, clock.today, &treaties, &delegations);
    let mut strongest = Vec::new();
    for (forum, proceedings, roll_call, outsiders) in &forums {
        if is_talking(proceedings) {
            continue;
        }
        let written = &scenario.forums[forum.0];
        let mut all = delegations.iter_many_mut(candidates(roll_call, outsiders));
        while let Some(Ok((delegation, mut instructions))) = all.fetch_next() {
            let country = written.candidate(delegation.seat).country;
            strongest.clear();
            strongest.resize(written.agenda.len(), (0.0, forum.0));
            for text in texts.iter().filter(|text| text.forum != forum.0) {
                let Some(obliged) = text.obliges(country) else { continue };
                for (strongest, &clause) in strongest.iter_mut().zip(&written.agenda) {
                    if let Some(point) = obliged[clause].filter(|&point| point > strongest.0) {
                        *strongest = (point, text.forum);
                    }
                }
            }
            for (place, &(point, from)) in strongest.iter().enumerate() {
                if point > instructions.bound[place] {
                    let event = Event::Precedent { candidate: delegation.seat, clause: place, point, from };
                    minutes.note(|| Entry::Later { forum: forum.0, day: clock.today, event });
                }
                instructions.bound[place] = point;
            }
        }
    }
}
