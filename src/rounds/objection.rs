//! When a dislike becomes a formal objection.
//!
//! Consensus is the absence of objection, not unanimity. A delegation objects with odds that grow with what is at stake
//! for it and with its standing. A strong state stands alone; a weak one seldom does, and dares the more the more of
//! the others share its dislike (Steinberg 2002; Narlikar & Odell 2006). A crossed red line is always an objection.

use crate::maths::pow;

/// Standing of an objector [0–1]: what it has alone, and company for the rest. `company` is the share of the weight
/// that, like it, does not accept.
#[inline(always)]
pub(crate) fn standing(alone: f64, company: f64) -> f64 {
    alone + (1.0 - alone) * company
}

/// Standing of an objector that nobody joins [0–1]: its weight, as a share of the strongest's, to the power of isolation.
pub(crate) fn standing_alone(weight: f64, strongest: f64, isolation: f64) -> f64 {
    pow(if strongest > 0.0 { weight / strongest } else { 1.0 }, isolation)
}

/// What a delegation needs in order to object where its red line is crossed: less than nothing.
pub(super) const AT_A_RED_LINE: f64 = -2.0;
/// What it needs where it objects alone.
pub(super) const ALONE: f64 = -1.0;

/// Share of reluctant weight beyond which a delegation has more than a given standing: with standing
/// a + (1 − a)·(reluctant − own), the share at which that exceeds it. [`ALONE`] where it has it by itself; without bound
/// where it never has. Without a branch, for it is asked of all at once.
#[inline(always)]
pub(super) fn objects_beyond(needed: f64, alone: f64, own: f64) -> f64 {
    let in_company = own + (needed - alone) / (1.0 - alone);
    let beyond = if alone < 1.0 { in_company } else { f64::INFINITY };
    if alone > needed { ALONE } else { beyond }
}

/// Company of a delegation in its dislike [0–1], given the share of the weight that does not accept and its own.
#[inline(always)]
pub(crate) fn company(reluctant: f64, own: f64) -> f64 {
    let others = reluctant - own;
    if others > 0.0 { others } else { 0.0 }
}

/// A weight as a share of all; none where nobody has weight.
pub(crate) fn share(weight: f64, total: f64) -> f64 {
    if total > 0.0 { weight / total } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_states_rarely_stand_alone_and_strong_ones_do() {
        let (weak, strong) = (standing_alone(0.01, 1.0, 0.5), standing_alone(1.0, 1.0, 0.5));
        assert_eq!(standing(weak, 0.0), 0.1);
        assert!(standing(weak, 0.5) > 0.5);
        assert_eq!(standing(strong, 0.0), 1.0);
        assert_eq!(standing_alone(0.0, 0.0, 0.5), 1.0, "where nobody has weight all are equal");
    }

    #[test]
    fn company_is_the_others_who_do_not_accept() {
        assert_eq!(company(0.75, 0.25), 0.5);
        assert_eq!(company(0.25, 0.25), 0.0);
        assert_eq!(company(0.0, 0.25), 0.0);
        assert_eq!(share(0.0, 0.0), 0.0);
    }
}
