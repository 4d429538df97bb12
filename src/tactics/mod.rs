//! Tactics: one question, *how far do I move now?* A tactic per family, in a file each, with the answers
//! to all that is asked about it (`concession.rs`); this file lists them.
//!
//! A concession level is the share of the way from its ideal point to the text on the table that a delegation is ready
//! to go [0–1]. What it gives on one clause is less where the clause is salient to it (`World`'s mandates hold that
//! factor) and never crosses a red line.

use schemars::JsonSchema;
use serde::Deserialize;

/// Puts a question to a tactic, whichever it is: `ask!(tactic, it => it.level(standing))`.
macro_rules! ask {
    ($asked:expr, $tactic:ident => $answer:expr) => {
        match *$asked {
            $crate::tactics::Tactic::TimeDependent { curve, beta, opening } => {
                let $tactic = $crate::tactics::time_dependent::TimeDependent { curve, beta, opening };
                $answer
            }
            $crate::tactics::Tactic::Reciprocal { opening, returned } => {
                let $tactic = $crate::tactics::reciprocal::Reciprocal { opening, returned };
                $answer
            }
            $crate::tactics::Tactic::Steadfast => {
                let $tactic = $crate::tactics::steadfast::Steadfast;
                $answer
            }
        }
    };
}

mod concession;
mod reciprocal;
mod steadfast;
mod time_dependent;

pub use reciprocal::ReciprocalFile;
pub use time_dependent::{Curve, ExponentialFile, PolynomialFile};

/// How a delegation concedes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Tactic {
    /// By the clock (Faratin, Sierra & Jennings 1998).
    TimeDependent {
        /// Shape of the curve.
        curve: Curve,
        /// Below 1 holds out to the end (Boulware), above 1 gives early (Conceder) [above 0].
        beta: f64,
        /// Concession at the start [0–1].
        opening: f64,
    },
    /// By what the others were seen to concede (tit for tat; Axelrod 1984).
    Reciprocal {
        /// Concession at the start, the good will shown before others move [0–1].
        opening: f64,
        /// Share of the others' mean concession that is returned [0–1].
        returned: f64,
    },
    /// Not at all.
    Steadfast,
}

/// What a tactic may look at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// Share of the time to the deadline that has passed [0–1].
    pub elapsed: f64,
    /// Own concession level so far [0–1].
    pub level: f64,
    /// Concession that the others have been seen to make, weighted mean [0–1].
    pub others: f64,
}

/// How a delegation concedes.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum TacticFile {
    /// κ + (1 − κ)·(t/T)^(1/β).
    Polynomial(PolynomialFile),
    /// exp((1 − t/T)^β · ln κ).
    Exponential(ExponentialFile),
    /// What the others are seen to concede.
    Reciprocal(ReciprocalFile),
    /// Nothing.
    Steadfast,
}

impl From<TacticFile> for Tactic {
    fn from(written: TacticFile) -> Tactic {
        match written {
            TacticFile::Polynomial(written) => written.into(),
            TacticFile::Exponential(written) => written.into(),
            TacticFile::Reciprocal(written) => written.into(),
            TacticFile::Steadfast => Tactic::Steadfast,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_tactic_takes_back_what_it_offered() {
        let standing = Standing { elapsed: 0.1, level: 0.6, others: 0.0 };
        for tactic in [
            Tactic::TimeDependent { curve: Curve::Polynomial, beta: 0.5, opening: 0.0 },
            Tactic::Reciprocal { opening: 0.0, returned: 1.0 },
            Tactic::Steadfast,
        ] {
            assert_eq!(tactic.step(&standing), 0.6, "{}", tactic.describe());
        }
    }

    #[test]
    fn steadfast_never_moves() {
        let standing = Standing { elapsed: 1.0, level: 0.0, others: 1.0 };
        assert_eq!(Tactic::Steadfast.step(&standing), 0.0);
    }
}
