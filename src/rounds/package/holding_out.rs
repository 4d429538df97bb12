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
use crate::clause_set::ClauseSet;
use crate::rounds::objection::{company, share, standing};
use crate::world::desk::HoldOuts;
use crate::world::sheet::{fill, lanes};
use crate::world::{Lane, TILE, each};

impl HoldOuts {
    /// Nobody holds out on anything.
    pub(super) fn clear(&mut self, company: impl ExactSizeIterator<Item = f64>, clauses: usize) {
        let voters = company.len();
        let blank = |row: &mut Vec<Lane>| fill(row, std::iter::repeat_n(0.0, voters), 0.0);
        blank(&mut self.insisted);
        blank(&mut self.costs);
        fill(&mut self.company, company, 0.0);
        for flags in [&mut self.earnest, &mut self.changed] {
            flags.clear();
            flags.resize(lanes(voters), [false; TILE]);
        }
        for clauses in [&mut self.insists, &mut self.on] {
            clauses.clear();
            clauses.resize(voters, ClauseSet::EMPTY);
        }
        self.against.clear();
        self.against.resize(clauses, 0);
    }

    /// Clauses that a voter holds out on.
    pub(super) fn of(&self, voter: usize) -> ClauseSet {
        self.on[voter]
    }

    /// Whether a voter insists that a clause go.
    #[cfg(test)]
    pub(super) fn insists_on(&self, voter: usize, clause: usize) -> bool {
        self.insists[voter].has(clause)
    }

    /// Whether anybody holds out on a clause.
    pub(super) fn is_against(&self, clause: usize) -> bool {
        self.against[clause] > 0
    }
}

impl Package<'_> {
    /// Has every voter ask anew whether to hold out on what it insists on.
    pub(super) fn hold_out(&mut self) {
        let left = self.included.iter().filter(|included| **included).count() as f64;
        for lane in 0..lanes(self.voters.len()) {
            let HoldOuts { insisted, costs, company, earnest, changed, .. } = &self.desk.holding;
            let (insisted, costs, company) = (&insisted[lane], &costs[lane], &company[lane]);
            let lacking = self.lacking(lane);
            let would_take: Lane = each(|i| lacking[i] + costs[i] - company[i]);
            let now = each(|i| insisted[i] > 0.0 && left > insisted[i] && would_take[i] <= 0.0);
            let (was, changed) = (earnest[lane], changed[lane]);
            if now == was && changed == [false; TILE] {
                continue;
            }
            for i in 0..TILE {
                if now[i] != was[i] || now[i] && changed[i] {
                    self.hold_out_on(lane * TILE + i, now[i]);
                }
            }
            self.desk.holding.earnest[lane] = now;
            self.desk.holding.changed[lane] = [false; TILE];
        }
    }

    /// Has a voter hold out on all that it insists on, or on nothing.
    fn hold_out_on(&mut self, voter: usize, in_earnest: bool) {
        let HoldOuts { insists, on, against, .. } = &mut self.desk.holding;
        let holds = if in_earnest { insists[voter] } else { ClauseSet::EMPTY };
        let held = std::mem::replace(&mut on[voter], holds);
        for clause in held ^ holds {
            let begins = holds.has(clause);
            let against = &mut against[clause];
            *against = if begins { *against + 1 } else { *against - 1 };
            self.desk.watched.turn(voter, clause, begins);
        }
    }

    /// Has every voter ask anew whether to insist that a clause go, which used to be worth `before` to each.
    pub(super) fn insist(&mut self, clause: usize, before: &[Lane]) {
        let everyone = self.rule.everyone_holds_a_veto();
        let (interests, weighed) = (&self.desk.interests, &self.desk.weighed);
        let (worth, grievance) = (weighed.worth.row(clause), weighed.grievance.row(clause));
        let mut losing = 0.0;
        for (worth, weight) in worth.iter().zip(&interests.weight) {
            let loses: Lane = each(|i| if worth[i] < -AT_THE_MARGIN { weight[i] } else { 0.0 });
            losing = loses.iter().fold(losing, |losing, weight| losing + weight);
        }
        let reluctant = share(losing, self.total_weight);
        let HoldOuts { insists: all, insisted, costs, changed, .. } = &mut self.desk.holding;
        let resolve = interests.resolve.row(clause);
        for (lane, voters) in self.voters.chunks(TILE).enumerate() {
            let (worth, grievance, before) = (&worth[lane], &grievance[lane], &before[lane]);
            let (own, alone, stakes) = (&interests.own[lane], &interests.alone[lane], &interests.stakes[lane]);
            let standing: Lane = each(|i| standing(alone[i], company(reluctant, own[i])));
            let pressure: Lane = each(|i| -worth[i] * stakes[i] * standing[i]);
            let presses: [bool; TILE] = each(|i| {
                // A crossed red line is an objection already.
                worth[i] < -AT_THE_MARGIN && grievance[i] < 1.0 && pressure[i] > resolve[lane][i]
            });
            for (i, voter) in voters.iter().enumerate() {
                let insists = presses[i] && (everyone || voter.veto);
                let set = &mut all[lane * TILE + i];
                let insisted_before = set.has(clause);
                if insists || insisted_before {
                    let was = if insisted_before { before[i] } else { 0.0 };
                    let is = if insists { worth[i] } else { 0.0 };
                    costs[lane][i] += is - was;
                }
                if insists != insisted_before {
                    set.toggle(clause);
                    insisted[lane][i] += if insists { 1.0 } else { -1.0 };
                    changed[lane][i] = true;
                }
            }
        }
    }

    /// Whether a voter holds out on anything.
    pub(super) fn holds_out(&self, voter: usize) -> bool {
        !self.desk.holding.on[voter].is_empty()
    }

    /// How many voters formally object to a clause of the package: those whose red line it crosses, and those who hold
    /// out on it.
    pub fn objections(&self, clause: usize) -> u32 {
        self.desk.weighed.crossing[clause] + self.desk.holding.against[clause]
    }
}
