//! The Nash bargaining solution (Nash 1950), weighted by capability × salience (Kalai 1977; Schneider, Finke & Bailer
//! 2010).
//!
//! ```text
//!   max_x Σ w_i ln(u_i(x) − d_i)      u_i(x) = 1 − |x − x_i| / R   or   1 − ((x − x_i) / R)²
//! ```
//!
//! R is the length of the scale. Disagreement is either the worst there is (d_i = 0, the reading of Achen 2006, which is
//! the one that forecasts), or the reference point (d_i = u_i(reference)). In the second case only points from which
//! everyone gains are in question; where there are none the reference point stands. Actors without weight have no say
//! in either. Both objectives are concave where they are finite: the peak is unique, and found by golden section.

use super::search::peak;
use super::{Forecast, Forecaster, Issue, each};
use crate::preference::win_set;
use crate::solutions::objective::nash_product;

/// What the parties have if they do not agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disagreement {
    /// As bad as it gets, for everyone.
    Worst,
    /// The reference point.
    Reference,
}

/// How utility falls with distance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// With the distance.
    Linear,
    /// With its square.
    Quadratic,
}

impl Loss {
    /// The loss at a distance [shares of the scale].
    pub(super) fn of(self, distance: f64) -> f64 {
        match self {
            Loss::Linear => distance.abs(),
            Loss::Quadratic => distance * distance,
        }
    }
}

/// The Nash bargaining solution.
#[derive(Clone, Copy, Debug)]
pub struct Nash {
    /// What disagreement is.
    pub disagreement: Disagreement,
    /// The shape of utility.
    pub loss: Loss,
}

impl Forecaster for Nash {
    fn name(&self) -> &'static str {
        match (self.disagreement, self.loss) {
            (Disagreement::Worst, Loss::Linear) => "nash",
            (Disagreement::Worst, Loss::Quadratic) => "nash_quadratic",
            (Disagreement::Reference, Loss::Linear) => "nash_reference",
            (Disagreement::Reference, Loss::Quadratic) => "nash_reference_quadratic",
        }
    }

    fn source(&self) -> &'static str {
        match self.disagreement {
            Disagreement::Worst => "Nash bargaining, disagreement the worst (Nash 1950; Achen 2006)",
            Disagreement::Reference => "Nash bargaining, disagreement at the reference point (Nash 1950)",
        }
    }

    fn forecast(&self, issues: &[&Issue]) -> Vec<Option<Forecast>> {
        each(issues, |issue| match self.disagreement {
            Disagreement::Worst => solve(issue, self.loss, 1.0),
            Disagreement::Reference => beyond(issue, self.loss),
        })
    }
}

/// The solution where disagreement is as bad as a loss of `worst` [in utility; 1 is the far end of the scale].
pub(super) fn solve(issue: &Issue, loss: Loss, worst: f64) -> Option<f64> {
    let (low, high) = issue.extremes()?;
    let heard: Vec<(f64, f64)> = heard(issue);
    let product = |x: f64| {
        let x = issue.share(x);
        nash_product(heard.iter().map(|&(at, weight)| (worst - loss.of(x - at), weight)))
    };
    Some(peak(low, high, product))
}

/// Shares of the scale and weights of those that have a say.
fn heard(issue: &Issue) -> Vec<(f64, f64)> {
    let stances = issue.stances.iter().filter(|stance| stance.weight() > 0.0);
    stances.map(|stance| (issue.share(stance.position), stance.weight())).collect()
}

/// The solution where disagreement is the reference point.
fn beyond(issue: &Issue, loss: Loss) -> Option<f64> {
    let reference = issue.reference?;
    let (low, high) = gaining(issue, reference)?;
    if low >= high {
        return Some(reference);
    }
    let (heard, status_quo) = (heard(issue), issue.share(reference));
    let product = |x: f64| {
        let x = issue.share(x);
        let gain = |at: f64| loss.of(status_quo - at) - loss.of(x - at);
        nash_product(heard.iter().map(|&(at, weight)| (gain(at), weight)))
    };
    Some(peak(low, high, product))
}

/// The points that nobody with a say likes less than the reference point: what all their win-sets share, within the scale.
pub(super) fn gaining(issue: &Issue, reference: f64) -> Option<(f64, f64)> {
    issue.extremes()?;
    let mut common = issue.scale;
    for stance in issue.stances.iter().filter(|stance| stance.weight() > 0.0) {
        let (low, high) = win_set(stance.position, reference);
        common = (common.0.max(low), common.1.min(high));
    }
    Some(common)
}

#[cfg(test)]
mod tests {
    use super::super::table::tests::{emissions, issue};
    use super::*;

    /// The product of two gains along a frontier.
    fn product(low: f64, high: f64, gains: impl Fn(f64) -> (f64, f64)) -> f64 {
        peak(low, high, |x| {
            let (one, other) = gains(x);
            nash_product([(one, 1.0), (other, 1.0)].into_iter())
        })
    }

    #[test]
    fn the_frontiers_of_the_textbooks_have_their_solutions() {
        let x = product(0.0, 1.0, |x| (x, 1.0 - x * x));
        assert!((x - 0.577_350).abs() < 1e-6 && (1.0 - x * x - 0.666_667).abs() < 1e-6);
        assert!((product(0.0, 1.0, |x| (x, 2.0 * (1.0 - x))) - 0.5).abs() < 1e-7);
        // u2 = 6 up to u1 = 4, then 6 − 1.5 (u1 − 4): (4, 6), at the kink.
        assert!((product(0.0, 8.0, |x| (x, (6.0 - 1.5 * (x - 4.0)).min(6.0))) - 4.0).abs() < 1e-7);
    }

    #[test]
    fn with_ever_worse_disagreement_it_goes_to_the_compromise() {
        // Achen (2006): loss (x − x_i)², disagreement at a loss of K. Here distances are shares of the scale of 6.
        for (k, expected) in [(37.0, 7.257), (100.0, 7.337), (1000.0, 7.385), (1e6, 7.390)] {
            let found = solve(&emissions(), Loss::Quadratic, k / 36.0).unwrap();
            assert!((found - expected).abs() < 6e-4, "{found} at K = {k}, not {expected}");
        }
    }

    #[test]
    fn nobody_agrees_to_less_than_the_reference_point() {
        let model = Nash { disagreement: Disagreement::Reference, loss: Loss::Linear };
        let point = |issue: &Issue| model.forecast(&[issue])[0].map(|forecast| forecast.point);
        // Beyond 60 the actor at 30 would lose; gains of both rise up to 30, and beyond it one gains what the other
        // loses: (60 − x)·x is greatest at 30.
        let agreed = Issue { reference: Some(0.0), ..issue(&[(30.0, 1.0, 1.0), (90.0, 1.0, 1.0)]) };
        assert!((point(&agreed).unwrap() - 30.0).abs() < 1e-6);
        let opposed = Issue { reference: Some(50.0), ..agreed.clone() };
        assert_eq!(point(&opposed), Some(50.0));
        assert_eq!(point(&Issue { reference: None, ..agreed }), None);
    }

    #[test]
    fn one_who_stands_at_the_reference_point_keeps_it_there_unless_it_has_no_say() {
        let model = Nash { disagreement: Disagreement::Reference, loss: Loss::Quadratic };
        let say = |salience: f64| Issue { reference: Some(0.0), ..issue(&[(0.0, salience, 1.0), (80.0, 1.0, 1.0)]) };
        let point = |issue: &Issue| model.forecast(&[issue])[0].unwrap().point;
        assert_eq!(point(&say(1.0)), 0.0);
        assert!((point(&say(0.0)) - 80.0).abs() < 1e-5);
    }
}
