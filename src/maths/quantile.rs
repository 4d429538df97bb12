//! Quantiles of numbers at hand: medians and interpolated quantiles.

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

#[cfg(test)]
mod tests {
    use super::*;

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
