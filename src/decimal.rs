//! Numbers as text in tables: plain decimals that every reader takes for what they are.
//!
//! Readers of CSV guess what a column holds from its first rows. So a column of fractions has one form throughout: each
//! number has a point, and none an exponent. Where a comma is the decimal mark, a spreadsheet takes a point before exactly
//! three digits for one between thousands, and reads 0.985 as 985; so no number ends with three decimals. Only zeros are
//! added: what is written reads back to the same bits.

use std::fmt::Write;

/// Decimals at least, in a column of fractions that programs read.
pub const FRACTION: usize = 1;
/// Decimals at least, in a column of fractions that people open in a spreadsheet: 0.9850, not 0.985.
pub const FIGURE: usize = 4;

/// Decimals that a spreadsheet may take for the last group of a whole number.
const THOUSANDS: usize = 3;

/// Appends a finite number with so many decimals at least, in the fewest digits that read back the same; negative zero
/// is zero.
pub fn push(text: &mut String, number: f64, least: usize) {
    let start = text.len();
    // Adding zero makes negative zero positive. Writing to memory cannot fail.
    let _ = write!(text, "{}", number + 0.0);
    let mut decimals = match text[start..].find('.') {
        Some(point) => text.len() - start - point - 1,
        None => {
            text.push('.');
            0
        }
    };
    while decimals < least || decimals == THOUSANDS {
        text.push('0');
        decimals += 1;
    }
}

/// A number with so many decimals at least; nothing where there is none, or none that is finite.
pub fn text(number: Option<f64>, least: usize) -> String {
    let mut text = String::new();
    if let Some(number) = number.filter(|number| number.is_finite()) {
        push(&mut text, number, least);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers of every size and sign, whole ones among them, by a fixed walk over the bits.
    fn numbers() -> impl Iterator<Item = f64> {
        let walk = (0..20_000u64).map(|step| f64::from_bits(step.wrapping_mul(0x9E37_79B9_7F4A_7C15)));
        let whole = (-50..50).map(f64::from);
        let thousandths = (0..5_000u32).map(|n| f64::from(n) / 1_000.0);
        walk.chain(whole)
            .chain(thousandths)
            .chain([f64::MAX, f64::MIN_POSITIVE, 5e-324, 1e-7, 1e17, 1e22])
            .filter(|number| number.is_finite())
    }

    #[test]
    fn every_number_has_a_point_and_reads_back_to_the_same_bits() {
        for number in numbers() {
            for least in [FRACTION, FIGURE] {
                let written = text(Some(number), least);
                let (_, decimals) = written.split_once('.').expect("a point");
                assert!(decimals.len() >= least && decimals.len() != 3, "{written}");
                assert!(written.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b'-'), "{written}");
                assert_eq!(written.parse::<f64>().unwrap().to_bits(), (number + 0.0).to_bits(), "{written}");
            }
        }
    }

    #[test]
    fn whole_numbers_and_fractions_have_one_form() {
        let fractions = [1.0, 0.5, 0.25, 0.125, -0.0, 1e-7, 12.345, -3.0].map(|n| text(Some(n), FRACTION));
        assert_eq!(fractions, ["1.0", "0.5", "0.25", "0.1250", "0.0", "0.0000001", "12.3450", "-3.0"]);
        let figures = [1.0, 0.985, 0.5, 66.7, 1234.0, 0.1 + 0.2].map(|n| text(Some(n), FIGURE));
        assert_eq!(figures, ["1.0000", "0.9850", "0.5000", "66.7000", "1234.0000", "0.30000000000000004"]);
    }

    #[test]
    fn what_is_no_number_is_empty() {
        for none in [None, Some(f64::NAN), Some(f64::INFINITY), Some(f64::NEG_INFINITY)] {
            assert_eq!(text(none, FIGURE), "");
        }
    }

    #[test]
    fn the_plain_form_would_mislead_a_sheet_and_a_guess() {
        // What is mended: without the rule, three decimals and a missing point do occur.
        let plain = |number: f64| number.to_string();
        assert_eq!([plain(0.985), plain(1.0)], ["0.985", "1"]);
    }
}
