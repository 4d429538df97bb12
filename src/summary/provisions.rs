//! What becomes of each clause of a forum, over all replications.

use super::measure::{Definition, SubjectKind, measures};
use super::range::Range;
use super::sums::Sum;
use super::{Counts, Mean, Measure, Measured, Proportion, Subject};
use crate::minutes::{ClauseOutcome, ForumOutcome};
use crate::scenario::{Clause, Forum, Scenario};

measures! {
    ADOPTED = Clause("adopted", "share", |_| Range::UNIT, "Replications with a provision on it / *N*", "*N*");
    PROPOSED = Clause(
        "proposed", "share", |_| Range::UNIT,
        "Replications in which it entered the text / *N*; only with a first reading", "*N*"
    );
    AGREED_IN_ROUNDS = Clause(
        "agreed_in_rounds", "share", |_| Range::UNIT, "Replications in which its brackets fell in a round / *N*", "*N*"
    );
    POSITION = Clause(
        "position", "0-1", |_| Range::UNIT, "Σ `position` / replications with a provision on it",
        "those with a provision on it"
    );
    CLAUSE_OBJECTIONS = Clause("objections", "objections", |_| Range::Counts, "Σ `objections` / *N*", "*N*");
    CLAUSE_FLEXIBILITY = Clause(
        "flexibility", "0-1", |_| Range::UNIT,
        "Σ `flexibility` / replications with a provision on it; only where the forum states `flexibility`",
        "those with a provision on it"
    );
    CLAUSE_OPT_OUTS = Clause(
        "opt_outs", "countries", |at| at.members(),
        "Σ `opt_outs` / replications with a provision on it; only where the forum states `opt_outs`",
        "those with a provision on it"
    );
}

/// The family of shares of rungs.
const RUNG: Definition = Definition {
    kind: SubjectKind::Clause,
    name: "rung_",
    is_family: true,
    unit: "share",
    range: |_| Range::UNIT,
    description: "Replications in which it came to this rung / *N*",
    rests_on: "*N*",
};

/// The families of measures that are added up here: of each the first.
pub(super) const FAMILIES: &[Measure] = &[Measure::rung(0)];

impl Measure {
    /// Replications in which a clause came to a rung / *N*.
    pub const fn rung(rung: usize) -> Measure {
        Measure::numbered(&RUNG, rung)
    }
}

/// What is kept of one clause.
#[derive(Clone, Debug, Default)]
pub(super) struct Provision {
    adopted: Proportion,
    proposed: Proportion,
    agreed: Proportion,
    position: Mean,
    objections: Counts,
    flexibility: Mean,
    opt_outs: Counts,
    rungs: Vec<Proportion>,
}

/// Nothing yet of every clause of a forum.
pub(super) fn of(scenario: &Scenario, forum: &Forum) -> Vec<Provision> {
    let rungs = |clause: usize| vec![Proportion::default(); scenario.clauses[clause].rungs.len()];
    forum.agenda.iter().map(|&clause| Provision { rungs: rungs(clause), ..Provision::default() }).collect()
}

/// Adds one replication to what is kept of the clauses of a forum.
pub(super) fn add(provisions: &mut [Provision], scenario: &Scenario, forum: &Forum, ended: &ForumOutcome) {
    let places = forum.agenda.iter().zip(&forum.status_quo);
    for ((provision, ended), (&clause, &before)) in provisions.iter_mut().zip(&ended.clauses).zip(places) {
        provision.add(ended, &scenario.clauses[clause], before);
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

    /// Its sums.
    pub fn sums<'s>(&'s mut self, all: &mut Vec<Sum<'s>>) {
        let Provision { adopted, proposed, agreed, position, objections, flexibility, opt_outs, rungs } = self;
        all.extend([adopted, proposed, agreed].into_iter().chain(rungs).map(Sum::Share));
        all.extend([position, flexibility].map(Sum::Mean));
        all.extend([objections, opt_outs].map(Sum::Counts));
    }

    /// Its lines, given the forum and the clause by its place in the scenario.
    pub fn lines(&self, forum: &Forum, clause: usize) -> Vec<Measured> {
        let mut lines = Vec::new();
        let mut line = |measure, estimate| lines.push((Subject::Clause(clause), measure, estimate));
        line(Measure::ADOPTED, self.adopted.estimate());
        if forum.room.first_reading.is_some() {
            line(Measure::PROPOSED, self.proposed.estimate());
        }
        line(Measure::AGREED_IN_ROUNDS, self.agreed.estimate());
        line(Measure::POSITION, self.position.estimate());
        line(Measure::CLAUSE_OBJECTIONS, self.objections.estimate());
        if forum.terms.flexibility.is_some() {
            line(Measure::CLAUSE_FLEXIBILITY, self.flexibility.estimate());
        }
        if forum.terms.opt_outs.is_some() {
            line(Measure::CLAUSE_OPT_OUTS, self.opt_outs.estimate());
        }
        for (rung, share) in self.rungs.iter().enumerate() {
            line(Measure::rung(rung), share.estimate());
        }
        lines
    }
}
