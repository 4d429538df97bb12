//! The axiomatic solutions of bargaining over what can be reached, and how far a text is from them.
//!
//! Gains are over disagreement, g_i = u_i − d_i. A text is *individually rational* if nobody's gain is below zero.
//!
//! ```text
//!   Nash (1950)                  max Σ ln g_i           among texts from which everyone gains
//!   Kalai & Smorodinsky (1975)   max min_i g_i / m_i    m_i the greatest gain of i in a rational text; i with m_i > 0
//!   egalitarian (Kalai 1977)     max min_i g_i          among rational texts
//!   utilitarian                  max Σ u_i              among all texts
//! ```
//!
//! Of equals the text with the greatest sum of utilities, then the first. Where no text qualifies there is no solution:
//! disagreement stands. [`Attainable`] takes any finite set of texts, and is exact. [`TextSpace`] takes clauses and rungs
//! whose utilities add up, and says where it is exact ([`solve`]). `forecast` has the same on a line, by the same
//! [objectives](objective).
//!
//! The *distance* of two texts is that of their utilities, the root of the mean square over the members (in utility), so
//! that forums of any size compare.

pub mod attainable;
mod climb;
pub mod objective;
pub mod solve;
pub mod text_space;

pub use attainable::Attainable;
use objective::NOTICEABLE;
pub use objective::Solution;
pub use solve::Found;
pub use text_space::TextSpace;

/// Distance of two texts: √(Σ (u_i − v_i)² / n) (in utility); zero where there are no members.
pub fn distance(one: &[f64], other: &[f64]) -> f64 {
    let squares = one.iter().zip(other).fold(0.0, |sum, (a, b)| sum + (a - b) * (a - b));
    (squares / one.len().max(1) as f64).sqrt()
}

/// Whether a text leaves nobody worse off than another and someone better off, by more than rounding.
pub fn dominates(one: &[f64], other: &[f64]) -> bool {
    let changes = || one.iter().zip(other).map(|(a, b)| a - b);
    changes().all(|change| change >= -NOTICEABLE) && changes().any(|change| change > NOTICEABLE)
}

/// How far a text is from the best that could have been had.
#[derive(Clone, Debug, PartialEq)]
pub struct Efficiency {
    /// Distance to the nearest efficient text that leaves nobody worse off (in utility); zero if it is efficient itself.
    pub distance: f64,
    /// The most that all members together could still gain without anyone's losing (in utility, summed).
    pub left: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_per_member_and_dominance_is_strict_somewhere() {
        assert_eq!(distance(&[0.0, 0.0], &[3.0, 4.0]), 12.5_f64.sqrt());
        assert_eq!(distance(&[0.5; 100], &[0.25; 100]), 0.25);
        assert_eq!(distance(&[], &[]), 0.0);
        assert!(dominates(&[1.0, 2.0], &[1.0, 1.0]));
        assert!(!dominates(&[1.0, 1.0], &[1.0, 1.0]) && !dominates(&[2.0, 0.0], &[1.0, 1.0]));
    }
}
