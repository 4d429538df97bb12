//! Means, medians and solutions of bargaining on one dimension as `comity forecast` writes them, against roots of slopes,
//! linear programmes and exact fractions.

use std::collections::BTreeMap;

use super::{CASES, agreed, file, rows};
use crate::folder::Folder;

const MODELS: &str = "compromise,mean,salience_mean,weighted_median,median,nash,nash_quadratic,nash_reference,\
                      nash_reference_quadratic,kalai_smorodinsky,kalai_smorodinsky_own,egalitarian,utilitarian";

/// What the command forecasts of these positions.
fn forecasts(positions: &str) -> String {
    let folder = Folder::new();
    folder.write("P.csv", positions).write("I.csv", file("line_issues.csv"));
    let arguments = ["forecast", "--positions", "P.csv", "--issues", "I.csv", "--models", MODELS, "--out", "F.csv"];
    folder.comity(&arguments).well();
    folder.read("F.csv")
}

/// Forecasts that are not where the answer is, by model.
fn wrong(forecasts: &str) -> BTreeMap<String, Vec<String>> {
    let spans: BTreeMap<String, f64> = rows(&file("line_issues.csv"))
        .iter()
        .map(|row| (row.text("issue").to_owned(), row.number("scale_max").unwrap() - row.number("scale_min").unwrap()))
        .collect();
    assert_eq!(spans.len(), CASES);
    let found: BTreeMap<(String, String), Option<f64>> = rows(forecasts)
        .iter()
        .map(|row| ((row.text("issue").to_owned(), row.text("model").to_owned()), row.number("forecast")))
        .collect();
    let answers = rows(&file("line_solutions.csv"));
    assert_eq!(answers.len(), CASES * MODELS.split(',').count());
    let mut wrong: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for answer in answers {
        let (issue, model) = (answer.text("issue"), answer.text("model"));
        let point = found[&(issue.to_owned(), model.to_owned())];
        let between = answer.number("from").zip(answer.number("to"));
        // Near its peak a smooth function is flat: two points whose values differ in the last digit alone lie as far apart
        // as the root of it.
        let off = spans[issue] * if model.starts_with("nash") { 1e-7 } else { 1e-9 };
        let right = match (point, between) {
            (Some(point), Some((from, to))) => (from - off..=to + off).contains(&point),
            (point, between) => point.is_none() && between.is_none(),
        };
        if !right {
            wrong.entry(model.to_owned()).or_default().push(format!("{model} of {issue}: {point:?}, not {between:?}"));
        }
    }
    wrong
}

#[test]
fn solutions_on_a_line_agree_with_an_independent_computation() {
    let wrong: Vec<String> = wrong(&forecasts(&file("line_positions.csv"))).into_values().flatten().collect();
    agreed(&wrong);
}

#[test]
fn every_solution_on_a_line_notices_a_position_that_is_a_little_off() {
    // Everyone a hundredth of the scale nearer to its lower end, or, at that end, a hundredth above it.
    let spans = rows(&file("line_issues.csv"));
    let ends = |issue: &str| {
        let row = spans.iter().find(|row| row.text("issue") == issue).unwrap();
        (row.number("scale_min").unwrap(), row.number("scale_max").unwrap())
    };
    let mut moved = String::from("issue,actor,position,salience,capability\n");
    for row in rows(&file("line_positions.csv")) {
        let (low, high) = ends(row.text("issue"));
        let position = low + (row.number("position").unwrap() - low) * 0.98 + 0.01 * (high - low);
        let cells = ["issue", "actor", "salience", "capability"].map(|column| row.text(column));
        moved += &format!("{},{},{position},{},{}\n", cells[0], cells[1], cells[2], cells[3]);
    }
    let wrong = wrong(&forecasts(&moved));
    for model in MODELS.split(',') {
        let noticed = wrong.get(model).map_or(0, Vec::len);
        assert!(noticed > 40, "{model}: {noticed}");
    }
}
