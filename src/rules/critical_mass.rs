//! Critical mass: a text binds those who accept it, once enough of the weight (usually trade) does.

use super::{Quota, Tally};

/// The members that accept carry the quota of the weight (the Information Technology Agreement's 90 % of trade is the
/// classic case; Hoekman & Mavroidis 2015).
pub(super) fn reached(quota: Quota, tally: &Tally) -> bool {
    tally.accepting > 0 && quota.met_by_weight(tally.unit, tally.accepting_weight, tally.weight)
}

#[cfg(test)]
mod tests {
    use super::super::DecisionRule::CriticalMass;
    use super::*;

    #[test]
    fn objections_do_not_stop_the_willing() {
        let tally = Tally {
            members: 4,
            weight: 100.0,
            accepting: 2,
            accepting_weight: 90.0,
            objecting: 2,
            objecting_weight: 10.0,
            ..Tally::default()
        };
        let mass = |share: f64| CriticalMass { quota: share.into() };
        assert!(mass(0.9).passes(&tally));
        assert!(!mass(0.91).passes(&tally));
        assert!(!mass(0.0).passes(&Tally { members: 4, weight: 100.0, ..Tally::default() }));
    }
}
