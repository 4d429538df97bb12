//! Seeds: as written → as meant. A seed has 64 bits; a number of TOML has 63 of them, and readers that know only floating
//! point round it above 2⁵³. As text every reader keeps it.

use super::Resolved;
use super::document::{Node, Value};
use super::file;
use super::problem::{Problem, Problems};

/// Largest number up to which every whole number has a floating-point form of its own.
const EXACT: u64 = 1 << 53;

/// The seed that a scenario states; 0 with a problem where the text is none.
pub(super) fn meant(written: &file::Seed, resolved: &Resolved, problems: &mut Problems) -> u64 {
    match written {
        file::Seed::Number(number) => *number,
        file::Seed::Text(text) => read(text).unwrap_or_else(|| {
            let at = Some(resolved.document.at(&["seed"]));
            problems.push(
                Problem::new("comity::scenario::number", at, format!("\"{text}\" is no seed"))
                    .help(format!("expected a whole number from 0 to {}, in digits alone", u64::MAX)),
            );
            0
        }),
    }
}

/// A seed in digits alone, from 0 to 2⁶⁴ − 1.
pub fn read(text: &str) -> Option<u64> {
    text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))
}

/// What to say of a seed that some readers of the file would round.
pub(super) fn caution(written: &file::Seed) -> Option<String> {
    match written {
        file::Seed::Number(number) if *number > EXACT => Some(format!(
            "the seed {number} stands as a number, which readers that know only floating point round; as text every reader \
             keeps it: `seed = \"{number}\"`"
        )),
        _ => None,
    }
}

/// Puts a seed that some readers would round into the form that all of them keep.
pub(super) fn safe(document: &mut Node) {
    if let Some(node) = document.get(&["seed"])
        && let Value::Integer(number) = node.value
        && u64::try_from(number).is_ok_and(|number| number > EXACT)
    {
        let text = Node { value: Value::Text(number.to_string()), at: node.at.clone() };
        document.set(&["seed"], text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_is_digits_from_0_to_the_largest_of_64_bits() {
        for seed in [0, 1, EXACT, EXACT + 1, i64::MAX as u64, i64::MAX as u64 + 1, u64::MAX] {
            assert_eq!(read(&seed.to_string()), Some(seed));
        }
        for wrong in ["", "-1", "+1", " 1", "1.0", "1e3", "18446744073709551616", "0x10", "1_000", "one", "１"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn only_a_number_that_would_be_rounded_is_cautioned_against() {
        let number = |seed| caution(&file::Seed::Number(seed));
        assert_eq!((number(7), number(EXACT)), (None, None));
        assert!(number(EXACT + 1).is_some_and(|said| said.contains("`seed = \"9007199254740993\"`")));
        assert_eq!(caution(&file::Seed::Text(u64::MAX.to_string())), None);
    }
}
