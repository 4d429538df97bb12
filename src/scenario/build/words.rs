//! Tactics: the words of the file → the model's own.

use crate::scenario::file;
use crate::tactics::{Curve, Tactic};

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
