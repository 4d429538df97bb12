//! How many of the mandates behind a row rest on evidence that nobody verified. It is the same in every replication, so it
//! is counted once a batch.

use crate::scenario::{Provenance, Scenario};

/// Mandates on unverified evidence behind the rows of single replications, per forum (counts).
pub struct Marks(Vec<Forum>);

struct Forum {
    talks: u64,
    /// In the order of the agenda.
    clauses: Vec<u64>,
    /// In the order of the seats.
    members: Vec<u64>,
}

impl Marks {
    /// Of all forums of a scenario.
    pub fn of(scenario: &Scenario) -> Marks {
        let forums = scenario.forums.iter().map(|forum| {
            let mut found = Forum {
                talks: 0,
                clauses: vec![0; forum.agenda.len()],
                members: forum
                    .members
                    .iter()
                    .map(|member| Provenance::of(member.mandates.iter()).unverified as u64)
                    .collect(),
            };
            for member in &forum.members {
                for (clause, mandate) in found.clauses.iter_mut().zip(&member.mandates) {
                    *clause += u64::from(mandate.origin.is_unverified());
                }
            }
            found.talks = found.members.iter().sum();
            found
        });
        Marks(forums.collect())
    }

    /// Of a forum.
    pub(super) fn talks(&self, forum: usize) -> u64 {
        self.0[forum].talks
    }

    /// Of a clause, by its place on the agenda.
    pub(super) fn clause(&self, forum: usize, place: usize) -> u64 {
        self.0[forum].clauses[place]
    }

    /// Of a member, by its seat; none for an outsider.
    pub(super) fn member(&self, forum: usize, seat: usize) -> Option<u64> {
        self.0[forum].members.get(seat).copied()
    }
}
