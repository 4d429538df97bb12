//! Quantiles of the distributions that a scenario may state, against scipy.

use comity::maths::normal_quantile;
use comity::quantity::Uncertain;

use super::{Row, agreed, cases, disagreeing, near};

fn wrong(column: &str, quantile: impl Fn(&Row, f64) -> f64) -> Vec<String> {
    let rows = cases("distributions.csv");
    let found = rows.iter().map(|row| {
        let p = row.number("p").unwrap();
        (format!("{column} {} at {p}", row.text("case")), quantile(row, p), row.number(column).unwrap())
    });
    disagreeing(found, |one, other| near(*one, *other))
}

fn triangle(row: &Row) -> Uncertain {
    let [min, mode, max] = ["min", "mode", "max"].map(|column| row.number(column).unwrap());
    Uncertain::Triangular { min, mode, max }
}

#[test]
fn quantiles_of_distributions_agree_with_an_independent_computation() {
    agreed(&wrong("standard_normal", |_, p| normal_quantile(p)));
    agreed(&wrong("triangular", |row, p| triangle(row).quantile(p)));
    agreed(&wrong("uniform", |row, p| {
        Uncertain::Uniform { min: row.number("min").unwrap(), max: row.number("max").unwrap() }.quantile(p)
    }));
    agreed(&wrong("normal", |row, p| {
        Uncertain::Normal { mean: row.number("mode").unwrap(), sd: row.number("sd").unwrap() }.quantile(p)
    }));
}

#[test]
fn another_distribution_is_found_out() {
    // The upper tail; a variance in the place of a deviation; a triangle with its mode in the middle.
    assert!(wrong("standard_normal", |_, p| normal_quantile(1.0 - p)).len() > 190);
    assert!(
        wrong("normal", |row, p| row.number("mode").unwrap() + row.number("sd").unwrap().sqrt() * normal_quantile(p))
            .len()
            > 190
    );
    let centred = |row: &Row, p: f64| match triangle(row) {
        Uncertain::Triangular { min, max, .. } => {
            Uncertain::Triangular { min, mode: (min + max) / 2.0, max }.quantile(p)
        }
        other => other.quantile(p),
    };
    assert!(wrong("triangular", centred).len() > 100);
}
