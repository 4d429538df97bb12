//! Forecasts of many models on a table of positions, shared out over the processors.

use rayon::prelude::*;

use crate::forecast::{Forecast, Forecaster, Issue, Table};

/// The forecasts of each model, one an issue. Negotiations are shared out over the processors; each stands for itself.
pub fn of_all(table: &Table, models: &[Box<dyn Forecaster>]) -> Vec<Vec<Option<Forecast>>> {
    let negotiations = table.negotiations();
    let one = |model: &dyn Forecaster| {
        let told: Vec<Vec<Option<Forecast>>> = negotiations
            .par_iter()
            .map(|places| model.forecast(&places.iter().map(|&place| &table.issues[place]).collect::<Vec<&Issue>>()))
            .collect();
        let mut forecasts = vec![None; table.issues.len()];
        for (places, told) in negotiations.iter().zip(told) {
            for (&place, forecast) in places.iter().zip(told) {
                forecasts[place] = forecast;
            }
        }
        forecasts
    };
    models.iter().map(|model| one(model.as_ref())).collect()
}
