//! Whole numbers of many digits, in which sums are exact and so the same in any order.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A whole number of `LIMBS` × 64 bits, least limb first, in two's complement. Sums wrap around: who adds knows that they fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Whole<const LIMBS: usize>([u64; LIMBS]);

impl<const LIMBS: usize> Default for Whole<LIMBS> {
    fn default() -> Self {
        Whole([0; LIMBS])
    }
}

impl<const LIMBS: usize> Whole<LIMBS> {
    /// Adds, or takes away, `number` [below 2^128] · 2^`place`, which must fit.
    #[inline]
    pub fn add_at(&mut self, number: u128, place: u32, negative: bool) {
        let (limb, shift) = ((place / 64) as usize, place % 64);
        // In two steps, for a shift by all bits is none.
        let above = (number >> 64 >> (63 - shift) >> 1) as u64;
        let number = number << shift;
        let parts = [number as u64, (number >> 64) as u64, above];
        match negative {
            true => carry_through(&mut self.0[limb..], parts, u64::borrowing_sub),
            false => carry_through(&mut self.0[limb..], parts, u64::carrying_add),
        }
    }

    /// Adds another.
    pub fn add(&mut self, other: &Self) {
        let mut carry = false;
        for (into, part) in self.0.iter_mut().zip(other.0) {
            (*into, carry) = into.carrying_add(part, carry);
        }
    }

    /// Takes another away.
    pub fn subtract(&mut self, other: &Self) {
        let mut borrow = false;
        for (into, part) in self.0.iter_mut().zip(other.0) {
            (*into, borrow) = into.borrowing_sub(part, borrow);
        }
    }

    /// Whether it is below zero.
    pub fn is_negative(&self) -> bool {
        self.0[LIMBS - 1] >> 63 == 1
    }

    /// Its size, without its sign.
    pub fn size(&self) -> Self {
        let mut size = Self::default();
        match self.is_negative() {
            true => size.subtract(self),
            false => size = *self,
        }
        size
    }

    /// Bits of its size (a count).
    pub fn bits(&self) -> u32 {
        let size = self.size().0;
        let top = size.iter().rposition(|limb| *limb != 0);
        top.map_or(0, |top| 64 * (top as u32 + 1) - size[top].leading_zeros())
    }

    /// The product with a factor, which must fit.
    pub fn times(&self, factor: u64) -> Self {
        let mut carry = 0;
        Whole(self.0.map(|limb| {
            let product = u128::from(limb) * u128::from(factor) + carry;
            carry = product >> 64;
            product as u64
        }))
    }

    /// The number · 2^`exponent` / `divisor` [above 0], to the nearest `f64`.
    pub fn quotient(&self, divisor: u64, exponent: i32) -> f64 {
        let mut rest = 0u128;
        // Two limbs behind the point have enough digits of the smallest quotient there is.
        let limbs = self.size().0.into_iter().rev().chain([0, 0]);
        let digits = limbs.map(|limb| {
            let part = rest << 64 | u128::from(limb);
            rest = part % u128::from(divisor);
            (part / u128::from(divisor)) as u64
        });
        let quotient: Vec<u64> = digits.collect();
        let Some(top) = quotient.iter().position(|limb| *limb != 0) else { return 0.0 };
        let shift = quotient[top].leading_zeros();
        let below = quotient.get(top + 1).copied().unwrap_or(0);
        let under = if shift == 0 { 0 } else { below >> (64 - shift) };
        let leading = quotient[top] << shift | under;
        // What is left out decides a tie only by being there at all.
        let left = below << shift != 0 || quotient.iter().skip(top + 2).any(|limb| *limb != 0) || rest != 0;
        let place = 64 * (LIMBS as i32 - 1 - top as i32) - shift as i32;
        let size = (leading | u64::from(left)) as f64 * power_of_two(place + exponent);
        if self.is_negative() { -size } else { size }
    }
}

/// Adds or takes away parts, the least first, and what is carried. Written out, for most numbers need three limbs and seldom
/// carry beyond.
#[inline(always)]
fn carry_through(limbs: &mut [u64], [a, b, c]: [u64; 3], step: impl Fn(u64, u64, bool) -> (u64, bool)) {
    let mut carry = false;
    match limbs {
        [first, second, third, rest @ ..] => {
            (*first, carry) = step(*first, a, carry);
            (*second, carry) = step(*second, b, carry);
            (*third, carry) = step(*third, c, carry);
            for limb in rest {
                if !carry {
                    break;
                }
                (*limb, carry) = step(*limb, 0, carry);
            }
        }
        few => few.iter_mut().zip([a, b]).for_each(|(limb, part)| (*limb, carry) = step(*limb, part, carry)),
    }
}

impl Whole<4> {
    /// Its square.
    pub fn square(&self) -> Whole<8> {
        let size = self.size().0;
        let mut square = Whole::default();
        for (i, a) in size.iter().enumerate() {
            for (j, b) in size.iter().enumerate() {
                square.add_at(u128::from(*a) * u128::from(*b), 64 * (i + j) as u32, false);
            }
        }
        square
    }
}

/// 2 to a power [−1022 to 1023].
fn power_of_two(exponent: i32) -> f64 {
    f64::from_bits(((exponent + 1023) as u64) << 52)
}

/// Written in hexadecimal, with a sign where it is below zero: what any language reads.
impl<const LIMBS: usize> Serialize for Whole<LIMBS> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let digits: String = self.size().0.iter().rev().map(|limb| format!("{limb:016x}")).collect();
        let digits = digits.trim_start_matches('0');
        let sign = if self.is_negative() { "-" } else { "" };
        serializer.serialize_str(&format!("{sign}{}", if digits.is_empty() { "0" } else { digits }))
    }
}

impl<'de, const LIMBS: usize> Deserialize<'de> for Whole<LIMBS> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        read(&text)
            .ok_or_else(|| de::Error::custom(format!("`{text}` is no whole number in hexadecimal that fits here")))
    }
}

/// Reads what was written; nothing where it does not fit, or is written otherwise.
fn read<const LIMBS: usize>(text: &str) -> Option<Whole<LIMBS>> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = digits == "0" && digits == text || !digits.is_empty() && !digits.starts_with('0');
    if !plain || digits.len() > 16 * LIMBS || !digits.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
        return None;
    }
    let mut size = Whole::<LIMBS>::default();
    for (limb, part) in size.0.iter_mut().zip(digits.as_bytes().rchunks(16)) {
        *limb = u64::from_str_radix(std::str::from_utf8(part).ok()?, 16).ok()?;
    }
    let mut number = Whole::default();
    match (size.is_negative(), digits == text) {
        (true, _) => return None,
        (false, true) => number = size,
        (false, false) => number.subtract(&size),
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(number: i128) -> Whole<4> {
        let mut whole = Whole::default();
        whole.add_at(number.unsigned_abs(), 0, number < 0);
        whole
    }

    fn text<const LIMBS: usize>(whole: &Whole<LIMBS>) -> String {
        serde_json::to_value(whole).unwrap().as_str().unwrap().to_owned()
    }

    proptest! {
        #[test]
        fn sums_products_and_quotients_are_those_of_narrower_numbers(a in -(1i128 << 100)..1 << 100, b in any::<i64>(), d in 1u64..) {
            let mut sum = of(a);
            sum.add(&of(b.into()));
            prop_assert_eq!(sum, of(a + i128::from(b)));
            sum.subtract(&of(b.into()));
            prop_assert_eq!(sum, of(a));
            prop_assert_eq!(of(b.into()).times(d % 1000), of(i128::from(b) * i128::from(d % 1000)));
            let square = of(b.into()).square();
            prop_assert_eq!(text(&square), format!("{:x}", i128::from(b) * i128::from(b)));
            // The division of wide numbers by one is exact; dividing by more is to the nearest.
            prop_assert_eq!(of(a).quotient(1, 0), a as f64);
            let (found, near) = (of(a).quotient(d, -3), a as f64 / d as f64 / 8.0);
            prop_assert!((found - near).abs() <= near.abs() * 1e-15);
        }

        #[test]
        fn what_is_written_reads_back(a in any::<i128>(), place in 0u32..100) {
            let mut whole = Whole::<4>::default();
            whole.add_at(a.unsigned_abs() >> 2, place, a < 0);
            prop_assert_eq!(read::<4>(&text(&whole)), Some(whole));
            whole.add_at(a.unsigned_abs() >> 2, place, a >= 0);
            prop_assert_eq!(whole, Whole::default());
        }
    }

    #[test]
    fn what_no_number_is_written_as_is_refused() {
        assert_eq!(
            read::<2>("-1f"),
            Some({
                let mut minus = Whole::default();
                minus.add_at(31, 0, true);
                minus
            })
        );
        for text in ["", "-", "-0", "00", "0x1", "+1", "1F", "g", " 1", &"f".repeat(32), &"1".repeat(33)] {
            assert_eq!(read::<2>(text), None, "{text}");
        }
    }

    #[test]
    fn a_quotient_is_rounded_to_the_nearest_even_where_what_is_left_out_says_nothing() {
        // 2^53 + 1 lies between two numbers; the least bit beyond decides.
        let mut whole = Whole::<4>::default();
        whole.add_at((1 << 53) + 1, 120, false);
        assert_eq!(whole.quotient(1, -120), 9_007_199_254_740_992.0);
        whole.add_at(1, 0, false);
        assert_eq!(whole.quotient(1, -120), 9_007_199_254_740_994.0);
        assert_eq!((of(-7).quotient(2, 0), of(1).quotient(3, 0)), (-3.5, 1.0 / 3.0));
        assert_eq!(of(1).quotient(u64::MAX, 0), 1.0 / u64::MAX as f64);
    }
}
