//! The ballot: how members stand to a text, counted one by one into the tally that a rule decides on.

use super::{Tally, Unit};

/// How a member stands to a text that is put to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// Accepts.
    Accepts,
    /// Says nothing: it does not block a consensus, and does not make a majority.
    Silent,
    /// Objects.
    Objects,
}

impl Tally {
    /// The tally of a ballot in which nobody has voted yet, among so many members and so much weight, in whole numbers of a
    /// unit.
    pub fn among(members: u32, weight: f64, unit: Unit) -> Tally {
        Tally { members, weight, unit, ..Tally::default() }
    }

    /// Counts the vote of one of the members. Weights are added in the order of the calls.
    #[inline(always)]
    pub fn add(&mut self, stand: Stand, weight: f64, veto: bool) {
        let (accepts, objects) = (stand == Stand::Accepts, stand == Stand::Objects);
        // Without a branch: nothing is added where it stands otherwise.
        self.accepting += u32::from(accepts);
        self.accepting_weight += if accepts { weight } else { 0.0 };
        self.objecting += u32::from(objects);
        self.objecting_weight += if objects { weight } else { 0.0 };
        self.vetoes += u32::from(objects && veto);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::DecisionRule;

    fn counted(votes: &[(Stand, f64, bool)]) -> Tally {
        let mut tally = Tally::among(3, 7.0, Unit::ONE);
        votes.iter().for_each(|&(stand, weight, veto)| tally.add(stand, weight, veto));
        tally
    }

    #[test]
    fn each_member_is_counted_where_it_stands() {
        let tally = counted(&[(Stand::Accepts, 1.0, true), (Stand::Silent, 2.0, true), (Stand::Objects, 4.0, true)]);
        assert_eq!((tally.members, tally.weight, tally.unit), (3, 7.0, Unit::ONE));
        assert_eq!((tally.accepting, tally.accepting_weight), (1, 1.0));
        assert_eq!((tally.objecting, tally.objecting_weight, tally.vetoes), (1, 4.0, 1));
    }

    #[test]
    fn a_veto_counts_only_where_its_holder_objects() {
        let heads = DecisionRule::SimpleMajority(crate::rules::Majority {
            by: crate::rules::Counting::Heads,
            of_votes_cast: false,
        });
        let two_for = [(Stand::Accepts, 1.0, true), (Stand::Accepts, 2.0, false)];
        let silent = counted(&[two_for[0], two_for[1], (Stand::Silent, 4.0, true)]);
        let objecting = counted(&[two_for[0], two_for[1], (Stand::Objects, 4.0, true)]);
        let outvoted = counted(&[two_for[0], two_for[1], (Stand::Objects, 4.0, false)]);
        assert_eq!((silent.vetoes, objecting.vetoes, outvoted.vetoes), (0, 1, 0));
        assert!(heads.passes(&silent) && heads.passes(&outvoted) && !heads.passes(&objecting));
    }
}
