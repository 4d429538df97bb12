//! Voting power: how often each member decides, if all coalitions are equally likely.
//!
//! ```text
//!   Shapley–Shubik   φ_i = Σ_S (|S| − 1)! (n − |S|)! / n!      over the coalitions S that win with i and lose without it
//!   Penrose          β'_i = swings_i / 2^(n − 1)               Banzhaf   β_i = swings_i / Σ_j swings_j
//! ```
//!
//! A member *swings* a coalition that wins with it and loses without it (Shapley & Shubik 1954; Penrose 1946; Banzhaf
//! 1965; Felsenthal & Machover 1998). Nobody abstains here: who does not accept objects. So a rule that counts votes cast
//! counts the whole membership, and consensus is unanimity: power is that of the written rule, not of standing (what it
//! takes to use it is `rounds::objection`).
//!
//! How it is computed, the first that can be with a bounded amount of work:
//!
//! 1. Weights become whole units, by their own [`Unit`](crate::rules::Unit) or else so finely that nothing is lost, and the
//!    game is made smaller (`game`): who wins alone or is needed by all is set aside, common divisors are taken out.
//! 2. Exactly, up to rounding in the last places: by tables of every sum of weights (`dense`), or of those sums that there
//!    are (`sparse`), whichever takes less work.
//! 3. Otherwise by tables of rounded weights (`rounded`), with bounds on every figure, which are told beside it.
//!
//! Where number and weight are both needed, coalitions are counted by both (`sized`).
//!
//! A figure is worked out once for all members of the same weight, so equals have equal power to the bit.

mod dense;
mod enumeration;
mod game;
mod quadrature;
mod rounded;
mod rule;
mod sized;
mod sparse;

pub use enumeration::{ENUMERATED, by_enumeration};
pub use game::of_whole_weights;
pub use rule::{of_rule, of_rule_among};

/// The power of one member.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Power {
    /// Shapley–Shubik index [0–1]; all members have 1 together, or 0 where no coalition wins.
    pub shapley: f64,
    /// Coalitions that it swings (a count; exact up to 2⁵³, rounded beyond).
    pub swings: f64,
    /// Probability that it decides if everyone else flips a coin [0–1].
    pub penrose: f64,
    /// Share of all swings [0–1].
    pub banzhaf: f64,
}

/// Bounds on the power of one member, where it is not exact.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Within {
    /// Least and greatest that the Shapley–Shubik index can be [0–1].
    pub shapley: (f64, f64),
    /// Least and greatest that the share of all swings can be [0–1].
    pub banzhaf: (f64, f64),
}

/// How powers were computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Exactly, from tables of every sum of weights.
    Dense,
    /// Exactly, from the sums of weights that there are.
    Sparse,
    /// From tables of rounded weights.
    Rounded,
}

/// The powers of all members under a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Powers {
    /// Member by member.
    pub members: Vec<Power>,
    /// How they were computed.
    pub method: Method,
    /// Bounds on them, member by member; none where they are exact.
    pub within: Vec<Within>,
}

/// Members' shares of all swings, once these are known.
fn normalise(mut powers: Vec<Power>) -> Vec<Power> {
    let all = powers.iter().fold(0.0, |sum, power| sum + power.penrose);
    let coalitions = (1..powers.len()).fold(1.0, |coalitions, _| coalitions * 2.0);
    for power in &mut powers {
        power.swings = power.penrose * coalitions;
        power.banzhaf = if all > 0.0 { power.penrose / all } else { 0.0 };
    }
    powers
}
