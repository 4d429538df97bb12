//! Opt-outs: a member leaves a clause aside instead of blocking the package.
//!
//! As with the protocols that keep some members of the European Union out of single policies (Adler-Nissen 2014), a
//! member that opted out is not bound, keeps the status quo on the clause, does not object to it, and is a party to the
//! rest. It opts out of as few clauses as let it accept, what it opposes most first, and only where that is enough; once
//! out, it stays out. Those rules are judgements.

use super::{Package, Poll};
use crate::world::bit;

impl Package<'_> {
    /// Opt-outs, as seat and clause, that those who stand in the way would take to accept the package as it is.
    pub fn opt_outs(&self, poll: &Poll, rank: impl Fn(usize) -> usize) -> Vec<(usize, usize)> {
        let Some(terms) = &self.forum.terms.opt_outs else {
            return Vec::new();
        };
        let clauses = self.point.len();
        let mut taken = Vec::new();
        for (seat, _) in self.voices(poll).iter().enumerate().filter(|(_, (_, in_the_way))| *in_the_way) {
            let used = (0..clauses).filter(|&clause| self.is_out(seat, clause)).count();
            let grievances = &self.grievance[seat * clauses..(seat + 1) * clauses];
            let open = |clause: &usize| terms.clauses[*clause] && grievances[*clause] > 0.0;
            let mut opposed: Vec<usize> = (0..clauses).filter(open).collect();
            opposed.sort_by(|&a, &b| grievances[b].total_cmp(&grievances[a]).then_with(|| rank(a).cmp(&rank(b))));
            let company = self.exclusion.as_ref().map_or(0.0, |exclusion| exclusion.worth(seat, &poll.accepts));
            let (mut crossed, mut shortfall) = (self.crossed[seat], self.lacking(seat) - company);
            let mut held = self.held_out_by(seat);
            let mut out = 0;
            for &clause in opposed.iter().take((terms.at_most as usize).saturating_sub(used)) {
                if crossed == 0 && held == 0 && shortfall <= 0.0 {
                    break;
                }
                out += 1;
                crossed -= u32::from(grievances[clause] >= 1.0);
                held -= u32::from(self.holds_out_on(seat, clause));
                shortfall += self.worth(seat, clause);
            }
            if crossed == 0 && held == 0 && shortfall <= 0.0 {
                taken.extend(opposed[..out].iter().map(|&clause| (seat, clause)));
            }
        }
        taken
    }

    /// Has members opt out of clauses.
    pub fn opt_out(&mut self, taken: &[(usize, usize)]) {
        let (seats, clauses) = (self.voters.len(), self.point.len());
        self.opted_out.resize(seats * clauses, false);
        for &(seat, clause) in taken {
            self.opted_out[clause * seats + seat] = true;
        }
        for clause in 0..clauses {
            if taken.iter().any(|&(_, out)| out == clause) {
                self.weigh(clause);
            }
        }
    }

    /// Whether a member opted out of a clause.
    pub fn is_out(&self, seat: usize, clause: usize) -> bool {
        self.opted_out.get(clause * self.voters.len() + seat).is_some_and(|out| *out)
    }

    /// Clauses of the package that a member is out of: bits by their place on the agenda.
    pub fn clauses_out(&self, seat: usize) -> u128 {
        let out = |clause: &usize| self.included[*clause] && self.is_out(seat, *clause);
        (0..self.point.len()).filter(out).fold(0, |set, clause| set | bit(clause))
    }

    /// How many of these parties are out of a clause.
    pub fn parties_out(&self, clause: usize, parties: &[bool]) -> u32 {
        (0..parties.len()).filter(|&seat| parties[seat] && self.is_out(seat, clause)).count() as u32
    }
}
