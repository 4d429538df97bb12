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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::summary::{Mean, Proportion};
    use proptest::prelude::*;

    /// Rows of a table of independent numbers.
    fn rows(table: &str) -> Vec<csv::StringRecord> {
        let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(table.as_bytes());
        reader.records().map(|row| row.unwrap()).collect()
    }

    fn of(values: &[f64], range: Range) -> Estimate {
        let mut mean = Mean::default();
        values.iter().for_each(|value| mean.add(*value));
        mean.estimate().unwrap().within(range)
    }

    fn ends(values: &[f64], range: Range) -> (f64, f64) {
        of(values, range).interval.unwrap()
    }

    #[test]
    fn wilson_intervals_agree_with_scipy() {
        let rows = rows(include_str!("../../tests/data/wilson.csv"));
        assert_eq!(rows.len(), 200);
        for row in rows {
            let (low, high) = wilson(row[0].parse().unwrap(), row[1].parse().unwrap());
            let expected: [f64; 2] = [row[2].parse().unwrap(), row[3].parse().unwrap()];
            assert!((low - expected[0]).abs() < 1e-14 && (high - expected[1]).abs() < 1e-14, "{row:?}: {low} {high}");
        }
    }

    #[test]
    fn wilson_intervals_agree_with_the_published_example() {
        // Newcombe (1998), table I: 81 of 263 → 0.2553 to 0.3662; 0 of 20 → 0 to 0.1611.
        let (low, high) = wilson(81, 263);
        assert!((low - 0.2553).abs() < 5e-5 && (high - 0.3662).abs() < 5e-5, "{low} {high}");
        let (low, high) = wilson(0, 20);
        assert!(low == 0.0 && (high - 0.1611).abs() < 5e-5, "{low} {high}");
        assert_eq!(wilson(20, 20).1, 1.0);
        assert_eq!(Proportion::default().estimate(), None);
    }

    #[test]
    fn every_kind_of_interval_agrees_with_its_definition_solved_elsewhere() {
        let rows = rows(include_str!("../../tests/data/intervals.csv"));
        assert_eq!(rows.len(), 200);
        for row in rows {
            let number = |at: usize| row[at].parse::<f64>().unwrap();
            let range = match &row[0] {
                "within" => Range::Within(number(1), number(2)),
                "counts" => Range::Counts,
                "from_zero" => Range::FromZero,
                _ => Range::Any,
            };
            let values: Vec<f64> = row[3].split(' ').map(|value| value.parse().unwrap()).collect();
            let (low, high) = ends(&values, range);
            // Student's quantile is good to six places.
            let near = |found: f64, expected: f64| (found - expected).abs() <= 2e-6 * (expected.abs() + 1.0);
            assert!(near(low, number(4)) && near(high, number(5)), "{row:?}: {low} {high}");
        }
    }

    #[test]
    fn a_mean_of_what_happens_or_not_has_the_interval_of_its_share() {
        for (hits, n) in [(0, 7), (3, 7), (7, 7), (1, 60), (31, 60), (2, 1000)] {
            let values: Vec<f64> = (0..n).map(|no| f64::from(u8::from(no < hits))).collect();
            let ((low, high), wilson) = (ends(&values, Range::Within(0.0, 1.0)), wilson(hits, n));
            assert!((low - wilson.0).abs() < 1e-14 && (high - wilson.1).abs() < 1e-14, "{hits} of {n}");
        }
    }

    #[test]
    fn equal_values_leave_open_what_was_not_seen_where_a_bound_tells_how_far_that_can_be() {
        let epsilon = Z * Z / (60.0 + Z * Z);
        let (low, high) = ends(&[0.3; 60], Range::Within(0.0, 1.0));
        assert!((low - 0.3 * (1.0 - epsilon)).abs() < 1e-15 && (high - (0.3 + 0.7 * epsilon)).abs() < 1e-15);
        let (low, high) = ends(&[65.0; 60], Range::Within(0.0, 65.0));
        assert!(high == 65.0 && (low - 65.0 * (1.0 - epsilon)).abs() < 1e-12);
        assert_eq!(ends(&[0.0; 60], Range::Counts), (0.0, Z * Z / 60.0));
        // Nothing tells here.
        assert_eq!(of(&[0.0; 60], Range::FromZero).interval, None);
        assert_eq!(of(&[-2.5; 60], Range::Any).interval, None);
        // And there is nothing to tell.
        assert_eq!(ends(&[0.0; 60], Range::Within(0.0, 0.0)), (0.0, 0.0));
    }

    #[test]
    fn of_one_value_no_interval_is_told() {
        for range in [Range::Within(0.0, 1.0), Range::Counts, Range::FromZero, Range::Any] {
            assert_eq!(of(&[1.0], range).interval, None);
        }
    }

    #[test]
    fn two_values_without_bounds_say_little() {
        // Student's quantile with one degree of freedom is 12.7: mean 1, standard error 1.
        let (low, high) = ends(&[0.0, 2.0], Range::Any);
        assert!((low + 11.706_204_736_4).abs() < 1e-9 && (high - 13.706_204_736_4).abs() < 1e-9, "{low} {high}");
    }

    /// Values between 0 and 1 of every shape: at the ends, near them, between, all equal.
    fn values() -> impl Strategy<Value = Vec<f64>> {
        let value = prop_oneof![Just(0.0), Just(1.0), 0.0..=1.0, 0.0..1e-6, Just(0.1), Just(1.0 - 1e-16)];
        prop_oneof![
            prop::collection::vec(value.clone(), 2..80),
            (value.clone(), 2usize..80).prop_map(|(value, n)| vec![value; n]),
            (value.clone(), value, 2usize..80).prop_map(|(most, one, n)| {
                let mut values = vec![most; n];
                values[0] = one;
                values
            }),
        ]
    }

    proptest! {
        #[test]
        fn no_end_leaves_the_range_and_the_mean_lies_between(
            values in values(), least in prop_oneof![Just(0.0), -1e6..1e6], width in prop_oneof![Just(1.0), 1e-3..1e6]
        ) {
            let most = least + width;
            let scaled: Vec<f64> = values.iter().map(|x| (least + width * x).clamp(least, most)).collect();
            for (values, range) in [
                (&scaled, Range::Within(least, most)),
                (&values, Range::Within(0.0, 1.0)),
                (&values, Range::Counts),
                (&values, Range::FromZero),
                (&values, Range::Any),
            ] {
                let Estimate { mean, interval, sd, .. } = of(values, range);
                let equal = values.iter().all(|x| *x == values[0]);
                let Some((low, high)) = interval else {
                    prop_assert!(equal && matches!(range, Range::FromZero | Range::Any));
                    continue;
                };
                prop_assert!(range.has(low) && range.has(high), "{:?} {} {}", range, low, high);
                let wide = low < high || sd.unwrap() < 1e-12 * mean;
                prop_assert!(low <= mean && mean <= high && wide, "{:?} {} {} {}", range, low, mean, high);
            }
        }
    }

    #[test]
    fn normal_intervals_would_leave_the_range() {
        let mut values = vec![0.0; 60];
        values[0] = 1.0;
        let Estimate { mean, sd, .. } = of(&values, Range::Any);
        assert!(mean - Z * sd.unwrap() / 60f64.sqrt() < 0.0);
        assert!(ends(&values, Range::Any).0 < 0.0, "and those of Student do");
        assert!(ends(&values, Range::Within(0.0, 1.0)).0 > 0.0);
    }
}
