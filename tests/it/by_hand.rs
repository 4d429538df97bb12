//! The engine against the same model written by hand as plain loops: the same outcomes to the bit.

#[path = "../../benches/by_hand/mod.rs"]
mod loops;

use std::sync::Arc;

use comity::conference::Conference;
use comity::minutes::Outcome;
use comity::scenario::Scenario;
use comity::scenario::check::load;
use comity::scenario::source::Memory;
use loops::ByHand;
use proptest::strategy::Strategy;

use crate::drawn;
use crate::promise::{Kept, broken, kept, must};
use crate::talks::{MAJORITY_OF_WEIGHT, Talks};

const SEED: u64 = 11;

fn talks() -> impl Strategy<Value = Talks> {
    drawn::talks(1..7usize, 1..6usize).prop_map(|talks| talks.with("undertaking", "'single'"))
}

/// An outcome without what is found by watching.
fn as_the_core_knows_it(mut outcome: Outcome) -> Outcome {
    for forum in &mut outcome.forums {
        (forum.objections, forum.impasse) = (Vec::new(), None);
        for member in &mut forum.members {
            (member.weighed, member.concession, member.distance) = (false, None, None);
        }
    }
    outcome
}

/// Both play a scenario alike; used again and again, as in a bench.
fn alike(scenario: Arc<Scenario>, by_hand: Arc<Scenario>) -> Kept {
    let mut loops = ByHand::of(by_hand).ok_or("these talks are the core of the model")?;
    let mut engine = Conference::new(scenario);
    let mut adopted = false;
    for replication in 0..6 {
        let (one, other) = (as_the_core_knows_it(engine.run(SEED, replication)), loops.run(SEED, replication));
        adopted |= one.forums[0].concluded;
        // As words, in which a zero has a sign and every bit of a number shows.
        let (one, other) = (format!("{one:?}"), format!("{other:?}"));
        must(one == other, || format!("replication {replication}:\n{one}\nby hand\n{other}"))?;
    }
    Ok(adopted)
}

#[test]
fn the_engine_and_plain_loops_give_the_same_outcomes_to_the_bit() {
    kept(200, talks(), |talks| alike(talks.scenario(), talks.scenario()));
    // Loops that know another rigidity are found out.
    broken(50, talks(), |talks| {
        let other = talks.clone().parameter("rigidity", 0.123).scenario();
        alike(talks.scenario(), other)
    });
}

#[test]
fn two_who_must_block_together_are_counted_alike_by_hand() {
    let ruled = |blocking: u32| {
        drawn::talks(4..7usize, 1..6usize).prop_map(move |talks| {
            let rule = format!("{{ double_majority = {{ heads = 0.55, weight = 0.65, blocking = {blocking} }} }}");
            talks.with("undertaking", "'single'").with("rule", rule)
        })
    };
    kept(60, ruled(2), |talks| alike(talks.scenario(), talks.scenario()));
    // Where one can block it is another rule.
    broken(60, ruled(2), |talks| {
        let rule = "{ double_majority = { heads = 0.55, weight = 0.65 } }";
        alike(talks.scenario(), talks.clone().with("rule", rule).scenario())
    });
}

#[test]
fn the_loops_agree_to_the_bit_where_members_stand_aside() {
    let aside = || {
        let talks = drawn::talks(4..8usize, 1..10usize).prop_map(|talks| talks.with("undertaking", "'single'"));
        let lists = proptest::sample::select(&["['n0']", "['n2']", "['n3', 'n0']"][..]);
        (talks, lists).prop_map(|(talks, list)| talks.with("stand_aside", list))
    };
    kept(160, aside(), |talks| alike(talks.scenario(), talks.scenario()));
    // Loops in which everybody decides are found out.
    broken(40, aside(), |talks| alike(talks.scenario(), talks.clone().with("stand_aside", "[]").scenario()));
}

/// Talks about more clauses than lie in a tile, so that some tiles are closed while others are talked about; somebody
/// gives as others give, and looks at what is said on all of them.
fn wide() -> impl Strategy<Value = Talks> {
    drawn::talks(2..6usize, 9..20usize).prop_map(|talks| {
        let watchful = "{ reciprocal = { opening = 0.2, returned = 0.9 } }";
        talks.with("undertaking", "'single'").with("rule", MAJORITY_OF_WEIGHT).member(0, "tactic", watchful)
    })
}

#[test]
fn clauses_that_have_left_the_table_are_seen_as_before() {
    kept(120, wide(), |talks| alike(talks.scenario(), talks.scenario()));
    broken(20, wide(), |talks| {
        let other = talks.clone().parameter("rigidity", 0.123).scenario();
        alike(talks.scenario(), other)
    });
}

#[test]
fn the_shipped_scenario_that_is_the_core_alone_is_played_alike() {
    let minimal = load("minimal", &[], &Memory::default()).expect("a shipped scenario holds").scenario;
    assert_eq!(alike(minimal.clone(), minimal), Ok(true));
}

#[test]
fn what_is_beyond_the_core_is_refused() {
    let core = Talks::of(&[(1.0, &[0.2, 0.4]), (1.0, &[0.6, 0.5])]).with("rule", MAJORITY_OF_WEIGHT);
    assert!(ByHand::of(core.scenario()).is_some());
    for more in [
        ("undertaking", "'modular'"),
        ("linkage", "{}"),
        ("first_reading", "{ sponsors = 1, support = 0 }"),
        ("side_letters", "{ at_most = 1 }"),
        ("silence", "{ drafts = 1 }"),
        ("co_sponsorship", "{}"),
    ] {
        let talks = core.clone().with(more.0, more.1);
        assert!(ByHand::of(talks.scenario()).is_none(), "{more:?}");
    }
}
