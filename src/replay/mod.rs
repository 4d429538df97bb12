//! One replication told again: as readable text.
//!
//! A replay *is* scenario, seed and replication: nothing of the story is stored in a run, it is played again from them
//! and held against the recorded rows.

mod deal;
mod room;
mod transcript;

pub use transcript::transcript;

use crate::minutes::Reason;
use crate::scenario::{Clause, Forum, Scenario};

/// Names for what minutes call by number.
pub(crate) struct Names<'a> {
    scenario: &'a Scenario,
    forum: &'a Forum,
}

impl<'a> Names<'a> {
    pub fn of(scenario: &'a Scenario, forum: usize) -> Self {
        Names { scenario, forum: &scenario.forums[forum] }
    }

    pub fn country(&self, seat: usize) -> &'a str {
        &self.scenario.countries[self.forum.members[seat].country].id
    }

    pub fn clause(&self, clause: usize) -> &'a Clause {
        &self.scenario.clauses[self.forum.agenda[clause]]
    }

    /// A text in words: its rung and its point.
    pub fn text(&self, clause: usize, point: f64) -> String {
        let definition = self.clause(clause);
        match definition.nearest_rung(point) {
            Some(rung) => format!("{} ({})", definition.rungs[rung].label, short(point)),
            None => short(point),
        }
    }
}

/// A reason in words.
pub(crate) fn because(reason: Reason) -> &'static str {
    match reason {
        Reason::RedLine => "red line",
        Reason::Dislike => "dislike",
        Reason::HoldsOut => "holds out on bracketed text",
        Reason::Reservation => "worse than no deal",
    }
}

/// A number for people: two decimals at most.
pub(crate) fn short(number: f64) -> String {
    let rounded = (number * 100.0).round() / 100.0;
    (rounded + 0.0).to_string()
}
