//! The package: what is put to the vote at the end, what it is worth to each member, and who stands in its way.
//!
//! Plain functions over plain data, so that every step of the endgame can be tested alone.

mod appraisal;
mod assistance;
mod co_sponsors;
mod coverage;
mod exception;
mod holding_out;
mod impasse;
mod interest;
mod letters;
pub(crate) mod obligation;
mod obstacle;
mod opt_out;
mod silence;
mod weaken;

pub(super) use assistance::Part;
pub(super) use coverage::Exclusion;
pub(super) use letters::Letter;
pub(super) use weaken::step_towards;

use holding_out::HoldOuts;
use interest::Interests;
use obstacle::Watched;

use super::objection::{company, share, standing};
use crate::minutes::Reason;
use crate::rules::{Counting, DecisionRule, Majority, Tally};
use crate::scenario::{Clause, Forum, Member};
use crate::world::{DrawnParameters, Instructions, Strength};

/// A member weighing the package.
pub(super) struct Voter<'a> {
    /// Its seat in the forum; voters are those that are there.
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
    /// Whether a voter opted out of a clause, clause by clause; empty while nobody did.
    opted_out: Vec<bool>,
    total_burden: f64,
    /// Worth of every clause to every voter, against the status quo (in utility); clause by clause.
    worth: Vec<f64>,
    /// What the clauses are worth together, per voter (in utility).
    worths: Vec<f64>,
    /// What the clause that was weighed last was worth before, per voter (in utility).
    worth_before: Vec<f64>,
    /// What every voter holds against every clause [utility; a crossed red line counts for more than any]; voter by
    /// voter.
    grievance: Vec<f64>,
    /// How many of its red lines are crossed, per voter.
    crossed: Vec<u32>,
    /// How many voters have a red line crossed, per clause.
    crossing: Vec<u32>,
    interests: Interests,
    holding: HoldOuts,
    watched: Watched,
}

/// What is put to the vote, and by whom it is weighed.
pub(super) struct Proposal<'a> {
    pub forum: &'a Forum,
    pub clauses: Vec<&'a Clause>,
    pub parameters: &'a DrawnParameters,
    pub cost_of_failure: f64,
    pub voters: Vec<Voter<'a>>,
    pub total_weight: f64,
    pub point: Vec<f64>,
    pub included: Vec<bool>,
    pub bracketed: Vec<bool>,
    /// Drafts that are put under silence before the forum's rule decides (a count).
    pub drafts: u32,
    pub exclusion: Option<Exclusion<'a>>,
}

/// How a poll went.
pub(super) struct Poll {
    pub tally: Tally,
    pub objecting: Vec<(usize, Reason)>,
    /// Per seat, whether it accepts.
    pub accepts: Vec<bool>,
}

/// Fewest parties of a treaty, in a forum of more than one member.
const FEWEST_PARTIES: usize = 2;
/// A gain this close to the reservation value meets it: room for rounding.
const AT_THE_MARGIN: f64 = 1e-12;
/// Most that a clause which crosses no red line is held against the text (in utility).
const MOST_GRIEVANCE: f64 = 0.999;

impl<'a> Package<'a> {
    /// A package of these clauses at these points, weighed by every voter.
    pub fn new(proposal: Proposal<'a>) -> Self {
        let interests = Interests::of(&proposal);
        let Proposal { forum, clauses, parameters, cost_of_failure, voters, total_weight, point, included, .. } =
            proposal;
        let cells = voters.len() * clauses.len();
        let everyone = vec![true; voters.len()];
        let exclusion = proposal.exclusion;
        let company = |seat: usize| exclusion.as_ref().map_or(0.0, |exclusion| exclusion.worth(seat, &everyone));
        let company = (0..voters.len()).map(company).collect();
        let mut package = Package {
            total_burden: clauses.iter().map(|clause| clause.burden).sum(),
            worth: vec![0.0; cells],
            worths: vec![0.0; voters.len()],
            worth_before: Vec::with_capacity(voters.len()),
            grievance: vec![0.0; cells],
            crossed: vec![0; voters.len()],
            crossing: vec![0; clauses.len()],
            interests,
            holding: HoldOuts::none(company, clauses.len()),
            watched: Watched::default(),
            exception: vec![0.0; clauses.len()],
            exclusion,
            bracketed: proposal.bracketed,
            opted_out: Vec::new(),
            rule: Package::rule_now(forum.rule, proposal.drafts),
            drafts: proposal.drafts,
            forum,
            clauses,
            parameters,
            cost_of_failure,
            voters,
            total_weight,
            point,
            included,
        };
        for clause in 0..package.point.len() {
            package.weigh_alone(clause);
        }
        package.hold_out();
        package
    }

    /// What was put to the vote, to be weighed anew at these points.
    pub fn tabled_at(self, point: Vec<f64>, included: Vec<bool>) -> Proposal<'a> {
        let Package { forum, clauses, parameters, cost_of_failure, voters, total_weight, bracketed, exclusion, .. } =
            self;
        Proposal {
            forum,
            clauses,
            parameters,
            cost_of_failure,
            voters,
            total_weight,
            point,
            included,
            bracketed,
            drafts: 0,
            exclusion,
        }
    }

    /// Worth of a clause to a voter (in utility).
    pub fn worth(&self, seat: usize, clause: usize) -> f64 {
        self.worth[clause * self.voters.len() + seat]
    }

    /// Gain of the package over no deal for a voter, whoever joins (in utility).
    pub fn gain(&self, seat: usize) -> f64 {
        self.worths[seat] + self.cost_of_failure
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
        self.grievance[seat * self.point.len() + clause] >= 1.0
    }

    /// Has every voter weigh one clause as it stands, and ask anew whether to hold out.
    fn weigh(&mut self, clause: usize) {
        self.weigh_alone(clause);
        self.hold_out();
    }

    /// Has every voter weigh one clause as it stands.
    fn weigh_alone(&mut self, clause: usize) {
        let (seats, clauses) = (self.voters.len(), self.point.len());
        let question = self.question(clause, self.exception[clause]);
        let mut worth_before = std::mem::take(&mut self.worth_before);
        worth_before.clear();
        for seat in 0..seats {
            let (worth, grievance) = self.appraise(&question, seat);
            let before = std::mem::replace(&mut self.worth[clause * seats + seat], worth);
            worth_before.push(before);
            self.worths[seat] += worth - before;
            let was_crossed = std::mem::replace(&mut self.grievance[seat * clauses + clause], grievance) >= 1.0;
            let is_crossed = grievance >= 1.0;
            if was_crossed != is_crossed {
                self.crossed[seat] = self.crossed[seat] + u32::from(is_crossed) - u32::from(was_crossed);
                self.crossing[clause] = self.crossing[clause] + u32::from(is_crossed) - u32::from(was_crossed);
                self.watched.turn(seat * clauses + clause, was_crossed, is_crossed);
            }
        }
        if self.bracketed[clause] {
            self.insist(clause, &worth_before);
        }
        self.worth_before = worth_before;
    }

    /// By how much the package falls short of what a voter insists on while nobody else joins (in utility; without bound
    /// where it crosses a red line).
    fn shortfall(&self, seat: usize) -> f64 {
        if self.crossed[seat] == 0 { self.lacking(seat) } else { f64::INFINITY }
    }

    /// The same, red lines aside.
    fn lacking(&self, seat: usize) -> f64 {
        self.voters[seat].instructions.reservation - self.gain(seat) - AT_THE_MARGIN
    }

    /// Shortfalls with the company of those who would join.
    fn eased(&self, shortfalls: Vec<f64>) -> Vec<f64> {
        match &self.exclusion {
            Some(exclusion) => exclusion.eased(shortfalls),
            None => shortfalls,
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
        self.ballot((0..self.voters.len()).map(|seat| self.shortfall(seat)).collect())
    }

    /// Puts one clause to the vote as a module of its own.
    pub fn poll_module(&self, clause: usize) -> Poll {
        let shortfalls = (0..self.voters.len()).map(|seat| match self.crosses(seat, clause) {
            true => f64::INFINITY,
            false => -self.worth(seat, clause) - AT_THE_MARGIN,
        });
        let resolve = |instructions: &Instructions| instructions.resolve[clause];
        ballot(&self.voters, shortfalls.collect(), self.total_weight, |_| false, resolve)
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
        let holds_out = |seat: usize| self.held_out_by(seat) > 0;
        let resolve = |instructions: &Instructions| instructions.package_resolve;
        ballot(&self.voters, self.eased(shortfalls), self.total_weight, holds_out, resolve)
    }

    /// Whether a voter is content with a clause of the package as a module of its own.
    pub fn joins(&self, seat: usize, clause: usize) -> bool {
        self.included[clause] && self.worth(seat, clause) >= -AT_THE_MARGIN && !self.crosses(seat, clause)
    }

    /// Per voter, its voice when the chair weighs what to give up, by weight and, where heads count, by heads [≥ 0]; and
    /// whether it stands in the way: under consensus who objects; where nobody does, and under any other rule, who does
    /// not accept. A veto speaks as one head among those that count, however many sit beside them.
    fn voices(&self, poll: &Poll) -> Vec<(f64, bool)> {
        let rule = self.rule;
        let heads = rule.everyone_holds_a_veto() || counts_heads(rule);
        let counts = |voter: &&Voter| heads || voter.veto || voter.strength.weight > 0.0;
        let one_head = 1.0 / self.voters.iter().filter(counts).count().max(1) as f64;
        let voice = |voter: &Voter| {
            let voice = if poll.tally.weight > 0.0 { voter.strength.weight / poll.tally.weight } else { 0.0 };
            if heads || voter.veto { voice + one_head } else { voice }
        };
        let objectors_only = rule == DecisionRule::Consensus && !poll.objecting.is_empty();
        let voters = self.voters.iter().zip(&poll.accepts);
        let mut voices: Vec<_> = voters.map(|(voter, accepts)| (voice(voter), !objectors_only && !accepts)).collect();
        if objectors_only {
            poll.objecting.iter().for_each(|&(seat, _)| voices[seat].1 = true);
        }
        voices
    }

    /// The clause that those who stand in the way oppose most, or where they hold nothing against any, the one that they
    /// would most have weakened; ties go to the first by `rank`.
    pub fn most_opposed(&self, poll: &Poll, rank: impl Fn(usize) -> usize) -> Option<usize> {
        let clauses = self.point.len();
        let mut opposition = vec![0.0; clauses];
        for (seat, (voice, _)) in self.voices(poll).into_iter().enumerate().filter(|(_, (_, in_the_way))| *in_the_way) {
            let grievances = &self.grievance[seat * clauses..(seat + 1) * clauses];
            for (opposition, grievance) in opposition.iter_mut().zip(grievances) {
                *opposition += voice * grievance;
            }
        }
        if !opposition.iter().any(|opposition| *opposition > 0.0) {
            opposition = self.asked_for(poll);
        }
        // What the institution brings along is not the chair's to give up, but where it crosses a red line.
        let for_the_chair = |clause: usize| self.forum.template[clause].is_none() || self.crossing[clause] > 0;
        (0..opposition.len())
            .filter(|&clause| opposition[clause] > 0.0 && for_the_chair(clause))
            .min_by(|&a, &b| opposition[b].total_cmp(&opposition[a]).then_with(|| rank(a).cmp(&rank(b))))
    }

    /// Whether anything is left of the package.
    pub fn is_empty(&self) -> bool {
        !self.included.contains(&true)
    }
}

fn counts_heads(rule: DecisionRule) -> bool {
    let by_heads = |majority: Majority| majority.by == Counting::Heads;
    match rule {
        DecisionRule::SimpleMajority(majority) | DecisionRule::QualifiedMajority { majority, .. } => by_heads(majority),
        _ => false,
    }
}

/// Who accepts and who objects, given by how much each falls short of what it insists on (in utility; infinite at a red
/// line), by whether it holds out on a clause, and by the resolve that holds each back from objecting.
fn ballot(
    voters: &[Voter],
    shortfalls: Vec<f64>,
    total_weight: f64,
    holds_out: impl Fn(usize) -> bool,
    resolve: impl Fn(&Instructions) -> f64,
) -> Poll {
    let content = |(seat, &shortfall): (usize, &f64)| shortfall <= 0.0 && !holds_out(seat);
    let accepts: Vec<bool> = shortfalls.iter().enumerate().map(content).collect();
    let mut tally = Tally { members: voters.len() as u32, weight: total_weight, ..Tally::default() };
    for (voter, _) in voters.iter().zip(&accepts).filter(|(_, accepts)| **accepts) {
        tally.accepting += 1;
        tally.accepting_weight += voter.strength.weight;
    }
    let reluctant = share(total_weight - tally.accepting_weight, total_weight);
    let mut objecting = Vec::new();
    for (seat, (voter, &shortfall)) in voters.iter().zip(&shortfalls).enumerate() {
        if accepts[seat] {
            continue;
        }
        let company = company(reluctant, share(voter.strength.weight, total_weight));
        let pressure = shortfall * voter.instructions.stakes * standing(voter.strength, company);
        let reason = match shortfall {
            f64::INFINITY => Some(Reason::RedLine),
            _ if pressure > resolve(voter.instructions) => Some(Reason::Reservation),
            _ => holds_out(seat).then_some(Reason::HoldsOut),
        };
        if let Some(reason) = reason {
            objecting.push((seat, reason));
            tally.objecting += 1;
            tally.objecting_weight += voter.strength.weight;
            tally.vetoes += u32::from(voter.veto);
        }
    }
    Poll { tally, objecting, accepts }
}
