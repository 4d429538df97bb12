//! Who stood in the way of what, over all replications.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Mean;
use super::sums::Sum;
use crate::minutes::{ClauseOutcome, ForumOutcome};
use crate::scenario::Forum;

/// A country and a clause that it stood in the way of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Blocker {
    /// The forum, by its place in the scenario.
    pub forum: usize,
    /// The country, by its place in the scenario.
    pub country: usize,
    /// The clause, by its place in the scenario.
    pub clause: usize,
    /// Objections where the forum had no text, or the clause was weakened or left out (a count).
    pub objections: u64,
    /// Those of them that were decisive (a count).
    pub decisive: u64,
    /// Replications in which there was such an objection (a count).
    pub replications: u64,
    /// Replications in which a decisive objection held the clause up (a count).
    pub held_up: u64,
    /// Replications without a text in which the pair was in a smallest blocking set of the last poll (a count).
    pub in_minimal_set: u64,
    /// What it would have taken to win the country in the last poll (in utility); none where it never stood in the way
    /// there.
    pub shortfall: Option<f64>,
}

/// What is kept of one forum, by seat and clause.
#[derive(Clone, Debug, Default)]
pub(super) struct Blockers(BTreeMap<Place, Pair>);

/// A seat and a clause, by its place on the agenda.
pub(super) type Place = (usize, usize);

/// What is kept of one pair.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    objections: u64,
    decisive: u64,
    replications: u64,
    held_up: u64,
    in_minimal_set: u64,
    shortfall: Mean,
}

impl Pair {
    pub(super) fn merge(&mut self, other: &Self) {
        let Pair { objections, decisive, replications, held_up, in_minimal_set, shortfall } = other;
        self.objections += objections;
        self.decisive += decisive;
        self.replications += replications;
        self.held_up += held_up;
        self.in_minimal_set += in_minimal_set;
        self.shortfall.merge(shortfall);
    }

    /// Whether as many replications can come to these counts: most of them count each replication once, objections each round
    /// and poll.
    pub(super) fn holds(&self, replications: u64) -> bool {
        let objections = self.decisive <= self.objections && self.objections >> 32 <= replications;
        let most = self.replications.max(self.held_up).max(self.in_minimal_set);
        objections && most <= replications && self.shortfall.holds(replications)
    }
}

impl Blockers {
    /// Adds one replication.
    pub fn add(&mut self, ended: &ForumOutcome) {
        for found in &ended.objections {
            let clause = &ended.clauses[found.clause];
            if ended.concluded && !has_suffered(clause) {
                continue;
            }
            let pair = self.0.entry((found.seat, found.clause)).or_default();
            pair.objections += u64::from(found.made);
            pair.decisive += u64::from(found.decisive);
            pair.replications += u64::from(found.made > 0);
            let fell = !ended.concluded || clause.adopted.is_none();
            pair.held_up += u64::from(fell && found.decisive > 0);
        }
        for obstacle in ended.impasse.iter().flat_map(|impasse| &impasse.obstacles) {
            let pair = self.0.entry((obstacle.seat, obstacle.clause)).or_default();
            pair.in_minimal_set += u64::from(obstacle.in_smallest);
            pair.shortfall.add(obstacle.price);
        }
    }

    /// Its sums, given the forum.
    pub fn sums<'s>(&'s mut self, forum: &Forum, all: &mut Vec<Sum<'s>>) {
        all.push(Sum::Blockers(&mut self.0, (forum.members.len(), forum.agenda.len())));
    }

    /// The pairs with an objection at least, in the order of seats, then clauses.
    pub fn told(&self, no: usize, forum: &Forum) -> Vec<Blocker> {
        let objecting = self.0.iter().filter(|(_, pair)| pair.objections > 0);
        let told = objecting.map(|(&(seat, clause), pair)| Blocker {
            forum: no,
            country: forum.members[seat].country,
            clause: forum.agenda[clause],
            objections: pair.objections,
            decisive: pair.decisive,
            replications: pair.replications,
            held_up: pair.held_up,
            in_minimal_set: pair.in_minimal_set,
            shortfall: pair.shortfall.estimate().map(|shortfall| shortfall.mean),
        });
        told.collect()
    }
}

/// Whether a clause of an adopted text was weakened or left out.
fn has_suffered(clause: &ClauseOutcome) -> bool {
    clause.adopted.is_none() || clause.dilutions > 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::minutes::{Impasse, Objections, Obstacle};

    #[test]
    fn an_objection_counts_where_it_cost_something_and_holds_up_what_did_not_make_it() {
        let of = |clause, made, decisive| Objections { seat: 0, clause, made, decisive };
        let kept = ClauseOutcome { adopted: Some(0.5), ..ClauseOutcome::default() };
        let weaker = ClauseOutcome { dilutions: 1, ..kept };
        let gone = ClauseOutcome { dropped: true, ..ClauseOutcome::default() };
        let mut blockers = Blockers::default();
        blockers.add(&ForumOutcome {
            concluded: true,
            clauses: vec![kept, weaker, gone],
            objections: vec![of(0, 4, 1), of(1, 3, 1), of(2, 2, 2)],
            ..ForumOutcome::default()
        });
        let price = |price| Obstacle { seat: 0, clause: 2, price, in_smallest: true };
        for cost in [0.1, 0.3] {
            blockers.add(&ForumOutcome {
                clauses: vec![kept, weaker, gone],
                objections: vec![of(2, 1, 0)],
                impasse: Some(Impasse { obstacles: vec![price(cost)], ..Impasse::default() }),
                ..ForumOutcome::default()
            });
        }
        assert!(!blockers.0.contains_key(&(0, 0)), "the clause is as strong as it was");
        let (second, third) = (blockers.0[&(0, 1)], blockers.0[&(0, 2)]);
        assert_eq!((second.objections, second.decisive, second.held_up), (3, 1, 0), "weakened, but there");
        assert_eq!((third.objections, third.decisive, third.held_up, third.in_minimal_set), (4, 2, 1, 2));
        assert_eq!((second.replications, third.replications), (1, 3), "however often it objects in one of them");
        assert!((third.shortfall.estimate().unwrap().mean - 0.2).abs() < 1e-15);
    }
}
