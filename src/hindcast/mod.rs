//! Hindcasts: forecasts of texts that are known by now, held against them beside the field's models on the same mandates.
//!
//! [`record`] knows what texts hold, [`trials`] which forums wrote them, [`played`] how often the engine comes to each rung,
//! [`field`] what other models say, [`scores`] how far off each is; [`pooled`] adds up over texts. [`calibrate`] searches for
//! the few global parameters, a text left out at a time. docs/hindcast.md tells the method.

pub mod calibrate;
pub mod cases;
pub mod field;
pub mod fitted;
pub mod page;
pub mod played;
pub mod pooled;
pub mod record;
pub mod scores;
pub mod tables;
pub mod trials;

use record::Record;
use scores::Told;
use trials::Trial;

/// Name of the engine among the models: the median of its distribution.
pub const ENGINE: &str = "comity";
/// The engine under the parameters that were sought without the text.
pub const CALIBRATED: &str = "comity_calibrated";
/// Its mean, as a point.
pub const ENGINE_MEAN: &str = "comity_mean";
/// What other texts hold on the clause.
pub const BASE_RATE: &str = "base_rate";

/// What every model says of one clause of one trial.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The trial, by its place.
    pub trial: usize,
    /// The clause, by its place among the provisions of the trial.
    pub provision: usize,
    /// What each model says, in the order of the models.
    pub told: Vec<Option<Told>>,
}

/// All that was found.
#[derive(Clone, Debug)]
pub struct Findings {
    /// What was held against history.
    pub trials: Vec<Trial>,
    /// The models; the engine is the first.
    pub models: Vec<String>,
    /// Clause by clause.
    pub rows: Vec<Finding>,
}

impl Findings {
    /// Puts what the engine came to beside what the field and the record say.
    pub fn gather(trials: Vec<Trial>, engine: &[played::Shares], record: &Record) -> Findings {
        let baselines = field::baselines();
        let told_by_field = field::forecasts(&trials, &baselines);
        let names =
            [ENGINE, ENGINE_MEAN].into_iter().chain(baselines.iter().map(|model| model.name())).chain([BASE_RATE]);
        let mut rows = Vec::new();
        for (no, trial) in trials.iter().enumerate() {
            for (place, provision) in trial.provisions.iter().enumerate() {
                let positions = &provision.positions;
                let shares = &engine[no][place];
                let mut told =
                    vec![Some(Told::spread(shares.clone(), positions)), Some(Told::mean_of(shares, positions))];
                let points = told_by_field[no].iter().map(|points| points[place]);
                told.extend(points.map(|point| point.map(|point| Told::certain(point, positions))));
                let rate = record.base_rate(&trial.instrument, &provision.id, positions.len());
                told.push(rate.map(|rate| Told::spread(rate, positions)));
                rows.push(Finding { trial: no, provision: place, told });
            }
        }
        Findings { models: names.map(str::to_owned).collect(), trials, rows }
    }

    /// Puts one more model behind the others; `shares` are its distributions, trial by trial and clause by clause.
    pub fn add(&mut self, model: &str, shares: &[played::Shares]) {
        self.models.push(model.to_owned());
        for row in &mut self.rows {
            let positions = &self.trials[row.trial].provisions[row.provision].positions;
            row.told.push(Some(Told::spread(shares[row.trial][row.provision].clone(), positions)));
        }
    }

    /// Place of a model by its name.
    pub fn model(&self, name: &str) -> Option<usize> {
        self.models.iter().position(|model| model == name)
    }

    /// The score of a model on a clause.
    pub fn score(&self, row: &Finding, model: usize) -> Option<scores::Scores> {
        let provision = &self.trials[row.trial].provisions[row.provision];
        Some(row.told[model].as_ref()?.score(&provision.positions, provision.real.rung))
    }
}
