//! What one forum does to another: precedent, diffusion, dialogues, forum shopping; each alone, and switched off.

use std::sync::Arc;

use bevy_ecs::prelude::*;
use comity::conference::Conference;
use comity::minutes::{Entry, Event};
use comity::scenario::Scenario;
use comity::scenario::check::load;
use comity::scenario::source::Memory;
use comity::world::{Delegation, Forum, Instructions, LooksAt, SitsIn};

/// A first forum of two whose text is in force long before a second forum of three opens.
const TWO_FORUMS: &str = r#"
title = "Two forums"
horizon = 2036-12-31
[clause.flows]
[country.Alba]
capability = 4
[country.Borduria]
capability = 2
[country.Carpania]
capability = 2
[parameters.after]
pivot_spread = 0.0
diffusion = 0.5
practice = 0.5
[forum.first]
name = "First"
members = ["Alba", "Borduria"]
rule = { simple_majority = {} }
calendar = { start = 2025-01-01, rounds = 3 }
entry_into_force = { all = [{ count = 2 }] }
[forum.second]
name = "Second"
members = ["Alba", "Borduria", "Carpania"]
calendar = { start = 2034-01-01, rounds = 3 }
[mandate.Alba]
flows = { ideal = { normal = { mean = 0.9, sd = 0.1 } } }
[mandate.Borduria]
flows = { ideal = { normal = { mean = 0.7, sd = 0.1 } } }
[mandate.Carpania]
flows = { ideal = { normal = { mean = 0.2, sd = 0.1 } } }
"#;

fn scenario(changes: &[&str]) -> Arc<Scenario> {
    let files = Memory([("two.toml".to_owned(), TWO_FORUMS.to_owned())].into());
    let changes: Vec<String> = changes.iter().map(|change| (*change).to_owned()).collect();
    load("two.toml", &changes, &files).unwrap_or_else(|problems| panic!("{problems}")).scenario
}

/// The instructions of the members of a forum after a replication.
fn instructions(conference: &mut Conference, forum: usize, replication: u64) -> Vec<Instructions> {
    conference.run(1, replication);
    let world = conference.world();
    let mut forums = world.query::<(Entity, &Forum)>();
    let (entity, _) = forums.iter(world).find(|(_, no)| no.0 == forum).unwrap();
    let mut delegations = world.query_filtered::<(&Delegation, &Instructions, &SitsIn), Without<LooksAt>>();
    let mut found: Vec<(usize, Instructions)> = delegations
        .iter(world)
        .filter(|(.., sits_in)| sits_in.0 == entity)
        .map(|(delegation, instructions, _)| (delegation.seat, instructions.clone()))
        .collect();
    found.sort_by_key(|(seat, _)| *seat);
    found.into_iter().map(|(_, instructions)| instructions).collect()
}

const OFF: &str = "mechanisms.off=[\"precedent\", \"diffusion\", \"forum_shopping\", \"dialogue\"]";
const ONLY_PRECEDENT: &str = "mechanisms.off=[\"diffusion\", \"forum_shopping\", \"dialogue\"]";
const ONLY_DIFFUSION: &str = "mechanisms.off=[\"precedent\", \"forum_shopping\", \"dialogue\"]";
const ONLY_SHOPPING: &str = "mechanisms.off=[\"precedent\", \"diffusion\", \"dialogue\"]";
const ONLY_DIALOGUE: &str = "mechanisms.off=[\"precedent\", \"diffusion\", \"forum_shopping\"]";

#[test]
fn a_text_in_force_is_what_holds_for_its_parties_elsewhere() {
    let (mut with, mut without) = (Conference::new(scenario(&[ONLY_PRECEDENT])), Conference::new(scenario(&[OFF])));
    let mut bound = 0;
    for replication in 0..50 {
        let (outcome, plain) = (with.run(1, replication), without.run(1, replication));
        assert_eq!(outcome.forums[0], plain.forums[0], "the first forum is none the wiser");
        let there = instructions(&mut with, 1, replication);
        assert_eq!(there[2].bound[0], 0.0, "Carpania is bound by nothing");
        let text = outcome.forums[0].clauses[0].adopted.filter(|_| outcome.forums[0].in_force_day.is_some());
        if let (Some(text), Some(second)) = (text, outcome.forums[1].clauses[0].adopted) {
            bound += 1;
            assert_eq!([there[0].bound[0], there[1].bound[0]], [text, text]);
            if second <= text {
                assert_eq!(outcome.forums[1].members[0].gain, 0.0, "a weaker text gives Alba nothing new");
                assert!(plain.forums[1].clauses[0].adopted != Some(second) || plain.forums[1].members[0].gain > 0.0);
            }
        }
    }
    assert!(bound > 20, "{bound}");
}

#[test]
fn wishes_drift_towards_a_text_in_force_and_no_further() {
    // The horizon falls into the second forum's talks, so that its own text moves nobody.
    let early = "horizon=2034-01-31";
    let mut with = Conference::new(scenario(&[ONLY_DIFFUSION, early]));
    let mut without = Conference::new(scenario(&[OFF, early]));
    let mut drifted = 0;
    for replication in 0..30 {
        let outcome = with.run(1, replication);
        let after = instructions(&mut with, 1, replication);
        let before = instructions(&mut without, 1, replication);
        let text = outcome.forums[0].clauses[0].adopted.filter(|_| outcome.forums[0].in_force_day.is_some());
        for (after, before) in after.iter().zip(&before) {
            let Some(text) = text else { continue };
            let (gone, way) = (after.ideal[0] - before.ideal[0], text - before.ideal[0]);
            assert!(gone * way >= 0.0 && gone.abs() <= way.abs(), "{gone} of {way}");
            drifted += usize::from(gone.abs() > 0.5 * way.abs());
        }
    }
    assert!(drifted > 30, "most of the way in eight years at a half a year: {drifted}");
    // A red line holds the drift.
    let line = "mandate.Carpania.flows.red_line={ ceiling = 0.3 }";
    let mut held = Conference::new(scenario(&[ONLY_DIFFUSION, line]));
    assert!((0..30).all(|replication| instructions(&mut held, 1, replication)[2].ideal[0] <= 0.3));
}

#[test]
fn a_dialogue_takes_surprises_away_and_binds_nobody() {
    let dialogue = ["forum.first.kind=dialogue", "forum.first.dialogue={ narrowing = 1.0 }"];
    let mut with = Conference::new(scenario(&[&dialogue[..], &[ONLY_DIALOGUE]].concat()));
    let mut without = Conference::new(scenario(&[&dialogue[..], &[OFF]].concat()));
    let mut told = 0;
    for replication in 0..30 {
        let outcome = with.run(1, replication);
        let first = &outcome.forums[0];
        assert!(first.signed_day.is_none() && first.in_force_day.is_none());
        let after = instructions(&mut with, 1, replication);
        let before = instructions(&mut without, 1, replication);
        assert_eq!(after[2].ideal, before[2].ideal, "Carpania was not there");
        if first.concluded {
            told += 1;
            assert!((after[0].ideal[0] - 0.9).abs() < 1e-12 && (after[1].ideal[0] - 0.7).abs() < 1e-12);
            assert_ne!(before[0].ideal[0], 0.9);
        }
    }
    assert!(told > 20, "{told}");
    // Without a horizon dialogues act all the same, and nothing else does.
    let files = Memory([("two.toml".to_owned(), TWO_FORUMS.replace("horizon = 2036-12-31", ""))].into());
    let load = |changes: &[&str]| {
        let changes: Vec<String> = changes.iter().map(|change| (*change).to_owned()).collect();
        load("two.toml", &changes, &files).unwrap().scenario
    };
    let (mut some, mut none) = (Conference::new(load(&dialogue)), Conference::new(load(&[])));
    let mut off = Conference::new(load(&[OFF]));
    assert!((0..30).any(|replication| some.run(1, replication).forums[1] != none.run(1, replication).forums[1]));
    assert!((0..30).all(|replication| none.run(1, replication) == off.run(1, replication)));
}

#[test]
fn a_blocked_proponent_puts_its_effort_into_a_friendlier_forum() {
    // In the first forum the others want nothing; in the second Borduria sits alone with Alba.
    let blocked = [
        "forum.first.members=[\"Alba\", \"Borduria\", \"Carpania\"]",
        "forum.first.rule=unanimity",
        "forum.second.members=[\"Alba\", \"Borduria\"]",
    ];
    let mut with = Conference::new(scenario(&[&blocked[..], &[ONLY_SHOPPING]].concat()));
    let mut without = Conference::new(scenario(&[&blocked[..], &[OFF]].concat()));
    let mut moved = 0;
    for replication in 0..30 {
        let (outcome, entries) = with.tell(1, replication);
        let after = instructions(&mut with, 1, replication);
        let before = instructions(&mut without, 1, replication);
        let shops = |seat: usize| {
            entries.iter().any(|entry| {
                matches!(entry, Entry::Later { forum: 1, event: Event::Shopped { candidate, from: 0, .. }, .. }
                    if *candidate == seat)
            })
        };
        assert_eq!(outcome.forums[0], without.run(1, replication).forums[0]);
        for seat in 0..2 {
            let more = after[seat].salience[0] - before[seat].salience[0];
            assert_eq!(more > 0.0, shops(seat));
            assert!((0.0..=0.5).contains(&more), "never more than the share of what it cared: {more}");
            assert!((after[seat].total_salience - after[seat].salience[0]).abs() < 1e-12, "the whole follows");
            moved += usize::from(more > 0.0);
        }
    }
    assert!(moved > 10, "{moved}");
}

#[test]
fn nothing_of_one_replication_reaches_the_next() {
    let mut used = Conference::new(scenario(&[]));
    for replication in 0..20 {
        let fresh = Conference::new(scenario(&[])).run(1, replication);
        assert_eq!(used.run(1, replication), fresh);
    }
    let backwards: Vec<_> = (0..20).rev().map(|replication| used.run(1, replication)).collect();
    for outcome in backwards {
        assert_eq!(outcome, Conference::new(scenario(&[])).run(1, outcome.replication));
    }
}

#[test]
fn the_effects_are_told_before_the_talks() {
    let scenario = scenario(&[]);
    let mut conference = Conference::new(scenario.clone());
    let told = (0..10).map(|replication| {
        let (outcome, entries) = conference.tell(1, replication);
        comity::replay::transcript(&scenario, &entries, &outcome, &[])
    });
    assert!(
        told.into_iter().any(|text| text.contains("Before the talks") && text.contains("first already holds Alba"))
    );
}
