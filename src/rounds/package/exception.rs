//! Exceptions: what the chair tries before it weakens a clause.
//!
//! Flexibility buys depth: deep agreements carry more exceptions, because an exception keeps the words and spares the
//! reluctant (Baccini, Dür & Elsig 2015). The chair widens the exception to the clause most opposed, by as few steps as
//! it takes until what that takes off the weighted opposition outweighs what it costs the others; where no width does,
//! it weakens the clause. The weighing is a judgement.

use super::appraisal::{Appraisal, Question};
use super::{Package, Poll};
use crate::world::{Lane, TILE, each};

/// A difference this small is none: room for rounding.
const NOTHING: f64 = 1e-12;

impl Package<'_> {
    /// Degree to which the exception to a clause should be widened [0–1]; none where that does not pay.
    pub fn exception_for(&self, clause: usize, poll: &Poll) -> Option<f64> {
        let flexibility = self.forum.terms.flexibility.as_ref().filter(|terms| terms.clauses[clause])?;
        let mut degree = self.exception[clause];
        while flexibility.most - degree > NOTHING {
            degree = (degree + flexibility.step).min(flexibility.most);
            if self.relief(clause, &self.question(clause, degree), poll) > NOTHING {
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
    fn relief(&self, clause: usize, then: &Question, poll: &Poll) -> f64 {
        let in_the_way = self.in_the_way(poll);
        let weighed = &self.desk.weighed;
        let (worth_now, grievance_now) = (weighed.worth.row(clause), weighed.grievance.row(clause));
        let mut relief = 0.0;
        for lane in 0..worth_now.len() {
            let Appraisal { worth, grievance, .. } = self.appraise(then, lane);
            let eased: Lane = each(|i| grievance_now[lane][i] - grievance[i]);
            let costs: Lane = each(|i| (worth[i] - worth_now[lane][i]).min(0.0));
            for (i, seat) in (lane * TILE..self.voters.len()).take(TILE).enumerate() {
                relief += self.desk.hearing.voice(seat) * if in_the_way(seat) { eased[i] } else { costs[i] };
            }
        }
        relief
    }
}
