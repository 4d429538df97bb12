//! A conference: the world of a scenario and its order of play, run one replication at a time, at once or in steps.

mod play;

use std::sync::Arc;

use bevy_ecs::prelude::*;

use crate::minutes::{ClauseOutcome, Detail, Entry, ForumOutcome, MemberOutcome, Minutes, Outcome};
use crate::quantity::Day;
use crate::ratification::{self, Seasons};
use crate::rounds::{self, Phase};
use crate::scenario::Scenario;
use crate::world::{
    self, Engagement, Forum, Instructions, Proceedings, Record, RollCall, RollingText, Status, Treaty, Watch,
};

pub use play::WaitsFor;

/// A scenario ready to be played, again and again. It owns the world together with the schedules that are bound to it.
pub struct Conference {
    world: World,
    opening: Schedule,
    upheaval: Schedule,
    round: Schedule,
    closing: Schedule,
    proceedings: QueryState<&'static Proceedings>,
    endings: QueryState<Ending>,
    instructions: QueryState<&'static Instructions>,
    seasons: Option<Seasons>,
    probe: Option<Probe>,
    stage: play::Stage,
}

/// A part of a replication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Capitals instruct their delegations.
    Opening,
    /// Shocks that are due.
    Shocks,
    /// What follows adoption, and what happens between forums.
    Season,
    /// Delegations state positions.
    Propose,
    /// Blocs pull their members.
    Caucus,
    /// Pairs give way to each other.
    Exchange,
    /// Tactics set what would be said next.
    Concede,
    /// The chair consolidates.
    Draft,
    /// The rule is put to the clauses.
    Decide,
    /// Polls on the package.
    Endgame,
    /// The outcome is told.
    Outcome,
}

impl Part {
    /// All parts, in the order in which they come.
    pub const ALL: [Part; 11] = [
        Part::Opening,
        Part::Shocks,
        Part::Season,
        Part::Propose,
        Part::Caucus,
        Part::Exchange,
        Part::Concede,
        Part::Draft,
        Part::Decide,
        Part::Endgame,
        Part::Outcome,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Part::Opening => "opening",
            Part::Shocks => "shocks",
            Part::Season => "seasons",
            Part::Propose => "propose",
            Part::Caucus => "caucus",
            Part::Exchange => "exchange",
            Part::Concede => "concede",
            Part::Draft => "draft",
            Part::Decide => "decide",
            Part::Endgame => "endgame",
            Part::Outcome => "outcome",
        }
    }
}

/// Is told whenever a part of a replication has ended. The model has no clock; who probes may have one.
pub type Probe = Arc<dyn Fn(Part) + Send + Sync>;

/// What the end of a forum's talks is told from.
type Ending = (
    &'static Forum,
    &'static RollCall,
    &'static RollingText,
    &'static Proceedings,
    &'static Record,
    &'static Treaty,
    &'static Watch,
);

impl Conference {
    /// Sets the scene.
    pub fn new(scenario: Arc<Scenario>) -> Self {
        let round = rounds::round_of(&scenario);
        Conference::with_round(scenario, round)
    }

    /// Sets the scene with an order of play of one's own: the place to add a system to a phase.
    pub fn with_round(scenario: Arc<Scenario>, round: Schedule) -> Self {
        let mut world = world::assemble(scenario.clone());
        let (proceedings, endings, instructions) = (world.query(), world.query(), world.query());
        let seasons = Seasons::of(&scenario, &mut world);
        Conference {
            world,
            opening: rounds::opening(),
            upheaval: rounds::upheaval(),
            round,
            closing: rounds::closing(),
            proceedings,
            endings,
            instructions,
            seasons,
            probe: None,
            stage: play::Stage::default(),
        }
    }

    /// Sets the scene with a probe between the parts of a replication.
    pub fn probed(scenario: Arc<Scenario>, probe: Probe) -> Self {
        let mut round = rounds::round_of(&scenario);
        let phases = [
            (Phase::Propose, Part::Propose),
            (Phase::Caucus, Part::Caucus),
            (Phase::Exchange, Part::Exchange),
            (Phase::Concede, Part::Concede),
            (Phase::Draft, Part::Draft),
            (Phase::Decide, Part::Decide),
        ];
        for (no, (phase, part)) in phases.into_iter().enumerate() {
            let probe = probe.clone();
            let ended = (move || probe(part)).after(phase);
            round.add_systems(match phases.get(no + 1) {
                Some(&(next, _)) => ended.before(next),
                None => ended,
            });
        }
        Conference { probe: Some(probe), ..Conference::with_round(scenario, round) }
    }

    fn ended(&self, part: Part) {
        if let Some(probe) = &self.probe {
            probe(part);
        }
    }

    /// Plays one replication, start to finish; the same arguments always give the same outcome.
    pub fn run(&mut self, seed: u64, replication: u64) -> Outcome {
        self.play(seed, replication, Detail::Outcome);
        let outcome = self.outcome(replication);
        self.ended(Part::Outcome);
        outcome
    }

    /// Plays one replication and tells the whole story.
    pub fn tell(&mut self, seed: u64, replication: u64) -> (Outcome, Vec<Entry>) {
        self.play(seed, replication, Detail::Full);
        let entries = std::mem::take(&mut self.world.resource_mut::<Minutes>().entries);
        (self.outcome(replication), entries)
    }

    fn outcome(&mut self, replication: u64) -> Outcome {
        let Conference { world, endings, instructions, .. } = self;
        let horizon = world.resource::<world::Scene>().scenario.aftermath.map(|aftermath| aftermath.horizon.day());
        let mut outcomes: Vec<(usize, ForumOutcome)> = endings
            .iter(world)
            .map(|(forum, roll_call, text, proceedings, record, treaty, watch)| {
                let clauses = record.clauses.iter().zip(&text.status).map(|(&clause, &status)| ClauseOutcome {
                    closed_in: match status {
                        Status::Agreed(round) => Some(round),
                        Status::Bracketed => None,
                    },
                    ..clause
                });
                let members = roll_call.seats().iter().enumerate().map(|(seat, &delegation)| MemberOutcome {
                    party: record.parties[seat],
                    gain: record.gains[seat],
                    transfer: record.transfers[seat],
                    opt_outs: record.opted_out[seat].len(),
                    letters: record.letters[seat],
                    co_sponsor: record.co_sponsors[seat],
                    weighed: watch.weighed[seat],
                    concession: watch.concession[seat],
                    distance: watch.distance[seat],
                    reservation: instructions.get(world, delegation).map_or(0.0, |i| i.reservation),
                    ..ratification::became(&treaty.standing[seat], horizon)
                });
                let by_then = |day: Option<Day>| day.filter(|day| horizon.is_some_and(|horizon| *day <= horizon));
                let concluded = proceedings.engagement == Engagement::Adopted;
                let outcome = ForumOutcome {
                    concluded,
                    without_a_vote: record.unopposed.filter(|_| concluded),
                    rounds: proceedings.round,
                    extensions: proceedings.extensions,
                    polls: record.polls,
                    clauses: clauses.collect(),
                    members: members.collect(),
                    exchanges: record.exchanges,
                    externality: record.externality,
                    outsiders: (roll_call.seats().len()..treaty.standing.len())
                        .map(|no| MemberOutcome {
                            distance: watch.distance[no],
                            ..ratification::became(&treaty.standing[no], horizon)
                        })
                        .collect(),
                    signed_day: by_then(treaty.signed),
                    in_force_day: by_then(treaty.in_force),
                    incorporated: treaty.incorporated,
                    objections: watch.told(),
                    impasse: watch.impasse.clone(),
                    distances: watch.distances,
                };
                (forum.0, outcome)
            })
            .collect();
        outcomes.sort_by_key(|(no, _)| *no);
        Outcome { replication, forums: outcomes.into_iter().map(|(_, outcome)| outcome).collect() }
    }

    /// The world as the last replication left it, to look at.
    pub fn world(&mut self) -> &mut World {
        &mut self.world
    }
}
