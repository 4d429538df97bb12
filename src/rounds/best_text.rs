//! The best text so far: what members of a forum adopted elsewhere is where its chair begins.
//!
//! A later agreement among the like-minded starts from the deepest that they have, and goes on from there: the digital
//! economy agreements took up and exceeded each other's rules (Baccini, Dür & Haftel 2015; Allee & Elsig 2019). The best is
//! what goes furthest from the status quo, times the share of the members that have it; a deep text that hardly anyone here
//! has is no better a start than a shallow one that all have. That product is a judgement.

use crate::quantity::Day;
use crate::scenario::Scenario;
use crate::scenario::after::Kind;
use crate::world::{Engagement, Record, Treaty};

/// A text that a forum adopted, and who has it.
pub(super) struct Adopted {
    forum: usize,
    /// Per clause of the scenario, the point of the provision.
    text: Vec<Option<f64>>,
    /// Per country of the scenario, whether it accepted or joined the text, and has not left it.
    has: Vec<bool>,
}

impl Adopted {
    /// What a forum has adopted by a day; nothing where there is no treaty.
    pub fn by(
        scenario: &Scenario,
        forum: usize,
        engagement: Engagement,
        record: &Record,
        treaty: &Treaty,
        today: Day,
    ) -> Option<Self> {
        let written = &scenario.forums[forum];
        if engagement != Engagement::Adopted || written.after.kind != Kind::Treaty {
            return None;
        }
        let mut text = vec![None; scenario.clauses.len()];
        for (&clause, outcome) in written.agenda.iter().zip(&record.clauses) {
            text[clause] = outcome.adopted;
        }
        let mut has = vec![false; scenario.countries.len()];
        for (candidate, standing) in treaty.standing.iter().enumerate() {
            let left = standing.bound_until.is_some_and(|until| until <= today);
            let accepted = record.parties.get(candidate).copied().unwrap_or(false) || standing.is_bound(today);
            has[written.candidate(candidate).country] = accepted && !left;
        }
        Some(Adopted { forum, text, has })
    }
}

/// The best text on a clause for these members (places of countries), with its forum; of equals the first. Nothing where
/// no member has any.
pub(super) fn best(adopted: &[Adopted], clause: usize, status_quo: f64, members: &[usize]) -> Option<(f64, usize)> {
    let score = |text: &Adopted, point: f64| {
        let having = members.iter().filter(|&&country| text.has[country]).count();
        (point - status_quo).abs() * having as f64
    };
    let texts = adopted.iter().filter_map(|text| Some((text, text.text[clause]?)));
    let scored = texts.map(|(text, point)| (score(text, point), point, text.forum)).filter(|(score, ..)| *score > 0.0);
    scored.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, point, forum)| (point, forum))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn adopted(forum: usize, point: Option<f64>, has: [bool; 4]) -> Adopted {
        Adopted { forum, text: vec![point], has: has.to_vec() }
    }

    #[test]
    fn the_best_is_deep_and_shared() {
        // Depth 0.9 that one of four has, against depth 0.5 that two have: 0.225 and 0.25.
        let texts = [
            adopted(0, Some(0.9), [true, false, false, false]),
            adopted(1, Some(0.5), [true, true, false, false]),
            adopted(2, None, [true; 4]),
        ];
        assert_eq!(best(&texts, 0, 0.0, &[0, 1, 2, 3]), Some((0.5, 1)));
        assert_eq!(best(&texts, 0, 0.0, &[0, 2]), Some((0.9, 0)), "among these both are had by one");
        assert_eq!(best(&texts, 0, 0.0, &[2, 3]), None, "nobody here has any");
        assert_eq!(best(&texts, 0, 0.5, &[0, 1]), Some((0.9, 0)), "depth counts from the status quo");
    }
}
