//! Shocks, as they strike.

use std::fmt::Write;

use super::Names;
use crate::quantity::{Date, Day};

/// A strike during the talks.
pub(super) fn told(names: &Names, day: Day, shock: usize, candidates: &[usize], reopened: &[usize]) -> String {
    let mut text = format!("Shock, {}\n  {}\n", Date::of(day), struck(names, shock, candidates));
    if !reopened.is_empty() {
        let clauses: Vec<&str> = reopened.iter().map(|&clause| names.clause(clause).id.as_str()).collect();
        let _ = writeln!(text, "  back in brackets: {}", clauses.join(", "));
    }
    text + "\n"
}

/// What struck whom, and what it does.
pub(super) fn struck(names: &Names, shock: usize, candidates: &[usize]) -> String {
    let shock = names.shock(shock);
    let whom: Vec<&str> = candidates.iter().map(|&candidate| names.candidate(candidate)).collect();
    let on: Vec<&str> = names.shaken(shock).into_iter().map(|clause| names.clause(clause).id.as_str()).collect();
    let on = if on.is_empty() { String::new() } else { format!(" on {}", on.join(", ")) };
    format!("{}. Strikes {}{on}: {}", shock.name, whom.join(", "), shock.describe())
}
