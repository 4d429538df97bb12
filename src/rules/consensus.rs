//! Consensus: the absence of a formal objection, not unanimity.

use super::rule::Rule;
use super::{Demand, Fraction, Game, Tally, Unit};

/// No member objects. Who objects is the members' affair (see `rounds::objection`): disliking a text is not yet
/// stopping it (Steinberg 2002; Odell 2005).
#[derive(Clone, Copy)]
pub(super) struct Consensus;

impl Rule for Consensus {
    fn passes(self, tally: &Tally) -> bool {
        tally.objecting == 0
    }

    fn everyone_holds_a_veto(self) -> bool {
        true
    }

    fn stopped_by_objections_only(self) -> bool {
        true
    }

    fn weighs_objections(self) -> bool {
        false
    }

    fn counts_heads(self) -> bool {
        true
    }

    fn is_a_vote(self) -> bool {
        false
    }

    fn consent_adds(self, objects: bool, _weight: f64) -> f64 {
        f64::from(u8::from(objects))
    }

    fn game(self, members: u64) -> Game {
        Game::Heads(members)
    }

    fn amount_of_weight(self) -> Option<Fraction> {
        None
    }

    fn of_capability(self, _members: usize) -> Demand {
        Demand::All
    }

    fn code(self) -> String {
        "consensus".into()
    }

    fn describe(self) -> String {
        "consensus: the absence of a formal objection".into()
    }

    fn comes_to(self, _members: u64, _weight: f64, _unit: Unit) -> Option<String> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::DecisionRule::{Consensus, Unanimity};
    use super::*;

    #[test]
    fn silence_is_consent_under_consensus_but_not_under_unanimity() {
        let silent = Tally { members: 3, accepting: 1, ..Tally::default() };
        assert!(Consensus.passes(&silent));
        assert!(!Unanimity.passes(&silent));
        let blocked = Tally { objecting: 1, ..silent };
        assert!(!Consensus.passes(&blocked));
    }
}
