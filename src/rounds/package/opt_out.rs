//! Opt-outs: a member leaves a clause aside instead of blocking the package.
//!
//! As with the protocols that keep some members of the European Union out of single policies (Adler-Nissen 2014), a
//! member that opted out is not bound, keeps the status quo on the clause, does not object to it, and is a party to the
//! rest. It opts out of as few clauses as let it accept, what it opposes most first, and only where that is enough; once
//! out, it stays out. Those rules are judgements.

use super::{Package, Poll};
use crate::clause_set::ClauseSet;
use crate::world::TILE;
use crate::world::sheet::lanes;

impl Package<'_> {
    /// Opt-outs, as seat and clause, that those who stand in the way would take to accept the package as it is.
    pub fn opt_outs(&self, poll: &Poll, rank: impl Fn(usize) -> usize) -> Vec<(usize, usize)> {
        let Some(terms) = &self.forum.terms.opt_outs else {
            return Vec::new();
        };
        let clauses = self.point.len();
        let mut taken = Vec::new();
        let in_the_way = self.in_the_way(poll);
        for seat in (0..self.voters.len()).filter(|&seat| in_the_way(seat)) {
            let used = (0..clauses).filter(|&clause| self.is_out(seat, clause)).count();
            let grievance = |clause: usize| self.desk.weighed.grievance.at(seat, clause);
            let open = |clause: &usize| terms.clauses[*clause] && grievance(*clause) > 0.0;
            let mut opposed: Vec<usize> = (0..clauses).filter(open).collect();
            opposed.sort_by(|&a, &b| grievance(b).total_cmp(&grievance(a)).then_with(|| rank(a).cmp(&rank(b))));
            let company = self.exclusion.as_ref().map_or(0.0, |exclusion| exclusion.worth(seat, &poll.accepts));
            let mut shortfall = self.lacking_of(seat) - company;
            let mut firm = self.stands_firm_on(seat);
            let mut out = 0;
            for &clause in opposed.iter().take((terms.at_most as usize).saturating_sub(used)) {
                if firm.is_empty() && shortfall <= 0.0 {
                    break;
                }
                out += 1;
                firm.remove(clause);
                shortfall += self.worth(seat, clause);
            }
            if firm.is_empty() && shortfall <= 0.0 {
                taken.extend(opposed[..out].iter().map(|&clause| (seat, clause)));
            }
        }
        taken
    }

    /// Has members opt out of clauses.
    pub fn opt_out(&mut self, taken: &[(usize, usize)]) {
        let (lanes, clauses) = (lanes(self.voters.len()), self.point.len());
        self.desk.opted_out.resize(lanes * clauses, [false; TILE]);
        for &(seat, clause) in taken {
            self.desk.opted_out[clause * lanes + seat / TILE][seat % TILE] = true;
        }
        for clause in 0..clauses {
            if taken.iter().any(|&(_, out)| out == clause) {
                self.weigh(clause);
            }
        }
    }

    /// Whether a member opted out of a clause.
    pub fn is_out(&self, seat: usize, clause: usize) -> bool {
        self.out_of(clause, seat / TILE)[seat % TILE]
    }

    /// Who of the voters of a lane opted out of a clause.
    pub(super) fn out_of(&self, clause: usize, lane: usize) -> [bool; TILE] {
        let opted_out = &self.desk.opted_out;
        opted_out.get(clause * lanes(self.voters.len()) + lane).copied().unwrap_or([false; TILE])
    }

    /// Clauses of the package that a member is out of.
    pub fn clauses_out(&self, seat: usize) -> ClauseSet {
        let out = |clause: &usize| self.included[*clause] && self.is_out(seat, *clause);
        (0..self.point.len()).filter(out).collect()
    }

    /// How many of these parties are out of a clause.
    pub fn parties_out(&self, clause: usize, parties: &[bool]) -> u32 {
        (0..parties.len()).filter(|&seat| parties[seat] && self.is_out(seat, clause)).count() as u32
    }
}
