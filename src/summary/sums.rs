//! Everything that a summary adds up, in one order: what merges two of them, and what is stored of one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::blockers::{Pair, Place};
use super::estimate::{Counts, Mean, Proportion};
use super::moments::MOST;

/// A sum of a summary, where it is kept.
pub(super) enum Sum<'s> {
    Share(&'s mut Proportion),
    Counts(&'s mut Counts),
    Mean(&'s mut Mean),
    /// Counts by class, and how many classes there are.
    Days(&'s mut BTreeMap<u32, u64>, u32),
    /// Counts by seat and clause, and how many there are of both.
    Blockers(&'s mut BTreeMap<Place, Pair>, Place),
}

/// A sum of a summary as it is stored: whole numbers, those of many digits in hexadecimal, so that it reads back exactly.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stored {
    /// How often something happened.
    Share(Proportion),
    /// Number, sum and sum of squares of counts.
    Counts(Counts),
    /// Number, sum and sum of squares of numbers, in units of 2^−128 and 2^−256.
    Mean(Mean),
    /// Classes of days, each with its count.
    Days(Vec<(u32, u64)>),
    /// Seat and clause, and what was counted of them.
    Blockers(Vec<(Place, Pair)>),
}

impl Sum<'_> {
    /// What is stored of it.
    pub fn stored(self) -> Stored {
        match self {
            Sum::Share(share) => Stored::Share(*share),
            Sum::Counts(counts) => Stored::Counts(*counts),
            Sum::Mean(mean) => Stored::Mean(*mean),
            Sum::Days(days, _) => Stored::Days(days.iter().map(|(class, count)| (*class, *count)).collect()),
            Sum::Blockers(pairs, _) => Stored::Blockers(pairs.iter().map(|(place, pair)| (*place, *pair)).collect()),
        }
    }

    /// Adds another sum of the same kind; whether it is one.
    pub fn merge(self, other: Sum) -> bool {
        match (self, other) {
            (Sum::Share(one), Sum::Share(other)) => one.merge(other),
            (Sum::Counts(one), Sum::Counts(other)) => one.merge(other),
            (Sum::Mean(one), Sum::Mean(other)) => one.merge(other),
            (Sum::Days(one, _), Sum::Days(other, _)) => {
                other.iter().for_each(|(class, count)| *one.entry(*class).or_default() += count)
            }
            (Sum::Blockers(one, _), Sum::Blockers(other, _)) => {
                other.iter().for_each(|(place, pair)| one.entry(*place).or_default().merge(pair));
            }
            _ => return false,
        }
        true
    }

    /// Puts what was stored in the place of an empty sum; whether it is of the same kind, and could be of `replications`.
    pub fn restore(self, stored: &Stored, replications: u64) -> bool {
        let replications = replications.min(MOST);
        match (self, stored) {
            (Sum::Share(share), Stored::Share(stored)) => {
                *share = *stored;
                stored.hits <= stored.n && stored.n <= replications
            }
            (Sum::Counts(counts), Stored::Counts(stored)) => {
                *counts = *stored;
                stored.0.n <= replications && stored.0.hold()
            }
            (Sum::Mean(mean), Stored::Mean(stored)) => {
                *mean = *stored;
                stored.holds(replications)
            }
            (Sum::Days(days, classes), Stored::Days(stored)) => {
                *days = stored.iter().copied().collect();
                let all = stored.iter().try_fold(0u64, |sum, (_, count)| sum.checked_add(*count));
                days.len() == stored.len()
                    && days.keys().all(|class| *class < classes)
                    && all.is_some_and(|all| all <= replications)
            }
            (Sum::Blockers(pairs, (seats, clauses)), Stored::Blockers(stored)) => {
                *pairs = stored.iter().copied().collect();
                pairs.len() == stored.len()
                    && stored
                        .iter()
                        .all(|((seat, clause), pair)| *seat < seats && *clause < clauses && pair.holds(replications))
            }
            _ => false,
        }
    }
}
