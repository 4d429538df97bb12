//! Decision rules: one question, *is this tally a decision?* A rule per family, in a file each.
//!
//! Shares are exact fractions ([`Fraction`]), and every comparison of sums of weights is that of [`Unit`].

mod ballot;
mod consensus;
mod critical_mass;
mod fraction;
mod in_words;
mod majority;
mod quantile;
mod quota;
mod unit;

pub use ballot::Stand;
pub use fraction::{Fraction, greatest_common_divisor};
pub use majority::{Counting, Majority};
pub use quantile::weighted_quantile;
pub use quota::Quota;
pub use unit::{ROUNDING, Unit};

/// How the members stand when a text is put to them.
///
/// *Accepting* members want the text or can live with it and say so; *objecting* members state a formal objection;
/// the others acquiesce: they say nothing, which blocks a consensus as little as it makes a majority.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tally {
    /// Members of the forum (a count).
    pub members: u32,
    /// Their weight together.
    pub weight: f64,
    /// Members that accept (a count).
    pub accepting: u32,
    /// Weight of those that accept.
    pub accepting_weight: f64,
    /// Members that object (a count).
    pub objecting: u32,
    /// Weight of those that object.
    pub objecting_weight: f64,
    /// Of those that object, how many hold a veto of their own under the forum's rules (a count).
    pub vetoes: u32,
    /// What the weights are whole numbers of.
    pub unit: Unit,
}

impl Tally {
    /// The tally had an objector of this weight accepted, with all others as they are.
    #[must_use]
    pub fn won_over(&self, weight: f64, veto: bool) -> Tally {
        Tally {
            accepting: self.accepting + 1,
            accepting_weight: self.accepting_weight + weight,
            objecting: self.objecting.saturating_sub(1),
            objecting_weight: (self.objecting_weight - weight).max(0.0),
            vetoes: self.vetoes.saturating_sub(u32::from(veto)),
            ..*self
        }
    }
}

/// How a forum decides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DecisionRule {
    /// No member present formally objects (WTO Agreement, article IX:1, note 1). Silence is consent.
    Consensus,
    /// Every member accepts.
    Unanimity,
    /// More than half.
    SimpleMajority(Majority),
    /// At least a stated share, or number of votes.
    QualifiedMajority {
        /// How much.
        quota: Quota,
        /// Of what, counted how.
        majority: Majority,
    },
    /// Those that accept go ahead among themselves once they carry at least this much of the weight.
    CriticalMass {
        /// How much.
        quota: Quota,
    },
}

impl DecisionRule {
    /// Whether the text is decided.
    pub fn passes(&self, tally: &Tally) -> bool {
        tally.vetoes == 0
            && match *self {
                DecisionRule::Consensus => consensus::no_objection(tally),
                DecisionRule::Unanimity => tally.accepting == tally.members,
                DecisionRule::SimpleMajority(majority) => majority.is_of(tally),
                DecisionRule::QualifiedMajority { quota, majority } => majority.reaches(quota, tally),
                DecisionRule::CriticalMass { quota } => critical_mass::reached(quota, tally),
            }
    }

    /// Whether a lost tally hangs on an objection of this weight: it would pass had the objector accepted, with all others
    /// as they are.
    pub fn hangs_on(&self, tally: &Tally, weight: f64, veto: bool) -> bool {
        tally.objecting > 0 && !self.passes(tally) && self.passes(&tally.won_over(weight, veto))
    }

    /// Whether a decision depends on the weight of those that object, and not on their number only.
    pub fn weighs_objections(&self) -> bool {
        match *self {
            DecisionRule::SimpleMajority(majority) | DecisionRule::QualifiedMajority { majority, .. } => {
                majority.by == Counting::Weight && majority.of_votes_cast
            }
            DecisionRule::Consensus | DecisionRule::Unanimity | DecisionRule::CriticalMass { .. } => false,
        }
    }

    /// Whether each member can stop a decision alone.
    pub fn everyone_holds_a_veto(&self) -> bool {
        matches!(self, DecisionRule::Consensus | DecisionRule::Unanimity)
    }
}

#[cfg(test)]
mod tests {
    use super::DecisionRule::*;
    use super::*;

    const HEADS: Majority = Majority { by: Counting::Heads, of_votes_cast: false };

    #[test]
    fn under_consensus_only_a_lone_objection_decides() {
        let alone = Tally { members: 5, accepting: 2, objecting: 1, ..Tally::default() };
        assert!(Consensus.hangs_on(&alone, 1.0, false), "silence of the other two is consent");
        assert!(!Consensus.hangs_on(&Tally { objecting: 2, ..alone }, 1.0, false));
        assert!(!Unanimity.hangs_on(&alone, 1.0, false), "the silent two do not accept either");
        assert!(Unanimity.hangs_on(&Tally { accepting: 4, ..alone }, 1.0, false));
    }

    #[test]
    fn an_objection_that_is_outvoted_decides_nothing_and_a_veto_does() {
        let outvoted = Tally { members: 5, accepting: 4, objecting: 1, ..Tally::default() };
        assert!(!SimpleMajority(HEADS).hangs_on(&outvoted, 1.0, false));
        let vetoed = Tally { vetoes: 1, ..outvoted };
        assert!(SimpleMajority(HEADS).hangs_on(&vetoed, 1.0, true));
        // Three of six are no majority, four are.
        let short = Tally { members: 6, accepting: 3, objecting: 2, ..Tally::default() };
        assert!(SimpleMajority(HEADS).hangs_on(&short, 1.0, false));
        assert!(!SimpleMajority(HEADS).hangs_on(&Tally { accepting: 2, ..short }, 1.0, false));
    }

    #[test]
    fn a_critical_mass_hangs_on_who_would_complete_it() {
        // 50 of 100 accept and 60 are needed: the objector of 10 decides, and that of 5 does not.
        let tally =
            Tally { members: 4, weight: 100.0, accepting: 2, accepting_weight: 50.0, objecting: 2, ..Tally::default() };
        let tally = Tally { objecting_weight: 15.0, ..tally };
        let mass = CriticalMass { quota: 0.6.into() };
        assert!(mass.hangs_on(&tally, 10.0, false));
        assert!(!mass.hangs_on(&tally, 5.0, false));
        // Nobody decides that did not object.
        assert!(!mass.hangs_on(&Tally { objecting: 0, ..tally }, 10.0, false));
    }
}
