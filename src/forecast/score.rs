//! How near forecasts came: absolute errors, their intervals, and the difference to a model of reference.
//!
//! Issues of a group err together, so every interval is a bootstrap over groups (Cameron, Gelbach & Miller 2008): groups
//! are drawn with replacement, as many as there are, and each brings all its issues. Intervals are the 2.5 % and 97.5 %
//! quantiles of 2,000 such draws (the percentile interval; between ranks in proportion). Differences are paired: over the issues that both models have a forecast of.

use std::collections::BTreeMap;

use crate::chance::{Chance, NOBODY, Purpose};
use crate::maths::{median, quantile};

/// The model that others are held against.
pub const REFERENCE: &str = "compromise";

/// Draws of the bootstrap.
pub const DRAWS: u64 = 2_000;

/// A forecast beside what was decided.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scored {
    /// The issue [a number of its own].
    pub issue: usize,
    /// What errs together [a number of its own].
    pub group: usize,
    /// Distance from what was decided [units of the scale].
    pub error: f64,
    /// The same as a share of the scale [0–1].
    pub share: f64,
}

/// An estimate with its 95 % interval; none where there is but one group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The estimate.
    pub mean: f64,
    /// Its interval.
    pub between: Option<(f64, f64)>,
}

/// How near the forecasts of one model came.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// The model.
    pub model: String,
    /// Issues scored (a count).
    pub n: usize,
    /// Mean absolute error [units of the scale].
    pub mean_error: Interval,
    /// Median absolute error [units of the scale].
    pub median_error: f64,
    /// Shares of issues on which it came within 5, 10 and 20 hundredths of the scale [0–1].
    pub within: [f64; 3],
    /// Mean difference of its absolute error to that of [`REFERENCE`], over issues that both forecast [units of the
    /// scale; below 0 where this one is nearer].
    pub difference: Option<Interval>,
    /// Issues in that difference (a count).
    pub paired: usize,
}

/// Scores models, each with its name and its forecasts; nothing for one without any.
pub fn score(models: &[(String, Vec<Scored>)], seed: u64) -> Vec<Score> {
    let reference = models.iter().find(|(model, _)| model == REFERENCE);
    let reference: Option<BTreeMap<usize, f64>> =
        reference.map(|(_, scored)| scored.iter().map(|scored| (scored.issue, scored.error)).collect());
    let one = |(model, scored): &(String, Vec<Scored>)| {
        let errors: Vec<(usize, f64)> = scored.iter().map(|scored| (scored.group, scored.error)).collect();
        let mean_error = clustered_mean(&errors, seed)?;
        let paired: Vec<(usize, f64)> = match reference.as_ref().filter(|_| model != REFERENCE) {
            None => Vec::new(),
            Some(others) => {
                let both = |own: &Scored| Some((own.group, own.error - others.get(&own.issue)?));
                scored.iter().filter_map(both).collect()
            }
        };
        // A rounding error on an exact hit is a hit.
        let within = |share: f64| scored.iter().filter(|scored| scored.share <= share + 1e-9).count() as f64;
        Some(Score {
            model: model.clone(),
            n: scored.len(),
            mean_error,
            median_error: median(&rising(errors.iter().map(|(_, error)| *error).collect()))?,
            within: [0.05, 0.1, 0.2].map(|share| within(share) / scored.len() as f64),
            difference: clustered_mean(&paired, seed),
            paired: paired.len(),
        })
    };
    models.iter().filter_map(one).collect()
}

/// Numbers in rising order.
fn rising(mut numbers: Vec<f64>) -> Vec<f64> {
    numbers.sort_by(f64::total_cmp);
    numbers
}

/// The mean of values, with its bootstrap interval over groups; nothing where there are no values.
pub fn clustered_mean(values: &[(usize, f64)], seed: u64) -> Option<Interval> {
    let groups = values.iter().map(|(group, _)| group + 1).max()?;
    let mut sums = vec![(0.0, 0.0); groups];
    for &(group, value) in values {
        sums[group] = (sums[group].0 + value, sums[group].1 + 1.0);
    }
    let total = sums.iter().fold((0.0, 0.0), |all, one| (all.0 + one.0, all.1 + one.1));
    let mean = total.0 / total.1;
    let clusters: Vec<(f64, f64)> = sums.into_iter().filter(|(_, count)| *count > 0.0).collect();
    if clusters.len() < 2 {
        return Some(Interval { mean, between: None });
    }
    let drawn = |draw: u64| {
        let mut stream = Chance::new(seed, draw).stream();
        stream.place(Purpose::Resampling, 0, NOBODY);
        let drawn = (0..clusters.len()).fold((0.0, 0.0), |all, _| {
            let one = clusters[(stream.uniform() * clusters.len() as f64) as usize];
            (all.0 + one.0, all.1 + one.1)
        });
        drawn.0 / drawn.1
    };
    let means = rising((0..DRAWS).map(drawn).collect());
    Some(Interval { mean, between: quantile(&means, 0.025).zip(quantile(&means, 0.975)) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scored(errors: &[f64]) -> Vec<Scored> {
        let one = |(issue, &error)| Scored { issue, group: issue / 2, error, share: error / 100.0 };
        errors.iter().enumerate().map(one).collect()
    }

    #[test]
    fn errors_are_summed_up_and_compared_on_the_same_issues() {
        let models = [
            ("compromise".to_owned(), scored(&[10.0, 20.0, 30.0, 40.0])),
            ("other".to_owned(), scored(&[5.0, 20.0, 50.0])),
            ("silent".to_owned(), vec![]),
        ];
        let found = score(&models, 1);
        assert_eq!(found.len(), 2);
        let (first, other) = (&found[0], &found[1]);
        assert_eq!((first.n, first.mean_error.mean, first.median_error), (4, 25.0, 25.0));
        assert_eq!((first.within, first.difference), ([0.0, 0.25, 0.5], None));
        assert_eq!((other.mean_error.mean, other.median_error, other.paired), (25.0, 20.0, 3));
        assert_eq!(other.difference.unwrap().mean, 5.0);
        assert_eq!(other.within, [1.0 / 3.0, 1.0 / 3.0, 2.0 / 3.0]);
    }

    #[test]
    fn issues_of_a_group_are_drawn_together() {
        // Forty issues in two groups of twenty: clustered, any mean between the two extremes is as likely as not.
        let values: Vec<(usize, f64)> = (0..40).map(|no| (no / 20, f64::from(u8::from(no >= 20)))).collect();
        let clustered = clustered_mean(&values, 1).unwrap();
        assert_eq!((clustered.mean, clustered.between), (0.5, Some((0.0, 1.0))));
        // Each for itself, the interval is that of a share of 40: about ± 0.155.
        let alone: Vec<(usize, f64)> = values.iter().enumerate().map(|(no, (_, value))| (no, *value)).collect();
        let (low, high) = clustered_mean(&alone, 1).unwrap().between.unwrap();
        assert!((low - 0.345).abs() < 0.03 && (high - 0.655).abs() < 0.03, "{low} {high}");
    }

    #[test]
    fn one_group_has_no_interval_and_no_values_no_mean() {
        assert_eq!(clustered_mean(&[(3, 1.0), (3, 2.0)], 1), Some(Interval { mean: 1.5, between: None }));
        assert_eq!(clustered_mean(&[], 1), None);
    }
}
