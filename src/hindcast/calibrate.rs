//! The few global parameters that theory leaves open, sought on history with a text left out at a time.
//!
//! Five numbers, the same for every scenario: how early delegations concede, how weak states stand alone, what staying out
//! and what a burden costs, what failure costs. A fold leaves one text out, seeks the values that err least on the others
//! and is judged on the one left out. The search sets one parameter at a time to the value of a coarse grid that errs least,
//! until none changes; it begins with everything as the scenarios have it, and of equals the first stays. All points are
//! played with the same luck, so they differ by their values alone. No text has a parameter of its own.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::played::{Shares, play};
use super::scores::Told;
use super::trials::Trial;
use crate::hindcast::played::Playing;
use crate::quantity::Uncertain;
use crate::scenario::Scenario;
use crate::scenario::problem::Problem;

/// How many parameters there are.
pub const PARAMETERS: usize = 5;

/// The parameters by name, and the values that each is tried at; before them, as the scenario has it.
pub const GRID: [(&str, &[f64]); PARAMETERS] = [
    ("concession", &[0.25, 0.5, 2.0, 4.0]),
    ("isolation", &[0.0, 0.25, 1.0, 2.0, 3.0, 4.0]),
    ("exclusion_price", &[0.0, 0.05, 0.2, 0.4]),
    ("burden_price", &[0.0, 0.1, 0.25, 1.0, 2.0]),
    ("cost_of_failure", &[0.1, 0.25, 0.5, 1.0]),
];

/// A value of each parameter; none where it is as the scenario has it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Values(pub [Option<f64>; PARAMETERS]);

impl Values {
    /// A scenario under these values.
    pub fn applied(&self, scenario: &Scenario) -> Scenario {
        let mut scenario = scenario.clone();
        let [concession, isolation, exclusion, burden, failure] = self.0;
        let set = |quantity: &mut Uncertain, value: Option<f64>| {
            if let Some(value) = value {
                *quantity = Uncertain::Fixed(value);
            }
        };
        set(&mut scenario.parameters.isolation, isolation);
        set(&mut scenario.parameters.exclusion_price, exclusion);
        set(&mut scenario.parameters.burden_price, burden);
        for forum in &mut scenario.forums {
            set(&mut forum.cost_of_failure, failure);
            for member in &mut forum.members {
                if let Some(beta) = concession {
                    member.tactic = member.tactic.with_beta(beta);
                }
            }
        }
        scenario
    }

    /// Trials under these values; those of one scenario still stand together.
    pub fn over(&self, trials: &[Trial]) -> Vec<Trial> {
        let mut changed: Vec<Trial> = trials.to_vec();
        for together in changed.chunk_by_mut(|one, next| Arc::ptr_eq(&one.played, &next.played)) {
            let played = Arc::new(self.applied(&together[0].played));
            together.iter_mut().for_each(|trial| trial.played = played.clone());
        }
        changed
    }
}

/// What a search found with one text left out, or with none.
#[derive(Clone, Debug, PartialEq)]
pub struct Fold {
    /// The instrument that was left out; none where none was.
    pub left_out: Option<String>,
    /// The values that err least on the others.
    pub values: Values,
    /// Mean absolute error on the others [0–1].
    pub training: f64,
    /// Mean absolute error on the text left out, or where none was, on all [0–1].
    pub error: f64,
    /// The same with everything as the scenario has it [0–1].
    pub by_default: f64,
    /// Clauses of the text left out (a count).
    pub clauses: usize,
}

/// Errors of a point of the grid: by trial the sum over clauses.
type Errors = Vec<f64>;

/// Seeks values for every fold; `tried` hears of each point that is played.
pub fn search(
    trials: &[Trial],
    playing: Playing,
    stop: &std::sync::atomic::AtomicBool,
    mut tried: impl FnMut(usize),
) -> Result<Vec<Fold>, Problem> {
    let mut known: BTreeMap<[usize; PARAMETERS], Errors> = BTreeMap::new();
    let mut errors = |point: [usize; PARAMETERS]| -> Result<Errors, Problem> {
        if let Some(errors) = known.get(&point) {
            return Ok(errors.clone());
        }
        let shares = play(&at(point).over(trials), playing, stop, |_| ())?;
        let errors: Errors = trials.iter().zip(&shares).map(|(trial, shares)| error(trial, shares)).collect();
        known.insert(point, errors.clone());
        tried(known.len());
        Ok(errors)
    };
    let clauses: Vec<usize> = trials.iter().map(|trial| trial.provisions.len()).collect();
    let mut folds = Vec::new();
    for left_out in std::iter::once(None).chain((0..trials.len()).map(Some)) {
        let training = |errors: &Errors| mean(errors, &clauses, |no| Some(no) != left_out);
        let judged = |errors: &Errors| mean(errors, &clauses, |no| left_out.is_none_or(|left_out| no == left_out));
        let mut best = [0; PARAMETERS];
        let mut least = training(&errors(best)?);
        let mut settled = false;
        while !settled {
            settled = true;
            for (parameter, (_, values)) in GRID.iter().enumerate() {
                for value in 0..=values.len() {
                    let mut point = best;
                    point[parameter] = value;
                    let error = training(&errors(point)?);
                    if error < least - ROUNDING {
                        (best, least, settled) = (point, error, false);
                    }
                }
            }
        }
        folds.push(Fold {
            left_out: left_out.map(|no| trials[no].instrument.clone()),
            values: at(best),
            training: least,
            error: judged(&errors(best)?),
            by_default: judged(&errors([0; PARAMETERS])?),
            clauses: left_out.map_or(clauses.iter().sum(), |no| clauses[no]),
        });
    }
    Ok(folds)
}

/// Differences below this are rounding.
const ROUNDING: f64 = 1e-12;

/// The values at a point of the grid.
fn at(point: [usize; PARAMETERS]) -> Values {
    let value = |no: usize| point[no].checked_sub(1).map(|place| GRID[no].1[place]);
    Values(std::array::from_fn(value))
}

/// The sum over clauses of absolute errors of the engine.
fn error(trial: &Trial, shares: &Shares) -> f64 {
    trial.provisions.iter().zip(shares).fold(0.0, |sum, (provision, shares)| {
        let told = Told::spread(shares.clone(), &provision.positions);
        sum + told.score(&provision.positions, provision.real.rung).error
    })
}

fn mean(errors: &Errors, clauses: &[usize], counted: impl Fn(usize) -> bool) -> f64 {
    let (mut sum, mut n) = (0.0, 0);
    for (no, (error, clauses)) in errors.iter().zip(clauses).enumerate() {
        if counted(no) {
            (sum, n) = (sum + error, n + clauses);
        }
    }
    if n > 0 { sum / n as f64 } else { f64::NAN }
}
