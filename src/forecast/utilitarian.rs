//! The utilitarian solution (Harsanyi 1955; Thomson 1981): the greatest sum of utilities, whoever gets them.
//!
//! ```text
//!   max_x Σ s_i u_i(x)      u_i(x) = −|x − x_i|
//! ```
//!
//! Saliences make utilities comparable; capabilities do not count, except that actors without any have no say. A sum of
//! such utilities is greatest at somebody's position: at the median by salience (with quadratic loss it would be the mean
//! by salience, which is a model of its own). Of several positions with the greatest sum the lowest.

use super::{Forecast, Forecaster, Issue, each};

/// The utilitarian solution.
#[derive(Clone, Copy, Debug)]
pub struct Utilitarian;

/// The first of some points at which a sum of utilities is greatest; `size` is the most that such a sum can come to.
fn greatest(points: impl Iterator<Item = f64>, size: f64, sum: impl Fn(f64) -> f64) -> Option<f64> {
    let more = |best: (f64, f64), next: (f64, f64)| if next.1 > best.1 + ROUNDING * size { next } else { best };
    points.map(|point| (point, sum(point))).reduce(more).map(|(point, _)| point)
}

/// Sums this close are equal: room for rounding [share of the size of a sum, for scales and saliences are of any size].
const ROUNDING: f64 = 1e-12;

impl Forecaster for Utilitarian {
    fn name(&self) -> &'static str {
        "utilitarian"
    }

    fn source(&self) -> &'static str {
        "the greatest sum of utilities by salience (Harsanyi 1955)"
    }

    fn forecast(&self, issues: &[&Issue]) -> Vec<Option<Forecast>> {
        each(issues, |issue| {
            let heard: Vec<_> = issue.stances.iter().filter(|stance| stance.weight() > 0.0).collect();
            let mut positions: Vec<f64> = heard.iter().map(|stance| stance.position).collect();
            positions.sort_by(f64::total_cmp);
            let sum =
                |x: f64| heard.iter().fold(0.0, |sum, stance| sum - stance.salience * (x - stance.position).abs());
            let (low, high) = issue.extremes()?;
            let size = heard.iter().fold(0.0, |all, stance| all + stance.salience) * (high - low);
            greatest(positions.into_iter(), size, sum)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::tests::{emissions, issue};
    use super::*;

    #[test]
    fn on_the_frontier_of_the_textbook_all_goes_to_the_one_who_makes_more_of_it() {
        // u1 = x, u2 = 2 (1 − x): the sum 2 − x is greatest at 0, where the utilities are 0 and 2.
        let points = || (0..=1000).map(|step| f64::from(step) / 1000.0);
        let x = greatest(points(), 2.0, |x| x + 2.0 * (1.0 - x)).unwrap();
        assert_eq!((x, 2.0 * (1.0 - x)), (0.0, 2.0));
        // u2 = 1 − u1²: the slope −2 u1 is −1 at 1/2.
        assert_eq!(greatest(points(), 2.0, |x| x + 1.0 - x * x), Some(0.5));
    }

    #[test]
    fn it_is_where_saliences_balance_and_nobody_unheard_tips_them() {
        // Saliences of 0.8 + 0.2 + 0.8 + 1.0 = 2.8 at 4, of 0.4 + 0.1 + 0.7 at 7, of 2.1 at 10: half of 6.1 is reached at 7.
        assert_eq!(Utilitarian.forecast(&[&emissions()])[0].unwrap().point, 7.0);
        let talks = issue(&[(0.0, 0.6, 1.0), (50.0, 0.3, 9.0), (90.0, 0.6, 1.0), (80.0, 1.0, 0.0), (70.0, 0.0, 9.0)]);
        assert_eq!(Utilitarian.forecast(&[&talks])[0].unwrap().point, 50.0);
    }

    #[test]
    fn of_several_it_is_the_lowest() {
        let even = issue(&[(80.0, 0.5, 1.0), (20.0, 0.5, 3.0)]);
        assert_eq!(Utilitarian.forecast(&[&even])[0].unwrap().point, 20.0);
    }

    #[test]
    fn the_size_of_a_scale_and_of_saliences_does_not_matter() {
        let stances = [(20.0, 0.1, 1.0), (30.0, 0.2, 1.0), (40.0, 0.3, 1.0), (90.0, 0.7, 1.0), (95.0, 0.1, 1.0)];
        for (scale, care) in [(1.0, 1.0), (1e-8, 1.0), (1e9, 1.0), (1.0, 1e-9), (1e-6, 1e-6)] {
            let point = |stances: &[(f64, f64, f64)]| {
                let sized: Vec<_> = stances.iter().map(|&(x, s, c)| (x * scale, s * care, c)).collect();
                let talks = Issue { scale: (0.0, 100.0 * scale), ..issue(&sized) };
                Utilitarian.forecast(&[&talks])[0].unwrap().point / scale
            };
            // 0.1 + 0.2 + 0.3 of 1.4 lie below 90, 1.3 to it.
            assert!((point(&stances) - 90.0).abs() < 1e-9, "{scale} {care}");
            // A tie by decimals, 0.6 + 0.1 on either side, has the lower.
            let tie = [(20.0, 0.1, 1.0), (30.0, 0.2, 1.0), (40.0, 0.4, 1.0), (90.0, 0.7, 1.0)];
            assert!((point(&tie) - 40.0).abs() < 1e-9, "{scale} {care}");
        }
    }
}
