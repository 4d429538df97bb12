//! What follows adoption, step by step: the time each takes for a text of 30 clauses among 90 members that 30 others may
//! join, a season at a time; and what other forums and shocks do to such talks.
//!
//! `cargo bench --bench season`

use std::fmt::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bevy_ecs::prelude::*;
use bevy_ecs::schedule::ScheduleLabel;
use comity::chance::Chance;
use comity::quantity::Day;
use comity::ratification::{self, prologue};
use comity::rounds;
use comity::scenario::Scenario;
use comity::scenario::check::load;
use comity::scenario::source::Memory;
use comity::world::{self, Clock, Engagement, LastSeason, Proceedings, Strikes};
use criterion::{Criterion, criterion_group, criterion_main};

/// Days from season to season: four a year.
const SEASON: Day = 91;

/// A part of the life of a treaty that is timed.
#[derive(ScheduleLabel, Clone, Debug, PartialEq, Eq, Hash)]
struct Part(&'static str);

/// Ninety members of like mind adopt a text at once; thirty others would join it. Another body has a second say, parties may
/// leave, a dialogue comes between, and ten years later the members meet again in a second forum. A shock strikes twice a
/// year.
fn life() -> Arc<Scenario> {
    let list = |from: usize, to: usize| (from..to).map(|no| format!("\"n{no:03}\"")).collect::<Vec<_>>().join(", ");
    let mut text = String::from("title = \"life\"\nhorizon = 2036-12-31\n[parameters]\nassertiveness = 0.0\n");
    text += "[parameters.after]\ndiffusion = 0.05\npractice = 0.05\n";
    for clause in 0..30 {
        let _ = writeln!(text, "[clause.c{clause:02}]");
    }
    for country in 0..120 {
        let _ = writeln!(text, "[country.n{country:03}]\ncapability = {}", 1 + country % 7);
    }
    let members = list(0, 90);
    let _ = writeln!(
        text,
        "[forum.first]\nname = \"First\"\nmembers = [{members}]\ncalendar = {{ start = 2025-01-01, rounds = 2 }}\n\
         entry_into_force = {{ all = [{{ count = 30 }}] }}\nconsent = {{ reservations = {{ at_most = 3 }} }}\n\
         accession = {{ applicants = [{}] }}\nwithdrawal = {{ notice_days = 180 }}\n\
         incorporation = {{ body = \"all\", members = [{}] }}\n\
         [forum.between]\nname = \"Between\"\nkind = \"dialogue\"\nmembers = [{members}]\n\
         calendar = {{ start = 2026-01-01, rounds = 2 }}\n\
         [forum.second]\nname = \"Second\"\nmembers = [{members}]\ncalendar = {{ start = 2035-01-01, rounds = 2 }}\n\
         [shock.unrest]\nhazard = 2.0\nat_most = 20\neffect = {{ shift = -0.01 }}\nsource = \"made up\"",
        list(90, 120),
        list(0, 120),
    );
    for country in 0..120 {
        for clause in 0..30 {
            let wish = 0.6 + 0.003 * ((country * 31 + clause * 17) % 100) as f64;
            let salience = ((country * 13 + clause * 29) % 17 + 1) as f64 / 17.0;
            let _ = writeln!(
                text,
                "[mandate.n{country:03}.c{clause:02}]\nideal = {{ normal = {{ mean = {wish}, sd = 0.1 }} }}\n\
                 salience = {salience}"
            );
        }
    }
    match load("life.toml", &[], &Memory([("life.toml".to_owned(), text)].into())) {
        Ok(checked) => checked.scenario,
        Err(problems) => panic!("{problems}"),
    }
}

/// A world whose every step is a schedule of its own.
struct Stage {
    world: World,
    opening: Schedule,
    prologue: Schedule,
    upheaval: Schedule,
    season: Vec<(&'static str, Schedule)>,
    legacy: Vec<(&'static str, Schedule)>,
    round: Schedule,
    closing: Schedule,
    proceedings: QueryState<&'static Proceedings>,
    horizon: Day,
}

fn step<M>(
    name: &'static str,
    system: impl IntoScheduleConfigs<bevy_ecs::system::ScheduleSystem, M>,
) -> (&'static str, Schedule) {
    let mut schedule = Schedule::new(Part(name));
    schedule.add_systems(system);
    (name, schedule)
}

impl Stage {
    fn new(scenario: Arc<Scenario>) -> Self {
        let horizon = scenario.aftermath.expect("a horizon").horizon.day();
        let mut world = world::assemble(scenario);
        let proceedings = world.query();
        Stage {
            world,
            opening: rounds::opening(),
            prologue: prologue(),
            upheaval: rounds::upheaval(),
            season: vec![
                step("put to another body", (ratification::adopt, ratification::put_to_body).chain()),
                step("sign", ratification::sign),
                step("deposit", ratification::deposit),
                step("accede", ratification::accede),
                step("enter into force", ratification::enter_into_force),
                step("withdraw", ratification::withdraw),
                step("bind elsewhere (precedent)", ratification::bind),
                step("drift (diffusion and practice)", ratification::drift),
            ],
            legacy: vec![step("dialogues", ratification::inform), step("forum shopping", ratification::shop)],
            round: rounds::round(),
            closing: rounds::closing(),
            proceedings,
            horizon,
        }
    }

    /// Plays one replication; returns the time spent in a part, and how often it was played.
    fn play(&mut self, replication: u64, part: &str) -> (Duration, u32) {
        let (mut spent, mut times) = (Duration::ZERO, 0);
        let mut timed = |this: &str, schedule: &mut Schedule, world: &mut World| {
            let before = Instant::now();
            schedule.run(world);
            if this == part {
                spent += before.elapsed();
                times += 1;
            }
        };
        self.world.insert_resource(Chance::new(1, replication));
        timed("opening", &mut self.opening, &mut self.world);
        timed("opening of what follows", &mut self.prologue, &mut self.world);
        let (mut season, mut number) = (None, 0);
        loop {
            let sessions = self.proceedings.iter(&self.world).filter(|p| p.engagement == Engagement::Recess);
            let session = sessions.map(|p| p.next_session).min();
            let Some(today) = session.into_iter().chain(season).min() else { break };
            self.world.resource_mut::<Clock>().today = today;
            if self.world.resource::<Strikes>().is_due(today) {
                timed("shock", &mut self.upheaval, &mut self.world);
            }
            if season == Some(today) {
                for (name, schedule) in &mut self.season {
                    timed(name, schedule, &mut self.world);
                }
                number += 1;
                *self.world.resource_mut::<LastSeason>() = LastSeason { day: Some(today), number };
                season = Some((today + SEASON).min(self.horizon)).filter(|_| today < self.horizon);
            }
            if session == Some(today) {
                if self.proceedings.iter(&self.world).any(|p| p.round == 0 && p.next_session <= today) {
                    for (name, schedule) in &mut self.legacy {
                        timed(name, schedule, &mut self.world);
                    }
                }
                self.round.run(&mut self.world);
                if self.proceedings.iter(&self.world).any(|p| p.engagement == Engagement::Endgame) {
                    self.closing.run(&mut self.world);
                }
                season = season.or_else(|| (today < self.horizon).then_some(today + SEASON));
            }
        }
        (spent, times)
    }
}

fn steps(criterion: &mut Criterion) {
    let mut stage = Stage::new(life());
    let names: Vec<&'static str> = stage.season.iter().chain(&stage.legacy).map(|(name, _)| *name).collect();
    for name in names.into_iter().chain(["shock", "opening of what follows"]) {
        assert!(stage.play(0, name).1 > 0, "{name} is played");
        criterion.bench_function(&format!("season/{name}"), |bencher| {
            bencher.iter_custom(|replications| {
                let all = (0..replications).map(|replication| stage.play(replication, name));
                all.map(|(spent, times)| spent / times.max(1)).sum()
            });
        });
    }
}

criterion_group!(benches, steps);
criterion_main!(benches);
