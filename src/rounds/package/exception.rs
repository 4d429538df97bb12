//! Exceptions: what the chair tries before it weakens a clause.
//!
//! Flexibility buys depth: deep agreements carry more exceptions, because an exception keeps the words and spares the
//! reluctant (Baccini, Dür & Elsig 2015). The chair widens the exception to the clause most opposed, by as few steps as
//! it takes until what that takes off the weighted opposition outweighs what it costs the others; where no width does,
//! it weakens the clause. The weighing is a judgement.

use super::appraisal::Question;
use super::{Package, Poll};

/// A difference this small is none: room for rounding.
const NOTHING: f64 = 1e-12;

impl Package<'_> {
    /// Degree to which the exception to a clause should be widened [0–1]; none where that does not pay.
    pub fn exception_for(&self, clause: usize, poll: &Poll) -> Option<f64> {
        let flexibility = self.forum.terms.flexibility.as_ref().filter(|terms| terms.clauses[clause])?;
        let voices = self.voices(poll);
        let now = self.exception[clause];
        let mut degree = now;
        while flexibility.most - degree > NOTHING {
            degree = (degree + flexibility.step).min(flexibility.most);
            let relief = self.relief(&self.question(clause, now), &self.question(clause, degree), &voices);
            if relief > NOTHING {
                return Some(degree);
            }
        }
        None
    }

    /// Sets the exception to a clause.
    pub fn except(&mut self, clause: usize, degree: f64) {
        self.exception[clause] = degree;
        self.weigh(clause);
    }

    /// What a wider exception takes off the opposition of those who stand in the way, less what it costs the others,
    /// by their voices.
    fn relief(&self, now: &Question, then: &Question, voices: &[(f64, bool)]) -> f64 {
        let mut relief = 0.0;
        for (seat, &(voice, in_the_way)) in voices.iter().enumerate() {
            let (worth_now, grievance_now) = self.appraise(now, seat);
            let (worth_then, grievance_then) = self.appraise(then, seat);
            relief += voice
                * match in_the_way {
                    true => grievance_now - grievance_then,
                    false => (worth_then - worth_now).min(0.0),
                };
        }
        relief
    }
}
