//! Means and shares: sums that are exact, so that any parts merge to the same bits, and what they come to.

use serde::{Deserialize, Serialize};

use super::interval;
use super::moments::{BITS, Moments};

/// How often something happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proportion {
    /// Times it happened.
    pub hits: u64,
    /// Times it could have.
    pub n: u64,
}

impl Proportion {
    pub(super) fn count(&mut self, hit: bool) {
        self.hits += u64::from(hit);
        self.n += 1;
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.hits += other.hits;
        self.n += other.n;
    }

    /// Share [0–1] with Wilson's (1927) 95 % score interval; none before anything was counted.
    pub fn estimate(self) -> Option<Estimate> {
        if self.n == 0 {
            return None;
        }
        let share = self.hits as f64 / self.n as f64;
        let sd = (share * (1.0 - share)).sqrt();
        Some(Estimate { mean: share, interval: Some(interval::wilson(self.hits, self.n)), sd: Some(sd), n: self.n })
    }
}

/// A mean of counts [at most 2^30 of them], exact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Counts(pub(super) Moments);

impl Counts {
    pub(super) fn add(&mut self, count: u64) {
        self.0.add(count, 0, false);
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.0.merge(&other.0);
    }

    /// Mean and standard deviation, which needs two values; none before anything was added. There is no interval yet: the
    /// range of the measure gives it.
    pub fn estimate(self) -> Option<Estimate> {
        self.0.estimate(0)
    }
}

/// A mean of numbers [at most 2^30 of them].
///
/// Numbers are added up as whole multiples of 2^−128. So the sum, and that of the squares, is exact, and the same in any
/// order and from any parts. Only a number below 2^−75 (10^−23) in size is rounded, to the nearest multiple. One that is not
/// finite, or of 2^97 (10^29) and more, is not added: the mean is then not a number, which no table takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mean {
    pub(super) sums: Moments,
    /// Numbers that were not finite, or too large (a count).
    pub(super) beyond: u64,
}

/// Binary digits behind the point.
const DIGITS: i32 = 128;
/// Binary digits of the mantissa of a number.
const MANTISSA: i32 = 53;

impl Mean {
    pub(super) fn add(&mut self, value: f64) {
        // The value is ± mantissa · 2^(exponent − 1075).
        let bits = value.to_bits();
        let exponent = (bits >> 52 & 0x7ff) as i32;
        let mut mantissa = bits & ((1 << 52) - 1) | u64::from(exponent > 0) << 52;
        let mut place = exponent.max(1) - 1075 + DIGITS;
        if place > BITS as i32 - MANTISSA {
            self.beyond += 1;
            return;
        }
        if place < 0 {
            let shift = place.unsigned_abs().min(60);
            mantissa = (mantissa + (1 << (shift - 1))) >> shift;
            place = 0;
        }
        self.sums.add(mantissa, place as u32, value < 0.0);
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.sums.merge(&other.sums);
        self.beyond += other.beyond;
    }

    /// Whether there are numbers, of as many replications, that come to these sums.
    pub(super) fn holds(&self, replications: u64) -> bool {
        let n = self.sums.n.checked_add(self.beyond);
        n.is_some_and(|n| n <= replications) && self.sums.hold()
    }

    /// Mean and standard deviation, which needs two values; none before anything was added. There is no interval yet: the
    /// range of the measure gives it.
    pub fn estimate(self) -> Option<Estimate> {
        match self.beyond {
            0 => self.sums.estimate(DIGITS),
            beyond => Some(Estimate { mean: f64::NAN, interval: None, sd: None, n: self.sums.n + beyond }),
        }
    }
}

/// A mean or share and how sure we are of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Mean or share.
    pub mean: f64,
    /// Ends of the 95 % interval.
    pub interval: Option<(f64, f64)>,
    /// Standard deviation over replications.
    pub sd: Option<f64>,
    /// Replications it rests on.
    pub n: u64,
}

impl Estimate {
    /// A value that follows from the rules alone: no replication stands behind it, and nothing blurs it but the bounds within
    /// which it is known, where it is not known exactly.
    pub fn of_rules(value: f64, within: Option<(f64, f64)>) -> Estimate {
        Estimate { mean: value, interval: within, sd: None, n: 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn mean_of(values: &[f64]) -> Mean {
        let mut mean = Mean::default();
        values.iter().for_each(|value| mean.add(*value));
        mean
    }

    #[test]
    fn means_know_their_spread_only_from_two_values_on() {
        assert_eq!(Mean::default().estimate(), None);
        assert_eq!(mean_of(&[2.0]).estimate(), Some(Estimate { mean: 2.0, interval: None, sd: None, n: 1 }));
        let two = mean_of(&[2.0, 4.0]).estimate().unwrap();
        assert!(two.mean == 3.0 && two.n == 2 && (two.sd.unwrap() - 2f64.sqrt()).abs() < 1e-15);
    }

    #[test]
    fn equal_values_have_their_own_mean_and_no_spread_at_all() {
        for value in [0.1, -0.7, 1e-9, 3e-20, 1e18, 700.3, f64::MIN_POSITIVE] {
            for n in [2, 3, 7, 1000] {
                let Estimate { mean, sd, .. } = mean_of(&vec![value; n]).estimate().unwrap();
                let kept = if value.abs() < 1e-30 { 0.0 } else { value };
                assert_eq!((mean, sd), (kept, Some(0.0)), "{value} {n} times");
            }
        }
    }

    #[test]
    fn a_spread_far_below_the_mean_is_not_lost() {
        // 10^6 ± 10^−6: sums of squares of floats have no digit left for it.
        let values: Vec<f64> = (0..1000).map(|no| if no % 2 == 0 { 1e6 + 1e-6 } else { 1e6 - 1e-6 }).collect();
        let sd = mean_of(&values).estimate().unwrap().sd.unwrap();
        let exact = (1e6 + 1e-6 - (1e6 - 1e-6)) / 2.0 * (1000f64 / 999.0).sqrt();
        assert!((sd - exact).abs() < 1e-15 * exact.max(1.0) && sd > 0.9e-6, "{sd} {exact}");
        let sum: f64 = values.iter().sum();
        let naive = values.iter().map(|x| x * x).sum::<f64>() - sum * sum / 1000.0;
        assert!((naive / 999.0 - exact * exact).abs() > 0.5 * exact * exact, "and they have not: {naive}");
    }

    #[test]
    fn what_is_no_number_or_too_large_is_not_hidden_in_a_mean() {
        for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, crate::maths::pow(2.0, 97.0), f64::MAX, -1e30] {
            let Estimate { mean, n, .. } = mean_of(&[1.0, bad]).estimate().unwrap();
            assert!(mean.is_nan() && n == 2, "{bad}");
        }
        assert_eq!(mean_of(&[1.5e29, -1.5e29, 1.0]).estimate().unwrap().mean, 1.0 / 3.0);
    }

    #[test]
    fn counts_agree_with_the_mean_of_the_same_numbers() {
        let (mut counts, mut mean) = (Counts::default(), Mean::default());
        assert_eq!(counts.estimate(), None);
        for value in [3, 1, 4, 1, 5, 9, 2, 6, 0, 65_536, 4_000_000_000] {
            counts.add(value);
            mean.add(value as f64);
            assert_eq!(counts.estimate(), mean.estimate());
        }
    }

    /// Values as runs have them: shares, utilities of both signs, days.
    fn values() -> impl Strategy<Value = Vec<f64>> {
        let value = prop_oneof![0.0..=1.0, -3.0..3.0, 0.0..1e5, Just(0.0), -1e18..1e18, 1e-12..1e-6];
        prop::collection::vec(value, 1..200)
    }

    proptest! {
        #[test]
        fn parts_cut_anywhere_and_merged_in_any_order_are_the_whole(
            values in values(), cuts in prop::collection::vec(0usize..200, 0..9), backwards in any::<bool>()
        ) {
            let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(values.len())).chain([0, values.len()]).collect();
            cuts.sort_unstable();
            let mut parts: Vec<Mean> = cuts.windows(2).map(|cut| mean_of(&values[cut[0]..cut[1]])).collect();
            if backwards {
                parts.reverse();
            }
            let mut merged = Mean::default();
            parts.iter().for_each(|part| merged.merge(part));
            prop_assert_eq!(merged, mean_of(&values));
        }

        #[test]
        fn mean_and_spread_are_those_of_careful_sums_of_floats(values in values()) {
            let Estimate { mean, sd, .. } = mean_of(&values).estimate().unwrap();
            let n = values.len() as f64;
            let size = values.iter().fold(0.0f64, |most, x| most.max(x.abs()));
            let plain = values.iter().sum::<f64>() / n;
            prop_assert!((mean - plain).abs() <= 1e-13 * size, "{} {}", mean, plain);
            if let Some(sd) = sd {
                let squares: f64 = values.iter().map(|x| (x - mean) * (x - mean)).sum();
                prop_assert!((sd - (squares / (n - 1.0)).sqrt()).abs() <= 1e-12 * size);
            }
        }
    }

    #[test]
    fn a_fold_of_floats_would_not_merge() {
        // The running mean (Welford 1962) of parts, merged (Chan, Golub & LeVeque 1979), differs from that of the whole.
        let values: Vec<f64> = (0..128).map(|no| f64::from(no * 37 % 101) / 101.0).collect();
        let welford =
            |values: &[f64]| values.iter().fold((0.0, 0.0), |(n, mean), x| (n + 1.0, mean + (x - mean) / (n + 1.0)));
        let merged =
            values.chunks(32).map(welford).reduce(|(n, mean), (m, other)| (n + m, mean + (other - mean) * m / (n + m)));
        assert_ne!(merged.unwrap().1, welford(&values).1);
        let mut exact = Mean::default();
        values.chunks(32).for_each(|part| exact.merge(&mean_of(part)));
        assert_eq!(exact, mean_of(&values));
    }
}
