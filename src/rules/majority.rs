//! Simple and qualified majorities, by heads or by weight.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Fraction, Quota, Tally};

/// What a majority counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "By")]
pub enum Counting {
    /// One member, one vote.
    #[default]
    Heads,
    /// Weights.
    Weight,
}

/// What a share is a share of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Majority {
    /// Heads or weight.
    pub by: Counting,
    /// Only of the votes cast for and against (as in the General Assembly, rule 86: members present and voting),
    /// instead of the whole membership.
    pub of_votes_cast: bool,
}

impl Majority {
    /// More than half.
    pub(super) fn is_of(self, tally: &Tally) -> bool {
        match self.by {
            Counting::Heads => 2 * u64::from(tally.accepting) > u64::from(self.heads(tally)),
            Counting::Weight => tally.unit.exceeds(tally.accepting_weight, Fraction::HALF, self.weight(tally)),
        }
    }

    /// At least the quota.
    pub(super) fn reaches(self, quota: Quota, tally: &Tally) -> bool {
        match self.by {
            Counting::Heads => quota.met_by_heads(tally.accepting, self.heads(tally)),
            Counting::Weight => quota.met_by_weight(tally.unit, tally.accepting_weight, self.weight(tally)),
        }
    }

    /// Whether the weight of those that object is part of what counts.
    pub(super) fn weighs_objections(self) -> bool {
        self.by == Counting::Weight && self.of_votes_cast
    }

    /// What the consent of a member adds towards a share of the base, where it objects or says nothing.
    pub(super) fn consent_adds(self, share: f64, objects: bool, weight: f64) -> f64 {
        let size = if self.by == Counting::Heads { 1.0 } else { weight };
        // Who has not voted makes the votes cast more, too.
        if self.of_votes_cast && !objects { (1.0 - share) * size } else { size }
    }

    /// Heads that count.
    fn heads(self, tally: &Tally) -> u32 {
        if self.of_votes_cast { tally.accepting + tally.objecting } else { tally.members }
    }

    /// Weight that counts.
    fn weight(self, tally: &Tally) -> f64 {
        if self.of_votes_cast { tally.accepting_weight + tally.objecting_weight } else { tally.weight }
    }
}

#[cfg(test)]
mod tests {
    use super::super::DecisionRule::*;
    use super::*;

    const HEADS: Majority = Majority { by: Counting::Heads, of_votes_cast: false };

    #[test]
    fn a_half_is_not_a_majority_and_two_thirds_is_two_thirds() {
        let half = Tally { members: 6, accepting: 3, ..Tally::default() };
        assert!(!SimpleMajority(HEADS).passes(&half));
        let two_thirds = Tally { accepting: 4, ..half };
        assert!(SimpleMajority(HEADS).passes(&two_thirds));
        assert!(QualifiedMajority { quota: (2.0 / 3.0).into(), majority: HEADS }.passes(&two_thirds));
        assert!(!QualifiedMajority { quota: 0.7.into(), majority: HEADS }.passes(&two_thirds));
    }

    #[test]
    fn abstentions_count_only_where_the_whole_membership_does() {
        let tally = Tally { members: 10, accepting: 3, objecting: 2, ..Tally::default() };
        assert!(!SimpleMajority(HEADS).passes(&tally));
        assert!(SimpleMajority(Majority { of_votes_cast: true, ..HEADS }).passes(&tally));
    }

    #[test]
    fn weight_decides_where_weight_is_counted_and_a_veto_stops_any_majority() {
        let by_weight = Majority { by: Counting::Weight, of_votes_cast: false };
        let tally = Tally { members: 3, weight: 10.0, accepting: 1, accepting_weight: 6.0, ..Tally::default() };
        assert!(SimpleMajority(by_weight).passes(&tally));
        assert!(!SimpleMajority(HEADS).passes(&tally));
        let vetoed = Tally { objecting: 1, objecting_weight: 1.0, vetoes: 1, ..tally };
        assert!(!SimpleMajority(by_weight).passes(&vetoed));
    }

    #[test]
    fn nobody_voting_decides_nothing() {
        let cast = Majority { by: Counting::Heads, of_votes_cast: true };
        let silent = Tally { members: 5, ..Tally::default() };
        assert!(!SimpleMajority(cast).passes(&silent));
        assert!(!QualifiedMajority { quota: 0.6.into(), majority: cast }.passes(&silent));
    }
}
