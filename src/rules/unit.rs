//! The one place where sums of weights are compared: is the part more than, or at least, a fraction of the whole?
//!
//! Weights as written are decimals: 0.2 + 0.1 is as much as 0.3, though not in binary fractions. So weights share a
//! [`Unit`], a power of ten of which each is a whole number, and sums are compared as whole numbers of it, whatever the
//! order in which they were added up. Where weights have no such unit (they are drawn, or have too many digits for sums to
//! keep), sums that differ by less than [`ROUNDING`] of themselves count as equal: a tie is a tie, and a share that is
//! reached is reached.

use std::cmp::Ordering;

use super::Fraction;

/// Part of a sum of weights by which it may be off where the weights share no unit.
pub const ROUNDING: f64 = 1e-12;

/// What each of some weights is a whole number of: one part of a power of ten, or nothing that sums would keep.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Unit {
    /// Units in a weight of 1: 1, 10, 100 …; 0 where there is no unit.
    per_one: f64,
}

impl Unit {
    /// No unit: sums are compared with room for rounding.
    pub const NONE: Unit = Unit { per_one: 0.0 };
    /// Whole numbers.
    pub const ONE: Unit = Unit { per_one: 1.0 };

    /// The unit of these weights [≥ 0], the largest power of ten that there is: a weight is a whole number of it, up to
    /// two units in its own last place (a capability may be a sum of decimals), and sums of weights, in any order, are off
    /// by less than a quarter of it.
    pub fn of(weights: impl Iterator<Item = f64> + Clone) -> Unit {
        let (mut all, mut summands) = (0.0, 8.0);
        for weight in weights.clone() {
            all += weight;
            summands += 1.0;
        }
        let is_whole = |per_one: f64| {
            weights.clone().all(|weight| {
                let units = weight * per_one;
                (units - units.round()).abs() <= 2.0 * f64::EPSILON * units
            })
        };
        // Sums of whole numbers are exact as long as they fit.
        if all < MOST_WHOLE && weights.clone().all(|weight| weight.fract() == 0.0) {
            return Unit::ONE;
        }
        let mut per_one = 1.0;
        // Each addition rounds by half a unit in the last place, and so do the weights themselves and the scaling.
        while summands * all * per_one * (f64::EPSILON / 2.0) < 0.25 && per_one <= MOST_UNITS {
            if is_whole(per_one) {
                return Unit { per_one };
            }
            per_one *= 10.0;
        }
        Unit::NONE
    }

    /// Units in a weight of 1; nothing where there is no unit.
    pub fn per_one(self) -> Option<u64> {
        (self.per_one > 0.0).then_some(self.per_one as u64)
    }

    /// A sum of weights as a whole number of units; nothing where there is no unit.
    pub fn whole(self, sum: f64) -> Option<u64> {
        (self.per_one > 0.0).then(|| self.rounded(sum))
    }

    fn rounded(self, sum: f64) -> u64 {
        (sum * self.per_one + 0.5) as u64
    }

    /// Whether a part is more than a share of the whole.
    #[inline]
    pub fn exceeds(self, part: f64, share: Fraction, all: f64) -> bool {
        if self.per_one > 0.0 {
            return share.compare(self.rounded(part), self.rounded(all)) == Ordering::Greater;
        }
        part > share.value() * all * (1.0 + ROUNDING)
    }

    /// Whether a part is at least a share of the whole.
    #[inline]
    pub fn reaches(self, part: f64, share: Fraction, all: f64) -> bool {
        if self.per_one > 0.0 {
            return share.compare(self.rounded(part), self.rounded(all)) != Ordering::Less;
        }
        part >= share.value() * all * (1.0 - ROUNDING)
    }

    /// Whether a part is at least an amount of weight.
    #[inline]
    pub fn comes_to(self, part: f64, amount: Fraction) -> bool {
        if self.per_one > 0.0 {
            return amount.compare(self.rounded(part), self.per_one as u64) != Ordering::Less;
        }
        part >= amount.value() * (1.0 - ROUNDING)
    }
}

/// Sums of whole numbers below this are exact.
const MOST_WHOLE: f64 = 9_007_199_254_740_992.0;
/// Most units in a weight of 1: powers of ten up to here are exact.
const MOST_UNITS: f64 = 1e18;

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(weights: &[f64]) -> Unit {
        Unit::of(weights.iter().copied())
    }

    #[test]
    fn the_unit_is_the_last_place_of_the_decimals() {
        assert_eq!(unit(&[0.2, 0.3, 0.1]).per_one(), Some(10));
        assert_eq!(unit(&[1.5, 0.0001]).per_one(), Some(10_000));
        assert_eq!(unit(&[3.0, 0.0, 2e12]).per_one(), Some(1));
        assert_eq!(unit(&[0.1 + 0.2, 0.3]).per_one(), Some(10), "a sum of decimals is a decimal");
        assert_eq!(unit(&[]).per_one(), Some(1));
    }

    #[test]
    fn where_rounding_could_blur_it_there_is_no_unit() {
        assert_eq!(unit(&[1.0 / 3.0, 2.0 / 3.0]), Unit::NONE);
        assert_eq!(unit(&[1e12, 0.00001]), Unit::NONE);
        assert_eq!(unit(&[std::f64::consts::PI, 1.0]), Unit::NONE);
        assert_eq!(unit(&[1e16, 1e16]), Unit::NONE);
    }

    #[test]
    fn a_tie_of_decimals_is_a_tie_and_with_a_tolerance_too() {
        for unit in [unit(&[0.2, 0.1, 0.3]), Unit::NONE] {
            let (yes, all) = (0.2 + 0.1, 0.2 + 0.1 + 0.3);
            assert!(yes > 0.3, "as floats go the tie is won");
            assert!(!unit.exceeds(yes, Fraction::HALF, all) && unit.reaches(yes, Fraction::HALF, all));
            assert!(unit.comes_to(yes, Fraction::exactly(0.3).unwrap()));
            assert!(!unit.comes_to(yes, Fraction::exactly(0.31).unwrap()));
        }
    }

    #[test]
    fn one_vote_in_two_million_million_decides() {
        let weights = [1e12, 1e12, 1.0];
        let all = weights.iter().sum::<f64>();
        assert!(unit(&weights).exceeds(1e12 + 1.0, Fraction::HALF, all));
        assert!(!unit(&weights).exceeds(1e12, Fraction::HALF, all));
        assert!(!Unit::NONE.exceeds(1e12 + 1.0, Fraction::HALF, all), "a tolerance would take it for a tie");
    }

    #[test]
    fn decimal_weights_meet_nine_tenths_exactly() {
        let weights = [0.1, 0.2, 0.3, 0.3, 0.1];
        let yes = 0.1 + 0.2 + 0.3 + 0.3;
        let share = Fraction::of(0.9).unwrap();
        assert!(unit(&weights).reaches(yes, share, 1.0) && !unit(&weights).exceeds(yes, share, 1.0));
        assert!(!unit(&weights).reaches(0.1 + 0.2 + 0.3 + 0.1, share, 1.0));
    }
}
