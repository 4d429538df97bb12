//! Loss: what a country loses by a text that is not what it wants.

use crate::maths::{each, pow};

/// Loss of a text at `point` to a country with ideal point `ideal` [share of the scale, 0–1]: |point − ideal|^exponent.
/// Linear (1) unless the scenario says otherwise; quadratic loss is risk averse (Hinich & Munger 1997).
pub fn loss(point: f64, ideal: f64, exponent: f64) -> f64 {
    let [loss] = losses(&[point], &[ideal], exponent);
    loss
}

/// Losses side by side: each point against the ideal point at its place, as [`loss`] has it.
#[inline(always)]
pub fn losses<const N: usize>(point: &[f64; N], ideal: &[f64; N], exponent: f64) -> [f64; N] {
    let gap: [f64; N] = each(|i| (point[i] - ideal[i]).abs());
    match exponent {
        1.0 => gap,
        2.0 => each(|i| gap[i] * gap[i]),
        _ => each(|i| pow(gap[i], exponent)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn losses_side_by_side_are_powers_of_the_distance() {
        let point: [f64; 8] = each(|i| i as f64 / 7.0);
        let ideal: [f64; 8] = each(|i| (i * 5 % 8) as f64 / 9.0);
        for exponent in [1.0, 1.5, 2.0] {
            let expected: [f64; 8] = each(|i| pow((point[i] - ideal[i]).abs(), exponent));
            assert_eq!(losses(&point, &ideal, exponent), expected);
            assert_eq!(each(|i| loss(point[i], ideal[i], exponent)), expected, "and each alone");
        }
        assert_ne!(losses(&point, &ideal, 1.0), losses(&point, &ideal, 2.0), "the exponent tells");
    }
}
