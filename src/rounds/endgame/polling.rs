//! The polls of an endgame, and what is given up from one to the next.

use super::super::package::{Letter, Package, Part, Poll};
use crate::minutes::{Entry, Impasse, Minutes};
use crate::world::{Record, RollingText, Status};

/// The polls of one endgame: what the package calls a seat is a place among those that are there, what the
/// record does is a seat of the forum.
pub(super) struct Polling<'a, Rank, Id> {
    pub forum: usize,
    pub rank: Rank,
    pub id: Id,
    /// Per voter, its seat.
    pub seats: &'a [usize],
    /// Per voter, its part in the assistance; empty where there is none.
    pub parts: Vec<Part>,
    /// Why the last poll was lost, where it was lost for good.
    pub impasse: Option<Impasse>,
    /// Per seat, whether its gain is one of a text that was put to the vote last.
    pub weighed: &'a mut [bool],
    pub record: &'a mut Record,
    pub minutes: &'a mut Minutes,
}

impl<'i, Rank: Fn(usize) -> usize, Id: Fn(usize) -> &'i str> Polling<'_, Rank, Id> {
    /// Polls the package as a whole until it is carried or nothing can be given up any more. Returns who becomes a
    /// party, or none where there is no text.
    pub fn carry_package(&mut self, package: &mut Package) -> Option<Vec<bool>> {
        let mut poll = Poll::default();
        loop {
            package.poll_into(&mut poll);
            if package.is_empty() {
                let voters = self.seats.iter().enumerate();
                voters.for_each(|(voter, &seat)| self.record.gains[seat] = package.gain(voter));
                return None;
            }
            let passed = package.carried_by(&poll);
            self.hold(package, &poll, None, passed);
            let assisted = self.assist(package, &poll);
            let lettered = self.exchange_letters(package, assisted.as_ref().unwrap_or(&poll));
            let won = lettered.or(assisted);
            if passed || won.is_some() {
                let accepts = won.map_or(poll.accepts, |won| won.accepts);
                self.note_gains(package, &accepts);
                return Some(accepts);
            }
            for (clause, outcome) in self.record.clauses.iter_mut().enumerate() {
                outcome.objections += package.objections(clause);
            }
            package.lose(&poll, &self.rank);
            if package.goes_to_the_vote(&poll, &self.rank) {
                continue;
            }
            let outs = package.opt_outs(&poll, &self.rank);
            if !outs.is_empty() {
                package.opt_out(&outs);
                let forum = self.forum;
                for &(voter, clause) in &outs {
                    let seat = self.seats[voter];
                    self.minutes.note(|| Entry::OptedOut { forum, seat, clause });
                }
                continue;
            }
            let Some(clause) = package.most_opposed(&poll, &self.rank) else {
                self.note_gains(package, &poll.accepts);
                self.impasse = Some(self.told_by_seats(package.impasse(&poll, &self.rank)));
                return None;
            };
            self.give_way(package, clause, &poll, None);
        }
    }

    /// Brings in assistance where that makes a difference, and polls again; returns the poll.
    fn assist(&mut self, package: &Package, poll: &Poll) -> Option<Poll> {
        let (parts, poll) = package.assisted(poll, &self.rank, &self.id)?;
        let forum = self.forum;
        for (voter, part) in parts.iter().enumerate().filter(|(voter, _)| poll.accepts[*voter]) {
            let seat = self.seats[voter];
            let Part { at_once, transition, capacity_building, received, paid, .. } = *part;
            if at_once + transition + capacity_building > 0 {
                self.minutes.note(|| Entry::Designated {
                    forum,
                    seat,
                    at_once,
                    transition,
                    capacity_building,
                    received,
                });
            }
            if paid > 0.0 {
                self.minutes.note(|| Entry::Donated { forum, seat, paid });
            }
        }
        self.parts = parts;
        self.hold(package, &poll, None, true);
        Some(poll)
    }

    /// Has members exchange side letters where that makes a difference, and polls again; returns the poll.
    fn exchange_letters(&mut self, package: &Package, poll: &Poll) -> Option<Poll> {
        let (parts, letters, poll) = package.lettered(poll, &self.parts, &self.rank, &self.id)?;
        let forum = self.forum;
        for letter in letters {
            let seats = letter.between.map(|voter| self.seats[voter]);
            seats.iter().for_each(|&seat| self.record.letters[seat] += 1);
            let Letter { clause, gains, .. } = letter;
            self.minutes.note(|| Entry::Letter { forum, seats, clause, gains });
        }
        self.parts = parts;
        self.hold(package, &poll, None, true);
        Some(poll)
    }

    fn note_gains(&mut self, package: &Package, parties: &[bool]) {
        for (voter, &seat) in self.seats.iter().enumerate() {
            self.record.gains[seat] = package.gain_with(voter, parties, &self.parts);
            self.weighed[seat] = true;
        }
    }

    /// Decides every module on its own. Agreed modules stand; a member joins with the modules it accepts.
    pub fn carry_modules(&mut self, package: &mut Package, text: &RollingText) -> Option<Vec<bool>> {
        for clause in 0..package.point.len() {
            while package.included[clause] && text.status[clause] == Status::Bracketed {
                let poll = package.poll_module(clause);
                let passed = package.carried_by(&poll);
                self.hold(package, &poll, Some(clause), passed);
                self.record.clauses[clause].objections += poll.tally.objecting;
                package.lose_module(clause, &poll, passed);
                if passed {
                    break;
                }
                self.give_way(package, clause, &poll, Some(clause));
            }
        }
        let joins = |seat: usize, clause: usize| package.joins(seat, clause);
        let clauses = || 0..package.point.len();
        for seat in 0..package.voters.len() {
            let worth = clauses().filter(|&clause| joins(seat, clause)).map(|clause| package.worth(seat, clause));
            self.record.gains[self.seats[seat]] = package.cost_of_failure + worth.sum::<f64>();
        }
        let shortfalls = package.voters.iter().enumerate().map(|(seat, voter)| {
            let some = clauses().any(|clause| joins(seat, clause));
            if some { voter.instructions.reservation - self.record.gains[voter.seat] } else { f64::INFINITY }
        });
        let parties = package.would_be_parties(&shortfalls.collect::<Vec<_>>());
        if package.is_empty() {
            return None;
        }
        self.seats.iter().for_each(|&seat| self.weighed[seat] = true);
        if let Some(exclusion) = &package.exclusion {
            for (voter, &seat) in self.seats.iter().enumerate() {
                self.record.gains[seat] += exclusion.worth(voter, &parties);
            }
        }
        Some(parties)
    }

    /// Gives way on a clause: by a wider exception where that pays, else by a weaker text.
    fn give_way(&mut self, package: &mut Package, clause: usize, poll: &Poll, module: Option<usize>) {
        let Some(to) = package.exception_for(clause, poll) else {
            self.foresee_impasse(package, clause, poll, module);
            return self.weaken(package, clause);
        };
        let (forum, from) = (self.forum, package.exception[clause]);
        package.except(clause, to);
        self.minutes.note(|| Entry::Excepted { forum, clause, from, to });
    }

    /// Takes down why the poll was lost, where giving way on the clause leaves nothing to be polled.
    fn foresee_impasse(&mut self, package: &Package, clause: usize, poll: &Poll, module: Option<usize>) {
        if !package.goes_out(clause) || module.is_none() && !package.hangs_by(clause) {
            return;
        }
        let impasse = match module {
            Some(module) => package.impasse_of_module(module, poll),
            None => package.impasse(poll, &self.rank),
        };
        self.impasse = Some(self.told_by_seats(impasse));
    }

    /// An impasse told by voters, told by seats.
    fn told_by_seats(&self, mut impasse: Impasse) -> Impasse {
        impasse.obstacles.iter_mut().for_each(|obstacle| obstacle.seat = self.seats[obstacle.seat]);
        impasse
    }

    fn weaken(&mut self, package: &mut Package, clause: usize) {
        let (forum, from) = (self.forum, package.point[clause]);
        match package.weaken(clause) {
            Some(to) => {
                self.record.clauses[clause].dilutions += 1;
                self.minutes.note(|| Entry::Diluted { forum, clause, from, to });
            }
            None => {
                self.record.clauses[clause].dropped = true;
                self.minutes.note(|| Entry::Dropped { forum, clause });
            }
        }
    }

    fn hold(&mut self, package: &Package, poll: &Poll, module: Option<usize>, passed: bool) {
        self.record.polls += 1;
        self.record.unopposed = module.is_none().then_some(poll.objecting.is_empty());
        self.minutes.note(|| Entry::Polled {
            forum: self.forum,
            module,
            silence: package.is_under_silence(),
            accepting: poll.tally.accepting,
            objecting: poll.objecting.iter().map(|&(voter, reason)| (self.seats[voter], reason)).collect(),
            passed,
        });
    }
}
