//! Alternating offers (Rubinstein 1982): two sides propose in turn, and waiting costs.
//!
//! ```text
//!   who begins keeps (1 − δ₂) / (1 − δ₁ δ₂) of what there is between them
//! ```
//!
//! The model is one of two sides. On an issue it speaks only where those with a say take exactly two positions; each
//! position is a side of the weight w = Σ capability × salience, and what there is between them is the way from one
//! position to the other, with utility falling by distance. The heavier side begins, of equals the one at the lower
//! position. Waiting costs a side the less the more weight it has: δ_i = δ^(W / 2 w_i) with W = w₁ + w₂, so that for ever
//! shorter waits the shares become those of the weights (Binmore, Rubinstein & Wolinsky 1986: bargaining power goes as the
//! inverse of impatience), and equals have δ each.

use super::{Forecast, Forecaster, Issue, each};
use crate::maths::pow;

/// Alternating offers between two sides.
#[derive(Clone, Copy, Debug)]
pub struct Rubinstein {
    /// What remains to each of two equal sides of the worth of an agreement after a round of waiting [0–1, not 1].
    pub discount: f64,
}

impl Default for Rubinstein {
    fn default() -> Self {
        Rubinstein { discount: 0.9 }
    }
}

/// The share of the side that begins, given what remains to it and to the other of an agreement a round later [0–1 each,
/// not both 1].
pub fn first_share(first: f64, second: f64) -> f64 {
    (1.0 - second) / (1.0 - first * second)
}

impl Rubinstein {
    fn point(self, issue: &Issue) -> Option<f64> {
        let (low, high) = issue.extremes()?;
        let side = |at: f64| {
            let there = issue.stances.iter().filter(|stance| stance.position == at);
            there.fold(0.0, |sum, stance| sum + stance.weight())
        };
        let between = issue.stances.iter().any(|s| s.weight() > 0.0 && s.position != low && s.position != high);
        if low == high || between {
            return None;
        }
        let (weight_low, weight_high) = (side(low), side(high));
        let (first, second, weights) = match weight_low >= weight_high {
            true => (low, high, (weight_low, weight_high)),
            false => (high, low, (weight_high, weight_low)),
        };
        let patience = |weight: f64| pow(self.discount, (weights.0 + weights.1) / (2.0 * weight));
        Some(second + first_share(patience(weights.0), patience(weights.1)) * (first - second))
    }
}

impl Forecaster for Rubinstein {
    fn name(&self) -> &'static str {
        "rubinstein"
    }

    fn source(&self) -> &'static str {
        "alternating offers between two sides (Rubinstein 1982; Binmore, Rubinstein & Wolinsky 1986)"
    }

    fn forecast(&self, issues: &[&Issue]) -> Vec<Option<Forecast>> {
        each(issues, |issue| self.point(issue))
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::tests::issue;
    use super::*;

    #[test]
    fn who_begins_and_who_is_patient_gets_more() {
        assert!((first_share(0.9, 0.9) - 0.526_316).abs() < 1e-6);
        assert!((first_share(0.95, 0.9) - 0.689_655).abs() < 1e-6);
    }

    fn point(stances: &[(f64, f64, f64)]) -> Option<f64> {
        Rubinstein::default().forecast(&[&issue(stances)])[0].map(|forecast| forecast.point)
    }

    #[test]
    fn equal_sides_meet_a_little_nearer_to_the_one_that_begins() {
        // The lower begins and keeps 0.526316 of the way of 100.
        assert!((point(&[(0.0, 1.0, 1.0), (100.0, 1.0, 1.0)]).unwrap() - (100.0 - 52.6316)).abs() < 1e-4);
    }

    #[test]
    fn the_heavier_side_begins_and_is_more_patient() {
        // Weights 2 and 1: δ₁ = 0.9^0.75 = 0.924021, δ₂ = 0.9^1.5 = 0.853815; 0.146185 / (1 − 0.788943) = 0.692632.
        let sides = [(0.0, 1.0, 1.0), (100.0, 0.5, 2.0), (100.0, 1.0, 1.0)];
        assert!((point(&sides).unwrap() - 69.2632).abs() < 1e-3, "{:?}", point(&sides));
        // The shorter the wait, the nearer to the shares of the weights, 2/3.
        let hasty = Rubinstein { discount: 0.999_999 }.forecast(&[&issue(&sides)])[0].unwrap().point;
        assert!((hasty - 200.0 / 3.0).abs() < 1e-3);
    }

    #[test]
    fn of_more_than_two_sides_it_says_nothing() {
        assert_eq!(point(&[(0.0, 1.0, 1.0), (50.0, 1.0, 1.0), (100.0, 1.0, 1.0)]), None);
        assert!(
            point(&[(0.0, 1.0, 1.0), (50.0, 0.0, 1.0), (100.0, 1.0, 1.0)]).is_some(),
            "who does not care is no side"
        );
    }
}
