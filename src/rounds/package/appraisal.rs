//! What a clause is worth to the voters, and what they hold against it: lane by lane of voters, number by number and
//! without a branch, so that the compiler works on several voters at once.

use super::{MOST_GRIEVANCE, Package};
use crate::preference::obligation;
use crate::preference::valuation::{Interest, Worth, worth};
use crate::world::{Lane, TILE, each};

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
}

/// What a clause is worth to the voters of a lane, the burden taken off; what they hold against it; and that burden (all in
/// utility).
pub(super) struct Appraisal {
    pub worth: Lane,
    pub grievance: Lane,
    pub burden: Lane,
}

impl Appraisal {
    /// Of a clause that is not in the package.
    pub(super) const NOTHING: Appraisal = Appraisal { worth: [0.0; TILE], grievance: [0.0; TILE], burden: [0.0; TILE] };
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
            qualified: degree > 0.0 || !self.desk.opted_out.is_empty(),
            undone: 0.0,
        };
        if question.qualified {
            for (lane, weight) in self.desk.interests.weight.iter().enumerate() {
                let undone = self.undone(&question, lane);
                (0..TILE).for_each(|i| question.undone += weight[i] * undone[i]);
            }
        }
        question
    }

    /// Share of a clause's depth that the voters of a lane leave undone [0–1].
    #[inline(always)]
    fn undone(&self, question: &Question, lane: usize) -> Lane {
        let &Question { clause, point, degree, status_quo, .. } = question;
        let ideal = &self.desk.interests.ideal.row(clause)[lane];
        let out = self.out_of(clause, lane);
        let undone: Lane = each(|i| obligation::undone(point, status_quo, ideal[i], degree));
        each(|i| if out[i] { 1.0 } else { undone[i] })
    }

    /// What a clause of the package is worth to the voters of a lane, and what they hold against it: what it gains in policy
    /// over the status quo, less the burden of putting it into practice. A gain is the smaller the more of the clause others
    /// leave undone. To who is out of it, it is nothing.
    #[inline(always)]
    pub(super) fn appraise(&self, question: &Question, lane: usize) -> Appraisal {
        if !question.qualified {
            return self.appraise_at(question, lane, &[question.point; TILE], |worth| worth);
        }
        let undone = self.undone(question, lane);
        let point = each(|i| obligation::effective(question.point, question.status_quo, undone[i]));
        let interests = &self.desk.interests;
        let weight = &interests.weight[lane];
        let others: Lane =
            each(|i| 1.0 - obligation::leak(question.undone, weight[i] * undone[i], interests.all_weight));
        let others = |worth: Lane| each(|i| if worth[i] > 0.0 { worth[i] * others[i] } else { worth[i] });
        let leaks = question.undone > 0.0;
        let bound = self.appraise_at(question, lane, &point, |worth| if leaks { others(worth) } else { worth });
        let out = self.out_of(question.clause, lane);
        let unless_out = |of: Lane| each(|i| if out[i] { 0.0 } else { of[i] });
        Appraisal {
            worth: unless_out(bound.worth),
            grievance: unless_out(bound.grievance),
            burden: unless_out(bound.burden),
        }
    }

    /// The appraisal by the voters of a lane of what the clause obliges each to, given what `leaving` leaves of a gain in
    /// policy.
    #[inline(always)]
    fn appraise_at(&self, question: &Question, lane: usize, point: &Lane, leaving: impl Fn(Lane) -> Lane) -> Appraisal {
        let (clause, interests) = (question.clause, &self.desk.interests);
        let (price, borne) = (self.parameters.burden_price, &interests.borne.row(clause)[lane]);
        let interest = Interest {
            ideal: &interests.ideal.row(clause)[lane],
            salience: &interests.salience.row(clause)[lane],
            total_salience: &interests.cares[lane],
            bound: &interests.bound.row(clause)[lane],
            loss_before: &interests.loss_before.row(clause)[lane],
            at_home: &interests.at_home.row(clause)[lane],
            full_burden: each(|i| price * borne[i] * question.share_of_burden),
        };
        let Worth { net: worth, burden } = worth(point, &interest, self.parameters.loss_exponent, leaving);

        let (least, most) = (&interests.least.row(clause)[lane], &interests.most.row(clause)[lane]);
        let stake = &interests.stake.row(clause)[lane];
        let dislike: Lane = each(|i| (-worth[i]).clamp(0.0, MOST_GRIEVANCE));
        let grievance = each(|i| if point[i] < least[i] || point[i] > most[i] { 1.0 + stake[i] } else { dislike[i] });
        Appraisal { worth, grievance, burden }
    }
}
