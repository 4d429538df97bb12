//! Same scenario, same seed, same replication: the same outcome to the bit, whoever else is played, on however many
//! threads, and whether or not anyone listens.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use bevy_ecs::prelude::*;
use comity::conference::Conference;
use comity::ensemble::Ensemble;
use comity::minutes::{Minutes, Outcome};
use comity::rounds::{self, Phase};
use comity::scenario::Scenario;
use comity::scenario::check::load;
use comity::scenario::source::Disk;
use comity::world::Positions;
use proptest::strategy::Strategy;

use crate::drawn;
use crate::promise::{Kept, broken, kept, must};
use crate::talks::Talks;

const SEED: u64 = 7;

fn talks() -> impl Strategy<Value = Talks> {
    drawn::talks(2..6usize, 1..5usize)
}

/// Talks with a system of one's own between what is said and what is made of it.
fn disturbed<M>(talks: &Talks, by: impl IntoScheduleConfigs<bevy_ecs::system::ScheduleSystem, M>) -> Conference {
    let mut round = rounds::round();
    round.add_systems(by.after(Phase::Propose).before(Phase::Caucus));
    Conference::with_round(talks.scenario(), round)
}

/// A conference that has been used plays a replication as a fresh one does.
fn use_leaves_no_trace(talks: &Talks, open: impl Fn(&Talks) -> Conference) -> Kept {
    let mut used = open(talks);
    used.tell(SEED + 1, 0);
    for replication in [3, 0, 1, 2] {
        let (again, fresh) = (used.run(SEED, replication), open(talks).run(SEED, replication));
        must(again == fresh, || format!("replication {replication}: {again:?}, but fresh {fresh:?}"))?;
    }
    Ok(true)
}

#[test]
fn a_conference_that_has_been_used_plays_like_a_fresh_one() {
    kept(64, talks(), |talks| use_leaves_no_trace(talks, Talks::conference));
    // A system that remembers.
    let leaky = |talks: &Talks| {
        disturbed(talks, |mut rounds: Local<u32>, mut positions: Query<&mut Positions>| {
            *rounds += 1;
            let shift = f64::from(*rounds % 7) / 7.0;
            positions.iter_mut().for_each(|mut positions| positions.stated.fill(shift));
        })
    };
    broken(16, talks(), |talks| use_leaves_no_trace(talks, leaky));
}

/// Telling the whole story ends as playing without a word does.
fn listening_changes_nothing(talks: &Talks, open: impl Fn(&Talks) -> Conference) -> Kept {
    let mut conference = open(talks);
    for replication in 0..3 {
        let silent = conference.run(SEED, replication);
        let (told, story) = conference.tell(SEED, replication);
        must(!story.is_empty(), || "nothing is told".into())?;
        must(told == silent, || format!("replication {replication}: {told:?}, but silent {silent:?}"))?;
        let again = conference.tell(SEED, replication).1;
        must(again == story, || format!("replication {replication}: the story told again differs"))?;
    }
    Ok(true)
}

#[test]
fn telling_the_story_does_not_change_it() {
    kept(64, talks(), |talks| listening_changes_nothing(talks, Talks::conference));
    // Delegations that speak otherwise before an audience.
    let vain = |talks: &Talks| {
        disturbed(talks, |minutes: Res<Minutes>, mut positions: Query<&mut Positions>| {
            if minutes.is_full() {
                positions.iter_mut().for_each(|mut positions| positions.stated.fill(1.0));
            }
        })
    };
    broken(16, talks(), |talks| listening_changes_nothing(talks, vain));
}

/// How replications are played in an ensemble.
type Play = fn(&mut Conference, Range<u64>) -> Vec<Outcome>;

fn plainly(conference: &mut Conference, replications: Range<u64>) -> Vec<Outcome> {
    replications.map(|replication| conference.run(SEED, replication)).collect()
}

fn ensemble(scenario: &Arc<Scenario>, replications: Range<u64>, threads: usize, play: Play) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    let ensemble = Ensemble { scenario: scenario.clone(), replications, threads };
    let ran = ensemble.run(&AtomicBool::new(false), play, |batch| {
        outcomes.extend(batch);
        Ok::<(), ()>(())
    });
    assert!(ran.is_ok());
    outcomes
}

/// One thread and three give the same outcomes in the same order.
fn threads_change_nothing(scenario: &Arc<Scenario>, play: Play) -> Kept {
    let [one, three] = [1, 3].map(|threads| ensemble(scenario, 0..300, threads, play));
    must(one.len() == 300, || format!("{} outcomes", one.len()))?;
    must(one == three, || "one thread and three disagree".into())
}

/// A replication ends as it does in the company of others.
fn company_changes_nothing(scenario: &Arc<Scenario>, play: Play) -> Kept {
    let all = ensemble(scenario, 0..200, 2, play);
    for part in [0..1, 63..65, 150..200] {
        let places = part.start as usize..part.end as usize;
        let alone = ensemble(scenario, part.clone(), 2, play);
        must(alone == all[places], || format!("replications {part:?} differ where no others are played"))?;
    }
    Ok(true)
}

fn shipped(name: &str) -> Arc<Scenario> {
    match load(name, &[], &Disk) {
        Ok(checked) => checked.scenario,
        Err(problems) => panic!("{problems}"),
    }
}

#[test]
fn one_thread_and_three_give_the_same_outcomes_in_the_same_order() {
    let minimal = shipped("minimal");
    assert_eq!(threads_change_nothing(&minimal, plainly), Ok(true));
    // Luck that depends on the machine.
    let by_machine: Play = |conference, replications| {
        let threads = rayon::current_num_threads() as u64;
        replications.map(|replication| conference.run(SEED + threads, replication)).collect()
    };
    assert!(threads_change_nothing(&minimal, by_machine).is_err());
}

#[test]
fn a_replication_does_not_depend_on_which_others_are_played() {
    let minimal = shipped("minimal");
    assert_eq!(company_changes_nothing(&minimal, plainly), Ok(true));
    // Luck in the order of asking.
    let in_sequence: Play = |conference, replications| {
        let first = replications.start;
        replications.map(|replication| conference.run(SEED + first, replication)).collect()
    };
    assert!(company_changes_nothing(&minimal, in_sequence).is_err());
}
