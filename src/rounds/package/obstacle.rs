//! Obstacles: who stands in the way of the package, on which clause, and what it would take to win it.
//!
//! A member stands in the way by the clauses that cross its red lines or that it holds out on; where there are none, by the
//! one it dislikes most. Its *price* is what it would have to be given to accept (in utility): what the text leaves it
//! short of, and no less than what those clauses cost it. A red line is not for sale; its price is then the least that a
//! bargain over it could be about.

use super::{AT_THE_MARGIN, Package, Poll};
use crate::clause_set::ClauseSet;
use crate::rules::Tally;
use crate::world::desk::Watched;

impl Watched {
    /// Nothing is lost yet.
    pub(super) fn clear(&mut self) {
        self.lost = 0;
        self.made.clear();
        self.decisive.clear();
        self.noted.clear();
    }

    /// A pair begins, or ends, to stand in the way.
    pub(super) fn turn(&mut self, voter: usize, clause: usize, begins: bool) {
        if self.lost > 0 {
            self.noted[voter].insert(clause);
            let made = &mut self.made[voter * self.clauses + clause];
            *made = if begins { made.wrapping_sub(self.lost) } else { made.wrapping_add(self.lost) };
        }
    }

    /// Counts an objection, and whether it was decisive.
    fn count(&mut self, voter: usize, clause: usize, made: bool, decisive: bool) {
        self.noted[voter].insert(clause);
        let cell = voter * self.clauses + clause;
        self.made[cell] = self.made[cell].wrapping_add(u32::from(made));
        self.decisive[cell] += u32::from(decisive);
    }

    /// Makes room, once there is something to keep.
    fn open(&mut self, voters: usize, clauses: usize) {
        self.clauses = clauses;
        self.made.resize(voters * clauses, 0);
        self.decisive.resize(voters * clauses, 0);
        self.noted.resize(voters, ClauseSet::EMPTY);
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
        let (voters, clauses) = (self.voters.len(), self.point.len());
        self.desk.watched.open(voters, clauses);
        self.desk.watched.lost += 1;
        let close = self.hangs_on(poll, poll.tally.weight, poll.tally.vetoes > 0);
        for &(seat, _) in &poll.objecting {
            let elsewhere = self.stands_firm_on(seat).is_empty();
            let voter = &self.voters[seat];
            let decisive = close && self.hangs_on(poll, voter.strength.weight, voter.veto);
            if elsewhere || decisive {
                let on = self.stands_on(seat, &rank);
                on.iter().for_each(|clause| self.desk.watched.count(seat, clause, elsewhere, decisive));
            }
        }
    }

    /// Notes a lost poll on one clause as a module of its own.
    pub fn lose_module(&mut self, clause: usize, poll: &Poll, passed: bool) {
        let (voters, clauses) = (self.voters.len(), self.point.len());
        self.desk.watched.open(voters, clauses);
        for &(seat, _) in &poll.objecting {
            let voter = &self.voters[seat];
            let decisive = !passed && self.hangs_on(poll, voter.strength.weight, voter.veto);
            self.desk.watched.count(seat, clause, true, decisive);
        }
    }

    /// Objections of a voter over all lost polls, and those that were decisive, by the clauses on which there were any.
    pub fn objections_of(&self, voter: usize) -> impl Iterator<Item = (usize, u32, u32)> {
        let Watched { lost, made, decisive, noted, clauses } = &self.desk.watched;
        let stands = self.stands_firm_on(voter);
        (noted[voter] | stands).iter().map(move |clause| {
            let cell = voter * clauses + clause;
            let since = if stands.has(clause) { *lost } else { 0 };
            (clause, made[cell].wrapping_add(since), decisive[cell])
        })
    }

    /// Whether there is any objection to tell of.
    pub fn was_objected_to(&self) -> bool {
        !self.desk.watched.made.is_empty()
    }

    /// Clauses that cross a red line of a voter, or that it holds out on.
    pub(super) fn stands_firm_on(&self, seat: usize) -> ClauseSet {
        self.desk.weighed.crossed[seat] | self.desk.holding.of(seat)
    }

    /// Whether somebody that can stop the text alone stands firm: whatever is offered against the burden or the shortfall
    /// of anybody, the text is not carried as it is.
    pub(super) fn is_stopped_firmly(&self) -> bool {
        let everyone = self.rule.everyone_holds_a_veto();
        let mut voters = self.voters.iter().enumerate();
        voters.any(|(seat, voter)| (everyone || voter.veto) && !self.stands_firm_on(seat).is_empty())
    }

    /// Clauses by which a voter that does not accept stands in the way.
    pub(super) fn stands_on(&self, seat: usize, rank: impl Fn(usize) -> usize) -> ClauseSet {
        let firm = self.stands_firm_on(seat);
        if !firm.is_empty() {
            return firm;
        }
        let grievance = |clause: usize| self.desk.weighed.grievance.at(seat, clause);
        let worst = (0..self.point.len()).filter(|&clause| self.included[clause]).min_by(|&a, &b| {
            let by_grievance = grievance(b).total_cmp(&grievance(a));
            let by_worth = || self.worth(seat, a).total_cmp(&self.worth(seat, b));
            by_grievance.then_with(by_worth).then_with(|| rank(a).cmp(&rank(b)))
        });
        worst.map_or(ClauseSet::EMPTY, ClauseSet::of)
    }

    /// What it would take to have a voter accept (in utility), where it stands in the way by these clauses.
    pub(super) fn price(&self, seat: usize, on: ClauseSet, poll: &Poll) -> f64 {
        let company = self.exclusion.as_ref().map_or(0.0, |exclusion| exclusion.worth(seat, &poll.accepts));
        let short = self.lacking_of(seat) + AT_THE_MARGIN - company;
        let firm = (on & self.stands_firm_on(seat)).iter();
        let costs = firm.map(|clause| (-self.worth(seat, clause)).max(0.0));
        short.max(costs.sum()).max(0.0)
    }

    /// How a poll went, by the voices that the chair hears: all that accept, and what it would take to win the others
    /// (in utility), each by its voice.
    pub fn reception(&self, poll: &Poll) -> (f64, f64) {
        let (mut accepting, mut missing) = (0.0, 0.0);
        for seat in 0..self.voters.len() {
            let voice = self.desk.hearing.voice(seat);
            match poll.accepts[seat] {
                true => accepting += voice,
                false => missing += voice * self.price(seat, ClauseSet::EMPTY, poll),
            }
        }
        (accepting, missing)
    }

    /// Whether anybody holds out on a clause.
    pub fn is_held_out_on(&self, clause: usize) -> bool {
        self.desk.holding.is_against(clause)
    }
}
