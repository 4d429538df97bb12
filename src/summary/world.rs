//! What the parties of a text are to the world: their share of its output and trade, when the text is adopted and at the
//! horizon.

use super::sums::Sum;
use super::{Estimate, Mean};
use crate::minutes::{ForumOutcome, MemberOutcome};
use crate::scenario::{Forum, Scenario, WorldShares};

/// What is kept of one forum.
#[derive(Clone, Debug)]
pub(super) struct Reach<'a> {
    forum: &'a Forum,
    has_horizon: bool,
    measures: Vec<Measured<'a>>,
}

/// What is kept of one measure.
#[derive(Clone, Debug)]
struct Measured<'a> {
    of: &'a WorldShares,
    adopted: Mean,
    at_horizon: Mean,
}

impl<'a> Reach<'a> {
    /// Nothing yet, of a forum.
    pub fn of(scenario: &'a Scenario, forum: &'a Forum) -> Self {
        let measured = |of| Measured { of, adopted: Mean::default(), at_horizon: Mean::default() };
        let measures = scenario.world.iter().map(measured).collect();
        Reach { forum, has_horizon: scenario.aftermath.is_some(), measures }
    }

    /// Adds one replication: of an adopted text who accepts it, of one in force whom it binds at the horizon.
    pub fn add(&mut self, ended: &ForumOutcome) {
        for measured in &mut self.measures {
            if ended.concluded {
                measured.adopted.add(share(self.forum, measured.of, ended, |member| member.party));
            }
            if ended.in_force_day.is_some() {
                let bound = |member: &MemberOutcome| member.in_force_day.is_some() && member.withdrawn_day.is_none();
                measured.at_horizon.add(share(self.forum, measured.of, ended, bound));
            }
        }
    }

    /// Its sums.
    pub fn sums<'s>(&'s mut self, all: &mut Vec<Sum<'s>>) {
        for Measured { of: _, adopted, at_horizon } in &mut self.measures {
            all.extend([adopted, at_horizon].map(Sum::Mean));
        }
    }

    /// Its lines: measures of the talks.
    pub fn lines(&self) -> impl Iterator<Item = (&'static str, Option<Estimate>)> {
        self.measures.iter().flat_map(|measured| {
            let [adopted, at_horizon] = measured.of.measure.names();
            let at_horizon = self.has_horizon.then(|| (at_horizon, measured.at_horizon.estimate()));
            std::iter::once((adopted, measured.adopted.estimate())).chain(at_horizon)
        })
    }
}

/// Share of the world that candidates have together [0–1].
fn share(forum: &Forum, of: &WorldShares, ended: &ForumOutcome, counts: impl Fn(&MemberOutcome) -> bool) -> f64 {
    let candidates = ended.members.iter().chain(&ended.outsiders).enumerate();
    let shares =
        candidates.map(|(no, member)| if counts(member) { of.share[forum.candidate(no).country] } else { 0.0 });
    shares.sum()
}
