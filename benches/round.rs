//! One round, phase by phase: the time each takes in talks of 90 delegations on 30 clauses, a round at a time.
//!
//! `cargo bench --bench round`

use std::sync::Arc;
use std::time::{Duration, Instant};

use bevy_ecs::prelude::*;
use bevy_ecs::schedule::ScheduleLabel;
use comity::chance::Chance;
use comity::rounds::{self, Phase};
use comity::scenario::Scenario;
use comity::world::{self, Clock, Engagement, Proceedings};
use criterion::{Criterion, criterion_group, criterion_main};

mod common;

/// Parts of a conference that are timed.
#[derive(ScheduleLabel, Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Part {
    Opening,
    Phase(Phase),
    Endgame,
}

/// A conference cut into its parts.
struct Stage {
    world: World,
    opening: Schedule,
    phases: [(Phase, Schedule); 6],
    closing: Schedule,
    proceedings: QueryState<&'static Proceedings>,
}

impl Stage {
    fn new(scenario: Arc<Scenario>) -> Self {
        let mut world = world::assemble(scenario);
        let one = |phase: Phase| {
            let mut schedule = Schedule::new(Part::Phase(phase));
            match phase {
                Phase::Propose => schedule
                    .add_systems((rounds::convene, rounds::take_bearings, rounds::propose, rounds::read_first).chain()),
                Phase::Caucus => schedule.add_systems(rounds::caucus),
                Phase::Exchange => schedule.add_systems(rounds::exchange_positions),
                Phase::Concede => schedule.add_systems(rounds::concede),
                Phase::Draft => schedule.add_systems(rounds::draft),
                Phase::Decide => schedule.add_systems((rounds::take_bearings, rounds::decide, rounds::adjourn).chain()),
            };
            (phase, schedule)
        };
        let phases =
            [Phase::Propose, Phase::Caucus, Phase::Exchange, Phase::Concede, Phase::Draft, Phase::Decide].map(one);
        let proceedings = world.query();
        Stage { world, opening: rounds::opening(), phases, closing: rounds::closing(), proceedings }
    }

    /// Plays one replication; returns the time spent in a part, and the rounds held.
    fn play(&mut self, replication: u64, part: Part) -> (Duration, u32) {
        let mut spent = Duration::ZERO;
        let mut timed = |this: Part, schedule: &mut Schedule, world: &mut World| {
            let before = Instant::now();
            schedule.run(world);
            if this == part {
                spent += before.elapsed();
            }
        };
        let mut rounds = 0;
        self.world.insert_resource(Chance::new(1, replication));
        timed(Part::Opening, &mut self.opening, &mut self.world);
        while let Some(p) = self.proceedings.iter(&self.world).find(|p| p.engagement == Engagement::Recess) {
            let today = p.next_session;
            self.world.resource_mut::<Clock>().today = today;
            for (phase, schedule) in &mut self.phases {
                timed(Part::Phase(*phase), schedule, &mut self.world);
            }
            rounds += 1;
        }
        timed(Part::Endgame, &mut self.closing, &mut self.world);
        (spent, rounds)
    }
}

/// Benches the parts of a stage by name; in a round, or in all.
fn timer<'a>(criterion: &'a mut Criterion, stage: &'a mut Stage) -> impl FnMut(&str, Part, bool) + 'a {
    |name: &str, part: Part, per_round: bool| {
        criterion.bench_function(&format!("{name}/90x30"), |bencher| {
            bencher.iter_custom(|replications| {
                (0..replications)
                    .map(|replication| {
                        let (spent, rounds) = stage.play(replication, part);
                        if per_round { spent / rounds } else { spent }
                    })
                    .sum()
            });
        });
    }
}

fn phases(criterion: &mut Criterion) {
    let mut stage = Stage::new(common::stubborn(90, 30, 30));
    let mut time = timer(criterion, &mut stage);
    for (name, phase) in [
        ("round/propose", Phase::Propose),
        ("round/caucus-without-blocs", Phase::Caucus),
        ("round/exchange-without-linkage", Phase::Exchange),
        ("round/concede", Phase::Concede),
        ("round/draft", Phase::Draft),
        ("round/decide", Phase::Decide),
    ] {
        time(name, Part::Phase(phase), true);
    }
    time("opening", Part::Opening, false);
    time("endgame", Part::Endgame, false);
}

/// The phases that only some talks have.
fn room(criterion: &mut Criterion) {
    let room: Vec<String> = common::rooms(90, 30).into_iter().map(|(_, lines)| lines).take(2).collect();
    let mut stage = Stage::new(common::stubborn_with(90, 30, 30, &room.join("\n")));
    let mut time = timer(criterion, &mut stage);
    time("round/caucus", Part::Phase(Phase::Caucus), true);
    time("round/exchange", Part::Phase(Phase::Exchange), true);
}

criterion_group!(benches, phases, room);
criterion_main!(benches);
