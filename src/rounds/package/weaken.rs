//! Giving way: a clause goes a rung, or a step, towards the status quo, or out.

use super::{AT_THE_MARGIN, Package, Poll};
use crate::scenario::Clause;
use crate::world::TILE;

/// Step by which a clause on a continuous scale is weakened [share of the scale].
const STEP: f64 = 0.1;

impl Package<'_> {
    /// Weakens a clause by one rung, or one step, towards the status quo; takes it out where that reaches it. Returns
    /// the new point, or none where the clause is out.
    pub fn weaken(&mut self, clause: usize) -> Option<f64> {
        let (from, to) = (self.point[clause], self.forum.status_quo[clause]);
        let weaker = step_towards(self.clauses[clause], from, to);
        match weaker {
            Some(point) if self.clauses[clause].is_provision(point) => self.point[clause] = point,
            _ => self.included[clause] = false,
        }
        self.weigh(clause);
        self.included[clause].then_some(self.point[clause])
    }

    /// What those who stand in the way would gain, by their voices, if a clause went one step; clause by clause. Where every
    /// clause is worth something to each of them and the whole is not worth enough, this is what is left to be told of
    /// their opposition.
    pub(super) fn asked_for(&self, poll: &Poll) -> Vec<f64> {
        let in_the_way = self.in_the_way(poll);
        let weaker = |clause: usize| {
            let next = step_towards(self.clauses[clause], self.point[clause], self.forum.status_quo[clause]);
            next.filter(|&point| self.included[clause] && self.clauses[clause].is_provision(point))
        };
        let gained = |clause: usize| {
            let Some(point) = weaker(clause) else { return 0.0 };
            let question = self.question_at(clause, point, self.exception[clause]);
            let mut gained = 0.0;
            for (lane, worth) in self.desk.weighed.worth.row(clause).iter().enumerate() {
                let then = self.appraise(&question, lane).worth;
                for (i, seat) in (lane * TILE..self.voters.len()).take(TILE).enumerate() {
                    let gain = then[i] - worth[i];
                    if in_the_way(seat) && gain > AT_THE_MARGIN {
                        gained += self.desk.hearing.voice(seat) * gain;
                    }
                }
            }
            gained
        };
        (0..self.point.len()).map(gained).collect()
    }

    /// Whether a clause would go out if it were weakened.
    pub fn goes_out(&self, clause: usize) -> bool {
        let next = step_towards(self.clauses[clause], self.point[clause], self.forum.status_quo[clause]);
        !next.is_some_and(|point| self.clauses[clause].is_provision(point))
    }

    /// Whether nothing would be left if a clause were weakened.
    pub fn hangs_by(&self, clause: usize) -> bool {
        self.goes_out(clause) && !(0..self.point.len()).any(|other| self.included[other] && other != clause)
    }

    /// Puts a clause at a point, or out.
    pub fn put(&mut self, clause: usize, point: f64, included: bool) {
        (self.point[clause], self.included[clause]) = (point, included);
        self.weigh(clause);
    }
}

/// The next text on the way to the status quo, if there is one before it.
pub(in crate::rounds) fn step_towards(clause: &Clause, from: f64, to: f64) -> Option<f64> {
    let on_the_way = |point: f64| (point - to).abs() > 1e-9 && (point > to) == (from > to) && point != from;
    let next = match clause.nearest_rung(from) {
        None => from + STEP * (to - from).signum(),
        Some(rung) if from > to => clause.rungs[rung.checked_sub(1)?].position,
        Some(rung) => clause.rungs.get(rung + 1)?.position,
    };
    (from != to && on_the_way(next)).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ladder_is_weakened_rung_by_rung_and_never_past_the_status_quo() {
        let ladder = Clause::ladder(&[0.0, 0.1, 0.7, 1.0]);
        assert_eq!(step_towards(&ladder, 1.0, 0.0), Some(0.7));
        assert_eq!(step_towards(&ladder, 0.7, 0.0), Some(0.1));
        assert_eq!(step_towards(&ladder, 0.1, 0.0), None);
        assert_eq!(step_towards(&ladder, 1.0, 0.7), None);
        assert_eq!(step_towards(&ladder, 0.1, 1.0), Some(0.7));
        assert_eq!(step_towards(&ladder, 0.7, 0.7), None);
    }

    #[test]
    fn a_continuous_clause_is_weakened_in_steps_from_either_side() {
        let scale = Clause::ladder(&[]);
        assert!((step_towards(&scale, 0.5, 0.0).unwrap() - 0.4).abs() < 1e-12);
        assert!((step_towards(&scale, 0.5, 1.0).unwrap() - 0.6).abs() < 1e-12);
        assert_eq!(step_towards(&scale, 0.05, 0.0), None);
    }
}
