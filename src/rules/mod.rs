//! Decision rules: one question, *is this tally a decision?* A rule per family, in a file each, with the answers to all that
//! is asked about it (`rule.rs`); this file lists them.
//!
//! Shares are exact fractions ([`Fraction`]), and every comparison of sums of weights is that of [`Unit`].

use schemars::JsonSchema;
use serde::Deserialize;

/// Puts a question to a rule, whichever it is: `ask!(rule, it => it.passes(tally))`.
macro_rules! ask {
    ($asked:expr, $rule:ident => $answer:expr) => {
        match *$asked {
            $crate::rules::DecisionRule::Consensus => {
                let $rule = $crate::rules::consensus::Consensus;
                $answer
            }
            $crate::rules::DecisionRule::Unanimity => {
                let $rule = $crate::rules::unanimity::Unanimity;
                $answer
            }
            $crate::rules::DecisionRule::SimpleMajority(majority) => {
                let $rule = $crate::rules::simple_majority::SimpleMajority(majority);
                $answer
            }
            $crate::rules::DecisionRule::QualifiedMajority { quota, majority } => {
                let $rule = $crate::rules::qualified_majority::QualifiedMajority { quota, majority };
                $answer
            }
            $crate::rules::DecisionRule::CriticalMass { quota } => {
                let $rule = $crate::rules::critical_mass::CriticalMass { quota };
                $answer
            }
            $crate::rules::DecisionRule::DoubleMajority { heads, weight, blocking } => {
                let $rule = $crate::rules::double_majority::DoubleMajority { heads, weight, blocking };
                $answer
            }
            $crate::rules::DecisionRule::ReverseQualifiedMajority { quota, by } => {
                let $rule = $crate::rules::reverse_qualified_majority::ReverseQualifiedMajority { quota, by };
                $answer
            }
        }
    };
}

mod ballot;
mod consensus;
mod critical_mass;
mod double_majority;
mod fraction;
mod game;
mod in_words;
mod majority;
mod qualified_majority;
mod quantile;
mod quota;
mod reverse_qualified_majority;
mod rule;
mod simple_majority;
mod tally;
mod unanimity;
mod unit;
mod written;

pub use ballot::Stand;
pub use critical_mass::CriticalMassFile;
pub use double_majority::DoubleMajorityFile;
pub use fraction::{Fraction, greatest_common_divisor};
pub use game::{Demand, Game};
pub use majority::{Counting, Majority};
pub use qualified_majority::QualifiedMajorityFile;
pub use quantile::weighted_quantile;
pub use quota::Quota;
pub use reverse_qualified_majority::ReverseQualifiedMajorityFile;
pub use simple_majority::SimpleMajorityFile;
pub use tally::Tally;
pub use unit::{ROUNDING, Unit};
pub use written::{Of, Reader, ShareFile};

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
    /// Enough members that carry enough weight, which a minority blocks only if it is large enough (Treaty on European Union,
    /// article 16(4)).
    DoubleMajority {
        /// Share of the members.
        heads: Fraction,
        /// Share of the weight.
        weight: Fraction,
        /// Members that a blocking minority must have (a count, ≥ 1).
        blocking: u32,
    },
    /// Carried unless so many object (Regulation (EU) 1173/2011, article 4(2)).
    ReverseQualifiedMajority {
        /// How many.
        quota: Quota,
        /// Counted how.
        by: Counting,
    },
}

/// How a forum decides.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[schemars(rename = "Rule")]
pub enum RuleFile {
    /// No member present formally objects.
    #[default]
    Consensus,
    /// Every member accepts.
    Unanimity,
    /// More than half.
    SimpleMajority(SimpleMajorityFile),
    /// At least a share, or a number of votes.
    QualifiedMajority(QualifiedMajorityFile),
    /// Those that accept go ahead once they carry this share, or this much, of the weight.
    CriticalMass(CriticalMassFile),
    /// Enough members that carry enough weight; a small minority cannot block.
    DoubleMajority(DoubleMajorityFile),
    /// Carried unless so many object.
    ReverseQualifiedMajority(ReverseQualifiedMajorityFile),
}

impl RuleFile {
    /// The rule that is meant.
    pub fn read(&self, reader: &mut dyn Reader) -> DecisionRule {
        let written: &dyn written::Written = match self {
            RuleFile::Consensus => return DecisionRule::Consensus,
            RuleFile::Unanimity => return DecisionRule::Unanimity,
            RuleFile::SimpleMajority(written) => written,
            RuleFile::QualifiedMajority(written) => written,
            RuleFile::CriticalMass(written) => written,
            RuleFile::DoubleMajority(written) => written,
            RuleFile::ReverseQualifiedMajority(written) => written,
        };
        written.read(reader)
    }
}
