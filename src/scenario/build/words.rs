//! Rules and tactics: the words of the file → the model's own.

use crate::rules::{Counting, DecisionRule, Majority};
use crate::scenario::file;
use crate::tactics::{Curve, Tactic};

pub(super) fn as_rule(rule: file::Rule) -> DecisionRule {
    let majority = |by, of| Majority {
        by: match by {
            file::By::Heads => Counting::Heads,
            file::By::Weight => Counting::Weight,
        },
        of_votes_cast: matches!(of, file::Of::VotesCast),
    };
    match rule {
        file::Rule::Consensus => DecisionRule::Consensus,
        file::Rule::Unanimity => DecisionRule::Unanimity,
        file::Rule::SimpleMajority { by, of } => DecisionRule::SimpleMajority(majority(by, of)),
        file::Rule::QualifiedMajority { share, by, of } => {
            DecisionRule::QualifiedMajority { share, majority: majority(by, of) }
        }
        file::Rule::CriticalMass { share } => DecisionRule::CriticalMass { share },
    }
}

pub(super) fn as_tactic(tactic: file::TacticFile) -> Tactic {
    match tactic {
        file::TacticFile::Polynomial { beta, opening } => {
            Tactic::TimeDependent { curve: Curve::Polynomial, beta, opening }
        }
        file::TacticFile::Exponential { beta, opening } => {
            Tactic::TimeDependent { curve: Curve::Exponential, beta, opening }
        }
        file::TacticFile::Reciprocal { opening, returned } => Tactic::Reciprocal { opening, returned },
        file::TacticFile::Steadfast => Tactic::Steadfast,
    }
}
