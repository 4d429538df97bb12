//! Figures and lists in words, and tables in Markdown.

use crate::forecast::score::Interval;

/// A table in Markdown.
pub(super) fn table(header: &[&str], rows: &[Vec<String>]) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let mut text = line(&header.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>());
    text += &format!("|{}\n", "---|".repeat(header.len()));
    rows.iter().for_each(|row| text += &line(row));
    text.push('\n');
    text
}

/// Three decimals.
pub(super) fn figure(value: f64) -> String {
    // Negative zero is zero.
    let text = format!("{value:.3}");
    if text == "-0.000" { "0.000".to_owned() } else { text }
}

/// Three decimals with a sign.
pub(super) fn signed(value: f64) -> String {
    let text = format!("{value:+.3}");
    if text == "-0.000" { "+0.000".to_owned() } else { text }
}

/// A share as a percentage.
pub(super) fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

/// A mean with its interval.
pub(super) fn with_interval(interval: Option<Interval>, write: fn(f64) -> String) -> String {
    match interval {
        None => "–".to_owned(),
        Some(Interval { mean, between: None }) => write(mean),
        Some(Interval { mean, between: Some((low, high)) }) => {
            format!("{} [{}, {}]", write(mean), write(low), write(high))
        }
    }
}

/// Names in code, with commas; `none` where there are none.
pub(super) fn names<S: AsRef<str>>(names: &[S]) -> String {
    if names.is_empty() {
        return "none".to_owned();
    }
    names.iter().map(|name| format!("`{}`", name.as_ref())).collect::<Vec<_>>().join(", ")
}

/// A count with its noun.
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
