//! What `comity score` writes of the forecasts of two hundred models, against scikit-learn and exact shares.

use super::{CASES, agreed, file, rows};
use crate::folder::Folder;

/// The scores that the command writes of these forecasts.
fn scored(forecasts: &str) -> String {
    let folder = Folder::new();
    folder.write("F.csv", forecasts).write("I.csv", file("point_issues.csv"));
    folder.comity(&["score", "F.csv", "--issues", "I.csv", "--out", "S.csv"]).well();
    folder.read("S.csv")
}

/// Models whose scores differ from the answers.
fn wrong(scores: &str) -> Vec<String> {
    let (answers, scores) = (rows(&file("point_scores.csv")), rows(scores));
    assert_eq!((answers.len(), scores.len()), (CASES + 1, CASES + 1));
    let mut wrong = Vec::new();
    for answer in &answers {
        let model = answer.text("model");
        let score = scores.iter().find(|score| score.text("model") == model).unwrap_or_else(|| panic!("no {model}"));
        for column in answer.header.iter().skip(1) {
            let (found, expected) = (score.number(column), answer.number(column));
            // Scales reach from 0.2 to a million: what is near is a matter of both.
            let near = |(found, expected): (f64, f64)| (found - expected).abs() <= 1e-9 * expected.abs().max(0.01);
            if found.is_some() != expected.is_some() || !found.zip(expected).is_none_or(near) {
                wrong.push(format!("{column} of {model}: {found:?}, not {expected:?}"));
            }
        }
    }
    wrong
}

#[test]
fn scores_of_forecasts_agree_with_an_independent_computation() {
    let scores = scored(&file("point_forecasts.csv"));
    agreed(&wrong(&scores));
    for row in rows(&scores) {
        // An interval contains its estimate, and is there where there is more than one group.
        for (mean, low, high) in [
            ("mean_absolute_error", "mean_absolute_error_low", "mean_absolute_error_high"),
            ("difference_to_compromise", "difference_low", "difference_high"),
        ] {
            if let Some(((low, high), mean)) = row.number(low).zip(row.number(high)).zip(row.number(mean)) {
                let slack = 1e-9 * mean.abs();
                assert!(low <= mean + slack && mean <= high + slack, "{}: {low} {mean} {high}", row.text("model"));
            }
        }
    }
}

#[test]
fn a_forecast_that_is_a_little_off_is_found_out() {
    let forecasts = file("point_forecasts.csv");
    let row = forecasts.lines().find(|line| line.contains(",compromise,") && !line.ends_with(',')).unwrap();
    let (before, point) = row.rsplit_once(',').unwrap();
    let moved = point.parse::<f64>().unwrap() * (1.0 + 1e-6) + 1e-6;
    let wrong = wrong(&scored(&forecasts.replace(row, &format!("{before},{moved}"))));
    assert!(wrong.len() > 20 && wrong.iter().any(|wrong| wrong.starts_with("difference_to_compromise")), "{wrong:?}");
}
