//! The egalitarian solution (Kalai 1977; Rawls 1971): the greatest loss that anyone suffers is as small as it can be.
//!
//! ```text
//!   min_x max_i s_i |x − x_i|
//! ```
//!
//! This is the point of equal gains where disagreement costs everyone the same, however much that is. Saliences weigh
//! losses; capabilities do not count, except that actors without any have no say. The peak of a concave function, found
//! by golden section.

use super::search::peak;
use super::{Forecast, Forecaster, Issue, each};

/// The egalitarian solution.
#[derive(Clone, Copy, Debug)]
pub struct Egalitarian;

impl Forecaster for Egalitarian {
    fn name(&self) -> &'static str {
        "egalitarian"
    }

    fn source(&self) -> &'static str {
        "the least greatest loss, weighted by salience (Kalai 1977)"
    }

    fn forecast(&self, issues: &[&Issue]) -> Vec<Option<Forecast>> {
        each(issues, |issue| {
            let (low, high) = issue.extremes()?;
            let heard: Vec<_> = issue.stances.iter().filter(|stance| stance.weight() > 0.0).collect();
            let least = |x: f64| {
                let losses = heard.iter().map(|stance| -stance.salience * (x - stance.position).abs());
                losses.fold(f64::INFINITY, f64::min)
            };
            Some(peak(low, high, least))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::tests::issue;
    use super::*;

    #[test]
    fn the_frontiers_of_the_textbooks_have_their_solutions() {
        let equal = |low, high, other: fn(f64) -> f64| peak(low, high, |x| x.min(other(x)));
        assert!((equal(0.0, 1.0, |x| 1.0 - x * x) - 0.618_034).abs() < 1e-6);
        assert!((equal(0.0, 1.0, |x| 2.0 * (1.0 - x)) - 2.0 / 3.0).abs() < 1e-9);
        assert!((equal(0.0, 8.0, |x| (6.0 - 1.5 * (x - 4.0)).min(6.0)) - 4.8).abs() < 1e-9);
    }

    #[test]
    fn who_cares_twice_as_much_gives_half_as_far_and_who_does_not_is_not_heard() {
        let talks = issue(&[(0.0, 1.0, 1.0), (90.0, 0.5, 9.0), (100.0, 0.0, 1.0), (95.0, 1.0, 0.0)]);
        assert!((Egalitarian.forecast(&[&talks])[0].unwrap().point - 30.0).abs() < 1e-9);
    }
}
