//! What a clause is worth to a voter, and what the voter holds against it.

use super::{MOST_GRIEVANCE, Package, obligation};
use crate::preference::loss;
use crate::world::Instructions;

/// A clause as it stands, or as it would stand with another exception: what its appraisal by every voter has in common.
pub(super) struct Question {
    clause: usize,
    /// The text that is appraised [0–1].
    point: f64,
    degree: f64,
    status_quo: f64,
    share_of_burden: f64,
    /// Whether anybody may be bound to less than the text.
    qualified: bool,
    /// Sum over all voters of weight × share of the clause left undone.
    undone: f64,
    weight: f64,
}

impl Package<'_> {
    /// What the appraisals of a clause with an exception of this degree have in common.
    pub(super) fn question(&self, clause: usize, degree: f64) -> Question {
        self.question_at(clause, self.point[clause], degree)
    }

    /// The same at another point of the clause.
    pub(super) fn question_at(&self, clause: usize, point: f64, degree: f64) -> Question {
        let mut question = Question {
            clause,
            point,
            degree,
            status_quo: self.forum.status_quo[clause],
            share_of_burden: match self.total_burden > 0.0 {
                true => self.clauses[clause].burden / self.total_burden,
                false => 0.0,
            },
            qualified: degree > 0.0 || !self.opted_out.is_empty(),
            undone: 0.0,
            weight: 0.0,
        };
        if question.qualified {
            for (seat, voter) in self.voters.iter().enumerate() {
                question.undone += voter.strength.weight * self.undone(&question, seat);
                question.weight += voter.strength.weight;
            }
        }
        question
    }

    /// Share of a clause's depth that a voter leaves undone [0–1].
    pub(super) fn undone(&self, question: &Question, seat: usize) -> f64 {
        let &Question { clause, point, degree, status_quo, qualified, .. } = question;
        match qualified {
            false => 0.0,
            true if self.is_out(seat, clause) => 1.0,
            true => {
                let ideal = self.voters[seat].instructions.ideal[clause];
                obligation::undone(point, status_quo, ideal, degree)
            }
        }
    }

    /// What a clause is worth to a voter, and what the voter holds against it: what it gains in policy over the status
    /// quo, less the burden of putting it into practice. A gain is the smaller the more of the clause others leave undone.
    pub(super) fn appraise(&self, question: &Question, seat: usize) -> (f64, f64) {
        let clause = question.clause;
        if !self.included[clause] {
            return (0.0, 0.0);
        }
        let voter = &self.voters[seat];
        let undone = self.undone(question, seat);
        if undone >= 1.0 && self.is_out(seat, clause) {
            return (0.0, 0.0);
        }
        let point = obligation::effective(question.point, question.status_quo, undone);
        let Instructions { ideal, salience, total_salience, stake, bound, .. } = voter.instructions;
        // What other texts in force ask of it holds with and without this one.
        let bound = bound[clause];
        let mut worth = 0.0;
        if *total_salience > 0.0 {
            let exponent = self.parameters.loss_exponent;
            let before = loss(question.status_quo.max(bound), ideal[clause], exponent);
            worth = salience[clause] * (before - loss(point.max(bound), ideal[clause], exponent)) / total_salience;
        }
        if question.undone > 0.0 && worth > 0.0 {
            worth *= 1.0 - obligation::leak(question.undone, voter.strength.weight * undone, question.weight);
        }
        worth -= self.burden_at(question, seat, point);
        let grievance = match voter.instructions.crosses_red_line(clause, point) {
            true => 1.0 + stake[clause],
            false => (-worth).clamp(0.0, MOST_GRIEVANCE),
        };
        (worth, grievance)
    }

    /// Burden of a clause to a voter (in utility).
    pub(super) fn burden(&self, question: &Question, seat: usize) -> f64 {
        let undone = self.undone(question, seat);
        self.burden_at(question, seat, obligation::effective(question.point, question.status_quo, undone))
    }

    /// Burden of what a clause obliges a voter to (in utility).
    fn burden_at(&self, question: &Question, seat: usize, point: f64) -> f64 {
        let voter = &self.voters[seat];
        let bound = voter.instructions.bound[question.clause];
        let beyond = (point - voter.member.mandates[question.clause].regime.max(bound)).max(0.0);
        let borne = (1.0 - voter.strength.capacity) * (1.0 - voter.member.relief[question.clause]);
        self.parameters.burden_price * borne * question.share_of_burden * beyond
    }
}
