//! What a text is worth to a country, in sums over whole texts: what the model, which works clause by clause, is held
//! against.

use comity::preference::loss;

/// Policy utility of a text: 1 − Σ s·loss / Σ s [0–1]. A country that cares about nothing is satisfied by everything.
pub fn utility(text: &[f64], ideal: &[f64], salience: &[f64], exponent: f64) -> f64 {
    let mut lost = 0.0;
    let mut cared = 0.0;
    for ((&z, &x), &s) in text.iter().zip(ideal).zip(salience) {
        lost += s * loss(z, x, exponent);
        cared += s;
    }
    if cared > 0.0 { 1.0 - lost / cared } else { 1.0 }
}

/// Implementing burden of a text [0–1]: what it asks beyond the domestic regime, weighted by how costly each clause is
/// to put in place, times the capacity the country lacks. `relief` is the share of a clause's burden that special and
/// differential treatment takes away.
pub fn burden(text: &[f64], regime: &[f64], cost: &[f64], relief: &[f64], capacity: f64) -> f64 {
    let mut asked = 0.0;
    let mut all = 0.0;
    for (((&z, &at_home), &b), &spared) in text.iter().zip(regime).zip(cost).zip(relief) {
        asked += b * (1.0 - spared) * (z - at_home).max(0.0);
        all += b;
    }
    if all > 0.0 { (1.0 - capacity) * asked / all } else { 0.0 }
}

#[test]
fn utility_weighs_clauses_by_salience() {
    let text = [0.5, 1.0];
    assert_eq!(utility(&text, &[0.5, 1.0], &[1.0, 3.0], 1.0), 1.0);
    assert_eq!(utility(&text, &[1.0, 1.0], &[1.0, 3.0], 1.0), 1.0 - 0.5 / 4.0);
    assert_eq!(utility(&text, &[1.0, 0.0], &[1.0, 3.0], 2.0), 1.0 - (0.25 + 3.0) / 4.0);
    assert_eq!(utility(&text, &[0.0, 0.0], &[0.0, 0.0], 1.0), 1.0);
}

#[test]
fn burden_counts_only_what_lies_beyond_the_domestic_regime() {
    let cost = [1.0, 1.0];
    assert_eq!(burden(&[0.5, 0.2], &[0.5, 0.4], &cost, &[0.0, 0.0], 0.0), 0.0);
    assert_eq!(burden(&[1.0, 0.2], &[0.5, 0.4], &cost, &[0.0, 0.0], 0.0), 0.25);
    assert_eq!(burden(&[1.0, 0.2], &[0.5, 0.4], &cost, &[0.5, 0.0], 0.5), 0.0625);
    assert_eq!(burden(&[1.0, 1.0], &[0.0, 0.0], &cost, &[0.0, 0.0], 1.0), 0.0);
}
