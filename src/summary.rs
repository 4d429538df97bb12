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
mod measure;
mod measures;
mod members;
mod moments;
mod provisions;
mod range;
mod student;
mod sums;
mod talks;
mod world;

pub use blockers::Blocker;
pub use estimate::{Counts, Estimate, Mean, Proportion};
pub use measure::{Measure, SubjectKind};
pub use range::Range;
pub use sums::Stored;

use sums::Sum;

use crate::minutes::Outcome;
use crate::scenario::Scenario;

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

impl Subject {
    /// Of which kind it is.
    pub fn kind(self) -> SubjectKind {
        match self {
            Subject::Talks => SubjectKind::Talks,
            Subject::Clause(_) => SubjectKind::Clause,
            Subject::Country(_) => SubjectKind::Country,
            Subject::AllForums => SubjectKind::AllForums,
        }
    }
}

/// A measure of a subject, without the forum.
type Measured = (Subject, Measure, Option<Estimate>);

/// One line of the summary.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The forum, by its place in the scenario; none for all forums together.
    pub forum: Option<usize>,
    /// What it is about.
    pub subject: Subject,
    /// What is measured.
    pub measure: Measure,
    /// The result; none where no replication says anything, as on the position of a clause never adopted.
    pub estimate: Option<Estimate>,
}

/// The running summary of an ensemble.
#[derive(Clone, Debug)]
pub struct Summary<'a> {
    scenario: &'a Scenario,
    forums: Vec<Account>,
    later: Vec<later::Aftermath>,
    findings: Vec<findings::Findings>,
    divides: Vec<divide::Divide<'a>>,
    reaches: Vec<world::Reach<'a>>,
    blockers: Vec<blockers::Blockers>,
    fragmentation: fragmentation::Fragmentation,
}

/// What is kept of the negotiation in one forum.
#[derive(Clone, Debug)]
struct Account {
    talks: talks::Talks,
    /// In the order of the agenda.
    clauses: Vec<provisions::Provision>,
    /// In the order of the seats.
    members: Vec<members::Membership>,
}

impl<'a> Summary<'a> {
    /// A summary of nothing yet.
    pub fn new(scenario: &'a Scenario) -> Self {
        let accounts = scenario.forums.iter().map(|forum| Account {
            talks: talks::Talks::default(),
            clauses: provisions::of(scenario, forum),
            members: vec![members::Membership::default(); forum.members.len()],
        });
        Summary {
            scenario,
            forums: accounts.collect(),
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
        for ((account, ended), forum) in self.forums.iter_mut().zip(&outcome.forums).zip(&self.scenario.forums) {
            account.talks.add(ended, forum);
            provisions::add(&mut account.clauses, self.scenario, forum, ended);
            account.members.iter_mut().zip(&ended.members).for_each(|(member, ended)| member.add(ended));
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
        for Account { talks, clauses, members } in forums {
            talks.sums(&mut all);
            clauses.iter_mut().for_each(|clause| clause.sums(&mut all));
            members.iter_mut().for_each(|member| member.sums(&mut all));
        }
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
        for (no, (account, forum)) in self.forums.iter().zip(&self.scenario.forums).enumerate() {
            let mut add = |(subject, measure, estimate): Measured| {
                lines.push(self.line(Some(no), subject, measure, estimate));
            };
            account.talks.lines(forum).into_iter().for_each(&mut add);
            for (provision, &clause) in account.clauses.iter().zip(&forum.agenda) {
                provision.lines(forum, clause).into_iter().for_each(&mut add);
            }
            for (membership, member) in account.members.iter().zip(&forum.members) {
                membership.lines(forum, member.country).into_iter().for_each(&mut add);
            }
            self.later.get(no).into_iter().flat_map(|later| later.lines(forum)).for_each(&mut add);
            self.divides[no].lines().into_iter().for_each(&mut add);
            self.reaches[no].lines().for_each(&mut add);
            self.findings[no].lines(self.scenario, forum).into_iter().for_each(&mut add);
        }
        for (subject, measure, estimate) in self.fragmentation.lines(self.scenario) {
            lines.push(self.line(None, subject, measure, estimate));
        }
        lines
    }

    /// A line: where the estimate has no interval of its own, as shares have, that which the range of the measure gives.
    fn line(&self, forum: Option<usize>, subject: Subject, measure: Measure, estimate: Option<Estimate>) -> Line {
        debug_assert_eq!(subject.kind(), measure.kind(), "{measure} is no measure of its subject");
        let range = measure.range(self.scenario, forum.map(|no| &self.scenario.forums[no]));
        let estimate = estimate.map(|it| if it.interval.is_some() { it } else { it.within(range) });
        Line { forum, subject, measure, estimate }
    }

    /// Who stood in the way of what, in the order of the scenario.
    pub fn blockers(&self) -> Vec<Blocker> {
        let forums = self.scenario.forums.iter().enumerate().zip(&self.blockers);
        forums.flat_map(|((no, forum), blockers)| blockers.told(no, forum)).collect()
    }
}
