//! Consensus: the absence of a formal objection, not unanimity.

use super::Tally;

/// No member objects. Who objects is the members' affair (see `rounds::objection`): disliking a text is not yet
/// stopping it (Steinberg 2002; Odell 2005).
pub(super) fn no_objection(tally: &Tally) -> bool {
    tally.objecting == 0
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
