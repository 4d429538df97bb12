//! How unequally something is shared.
//!
//! Both measures are of amounts that none is negative: shares of a cake. Gains and losses together have no such shares,
//! for with a mean near zero both measures are without bound; then there is no answer, and a caller says so. Where
//! everyone has nothing, nothing is unequal: 0. Rounding leads neither below 0.

use crate::maths::ln;

/// Gini coefficient [0 – 1 − 1/n]: Σ_i Σ_j |x_i − x_j| / (2 n Σ x) (Gini 1912). Nothing if there is nobody, or an amount
/// is negative or not a number.
pub fn gini(amounts: &[f64]) -> Option<f64> {
    let (all, mut sorted) = sum(amounts)?;
    if all == 0.0 {
        return Some(0.0);
    }
    sorted.sort_by(f64::total_cmp);
    // The i-th smallest is the greater of a pair i times and the smaller n − 1 − i times.
    let n = amounts.len() as f64;
    let pairs = sorted.iter().enumerate().fold(0.0, |sum, (i, x)| sum + (2.0 * i as f64 + 1.0 - n) * x);
    Some((pairs / (n * all)).max(0.0))
}

/// Theil's T [0 – ln n]: Σ (x_i/μ) ln (x_i/μ) / n with the mean μ; who has nothing adds nothing, the limit of x ln x
/// (Theil 1967). Nothing if there is nobody, or an amount is negative or not a number.
pub fn theil(amounts: &[f64]) -> Option<f64> {
    let (all, amounts) = sum(amounts)?;
    if all == 0.0 {
        return Some(0.0);
    }
    let n = amounts.len() as f64;
    let relative = amounts.iter().map(|x| x / all * n).filter(|share| *share > 0.0);
    Some((relative.fold(0.0, |sum, share| sum + share * ln(share)) / n).max(0.0))
}

/// All amounts together, and the amounts; nothing where they have no shares. Amounts whose sum is beyond the range of numbers
/// are in a larger unit, a power of two: shares are the same.
fn sum(amounts: &[f64]) -> Option<(f64, Vec<f64>)> {
    const LARGER: f64 = 1.0 / (1_u64 << 63) as f64;
    let shares = !amounts.is_empty() && amounts.iter().all(|x| *x >= 0.0 && x.is_finite());
    let all = |amounts: &[f64]| amounts.iter().fold(0.0, |sum, x| sum + x);
    // The mean difference is of the size of n times the sum.
    let huge = all(amounts) > f64::MAX / amounts.len().max(1) as f64;
    let amounts: Vec<f64> = amounts.iter().map(|x| if huge { x * LARGER } else { *x }).collect();
    shares.then(|| (all(&amounts), amounts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_all_and_who_has_three_quarters() {
        assert_eq!(gini(&[3.0, 1.0]), Some(0.25));
        assert_eq!(gini(&[0.0, 1.0, 0.0, 0.0]), Some(0.75), "1 − 1/n");
        let theil = |amounts: &[f64]| theil(amounts).unwrap();
        // (½ ln ½ + 3/2 ln 3/2) / 2.
        assert!((theil(&[1.0, 3.0]) - 0.130_812_035_941_136_95).abs() < 1e-15);
        assert!((theil(&[0.0, 0.0, 1.0, 0.0]) - ln(4.0)).abs() < 1e-15, "ln n");
    }

    #[test]
    fn equals_are_equal_and_scale_does_not_matter() {
        for measure in [gini, theil] {
            assert_eq!(measure(&[2.0; 7]), Some(0.0));
            assert_eq!(measure(&[0.0; 3]), Some(0.0));
            let (one, other) = (measure(&[1.0, 2.0, 5.0]).unwrap(), measure(&[50.0, 10.0, 20.0]).unwrap());
            assert!((one - other).abs() < 1e-15 && one > 0.1);
        }
    }

    #[test]
    fn equals_are_equal_whatever_they_have_and_however_many_they_are() {
        for amount in [0.1, 0.7, 1e-9, 1.0 / 3.0, 1e300, f64::MAX, 5e-324] {
            for n in [1, 2, 3, 11, 30, 193] {
                let (gini, theil) = (gini(&vec![amount; n]).unwrap(), theil(&vec![amount; n]).unwrap());
                assert!(
                    (0.0..1e-14).contains(&gini) && (0.0..1e-14).contains(&theil),
                    "{n} of {amount}: {gini} {theil}"
                );
            }
        }
        assert_eq!(gini(&[f64::MAX, f64::MAX, 0.0, 0.0]), Some(0.5), "beyond the range of a sum");
        assert!((theil(&[f64::MAX, f64::MAX, 0.0, 0.0]).unwrap() - ln(2.0)).abs() < 1e-15);
    }

    #[test]
    fn losses_have_no_shares() {
        for measure in [gini, theil] {
            assert_eq!(measure(&[]), None);
            assert_eq!(measure(&[1.0, -0.1]), None);
            assert_eq!(measure(&[1.0, f64::NAN]), None);
        }
    }
}
