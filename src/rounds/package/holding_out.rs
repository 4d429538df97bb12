//! Holding out: a member that could live with the package insists that bracketed text be weakened or dropped.
//!
//! Brackets that did not fall in the rounds still stand for something: the alternative to a clause that a member
//! dislikes is not failure but the same text without it. A member that can stop the text by itself insists on that where
//! a bracketed clause costs it something against the status quo, with odds that grow with that cost and with its
//! standing, as in the rounds; its company are the others whom the clause costs something (Steinberg 2002: consensus
//! lets the strong insist and the weak acquiesce; Odell 2000 on claiming tactics).
//!
//! It holds out only while the alternative is one: a text without all that it insists on has something left in it, and is
//! worth to it, in everyone's company, no less than its reservation value. Where nothing would be left, or nothing that it
//! would take rather than no text, insisting asks for failure and not for a better text; the member then weighs the
//! package as a whole against failure, as everyone does (Lax & Sebenius 1986: claims are made within what beats no
//! agreement; Schelling 1960: a threat is part of an offer). Its crossed red lines are left aside: they are objections
//! already.

use super::{AT_THE_MARGIN, Package};
use crate::rounds::objection::{company, share, standing};

/// Who holds out on what.
pub(super) struct HoldOuts {
    /// Whether a voter insists that a clause go; voter by voter.
    insists: Vec<bool>,
    /// On how many clauses each voter insists.
    insisted: Vec<u32>,
    /// What the clauses are worth together that each voter insists on (in utility, ≤ 0).
    costs: Vec<f64>,
    /// Whether each is in earnest: it holds out on all that it insists on.
    earnest: Vec<bool>,
    /// Whether what each insists on has changed since it was asked.
    changed: Vec<bool>,
    /// What everyone's company would be worth to each voter (in utility).
    company: Vec<f64>,
    /// Whether a voter holds out on a clause; voter by voter.
    on: Vec<bool>,
    /// On how many clauses each voter holds out.
    by: Vec<u32>,
    /// How many voters hold out on each clause.
    against: Vec<u32>,
}

impl HoldOuts {
    pub(super) fn none(company: Vec<f64>, clauses: usize) -> Self {
        let voters = company.len();
        HoldOuts {
            insists: vec![false; voters * clauses],
            insisted: vec![0; voters],
            costs: vec![0.0; voters],
            earnest: vec![false; voters],
            changed: vec![false; voters],
            company,
            on: vec![false; voters * clauses],
            by: vec![0; voters],
            against: vec![0; clauses],
        }
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
    /// Has every voter ask anew whether to hold out on what it insists on.
    pub(super) fn hold_out(&mut self) {
        let left = self.included.iter().filter(|included| **included).count();
        let clauses = self.point.len();
        for seat in 0..self.voters.len() {
            let HoldOuts { insisted, costs, company, earnest, changed, .. } = &self.holding;
            let something = left > insisted[seat] as usize;
            let now = insisted[seat] > 0 && something && self.lacking(seat) + costs[seat] - company[seat] <= 0.0;
            if !now && !earnest[seat] || now == earnest[seat] && !changed[seat] {
                continue;
            }
            self.holding.earnest[seat] = now;
            for cell in seat * clauses..(seat + 1) * clauses {
                let holds = now && self.holding.insists[cell];
                let held = std::mem::replace(&mut self.holding.on[cell], holds);
                if held != holds {
                    let HoldOuts { by, against, .. } = &mut self.holding;
                    let (by, against) = (&mut by[seat], &mut against[cell - seat * clauses]);
                    *by = *by + u32::from(holds) - u32::from(held);
                    *against = *against + u32::from(holds) - u32::from(held);
                    self.watched.turn(cell, held, holds);
                }
            }
        }
        self.holding.changed.fill(false);
    }

    /// Has every voter ask anew whether to insist that a clause go, which used to be worth `before` to each.
    pub(super) fn insist(&mut self, clause: usize, before: &[f64]) {
        let (seats, clauses) = (self.voters.len(), self.point.len());
        let worth = &self.worth[clause * seats..(clause + 1) * seats];
        let losing = self.interests.carried.iter().zip(worth).filter(|(_, worth)| **worth < -AT_THE_MARGIN);
        let reluctant = share(losing.map(|(carried, _)| carried.weight).sum(), self.total_weight);
        let everyone = self.rule.everyone_holds_a_veto();
        let interests = self.interests.in_clause(clause);
        for (seat, (voter, &worth)) in self.voters.iter().zip(worth).enumerate() {
            let carried = self.interests.carried[seat];
            let pressure = || {
                let company = company(reluctant, carried.own);
                -worth * carried.stakes * standing(voter.strength, company)
            };
            let insists = worth < -AT_THE_MARGIN
                && self.included[clause]
                // A crossed red line is an objection already.
                && self.grievance[seat * clauses + clause] < 1.0
                && (everyone || voter.veto)
                && pressure() > interests[seat].resolve;
            let HoldOuts { insists: all, insisted, costs, changed, .. } = &mut self.holding;
            let insisted_before = std::mem::replace(&mut all[seat * clauses + clause], insists);
            if insists || insisted_before {
                insisted[seat] = insisted[seat] + u32::from(insists) - u32::from(insisted_before);
                let was = if insisted_before { before[seat] } else { 0.0 };
                let is = if insists { worth } else { 0.0 };
                costs[seat] += is - was;
                changed[seat] |= insists != insisted_before;
            }
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
