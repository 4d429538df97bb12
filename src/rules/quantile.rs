//! Quantiles of weights: the point at which a share of all weight is reached.

use super::{Fraction, Unit};

/// The first value at which a share of all weight is reached, of values in rising order with their weights [≥ 0] that share
/// a unit or none: the inverse of the distribution function (Hyndman & Fan 1996, definition 1), at one half the lower of two
/// middle values. Values without weight are passed over; nothing where there is no weight.
pub fn weighted_quantile(rising: &[(f64, f64)], share: Fraction, unit: Unit) -> Option<f64> {
    let all = rising.iter().fold(0.0, |sum, (_, weight)| sum + weight);
    let mut reached = 0.0;
    let found = rising.iter().find(|(_, weight)| {
        reached += weight;
        *weight > 0.0 && unit.reaches(reached, share, all)
    });
    found.map(|(value, _)| *value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tie_of_decimal_weights_is_a_tie_in_whatever_order_they_stand() {
        let middle = |rising: &[(f64, f64)]| {
            let found = [Unit::of(rising.iter().map(|(_, weight)| *weight)), Unit::NONE]
                .map(|unit| weighted_quantile(rising, Fraction::HALF, unit));
            assert_eq!(found[0], found[1], "with a unit and with room for rounding");
            found[0]
        };
        // 0.7 + 0.1 is 0.7999…, and half of all is 0.8.
        assert_eq!(middle(&[(0.0, 0.7), (0.2, 0.1), (1.0, 0.8)]), Some(0.2));
        assert_eq!(middle(&[(0.0, 0.1), (0.0, 0.7), (0.2, 0.0), (1.0, 0.8)]), Some(0.0));
        assert_eq!(middle(&[(0.0, 0.7), (0.2, 0.0999), (1.0, 0.8)]), Some(1.0), "no tie");
        assert_eq!(middle(&[(3.0, 0.0)]), None);
    }
}
