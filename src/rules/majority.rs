//! Simple and qualified majorities, by heads or by weight.

use super::Tally;

/// What a majority counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counting {
    /// One member, one vote.
    Heads,
    /// Votes in proportion to weight.
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
    /// More than `share`.
    pub(super) fn exceeds(self, share: f64, tally: &Tally) -> bool {
        let (yes, all) = self.count(tally);
        yes > share * all
    }

    /// At least `share`, give or take rounding in sums of weights.
    pub(super) fn reaches(self, share: f64, tally: &Tally) -> bool {
        let (yes, all) = self.count(tally);
        all > 0.0 && yes >= share * all * (1.0 - 1e-12)
    }

    fn count(self, tally: &Tally) -> (f64, f64) {
        let (yes, no, all) = match self.by {
            Counting::Heads => (f64::from(tally.accepting), f64::from(tally.objecting), f64::from(tally.members)),
            Counting::Weight => (tally.accepting_weight, tally.objecting_weight, tally.weight),
        };
        (yes, if self.of_votes_cast { yes + no } else { all })
    }

    pub(super) fn describe(self) -> String {
        let of = if self.of_votes_cast { "votes cast" } else { "members" };
        match self.by {
            Counting::Heads => format!("of {of}"),
            Counting::Weight => format!("of {of}, by weight"),
        }
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
        assert!(QualifiedMajority { share: 2.0 / 3.0, majority: HEADS }.passes(&two_thirds));
        assert!(!QualifiedMajority { share: 0.7, majority: HEADS }.passes(&two_thirds));
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
        assert!(!QualifiedMajority { share: 0.6, majority: cast }.passes(&silent));
    }
}
