//! What many replications say together: probabilities and means with their intervals.
//!
//! All that is added up are counts and exact sums. So a summary is the same whatever order and whatever parts it was added up
//! in: of a batch on the thread that played it, of a shard on another machine.

mod blockers;
mod divide;
mod estimate;
mod exact;
mod findings;
mod fragmentation;
mod interval;
mod later;
mod moments;
mod range;
mod student;
mod sums;
mod world;

pub use blockers::Blocker;
pub use estimate::{Counts, Estimate, Mean, Proportion};
pub use range::Range;
pub use sums::Stored;

use sums::Sum;

use crate::minutes::{ClauseOutcome, ForumOutcome, Outcome};
use crate::scenario::{Clause, Forum, Scenario};

/// What a measure is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The forum's talks as a whole.
    Talks,
    /// A clause, by its place in the scenario.
    Clause(usize),
    /// A country, by its place in the scenario.
    Country(usize),
    /// All forums together.
    AllForums,
}

/// One line of the summary.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The forum, by its place in the scenario; none for all forums together.
    pub forum: Option<usize>,
    /// What it is about.
    pub subject: Subject,
    /// What is measured.
    pub measure: String,
    /// The result; none where no replication says anything, as on the position of a clause never adopted.
    pub estimate: Option<Estimate>,
}

/// The running summary of an ensemble.
#[derive(Clone, Debug)]
pub struct Summary<'a> {
    scenario: &'a Scenario,
    forums: Vec<Talks>,
    later: Vec<later::Aftermath>,
    findings: Vec<findings::Findings>,
    divides: Vec<divide::Divide<'a>>,
    reaches: Vec<world::Reach<'a>>,
    blockers: Vec<blockers::Blockers>,
    fragmentation: fragmentation::Fragmentation,
}

/// What is kept of one forum.
#[derive(Clone, Debug, Default)]
struct Talks {
    concluded: Proportion,
    without_a_vote: Proportion,
    co_sponsors: Counts,
    rounds: Counts,
    clauses_adopted: Counts,
    clauses_dropped: Counts,
    parties: Counts,
    exchanges: Counts,
    externality: Mean,
    depth: Mean,
    flexibility: Mean,
    clauses: Vec<Provision>,
    members: Vec<Membership>,
}

/// What is kept of one clause.
#[derive(Clone, Debug, Default)]
struct Provision {
    adopted: Proportion,
    proposed: Proportion,
    agreed: Proportion,
    position: Mean,
    objections: Counts,
    flexibility: Mean,
    opt_outs: Counts,
    rungs: Vec<Proportion>,
}

/// What is kept of one member.
#[derive(Clone, Copy, Debug, Default)]
struct Membership {
    party: Proportion,
    co_sponsor: Proportion,
    gain: Mean,
    transfer: Mean,
    opt_outs: Counts,
}

impl<'a> Summary<'a> {
    /// A summary of nothing yet.
    pub fn new(scenario: &'a Scenario) -> Self {
        let talks = scenario.forums.iter().map(|forum| Talks {
            clauses: forum
                .agenda
                .iter()
                .map(|&clause| Provision {
                    rungs: vec![Proportion::default(); scenario.clauses[clause].rungs.len()],
                    ..Provision::default()
                })
                .collect(),
            members: vec![Membership::default(); forum.members.len()],
            ..Talks::default()
        });
        Summary {
            scenario,
            forums: talks.collect(),
            later: later::of(scenario),
            findings: scenario.forums.iter().map(findings::Findings::of).collect(),
            divides: scenario.forums.iter().map(|forum| divide::Divide::of(scenario, forum)).collect(),
            reaches: scenario.forums.iter().map(|forum| world::Reach::of(scenario, forum)).collect(),
            blockers: vec![blockers::Blockers::default(); scenario.forums.len()],
            fragmentation: fragmentation::Fragmentation::default(),
        }
    }

    /// Adds one replication.
    pub fn add(&mut self, outcome: &Outcome) {
        for (aftermath, ended) in self.later.iter_mut().zip(&outcome.forums) {
            aftermath.add(ended);
        }
        for (no, ended) in outcome.forums.iter().enumerate() {
            self.findings[no].add(ended);
            self.divides[no].add(ended);
            self.reaches[no].add(ended);
            self.blockers[no].add(ended);
        }
        self.fragmentation.add(self.scenario, outcome);
        for ((talks, ended), forum) in self.forums.iter_mut().zip(&outcome.forums).zip(&self.scenario.forums) {
            talks.add(ended);
            talks.measure(ended, forum);
            let places = forum.agenda.iter().zip(&forum.status_quo);
            for ((provision, ended), (&clause, &before)) in talks.clauses.iter_mut().zip(&ended.clauses).zip(places) {
                provision.add(ended, &self.scenario.clauses[clause], before);
            }
        }
    }

    /// Adds what another summary of the same scenario has added up.
    pub fn merge(&mut self, mut other: Summary) {
        for (one, other) in self.sums().into_iter().zip(other.sums()) {
            let alike = one.merge(other);
            debug_assert!(alike, "two summaries of one scenario have the same sums");
        }
    }

    /// All that was added up, to be stored.
    pub fn stored(&mut self) -> Vec<Stored> {
        self.sums().into_iter().map(Sum::stored).collect()
    }

    /// A summary from what was stored of one over so many replications; none where that is not of this scenario, or cannot
    /// be of any replications.
    pub fn restored(scenario: &'a Scenario, stored: &[Stored], replications: u64) -> Option<Self> {
        let mut summary = Summary::new(scenario);
        let sums = summary.sums();
        let fits = sums.len() == stored.len();
        let sound = sums.into_iter().zip(stored).all(|(sum, stored)| sum.restore(stored, replications));
        (fits && sound).then_some(summary)
    }

    /// Every sum, in an order that the scenario alone gives.
    fn sums(&mut self) -> Vec<Sum<'_>> {
        let Summary { scenario, forums, later, findings, divides, reaches, blockers, fragmentation } = self;
        let mut all = Vec::new();
        forums.iter_mut().for_each(|talks| talks.sums(&mut all));
        later.iter_mut().for_each(|aftermath| aftermath.sums(&mut all));
        findings.iter_mut().for_each(|findings| findings.sums(&mut all));
        divides.iter_mut().for_each(|divide| divide.sums(&mut all));
        reaches.iter_mut().for_each(|reach| reach.sums(&mut all));
        blockers.iter_mut().zip(&scenario.forums).for_each(|(blockers, forum)| blockers.sums(forum, &mut all));
        fragmentation.sums(&mut all);
        all
    }

    /// Every line, forum by forum: the talks, the clauses, the members, what follows, what was found; then what all forums
    /// come to together.
    pub fn lines(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        for (no, (talks, forum)) in self.forums.iter().zip(&self.scenario.forums).enumerate() {
            let mut line = |subject, measure: &str, estimate| {
                lines.push(Line { forum: Some(no), subject, measure: measure.to_owned(), estimate });
            };
            line(Subject::Talks, "concluded", talks.concluded.estimate());
            if forum.has_votes() {
                line(Subject::Talks, "without_a_vote", talks.without_a_vote.estimate());
            }
            line(Subject::Talks, "rounds", talks.rounds.estimate());
            line(Subject::Talks, "clauses_adopted", talks.clauses_adopted.estimate());
            line(Subject::Talks, "clauses_dropped", talks.clauses_dropped.estimate());
            line(Subject::Talks, "parties", talks.parties.estimate());
            if forum.terms.co_sponsorship.is_some() {
                line(Subject::Talks, "co_sponsors", talks.co_sponsors.estimate());
            }
            if forum.room.linkage.is_some() {
                line(Subject::Talks, "exchanges", talks.exchanges.estimate());
                line(Subject::Talks, "externality", talks.externality.estimate());
            }
            line(Subject::Talks, "depth", talks.depth.estimate());
            line(Subject::Talks, "flexibility", talks.flexibility.estimate());
            let terms = &forum.terms;
            for (provision, &clause) in talks.clauses.iter().zip(&forum.agenda) {
                let subject = Subject::Clause(clause);
                line(subject, "adopted", provision.adopted.estimate());
                if forum.room.first_reading.is_some() {
                    line(subject, "proposed", provision.proposed.estimate());
                }
                line(subject, "agreed_in_rounds", provision.agreed.estimate());
                line(subject, "position", provision.position.estimate());
                line(subject, "objections", provision.objections.estimate());
                if terms.flexibility.is_some() {
                    line(subject, "flexibility", provision.flexibility.estimate());
                }
                if terms.opt_outs.is_some() {
                    line(subject, "opt_outs", provision.opt_outs.estimate());
                }
                for (rung, share) in provision.rungs.iter().enumerate() {
                    line(subject, &format!("rung_{rung}"), share.estimate());
                }
            }
            for (membership, member) in talks.members.iter().zip(&forum.members) {
                let subject = Subject::Country(member.country);
                line(subject, "party", membership.party.estimate());
                if terms.co_sponsorship.is_some() {
                    line(subject, "co_sponsor", membership.co_sponsor.estimate());
                }
                line(subject, "gain", membership.gain.estimate());
                if terms.assistance.is_some() {
                    line(subject, "transfer", membership.transfer.estimate());
                }
                if terms.opt_outs.is_some() {
                    line(subject, "opt_outs", membership.opt_outs.estimate());
                }
            }
            for (subject, measure, estimate) in self.later.get(no).into_iter().flat_map(|later| later.lines(forum)) {
                line(subject, measure, estimate);
            }
            let shares = self.divides[no].lines().into_iter().chain(self.reaches[no].lines());
            let divide = shares.map(|(measure, it)| (Subject::Talks, measure, it));
            for (subject, measure, estimate) in divide.chain(self.findings[no].lines(self.scenario, forum)) {
                line(subject, measure, estimate);
            }
        }
        for (measure, estimate) in self.fragmentation.lines(self.scenario) {
            lines.push(Line { forum: None, subject: Subject::AllForums, measure: measure.to_owned(), estimate });
        }
        for line in &mut lines {
            let forum = line.forum.map(|no| &self.scenario.forums[no]);
            let range = Range::of(self.scenario, forum, line.subject, &line.measure).unwrap_or(Range::Any);
            // Shares have theirs.
            line.estimate = line.estimate.map(|it| if it.interval.is_some() { it } else { it.within(range) });
        }
        lines
    }

    /// Who stood in the way of what, in the order of the scenario.
    pub fn blockers(&self) -> Vec<Blocker> {
        let forums = self.scenario.forums.iter().enumerate().zip(&self.blockers);
        forums.flat_map(|((no, forum), blockers)| blockers.told(no, forum)).collect()
    }
}

impl Talks {
    fn sums<'s>(&'s mut self, all: &mut Vec<Sum<'s>>) {
        let Talks {
            concluded,
            without_a_vote,
            co_sponsors,
            rounds,
            clauses_adopted,
            clauses_dropped,
            parties,
            exchanges,
            externality,
            depth,
            flexibility,
            clauses,
            members,
        } = self;
        all.extend([concluded, without_a_vote].map(Sum::Share));
        all.extend([co_sponsors, rounds, clauses_adopted, clauses_dropped, parties, exchanges].map(Sum::Counts));
        all.extend([externality, depth, flexibility].map(Sum::Mean));
        for Provision { adopted, proposed, agreed, position, objections, flexibility, opt_outs, rungs } in clauses {
            all.extend([adopted, proposed, agreed].into_iter().chain(rungs).map(Sum::Share));
            all.extend([position, flexibility].map(Sum::Mean));
            all.extend([objections, opt_outs].map(Sum::Counts));
        }
        for Membership { party, co_sponsor, gain, transfer, opt_outs } in members {
            all.extend([party, co_sponsor].map(Sum::Share));
            all.extend([gain, transfer].map(Sum::Mean));
            all.push(Sum::Counts(opt_outs));
        }
    }

    fn add(&mut self, ended: &ForumOutcome) {
        self.concluded.count(ended.concluded);
        self.without_a_vote.count(ended.without_a_vote == Some(true));
        self.rounds.add(ended.rounds.into());
        self.clauses_adopted.add(ended.adopted() as u64);
        self.exchanges.add(ended.exchanges.into());
        self.externality.add(ended.externality);
        if let Some(dropped) = ended.dropped() {
            self.clauses_dropped.add(dropped as u64);
            self.parties.add(ended.parties() as u64);
            self.co_sponsors.add(ended.co_sponsors() as u64);
        }
        for (membership, ended) in self.members.iter_mut().zip(&ended.members) {
            membership.party.count(ended.party);
            membership.co_sponsor.count(ended.co_sponsor);
            if ended.party {
                membership.gain.add(ended.gain);
                membership.transfer.add(ended.transfer);
                membership.opt_outs.add(ended.opt_outs.into());
            }
        }
    }

    /// Depth and flexibility of an adopted text: means over the agenda, and over the clauses of the text.
    fn measure(&mut self, ended: &ForumOutcome, forum: &Forum) {
        if !ended.concluded {
            return;
        }
        let distances = ended.clauses.iter().zip(&forum.status_quo).filter_map(|(c, q)| Some((c.adopted? - q).abs()));
        self.depth.add(distances.sum::<f64>() / ended.clauses.len().max(1) as f64);
        let exceptions = ended.clauses.iter().filter(|c| c.adopted.is_some()).map(|c| c.flexibility);
        self.flexibility.add(exceptions.sum::<f64>() / ended.adopted().max(1) as f64);
    }
}

impl Provision {
    fn add(&mut self, ended: &ClauseOutcome, clause: &Clause, status_quo: f64) {
        self.adopted.count(ended.adopted.is_some());
        self.proposed.count(ended.proposed);
        self.agreed.count(ended.closed_in.is_some());
        self.objections.add(ended.objections.into());
        if let Some(point) = ended.adopted {
            self.position.add(point);
            self.flexibility.add(ended.flexibility);
            self.opt_outs.add(ended.opt_outs.into());
        }
        // A clause that was not adopted comes to what held before.
        let came_to = clause.nearest_rung(ended.adopted.unwrap_or(status_quo));
        for (rung, share) in self.rungs.iter_mut().enumerate() {
            share.count(came_to == Some(rung));
        }
    }
}
