//! Shares as exact fractions: what `"2/3"`, `"55 %"` and `0.6667` mean.

use std::cmp::Ordering;
use std::fmt;

/// A share, or a number of votes, as a fraction in lowest terms [≥ 0].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fraction {
    part: u64,
    whole: u64,
}

/// Greatest denominator of a fraction that a decimal stands for.
const DENOMINATORS: u64 = 100;
/// Most decimal places that are told apart.
const PLACES: i32 = 18;
/// From so many places on, the last digit of a decimal is that of a rounded binary number.
const ROUNDED_PLACES: i32 = 15;

impl Fraction {
    /// Nothing.
    pub const NOTHING: Fraction = Fraction { part: 0, whole: 1 };
    /// A half.
    pub const HALF: Fraction = Fraction { part: 1, whole: 2 };
    /// All.
    pub const ONE: Fraction = Fraction { part: 1, whole: 1 };

    /// A fraction; nothing where the whole is 0.
    pub fn new(part: u64, whole: u64) -> Option<Fraction> {
        let common = greatest_common_divisor(part, whole);
        (whole > 0).then(|| Fraction { part: part / common, whole: whole / common })
    }

    /// What is left of all; nothing where the fraction is more than all.
    pub fn rest(self) -> Fraction {
        Fraction { part: self.whole.saturating_sub(self.part), whole: self.whole }
    }

    /// The fraction that a decimal number says, digit by digit as it is written shortest; beyond 18 places it is rounded,
    /// never to 0. Nothing where it is negative, not finite, or more than 9·10¹⁸.
    pub fn exactly(number: f64) -> Option<Fraction> {
        Decimal::of(number)?.exactly()
    }

    /// The fraction that a share written as a decimal stands for: of those with a denominator up to 100 the nearest that
    /// is within half of the decimal's last digit, of equally near ones that with the least denominator; where there is
    /// none, the decimal itself. So 0.6667 is two thirds, and 0.67 is 67/100.
    pub fn of(number: f64) -> Option<Fraction> {
        Decimal::of(number)?.meant()
    }

    /// Reads a fraction `2/3`, a percentage `55 %` or a decimal `0.6667`, blanks around and in between aside; a decimal
    /// comma is read as a point. Errors say what is wrong with the text.
    pub fn read(text: &str) -> Result<Fraction, String> {
        let blank = |sign: char| sign.is_whitespace();
        let clean = text.trim();
        if let Some((part, whole)) = clean.split_once('/') {
            let (part, whole) = (part.trim(), whole.trim());
            let number = |text: &str| {
                let digits = !text.is_empty() && text.bytes().all(|sign| sign.is_ascii_digit());
                let too_large = || format!("{text} in \"{clean}\" is too large a number");
                let parsed = digits.then(|| text.parse::<u64>().ok().filter(|&number| number <= i64::MAX as u64));
                parsed.ok_or_else(|| format!("\"{clean}\" is no fraction of whole numbers"))?.ok_or_else(too_large)
            };
            let (part, whole) = (number(part)?, number(whole)?);
            return Fraction::new(part, whole).ok_or_else(|| format!("\"{clean}\" divides by 0"));
        }
        let (number, places) = match clean.strip_suffix('%') {
            Some(percent) => (percent.trim_end_matches(blank), 2),
            None => (clean, 0),
        };
        let point = if number.contains('.') { None } else { number.split_once(',') };
        let pointed = point.map_or_else(|| number.to_owned(), |(before, after)| format!("{before}.{after}"));
        let starts = pointed.starts_with(|sign: char| sign.is_ascii_digit() || sign == '.');
        let parsed = pointed.parse::<f64>().ok().filter(|_| starts);
        let decimal = parsed.and_then(Decimal::of).map(|decimal| decimal.shifted(places));
        decimal.and_then(Decimal::meant).ok_or_else(|| format!("\"{clean}\" is no share"))
    }

    /// As a fraction that [`Fraction::read`] reads to the same.
    pub fn written(self) -> String {
        format!("{}/{}", self.part, self.whole)
    }

    /// As a share for people: a fraction, or 100%.
    pub fn in_words(self) -> String {
        if self == Fraction::ONE { "100%".into() } else { self.to_string() }
    }

    /// As a number.
    pub fn value(self) -> f64 {
        self.part as f64 / self.whole as f64
    }

    /// The least whole number that is at least this fraction of a whole number.
    pub fn least_of(self, all: u64) -> u64 {
        (u128::from(self.part) * u128::from(all)).div_ceil(u128::from(self.whole)).min(u64::MAX.into()) as u64
    }

    /// How a part stands to this fraction of a whole.
    pub fn compare(self, part: u64, all: u64) -> Ordering {
        (u128::from(part) * u128::from(self.whole)).cmp(&(u128::from(self.part) * u128::from(all)))
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        other.compare(self.part, self.whole)
    }
}

impl fmt::Display for Fraction {
    /// As a fraction where it has a small denominator, as a decimal number otherwise.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.whole {
            1 => write!(f, "{}", self.part),
            2..=1000 => write!(f, "{}/{}", self.part, self.whole),
            _ => write!(f, "{}", self.value()),
        }
    }
}

/// A number of so many digits with so many places behind the point.
#[derive(Clone, Copy, Debug)]
struct Decimal {
    digits: u64,
    places: i32,
}

impl Decimal {
    /// A number as it is written shortest.
    fn of(number: f64) -> Option<Decimal> {
        if !number.is_finite() || number < 0.0 {
            return None;
        }
        let written = format!("{number:e}");
        let (digits, exponent) = written.split_once('e')?;
        let places =
            digits.split_once('.').map_or(0, |(_, behind)| behind.len() as i32) - exponent.parse::<i32>().ok()?;
        let digits = digits.chars().filter(char::is_ascii_digit).collect::<String>().parse().ok()?;
        Some(Decimal { digits, places })
    }

    /// With the point so many places further left.
    fn shifted(self, places: i32) -> Decimal {
        Decimal { places: self.places + places, ..self }
    }

    fn exactly(self) -> Option<Fraction> {
        match self.places {
            ..0 => {
                let scale = 10_u64.checked_pow(self.places.unsigned_abs())?;
                self.digits
                    .checked_mul(scale)
                    .filter(|&part| part <= i64::MAX as u64)
                    .and_then(|part| Fraction::new(part, 1))
            }
            0..=PLACES => Fraction::new(self.digits, 10_u64.pow(self.places as u32)),
            // So small that it is rounded; what is not nothing stays so.
            places => {
                let scale = 10_u64.checked_pow((places - PLACES) as u32);
                let part = scale.map_or(0, |scale| self.digits / scale);
                Fraction::new(part.max(u64::from(self.digits > 0)), 10_u64.pow(PLACES as u32))
            }
        }
    }

    fn meant(self) -> Option<Fraction> {
        let own = self.exactly()?;
        if !(0..=PLACES).contains(&self.places) || self.digits == 0 {
            return Some(own);
        }
        let scale = 10_u128.pow(self.places as u32);
        // Half of the last digit; where that is a digit of binary rounding, what such rounding may come to.
        let room = if self.places >= ROUNDED_PLACES { scale / 10_u128.pow(ROUNDED_PLACES as u32 - 1) } else { 1 };
        let mut best: Option<(u128, Fraction)> = None;
        for whole in 1..=DENOMINATORS {
            let product = u128::from(self.digits) * u128::from(whole);
            let part = (product + scale / 2) / scale;
            // Distance × whole × scale.
            let off = (part * scale).abs_diff(product);
            let nearer = best.is_none_or(|(least, found)| off * u128::from(found.whole) < least * u128::from(whole));
            if part > 0 && 2 * off <= u128::from(whole) * room && nearer {
                best = Fraction::new(part as u64, whole)
                    .map(|fraction| (off * u128::from(fraction.whole) / u128::from(whole), fraction));
            }
        }
        Some(best.map_or(own, |(_, fraction)| fraction))
    }
}

/// The greatest common divisor; of 0 and a number that number.
pub fn greatest_common_divisor(mut a: u64, mut b: u64) -> u64 {
    while b > 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fraction(part: u64, whole: u64) -> Fraction {
        Fraction::new(part, whole).unwrap()
    }

    #[test]
    fn two_thirds_are_two_thirds_however_many_digits_are_written() {
        let written = [0.667, 0.6667, 0.66667, 0.666667, 0.66666667, 0.6666666667, 0.6666666666666666, 2.0 / 3.0];
        for number in written {
            assert_eq!(Fraction::of(number), Some(fraction(2, 3)), "{number}");
        }
        for text in ["2/3", " 4 / 6 ", "66.67 %", "66.7%", "66,67 %", "0.6667", "0,667"] {
            assert_eq!(Fraction::read(text), Ok(fraction(2, 3)), "{text}");
        }
    }

    #[test]
    fn a_decimal_that_is_no_rounded_fraction_is_what_it_says() {
        let pairs = [(0.67, 67, 100), (0.55, 11, 20), (0.9, 9, 10), (0.5, 1, 2), (1.0, 1, 1), (0.85, 17, 20)];
        for (number, part, whole) in pairs.into_iter().chain([(0.6666666, 3_333_333, 5_000_000), (0.555, 111, 200)]) {
            assert_eq!(Fraction::of(number), Some(fraction(part, whole)), "{number}");
        }
        // A share next to nothing, a count and noise beside 1.
        assert_eq!(Fraction::of(0.000001), Some(fraction(1, 1_000_000)));
        assert_eq!(Fraction::of(1.0 - f64::EPSILON / 2.0), Some(Fraction::ONE));
        assert!(Fraction::of(1e-40).unwrap() > fraction(0, 1) && Fraction::of(1e-40).unwrap().value() < 1e-17);
        assert_eq!(
            (Fraction::exactly(62.0), Fraction::exactly(0.6667)),
            (Some(fraction(62, 1)), Some(fraction(6667, 10_000)))
        );
        assert_eq!((Fraction::of(-0.5), Fraction::of(f64::NAN), Fraction::of(1e300)), (None, None, None));
    }

    #[test]
    fn every_fraction_with_a_denominator_up_to_100_is_met_by_its_decimals() {
        for whole in 1..=100_u64 {
            for part in 1..=whole {
                let exact = fraction(part, whole);
                // Six digits are enough for the nearest to be the right one, and so are all seventeen.
                for places in 5..=9 {
                    let scale = 10_u64.pow(places) as f64;
                    let rounded = (exact.value() * scale).round() / scale;
                    assert_eq!(Fraction::of(rounded), Some(exact), "{part}/{whole} as {rounded}");
                }
                assert_eq!(Fraction::of(exact.value()), Some(exact), "{part}/{whole}");
            }
        }
    }

    #[test]
    fn the_nearest_within_half_of_the_last_digit_is_found_as_by_plain_search() {
        // Against whole numbers of a hundred thousandths, for all decimals of four places.
        for digits in (1..10_000_u64).filter(|digits| digits % 10 != 0) {
            let mut best = (u128::MAX, 1, fraction(digits, 10_000));
            for whole in 1..=100_u64 {
                for part in (digits * whole / 10_000)..=(digits * whole / 10_000 + 1) {
                    // |part/whole − digits/10⁴| ≤ 1/(2·10⁴)
                    let off = u128::from((part * 10_000).abs_diff(digits * whole));
                    if 2 * off <= u128::from(whole) && off * best.1 < best.0.saturating_mul(u128::from(whole)) {
                        best = (off, u128::from(whole), fraction(part, whole));
                    }
                }
            }
            assert_eq!(Fraction::of(digits as f64 / 10_000.0), Some(best.2), "{digits}");
        }
    }

    #[test]
    fn what_is_no_share_is_told() {
        let wrong = |text: &str| Fraction::read(text).unwrap_err();
        assert_eq!(wrong("2/0"), "\"2/0\" divides by 0");
        assert_eq!(wrong("two/3"), "\"two/3\" is no fraction of whole numbers");
        assert_eq!(wrong("-2/3"), "\"-2/3\" is no fraction of whole numbers");
        assert_eq!(wrong("2/3/4"), "\"2/3/4\" is no fraction of whole numbers");
        assert_eq!(
            wrong("99999999999999999999/3"),
            "99999999999999999999 in \"99999999999999999999/3\" is too large a number"
        );
        for text in ["", "%", "half", "1,000.5", "-5 %", "nan", "inf", "1e999", "5 5 %"] {
            assert_eq!(wrong(text), format!("\"{text}\" is no share"));
        }
    }

    #[test]
    fn fractions_compare_and_print_as_numbers_do() {
        assert!(fraction(2, 3) > Fraction::HALF && fraction(2, 3) < Fraction::ONE && fraction(4, 6) == fraction(2, 3));
        assert_eq!([fraction(2, 3), Fraction::ONE, fraction(62, 1)].map(|it| it.to_string()), ["2/3", "1", "62"]);
        assert_eq!(Fraction::exactly(0.50001).unwrap().to_string(), "0.50001");
        assert_eq!((fraction(2, 3).least_of(6), fraction(2, 3).least_of(7), fraction(2, 3).least_of(0)), (4, 5, 0));
    }
}
