//! The endgame: a package on the table, polls, and what the chair gives up to carry it.
//!
//! Agreed clauses stand in the package as they are; on those still in brackets the chair puts its own text, take it or
//! leave it. While the rule is not met the chair weakens or drops what is most opposed and polls again. That is how data
//! flows, localisation and source code left the WTO text of 2024. What remains is adoption, more time, or collapse.

use bevy_ecs::prelude::*;

use super::nearest::nearest;
use super::package::{Exclusion, Letter, Package, Part, Poll, Proposal, Voter};
use super::{watch, yardsticks};
use crate::chance::{Chance, Purpose};
use crate::minutes::{Entry, Impasse, Minutes};
use crate::scenario::{ChairMode, Undertaking};
use crate::world::{
    Delegation, Desk, DrawnParameters, Engagement, Forum, Instructions, Outsiders, Partners, Positions, Proceedings,
    Record, RollCall, RollingText, Scene, Status, Strength, Watch, candidates,
};

/// The forums, with what the endgame decides and what is watched.
type Halls<'w, 's> = Query<
    'w,
    's,
    (
        &'static Forum,
        &'static RollCall,
        Option<&'static Outsiders>,
        &'static mut Proceedings,
        &'static mut RollingText,
        &'static mut Record,
        &'static mut Watch,
        &'static Positions,
        &'static mut Desk,
        &'static mut Partners,
    ),
>;

/// Plays the endgame of every forum that has come to it.
pub fn conclude(
    scene: Res<Scene>,
    chance: Res<Chance>,
    parameters: Res<DrawnParameters>,
    mut forums: Halls,
    delegations: Query<(&Delegation, &Instructions, &Strength)>,
    mut minutes: ResMut<Minutes>,
) {
    for (
        forum,
        roll_call,
        outsiders,
        mut proceedings,
        mut text,
        mut record,
        mut watch,
        positions,
        mut desk,
        mut partners,
    ) in &mut forums
    {
        if proceedings.engagement != Engagement::Endgame {
            continue;
        }
        let written = &scene.scenario.forums[forum.0];
        let clauses: Vec<_> = written.agenda.iter().map(|&clause| &scene.scenario.clauses[clause]).collect();
        let carries = |clause: usize| {
            let on_paper = match text.status[clause] {
                Status::Agreed(_) => true,
                Status::Bracketed => written.chair.mode != ChairMode::Passive && text.tabled[clause],
            };
            on_paper && clauses[clause].is_provision(text.point[clause])
        };
        let included: Vec<bool> = (0..clauses.len()).map(carries).collect();
        // What the institution brings along is nobody's bracket.
        let open = |clause: usize| text.status[clause] == Status::Bracketed && written.template[clause].is_none();
        let bracketed = (0..clauses.len()).map(open).collect();
        let voters = delegations
            .iter_many(roll_call.deciding())
            .flatten()
            .map(|(delegation, instructions, strength)| Voter {
                seat: delegation.seat,
                veto: delegation.veto,
                instructions,
                strength,
                member: &written.members[delegation.seat],
            })
            .collect::<Vec<Voter>>();
        let seats: Vec<usize> = voters.iter().map(|voter| voter.seat).collect();
        let mut package = Package::new(Proposal {
            forum: written,
            clauses,
            parameters: &parameters,
            cost_of_failure: proceedings.cost_of_failure,
            voters,
            total_weight: proceedings.total_weight,
            unit: proceedings.unit,
            point: text.point.to_vec(),
            included: included.clone(),
            bracketed,
            drafts: written.terms.silence,
            exclusion: Exclusion::from(&scene.scenario, written, &seats, &parameters, &mut partners),
            desk: &mut desk,
            laid_out: false,
        });
        minutes.note(|| Entry::PackageTabled { forum: forum.0, bracketed: text.open.clone() });

        watch.weighed.fill(false);
        let mut table = Table {
            forum: forum.0,
            rank: |clause| scene.clause_rank[written.agenda[clause]],
            id: |voter: usize| scene.scenario.countries[written.members[seats[voter]].country].id.as_str(),
            seats: &seats,
            parts: Vec::new(),
            impasse: None,
            weighed: &mut watch.weighed,
            record: &mut record,
            minutes: &mut minutes,
        };
        let parties: Option<Vec<bool>> = match written.undertaking {
            Undertaking::Single => table.carry_package(&mut package),
            Undertaking::Modular => table.carry_modules(&mut package, &text),
        };
        let Table { parts, impasse, .. } = table;
        watch::take_down(&mut watch, &package, &seats);
        let enough = package.fewest_parties();
        if let Some(parties) = parties.filter(|parties| parties.iter().filter(|party| **party).count() >= enough) {
            proceedings.engagement = Engagement::Adopted;
            seats.iter().zip(&parties).for_each(|(&seat, &party)| record.parties[seat] = party);
            for clause in 0..package.point.len() {
                if package.included[clause] {
                    record.clauses[clause].adopted = Some(package.point[clause]);
                    record.clauses[clause].flexibility = package.exception[clause];
                    record.clauses[clause].opt_outs = package.parties_out(clause, &parties);
                }
            }
            for voter in (0..parties.len()).filter(|&voter| parties[voter]) {
                record.transfers[seats[voter]] = parts.get(voter).map_or(0.0, Part::transfer);
                record.opted_out[seats[voter]] = package.clauses_out(voter);
            }
            package.co_sponsors(&parties, &parts).into_iter().for_each(|voter| record.co_sponsors[seats[voter]] = true);
            if scene.scenario.measures.solutions {
                let adopted: Vec<Option<f64>> = record.clauses.iter().map(|clause| clause.adopted).collect();
                let tabled = package.tabled_at(text.point.to_vec(), included);
                watch.distances = yardsticks::distances(tabled, &adopted);
            }
            minutes.note(|| Entry::Adopted {
                forum: forum.0,
                parties: (0..parties.len()).filter(|&voter| parties[voter]).map(|voter| seats[voter]).collect(),
            });
        } else if proceedings.extensions < written.calendar.extensions && {
            let mut stream = chance.stream();
            stream.place(Purpose::Extension, written.occasion, proceedings.extensions);
            stream.uniform() < written.calendar.extension_chance
        } {
            proceedings.extensions += 1;
            proceedings.reconsidering = true;
            proceedings.deadline += written.calendar.extension_rounds;
            proceedings.engagement = Engagement::Recess;
            for (clause, outcome) in record.clauses.iter_mut().enumerate() {
                if outcome.dropped || outcome.dilutions > 0 {
                    text.reopen(clause);
                }
                outcome.dropped = false;
                outcome.dilutions = 0;
            }
            minutes.note(|| Entry::Extended { forum: forum.0, rounds: written.calendar.extension_rounds });
        } else {
            proceedings.engagement = Engagement::Collapsed;
            let rank = |clause: usize| scene.clause_rank[written.agenda[clause]];
            let nearest = match written.undertaking {
                Undertaking::Single => nearest(package.tabled_at(text.point.to_vec(), included), rank),
                Undertaking::Modular => None,
            };
            watch.impasse = Some(Impasse { nearest, ..impasse.unwrap_or_default() });
            minutes.note(|| Entry::Collapsed { forum: forum.0 });
        }
        if proceedings.engagement != Engagement::Recess {
            let adopted = (proceedings.engagement == Engagement::Adopted).then(|| {
                let points = record.clauses.iter().zip(&written.status_quo);
                points.map(|(clause, &before)| clause.adopted.unwrap_or(before)).collect::<Vec<f64>>()
            });
            let all = delegations.iter_many(candidates(roll_call, outsiders)).flatten();
            let all = all.map(|(delegation, instructions, _)| (delegation, instructions));
            watch::sum_up(&mut watch, &text.open, adopted.as_deref(), positions, all);
        }
    }
}

/// The table at which the polls are held: what the package calls a seat is a place among those that decide, what the
/// record does is a seat of the forum.
struct Table<'a, Rank, Id> {
    forum: usize,
    rank: Rank,
    id: Id,
    /// Per voter, its seat.
    seats: &'a [usize],
    /// Per voter, its part in the assistance; empty where there is none.
    parts: Vec<Part>,
    /// Why the last poll was lost, where it was lost for good.
    impasse: Option<Impasse>,
    /// Per seat, whether its gain is one of a text that was put to the vote last.
    weighed: &'a mut [bool],
    record: &'a mut Record,
    minutes: &'a mut Minutes,
}

impl<'i, Rank: Fn(usize) -> usize, Id: Fn(usize) -> &'i str> Table<'_, Rank, Id> {
    /// Polls the package as a whole until it is carried or nothing can be given up any more. Returns who becomes a
    /// party, or none where there is no text.
    fn carry_package(&mut self, package: &mut Package) -> Option<Vec<bool>> {
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
    fn carry_modules(&mut self, package: &mut Package, text: &RollingText) -> Option<Vec<bool>> {
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
