//! The order of play is all there is to the order of systems: whatever order the schedule's constraints leave open
//! tells the same story.
//!
//! As the phases are chained, and the systems of a phase are too, the constraints leave no order open among the systems
//! of a round. The shuffles are there for the day on which they do, and for systems that are added from outside: here
//! three onlookers, which may stand anywhere.
//!
//! Nor is there anything to the order in which queries meet entities, which changes whenever one of them gets a component or
//! loses one.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use bevy_ecs::prelude::*;
use bevy_ecs::schedule::{LogLevel, ScheduleBuildSettings, SingleThreadedExecutor};
use comity::conference::Conference;
use comity::minutes::{Entry, Outcome};
use comity::rounds::{self, Phase, Round};
use comity::scenario::check::load;
use comity::scenario::source::Memory;
use comity::world::{self, Concessions, Country, Delegation, Forum, Instructions, Positions};

use crate::promise::{Kept, must};
use crate::talks::{BOULWARE, RECIPROCAL, Talks};

const ORDERS: u64 = 50;

/// Four rounds of consensus talks in which everything is said: concessions in answer to others, objections at a red
/// line and without, one clause that closes, and a package that is weakened.
fn lively() -> Talks {
    let rows: [(f64, &[f64]); 4] =
        [(3.0, &[0.9, 0.2, 0.5]), (2.0, &[0.1, 0.7, 0.6]), (1.0, &[0.4, 1.0, 0.5]), (1.5, &[0.6, 0.0, 0.45])];
    let talks = Talks::of(&rows).with("tactic", RECIPROCAL).member(1, "tactic", BOULWARE);
    talks.but(|talks| talks.countries[1].wishes[0].ceiling = Some(0.35))
}

type Story = (Outcome, Vec<Entry>);

fn told(round: Schedule) -> Story {
    Conference::with_round(lively().scenario(), round).tell(1, 0)
}

/// In one of the orders that the constraints allow.
fn shuffled(mut round: Schedule, seed: u64, ambiguity_detection: LogLevel) -> Schedule {
    round.set_executor(SingleThreadedExecutor::default()).set_build_settings(ScheduleBuildSettings {
        ambiguity_detection,
        shuffle_seed: Some(seed),
        ..ScheduleBuildSettings::new()
    });
    round
}

/// The round of the model, with onlookers that read what nothing in a round writes, and sign as they pass.
fn watched(list: &Arc<Mutex<Vec<u8>>>) -> Schedule {
    let onlooker = |name: u8| {
        let list = list.clone();
        move |_: Query<&Instructions>| list.lock().unwrap_or_else(|broken| broken.into_inner()).push(name)
    };
    let mut round = rounds::round();
    round.add_systems((onlooker(0), onlooker(1), onlooker(2)));
    round
}

/// The systems of a round, without a word on their order.
fn loose() -> Schedule {
    let mut round = Schedule::new(Round);
    round.add_systems((
        rounds::convene,
        rounds::propose,
        rounds::concede,
        rounds::draft,
        rounds::decide,
        rounds::adjourn,
    ));
    round
}

/// The same in the order of their phases, without a word on the order within a phase.
fn phase_by_phase() -> Schedule {
    use Phase::*;
    let mut round = Schedule::new(Round);
    round.configure_sets((Propose, Concede, Draft, Decide).chain()).add_systems((
        (rounds::convene, rounds::propose).in_set(Propose),
        rounds::concede.in_set(Concede),
        rounds::draft.in_set(Draft),
        (rounds::decide, rounds::adjourn).in_set(Decide),
    ));
    round
}

/// The stories that legal orders of a schedule tell are all the model's own.
fn every_order_tells_the_same_story(ambiguities: LogLevel, round: impl Fn() -> Schedule) -> Kept {
    let own = told(rounds::round());
    let same = (0..ORDERS).filter(|&seed| told(shuffled(round(), seed, ambiguities)) == own).count() as u64;
    must(same == ORDERS, || format!("{same} of {ORDERS} orders tell the same story"))
}

#[test]
fn every_order_that_the_schedule_allows_tells_the_same_story() {
    let list = Arc::new(Mutex::new(Vec::new()));
    assert_eq!(every_order_tells_the_same_story(LogLevel::Error, || watched(&list)), Ok(true));
    // Shuffling does shuffle: the three onlookers have passed in all six orders, one a round.
    let passed = list.lock().unwrap_or_else(|broken| broken.into_inner());
    assert_eq!(passed.chunks(3).collect::<BTreeSet<_>>().len(), 6);
}

/// Changes the table of the entities that it is on.
#[derive(Component)]
struct Marked;

/// The order in which a query meets the delegations, by their places in the order of a world that nobody has touched.
fn order(world: &mut World) -> Vec<usize> {
    let mut delegations = world.query_filtered::<Entity, With<Delegation>>();
    let mut entities: Vec<Entity> = delegations.iter(world).collect();
    let met = entities.clone();
    entities.sort();
    met.iter().filter_map(|entity| entities.iter().position(|other| other == entity)).collect()
}

/// Turns the order in which queries meet entities: a marker that is put on and taken off again moves an entity to the end of
/// its table, and the last one to its place.
fn turn(world: &mut World, entities: &[Entity]) {
    for &entity in entities {
        world.entity_mut(entity).insert(Marked);
        world.entity_mut(entity).remove::<Marked>();
    }
}

/// The stories of some replications, with the order of entities turned before each in another way, are those of a world
/// whose order nobody has touched.
fn every_order_of_entities_tells_the_same_story(make: impl Fn() -> Conference) -> Kept {
    let (mut own, mut turned) = (make(), make());
    let world = turned.world();
    let mut seats = world.query_filtered::<Entity, With<Delegation>>();
    let seats: Vec<Entity> = seats.iter(world).collect();
    let mut forums = world.query_filtered::<Entity, With<Forum>>();
    let forums: Vec<Entity> = forums.iter(world).collect();
    let mut countries = world.query_filtered::<Entity, With<Country>>();
    let countries: Vec<Entity> = countries.iter(world).collect();
    let (untouched, mut otherwise) = (order(world), 0);
    for replication in 0..6 {
        let world = turned.world();
        turn(world, &seats[..1]);
        turn(world, &seats[replication as usize % seats.len()..]);
        turn(world, &forums[..1]);
        turn(world, &countries[replication as usize % countries.len()..]);
        otherwise += u32::from(order(world) != untouched);
        let (own, turned) = (own.tell(1, replication), turned.tell(1, replication));
        must(own == turned, || format!("{:?}\nturned {:?}", own.0, turned.0))?;
    }
    assert!(otherwise > 1, "turning does turn: {otherwise} of 6");
    Ok(true)
}

#[test]
fn no_order_of_entities_changes_the_story() {
    let lively = || Conference::new(lively().scenario());
    assert_eq!(every_order_of_entities_tells_the_same_story(lively), Ok(true));
    for name in ["minimal", "depa", "wto-jsi"] {
        let shipped = || Conference::new(load(name, &[], &Memory::default()).expect("it holds").scenario);
        assert_eq!(every_order_of_entities_tells_the_same_story(shipped), Ok(true), "{name}");
    }
}

/// Sums wishes along the query, and has the first seat concede by what it comes to in its last digits.
fn sum_along_the_query(wishes: Query<&Instructions>, mut forums: Query<&mut Concessions>) {
    let sum = wishes.iter().fold(0.0, |sum, wish| sum + wish.ideal[0] / 10.0);
    let last_digits = (sum.to_bits() & 0xff) as f64 / 256.0;
    forums.iter_mut().for_each(|mut concessions| concessions.next[0] = last_digits);
}

#[test]
fn a_sum_along_the_order_of_a_query_is_noticed() {
    let careless = || {
        let mut round = rounds::round();
        round.add_systems(sum_along_the_query.before(Phase::Propose));
        Conference::with_round(lively().scenario(), round)
    };
    assert!(every_order_of_entities_tells_the_same_story(careless).is_err());
}

#[test]
fn the_story_has_every_kind_of_turn_that_an_order_could_upset() {
    let (outcome, entries) = told(rounds::round());
    assert!(outcome.forums[0].rounds > 1, "{outcome:?}");
    let turns: [fn(&Entry) -> bool; 5] = [
        |entry| matches!(entry, Entry::Stated { .. }),
        |entry| matches!(entry, Entry::Objected { .. }),
        |entry| matches!(entry, Entry::Closed { .. }),
        |entry| matches!(entry, Entry::Polled { passed: false, .. }),
        |entry| matches!(entry, Entry::Diluted { .. } | Entry::Dropped { .. }),
    ];
    assert_eq!(turns.map(|turn| entries.iter().any(turn)), [true; 5], "{entries:?}");
}

#[test]
fn without_the_chains_the_order_of_systems_changes_the_story() {
    assert!(every_order_tells_the_same_story(LogLevel::Ignore, loose).is_err());
    assert!(every_order_tells_the_same_story(LogLevel::Ignore, phase_by_phase).is_err());
}

/// Whether a schedule can be built.
fn builds(mut schedule: Schedule) -> Kept {
    let mut world = world::assemble(lively().scenario());
    match schedule.initialize(&mut world) {
        Ok(_) => Ok(true),
        Err(error) => Err(error.to_string(schedule.graph(), &world)),
    }
}

/// Writes what `propose` writes.
fn interfere(mut positions: Query<&mut Positions>) {
    positions.iter_mut().for_each(|mut positions| positions.stated.fill(0.0));
}

#[test]
fn a_schedule_that_leaves_the_order_of_two_conflicting_systems_open_cannot_be_built() {
    for schedule in [rounds::opening(), rounds::round(), rounds::closing()] {
        assert_eq!(builds(schedule), Ok(true));
    }
    let mut ordered = rounds::round();
    ordered.add_systems(interfere.after(Phase::Propose).before(Phase::Caucus));
    assert_eq!(builds(ordered), Ok(true));
    // In a phase, but in no order within it.
    let mut open = rounds::round();
    open.add_systems(interfere.in_set(Phase::Propose));
    let complaint = builds(open).err().unwrap_or_default();
    assert!(["interfere", "propose", "Positions"].iter().all(|name| complaint.contains(name)), "{complaint}");
}
