//! Critical mass: a text binds those who accept it, once enough of the weight (usually trade) does.

use super::Tally;

/// The members that accept carry at least `share` of the weight (the Information Technology Agreement's 90 % of trade
/// is the classic case; Hoekman & Mavroidis 2015).
pub(super) fn reached(share: f64, tally: &Tally) -> bool {
    tally.accepting > 0 && tally.weight > 0.0 && tally.accepting_weight >= share * tally.weight * (1.0 - 1e-12)
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
            vetoes: 0,
        };
        assert!(CriticalMass { share: 0.9 }.passes(&tally));
        assert!(!CriticalMass { share: 0.91 }.passes(&tally));
        assert!(!CriticalMass { share: 0.0 }.passes(&Tally { members: 4, weight: 100.0, ..Tally::default() }));
    }
}
