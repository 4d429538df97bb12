//! The Kalai–Smorodinsky solution (1975): everyone gains the same share of the most that it could hope for.
//!
//! ```text
//!   max_x min_i (u_i(x) − d_i) / (m_i − d_i)      u_i(x) = −|x − x_i|,   d_i = u_i(reference)
//! ```
//!
//! What i may hope for, m_i, is read in two ways. *Rational*: the best for i among the points that leave nobody worse off;
//! where there are no such points but the reference point itself, it stands. *Own*: that its own position is taken, whoever
//! loses by it, m_i = 0; somebody may then end up worse off than at the reference point, and who stands there has nothing
//! to hope for and no say. The share of i is then 1 − |x − x_i| / |reference − x_i|. Actors without weight have no say
//! either way. The least of concave functions is concave: its peak is found by golden section; of several peaks one.

use super::nash::gaining;
use super::search::peak;
use super::{Forecast, Forecaster, Issue, each};
use crate::solutions::objective::least_share;

/// What everyone may hope for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hope {
    /// The best that leaves nobody worse off than the reference point.
    Rational,
    /// Its own position.
    Own,
}

/// The Kalai–Smorodinsky solution over the reference point.
#[derive(Clone, Copy, Debug)]
pub struct KalaiSmorodinsky(pub Hope);

impl Forecaster for KalaiSmorodinsky {
    fn name(&self) -> &'static str {
        match self.0 {
            Hope::Rational => "kalai_smorodinsky",
            Hope::Own => "kalai_smorodinsky_own",
        }
    }

    fn source(&self) -> &'static str {
        match self.0 {
            Hope::Rational => {
                "equal shares of the greatest possible gain over the reference point (Kalai & Smorodinsky 1975)"
            }
            Hope::Own => {
                "the same, everyone hoping for its own position whoever loses by it (Kalai & Smorodinsky 1975)"
            }
        }
    }

    fn forecast(&self, issues: &[&Issue]) -> Vec<Option<Forecast>> {
        each(issues, |issue| {
            let reference = issue.reference?;
            let (low, high) = match self.0 {
                Hope::Rational => gaining(issue, reference)?,
                Hope::Own => issue.extremes()?,
            };
            if low >= high {
                // Nothing can be gained by all; or all who have a say want the same, and get it.
                return Some(if self.0 == Hope::Own { low } else { reference });
            }
            let heard = issue.stances.iter().filter(|stance| stance.weight() > 0.0).map(|stance| stance.position);
            let hopes: Vec<(f64, f64)> = heard
                .map(|x| {
                    let best = x.clamp(low, high);
                    (x, (reference - x).abs() - (best - x).abs())
                })
                .collect();
            let share =
                |z: f64| least_share(hopes.iter().map(|&(x, hope)| ((reference - x).abs() - (z - x).abs(), hope)));
            Some(peak(low, high, share))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::tests::issue;
    use super::*;

    /// The point of a frontier at which two shares of their greatest gains are equal.
    fn equal(low: f64, high: f64, most: (f64, f64), gains: impl Fn(f64) -> (f64, f64)) -> f64 {
        peak(low, high, |x| (gains(x).0 / most.0).min(gains(x).1 / most.1))
    }

    #[test]
    fn the_frontiers_of_the_textbooks_have_their_solutions() {
        assert!((equal(0.0, 1.0, (1.0, 1.0), |x| (x, 1.0 - x * x)) - 0.618_034).abs() < 1e-6);
        assert!((equal(0.0, 1.0, (1.0, 2.0), |x| (x, 2.0 * (1.0 - x))) - 0.5).abs() < 1e-9);
        let kinked = equal(0.0, 8.0, (8.0, 6.0), |x| (x, (6.0 - 1.5 * (x - 4.0)).min(6.0)));
        assert!((kinked - 16.0 / 3.0).abs() < 1e-9);
    }

    #[test]
    fn everyone_gains_the_same_share_of_its_hopes() {
        // Both gain up to 30; up to 60, where the first is back at the reference point, the second can hope for a gain of
        // 60, the first for 30: shares (60 − x) / 30 and x / 60 are equal at 40.
        let talks = Issue { reference: Some(0.0), ..issue(&[(30.0, 1.0, 1.0), (90.0, 1.0, 1.0)]) };
        let model = KalaiSmorodinsky(Hope::Rational);
        assert!((model.forecast(&[&talks])[0].unwrap().point - 40.0).abs() < 1e-9);
        let opposed = Issue { reference: Some(50.0), ..talks.clone() };
        assert_eq!(model.forecast(&[&opposed])[0].unwrap().point, 50.0);
        assert_eq!(model.forecast(&[&Issue { reference: None, ..talks }]), [None]);
    }

    #[test]
    fn who_hopes_for_its_own_position_gets_as_large_a_share_of_the_way_there_as_all_others() {
        // From 0 the shares are 1 − |z − 30| / 30 and z / 90: equal at 45, where each has half.
        let talks = Issue { reference: Some(0.0), ..issue(&[(30.0, 1.0, 1.0), (90.0, 1.0, 1.0)]) };
        let point = |issue: &Issue| KalaiSmorodinsky(Hope::Own).forecast(&[issue])[0].map(|forecast| forecast.point);
        assert!((point(&talks).unwrap() - 45.0).abs() < 1e-9);
        // From 40, between them, nobody gains but at the other's cost: 1 − (z − 30) / 10 = 1 − (90 − z) / 50 at z = 40.
        let between = Issue { reference: Some(40.0), ..talks.clone() };
        assert!((point(&between).unwrap() - 40.0).abs() < 1e-9);
        // Who stands at the reference point keeps it there in the rational reading alone.
        let kept = Issue { reference: Some(30.0), ..talks };
        assert!((point(&kept).unwrap() - 90.0).abs() < 1e-9);
        assert_eq!(KalaiSmorodinsky(Hope::Rational).forecast(&[&kept])[0].unwrap().point, 30.0);
        assert_eq!(point(&Issue { reference: None, ..kept }), None);
    }

    #[test]
    fn those_of_one_mind_get_what_they_want_wherever_those_without_a_say_stand() {
        let point = |stances: &[(f64, f64, f64)], hope: Hope| {
            let talks = Issue { reference: Some(0.0), ..issue(stances) };
            KalaiSmorodinsky(hope).forecast(&[&talks])[0].unwrap().point
        };
        for hope in [Hope::Own, Hope::Rational] {
            for of_one_mind in [
                &[(80.0, 1.0, 1.0), (80.0, 0.2, 3.0), (10.0, 0.0, 9.0)][..],
                &[(80.0, 0.4, 1.0), (0.0, 1.0, 0.0)],
                &[(100.0, 1.0, 0.0), (80.0, 1.0, 1.0), (20.0, 0.0, 0.0)],
            ] {
                assert!((point(of_one_mind, hope) - 80.0).abs() < 1e-9, "{hope:?}");
            }
            assert!(point(&[(80.0, 1.0, 1.0), (10.0, 1.0, 9.0)], hope) < 79.0, "one who has a say is heard");
        }
        assert_eq!(
            point(&[(0.0, 1.0, 1.0), (80.0, 0.0, 1.0)], Hope::Own),
            0.0,
            "all at the reference point stay there"
        );
    }
}
