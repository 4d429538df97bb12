//! Means and shares, added up one replication at a time, with their intervals.

/// Standard normal quantile of a two-sided interval of 95 %.
const Z: f64 = 1.959_963_984_540_054;

/// How often something happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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

    /// Share [0–1] with Wilson's (1927) 95 % score interval; none before anything was counted.
    pub fn estimate(self) -> Option<Estimate> {
        if self.n == 0 {
            return None;
        }
        let (n, share) = (self.n as f64, self.hits as f64 / self.n as f64);
        let scale = 1.0 + Z * Z / n;
        let middle = (share + Z * Z / (2.0 * n)) / scale;
        let half = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt() / scale;
        // At the ends of the scale the interval touches it exactly; rounding must not push it off.
        let low = if self.hits == 0 { 0.0 } else { (middle - half).max(0.0) };
        let high = if self.hits == self.n { 1.0 } else { (middle + half).min(1.0) };
        let sd = (share * (1.0 - share)).sqrt();
        Some(Estimate { mean: share, interval: Some((low, high)), sd: Some(sd), n: self.n })
    }
}

/// A mean of counts, added up exactly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    n: u64,
    sum: u128,
    squares: u128,
}

impl Counts {
    pub(super) fn add(&mut self, count: u64) {
        self.n += 1;
        self.sum += u128::from(count);
        self.squares += u128::from(count) * u128::from(count);
    }

    /// Mean with its normal 95 % interval, which needs two values; none before anything was added.
    pub fn estimate(self) -> Option<Estimate> {
        let n = u128::from(self.n);
        let spread = n.saturating_mul(self.squares).saturating_sub(self.sum.saturating_mul(self.sum));
        let sd = (self.n > 1).then(|| (spread as f64 / (n * (n - 1)) as f64).sqrt());
        estimate(self.n, self.sum as f64 / self.n.max(1) as f64, sd)
    }
}

/// A mean, added up one value at a time (Welford 1962).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Mean {
    n: u64,
    mean: f64,
    squares: f64,
}

impl Mean {
    pub(super) fn add(&mut self, value: f64) {
        self.n += 1;
        let before = value - self.mean;
        self.mean += before / self.n as f64;
        self.squares += before * (value - self.mean);
    }

    /// Mean with its normal 95 % interval, which needs two values; none before anything was added.
    pub fn estimate(self) -> Option<Estimate> {
        let sd = (self.n > 1).then(|| (self.squares / (self.n - 1) as f64).max(0.0).sqrt());
        estimate(self.n, self.mean, sd)
    }
}

impl Estimate {
    /// A value that follows from the rules alone: no replication stands behind it, and nothing blurs it but the bounds within
    /// which it is known, where it is not known exactly.
    pub fn of_rules(value: f64, within: Option<(f64, f64)>) -> Estimate {
        Estimate { mean: value, interval: within, sd: None, n: 0 }
    }
}

/// A mean with its normal interval.
fn estimate(n: u64, mean: f64, sd: Option<f64>) -> Option<Estimate> {
    let interval = sd.map(|sd| Z * sd / (n as f64).sqrt()).map(|half| (mean - half, mean + half));
    (n > 0).then_some(Estimate { mean, interval, sd, n })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wilson_intervals_agree_with_the_published_example() {
        // Newcombe (1998), table I: 81 of 263 → 0.2553 to 0.3662; 0 of 20 → 0 to 0.1611.
        let estimate = |hits, n| Proportion { hits, n }.estimate().unwrap();
        let (low, high) = estimate(81, 263).interval.unwrap();
        assert!((low - 0.2553).abs() < 5e-5 && (high - 0.3662).abs() < 5e-5, "{low} {high}");
        let (low, high) = estimate(0, 20).interval.unwrap();
        assert!(low == 0.0 && (high - 0.1611).abs() < 5e-5, "{low} {high}");
        assert_eq!(estimate(20, 20).interval.unwrap().1, 1.0);
        assert_eq!(Proportion::default().estimate(), None);
    }

    #[test]
    fn means_know_their_spread_only_from_two_values_on() {
        let mut mean = Mean::default();
        assert_eq!(mean.estimate(), None);
        mean.add(2.0);
        assert_eq!(mean.estimate(), Some(Estimate { mean: 2.0, interval: None, sd: None, n: 1 }));
        mean.add(4.0);
        let Estimate { mean, interval, sd, n } = mean.estimate().unwrap();
        assert!(mean == 3.0 && n == 2 && (sd.unwrap() - 2f64.sqrt()).abs() < 1e-15);
        assert!((interval.unwrap().1 - (3.0 + Z)).abs() < 1e-12);
    }

    #[test]
    fn counts_agree_with_the_running_mean() {
        let (mut counts, mut mean) = (Counts::default(), Mean::default());
        assert_eq!(counts.estimate(), None);
        for value in [3, 1, 4, 1, 5, 9, 2, 6] {
            counts.add(value);
            mean.add(value as f64);
            let (counted, running) = (counts.estimate().unwrap(), mean.estimate().unwrap());
            assert!((counted.mean - running.mean).abs() < 1e-12);
            assert_eq!(counted.sd.is_some(), running.sd.is_some());
            assert!((counted.sd.unwrap_or(0.0) - running.sd.unwrap_or(0.0)).abs() < 1e-12);
        }
    }
}
