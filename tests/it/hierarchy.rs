//! The harder a rule is to meet, the less it lets through: with the same draws, whatever unanimity adopts a qualified
//! majority adopts, and whatever that adopts a simple majority adopts.
//!
//! One clause, put once: later rounds differ, for a text that one rule has closed the other goes on talking about.

use comity::minutes::ForumOutcome;
use proptest::prelude::*;

use crate::drawn;
use crate::promise::{Kept, broken, kept, must};
use crate::talks::{CONSENSUS, Talks, UNANIMITY};

const REPLICATIONS: u64 = 4;

/// Talks, and three rules for them, from the hardest to meet.
type Case = (Talks, [String; 3]);

/// Talks on one clause in one round, and the majorities counted alike.
fn put_once() -> impl Strategy<Value = Case> {
    let talks = drawn::talks(2..6usize, 1..2usize).prop_map(|talks| talks.with("undertaking", "'single'").rounds(1));
    let by = prop_oneof![Just("heads"), Just("weight")];
    let of = prop_oneof![Just("members"), Just("votes_cast")];
    (talks, 0.51..1.0, by, of).prop_map(|(talks, share, by, of)| {
        let counted = format!("by = '{by}', of = '{of}'");
        let qualified = format!("{{ qualified_majority = {{ share = {share:?}, {counted} }} }}");
        (talks, [UNANIMITY.into(), qualified, format!("{{ simple_majority = {{ {counted} }} }}")])
    })
}

/// Whatever one rule lets through, the next does. Speaks where the first ever does and the last ever does not.
fn each_lets_through_what_the_one_before_does(case: &Case, through: impl Fn(&ForumOutcome) -> bool) -> Kept {
    let (talks, rules) = case;
    let mut conferences = rules.each_ref().map(|rule| talks.clone().with("rule", rule).conference());
    let mut spoke = false;
    for replication in 0..REPLICATIONS {
        let let_through = conferences.each_mut().map(|conference| through(&conference.run(1, replication).forums[0]));
        let monotonous = let_through.is_sorted();
        must(monotonous, || format!("replication {replication}: {rules:?} let through {let_through:?}"))?;
        spoke |= let_through[2];
    }
    Ok(spoke)
}

fn closed(forum: &ForumOutcome) -> bool {
    forum.clauses[0].closed_in.is_some()
}

fn adopted(forum: &ForumOutcome) -> bool {
    forum.concluded
}

/// With a rule in the place of the hardest.
fn led_by(rule: &str) -> impl Strategy<Value = Case> {
    put_once().prop_map(move |(talks, [_, qualified, simple])| (talks, [rule.into(), qualified, simple]))
}

/// With the two majorities in each other's place.
fn turned_round() -> impl Strategy<Value = Case> {
    put_once().prop_map(|(talks, [unanimity, qualified, simple])| (talks, [unanimity, simple, qualified]))
}

#[test]
fn whatever_unanimity_closes_a_qualified_majority_closes_and_a_simple_one_too() {
    kept(96, put_once(), |case| each_lets_through_what_the_one_before_does(case, closed));
    // Consensus is no such rule: under it silence is enough.
    broken(96, led_by(CONSENSUS), |case| each_lets_through_what_the_one_before_does(case, closed));
    // Nor does a qualified majority let through whatever a simple one does.
    broken(192, turned_round(), |case| each_lets_through_what_the_one_before_does(case, closed));
}

#[test]
fn whatever_unanimity_adopts_a_qualified_majority_adopts_and_a_simple_one_too() {
    kept(96, put_once(), |case| each_lets_through_what_the_one_before_does(case, adopted));
    broken(96, led_by(CONSENSUS), |case| each_lets_through_what_the_one_before_does(case, adopted));
    broken(192, turned_round(), |case| each_lets_through_what_the_one_before_does(case, adopted));
}
