//! The parameters that cases can tell, sought on them with a case left out at a time.
//!
//! Who refuses a text that others want depends on how weak states stand alone (`isolation`), how readily a dislike becomes
//! an objection (`assertiveness`) and what staying out costs (`exclusion_price`). Every point of a grid is played on every
//! case with the same luck; a fold leaves a case out, takes the point with the least Brier score on the others, of equals
//! the first, and is judged on the case left out. The Brier score chooses and not the log score, which a few stances that
//! were held to be impossible decide alone. Everything as by default comes first.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::Case;
use super::played::chances;
use super::rivals::score;
use crate::ensemble::Cut;
use crate::hindcast::played::stopped;
use crate::hindcast::tables::{Sheet, number};
use crate::quantity::Uncertain;
use crate::scenario::Scenario;
use crate::scenario::problem::Problem;

/// How many parameters there are.
const PARAMETERS: usize = 3;

/// The parameters by name, and the values that each is tried at; before them, as by default.
const GRID: [(&str, &[f64]); PARAMETERS] =
    [("isolation", &[0.0, 1.0, 2.0, 3.0]), ("assertiveness", &[1.0, 2.0, 8.0]), ("exclusion_price", &[0.0, 0.2, 0.4])];

/// A value of each parameter; none where it is as by default.
pub type Point = [Option<f64>; PARAMETERS];

/// Scores of one case at one point.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sum {
    /// Sum of Brier scores.
    pub brier: f64,
    /// Sum of log scores.
    pub log: f64,
    /// Stances (a count).
    pub stances: usize,
}

impl Sum {
    fn plus(self, other: Sum) -> Sum {
        Sum { brier: self.brier + other.brier, log: self.log + other.log, stances: self.stances + other.stances }
    }

    /// Mean Brier and log score; none without stances.
    fn means(self) -> [Option<f64>; 2] {
        [self.brier, self.log].map(|sum| (self.stances > 0).then(|| sum / self.stances as f64))
    }
}

/// The grid as played: by point, by case.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// The cases.
    pub cases: Vec<String>,
    /// The points; the first has everything as by default.
    pub points: Vec<Point>,
    /// By point, what it scores on every case.
    pub sums: Vec<Vec<Sum>>,
}

/// All points of the grid.
fn points() -> Vec<Point> {
    let values = |no: usize| std::iter::once(None).chain(GRID[no].1.iter().copied().map(Some));
    let mut points = Vec::new();
    for one in values(0) {
        for two in values(1) {
            points.extend(values(2).map(|three| [one, two, three]));
        }
    }
    points
}

/// A scenario at a point.
fn applied(scenario: &Scenario, point: &Point) -> Scenario {
    let mut scenario = scenario.clone();
    let parameters = &mut scenario.parameters;
    let places = [&mut parameters.isolation, &mut parameters.assertiveness, &mut parameters.exclusion_price];
    for (place, value) in places.into_iter().zip(point) {
        if let Some(value) = value {
            *place = Uncertain::Fixed(*value);
        }
    }
    scenario
}

/// Plays every point of the grid on every case, given as staged; `tried` hears of each point.
pub fn profile(
    cases: &[Case],
    staged: &[Arc<Scenario>],
    (seed, replications): (u64, u64),
    stop: &AtomicBool,
    mut tried: impl FnMut(usize),
) -> Result<Profile, Problem> {
    let points = points();
    let mut sums = Vec::new();
    for point in &points {
        if stop.load(Ordering::Relaxed) {
            return Err(stopped(Cut::Stopped, 1));
        }
        let played = cases.par_iter().zip(staged).map(|(case, scenario)| {
            let told = chances(case, &Arc::new(applied(scenario, point)), seed, replications);
            case.forecast().zip(told).fold(Sum::default(), |sum, (party, chances)| {
                let (brier, log) = score(&chances, party.stance);
                sum.plus(Sum { brier, log, stances: 1 })
            })
        });
        sums.push(played.collect());
        tried(sums.len());
    }
    Ok(Profile { cases: cases.iter().map(|case| case.id.clone()).collect(), points, sums })
}

impl Profile {
    /// What a point scores on the cases that count.
    fn scored(&self, point: usize, counts: impl Fn(usize) -> bool) -> Sum {
        let sums = self.sums[point].iter().enumerate().filter(|(case, _)| counts(*case));
        sums.fold(Sum::default(), |all, (_, sum)| all.plus(*sum))
    }

    /// The point with the least Brier score on all cases but one.
    fn best_without(&self, left_out: Option<usize>) -> usize {
        let brier = |point: usize| self.scored(point, |case| Some(case) != left_out).brier;
        let less = |best: usize, next: usize| if brier(next) < brier(best) - 1e-12 { next } else { best };
        (0..self.points.len()).reduce(less).unwrap_or_default()
    }

    /// The grid as a table.
    pub fn grid(&self) -> String {
        let names = GRID.map(|(name, _)| name);
        let mut sheet = Sheet::new(&[&names[..], &["stances", "brier", "log"]].concat());
        for (no, point) in self.points.iter().enumerate() {
            let all = self.scored(no, |_| true);
            let mut cells: Vec<String> = point.iter().map(|value| number(*value)).collect();
            cells.push(all.stances.to_string());
            cells.extend(all.means().map(number));
            sheet.row(cells);
        }
        sheet.text()
    }

    /// The folds as a table: the first leaves nothing out, and is judged on what it was chosen by.
    pub fn folds(&self) -> String {
        let names = GRID.map(|(name, _)| name);
        let scores = ["stances", "training_brier", "brier", "log", "brier_by_default", "log_by_default"];
        let mut sheet = Sheet::new(&[&["left_out"], &names[..], &scores[..]].concat());
        for left_out in std::iter::once(None).chain((0..self.cases.len()).map(Some)) {
            let best = self.best_without(left_out);
            let judged = |case: usize| left_out.is_none_or(|left_out| left_out == case);
            let (own, default) = (self.scored(best, judged), self.scored(0, judged));
            let training = self.scored(best, |case| Some(case) != left_out);
            let mut cells = vec![left_out.map_or("none".to_owned(), |no| self.cases[no].clone())];
            cells.extend(self.points[best].iter().map(|value| number(*value)));
            cells.push(own.stances.to_string());
            cells.push(number(training.means()[0]));
            cells.extend(own.means().into_iter().chain(default.means()).map(number));
            sheet.row(cells);
        }
        sheet.text()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(brier: f64) -> Sum {
        Sum { brier, log: 2.0 * brier, stances: 2 }
    }

    /// Two points on three cases: the second is better on the last case alone, by more than it loses on the others.
    fn profile() -> Profile {
        let points = vec![[None, None, None], [Some(2.0), None, None]];
        let sums = vec![vec![sum(0.4), sum(0.4), sum(2.0)], vec![sum(0.6), sum(0.6), sum(1.0)]];
        Profile { cases: vec!["a".into(), "b".into(), "c".into()], points, sums }
    }

    #[test]
    fn a_case_does_not_choose_the_values_that_it_is_judged_by() {
        // All together: 2.8 against 2.2. Without the last: 0.8 against 1.2, so it is judged by the defaults, at 2.0 / 2.
        let folds = profile().folds();
        let rows: Vec<&str> = folds.lines().skip(1).collect();
        let all = format!("none,2.0000,,,6,{0},{0},{1},{2},{3}", 2.2 / 6.0, 4.4 / 6.0, 2.8 / 6.0, 5.6 / 6.0);
        assert_eq!(rows[0], all);
        assert_eq!(rows[3], "c,,,,2,0.2000,1.0000,2.0000,1.0000,2.0000");
        assert!(rows[1].starts_with("a,2.0000,,,2,0.4000,0.3000,0.6000,0.2000,0.4000"), "{}", rows[1]);
    }

    #[test]
    fn of_equals_the_defaults_stay() {
        let mut even = profile();
        even.sums[1] = even.sums[0].clone();
        assert_eq!(even.best_without(None), 0);
        assert!(points()[0].iter().all(Option::is_none) && points().len() == 80);
    }
}
