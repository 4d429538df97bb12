//! The search for what a table of positions does not tell the engine.
//!
//! `cargo test --release --test it fitted_on_train -- --ignored --nocapture` prints it; docs/forecast.md holds the result.

use comity::forecast::{Forecaster, Issue, Table};
use comity::forecast_engine::Engine;
use rayon::prelude::*;

use super::deu;

/// Mean absolute error of a model on a table with outcomes.
pub fn mean_error(model: &dyn Forecaster, table: &Table) -> f64 {
    let together = table.negotiations();
    let errors: Vec<f64> = together
        .par_iter()
        .flat_map_iter(|places| {
            let issues: Vec<&Issue> = places.iter().map(|&place| &table.issues[place]).collect();
            let forecasts = model.forecast(&issues);
            let one = |(issue, forecast): (&Issue, Option<comity::forecast::Forecast>)| {
                Some((forecast?.point - issue.outcome?).abs())
            };
            issues.into_iter().zip(forecasts).filter_map(one).collect::<Vec<f64>>()
        })
        .collect();
    errors.iter().sum::<f64>() / errors.len() as f64
}

/// A parameter that is searched: its name, the values tried, and how it is set.
type Axis = (&'static str, &'static [f64], fn(&mut Engine) -> &mut f64);

/// The grid: one parameter at a time is set to the value that errs least on train, the present one where none errs less,
/// over and over until none changes.
const AXES: [Axis; 4] = [
    ("cost of failure", &[0.0, 0.25, 0.5, 1.0, 2.0, 4.0], |engine| &mut engine.cost_of_failure),
    ("capability exponent", &[0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5], |engine| &mut engine.capability_exponent),
    ("assertiveness", &[0.0, 0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0], |engine| &mut engine.assertiveness),
    ("beta", &[0.25, 0.5, 1.0, 2.0, 4.0], |engine| &mut engine.beta),
];

/// Where the search begins: the defaults of the scenario format.
fn opening() -> Engine {
    Engine { cost_of_failure: 0.0, capability_exponent: 1.0, assertiveness: 4.0, beta: 1.0, ..Engine::default() }
}

#[test]
#[ignore = "takes minutes; it is how the defaults were found"]
fn fitted_on_train() {
    let (Some(train), Some(dev)) = (deu("train"), deu("dev")) else { return };
    let mut engine = opening();
    let mut least = mean_error(&engine, &train);
    println!("train {least:.3} at the start");
    loop {
        let before = engine;
        for (name, values, place) in AXES {
            let mut tried = String::new();
            for &value in values {
                let mut other = engine;
                *place(&mut other) = value;
                let error = mean_error(&other, &train);
                tried += &format!(" {value}: {error:.3}");
                if error < least - 1e-6 {
                    (engine, least) = (other, error);
                }
            }
            println!("{name}:{tried}; stays at {}", *place(&mut engine));
        }
        if engine == before {
            break;
        }
    }
    println!("train {least:.3}, dev {:.3}: {engine:?}", mean_error(&engine, &dev));
    assert_eq!(engine, Engine::default(), "the defaults are what the search finds");
}
