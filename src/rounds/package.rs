//! The package: what is put to the vote at the end, what it is worth to each member, and who stands in its way.
//!
//! Plain functions over plain data, so that every step of the endgame can be tested alone.

#[cfg(test)]
mod anew;
mod appraisal;
mod assistance;
mod co_sponsors;
mod coverage;
mod exception;
mod holding_out;
mod impasse;
mod interest;
mod letters;
mod obstacle;
mod opposition;
mod opt_out;
mod silence;
mod weaken;
mod weighed;

pub(super) use assistance::Part;
pub(super) use coverage::Exclusion;
pub(super) use letters::Letter;
pub(super) use weaken::step_towards;

use appraisal::Appraisal;

use super::objection::{company, share, standing};
use crate::minutes::Reason;
use crate::rules::{DecisionRule, Stand, Tally, Unit};
use crate::scenario::{Clause, Forum, Member};
use crate::world::desk::Weighed;
use crate::world::sheet::lanes;
use crate::world::{Desk, DrawnParameters, Instructions, Lane, Strength, TILE, each};

/// A member weighing the package.
pub(super) struct Voter<'a> {
    /// Its seat in the forum; voters are those that decide.
    pub seat: usize,
    pub veto: bool,
    pub instructions: &'a Instructions,
    pub strength: &'a Strength,
    pub member: &'a Member,
}

/// The text put to the vote.
pub(super) struct Package<'a> {
    pub forum: &'a Forum,
    /// Clauses of the forum's agenda.
    pub clauses: Vec<&'a Clause>,
    pub parameters: &'a DrawnParameters,
    pub cost_of_failure: f64,
    pub voters: Vec<Voter<'a>>,
    /// The text per clause [0–1].
    pub point: Vec<f64>,
    /// Whether the clause is in the package; what is not stays at the status quo.
    pub included: Vec<bool>,
    /// Degree of the exception to the text of each clause [0–1; 0 where there is none].
    pub exception: Vec<f64>,
    /// Whether the clause came in brackets, on the chair's own text.
    pub bracketed: Vec<bool>,
    /// Price of staying out, where there is one.
    pub exclusion: Option<Exclusion<'a>>,
    /// Rule that decides the next poll.
    rule: DecisionRule,
    /// Drafts that may still be put under silence (a count).
    drafts: u32,
    total_weight: f64,
    /// What the weights are whole numbers of.
    unit: Unit,
    total_burden: f64,
    desk: &'a mut Desk,
}

/// What is put to the vote, and by whom it is weighed.
pub(super) struct Proposal<'a> {
    pub forum: &'a Forum,
    pub clauses: Vec<&'a Clause>,
    pub parameters: &'a DrawnParameters,
    pub cost_of_failure: f64,
    pub voters: Vec<Voter<'a>>,
    pub total_weight: f64,
    /// What the weights are whole numbers of.
    pub unit: Unit,
    pub point: Vec<f64>,
    pub included: Vec<bool>,
    pub bracketed: Vec<bool>,
    /// Drafts that are put under silence before the forum's rule decides (a count).
    pub drafts: u32,
    pub exclusion: Option<Exclusion<'a>>,
    /// Where it is weighed.
    pub desk: &'a mut Desk,
    /// Whether the interests of these voters lie on the desk already.
    pub laid_out: bool,
}

/// How a poll went.
#[derive(Default)]
pub(super) struct Poll {
    pub tally: Tally,
    pub objecting: Vec<(usize, Reason)>,
    /// Per seat, whether it accepts.
    pub accepts: Vec<bool>,
    /// Per seat, whether it objects.
    pub objects: Vec<bool>,
    /// By how much the text falls short of what each insists on (in utility; without bound at a red line).
    shortfalls: Vec<f64>,
}

/// Fewest parties of a treaty, in a forum of more than one member.
const FEWEST_PARTIES: usize = 2;
/// A gain this close to the reservation value meets it: room for rounding.
const AT_THE_MARGIN: f64 = 1e-12;
/// Most that a clause which crosses no red line is held against the text (in utility).
const MOST_GRIEVANCE: f64 = 0.999;

impl<'a> Package<'a> {
    /// A package of these clauses at these points, weighed by every voter.
    pub fn new(mut proposal: Proposal<'a>) -> Self {
        if !proposal.laid_out {
            proposal.lay_out();
        }
        let Proposal {
            forum, clauses, parameters, cost_of_failure, voters, total_weight, unit, point, included, ..
        } = proposal;
        let everyone = vec![true; voters.len()];
        let (exclusion, desk) = (proposal.exclusion, proposal.desk);
        let company = |seat: usize| exclusion.as_ref().map_or(0.0, |exclusion| exclusion.worth(seat, &everyone));
        desk.weighed.clear(voters.len(), clauses.len());
        desk.holding.clear((0..voters.len()).map(company), clauses.len());
        desk.hearing.clear(voters.len(), clauses.len());
        desk.watched.clear();
        desk.opted_out.clear();
        let mut package = Package {
            total_burden: clauses.iter().map(|clause| clause.burden).sum(),
            exception: vec![0.0; clauses.len()],
            exclusion,
            bracketed: proposal.bracketed,
            rule: Package::rule_now(forum.rule, proposal.drafts),
            drafts: proposal.drafts,
            forum,
            clauses,
            parameters,
            cost_of_failure,
            voters,
            total_weight,
            unit,
            point,
            included,
            desk,
        };
        package.give_voices();
        for clause in 0..package.point.len() {
            // What is left out is worth nothing to anybody.
            if package.included[clause] {
                package.weigh_alone(clause);
            }
        }
        package.hold_out();
        package
    }

    /// What was put to the vote, to be weighed anew at these points.
    pub fn tabled_at(self, point: Vec<f64>, included: Vec<bool>) -> Proposal<'a> {
        let Package { forum, clauses, parameters, cost_of_failure, voters, total_weight, unit, bracketed, .. } = self;
        Proposal {
            forum,
            clauses,
            parameters,
            cost_of_failure,
            voters,
            total_weight,
            unit,
            point,
            included,
            bracketed,
            drafts: 0,
            exclusion: self.exclusion,
            desk: self.desk,
            laid_out: true,
        }
    }

    /// Worth of a clause to a voter (in utility).
    pub fn worth(&self, seat: usize, clause: usize) -> f64 {
        self.desk.weighed.worth.at(seat, clause)
    }

    /// Gain of the package over no deal for a voter, whoever joins (in utility).
    pub fn gain(&self, seat: usize) -> f64 {
        self.desk.weighed.worths[seat / TILE][seat % TILE] + self.cost_of_failure
    }

    /// Gain of the package over no deal for a voter in the company of these parties, its part in the assistance
    /// included (in utility).
    pub fn gain_with(&self, seat: usize, parties: &[bool], parts: &[Part]) -> f64 {
        let company = self.exclusion.as_ref().map_or(0.0, |exclusion| exclusion.worth(seat, parties));
        self.gain(seat) + company + parts.get(seat).map_or(0.0, Part::net)
    }

    /// Whether the package crosses a red line of a voter on this clause. Red lines bind what the clause obliges the voter
    /// to, once exceptions are counted; a clause that is left out, or that it opted out of, crosses none.
    pub fn crosses(&self, seat: usize, clause: usize) -> bool {
        self.desk.weighed.crossed[seat].has(clause)
    }

    /// Has every voter weigh one clause as it stands, and ask anew whether to hold out.
    fn weigh(&mut self, clause: usize) {
        self.weigh_alone(clause);
        self.hold_out();
    }

    /// Has every voter weigh one clause as it stands.
    fn weigh_alone(&mut self, clause: usize) {
        let question = self.question(clause, self.exception[clause]);
        for lane in 0..lanes(self.voters.len()) {
            let Appraisal { worth, grievance, burden } = match self.included[clause] {
                true => self.appraise(&question, lane),
                false => Appraisal::NOTHING,
            };
            if self.forum.terms.assistance.is_some() {
                self.desk.weighed.burden.row_mut(clause)[lane] = burden;
            }
            let turned = self.desk.weighed.note(clause, lane, worth, grievance);
            if turned != [false; TILE] {
                (0..TILE).filter(|&i| turned[i]).for_each(|i| self.turn(lane * TILE + i, clause));
            }
        }
        self.desk.hearing.forget(clause);
        if self.bracketed[clause] {
            let worth_before = std::mem::take(&mut self.desk.weighed.worth_before);
            self.insist(clause, &worth_before);
            self.desk.weighed.worth_before = worth_before;
        }
    }

    /// A clause begins, or ceases, to cross a red line of a voter.
    fn turn(&mut self, seat: usize, clause: usize) {
        let Weighed { crossed, crossing, .. } = &mut self.desk.weighed;
        crossed[seat].toggle(clause);
        let begins = crossed[seat].has(clause);
        crossing[clause] = if begins { crossing[clause] + 1 } else { crossing[clause] - 1 };
        self.desk.watched.turn(seat, clause, begins);
    }

    /// By how much the package falls short of what a voter insists on while nobody else joins (in utility; without bound
    /// where it crosses a red line).
    fn shortfall(&self, seat: usize) -> f64 {
        if self.desk.weighed.crossed[seat].is_empty() { self.lacking_of(seat) } else { f64::INFINITY }
    }

    /// The same, red lines aside.
    fn lacking_of(&self, seat: usize) -> f64 {
        self.voters[seat].instructions.reservation - self.gain(seat) - AT_THE_MARGIN
    }

    /// The same, for the voters of a lane.
    #[inline(always)]
    fn lacking(&self, lane: usize) -> Lane {
        let (reservation, worths) = (&self.desk.interests.reservation[lane], &self.desk.weighed.worths[lane]);
        each(|i| reservation[i] - (worths[i] + self.cost_of_failure) - AT_THE_MARGIN)
    }

    /// By how much it falls short of what each insists on while nobody else joins, as [`Package::shortfall`] has it.
    fn shortfalls(&self, into: &mut Vec<f64>) {
        into.clear();
        (0..lanes(self.voters.len())).for_each(|lane| into.extend(self.lacking(lane)));
        into.truncate(self.voters.len());
        for (shortfall, crossed) in into.iter_mut().zip(&self.desk.weighed.crossed) {
            *shortfall = if crossed.is_empty() { *shortfall } else { f64::INFINITY };
        }
    }

    /// Who would join, given by how much each falls short while nobody else does.
    pub fn would_be_parties(&self, shortfalls: &[f64]) -> Vec<bool> {
        match &self.exclusion {
            Some(exclusion) => exclusion.parties(shortfalls),
            None => shortfalls.iter().map(|&shortfall| shortfall <= 0.0).collect(),
        }
    }

    /// Puts the package to the vote. A member accepts what leaves it with at least its reservation value and crosses no
    /// red line, unless it holds out on a clause; one that does not accept either objects or lets it pass without joining.
    pub fn poll(&self) -> Poll {
        let mut poll = Poll::default();
        self.poll_into(&mut poll);
        poll
    }

    /// The same, written over another poll.
    pub fn poll_into(&self, poll: &mut Poll) {
        self.shortfalls(&mut poll.shortfalls);
        self.vote(poll);
    }

    /// Puts one clause to the vote as a module of its own.
    pub fn poll_module(&self, clause: usize) -> Poll {
        let shortfalls = (0..self.voters.len()).map(|seat| match self.crosses(seat, clause) {
            true => f64::INFINITY,
            false => -self.worth(seat, clause) - AT_THE_MARGIN,
        });
        let mut poll = Poll { shortfalls: shortfalls.collect(), ..Poll::default() };
        self.count(&mut poll, |_| false, self.desk.interests.resolve.row(clause));
        poll
    }

    /// Fewest parties that make a treaty in the forum, whoever has left it.
    pub fn fewest_parties(&self) -> usize {
        FEWEST_PARTIES.min(self.forum.members.len())
    }

    /// Whether a poll makes a text: the rule is met, and by enough members to be parties.
    pub fn carried_by(&self, poll: &Poll) -> bool {
        self.carries(&poll.tally)
    }

    /// A vote on the whole, given by how much it falls short of what each insists on while nobody else joins.
    fn ballot(&self, shortfalls: Vec<f64>) -> Poll {
        let mut poll = Poll { shortfalls, ..Poll::default() };
        self.vote(&mut poll);
        poll
    }

    /// The same, on the shortfalls that stand in the poll.
    fn vote(&self, poll: &mut Poll) {
        if let Some(exclusion) = &self.exclusion {
            exclusion.ease(&mut poll.shortfalls);
        }
        self.count(poll, |seat| self.holds_out(seat), &self.desk.interests.package_resolve);
    }

    /// Counts who accepts and who objects, given by how much each falls short of what it insists on (in utility; infinite
    /// at a red line), by whether it holds out on a clause, and by the resolve that holds each back from objecting.
    fn count(&self, poll: &mut Poll, holds_out: impl Fn(usize) -> bool, resolve: &[Lane]) {
        let Poll { tally, objecting, accepts, objects, shortfalls } = poll;
        let interests = &self.desk.interests;
        let (weights, total) = (interests.weight.as_flattened(), self.total_weight);
        *tally = Tally::among(self.voters.len() as u32, total, self.unit);
        accepts.clear();
        accepts.extend(shortfalls.iter().enumerate().map(|(seat, &shortfall)| shortfall <= 0.0 && !holds_out(seat)));
        for (&accepts, &weight) in accepts.iter().zip(weights) {
            tally.add(if accepts { Stand::Accepts } else { Stand::Silent }, weight, false);
        }
        let reluctant = share(total - tally.accepting_weight, total);
        let (own, alone) = (interests.own.as_flattened(), interests.alone.as_flattened());
        let (stakes, resolve) = (interests.stakes.as_flattened(), resolve.as_flattened());
        objects.clear();
        objects.extend(shortfalls.iter().enumerate().map(|(seat, &shortfall)| {
            let standing = standing(alone[seat], company(reluctant, own[seat]));
            let presses = shortfall * stakes[seat] * standing > resolve[seat];
            !accepts[seat] && (shortfall == f64::INFINITY || presses || holds_out(seat))
        }));
        objecting.clear();
        for (seat, voter) in self.voters.iter().enumerate().filter(|&(seat, _)| objects[seat]) {
            let standing = standing(alone[seat], company(reluctant, own[seat]));
            let reason = match shortfalls[seat] {
                f64::INFINITY => Reason::RedLine,
                shortfall if shortfall * stakes[seat] * standing > resolve[seat] => Reason::Reservation,
                _ => Reason::HoldsOut,
            };
            objecting.push((seat, reason));
            tally.add(Stand::Objects, weights[seat], voter.veto);
        }
    }

    /// Whether a voter is content with a clause of the package as a module of its own.
    pub fn joins(&self, seat: usize, clause: usize) -> bool {
        self.included[clause] && self.worth(seat, clause) >= -AT_THE_MARGIN && !self.crosses(seat, clause)
    }

    /// Whether anything is left of the package.
    pub fn is_empty(&self) -> bool {
        !self.included.contains(&true)
    }
}
