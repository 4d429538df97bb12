//! What many replications say together: probabilities and means with their intervals.

use crate::minutes::{ClauseOutcome, ForumOutcome, Outcome};
use crate::scenario::{Clause, Forum, Scenario};

/// Standard normal quantile of a two-sided interval of 95 %.
const Z: f64 = 1.959_963_984_540_054;

/// How often something happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Proportion {
    /// Times it happened.
    pub hits: u64,
    /// Times it could have.
    pub n: u64,
}

impl Proportion {
    fn count(&mut self, hit: bool) {
        self.hits += u64::from(hit);
        self.n += 1;
    }

    /// Share [0–1] with Wilson's (1927) 95 % score interval; none before anything was counted.
    pub fn estimate(self) -> Option<Estimate> {
        if self.n == 0 {
            return None;
        }
        let (n, share) = (self.n as f64, self.hits as f64 / self.n as f64);
        let scale = 1.0 + Z * Z / n;
        let middle = (share + Z * Z / (2.0 * n)) / scale;
        let half = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt() / scale;
        // At the ends of the scale the interval touches it exactly; rounding must not push it off.
        let low = if self.hits == 0 { 0.0 } else { (middle - half).max(0.0) };
        let high = if self.hits == self.n { 1.0 } else { (middle + half).min(1.0) };
        let sd = (share * (1.0 - share)).sqrt();
        Some(Estimate { mean: share, interval: Some((low, high)), sd: Some(sd), n: self.n })
    }
}

/// A mean of counts, added up exactly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    n: u64,
    sum: u128,
    squares: u128,
}

impl Counts {
    fn add(&mut self, count: u64) {
        self.n += 1;
        self.sum += u128::from(count);
        self.squares += u128::from(count) * u128::from(count);
    }

    /// Mean with its normal 95 % interval, which needs two values; none before anything was added.
    pub fn estimate(self) -> Option<Estimate> {
        let n = u128::from(self.n);
        let spread = n.saturating_mul(self.squares).saturating_sub(self.sum.saturating_mul(self.sum));
        let sd = (self.n > 1).then(|| (spread as f64 / (n * (n - 1)) as f64).sqrt());
        estimate(self.n, self.sum as f64 / self.n.max(1) as f64, sd)
    }
}

/// A mean, added up one value at a time (Welford 1962).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Mean {
    n: u64,
    mean: f64,
    squares: f64,
}

impl Mean {
    fn add(&mut self, value: f64) {
        self.n += 1;
        let before = value - self.mean;
        self.mean += before / self.n as f64;
        self.squares += before * (value - self.mean);
    }

    /// Mean with its normal 95 % interval, which needs two values; none before anything was added.
    pub fn estimate(self) -> Option<Estimate> {
        let sd = (self.n > 1).then(|| (self.squares / (self.n - 1) as f64).max(0.0).sqrt());
        estimate(self.n, self.mean, sd)
    }
}

/// A mean with its normal interval.
fn estimate(n: u64, mean: f64, sd: Option<f64>) -> Option<Estimate> {
    let interval = sd.map(|sd| Z * sd / (n as f64).sqrt()).map(|half| (mean - half, mean + half));
    (n > 0).then_some(Estimate { mean, interval, sd, n })
}

/// A mean or share and how sure we are of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Mean or share.
    pub mean: f64,
    /// Ends of the 95 % interval.
    pub interval: Option<(f64, f64)>,
    /// Standard deviation over replications.
    pub sd: Option<f64>,
    /// Replications it rests on.
    pub n: u64,
}

/// What a measure is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The forum's talks as a whole.
    Talks,
    /// A clause, by its place in the scenario.
    Clause(usize),
    /// A country, by its place in the scenario.
    Country(usize),
}

/// One line of the summary.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The forum, by its place in the scenario.
    pub forum: usize,
    /// What it is about.
    pub subject: Subject,
    /// What is measured.
    pub measure: String,
    /// The result; none where no replication says anything, as on the position of a clause never adopted.
    pub estimate: Option<Estimate>,
}

/// The running summary of an ensemble; outcomes are added in the order of their replications.
#[derive(Clone, Debug)]
pub struct Summary<'a> {
    scenario: &'a Scenario,
    forums: Vec<Talks>,
}

/// What is kept of one forum.
#[derive(Clone, Debug, Default)]
struct Talks {
    concluded: Proportion,
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
        Summary { scenario, forums: talks.collect() }
    }

    /// Adds one replication.
    pub fn add(&mut self, outcome: &Outcome) {
        for ((talks, ended), forum) in self.forums.iter_mut().zip(&outcome.forums).zip(&self.scenario.forums) {
            talks.add(ended);
            talks.measure(ended, forum);
            let places = forum.agenda.iter().zip(&forum.status_quo);
            for ((provision, ended), (&clause, &before)) in talks.clauses.iter_mut().zip(&ended.clauses).zip(places) {
                provision.add(ended, &self.scenario.clauses[clause], before);
            }
        }
    }

    /// Every line, forum by forum: the talks, the clauses, the members.
    pub fn lines(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        for (no, (talks, forum)) in self.forums.iter().zip(&self.scenario.forums).enumerate() {
            let mut line = |subject, measure: &str, estimate| {
                lines.push(Line { forum: no, subject, measure: measure.to_owned(), estimate });
            };
            line(Subject::Talks, "concluded", talks.concluded.estimate());
            line(Subject::Talks, "rounds", talks.rounds.estimate());
            line(Subject::Talks, "clauses_adopted", talks.clauses_adopted.estimate());
            line(Subject::Talks, "clauses_dropped", talks.clauses_dropped.estimate());
            line(Subject::Talks, "parties", talks.parties.estimate());
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
                line(subject, "gain", membership.gain.estimate());
                if terms.assistance.is_some() {
                    line(subject, "transfer", membership.transfer.estimate());
                }
                if terms.opt_outs.is_some() {
                    line(subject, "opt_outs", membership.opt_outs.estimate());
                }
            }
        }
        lines
    }
}

impl Talks {
    fn add(&mut self, ended: &ForumOutcome) {
        self.concluded.count(ended.concluded);
        self.rounds.add(ended.rounds.into());
        self.clauses_adopted.add(ended.adopted() as u64);
        self.exchanges.add(ended.exchanges.into());
        self.externality.add(ended.externality);
        if let Some(dropped) = ended.dropped() {
            self.clauses_dropped.add(dropped as u64);
            self.parties.add(ended.parties() as u64);
        }
        for (membership, ended) in self.members.iter_mut().zip(&ended.members) {
            membership.party.count(ended.party);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wilson_intervals_agree_with_the_published_example() {
        // Newcombe (1998), table I: 81 of 263 → 0.2553 to 0.3662; 0 of 20 → 0 to 0.1611.
        let estimate = |hits, n| Proportion { hits, n }.estimate().unwrap();
        let (low, high) = estimate(81, 263).interval.unwrap();
        assert!((low - 0.2553).abs() < 5e-5 && (high - 0.3662).abs() < 5e-5, "{low} {high}");
        let (low, high) = estimate(0, 20).interval.unwrap();
        assert!(low == 0.0 && (high - 0.1611).abs() < 5e-5, "{low} {high}");
        assert_eq!(estimate(20, 20).interval.unwrap().1, 1.0);
        assert_eq!(Proportion::default().estimate(), None);
    }

    #[test]
    fn means_know_their_spread_only_from_two_values_on() {
        let mut mean = Mean::default();
        assert_eq!(mean.estimate(), None);
        mean.add(2.0);
        assert_eq!(mean.estimate(), Some(Estimate { mean: 2.0, interval: None, sd: None, n: 1 }));
        mean.add(4.0);
        let Estimate { mean, interval, sd, n } = mean.estimate().unwrap();
        assert!(mean == 3.0 && n == 2 && (sd.unwrap() - 2f64.sqrt()).abs() < 1e-15);
        assert!((interval.unwrap().1 - (3.0 + Z)).abs() < 1e-12);
    }

    #[test]
    fn counts_agree_with_the_running_mean() {
        let (mut counts, mut mean) = (Counts::default(), Mean::default());
        assert_eq!(counts.estimate(), None);
        for value in [3, 1, 4, 1, 5, 9, 2, 6] {
            counts.add(value);
            mean.add(value as f64);
            let (counted, running) = (counts.estimate().unwrap(), mean.estimate().unwrap());
            assert!((counted.mean - running.mean).abs() < 1e-12);
            assert_eq!(counted.sd.is_some(), running.sd.is_some());
            assert!((counted.sd.unwrap_or(0.0) - running.sd.unwrap_or(0.0)).abs() < 1e-12);
        }
    }
}
