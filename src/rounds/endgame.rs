//! The endgame: a package on the table, polls, and what the chair gives up to carry it.
//!
//! Agreed clauses stand in the package as they were agreed; on those still in brackets the chair puts its own text, take
//! it or leave it. While the rule is not met the chair weakens or drops what is most opposed and polls again. That is how data
//! flows, localisation and source code left the WTO text of 2024. What remains is adoption, more time, or collapse.

use bevy_ecs::prelude::*;

use super::package::{Package, Poll, Proposal, Voter};
use crate::chance::{Chance, Purpose};
use crate::minutes::{Entry, Minutes};
use crate::scenario::{ChairMode, Undertaking};
use crate::world::{
    Delegation, DrawnParameters, Engagement, Forum, Instructions, Proceedings, Record, RollCall, RollingText, Scene,
    Status, Strength,
};

/// Fewest parties of a treaty, in a forum of more than one member.
const FEWEST_PARTIES: usize = 2;

/// Plays the endgame of every forum that has come to it.
pub fn conclude(
    scene: Res<Scene>,
    chance: Res<Chance>,
    parameters: Res<DrawnParameters>,
    mut forums: Query<(&Forum, &RollCall, &mut Proceedings, &mut RollingText, &mut Record)>,
    delegations: Query<(&Delegation, &Instructions, &Strength)>,
    mut minutes: ResMut<Minutes>,
) {
    for (forum, roll_call, mut proceedings, mut text, mut record) in &mut forums {
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
        let included = (0..clauses.len()).map(carries).collect();
        // What the institution brings along is nobody's bracket.
        let open = |clause: usize| text.status[clause] == Status::Bracketed && written.template[clause].is_none();
        let bracketed = (0..clauses.len()).map(open).collect();
        let voters = delegations
            .iter_many(roll_call.seats())
            .flatten()
            .map(|(delegation, instructions, strength)| Voter {
                veto: delegation.veto,
                instructions,
                strength,
                member: &written.members[delegation.seat],
            })
            .collect();
        let mut package = Package::new(Proposal {
            forum: written,
            clauses,
            parameters: &parameters,
            cost_of_failure: proceedings.cost_of_failure,
            voters,
            total_weight: proceedings.total_weight,
            point: text.point.to_vec(),
            included,
            bracketed,
        });
        minutes.note(|| Entry::PackageTabled { forum: forum.0, bracketed: text.open.clone() });

        let mut table = Table {
            forum: forum.0,
            rank: |clause| scene.clause_rank[written.agenda[clause]],
            record: &mut record,
            minutes: &mut minutes,
        };
        let parties = match written.undertaking {
            Undertaking::Single => table.carry_package(&mut package),
            Undertaking::Modular => table.carry_modules(&mut package, &text),
        };
        let enough = FEWEST_PARTIES.min(package.voters.len());
        if let Some(parties) = parties.filter(|parties| parties.iter().filter(|party| **party).count() >= enough) {
            proceedings.engagement = Engagement::Adopted;
            record.parties.copy_from_slice(&parties);
            for clause in 0..package.point.len() {
                record.clauses[clause].adopted = package.included[clause].then_some(package.point[clause]);
            }
            minutes.note(|| Entry::Adopted {
                forum: forum.0,
                parties: (0..parties.len()).filter(|&seat| parties[seat]).collect(),
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
                // What the failed endgame gave up is on the table again.
                outcome.dilutions = 0;
                outcome.dropped = false;
                outcome.dilutions = 0;
            }
            minutes.note(|| Entry::Extended { forum: forum.0, rounds: written.calendar.extension_rounds });
        } else {
            proceedings.engagement = Engagement::Collapsed;
            minutes.note(|| Entry::Collapsed { forum: forum.0 });
        }
    }
}

/// Whether a poll makes a text: the rule is met, and by enough members to be parties.
fn carried(package: &Package, poll: &Poll) -> bool {
    package.forum.rule.passes(&poll.tally) && poll.tally.accepting as usize >= FEWEST_PARTIES.min(package.voters.len())
}

/// The table at which the polls are held.
struct Table<'a, Rank> {
    forum: usize,
    rank: Rank,
    record: &'a mut Record,
    minutes: &'a mut Minutes,
}

impl<Rank: Fn(usize) -> usize> Table<'_, Rank> {
    /// Polls the package as a whole until it is carried or nothing can be given up any more. A text that nobody stops
    /// but that too few would join is not carried either. Returns who becomes a party, or none where there is no text.
    fn carry_package(&mut self, package: &mut Package) -> Option<Vec<bool>> {
        loop {
            let poll = package.poll();
            self.record.gains.iter_mut().zip(package.gains()).for_each(|(noted, gain)| *noted = gain);
            if package.is_empty() {
                return None;
            }
            let passed = carried(package, &poll);
            self.hold(&poll, None, passed);
            if passed {
                return Some(poll.accepts);
            }
            for (clause, outcome) in self.record.clauses.iter_mut().enumerate() {
                outcome.objections += package.objections(clause);
            }
            let clause = package.most_opposed(&poll, &self.rank)?;
            self.weaken(package, clause);
        }
    }

    /// Decides every module on its own. Agreed modules stand; a member joins with the modules it accepts.
    fn carry_modules(&mut self, package: &mut Package, text: &RollingText) -> Option<Vec<bool>> {
        for clause in 0..package.point.len() {
            while package.included[clause] && text.status[clause] == Status::Bracketed {
                let poll = package.poll_module(clause);
                let passed = carried(package, &poll);
                self.hold(&poll, Some(clause), passed);
                self.record.clauses[clause].objections += poll.tally.objecting;
                if passed {
                    break;
                }
                self.weaken(package, clause);
            }
        }
        let joins = |seat: usize, clause: usize| package.joins(seat, clause);
        let clauses = || 0..package.point.len();
        for seat in 0..package.voters.len() {
            let worth = clauses().filter(|&clause| joins(seat, clause)).map(|clause| package.worth(seat, clause));
            self.record.gains[seat] = package.cost_of_failure + worth.sum::<f64>();
        }
        let parties = package.voters.iter().enumerate().map(|(seat, voter)| {
            let some = clauses().any(|clause| joins(seat, clause));
            some && self.record.gains[seat] >= voter.instructions.reservation
        });
        (!package.is_empty()).then(|| parties.collect())
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

    fn hold(&mut self, poll: &Poll, module: Option<usize>, passed: bool) {
        self.record.polls += 1;
        self.minutes.note(|| Entry::Polled {
            forum: self.forum,
            module,
            accepting: poll.tally.accepting,
            objecting: poll.objecting.clone(),
            passed,
        });
    }
}
