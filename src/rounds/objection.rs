//! When a dislike becomes a formal objection.
//!
//! Consensus is the absence of objection, not unanimity. A delegation objects with odds that grow with what is at stake
//! for it and with its standing. A strong state stands alone; a weak one seldom does, and dares the more the more of
//! the others share its dislike (Steinberg 2002; Narlikar & Odell 2006). A crossed red line is always an objection.

use crate::world::Strength;

/// Standing of an objector [0–1]: what it has alone, and company for the rest. `company` is the share of the weight
/// that, like it, does not accept.
pub(super) fn standing(strength: &Strength, company: f64) -> f64 {
    strength.alone + (1.0 - strength.alone) * company
}

/// Share of the weight that does not accept, the delegation itself aside [0–1].
pub(super) fn company(accepting_weight: f64, own_weight: f64, total_weight: f64) -> f64 {
    if total_weight > 0.0 {
        ((total_weight - accepting_weight - own_weight) / total_weight).clamp(0.0, 1.0)
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_states_rarely_stand_alone_and_strong_ones_do() {
        let weak = Strength { weight: 0.01, alone: 0.1, capacity: 1.0 };
        let strong = Strength { weight: 1.0, alone: 1.0, capacity: 1.0 };
        assert_eq!(standing(&weak, 0.0), 0.1);
        assert!(standing(&weak, 0.5) > 0.5);
        assert_eq!(standing(&strong, 0.0), 1.0);
    }

    #[test]
    fn company_is_the_others_who_do_not_accept() {
        assert_eq!(company(6.0, 1.0, 10.0), 0.3);
        assert_eq!(company(9.0, 1.0, 10.0), 0.0);
        assert_eq!(company(0.0, 0.0, 0.0), 0.0);
    }
}
