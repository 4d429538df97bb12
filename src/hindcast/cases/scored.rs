//! Everyone on record in every case, with the chances that each forecaster gave, and their scores: a case left out at a time.

use rayon::prelude::*;

use super::played::chances;
use super::rivals::{Observed, Regression, base_rate, score};
use super::staged::{Shelf, stage};
use super::{Case, Chances, Stance};
use crate::forecast::score::{Interval, clustered_mean};
use crate::hindcast::calibrate::Values;
use crate::scenario::problem::Problems;
use crate::scenario::source::Files;
use std::collections::BTreeMap;
use std::sync::Arc;

/// One country in one case, as forecast.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// The case, by its place.
    pub case: usize,
    /// The country.
    pub country: String,
    /// Where it stood.
    pub stance: Stance,
    /// Chances by forecaster.
    pub told: Vec<Chances>,
}

/// All cases as forecast.
#[derive(Clone, Debug, Default)]
pub struct Refusals {
    /// The cases.
    pub cases: Vec<Case>,
    /// The forecasters; the engine is the first.
    pub models: Vec<String>,
    /// Everyone whose stance is forecast.
    pub rows: Vec<Forecast>,
}

/// How cases are played.
pub struct Setting<'a> {
    /// The library of data, and its folder.
    pub library: (&'a (dyn Files + Sync), &'a str),
    /// Values of parameters that were found on treaties, where they were.
    pub calibrated: Option<Values>,
    /// Seed of all chance.
    pub seed: u64,
    /// Replications of each case (a count).
    pub replications: u64,
}

/// Forecasts every case from what came before it, and by its rivals from all others.
pub fn forecast(
    cases: Vec<Case>,
    shelf: &Shelf,
    ideal: &BTreeMap<String, f64>,
    setting: &Setting,
) -> Result<Refusals, Problems> {
    let (files, folder) = setting.library;
    let mut models = vec!["comity".to_owned()];
    models.extend(setting.calibrated.map(|_| "comity_calibrated".to_owned()));
    let engine = |case: &Case| -> Result<Vec<Vec<Chances>>, Problems> {
        let scenario = stage(case, &cases, shelf, files, folder)?;
        let mut told = vec![chances(case, &scenario, setting.seed, setting.replications)];
        if let Some(values) = setting.calibrated {
            let scenario = Arc::new(values.applied(&scenario));
            told.push(chances(case, &scenario, setting.seed, setting.replications));
        }
        Ok(told)
    };
    let played: Vec<Result<Vec<Vec<Chances>>, Problems>> = cases.par_iter().map(engine).collect();
    models.extend(["base_rate", "regression"].map(str::to_owned));
    // Who has no ideal point, having no vote, is put in the middle.
    let at = |country: &str| ideal.get(country).copied().unwrap_or(0.0);
    let observed = |case: &Case| -> Vec<Observed> {
        let one = |party: &super::Party| Observed {
            ideal: at(&party.country),
            author: at(&case.author),
            stance: party.stance,
        };
        case.forecast().map(one).collect()
    };
    let mut rows = Vec::new();
    for (no, (case, engine)) in cases.iter().zip(played).enumerate() {
        let engine = engine?;
        let others = cases.iter().enumerate().filter(|(other, _)| *other != no).map(|(_, case)| case);
        let rate = base_rate(others.clone(), &case.rule);
        let regression = Regression::fit(&others.flat_map(observed).collect::<Vec<_>>());
        for (place, (party, own)) in case.forecast().zip(observed(case)).enumerate() {
            let mut told: Vec<Chances> = engine.iter().map(|chances| chances[place]).collect();
            told.extend([rate, regression.chances(&own)]);
            rows.push(Forecast { case: no, country: party.country.clone(), stance: party.stance, told });
        }
    }
    Ok(Refusals { cases, models, rows })
}

/// How near one forecaster came.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// The forecaster.
    pub model: String,
    /// Mean Brier score over countries and cases [0–2].
    pub brier: Interval,
    /// Mean log score over countries and cases [≥ 0].
    pub log: Interval,
    /// Mean Brier score with every case counted once.
    pub brier_by_case: f64,
    /// Mean log score with every case counted once.
    pub log_by_case: f64,
    /// Brier score of the engine less its own, over countries and cases.
    pub brier_difference: Option<Interval>,
    /// Log score of the engine less its own.
    pub log_difference: Option<Interval>,
}

impl Refusals {
    /// Scores of every forecaster over the cases that are wanted; intervals are a bootstrap over cases.
    pub fn scores(&self, seed: u64, wanted: impl Fn(&Case) -> bool) -> Vec<Score> {
        let rows: Vec<&Forecast> = self.rows.iter().filter(|row| wanted(&self.cases[row.case])).collect();
        let values = |model: usize, of: &dyn Fn((f64, f64)) -> f64| -> Vec<(usize, f64)> {
            rows.iter().map(|row| (row.case, of(score(&row.told[model], row.stance)))).collect()
        };
        let less = |model: usize, of: &dyn Fn((f64, f64)) -> f64| {
            let pairs = values(0, of).into_iter().zip(values(model, of));
            let off: Vec<(usize, f64)> = pairs.map(|((case, engine), (_, own))| (case, engine - own)).collect();
            clustered_mean(&off, seed).filter(|_| model > 0)
        };
        let one = |(model, name): (usize, &String)| {
            let (brier, log) = (values(model, &|score| score.0), values(model, &|score| score.1));
            Some(Score {
                model: name.clone(),
                brier: clustered_mean(&brier, seed)?,
                log: clustered_mean(&log, seed)?,
                brier_by_case: by_case(&brier),
                log_by_case: by_case(&log),
                brier_difference: less(model, &|score| score.0),
                log_difference: less(model, &|score| score.1),
            })
        };
        self.models.iter().enumerate().filter_map(one).collect()
    }
}

/// The mean over cases of the mean of each.
fn by_case(values: &[(usize, f64)]) -> f64 {
    let means: Vec<f64> = values
        .chunk_by(|one, next| one.0 == next.0)
        .map(|case| case.iter().fold(0.0, |sum, value| sum + value.1) / case.len() as f64)
        .collect();
    means.iter().fold(0.0, |sum, mean| sum + mean) / means.len() as f64
}
