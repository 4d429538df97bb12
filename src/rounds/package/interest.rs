//! What is at stake for whom: of every voter and clause, what weighing the clause reads, side by side.
//!
//! A clause is weighed again and again while the chair gives way, always by all voters. Read where it is kept (with the
//! delegation, with the member of the scenario) that would be a walk through memory for every number.

use super::{Proposal, Voter};
use crate::maths::higher;
use crate::preference::valuation;
use crate::rounds::objection::share;
use crate::scenario::Forum;
use crate::world::desk::{AtHome, Interests};
use crate::world::sheet::fill;
use crate::world::{DrawnParameters, Lane, ON_THE_LINE, each};

impl AtHome {
    fn look_up(&mut self, voters: &[Voter], clauses: usize) {
        if self.seats.iter().copied().eq(voters.iter().map(|voter| voter.seat)) {
            return;
        }
        self.seats.clear();
        self.seats.extend(voters.iter().map(|voter| voter.seat));
        self.regime.lay(voters.len(), clauses, 0.0);
        self.left.lay(voters.len(), clauses, 0.0);
        for (place, voter) in voters.iter().enumerate() {
            self.regime.write(place, voter.member.mandates.iter().map(|mandate| mandate.regime));
            self.left.write(place, voter.member.relief.iter().map(|relief| 1.0 - relief));
        }
    }
}

impl Proposal<'_> {
    /// Lays out the interests of those who vote on it.
    pub(super) fn lay_out(&mut self) {
        let Proposal { forum, parameters, voters, total_weight, desk, .. } = self;
        desk.interests.lay_out(forum, parameters, voters, *total_weight);
    }
}

impl Interests {
    fn lay_out(&mut self, forum: &Forum, parameters: &DrawnParameters, voters: &[Voter], total_weight: f64) {
        let clauses = forum.status_quo.len();
        let row = |row: &mut Vec<Lane>, of: fn(&Voter) -> f64, rest| fill(row, voters.iter().map(of), rest);
        row(&mut self.cares, |voter| voter.instructions.total_salience, 0.0);
        row(&mut self.weight, |voter| voter.strength.weight, 0.0);
        row(&mut self.alone, |voter| voter.strength.alone, 0.0);
        row(&mut self.stakes, |voter| voter.instructions.stakes, 0.0);
        row(&mut self.reservation, |voter| voter.instructions.reservation, f64::INFINITY);
        row(&mut self.package_resolve, |voter| voter.instructions.package_resolve, f64::INFINITY);
        fill(&mut self.own, voters.iter().map(|voter| share(voter.strength.weight, total_weight)), 0.0);
        self.all_weight = voters.iter().fold(0.0, |sum, voter| sum + voter.strength.weight);

        for (sheet, number) in [
            (&mut self.ideal, 0.0),
            (&mut self.salience, 0.0),
            (&mut self.stake, 0.0),
            (&mut self.least, f64::NEG_INFINITY),
            (&mut self.most, f64::INFINITY),
            (&mut self.resolve, f64::INFINITY),
            (&mut self.bound, 0.0),
            (&mut self.at_home, 0.0),
            (&mut self.borne, 0.0),
            (&mut self.loss_before, 0.0),
        ] {
            sheet.fit(voters.len(), clauses, number);
        }
        for (place, Voter { instructions, .. }) in voters.iter().enumerate() {
            self.ideal.write(place, instructions.ideal.iter().copied());
            self.salience.write(place, instructions.salience.iter().copied());
            self.stake.write(place, instructions.stake.iter().copied());
            self.least.write(place, instructions.floor.iter().map(|floor| floor - ON_THE_LINE));
            self.most.write(place, instructions.ceiling.iter().map(|ceiling| ceiling + ON_THE_LINE));
            self.resolve.write(place, instructions.resolve.iter().copied());
            self.bound.write(place, instructions.bound.iter().copied());
        }
        self.at_home_by_law.look_up(voters, clauses);
        let mut lacks = Vec::new();
        fill(&mut lacks, voters.iter().map(|voter| 1.0 - voter.strength.capacity), 0.0);
        for (clause, &status_quo) in forum.status_quo.iter().enumerate() {
            let (regime, left) = (self.at_home_by_law.regime.row(clause), self.at_home_by_law.left.row(clause));
            let (ideal, bound) = (self.ideal.row(clause), self.bound.row(clause));
            let at_home = self.at_home.row_mut(clause);
            let borne = self.borne.row_mut(clause);
            let loss_before = self.loss_before.row_mut(clause);
            for lane in 0..lacks.len() {
                at_home[lane] = each(|i| higher(regime[lane][i], bound[lane][i]));
                borne[lane] = each(|i| lacks[lane][i] * left[lane][i]);
                loss_before[lane] =
                    valuation::loss_before(status_quo, &bound[lane], &ideal[lane], parameters.loss_exponent);
            }
        }
    }
}
