//! Number, sum and sum of squares of whole numbers, exact: what means and standard deviations are made of.

use serde::{Deserialize, Serialize};

use super::estimate::Estimate;
use super::exact::Whole;

/// Sums over whole numbers [below 2^225 in size; at most 2^30 of them].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Moments {
    pub n: u64,
    sum: Whole<4>,
    squares: Whole<8>,
}

/// Bits of a number.
pub(super) const BITS: u32 = 225;
/// Most numbers.
pub(super) const MOST: u64 = 1 << 30;

impl Moments {
    /// Adds a number: `size` [below 2^64] · 2^`place`, below zero where it is `negative`.
    #[inline]
    pub fn add(&mut self, size: u64, place: u32, negative: bool) {
        self.n += 1;
        if size > 0 {
            self.sum.add_at(size.into(), place, negative);
            self.squares.add_at(u128::from(size) * u128::from(size), 2 * place, false);
        }
    }

    /// Adds those of others.
    pub fn merge(&mut self, other: &Self) {
        self.n += other.n;
        self.sum.add(&other.sum);
        self.squares.add(&other.squares);
    }

    /// Mean and standard deviation, which needs two numbers, of numbers in units of 2^−`digits`; none of no numbers. There is
    /// no interval yet: the range of the measure gives it.
    pub fn estimate(&self, digits: i32) -> Option<Estimate> {
        // The spread is exact, so that nothing cancels.
        let sd = (self.n > 1).then(|| (self.spread().quotient(self.n, -2 * digits) / (self.n - 1) as f64).sqrt());
        (self.n > 0).then(|| Estimate { mean: self.sum.quotient(self.n, -digits), interval: None, sd, n: self.n })
    }

    /// n Σx² − (Σx)².
    fn spread(&self) -> Whole<8> {
        let mut spread = self.squares.times(self.n);
        spread.subtract(&self.sum.square());
        spread
    }

    /// Whether there are numbers that come to these sums, as far as their sizes tell.
    pub fn hold(&self) -> bool {
        let most = u64::BITS - self.n.leading_zeros();
        self.n <= MOST
            && self.sum.bits() <= BITS + most
            && self.squares.bits() <= 2 * BITS + most
            && !self.squares.is_negative()
            && !self.spread().is_negative()
            && (self.n > 0 || self.squares.bits() == 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(numbers: &[i64]) -> Moments {
        let mut moments = Moments::default();
        numbers.iter().for_each(|number| moments.add(number.unsigned_abs(), 0, *number < 0));
        moments
    }

    #[test]
    fn sums_of_numbers_hold_and_others_do_not() {
        let sound = of(&[3, -4, 12, 0]);
        assert!(sound.hold() && Moments::default().hold());
        assert!(!Moments { n: 0, ..sound }.hold(), "sums of nothing");
        assert!(!Moments { squares: of(&[1]).squares, ..sound }.hold(), "the squares are too small for the sum");
        assert!(!Moments { n: MOST + 1, ..sound }.hold());
        let mut large = Moments::default();
        large.add(1, BITS + 3, false);
        assert!(!large.hold(), "larger than any number");
        let mut negative = Moments::default();
        negative.squares.add_at(1, 0, true);
        assert!(!Moments { n: 1, ..negative }.hold());
    }

    #[test]
    fn no_sum_overflows_of_as_many_numbers_as_there_can_be() {
        // The largest number, doubled as often as it takes.
        for negative in [false, true] {
            let mut all = Moments::default();
            all.add(u64::MAX, BITS - 64, negative);
            for _ in 0..30 {
                let half = all;
                all.merge(&half);
            }
            assert_eq!(all.n, MOST);
            assert!(all.hold());
            let Estimate { mean, sd, .. } = all.estimate(0).unwrap();
            let size = crate::maths::pow(2.0, BITS.into());
            assert_eq!((mean, sd), (if negative { -size } else { size }, Some(0.0)));
        }
    }
}
