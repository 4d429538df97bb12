//! Quantiles and medians of numbers at hand, against numpy, and weighted ones against exact sums of decimals.

use comity::maths::{median, quantile};
use comity::rules::{self, Fraction, Unit};

use super::{agreed, cases, disagreeing, near};

fn wrong(column: &str, measure: impl Fn(&[f64], f64) -> Option<f64>) -> Vec<String> {
    let rows = cases("quantiles.csv");
    let found = rows.iter().map(|row| {
        let value = measure(&row.numbers("numbers"), row.number("share").unwrap()).unwrap();
        (format!("{column} at {} of [{}]", row.text("share"), row.text("numbers")), value, row.number(column).unwrap())
    });
    disagreeing(found, |one, other| near(*one, *other))
}

fn wrong_weighted(measure: impl Fn(&[(f64, f64)], f64) -> Option<f64>) -> Vec<String> {
    let rows = cases("weighted_quantiles.csv");
    let found = rows.iter().map(|row| {
        let pairs: Vec<(f64, f64)> = row.numbers("values").into_iter().zip(row.numbers("weights")).collect();
        let of = format!("at {} of [{}] by [{}]", row.text("share"), row.text("values"), row.text("weights"));
        (of, measure(&pairs, row.number("share").unwrap()), row.number("quantile"))
    });
    disagreeing(found, |one, other| one == other)
}

/// By the unit that the weights share, at a share to the digit.
fn weighted_quantile(rising: &[(f64, f64)], share: f64) -> Option<f64> {
    rules::weighted_quantile(rising, Fraction::exactly(share)?, Unit::of(rising.iter().map(|pair| pair.1)))
}

/// With room for rounding, as where weights share no unit.
fn with_room(rising: &[(f64, f64)], share: f64) -> Option<f64> {
    rules::weighted_quantile(rising, Fraction::exactly(share)?, Unit::NONE)
}

#[test]
fn quantiles_and_medians_agree_with_an_independent_computation() {
    agreed(&wrong("quantile", quantile));
    agreed(&wrong("median", |numbers, _| median(numbers)));
}

#[test]
fn weighted_quantiles_agree_with_exact_sums_of_the_decimals() {
    agreed(&wrong_weighted(weighted_quantile));
    agreed(&wrong_weighted(with_room));
    // The order of those who want the same does not matter.
    let backwards = |pairs: &[(f64, f64)], share: f64| {
        let mut pairs: Vec<(f64, f64)> = pairs.iter().rev().copied().collect();
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
        weighted_quantile(&pairs, share)
    };
    agreed(&wrong_weighted(backwards));
}

#[test]
fn another_definition_of_a_quantile_is_found_out() {
    // The number at the rank below; the lower of two in the middle; sums compared to the last digit; more than half.
    let lower =
        |numbers: &[f64], share: f64| Some(numbers[((share * numbers.len() as f64) as usize).min(numbers.len() - 1)]);
    assert!(wrong("quantile", lower).len() > 50);
    assert!(wrong("median", |numbers, _| Some(numbers[(numbers.len() - 1) / 2])).len() > 25);
    let reached = |pairs: &[(f64, f64)], share: f64, enough: &dyn Fn(f64, f64) -> bool| {
        let all: f64 = pairs.iter().map(|pair| pair.1).sum();
        let mut sum = 0.0;
        let found = pairs.iter().find(|pair| {
            sum += pair.1;
            pair.1 > 0.0 && enough(sum, share * all)
        });
        found.or(pairs.last()).map(|pair| pair.0)
    };
    assert!(!wrong_weighted(|pairs, share| reached(pairs, share, &|sum, half| sum >= half)).is_empty());
    assert!(wrong_weighted(|pairs, share| reached(pairs, share, &|sum, half| sum > half + 1e-9)).len() > 20);
}
