//! How far a forecast of a clause lies from what the text really holds.
//!
//! With the share p_k that a forecast gives to rung k of K (rungs from 0), the real rung r, and F and O the cumulated shares
//! of forecast and fact:
//!
//! ```text
//!   Brier score                 Σ_k (p_k − [k = r])²                       0 to 2    Brier 1950
//!   ranked probability score    Σ_{k<K−1} (F_k − O_k)² / (K − 1)           0 to 1    Epstein 1969; Murphy 1971
//!   absolute error              |x − x_r|, of positions                    0 to 1
//! ```
//!
//! The point of a distribution is its median, since errors are absolute (Gneiting 2011). A model that gives a point only is
//! held to be certain of the nearest rung.

use crate::rules::{Fraction, Unit, weighted_quantile};

/// What a model says of one clause.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// The point [0–1].
    pub point: f64,
    /// The share of each rung [adding up to 1]; none where only its point is held against the fact.
    pub shares: Option<Vec<f64>>,
}

/// What it is scored with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scores {
    /// Absolute error [0–1].
    pub error: f64,
    /// Brier score [0–2].
    pub brier: Option<f64>,
    /// Ranked probability score [0–1].
    pub ranked: Option<f64>,
    /// Whether the most likely rung, of equals the lowest, is the real one.
    pub hit: Option<bool>,
}

impl Told {
    /// A distribution over rungs, by its median.
    pub fn spread(shares: Vec<f64>, positions: &[f64]) -> Told {
        let weighted: Vec<(f64, f64)> = positions.iter().copied().zip(shares.iter().copied()).collect();
        let middle = weighted_quantile(&weighted, Fraction::HALF, Unit::NONE);
        Told { point: middle.unwrap_or(positions[positions.len() - 1]), shares: Some(shares) }
    }

    /// The mean of a distribution over rungs, as a point without a distribution.
    pub fn mean_of(shares: &[f64], positions: &[f64]) -> Told {
        let point = shares.iter().zip(positions).fold(0.0, |sum, (share, position)| sum + share * position);
        Told { point, shares: None }
    }

    /// A point, certain of the nearest rung, of two the lower.
    pub fn certain(point: f64, positions: &[f64]) -> Told {
        let distance = |rung: usize| (positions[rung] - point).abs();
        let nearest = (0..positions.len()).min_by(|&a, &b| distance(a).total_cmp(&distance(b))).unwrap_or(0);
        let shares = (0..positions.len()).map(|rung| f64::from(u8::from(rung == nearest))).collect();
        Told { point, shares: Some(shares) }
    }

    /// How far it lies from the real rung.
    pub fn score(&self, positions: &[f64], real: usize) -> Scores {
        let shares = self.shares.as_deref();
        Scores {
            error: (self.point - positions[real]).abs(),
            brier: shares.map(|shares| brier(shares, real)),
            ranked: shares.map(|shares| ranked(shares, real)),
            hit: shares.map(|shares| likeliest(shares) == real),
        }
    }
}

/// The most likely rung, of equals the lowest.
pub fn likeliest(shares: &[f64]) -> usize {
    (0..shares.len()).rev().max_by(|&a, &b| shares[a].total_cmp(&shares[b])).unwrap_or(0)
}

fn brier(shares: &[f64], real: usize) -> f64 {
    shares.iter().enumerate().fold(0.0, |sum, (rung, share)| {
        let off = share - f64::from(u8::from(rung == real));
        sum + off * off
    })
}

fn ranked(shares: &[f64], real: usize) -> f64 {
    let steps = shares.len().saturating_sub(1);
    if steps == 0 {
        return 0.0;
    }
    let (mut reached, mut sum) = (0.0, 0.0);
    for (rung, share) in shares.iter().enumerate().take(steps) {
        reached += share;
        let off = reached - f64::from(u8::from(rung >= real));
        sum += off * off;
    }
    sum / steps as f64
}

/// Chances that a clause comes to at least each rung above the lowest, each with whether it did: what a curve of calibration
/// is made of.
pub fn at_least(shares: &[f64], real: usize) -> Vec<(f64, bool)> {
    let mut above = 1.0;
    let step = |rung: usize| {
        above -= shares[rung - 1];
        (above.clamp(0.0, 1.0), real >= rung)
    };
    (1..shares.len()).map(step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FOUR: [f64; 4] = [0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0];

    #[test]
    fn certainty_of_the_truth_costs_nothing_and_of_the_opposite_all() {
        let right = Told::certain(0.7, &FOUR).score(&FOUR, 2);
        assert_eq!((right.brier, right.ranked, right.hit), (Some(0.0), Some(0.0), Some(true)));
        assert!((right.error - (0.7 - 2.0 / 3.0)).abs() < 1e-12);
        let wrong = Told::certain(0.0, &FOUR).score(&FOUR, 3);
        assert_eq!((wrong.brier, wrong.ranked, wrong.error), (Some(2.0), Some(1.0), 1.0));
    }

    #[test]
    fn scores_of_a_spread_forecast_are_the_worked_ones() {
        // F = .1, .3, .7 against O = 0, 0, 1.
        let told = Told::spread(vec![0.1, 0.2, 0.4, 0.3], &FOUR);
        let scores = told.score(&FOUR, 2);
        assert!((scores.brier.unwrap() - (0.01 + 0.04 + 0.36 + 0.09)).abs() < 1e-12);
        assert!((scores.ranked.unwrap() - (0.01 + 0.09 + 0.09) / 3.0).abs() < 1e-12);
        assert_eq!((told.point, scores.error, scores.hit), (FOUR[2], 0.0, Some(true)));
        assert!((Told::mean_of(&[0.1, 0.2, 0.4, 0.3], &FOUR).point - 1.9 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn the_ranked_score_is_the_mean_brier_score_of_at_least_so_much() {
        let (shares, real) = (vec![0.1, 0.2, 0.4, 0.3], 1);
        let events = at_least(&shares, real);
        let off = events.iter().map(|&(chance, came)| chance - f64::from(u8::from(came)));
        let mean = off.map(|off| off * off).sum::<f64>() / 3.0;
        assert!((mean - ranked(&shares, real)).abs() < 1e-12);
        assert_eq!(events.iter().map(|event| event.1).collect::<Vec<_>>(), [true, false, false]);
    }

    #[test]
    fn of_equally_likely_rungs_the_lowest_is_named() {
        assert_eq!(likeliest(&[0.2, 0.4, 0.4]), 1);
        assert_eq!(Told::spread(vec![0.5, 0.5], &[0.0, 1.0]).point, 0.0);
    }
}
