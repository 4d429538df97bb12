//! Incorporation: the text is put to another body, which has a second say.
//!
//! A plurilateral text joins the rulebook of the World Trade Organization only where no member of the whole organization
//! objects (Marrakesh Agreement, article X:9); investment facilitation and e-commerce met such objections in 2024. Those
//! who adopted the text accept, and so does who would gain by it. The others object as in the rounds: with odds that grow
//! with what the text would cost them and with their standing, and always where it crosses a red line. That a text which
//! does not bind an objector can cost it something is a judgement: rules made by others become the norm by which it is
//! measured later (Hoekman & Sabel 2021 on plurilaterals and those outside them).

use bevy_ecs::prelude::*;

use super::candidates::{self, Delegations};
use super::worth::Scales;
use crate::clause_set::ClauseSet;
use crate::minutes::{Entry, Event, Minutes};
use crate::rounds::objection::{company, share, standing, standing_alone};
use crate::rules::{Stand, Tally, Unit};
use crate::scenario::Mechanism;
use crate::world::{DrawnParameters, Forum, Outsiders, Record, RollCall, Scene, Treaty};

/// A member of the body, as it stands to the text.
struct Voter {
    candidate: usize,
    weight: f64,
    accepts: bool,
    /// Objects whatever its standing.
    adamant: bool,
    /// What the text would cost it [utility, ≥ 0].
    grievance: f64,
    resolve: f64,
    veto: bool,
}

/// Puts newly adopted texts to the body that has a second say, on the day of adoption.
pub fn put_to_body(
    scene: Res<Scene>,
    parameters: Res<DrawnParameters>,
    mut forums: Query<(&Forum, &RollCall, Option<&Outsiders>, &Record, &mut Treaty)>,
    delegations: Delegations,
    mut minutes: ResMut<Minutes>,
) {
    if !scene.scenario.plays(Mechanism::Incorporation) {
        return;
    }
    for (forum, roll_call, outsiders, record, mut treaty) in &mut forums {
        let written = &scene.scenario.forums[forum.0];
        let Some(body) = &written.after.incorporation else { continue };
        let Some(day) = treaty.adopted.filter(|_| treaty.incorporated.is_none()) else { continue };
        let there = candidates::of(&delegations, roll_call, outsiders);
        let scales = Scales::of(&scene.scenario, forum.0, &parameters, &treaty.exceptions);
        let voters: Vec<Voter> = body
            .members
            .iter()
            .map(|&candidate| {
                let (member, (instructions, strength)) = (written.candidate(candidate), there[candidate]);
                let gain = scales.gain(&treaty.text, ClauseSet::EMPTY, member, instructions, strength);
                let crossed = scales.crosses(&treaty.text, ClauseSet::EMPTY, instructions);
                let opposed = body.opposed.contains(&candidate);
                let adopted_it = record.parties.get(candidate).copied().unwrap_or(false);
                Voter {
                    candidate,
                    weight: strength.weight,
                    accepts: !opposed && (adopted_it || (gain > 0.0 && !crossed)),
                    adamant: opposed || (crossed && !adopted_it),
                    grievance: (-gain).max(0.0),
                    resolve: instructions.package_resolve,
                    veto: member.veto,
                }
            })
            .collect();
        let unit = written.weights.unit_of(voters.iter().map(|voter| (voter.candidate, voter.weight)));
        let (tally, objecting) = ballot(&voters, unit, parameters.isolation);
        let passed = body.rule.passes(&tally);
        treaty.incorporated = Some(passed);
        minutes.note(|| Entry::Later { forum: forum.0, day, event: Event::PutToBody { passed, objecting } });
    }
}

/// Who accepts and who objects.
fn ballot(voters: &[Voter], unit: Unit, isolation: f64) -> (Tally, Vec<usize>) {
    let total: f64 = voters.iter().map(|voter| voter.weight).sum();
    let strongest = voters.iter().fold(0.0f64, |most, voter| most.max(voter.weight));
    let mut tally = Tally::among(voters.len() as u32, total, unit);
    for voter in voters.iter().filter(|voter| voter.accepts) {
        tally.add(Stand::Accepts, voter.weight, voter.veto);
    }
    let reluctant = share(total - tally.accepting_weight, total);
    let mut objecting = Vec::new();
    for voter in voters.iter().filter(|voter| !voter.accepts) {
        let alone = standing_alone(voter.weight, strongest, isolation);
        let standing = standing(alone, company(reluctant, share(voter.weight, total)));
        if voter.adamant || voter.grievance * standing > voter.resolve {
            objecting.push(voter.candidate);
            tally.add(Stand::Objects, voter.weight, voter.veto);
        }
    }
    (tally, objecting)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::DecisionRule::Consensus;

    fn voter(candidate: usize, weight: f64, grievance: f64) -> Voter {
        let (accepts, adamant) = (grievance == 0.0, false);
        Voter { candidate, weight, accepts, adamant, grievance, resolve: 0.1, veto: false }
    }

    #[test]
    fn the_strong_object_alone_and_the_weak_do_not() {
        // Standing of a lone objector with a quarter of the strongest's weight: 0.25^0.5 = 0.5. Grievance 0.15 · 0.5 is
        // short of the resolve of 0.1; at full standing it exceeds it.
        let weak = [voter(0, 4.0, 0.0), voter(1, 1.0, 0.15)];
        let strong = [voter(0, 1.0, 0.0), voter(1, 4.0, 0.15)];
        assert!(Consensus.passes(&ballot(&weak, Unit::ONE, 0.5).0));
        assert_eq!(ballot(&strong, Unit::ONE, 0.5).1, [1]);
    }

    #[test]
    fn company_makes_the_weak_object_too() {
        // With three others that gain nothing, 3 of 8 of the weight: standing 0.5 + 0.5 · 0.375 = 0.6875; 0.15 of it is
        // 0.103, beyond the resolve.
        let many =
            [voter(0, 4.0, 0.0), voter(1, 1.0, 0.15), voter(2, 1.0, 0.15), voter(3, 1.0, 0.15), voter(4, 1.0, 0.15)];
        assert_eq!(ballot(&many, Unit::ONE, 0.5).1, [1, 2, 3, 4]);
    }

    #[test]
    fn who_is_adamant_objects_however_weak() {
        let one = [voter(0, 9.0, 0.0), Voter { adamant: true, ..voter(1, 0.0, 0.001) }];
        assert!(!Consensus.passes(&ballot(&one, Unit::ONE, 0.5).0));
    }
}
