//! Voting power: how often each member decides, if all coalitions are equally likely.
//!
//! ```text
//!   Shapley–Shubik   φ_i = Σ_S (|S| − 1)! (n − |S|)! / n!      over the coalitions S that win with i and lose without it
//!   Penrose          β'_i = swings_i / 2^(n − 1)               Banzhaf   β_i = swings_i / Σ_j swings_j
//! ```
//!
//! A member *swings* a coalition that wins with it and loses without it (Shapley & Shubik 1954; Penrose 1946; Banzhaf
//! 1965; Felsenthal & Machover 1998). Nobody abstains here: who does not accept objects. So a rule that counts votes cast
//! counts the whole membership, and consensus is unanimity: power is that of the written rule, not of standing (what it
//! takes to use it is `rounds::objection`).
//!
//! How it is computed, the first that can be:
//!
//! 1. Whole weights (heads always are), together at most [`WHOLE`]: exact up to rounding, by generating functions.
//! 2. At most [`ENUMERATED`] members: exact, by going through all coalitions.
//! 3. Otherwise weights are shared out as [`UNITS`] whole units, so that each member's share of the weight is off by less
//!    than 1/[`UNITS`]. A member that carries less than that may come out without power; other powers are off by as much
//!    as they would be had the weights been known to four digits only.

mod enumeration;
mod quadrature;
mod weighted;

pub use enumeration::{ENUMERATED, by_enumeration};
pub use weighted::{WHOLE, of_whole_weights};

use crate::rules::{Counting, DecisionRule, Majority, Tally};

/// Units that weights are shared out in where they are not whole (a count).
pub const UNITS: u64 = 10_000;

/// The power of one member.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Power {
    /// Shapley–Shubik index [0–1]; all members have 1 together, or 0 where no coalition wins.
    pub shapley: f64,
    /// Coalitions that it swings (a count; exact up to 2⁵³, rounded beyond).
    pub swings: f64,
    /// Probability that it decides if everyone else flips a coin [0–1].
    pub penrose: f64,
    /// Share of all swings [0–1].
    pub banzhaf: f64,
}

/// How powers were computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// From whole weights, by generating functions.
    Whole,
    /// From all coalitions.
    Enumerated,
    /// From weights rounded to [`UNITS`] units.
    Scaled,
}

/// Power of each member under a rule, by its weight (none negative) and whether it holds a veto of its own; zero for
/// everyone where no coalition wins, as with a share of the weight where nobody has weight.
///
/// # Panics
/// Unless there is a veto, or none, for each weight.
pub fn of_rule(rule: &DecisionRule, weights: &[f64], vetoes: &[bool]) -> (Vec<Power>, Method) {
    assert_eq!(weights.len(), vetoes.len(), "a weight and a veto for each member");
    let members = weights.len() as u64;
    let heads = vec![1; weights.len()];
    if let Some(quota) = quota_of_heads(rule, members) {
        return (of_whole_weights(&heads, quota, vetoes), Method::Whole);
    }
    if let Some(whole) = whole(weights) {
        return (of_whole_weights(&whole, quota(rule, whole.iter().sum()), vetoes), Method::Whole);
    }
    if weights.len() <= ENUMERATED {
        return (by_enumeration(weights.len(), |who| rule.passes(&tally(weights, vetoes, who))), Method::Enumerated);
    }
    let units = apportion(weights, UNITS);
    (of_whole_weights(&units, quota(rule, UNITS), vetoes), Method::Scaled)
}

/// Heads that a rule asks for; nothing where it counts weight.
fn quota_of_heads(rule: &DecisionRule, members: u64) -> Option<u64> {
    match *rule {
        DecisionRule::Consensus | DecisionRule::Unanimity => Some(members),
        DecisionRule::SimpleMajority(Majority { by: Counting::Heads, .. })
        | DecisionRule::QualifiedMajority { majority: Majority { by: Counting::Heads, .. }, .. } => {
            Some(quota(rule, members))
        }
        _ => None,
    }
}

/// The least whole number that a majority or a critical mass asks for; at least one.
fn quota(rule: &DecisionRule, all: u64) -> u64 {
    // The rounding that the rules allow.
    let at_least = |share: f64| (share * all as f64 * (1.0 - 1e-12)).ceil() as u64;
    match *rule {
        DecisionRule::SimpleMajority(_) => all / 2 + 1,
        DecisionRule::QualifiedMajority { share, .. } | DecisionRule::CriticalMass { share } => at_least(share).max(1),
        DecisionRule::Consensus | DecisionRule::Unanimity => all,
    }
}

/// Weights as whole numbers, where they are and are not too many together.
fn whole(weights: &[f64]) -> Option<Vec<u64>> {
    let all = weights.iter().fold(0.0, |sum, weight| sum + weight);
    let whole = weights.iter().all(|weight| weight.fract() == 0.0) && all <= WHOLE as f64;
    whole.then(|| weights.iter().map(|&weight| weight as u64).collect())
}

/// Shares out units in proportion to weights, by the largest remainders (Hamilton's method); of equal ones the first.
fn apportion(weights: &[f64], units: u64) -> Vec<u64> {
    let all = weights.iter().fold(0.0, |sum, weight| sum + weight);
    let exact: Vec<f64> = weights.iter().map(|weight| weight / all * units as f64).collect();
    let mut shared: Vec<u64> = exact.iter().map(|share| share.floor() as u64).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by(|&a, &b| exact[b].fract().total_cmp(&exact[a].fract()));
    let left = units.saturating_sub(shared.iter().sum()) as usize;
    order.iter().take(left).for_each(|&member| shared[member] += 1);
    shared
}

/// How the members stand where a coalition accepts and everyone else objects.
fn tally(weights: &[f64], vetoes: &[bool], accepts: impl Fn(usize) -> bool) -> Tally {
    let mut tally = Tally { members: weights.len() as u32, ..Tally::default() };
    for (member, (&weight, &veto)) in weights.iter().zip(vetoes).enumerate() {
        tally.weight += weight;
        if accepts(member) {
            tally.accepting += 1;
            tally.accepting_weight += weight;
        } else {
            tally.objecting += 1;
            tally.objecting_weight += weight;
            tally.vetoes += u32::from(veto);
        }
    }
    tally
}

/// Members' shares of all swings, once these are known.
fn normalise(mut powers: Vec<Power>) -> Vec<Power> {
    let all = powers.iter().fold(0.0, |sum, power| sum + power.penrose);
    let coalitions = (1..powers.len()).fold(1.0, |coalitions, _| coalitions * 2.0);
    for power in &mut powers {
        power.swings = power.penrose * coalitions;
        power.banzhaf = if all > 0.0 { power.penrose / all } else { 0.0 };
    }
    powers
}

#[cfg(test)]
mod tests {
    use super::*;

    const BY_WEIGHT: Majority = Majority { by: Counting::Weight, of_votes_cast: false };

    fn shapley(powers: &[Power]) -> Vec<f64> {
        powers.iter().map(|power| power.shapley).collect()
    }

    #[test]
    fn everyone_is_equal_where_everyone_holds_a_veto() {
        for rule in [DecisionRule::Consensus, DecisionRule::Unanimity] {
            for members in [1, 3, 30, 164] {
                let weights: Vec<f64> = (0..members).map(|member| f64::from(member) * 0.3).collect();
                let (powers, method) = of_rule(&rule, &weights, &vec![false; weights.len()]);
                assert_eq!(method, Method::Whole);
                for power in powers {
                    assert!((power.shapley * f64::from(members) - 1.0).abs() < 1e-11, "{power:?} of {members}");
                    assert!((power.banzhaf * f64::from(members) - 1.0).abs() < 1e-11 && power.swings == 1.0);
                }
            }
        }
    }

    #[test]
    fn the_council_of_1958_by_its_rule() {
        // 12 of 17 votes (Treaty of Rome, article 148): a share of 12/17.
        let rule = DecisionRule::QualifiedMajority { share: 12.0 / 17.0, majority: BY_WEIGHT };
        let (powers, method) = of_rule(&rule, &[4.0, 4.0, 4.0, 2.0, 2.0, 1.0], &[false; 6]);
        let expected = [14.0, 14.0, 14.0, 9.0, 9.0, 0.0].map(|x| x / 60.0);
        assert_eq!(method, Method::Whole);
        assert!(shapley(&powers).iter().zip(expected).all(|(got, x)| (got - x).abs() < 1e-12), "{powers:?}");
    }

    #[test]
    fn the_security_council_is_a_majority_with_vetoes() {
        // Nine of fifteen, the five permanent among them, is [39; 7×5, 1×10].
        let majority = Majority { by: Counting::Heads, of_votes_cast: false };
        let rule = DecisionRule::QualifiedMajority { share: 9.0 / 15.0, majority };
        let vetoes: Vec<bool> = (0..15).map(|member| member < 5).collect();
        let (powers, _) = of_rule(&rule, &[1.0; 15], &vetoes);
        assert!((powers[0].shapley - 0.196_270).abs() < 5e-7 && (powers[14].shapley - 0.001_865).abs() < 5e-7);
        assert!((powers[4].swings - 848.0).abs() < 1e-9 && (powers[5].swings - 84.0).abs() < 1e-9);
    }

    #[test]
    fn rounding_weights_changes_little_and_enumeration_is_the_measure() {
        let weights: Vec<f64> = (0..12).map(|member| 1.5 + f64::from(member * member) * 0.37).collect();
        let rule = DecisionRule::CriticalMass { share: 0.9 };
        let (exact, method) = of_rule(&rule, &weights, &[false; 12]);
        assert_eq!(method, Method::Enumerated);
        let units = apportion(&weights, UNITS);
        let scaled = of_whole_weights(&units, quota(&rule, UNITS), &[false; 12]);
        for (exact, scaled) in exact.iter().zip(&scaled) {
            assert!((exact.shapley - scaled.shapley).abs() < 2e-3, "{exact:?} and {scaled:?}");
            assert!((exact.banzhaf - scaled.banzhaf).abs() < 2e-3, "{exact:?} and {scaled:?}");
        }
    }

    #[test]
    fn a_critical_mass_of_ninety_members_is_shared_out() {
        // Trade as it is: two members have half of it.
        let weights: Vec<f64> = (1..=95).map(|member| 1000.0 / f64::from(member * member) + 0.001).collect();
        let (powers, method) = of_rule(&DecisionRule::CriticalMass { share: 0.9 }, &weights, &[false; 95]);
        assert_eq!(method, Method::Scaled);
        let all = shapley(&powers).iter().fold(0.0, |sum, power| sum + power);
        assert!((all - 1.0).abs() < 1e-9, "{all}");
        assert!(powers.windows(2).all(|pair| pair[0].shapley >= pair[1].shapley - 1e-12), "more trade, more power");
    }

    #[test]
    fn where_no_coalition_wins_nobody_has_power() {
        let (powers, _) = of_rule(&DecisionRule::CriticalMass { share: 0.9 }, &[0.0; 4], &[false; 4]);
        assert!(powers.iter().all(|power| *power == Power::default()), "{powers:?}");
        assert!(of_rule(&DecisionRule::Consensus, &[], &[]).0.is_empty());
    }

    #[test]
    fn units_add_up_and_are_never_off_by_one() {
        let weights = [0.1, 3.3, 7.7, 0.0, 2.9];
        let units = apportion(&weights, 1000);
        assert_eq!(units.iter().sum::<u64>(), 1000);
        for (unit, weight) in units.iter().zip(weights) {
            assert!((*unit as f64 - weight / 14.0 * 1000.0).abs() < 1.0);
        }
    }
}
