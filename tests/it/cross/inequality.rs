//! Gini and Theil, against a double sum over all pairs in exact fractions, and the Python package `inequality`.

use comity::inequality::{gini, theil};

use super::{agreed, cases, disagreeing, near};

/// What disagrees of a measure with a column.
fn wrong(column: &str, measure: impl Fn(&[f64]) -> Option<f64>) -> Vec<String> {
    let rows = cases("inequality.csv");
    let found = rows.iter().map(|row| {
        let value = measure(&row.numbers("amounts")).unwrap_or(f64::NAN);
        (format!("{column} of [{}]", row.text("amounts")), value, row.number(column).unwrap())
    });
    disagreeing(found, |one, other| near(*one, *other))
}

#[test]
fn gini_and_theil_agree_with_an_independent_computation() {
    agreed(&wrong("gini", gini));
    agreed(&wrong("theil", theil));
}

#[test]
fn another_measure_of_inequality_is_found_out() {
    // Over n − 1 in the place of n, as of a sample; Theil's L in the place of T.
    let of_sample = |amounts: &[f64]| {
        let n = amounts.len() as f64;
        gini(amounts).map(|gini| if n > 1.0 { gini * n / (n - 1.0) } else { gini })
    };
    let mean_log_deviation = |amounts: &[f64]| {
        let mean = amounts.iter().sum::<f64>() / amounts.len() as f64;
        Some(amounts.iter().map(|x| comity::maths::ln(mean / x)).sum::<f64>() / amounts.len() as f64)
    };
    assert!(wrong("gini", of_sample).len() > 100);
    assert!(wrong("theil", mean_log_deviation).len() > 100);
}

#[test]
fn inequality_stays_within_its_range() {
    let mut outside = Vec::new();
    for row in cases("inequality.csv") {
        let amounts = row.numbers("amounts");
        let n = amounts.len() as f64;
        for (measure, most) in [(gini(&amounts), 1.0 - 1.0 / n), (theil(&amounts), comity::maths::ln(n))] {
            let value = measure.unwrap();
            if !(0.0..=most).contains(&value) {
                outside.push(format!("[{}]: {value} is not from 0 to {most}", row.text("amounts")));
            }
        }
    }
    agreed(&outside);
}
