//! What many replications say of what follows adoption. Nothing is said where the scenario has no horizon.

use std::collections::BTreeMap;

use super::measure::measures;
use super::range::Range;
use super::sums::Sum;
use super::{Counts, Estimate, Mean, Measure, Measured, Proportion, Subject};
use crate::minutes::{ForumOutcome, MemberOutcome};
use crate::quantity::Day;
use crate::scenario::{Forum, Scenario};

measures! {
    SIGNED = Talks(
        "signed", "share", |_| Range::UNIT, "Replications in which the text was signed before the horizon / *N*; only with a horizon",
        "*N*"
    );
    IN_FORCE = Talks(
        "in_force", "share", |_| Range::UNIT,
        "Replications in which the text was in force before the horizon / *N*; only with a horizon", "*N*"
    );
    // A text that is signed once the talks have begun is in force by the horizon, where it is counted.
    DAYS_TO_FORCE = Talks(
        "days_to_force", "days", |at| at.days(), "Days from signature to force; only with a horizon",
        "those in which the text is in force"
    );
    // To within a class of days.
    MEDIAN_DAYS_TO_FORCE = Talks(
        "median_days_to_force", "days", |_| Range::FromZero,
        "Median of the days from signature to force, to within a class of 15 days (where the two in the middle are of different classes, half way between those), without an interval; only with a horizon",
        "those in which the text is in force"
    );
    PARTIES_AT_HORIZON = Talks(
        "parties_at_horizon", "countries", |at| at.candidates(),
        "Countries bound at the horizon, acceded ones included; only with a horizon", "those in which the text is in force"
    );
    INCORPORATED = Talks(
        "incorporated", "share", |_| Range::UNIT,
        "Adopted texts that the other body took in / those that it was asked about; only with a horizon, and where the forum states `incorporation`",
        "those in which it was asked"
    );
    RATIFIED = Country(
        "ratified", "share", |_| Range::UNIT, "Σ `ratified` / *N*; only with a horizon", "*N*"
    );
    BOUND_AT_HORIZON = Country(
        "bound_at_horizon", "share", |_| Range::UNIT,
        "Replications in which the text binds it at the horizon / *N*; only with a horizon", "*N*"
    );
    ACCEDED = Country(
        "acceded", "share", |_| Range::UNIT,
        "Σ `acceded` / *N*; only with a horizon, and where the forum states `accession`", "*N*"
    );
    WITHDRAWN = Country(
        "withdrawn", "share", |_| Range::UNIT,
        "Replications in which it withdraws before the horizon / *N*; only with a horizon, and where the text can be left", "*N*"
    );
    CLAUSES_RESERVED = Country(
        "clauses_reserved", "clauses", |at| at.clauses(),
        "Σ clauses on which it makes a reservation / *N*; only with a horizon, and where the forum states `reservations`", "*N*"
    );
}

/// Width of a class of days, within which the median is taken to lie evenly (in days).
const CLASS: Day = 15;
/// Most classes: beyond the longest horizon.
const CLASSES: u32 = 2_500;

/// What is kept of what follows adoption in one forum.
#[derive(Clone, Debug, Default)]
pub(super) struct Aftermath {
    signed: Proportion,
    in_force: Proportion,
    incorporated: Proportion,
    days_to_force: Mean,
    /// Counts by class.
    classes: BTreeMap<u32, u64>,
    parties: Counts,
    candidates: Vec<Candidate>,
}

/// What is kept of one candidate.
#[derive(Clone, Copy, Debug, Default)]
struct Candidate {
    ratified: Proportion,
    bound: Proportion,
    acceded: Proportion,
    withdrawn: Proportion,
    reserved: Counts,
}

/// One empty account a forum; none at all without a horizon.
pub(super) fn of(scenario: &Scenario) -> Vec<Aftermath> {
    let forums = scenario.forums.iter().filter(|_| scenario.aftermath.is_some());
    forums
        .map(|forum| Aftermath { candidates: vec![Candidate::default(); forum.candidates()], ..Aftermath::default() })
        .collect()
}

impl Aftermath {
    /// Adds one replication. Shares are of all replications, whether a text was adopted or not.
    pub fn add(&mut self, ended: &ForumOutcome) {
        self.signed.count(ended.signed_day.is_some());
        self.in_force.count(ended.in_force_day.is_some());
        if let Some(incorporated) = ended.incorporated {
            self.incorporated.count(incorporated);
        }
        if let Some((signed, force)) = ended.signed_day.zip(ended.in_force_day) {
            let days = (force - signed).max(0);
            self.days_to_force.add(days as f64);
            let class = u32::try_from(days / CLASS).map_or(CLASSES - 1, |class| class.min(CLASSES - 1));
            *self.classes.entry(class).or_default() += 1;
        }
        let candidates = || ended.members.iter().chain(&ended.outsiders);
        if ended.in_force_day.is_some() {
            self.parties.add(candidates().filter(|member| is_bound(member)).count() as u64);
        }
        for (candidate, ended) in self.candidates.iter_mut().zip(candidates()) {
            candidate.ratified.count(ended.ratified());
            candidate.bound.count(is_bound(ended));
            candidate.acceded.count(ended.acceded);
            candidate.withdrawn.count(ended.withdrawn_day.is_some());
            candidate.reserved.add(ended.reserved.into());
        }
    }

    /// Its sums.
    pub fn sums<'s>(&'s mut self, all: &mut Vec<Sum<'s>>) {
        let Aftermath { signed, in_force, incorporated, days_to_force, classes, parties, candidates } = self;
        all.extend([signed, in_force, incorporated].map(Sum::Share));
        all.extend([Sum::Mean(days_to_force), Sum::Days(classes, CLASSES), Sum::Counts(parties)]);
        for Candidate { ratified, bound, acceded, withdrawn, reserved } in candidates {
            all.extend([ratified, bound, acceded, withdrawn].map(Sum::Share));
            all.push(Sum::Counts(reserved));
        }
    }

    /// Its lines: the text, then the candidates.
    pub fn lines(&self, forum: &Forum) -> Vec<Measured> {
        let talks = |measure, estimate| (Subject::Talks, measure, estimate);
        let mut lines = vec![
            talks(Measure::SIGNED, self.signed.estimate()),
            talks(Measure::IN_FORCE, self.in_force.estimate()),
            talks(Measure::DAYS_TO_FORCE, self.days_to_force.estimate()),
            talks(Measure::MEDIAN_DAYS_TO_FORCE, self.median()),
            talks(Measure::PARTIES_AT_HORIZON, self.parties.estimate()),
        ];
        if forum.after.incorporation.is_some() {
            lines.push(talks(Measure::INCORPORATED, self.incorporated.estimate()));
        }
        for (no, candidate) in self.candidates.iter().enumerate() {
            let subject = Subject::Country(forum.candidate(no).country);
            lines.push((subject, Measure::RATIFIED, candidate.ratified.estimate()));
            lines.push((subject, Measure::BOUND_AT_HORIZON, candidate.bound.estimate()));
            if forum.after.accession.is_some() {
                lines.push((subject, Measure::ACCEDED, candidate.acceded.estimate()));
            }
            if forum.after.notice_days.is_some() {
                lines.push((subject, Measure::WITHDRAWN, candidate.withdrawn.estimate()));
            }
            if forum.after.reservations.is_some() {
                lines.push((subject, Measure::CLAUSES_RESERVED, candidate.reserved.estimate()));
            }
        }
        lines
    }

    /// The median of the days from signature to force, to within a class; without an interval. Where the two in the middle
    /// are of different classes, it lies half way between those.
    fn median(&self) -> Option<Estimate> {
        let n: u64 = self.classes.values().sum();
        let half = n as f64 / 2.0;
        let mut below = 0.0;
        for (&class, &count) in &self.classes {
            let count = count as f64;
            if below + count >= half {
                let within = f64::from(class) + (half - below) / count;
                let next = self.classes.range(class + 1..).next();
                let place = match next {
                    Some((&next, _)) if below + count == half => (within + f64::from(next)) / 2.0,
                    _ => within,
                };
                let mean = CLASS as f64 * place;
                return Some(Estimate { mean, interval: None, sd: None, n });
            }
            below += count;
        }
        None
    }
}

/// Whether a country is bound at the horizon.
fn is_bound(member: &MemberOutcome) -> bool {
    member.in_force_day.is_some() && member.withdrawn_day.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(days: Option<Day>) -> ForumOutcome {
        ForumOutcome { signed_day: Some(100), in_force_day: days.map(|days| 100 + days), ..ForumOutcome::default() }
    }

    #[test]
    fn the_median_lies_within_its_class() {
        let mut aftermath = Aftermath::default();
        assert_eq!(aftermath.median(), None);
        for days in [Some(31), Some(41), Some(400), None] {
            aftermath.add(&after(days));
        }
        // 31 and 41 share the class of 30 to 45 days: the median of three lies three quarters into it.
        assert_eq!(aftermath.median().unwrap().mean, 30.0 + 15.0 * 0.75);
        assert_eq!(aftermath.in_force.estimate().unwrap().mean, 0.75);
        assert!((aftermath.days_to_force.estimate().unwrap().mean - 472.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn the_median_of_classes_is_that_of_the_days_to_within_a_class() {
        let mut state = 1_u64;
        let mut next = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        let mut off_at_the_lower = 0;
        for case in 0..200 {
            let (n, spread) = (1 + next(if case % 2 == 0 { 6 } else { 60 }), [20, 400, 5_000][case % 3]);
            let mut days: Vec<Day> = (0..n).map(|_| next(spread) as Day).collect();
            let mut aftermath = Aftermath::default();
            days.iter().for_each(|day| aftermath.add(&after(Some(*day))));
            days.sort_unstable();
            let (low, high) = (days[(days.len() - 1) / 2], days[days.len() / 2]);
            let median = (low + high) as f64 / 2.0;
            let found = aftermath.median().unwrap().mean;
            assert!((found - median).abs() <= CLASS as f64, "{found}, not {median}: {days:?}");
            // The lower of two in the middle is another measure.
            off_at_the_lower += usize::from((low as f64 - median).abs() > CLASS as f64);
        }
        assert!(off_at_the_lower > 20, "{off_at_the_lower}");
    }
}
