//! Impasse: why a poll was lost for good, told while the package is still as it was polled.
//!
//! A *blocking set* is a set of countries whose consent, all else being equal, would have carried the poll. Under consensus
//! and unanimity there is one smallest set, all who stand in the way; under majorities and critical mass there can be many,
//! of which the first [`SETS`] are looked at. A country consents by giving up every clause by which it stands in the way.

use super::{Package, Poll};
use crate::blocking::{self, Stand};
use crate::clause_set::ClauseSet;
use crate::minutes::{Impasse, Obstacle};

/// Most smallest sets that are looked at.
const SETS: usize = 16;

/// A voter in the way: its place, the clauses by which it is, and what would win it
/// (in utility).
struct Blocker {
    seat: usize,
    on: ClauseSet,
    price: f64,
}

impl Package<'_> {
    /// Who stands in the way of the package in a poll that was lost, on what, and what it would have taken; by voters.
    pub fn impasse(&self, poll: &Poll, rank: impl Fn(usize) -> usize) -> Impasse {
        let in_the_way = self.in_the_way(poll);
        let blockers = (0..self.voters.len()).filter(|&seat| in_the_way(seat)).map(|seat| {
            let on = self.stands_on(seat, &rank);
            Blocker { seat, on, price: self.price(seat, on, poll) }
        });
        self.blocked_by(&blockers.collect::<Vec<_>>(), poll)
    }

    /// The same for a module.
    pub fn impasse_of_module(&self, clause: usize, poll: &Poll) -> Impasse {
        let in_the_way = self.in_the_way(poll);
        let price = |seat: usize| (-self.worth(seat, clause)).max(0.0);
        let blockers = (0..self.voters.len()).filter(|&seat| in_the_way(seat));
        let blockers = blockers.map(|seat| Blocker { seat, on: ClauseSet::of(clause), price: price(seat) });
        self.blocked_by(&blockers.collect::<Vec<_>>(), poll)
    }

    fn blocked_by(&self, blockers: &[Blocker], poll: &Poll) -> Impasse {
        let sets = self.smallest_sets(blockers, poll);
        let of = |set: &[usize], what: &dyn Fn(&Blocker) -> f64| -> f64 {
            blockers.iter().filter(|blocker| set.contains(&blocker.seat)).map(what).sum()
        };
        let pairs = sets.iter().map(|set| of(set, &|blocker| f64::from(blocker.on.len())));
        let costs = sets.iter().map(|set| of(set, &|blocker| blocker.price));
        let obstacles = blockers.iter().flat_map(|&Blocker { seat, on, price }| {
            let in_smallest = sets.iter().any(|set| set.contains(&seat));
            on.iter().map(move |clause| Obstacle { seat, clause, price, in_smallest })
        });
        Impasse {
            obstacles: obstacles.collect(),
            smallest: pairs.min_by(f64::total_cmp).map(|pairs| pairs as usize),
            cost: costs.min_by(f64::total_cmp),
            nearest: None,
        }
    }

    /// The smallest sets of voters whose consent would have carried a poll.
    fn smallest_sets(&self, blockers: &[Blocker], poll: &Poll) -> Vec<Vec<usize>> {
        let rule = self.rule;
        let all = || vec![blockers.iter().map(|blocker| blocker.seat).collect()];
        // Everyone in the way has to come round, and those who do are enough for a treaty.
        let heard = !rule.stopped_by_objections_only() || !poll.objecting.is_empty();
        if rule.everyone_holds_a_veto() && heard {
            let accepting = poll.tally.accepting as usize + blockers.len();
            return if accepting >= self.fewest_parties() { all() } else { Vec::new() };
        }
        let voters: Vec<blocking::Voter> = (0..self.voters.len()).map(|seat| self.stance(seat, poll)).collect();
        let found = blocking::smallest(&rule, &voters, self.unit, SETS);
        found.map_or(Vec::new(), |found| match found.size {
            // The rule is met, but by too few to be parties: where one is missing, anyone will do.
            0 if poll.tally.accepting as usize + 1 == self.fewest_parties() => {
                blockers.iter().take(SETS).map(|blocker| vec![blocker.seat]).collect()
            }
            0 => all(),
            _ => found.sets,
        })
    }

    fn stance(&self, seat: usize, poll: &Poll) -> blocking::Voter {
        let stand = match (poll.accepts[seat], poll.objects[seat]) {
            (true, _) => Stand::Accepts,
            (false, true) => Stand::Objects,
            (false, false) => Stand::Silent,
        };
        blocking::Voter { stand, weight: self.voters[seat].strength.weight, veto: self.voters[seat].veto }
    }
}
