//! Numbers: as written → as meant, with their bounds checked.

use super::Resolved;
use super::file::{Number, Spread};
use super::problem::{Problem, Problems};
use crate::quantity::Uncertain;

pub use crate::quantity::MAX_QUANTITY;

/// What is expected of a number, in words.
pub(super) fn range(least: f64, most: f64) -> String {
    match (least <= -MAX_QUANTITY, most >= MAX_QUANTITY) {
        (true, true) => format!("from -{MAX_QUANTITY:e} to {MAX_QUANTITY:e}"),
        (false, true) if most > MAX_QUANTITY => format!("{least} or more"),
        (false, true) => format!("{least} or more, at most {MAX_QUANTITY:e}"),
        (true, false) => format!("{most} or less"),
        (false, false) => format!("from {least} to {most}"),
    }
}

/// A number or distribution within bounds. Bounds hold for what is stated; what is drawn is cut off at them later.
pub(super) fn uncertain(
    number: Number,
    least: f64,
    most: f64,
    resolved: &Resolved,
    path: &[&str],
    problems: &mut Problems,
) -> Uncertain {
    let mut wrong = |message: String, help: String| {
        let at = resolved.document.at(path);
        problems.push(Problem::new("comity::scenario::out_of_range", Some(at), message).help(help));
    };
    let key = path.last().copied().unwrap_or_default();
    let range = range(least, most);
    match number {
        Number::Fixed(value) => {
            if !(least..=most).contains(&value) {
                wrong(format!("`{key}` is {}, out of its range", plain(value)), format!("expected {range}"));
            }
            Uncertain::Fixed(value)
        }
        Number::Spread(Spread::Normal { mean, sd }) => {
            if !(least..=most).contains(&mean) {
                let mean = plain(mean);
                wrong(format!("the mean of `{key}` is {mean}, out of its range"), format!("expected {range}"));
            }
            Uncertain::Normal { mean, sd }
        }
        Number::Spread(Spread::Uniform { min, max }) => {
            if min > max || min < least || max > most {
                wrong(
                    format!("`{key}` goes from {} to {}", plain(min), plain(max)),
                    format!("expected min ≤ max, both {range}"),
                );
            }
            Uncertain::Uniform { min, max }
        }
        Number::Spread(Spread::Triangular { min, mode, max }) => {
            if min > mode || mode > max || min < least || max > most {
                wrong(
                    format!("`{key}` goes from {} over {} to {}", plain(min), plain(mode), plain(max)),
                    format!("expected min ≤ mode ≤ max, all {range}"),
                );
            }
            Uncertain::Triangular { min, mode, max }
        }
    }
}

/// A number for people: without a long tail of zeros.
pub(super) fn plain(number: f64) -> String {
    if number.abs() >= 1e9 { format!("{number:e}") } else { number.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_told_without_a_bound_that_says_nothing() {
        assert_eq!(range(0.0, 1.0), "from 0 to 1");
        assert_eq!(range(0.0, MAX_QUANTITY), "0 or more, at most 1e18");
        assert_eq!(range(0.0, f64::INFINITY), "0 or more");
        assert_eq!(range(-MAX_QUANTITY, MAX_QUANTITY), "from -1e18 to 1e18");
        assert_eq!(plain(66.0) + " " + &plain(1e300), "66 1e300");
    }
}
