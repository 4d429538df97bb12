//! Simple games: which coalitions win, as power indices and models that count one quantity know a rule.

use super::Quota;

/// How much a coalition needs of what is counted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Demand {
    /// All members.
    All,
    /// More than half.
    MoreThanHalf,
    /// At least a quota.
    AtLeast(Quota),
    /// So much that the others have less than a quota.
    OthersBelow(Quota),
}

/// Which coalitions win.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Game {
    /// Those of at least so many members.
    Heads(u64),
    /// Those with enough weight.
    Weight(Demand),
    /// Those of at least so many members with enough weight, and those that leave out fewer than so many members.
    Both {
        /// Members that are needed (a count).
        heads: u64,
        /// Weight that is needed.
        weight: Demand,
        /// Members that must be left out for a coalition to fail (a count, ≥ 1).
        blocking: u64,
    },
}
