//! What a clause is worth to the voters, and what they hold against it: lane by lane of voters, number by number and
//! without a branch, so that the compiler works on several voters at once.

use super::{MOST_GRIEVANCE, Package, obligation};
use crate::maths::{higher, pow};
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
        let bound = &interests.bound.row(clause)[lane];
        // What other texts in force ask of it holds with and without this one.
        let asked = each(|i| higher(point[i], bound[i]));
        let loss = losses(&asked, &interests.ideal.row(clause)[lane], self.parameters.loss_exponent);
        let (before, salience) = (&interests.loss_before.row(clause)[lane], &interests.salience.row(clause)[lane]);
        let cares = &interests.cares[lane];
        let worth: Lane = each(|i| salience[i] * (before[i] - loss[i]) / cares[i]);
        let worth = leaving(each(|i| if cares[i] > 0.0 { worth[i] } else { 0.0 }));

        let (at_home, borne) = (&interests.at_home.row(clause)[lane], &interests.borne.row(clause)[lane]);
        let beyond: Lane = each(|i| higher(point[i] - at_home[i], 0.0));
        let price = self.parameters.burden_price;
        let burden: Lane = each(|i| price * borne[i] * question.share_of_burden * beyond[i]);
        let worth: Lane = each(|i| worth[i] - burden[i]);

        let (least, most) = (&interests.least.row(clause)[lane], &interests.most.row(clause)[lane]);
        let stake = &interests.stake.row(clause)[lane];
        let dislike: Lane = each(|i| (-worth[i]).clamp(0.0, MOST_GRIEVANCE));
        let grievance = each(|i| if point[i] < least[i] || point[i] > most[i] { 1.0 + stake[i] } else { dislike[i] });
        Appraisal { worth, grievance, burden }
    }
}

/// [`loss`](crate::preference::loss) of texts at these points to countries with these ideal points.
#[inline(always)]
pub(super) fn losses(point: &Lane, ideal: &Lane, exponent: f64) -> Lane {
    let gap: Lane = each(|i| (point[i] - ideal[i]).abs());
    match exponent {
        1.0 => gap,
        2.0 => each(|i| gap[i] * gap[i]),
        _ => each(|i| pow(gap[i], exponent)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preference::loss;

    #[test]
    fn losses_are_those_of_each_alone() {
        let point = each(|i| i as f64 / 7.0);
        let ideal = each(|i| (i * 5 % 8) as f64 / 9.0);
        for exponent in [1.0, 1.5, 2.0] {
            assert_eq!(losses(&point, &ideal, exponent), each(|i| loss(point[i], ideal[i], exponent)));
        }
    }
}
