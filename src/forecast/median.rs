//! Medians of positions (Black 1958): what a majority prefers to every other point where preferences are single-peaked.
//!
//! The first position at which the weight reached is half of all weight or more, positions in rising order. Of two middle
//! positions that is the lower. Weights are 1, or capability × salience as Bueno de Mesquita has them.

use super::{Forecast, Forecaster, Issue, Stance, each};
use crate::rules::{Fraction, Unit, weighted_quantile};

/// The median of all positions.
#[derive(Clone, Copy, Debug)]
pub struct Median;

/// The median weighted by capability × salience.
#[derive(Clone, Copy, Debug)]
pub struct WeightedMedian;

/// The first position that has half of the weight at or below it; nothing where nobody weighs anything.
pub(super) fn median(issue: &Issue, weight: impl Fn(&Stance) -> f64) -> Option<f64> {
    let mut heard: Vec<(f64, f64)> = issue.stances.iter().map(|stance| (stance.position, weight(stance))).collect();
    heard.sort_by(|a, b| a.0.total_cmp(&b.0));
    weighted_quantile(&heard, Fraction::HALF, Unit::of(heard.iter().map(|(_, weight)| *weight)))
}

impl Forecaster for Median {
    fn name(&self) -> &'static str {
        "median"
    }

    fn source(&self) -> &'static str {
        "the median of all positions (Black 1958)"
    }

    fn forecast(&self, issues: &[&Issue]) -> Vec<Option<Forecast>> {
        each(issues, |issue| median(issue, |_| 1.0))
    }
}

impl Forecaster for WeightedMedian {
    fn name(&self) -> &'static str {
        "weighted_median"
    }

    fn source(&self) -> &'static str {
        "the median of positions by capability × salience (Black 1958; Bueno de Mesquita 1994)"
    }

    fn forecast(&self, issues: &[&Issue]) -> Vec<Option<Forecast>> {
        each(issues, |issue| median(issue, Stance::weight))
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::tests::{emissions, issue};
    use super::*;

    #[test]
    fn the_median_voter_on_emissions_asks_for_seven_years() {
        assert_eq!(WeightedMedian.forecast(&[&emissions()])[0].unwrap().point, 7.0);
    }

    #[test]
    fn no_position_beats_the_weighted_median_in_a_vote_by_distance() {
        let issue = emissions();
        let middle = median(&issue, Stance::weight).unwrap();
        for rival in &issue.stances {
            let votes = |s: &Stance| {
                let nearer = (s.position - middle).abs() - (s.position - rival.position).abs();
                s.weight() * f64::from(i8::from(nearer > 0.0) - i8::from(nearer < 0.0))
            };
            assert!(issue.stances.iter().map(votes).sum::<f64>() <= 1e-12, "{}", rival.position);
        }
    }

    #[test]
    fn of_two_in_the_middle_it_is_the_lower() {
        let even = issue(&[(80.0, 1.0, 1.0), (20.0, 1.0, 1.0)]);
        assert_eq!(Median.forecast(&[&even])[0].unwrap().point, 20.0);
    }
}
