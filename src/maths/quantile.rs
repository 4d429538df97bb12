//! Quantiles of numbers at hand: medians, interpolated quantiles, and those of weights.

/// What is rounding in a sum of weights [share of the whole]: a share that is reached up to it is reached, whatever the order
/// in which the weights are added up.
const ROUNDING: f64 = 1e-12;

/// Quantile at a share [0–1] of numbers in rising order, between the two ranks next to (n − 1) · share in proportion (Hyndman
/// & Fan 1996, definition 7); nothing where there are none. The quantile at 1 − share of the negated numbers is its negative,
/// so that an interval of a difference does not depend on which of two is taken from the other.
pub fn quantile(rising: &[f64], share: f64) -> Option<f64> {
    let last = rising.len().checked_sub(1)?;
    let rank = last as f64 * share.clamp(0.0, 1.0);
    let below = rank as usize;
    let (low, high) = (rising[below], rising[(below + 1).min(last)]);
    Some(low + (rank - below as f64) * (high - low))
}

/// The middle of numbers in rising order, or the mean of the two in the middle; nothing where there are none.
pub fn median(rising: &[f64]) -> Option<f64> {
    let last = rising.len().checked_sub(1)?;
    let (low, high) = (rising[last / 2], rising[last - last / 2]);
    Some(if low == high { low } else { (low + high) / 2.0 })
}

/// The first value at which a share [0–1] of all weight is reached, of values in rising order with their weights [≥ 0]: the
/// inverse of the distribution function (Hyndman & Fan 1996, definition 1), at one half the lower of two middle values.
/// Values without weight are passed over; nothing where there is no weight.
pub fn weighted_quantile(rising: &[(f64, f64)], share: f64) -> Option<f64> {
    let all = rising.iter().fold(0.0, |sum, (_, weight)| sum + weight);
    let mut reached = 0.0;
    let found = rising.iter().find(|(_, weight)| {
        reached += weight;
        *weight > 0.0 && reached >= all * (share - ROUNDING)
    });
    found.map(|(value, _)| *value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tie_of_decimal_weights_is_a_tie_in_whatever_order_they_stand() {
        // 0.7 + 0.1 is 0.7999…, and half of all is 0.8.
        assert_eq!(weighted_quantile(&[(0.0, 0.7), (0.2, 0.1), (1.0, 0.8)], 0.5), Some(0.2));
        assert_eq!(weighted_quantile(&[(0.0, 0.1), (0.0, 0.7), (0.2, 0.0), (1.0, 0.8)], 0.5), Some(0.0));
        assert_eq!(weighted_quantile(&[(0.0, 0.7), (0.2, 0.0999), (1.0, 0.8)], 0.5), Some(1.0), "no tie");
        assert_eq!(weighted_quantile(&[(3.0, 0.0)], 0.5), None);
    }

    #[test]
    fn the_quantile_of_the_negated_is_the_negative() {
        let rising: Vec<f64> = (0..2_000).map(|no| f64::from(no * no)).collect();
        let negated: Vec<f64> = rising.iter().rev().map(|x| -x).collect();
        let off = quantile(&rising, 0.025).unwrap() + quantile(&negated, 0.975).unwrap();
        assert!(off.abs() < 1e-9, "{off}");
        assert_eq!((quantile(&[], 0.5), median(&[])), (None, None));
        assert_eq!(
            (quantile(&[7.0], 0.3), quantile(&[1.0, 2.0], 1.0), median(&[1.0, 2.0])),
            (Some(7.0), Some(2.0), Some(1.5))
        );
    }
}
