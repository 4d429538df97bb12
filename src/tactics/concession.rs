//! What can be asked about a tactic: each answers every question in its own file, and the compiler lists those that it has
//! not answered.

use super::{Standing, Tactic};

/// A tactic, as each answers for itself. No method has a default: a new tactic says what holds for it.
pub(super) trait Concession: Copy {
    /// The concession level that it wants now [0–1].
    fn level(self, standing: &Standing) -> f64;

    /// Whether that depends on what the others were seen to concede.
    fn looks_at_others(self) -> bool;

    /// The same with another shape of its curve by the clock [above 0]; itself where it has none.
    fn with_beta(self, beta: f64) -> Tactic;

    /// The tactic in words.
    fn describe(self) -> String;
}

impl Tactic {
    /// The tactic of those that negotiate nothing.
    pub fn of_onlookers() -> Tactic {
        Tactic::Steadfast
    }

    /// The concession level of the coming position: never less than before, for what was offered cannot be taken back
    /// without cost.
    pub fn step(&self, standing: &Standing) -> f64 {
        let wanted = ask!(self, tactic => tactic.level(standing));
        wanted.clamp(0.0, 1.0).max(standing.level)
    }

    /// Whether it depends on what the others were seen to concede.
    pub fn looks_at_others(&self) -> bool {
        ask!(self, tactic => tactic.looks_at_others())
    }

    /// The same with another shape of its curve by the clock [above 0]; itself where it has none.
    #[must_use]
    pub fn with_beta(&self, beta: f64) -> Tactic {
        ask!(self, tactic => tactic.with_beta(beta))
    }

    /// The tactic in words.
    pub fn describe(&self) -> String {
        ask!(self, tactic => tactic.describe())
    }
}
