//! Holding out: a member that could live with the package insists that bracketed text be weakened or dropped.
//!
//! Brackets that did not fall in the rounds still stand for something: the alternative to a clause that a member
//! dislikes is not failure but the same text without it. A member that can stop the text by itself holds out on a
//! bracketed clause that costs it something against the status quo, with odds that grow with that cost and with its
//! standing, as in the rounds; its company are the others whom the clause costs something (Steinberg 2002: consensus
//! lets the strong insist and the weak acquiesce; Odell 2000 on claiming tactics).

use super::{AT_THE_MARGIN, Package};
use crate::rounds::objection::{company, share, standing};

/// Who holds out on what.
pub(super) struct HoldOuts {
    /// Whether a voter holds out on a clause; voter by voter.
    on: Vec<bool>,
    /// On how many clauses each voter holds out.
    by: Vec<u32>,
    /// How many voters hold out on each clause.
    against: Vec<u32>,
}

impl HoldOuts {
    pub(super) fn none(voters: usize, clauses: usize) -> Self {
        HoldOuts { on: vec![false; voters * clauses], by: vec![0; voters], against: vec![0; clauses] }
    }

    /// Whether the voter and clause of a cell are such a pair.
    pub(super) fn is_on(&self, cell: usize) -> bool {
        self.on[cell]
    }

    /// Whether anybody holds out on a clause.
    pub(super) fn is_against(&self, clause: usize) -> bool {
        self.against[clause] > 0
    }
}

impl Package<'_> {
    /// Has every voter ask anew whether to hold out on a clause.
    pub(super) fn hold_out(&mut self, clause: usize) {
        if !self.bracketed[clause] {
            return;
        }
        let (seats, clauses) = (self.voters.len(), self.point.len());
        let worth = &self.worth[clause * seats..(clause + 1) * seats];
        let losing = self.voters.iter().zip(worth).filter(|(_, worth)| **worth < -AT_THE_MARGIN);
        let reluctant = share(losing.map(|(voter, _)| voter.strength.weight).sum(), self.total_weight);
        let everyone = self.forum.rule.everyone_holds_a_veto();
        for (seat, (voter, &worth)) in self.voters.iter().zip(worth).enumerate() {
            let company = company(reluctant, share(voter.strength.weight, self.total_weight));
            let pressure = -worth * voter.instructions.stakes * standing(voter.strength, company);
            let holds = (everyone || voter.veto)
                && self.included[clause]
                // A crossed red line is an objection already.
                && self.grievance[seat * clauses + clause] < 1.0
                && worth < -AT_THE_MARGIN
                && pressure > voter.instructions.resolve[clause];
            let HoldOuts { on, by, against } = &mut self.holding;
            let held = std::mem::replace(&mut on[seat * clauses + clause], holds);
            by[seat] = by[seat] + u32::from(holds) - u32::from(held);
            against[clause] = against[clause] + u32::from(holds) - u32::from(held);
            self.watched.turn(seat * clauses + clause, held, holds);
        }
    }

    /// Whether a voter holds out on a clause.
    pub(super) fn holds_out_on(&self, seat: usize, clause: usize) -> bool {
        self.holding.on[seat * self.point.len() + clause]
    }

    /// On how many clauses a voter holds out.
    pub(super) fn held_out_by(&self, seat: usize) -> u32 {
        self.holding.by[seat]
    }

    /// How many voters formally object to a clause of the package: those whose red line it crosses, and those who hold
    /// out on it.
    pub fn objections(&self, clause: usize) -> u32 {
        self.crossing[clause] + self.holding.against[clause]
    }
}
