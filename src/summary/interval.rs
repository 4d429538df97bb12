//! Intervals of 95 %, by the range of what is measured: none has an end that the measure cannot take.
//!
//! Each is a function of the number of values, their mean and their standard deviation alone, for that is what sums keep.
//! `docs/results.md` has the formulas and what was measured of their coverage.

use super::estimate::Estimate;
use super::range::Range;
use super::student;
use crate::maths::exp;

/// Standard normal quantile of a two-sided interval of 95 %.
const Z: f64 = 1.959_963_984_540_054;

/// The score interval of a share (Wilson 1927).
pub(super) fn wilson(hits: u64, n: u64) -> (f64, f64) {
    let (low, high) = score(hits as f64 / n as f64, n as f64, Z * Z);
    // At the ends of the scale the interval touches it exactly; rounding must not push it off.
    (if hits == 0 { 0.0 } else { low.max(0.0) }, if hits == n { 1.0 } else { high.min(1.0) })
}

/// Where (share − p)² n = `z2` p (1 − p): the ends of a score interval.
fn score(share: f64, n: f64, z2: f64) -> (f64, f64) {
    let middle = (n * share + z2 / 2.0) / (n + z2);
    let half = (z2 * (n * share * (1.0 - share) + z2 / 4.0)).sqrt() / (n + z2);
    (middle - half, middle + half)
}

impl Estimate {
    /// With the interval of a mean of values in this range. None is given of fewer than two values; and none of equal values
    /// where nothing bounds what was not seen, for then nothing tells how wide it is.
    pub(super) fn within(mut self, range: Range) -> Estimate {
        let Some(sd) = self.sd.filter(|_| self.n > 1) else { return self };
        let (n, mean) = (self.n as f64, self.mean);
        self.interval = match range {
            Range::Within(low, high) => Some(bounded(n, mean, sd, low, high)),
            Range::Counts => Some(counts(n, mean, sd)),
            Range::FromZero => (sd > 0.0).then(|| from_zero(n, mean, sd)),
            Range::Any => (sd > 0.0).then(|| {
                let half = student::quantile(self.n - 1) * sd / n.sqrt();
                (mean - half, mean + half)
            }),
        };
        self
    }
}

/// The interval of a mean of values between two bounds: the score interval with the dispersion of the values, and no
/// narrower than what equal values would leave open.
fn bounded(n: f64, mean: f64, sd: f64, least: f64, most: f64) -> (f64, f64) {
    let width = most - least;
    if width <= 0.0 {
        return (least, most);
    }
    let share = ((mean - least) / width).clamp(0.0, 1.0);
    // How far the values spread, of how far values with this mean can: 1 where all are at the ends.
    let possible = share * (1.0 - share);
    let variance = sd * sd * (n - 1.0) / n / (width * width);
    let dispersion = if possible > 0.0 { (variance / possible).min(1.0) } else { 0.0 };
    let (low, high) = score(share, n, Z * Z * dispersion);
    // What was not seen in n values may be as frequent as Wilson's interval for none of n says, and lie at either end.
    let (low, high) = (low.min(n * share / (n + Z * Z)), high.max((n * share + Z * Z) / (n + Z * Z)));
    // Bounds and mean are kept to the last bit.
    let (low, high) = (least + width * low.max(0.0), least + width * high.min(1.0));
    (low.min(mean).max(least), high.max(mean).min(most))
}

/// The interval of a mean of counts: that of numbers from 0 on, and no narrower than what would be left open had nothing
/// happened, above by the score interval of a rate (Rao 1948), below by that of a share.
fn counts(n: f64, mean: f64, sd: f64) -> (f64, f64) {
    let (low, high) = from_zero(n, mean, sd);
    (low.min(mean * n / (n + Z * Z)), high.max(mean + Z * Z / n))
}

/// The interval of a mean of numbers from 0 on: that of its logarithm (delta method), with Student's quantile.
fn from_zero(n: f64, mean: f64, sd: f64) -> (f64, f64) {
    if mean <= 0.0 {
        return (0.0, 0.0);
    }
    let half = student::quantile(n as u64 - 1) * sd / (n.sqrt() * mean);
    (mean * exp(-half), mean * exp(half))
}
