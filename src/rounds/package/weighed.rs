//! How the clauses were weighed, noted lane by lane.

use crate::clause_set::ClauseSet;
use crate::world::desk::Weighed;
use crate::world::sheet::fill;
use crate::world::{Lane, TILE, each};

impl Weighed {
    /// Nothing is weighed.
    pub(super) fn clear(&mut self, voters: usize, clauses: usize) {
        self.worth.lay(voters, clauses, 0.0);
        self.grievance.lay(voters, clauses, 0.0);
        self.burden.fit(voters, clauses, 0.0);
        for row in [&mut self.worths, &mut self.worth_before] {
            fill(row, std::iter::repeat_n(0.0, voters), 0.0);
        }
        self.crossed.clear();
        self.crossed.resize(voters, ClauseSet::EMPTY);
        self.crossing.clear();
        self.crossing.resize(clauses, 0);
    }

    /// Notes what a clause is worth to the voters of a lane, and what they hold against it; returns for whom it began, or
    /// ceased, to cross a red line.
    #[inline(always)]
    pub(super) fn note(&mut self, clause: usize, lane: usize, worth: Lane, grievance: Lane) -> [bool; TILE] {
        let before = std::mem::replace(&mut self.worth.row_mut(clause)[lane], worth);
        self.worth_before[lane] = before;
        let worths = &mut self.worths[lane];
        *worths = each(|i| worths[i] + (worth[i] - before[i]));
        let held = std::mem::replace(&mut self.grievance.row_mut(clause)[lane], grievance);
        each(|i| (held[i] >= 1.0) != (grievance[i] >= 1.0))
    }
}
