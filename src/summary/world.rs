//! What the parties of a text are to the world: their share of its output and trade, when the text is adopted and at the
//! horizon.

use super::measure::measures;
use super::range::Range;
use super::sums::Sum;
use super::{Mean, Measure, Measured, Subject};
use crate::minutes::{ForumOutcome, MemberOutcome};
use crate::scenario::WorldMeasure::{DigitalTrade, Gdp, GoodsTrade};
use crate::scenario::{Forum, Scenario, WorldMeasure, WorldShares};

measures! {
    WORLD_GDP = Talks(
        Gdp.names()[0], "0-1", |_| Range::UNIT,
        "Σ of the parties' shares of the world's product; only with a table of the world", "*M*"
    );
    WORLD_GDP_AT_HORIZON = Talks(
        Gdp.names()[1], "0-1", |_| Range::UNIT,
        "Σ of the shares of the world's product of those bound at the horizon, acceded ones included; only with a table of the world and a horizon",
        "those in which the text is in force"
    );
    WORLD_GOODS_TRADE = Talks(
        GoodsTrade.names()[0], "0-1", |_| Range::UNIT,
        "Σ of the parties' shares of the world's trade in goods; only with a table of the world", "*M*"
    );
    WORLD_GOODS_TRADE_AT_HORIZON = Talks(
        GoodsTrade.names()[1], "0-1", |_| Range::UNIT,
        "Σ of the shares of the world's trade in goods of those bound at the horizon, acceded ones included; only with a table of the world and a horizon",
        "those in which the text is in force"
    );
    WORLD_DIGITAL_TRADE = Talks(
        DigitalTrade.names()[0], "0-1", |_| Range::UNIT,
        "Σ of the parties' shares of the world's trade in digitally deliverable services; only with a table of the world",
        "*M*"
    );
    WORLD_DIGITAL_TRADE_AT_HORIZON = Talks(
        DigitalTrade.names()[1], "0-1", |_| Range::UNIT,
        "Σ of the shares of the world's trade in digitally deliverable services of those bound at the horizon, acceded ones included; only with a table of the world and a horizon",
        "those in which the text is in force"
    );
}

/// What the summary measures of the world: of the parties at adoption, and of those bound at the horizon.
fn measures_of(world: WorldMeasure) -> [Measure; 2] {
    match world {
        Gdp => [Measure::WORLD_GDP, Measure::WORLD_GDP_AT_HORIZON],
        GoodsTrade => [Measure::WORLD_GOODS_TRADE, Measure::WORLD_GOODS_TRADE_AT_HORIZON],
        DigitalTrade => [Measure::WORLD_DIGITAL_TRADE, Measure::WORLD_DIGITAL_TRADE_AT_HORIZON],
    }
}

/// What is kept of one forum.
#[derive(Clone, Debug)]
pub(super) struct Reach<'a> {
    forum: &'a Forum,
    has_horizon: bool,
    measures: Vec<Shares<'a>>,
}

/// What is kept of one measure.
#[derive(Clone, Debug)]
struct Shares<'a> {
    of: &'a WorldShares,
    adopted: Mean,
    at_horizon: Mean,
}

impl<'a> Reach<'a> {
    /// Nothing yet, of a forum.
    pub fn of(scenario: &'a Scenario, forum: &'a Forum) -> Self {
        let measured = |of| Shares { of, adopted: Mean::default(), at_horizon: Mean::default() };
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
        for Shares { of: _, adopted, at_horizon } in &mut self.measures {
            all.extend([adopted, at_horizon].map(Sum::Mean));
        }
    }

    /// Its lines: measures of the talks.
    pub fn lines(&self) -> impl Iterator<Item = Measured> {
        self.measures.iter().flat_map(|measured| {
            let [adopted, at_horizon] = measures_of(measured.of.measure);
            let at_horizon = self.has_horizon.then(|| (Subject::Talks, at_horizon, measured.at_horizon.estimate()));
            std::iter::once((Subject::Talks, adopted, measured.adopted.estimate())).chain(at_horizon)
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
