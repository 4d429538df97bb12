//! What a country wants: loss, utility and burden, as pure functions over the clauses of a text. The endgame adds the
//! same up clause by clause (`rounds::package`); these are what tests hold it against.
//!
//! All sums go over the clauses in their order, so equal inputs give equal bits.

use crate::maths::pow;

/// Loss of a text at `point` to a country with ideal point `ideal` [share of the scale, 0–1]: |point − ideal|^exponent.
/// Linear (1) unless the scenario says otherwise; quadratic loss is risk averse (Hinich & Munger 1997).
pub fn loss(point: f64, ideal: f64, exponent: f64) -> f64 {
    pow((point - ideal).abs(), exponent)
}

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

/// The win-set of one country on one clause: the points that it likes no less than the status quo, which lie between it
/// and its mirror image, 2·ideal − status quo, whatever the exponent of its loss (Putnam 1988; Romer & Rosenthal 1978).
/// The lower end first; not cut to any scale.
pub fn win_set(ideal: f64, status_quo: f64) -> (f64, f64) {
    let mirror = 2.0 * ideal - status_quo;
    (mirror.min(status_quo), mirror.max(status_quo))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a foreign proposer with an ideal point of 0.9 gets ratified from a status quo of nothing.
    fn proposed(pivot: f64) -> f64 {
        let (low, high) = win_set(pivot, 0.0);
        0.9f64.clamp(low, high)
    }

    #[test]
    fn the_smaller_the_win_set_the_closer_to_home_the_deal() {
        // Putnam (1988), the Schelling conjecture: pivots at 0.2, 0.3 and 0.5 give 0.4, 0.6 and 0.9.
        assert_eq!(win_set(0.3, 0.0), (0.0, 0.6));
        assert_eq!([0.2, 0.3, 0.5].map(proposed), [0.4, 0.6, 0.9]);
        assert_eq!(win_set(0.2, 0.5), (2.0 * 0.2 - 0.5, 0.5), "from below as from above");
    }

    #[test]
    fn a_text_is_in_the_win_set_where_it_is_no_loss() {
        for exponent in [1.0, 1.5, 2.0] {
            for point in (0..=100).map(|percent| f64::from(percent) / 100.0) {
                let (low, high) = win_set(0.3, 0.1);
                let gains = loss(point, 0.3, exponent) <= loss(0.1, 0.3, exponent) + 1e-12;
                assert_eq!(
                    (low - 1e-9..=high + 1e-9).contains(&point),
                    gains,
                    "{point} with an exponent of {exponent}"
                );
            }
        }
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
}
