//! How the talks of a forum end, over all replications.

use super::measure::measures;
use super::range::Range;
use super::sums::Sum;
use super::{Counts, Mean, Measure, Measured, Proportion, Subject};
use crate::minutes::ForumOutcome;
use crate::scenario::Forum;

measures! {
    CONCLUDED = Talks("concluded", "share", |_| Range::UNIT, "Replications with a text / *N*", "*N*");
    WITHOUT_A_VOTE = Talks(
        "without_a_vote", "share", |_| Range::UNIT,
        "Replications in which a text was adopted and nobody objected in the last poll / *N*; only where a majority decides, or drafts go under silence",
        "*N*"
    );
    ROUNDS = Talks("rounds", "rounds", |at| at.rounds(), "Σ `rounds` / *N*", "*N*");
    CLAUSES_ADOPTED =
        Talks("clauses_adopted", "clauses", |at| at.clauses(), "Σ `clauses_adopted` / *N*; 0 without a text", "*N*");
    CLAUSES_DROPPED = Talks("clauses_dropped", "clauses", |at| at.clauses(), "Σ `clauses_dropped` / *M*", "*M*");
    PARTIES = Talks("parties", "countries", |at| at.members(), "Σ `parties` / *M*", "*M*");
    CO_SPONSORS = Talks(
        "co_sponsors", "countries", |at| at.members(),
        "Σ members that co-sponsor / *M*; only where the forum states `co_sponsorship`", "*M*"
    );
    EXCHANGES = Talks("exchanges", "exchanges", |_| Range::Counts, "Σ `exchanges` / *N*; only with linkage", "*N*");
    // Gains, and what they are made of, have no bounds: cost of failure and burdens are as large as one writes them.
    EXTERNALITY = Talks("externality", "utility", |_| Range::Any, "Σ `externality` / *N*; only with linkage", "*N*");
    DEPTH = Talks(
        "depth", "0-1", |_| Range::UNIT,
        "Σ over clauses of the text of \\|position − status quo\\| / clauses of the agenda", "*M*"
    );
    FLEXIBILITY = Talks("flexibility", "0-1", |_| Range::UNIT, "Σ `flexibility` / clauses of the text", "*M*");
}

/// What is kept of one forum.
#[derive(Clone, Debug, Default)]
pub(super) struct Talks {
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
}

impl Talks {
    /// Adds one replication.
    pub fn add(&mut self, ended: &ForumOutcome, forum: &Forum) {
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
        if ended.concluded {
            self.text(ended, forum);
        }
    }

    /// Depth and flexibility of an adopted text: means over the agenda, and over the clauses of the text.
    fn text(&mut self, ended: &ForumOutcome, forum: &Forum) {
        let distances = ended.clauses.iter().zip(&forum.status_quo).filter_map(|(c, q)| Some((c.adopted? - q).abs()));
        self.depth.add(distances.sum::<f64>() / ended.clauses.len().max(1) as f64);
        let exceptions = ended.clauses.iter().filter(|c| c.adopted.is_some()).map(|c| c.flexibility);
        self.flexibility.add(exceptions.sum::<f64>() / ended.adopted().max(1) as f64);
    }

    /// Its sums.
    pub fn sums<'s>(&'s mut self, all: &mut Vec<Sum<'s>>) {
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
        } = self;
        all.extend([concluded, without_a_vote].map(Sum::Share));
        all.extend([co_sponsors, rounds, clauses_adopted, clauses_dropped, parties, exchanges].map(Sum::Counts));
        all.extend([externality, depth, flexibility].map(Sum::Mean));
    }

    /// Its lines.
    pub fn lines(&self, forum: &Forum) -> Vec<Measured> {
        let mut lines = Vec::new();
        let mut line = |measure, estimate| lines.push((Subject::Talks, measure, estimate));
        line(Measure::CONCLUDED, self.concluded.estimate());
        if forum.has_votes() {
            line(Measure::WITHOUT_A_VOTE, self.without_a_vote.estimate());
        }
        line(Measure::ROUNDS, self.rounds.estimate());
        line(Measure::CLAUSES_ADOPTED, self.clauses_adopted.estimate());
        line(Measure::CLAUSES_DROPPED, self.clauses_dropped.estimate());
        line(Measure::PARTIES, self.parties.estimate());
        if forum.terms.co_sponsorship.is_some() {
            line(Measure::CO_SPONSORS, self.co_sponsors.estimate());
        }
        if forum.room.linkage.is_some() {
            line(Measure::EXCHANGES, self.exchanges.estimate());
            line(Measure::EXTERNALITY, self.externality.estimate());
        }
        line(Measure::DEPTH, self.depth.estimate());
        line(Measure::FLEXIBILITY, self.flexibility.estimate());
        lines
    }
}
