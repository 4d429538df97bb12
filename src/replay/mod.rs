//! One replication told again: as readable text.
//!
//! A replay *is* scenario, seed and replication: nothing of the story is stored in a run, it is played again from them
//! and held against the recorded rows.

mod deal;
mod held;
mod impasse;
mod later;
mod room;
mod shocks;
mod transcript;

pub use transcript::transcript;

use crate::minutes::Reason;
use crate::scenario::{Clause, Forum, Scenario, Shock};

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

    /// A member, or a country without a seat.
    pub fn candidate(&self, candidate: usize) -> &'a str {
        &self.scenario.countries[self.forum.candidate(candidate).country].id
    }

    pub fn forum_id(&self, forum: usize) -> &'a str {
        &self.scenario.forums[forum].id
    }

    pub fn shock(&self, shock: usize) -> &'a Shock {
        &self.scenario.shocks[shock]
    }

    /// Places of the clauses of the forum's agenda on which a shock does anything.
    pub fn shaken(&self, shock: &Shock) -> Vec<usize> {
        let here =
            shock.concerned.iter().find(|concerned| std::ptr::eq(&self.scenario.forums[concerned.forum], self.forum));
        let clauses = here.filter(|_| shock.turns_clauses()).map(|here| here.clauses.iter().map(|turn| turn.clause));
        clauses.into_iter().flatten().collect()
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

/// A count with its noun.
pub(crate) fn plural(count: usize, one: &str, more: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {more}") }
}

/// Names as people list them.
fn listed(names: &[&str]) -> String {
    match names {
        [] => "nobody".into(),
        [one] => (*one).into(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// The same, with their number in front where there are many.
fn short_list(names: &[&str]) -> String {
    match names.len() {
        0..=12 => listed(names),
        many => format!("{many} countries: {}", listed(names)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_listed_as_people_do() {
        assert_eq!(listed(&[]), "nobody");
        assert_eq!(listed(&["Alba"]), "Alba");
        assert_eq!(listed(&["Alba", "Borduria", "Carpania"]), "Alba, Borduria and Carpania");
        assert_eq!(short_list(&["Alba", "Borduria"]), "Alba and Borduria");
        assert!(short_list(&["Alba"; 13]).starts_with("13 countries: Alba, "));
    }
}
