//! Power under every rule, held against the coalitions whose tally the rule passes.

use super::super::{Power, by_enumeration};
use super::tests::{Noise, assert_near};
use super::*;
use crate::rules::{Counting, Fraction, Majority, Tally};

const BY_WEIGHT: Majority = Majority { by: Counting::Weight, of_votes_cast: false };

/// Power by whether the rule passes the tally of each coalition, whoever is not in it objecting.
fn by_tallies(rule: &DecisionRule, weights: &[f64], vetoes: &[bool]) -> Vec<Power> {
    let unit = Unit::of(weights.iter().copied());
    by_enumeration(weights.len(), |who| {
        let mut tally = Tally { unit, members: weights.len() as u32, ..Tally::default() };
        for member in 0..weights.len() {
            tally.weight += weights[member];
            if who(member) {
                tally.accepting += 1;
                tally.accepting_weight += weights[member];
            } else {
                tally.objecting += 1;
                tally.objecting_weight += weights[member];
                tally.vetoes += u32::from(vetoes[member]);
            }
        }
        rule.passes(&tally)
    })
}

#[test]
fn every_rule_has_the_power_of_the_coalitions_that_it_passes() {
    let mut noise = Noise(29);
    let mut apart = 0;
    for case in 0..120 {
        let members = 2 + noise.below(8) as usize;
        let weights: Vec<f64> = (0..members).map(|_| 0.1 * (1 + noise.below(40)) as f64).collect();
        let vetoes: Vec<bool> = (0..members).map(|_| noise.below(8) == 0).collect();
        let mut share = || Fraction::new(50 + noise.below(51), 100).unwrap();
        let (one, other) = (share(), share());
        let blocking = 1 + (case as u32) % members as u32;
        let by = [Counting::Heads, Counting::Weight][case % 2];
        let rules = [
            DecisionRule::Unanimity,
            DecisionRule::SimpleMajority(BY_WEIGHT),
            DecisionRule::QualifiedMajority { quota: Quota::Share(one), majority: BY_WEIGHT },
            DecisionRule::CriticalMass { quota: Quota::Share(one) },
            DecisionRule::DoubleMajority { heads: one, weight: other, blocking },
            DecisionRule::ReverseQualifiedMajority { quota: Quota::Share(one), by },
        ];
        for (no, rule) in rules.iter().enumerate() {
            let (found, expected) = (of_rule(rule, &weights, &vetoes), by_tallies(rule, &weights, &vetoes));
            let of = |powers: &[Power]| powers.iter().map(|power| power.shapley).collect::<Vec<_>>();
            // Where even the empty coalition carries a text, nobody decides it.
            let none = expected.iter().all(|power| power.shapley == 0.0);
            if !none {
                assert_near(&of(&found.members), &of(&expected), &format!("{rule:?} {weights:?} {vetoes:?}"));
            }
            let next = by_tallies(&rules[(no + 1) % rules.len()], &weights, &vetoes);
            apart += u32::from(of(&found.members).iter().zip(of(&next)).any(|(a, b)| (a - b).abs() > 1e-6));
        }
    }
    assert!(apart > 300, "the next rule is another game: {apart}");
}
