//! Obstacles: who stands in the way of the package, on which clause, and what it would take to win it.
//!
//! A member stands in the way by the clauses that cross its red lines or that it holds out on; where there are none, by the
//! one it dislikes most. Its *price* is what it would have to be given to accept (in utility): what the text leaves it
//! short of, and no less than what those clauses cost it. A red line is not for sale; its price is then the least that a
//! bargain over it could be about.

use super::{AT_THE_MARGIN, Package, Poll};
use crate::rules::Tally;

/// Objections to the package, pair by pair of voter and clause: a table, voter by voter; empty until a poll is lost.
#[derive(Default)]
pub(super) struct Watched {
    /// Polls on the whole lost so far (a count).
    lost: u32,
    /// Lost polls in which a voter objected to a clause. A pair that stands in the way now has the polls lost before it
    /// began taken off, and those lost until it ends added: nothing has to be counted at the poll.
    made: Vec<u32>,
    /// Those that were decisive.
    decisive: Vec<u32>,
}

impl Watched {
    /// A pair begins, or ends, to stand in the way.
    pub(super) fn turn(&mut self, cell: usize, was: bool, is: bool) {
        if was != is && self.lost > 0 {
            let made = &mut self.made[cell];
            *made = if is { made.wrapping_sub(self.lost) } else { made.wrapping_add(self.lost) };
        }
    }

    /// Makes room, once there is something to keep.
    fn open(&mut self, cells: usize) {
        self.made.resize(cells, 0);
        self.decisive.resize(cells, 0);
    }
}

impl Package<'_> {
    /// Whether a tally makes a text: the rule is met, and by enough members to be parties.
    pub(super) fn carries(&self, tally: &Tally) -> bool {
        self.rule.passes(tally) && tally.accepting as usize >= self.fewest_parties()
    }

    /// Whether a lost poll would have been carried had this objector accepted.
    fn hangs_on(&self, poll: &Poll, weight: f64, veto: bool) -> bool {
        !self.carries(&poll.tally) && self.carries(&poll.tally.won_over(weight, veto))
    }

    /// Notes a lost poll: who objected, on what, and whose objection was decisive.
    pub fn lose(&mut self, poll: &Poll, rank: impl Fn(usize) -> usize) {
        let clauses = self.point.len();
        self.watched.open(self.voters.len() * clauses);
        self.watched.lost += 1;
        let close = self.hangs_on(poll, poll.tally.weight, poll.tally.vetoes > 0);
        for &(seat, _) in &poll.objecting {
            let elsewhere = self.crossed[seat] == 0 && self.held_out_by(seat) == 0;
            if !elsewhere && !close {
                continue;
            }
            let on = self.stands_on(seat, &rank);
            if elsewhere {
                on.iter().for_each(|clause| self.watched.made[seat * clauses + clause] += 1);
            }
            let voter = &self.voters[seat];
            if close && self.hangs_on(poll, voter.strength.weight, voter.veto) {
                on.iter().for_each(|clause| self.watched.decisive[seat * clauses + clause] += 1);
            }
        }
    }

    /// Notes a lost poll on one clause as a module of its own.
    pub fn lose_module(&mut self, clause: usize, poll: &Poll, passed: bool) {
        let clauses = self.point.len();
        self.watched.open(self.voters.len() * clauses);
        for &(seat, _) in &poll.objecting {
            self.watched.made[seat * clauses + clause] += 1;
            let voter = &self.voters[seat];
            if !passed && self.hangs_on(poll, voter.strength.weight, voter.veto) {
                self.watched.decisive[seat * clauses + clause] += 1;
            }
        }
    }

    /// Objections of a voter over all lost polls, and those that were decisive, clause by clause.
    pub fn objections_of(&self, voter: usize) -> impl Iterator<Item = (u32, u32)> {
        let Watched { lost, made, decisive, .. } = &self.watched;
        let clauses = self.point.len();
        (voter * clauses..(voter + 1) * clauses).map(move |cell| {
            let stands = self.grievance[cell] >= 1.0 || self.holding.is_on(cell);
            (made[cell].wrapping_add(if stands { *lost } else { 0 }), decisive[cell])
        })
    }

    /// Whether there is any objection to tell of.
    pub fn was_objected_to(&self) -> bool {
        !self.watched.made.is_empty()
    }

    /// Clauses by which a voter that does not accept stands in the way.
    pub(super) fn stands_on(&self, seat: usize, rank: impl Fn(usize) -> usize) -> Vec<usize> {
        let all = 0..self.point.len();
        if self.crossed[seat] > 0 || self.held_out_by(seat) > 0 {
            return all.filter(|&clause| self.crosses(seat, clause) || self.holds_out_on(seat, clause)).collect();
        }
        let grievance = |clause: usize| self.grievance[seat * self.point.len() + clause];
        let worst = all.filter(|&clause| self.included[clause]).min_by(|&a, &b| {
            let by_grievance = grievance(b).total_cmp(&grievance(a));
            let by_worth = || self.worth(seat, a).total_cmp(&self.worth(seat, b));
            by_grievance.then_with(by_worth).then_with(|| rank(a).cmp(&rank(b)))
        });
        worst.into_iter().collect()
    }

    /// What it would take to have a voter accept (in utility), where it stands in the way by these clauses.
    pub(super) fn price(&self, seat: usize, on: &[usize], poll: &Poll) -> f64 {
        let company = self.exclusion.as_ref().map_or(0.0, |exclusion| exclusion.worth(seat, &poll.accepts));
        let short = self.lacking(seat) + AT_THE_MARGIN - company;
        let firm = |clause: &&usize| self.crosses(seat, **clause) || self.holds_out_on(seat, **clause);
        let costs = on.iter().filter(firm).map(|&clause| (-self.worth(seat, clause)).max(0.0));
        short.max(costs.sum()).max(0.0)
    }

    /// How a poll went, by the voices that the chair hears: all that accept, and what it would take to win the others
    /// (in utility), each by its voice.
    pub fn reception(&self, poll: &Poll) -> (f64, f64) {
        let (mut accepting, mut missing) = (0.0, 0.0);
        for (seat, (voice, _)) in self.voices(poll).into_iter().enumerate() {
            match poll.accepts[seat] {
                true => accepting += voice,
                false => missing += voice * self.price(seat, &[], poll),
            }
        }
        (accepting, missing)
    }

    /// Whether anybody holds out on a clause.
    pub fn is_held_out_on(&self, clause: usize) -> bool {
        self.holding.is_against(clause)
    }
}
