//! Forecasters: the field's decision models, and what each says an issue will be decided at.
//!
//! All of them read the same table: who takes which position on an issue, how much it cares, how strong it is. A model is
//! one file with its source, its formula, its parameters and its tie rules; what several of them do alike stands beside
//! them (the table, a search for a peak). Nothing here reads a file or draws a number: a forecast is a pure function of
//! the table. The engine of this program is a forecaster too, but it stands above the model (`forecast_engine`).
//!
//! Sums go over the actors in the order of the table, so equal tables give equal bits.

mod agenda_setter;
mod baron_ferejohn;
mod challenge;
mod egalitarian;
mod exchange;
mod kalai_smorodinsky;
pub mod ktab;
mod mean;
mod median;
mod nash;
mod rubinstein;
pub mod score;
mod search;
mod status_quo;
mod table;
mod utilitarian;

pub use agenda_setter::AgendaSetter;
pub use baron_ferejohn::{BaronFerejohn, division};
pub use challenge::{Challenge, Reading};
pub use egalitarian::Egalitarian;
pub use exchange::{Course, Exchange};
pub use kalai_smorodinsky::{Hope, KalaiSmorodinsky};
pub use mean::{Compromise, Mean, SalienceMean};
pub use median::{Median, WeightedMedian};
pub use nash::{Disagreement, Loss, Nash};
pub use rubinstein::{Rubinstein, first_share};
pub use status_quo::StatusQuo;
pub use table::{Issue, Rule, Stance, Table};
pub use utilitarian::Utilitarian;

use crate::rules::{Fraction, Unit, weighted_quantile};

/// What a model says an issue will be decided at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forecast {
    /// The point [units of the issue's scale].
    pub point: f64,
    /// Where the model gives a distribution, its 5 % and 95 % quantiles [units of the issue's scale].
    pub interval: Option<(f64, f64)>,
}

impl Forecast {
    /// A point without a distribution.
    pub fn at(point: f64) -> Self {
        Forecast { point, interval: None }
    }

    /// The mean of a distribution over points, with its quantiles; nothing where it has no weight.
    pub fn of(mut points: Vec<(f64, f64)>) -> Option<Self> {
        let mass = points.iter().fold(0.0, |sum, (_, p)| sum + p);
        let mean = points.iter().fold(0.0, |sum, (x, p)| sum + x * p) / mass;
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        let at = |twentieths| weighted_quantile(&points, Fraction::new(twentieths, 20)?, Unit::NONE);
        let interval = at(1).zip(at(19));
        (mass > 0.0 && mean.is_finite()).then_some(Forecast { point: mean, interval })
    }
}

/// A decision model.
pub trait Forecaster: Sync {
    /// Its name in tables and on the command line.
    fn name(&self) -> &'static str;

    /// Where it comes from, in a line.
    fn source(&self) -> &'static str;

    /// What it says of issues that are decided together, one each; nothing for an issue of which it has nothing to say.
    fn forecast(&self, issues: &[&Issue]) -> Vec<Option<Forecast>>;
}

/// Forecasts of a model that looks at one issue at a time and gives a point.
fn each(issues: &[&Issue], point: impl Fn(&Issue) -> Option<f64>) -> Vec<Option<Forecast>> {
    issues.iter().map(|issue| point(issue).filter(|x| x.is_finite()).map(Forecast::at)).collect()
}

/// Every model of the field, in the order of docs/forecast.md, with its usual parameters.
pub fn models() -> Vec<Box<dyn Forecaster>> {
    use crate::exchange::Roles::{Free, Kept};
    use Disagreement::{Reference, Worst};
    vec![
        Box::new(Compromise),
        Box::new(Mean),
        Box::new(SalienceMean),
        Box::new(WeightedMedian),
        Box::new(Median),
        Box::new(Nash { disagreement: Worst, loss: Loss::Linear }),
        Box::new(Nash { disagreement: Worst, loss: Loss::Quadratic }),
        Box::new(Nash { disagreement: Reference, loss: Loss::Linear }),
        Box::new(Nash { disagreement: Reference, loss: Loss::Quadratic }),
        Box::new(KalaiSmorodinsky(Hope::Rational)),
        Box::new(KalaiSmorodinsky(Hope::Own)),
        Box::new(Egalitarian),
        Box::new(Utilitarian),
        Box::new(Challenge::default()),
        Box::new(ktab::CondorcetElection::default()),
        Box::new(ktab::SpatialModel::default()),
        Box::new(Exchange::default()),
        Box::new(Exchange { rounds: 1, course: Course::Standing(Free) }),
        Box::new(Exchange { rounds: 1, course: Course::Standing(Kept) }),
        Box::new(AgendaSetter::default()),
        Box::new(BaronFerejohn::default()),
        Box::new(Rubinstein::default()),
        Box::new(StatusQuo),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_of_a_distribution_ends_where_its_share_is_reached_however_sums_round() {
        // A twentieth of the weight at each of twenty points: 5 % is reached at the first, 95 % at the nineteenth, whatever a
        // twentieth is written as. Added up one by one, nineteen times 0.05 is 0.9500000000000003 and three times 0.1 is
        // 0.30000000000000004.
        for (n, weight, ends) in
            [(20, 0.05, (1.0, 19.0)), (20, 0.1, (1.0, 19.0)), (40, 0.7, (2.0, 38.0)), (60, 1.0, (3.0, 57.0))]
        {
            let points = |order: &dyn Fn(usize) -> usize| (0..n).map(|no| (order(no) as f64 + 1.0, weight)).collect();
            let found = Forecast::of(points(&|no| no)).unwrap();
            assert_eq!(found.interval, Some(ends), "{n} of {weight}");
            assert_eq!(Forecast::of(points(&|no| n - 1 - no)).unwrap().interval, Some(ends), "backwards");
            assert!((found.point - (n as f64 + 1.0) / 2.0).abs() < 1e-12);
        }
        // A little more than a twentieth at the last point puts the upper end there.
        let more = Forecast::of(vec![(0.0, 0.9499), (1.0, 0.0501)]).unwrap();
        assert_eq!(more.interval, Some((0.0, 1.0)));
        assert_eq!(Forecast::of(vec![(1.0, 0.0)]), None);
    }
}
