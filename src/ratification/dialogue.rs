//! Dialogues bind nobody; they tell their members about each other.
//!
//! What a capital wants is drawn around what is documented of it. A dialogue that has concluded brings its members'
//! wishes on its clauses closer to what is documented, in forums that open later: fewer of them surprise (Keohane 1984 on
//! institutions that provide information; sizes are judgements). It may also move them towards its text (Checkel 2005).

use bevy_ecs::prelude::*;

use super::opens;
use crate::minutes::{Entry, Event, Minutes};
use crate::scenario::Mechanism;
use crate::scenario::after::Kind;
use crate::world::{Clock, Delegation, Engagement, Forum, Instructions, Proceedings, Record, RollCall, Scene, Shaken};

/// Applies every concluded dialogue to the forums that open today.
pub fn inform(
    scene: Res<Scene>,
    clock: Res<Clock>,
    forums: Query<(&Forum, &Proceedings, &RollCall, &Record)>,
    mut delegations: Query<(&Delegation, &Shaken, &mut Instructions)>,
    mut minutes: ResMut<Minutes>,
) {
    let scenario = &scene.scenario;
    if !scenario.plays(Mechanism::Dialogue) {
        return;
    }
    let is_concluded = |forum: &Forum, proceedings: &Proceedings| {
        scenario.forums[forum.0].after.kind == Kind::Dialogue && proceedings.engagement == Engagement::Adopted
    };
    let mut concluded: Vec<(usize, &Record)> = forums
        .iter()
        .filter(|(forum, proceedings, ..)| is_concluded(forum, proceedings))
        .map(|(forum, _, _, record)| (forum.0, record))
        .collect();
    concluded.sort_by_key(|(no, _)| *no);
    for (forum, proceedings, roll_call, _) in &forums {
        if !opens(proceedings, clock.today) {
            continue;
        }
        let written = &scenario.forums[forum.0];
        for &(from, record) in &concluded {
            let dialogue = &scenario.forums[from];
            let effect = dialogue.after.dialogue;
            let common: Vec<(usize, usize)> = (written.agenda.iter().enumerate())
                .filter_map(|(here, clause)| Some((here, dialogue.agenda.iter().position(|there| there == clause)?)))
                .collect();
            let mut informed = Vec::new();
            let mut all = delegations.iter_many_mut(roll_call.present());
            while let Some(Ok((delegation, shaken, mut instructions))) = all.fetch_next() {
                let member = &written.members[delegation.seat];
                if common.is_empty() || !dialogue.members.iter().any(|there| there.country == member.country) {
                    continue;
                }
                informed.push(delegation.seat);
                for &(here, there) in &common {
                    let centre = member.mandates[here].ideal.centre() + shaken.by[here];
                    let heard = heard(
                        instructions.ideal[here],
                        centre,
                        record.clauses[there].adopted,
                        effect.narrowing,
                        effect.convergence,
                    );
                    instructions.ideal[here] =
                        heard.clamp(0.0, 1.0).max(instructions.floor[here]).min(instructions.ceiling[here]);
                }
            }
            if !informed.is_empty() {
                let event = Event::Informed { from, candidates: informed };
                minutes.note(|| Entry::Later { forum: forum.0, day: clock.today, event });
            }
        }
    }
}

/// A wish after a dialogue: closer to what is documented, and to what was concluded.
fn heard(ideal: f64, documented: f64, concluded: Option<f64>, narrowing: f64, convergence: f64) -> f64 {
    let narrowed = documented + (1.0 - narrowing) * (ideal - documented);
    concluded.map_or(narrowed, |text| narrowed + convergence * (text - narrowed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dialogue_narrows_and_may_bring_closer() {
        assert_eq!(heard(0.9, 0.5, None, 0.25, 0.5), 0.8);
        assert_eq!(heard(0.9, 0.5, Some(0.4), 0.25, 0.5), 0.6000000000000001);
        assert_eq!(heard(0.9, 0.5, Some(0.4), 0.0, 0.0), 0.9);
        assert_eq!(heard(0.9, 0.5, Some(0.4), 1.0, 0.0), 0.5);
    }
}
