//! On the given part of the DEU III data (Arregui & Perarnaud 2022, doi:10.34810/data53).

use comity::forecast::ktab::CondorcetElection;
use comity::forecast::{Compromise, Forecaster, Mean};
use comity::forecast_engine::Engine;

use super::deu;
use super::fit::mean_error;
use crate::folder::Folder;

#[test]
fn the_models_err_on_it_as_is_known() {
    let (Some(train), Some(dev)) = (deu("train"), deu("dev")) else { return };
    assert_eq!((train.issues.len(), dev.issues.len()), (161, 95));
    let known: [(&dyn Forecaster, f64, f64, f64); 3] = [
        (&Compromise, 23.18, 22.66, 0.01),
        (&CondorcetElection::default(), 22.45, 22.50, 0.05),
        (&Mean, 23.54, 24.62, 0.01),
    ];
    for (model, on_train, on_dev, within) in known {
        for (table, expected) in [(&train, on_train), (&dev, on_dev)] {
            let found = mean_error(model, table);
            assert!((found - expected).abs() < within, "{}: {found}, not {expected}", model.name());
        }
    }
}

#[test]
fn the_engine_is_hardly_worse_than_the_best_of_them_where_it_was_not_fitted() {
    let Some(dev) = deu("dev") else { return };
    let own = mean_error(&Engine::default(), &dev);
    let best = mean_error(&CondorcetElection::default(), &dev).min(mean_error(&Compromise, &dev));
    assert!(own <= best + 0.5, "{own} against {best}");
}

#[test]
fn every_model_forecasts_the_whole_table_in_seconds_and_is_scored() {
    let (Some(positions), Some(issues)) =
        (super::reference("deu3/forecast_positions.csv"), super::reference("deu3/forecast_issues.csv"))
    else {
        return;
    };
    let folder = Folder::new();
    folder.comity(&["forecast", "--positions", &positions, "--issues", &issues, "--out", "F.csv"]).well();
    let forecasts = folder.read("F.csv");
    assert!(forecasts.starts_with("issue,model,forecast,ci_low,ci_high\n"));
    assert_eq!(forecasts.lines().count(), 1 + 256 * 19);
    let scored = folder.comity(&["score", "F.csv", "--issues", &issues, "--out", "S.csv"]).well();
    assert!(scored.out.contains("comity") && scored.out.contains("ktab_pce"), "{}", scored.out);
    assert_eq!(folder.read("S.csv").lines().count(), 1 + 19);
    folder.comity(&["forecast", "--positions", &positions, "--issues", &issues, "--out", "again.csv"]).well();
    assert_eq!(folder.read("again.csv"), forecasts, "the same table, the same bytes");
}
