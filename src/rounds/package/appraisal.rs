//! What a clause is worth to a voter, and what the voter holds against it.

use super::interest::Interest;
use super::{MOST_GRIEVANCE, Package, obligation};
use crate::preference::loss;

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
                let ideal = self.interests.at(seat, clause).ideal;
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
        let undone = self.undone(question, seat);
        if undone >= 1.0 && self.is_out(seat, clause) {
            return (0.0, 0.0);
        }
        let point = obligation::effective(question.point, question.status_quo, undone);
        let interest = self.interests.at(seat, clause);
        let mut worth = 0.0;
        if interest.cares > 0.0 {
            // What other texts in force ask of it holds with and without this one.
            let loss = loss(point.max(interest.bound), interest.ideal, self.parameters.loss_exponent);
            worth = interest.salience * (interest.loss_before - loss) / interest.cares;
        }
        if question.undone > 0.0 && worth > 0.0 {
            let weight = self.interests.carried[seat].weight;
            worth *= 1.0 - obligation::leak(question.undone, weight * undone, question.weight);
        }
        worth -= self.burden_at(question, interest, point);
        let grievance = match point < interest.least || point > interest.most {
            true => 1.0 + interest.stake,
            false => (-worth).clamp(0.0, MOST_GRIEVANCE),
        };
        (worth, grievance)
    }

    /// Burden of a clause to a voter (in utility).
    pub(super) fn burden(&self, question: &Question, seat: usize) -> f64 {
        let undone = self.undone(question, seat);
        let point = obligation::effective(question.point, question.status_quo, undone);
        self.burden_at(question, self.interests.at(seat, question.clause), point)
    }

    /// Burden of what a clause obliges a voter to (in utility).
    fn burden_at(&self, question: &Question, interest: &Interest, point: f64) -> f64 {
        let beyond = (point - interest.at_home).max(0.0);
        self.parameters.burden_price * interest.borne * question.share_of_burden * beyond
    }
}
