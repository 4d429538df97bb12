//! Power under a decision rule: the rule as a vote in whole units.

use super::sized::{NEVER, of_sizes};
use super::{Power, Powers, Within, of_whole_weights};
use crate::rules::{DecisionRule, Demand, Game, Quota, ROUNDING, Unit};

/// Power of each member under a rule, by its weight (none negative) and whether it holds a veto of its own; zero for
/// everyone where no coalition wins, as with a share of the weight where nobody has weight.
///
/// # Panics
/// Unless there is a veto, or none, for each weight.
pub fn of_rule(rule: &DecisionRule, weights: &[f64], vetoes: &[bool]) -> Powers {
    let heads = || vec![1; weights.len()];
    match rule.game(weights.len() as u64) {
        Game::Heads(asked) => of_whole_weights(&heads(), asked.max(1), vetoes),
        Game::Weight(demand) => {
            let (whole, asked) = in_units(weights, demand);
            of_whole_weights(&whole, asked.max(1), vetoes)
        }
        Game::Both { heads, weight, blocking } => {
            let (whole, asked) = in_units(weights, weight);
            let members = weights.len() as u64;
            let needed = (0..=members).map(|size| match size {
                0 => NEVER,
                _ if members - size < blocking => 0,
                _ if size >= heads => asked.max(1),
                _ => NEVER,
            });
            of_sizes(&whole, vetoes, &needed.collect::<Vec<_>>())
        }
    }
}

/// Power of each member where only some decide: who stands aside has none, and the rule is that of the others.
///
/// # Panics
/// Unless there is a veto, or none, and whether it decides for each weight.
pub fn of_rule_among(rule: &DecisionRule, weights: &[f64], vetoes: &[bool], decides: &[bool]) -> Powers {
    assert_eq!(weights.len(), decides.len(), "whether it decides for each weight");
    let deciding: Vec<usize> = (0..decides.len()).filter(|&member| decides[member]).collect();
    if deciding.len() == weights.len() {
        return of_rule(rule, weights, vetoes);
    }
    let weights_of: Vec<f64> = deciding.iter().map(|&member| weights[member]).collect();
    let vetoes_of: Vec<bool> = deciding.iter().map(|&member| vetoes[member]).collect();
    let among = of_rule(rule, &weights_of, &vetoes_of);
    let mut members = vec![Power::default(); weights.len()];
    let nothing = Within { shapley: (0.0, 0.0), banzhaf: (0.0, 0.0) };
    let mut within = if among.within.is_empty() { Vec::new() } else { vec![nothing; weights.len()] };
    for (no, &member) in deciding.iter().enumerate() {
        members[member] = among.members[no];
        if let Some(bounds) = among.within.get(no) {
            within[member] = *bounds;
        }
    }
    Powers { members, within, ..among }
}

/// Weights as whole units, and the units that a coalition needs.
fn in_units(weights: &[f64], demand: Demand) -> (Vec<u64>, u64) {
    let unit = Unit::of(weights.iter().copied());
    if let Some(per_one) = unit.per_one() {
        let whole: Vec<u64> = weights.iter().filter_map(|&weight| unit.whole(weight)).collect();
        let all = whole.iter().sum::<u64>();
        let of_quota = |quota| match quota {
            Quota::Share(share) => share.least_of(all),
            Quota::Votes(votes) => votes.least_of(per_one),
        };
        let asked = needed(demand, all, all / 2 + 1, of_quota);
        return (whole, asked);
    }
    // Finer than any sum of floats is, and with the room for rounding that the rules then leave. As parts of the whole, for
    // what scales the least weights up may itself be beyond all numbers.
    let sum = weights.iter().fold(0.0, |sum, weight| sum + weight);
    let in_parts = |weight: f64| weight / sum * FINE;
    let whole: Vec<u64> = weights.iter().map(|&weight| in_parts(weight).round() as u64).collect();
    let units = whole.iter().sum::<u64>();
    let all = units as f64;
    let of_quota = |quota| match quota {
        Quota::Share(share) => (share.value() * all * (1.0 - ROUNDING)).ceil() as u64,
        Quota::Votes(votes) => (in_parts(votes.value()) * (1.0 - ROUNDING)).ceil() as u64,
    };
    let asked = needed(demand, units, (all / 2.0 * (1.0 + ROUNDING)).floor() as u64 + 1, of_quota);
    (whole, asked)
}

/// The units of all that a coalition needs, where more than half and a quota come to so many.
fn needed(demand: Demand, all: u64, more_than_half: u64, of_quota: impl Fn(Quota) -> u64) -> u64 {
    match demand {
        Demand::All => all,
        Demand::MoreThanHalf => more_than_half,
        Demand::AtLeast(quota) => of_quota(quota),
        // Others with one unit less than the quota are too few.
        Demand::OthersBelow(quota) => (all + 1).saturating_sub(of_quota(quota)),
    }
}

/// Units that weights without a unit have together, but for rounding.
const FINE: f64 = 576_460_752_303_423_488.0;

#[cfg(test)]
mod coalition_tests;
#[cfg(test)]
mod tests;
