//! What each solution makes as great as it can be.

use crate::maths::ln;

/// A solution of the bargaining problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the field; the module above has their formulas")]
pub enum Solution {
    Nash,
    KalaiSmorodinsky,
    Egalitarian,
    Utilitarian,
}

impl Solution {
    /// All of them, in the order in which they are told.
    pub const ALL: [Solution; 4] =
        [Solution::Nash, Solution::KalaiSmorodinsky, Solution::Egalitarian, Solution::Utilitarian];

    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Solution::Nash => "nash",
            Solution::KalaiSmorodinsky => "kalai_smorodinsky",
            Solution::Egalitarian => "egalitarian",
            Solution::Utilitarian => "utilitarian",
        }
    }

    /// What it makes of members' gains and of the most each can hope for; nothing where the text does not qualify.
    pub fn score(self, gains: &[f64], hopes: &[f64]) -> Option<Score> {
        let least = gains.iter().copied().fold(f64::INFINITY, f64::min);
        let qualifies = match self {
            Solution::Nash => least > NOTICEABLE,
            Solution::KalaiSmorodinsky | Solution::Egalitarian => is_rational(least),
            Solution::Utilitarian => true,
        };
        let sum = gains.iter().fold(0.0, |sum, gain| sum + gain);
        let aim = || match self {
            Solution::Nash => nash_product(gains.iter().map(|&gain| (gain, 1.0))),
            // What can be hoped for by rounding alone is nothing.
            Solution::KalaiSmorodinsky => {
                let hopes = hopes.iter().map(|&hope| if hope > NOTICEABLE { hope } else { 0.0 });
                least_share(gains.iter().copied().zip(hopes))
            }
            Solution::Egalitarian => least,
            Solution::Utilitarian => sum,
        };
        (qualifies && !gains.is_empty()).then(|| Score { aim: aim(), sum })
    }
}

/// How good a text is to a solution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// What the solution makes as great as it can be.
    pub aim: f64,
    /// Among equals: the sum of gains (in utility).
    pub sum: f64,
}

impl Score {
    /// Whether it is better by more than rounding: the last digit breaks no tie, and has no climb go round in circles.
    pub fn is_ahead_of(self, other: Score) -> bool {
        let ahead = |a: f64, b: f64| a > b && (a - b > NOTICEABLE || a == f64::INFINITY || b == f64::NEG_INFINITY);
        ahead(self.aim, other.aim) || (!ahead(other.aim, self.aim) && ahead(self.sum, other.sum))
    }
}

/// What is more than rounding (in utility): sums of decimals miss each other in the last digit, and nobody gains or loses by
/// that.
pub(super) const NOTICEABLE: f64 = 1e-12;

/// Whether a text whose least gain this is leaves nobody worse off than disagreement.
pub(super) fn is_rational(least: f64) -> bool {
    least >= -NOTICEABLE
}

/// Logarithm of the weighted product of gains, Σ w ln g, of gains with their weights; −∞ where anyone gains nothing.
pub fn nash_product(gains: impl Iterator<Item = (f64, f64)>) -> f64 {
    gains.fold(0.0, |sum, (gain, weight)| sum + weight * ln(gain.max(0.0)))
}

/// The least share of its hopes that anyone gains, of gains with hopes; who can hope for nothing does not count.
pub fn least_share(gains: impl Iterator<Item = (f64, f64)>) -> f64 {
    gains.filter(|(_, hope)| *hope > 0.0).map(|(gain, hope)| gain / hope).fold(f64::INFINITY, f64::min)
}
