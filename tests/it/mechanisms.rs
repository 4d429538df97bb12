//! The mechanisms of a round, each in talks so small that the outcome can be worked out by hand.
//!
//! Unless a test says otherwise: one forum, consensus, four rounds, continuous scales from a status quo of 0, weights
//! as listed, salience 1, and delegations that hold to their ideal points. With an assertiveness of 0 nobody objects
//! but at a red line, so that nothing is left to luck.

use comity::minutes::{Entry, ForumOutcome};

use crate::talks::{MAJORITY_OF_HEADS, MAJORITY_OF_VOTES_CAST, MAJORITY_OF_WEIGHT, STEADFAST, Talks, UNANIMITY};

/// Talks without concessions and without luck.
pub fn still(rows: &[(f64, &[f64])]) -> Talks {
    Talks::of(rows).with("tactic", STEADFAST).parameter("assertiveness", 0.0)
}

/// Without the noise of the last digits.
pub fn rounded(x: f64) -> f64 {
    (x * 1e9).round() / 1e9
}

/// The adopted text.
pub fn text(outcome: &ForumOutcome) -> Vec<Option<f64>> {
    outcome.clauses.iter().map(|clause| clause.adopted.map(rounded)).collect()
}

/// The seats of the parties.
pub fn parties(outcome: &ForumOutcome) -> Vec<usize> {
    (0..outcome.members.len()).filter(|&seat| outcome.members[seat].party).collect()
}

/// How it ends for the first forum.
pub fn ended(talks: &Talks) -> ForumOutcome {
    talks.play().forums.remove(0)
}

/// Both say 0.5 on clause 0; on clause 1 one says 0 and the other 1, the mean of which is 2/5.
#[test]
fn a_passive_chair_records_what_most_say_and_a_formulator_writes_what_nobody_said() {
    let talks = still(&[(3.0, &[0.5, 0.0]), (2.0, &[0.5, 1.0])]).with("rule", MAJORITY_OF_WEIGHT);
    let formulator = ended(&talks);
    assert_eq!(text(&formulator), [Some(0.5), Some(0.4)]);
    // The first gains 0.5/2 on clause 0 and loses 0.4/2 on clause 1.
    assert_eq!(rounded(formulator.members[0].gain), 0.05);

    let passive = ended(&talks.but(|talks| talks.forums[0].chair.passive = true));
    assert_eq!(text(&passive), [Some(0.5), None]);
    assert_eq!(rounded(passive.members[0].gain), 0.25);
    assert_eq!((passive.clauses[0].closed_in, passive.clauses[1].closed_in), (Some(1), None));
}

/// The mean is 0.5; half of the way to 0.6 is 0.55.
#[test]
fn a_manipulator_pulls_the_text_its_way() {
    let talks = still(&[(1.0, &[0.4]), (1.0, &[0.6])]);
    assert_eq!(text(&ended(&talks)), [Some(0.5)]);
    let pulled = talks.but(|talks| talks.forums[0].chair.pull = Some((1, 0.5)));
    assert_eq!(text(&ended(&pulled)), [Some(0.55)]);
}

#[test]
fn an_institution_brings_its_template_along() {
    let talks = still(&[(1.0, &[0.4]), (1.0, &[0.6])]).but(|talks| talks.clauses[0].template = Some(0.3));
    assert_eq!(text(&ended(&talks)), [Some(0.3)]);
}

/// (3 × 1 + 1 × 0.3) / 4 = 0.825, nearest to the rung at 0.8.
#[test]
fn the_chair_writes_the_rung_that_is_nearest_to_the_mean() {
    let talks = still(&[(3.0, &[1.0]), (1.0, &[0.3])]).but(|talks| talks.clauses[0].rungs = vec![0.0, 0.5, 0.8, 1.0]);
    let (_, entries) = talks.conference().tell(1, 0);
    assert!(entries.contains(&Entry::Drafted { forum: 0, clause: 0, point: 0.8 }), "{entries:?}");
}

/// At 0.5 each is 0.1 away from what it wants, more than the 0.05 of an indifferent one. Neither accepts, neither
/// objects.
#[test]
fn silence_is_consent_to_a_consensus_but_not_to_unanimity() {
    let talks = still(&[(1.0, &[0.4]), (1.0, &[0.6])]);
    assert_eq!(ended(&talks).clauses[0].closed_in, Some(1));
    let unanimous = ended(&talks.with("rule", UNANIMITY));
    // As a package it is better than nothing for both.
    assert_eq!((unanimous.clauses[0].closed_in, text(&unanimous)), (None, vec![Some(0.5)]));
}

/// The text is at 0.5. In round t of 4 each would next go t/4 of its way there: 0.125, 0.25, 0.375, and 0.5 in the
/// last.
#[test]
fn a_delegation_accepts_what_it_would_itself_say_next() {
    let talks = Talks::of(&[(1.0, &[0.0]), (1.0, &[1.0])]).with("rule", UNANIMITY).parameter("rigidity", 0.0);
    assert_eq!(ended(&talks).clauses[0].closed_in, Some(4));
    // With a rigidity of a half it gives half of that on what it cares about most, and never gets there.
    assert_eq!(ended(&talks.parameter("rigidity", 0.5)).clauses[0].closed_in, None);
}

/// The second goes t/4 of its way from 1 to the text, the first answers with what it has seen of that.
///
/// | round | first says | second says | text |
/// |---|---|---|---|
/// | 1 | 0 | 1 | 0.5 |
/// | 2 | 0 | 1 − 0.25 × 0.5 = 0.875 | 0.4375 |
/// | 3 | 0.25 × 0.4375 = 0.109375 | 1 − 0.5 × 0.5625 = 0.71875 | 0.4140625 |
#[test]
fn tit_for_tat_returns_what_it_has_seen_a_round_later() {
    let talks = Talks::of(&[(1.0, &[0.0]), (1.0, &[1.0])]).with("rule", UNANIMITY).parameter("rigidity", 0.0).member(
        0,
        "tactic",
        "{ reciprocal = { opening = 0.0 } }",
    );
    let (_, entries) = talks.conference().tell(1, 0);
    let drafts = entries.iter().filter_map(|entry| match entry {
        Entry::Drafted { point, .. } => Some(rounded(*point)),
        _ => None,
    });
    assert_eq!(drafts.take(3).collect::<Vec<_>>(), [0.5, 0.4375, 0.4140625]);
}

/// Both are 0.5 away from the text and of full standing; with an assertiveness of 4 the odds that one objects are 2 to
/// 1. Neither does in one of nine replications.
#[test]
fn an_objection_has_odds_that_grow_with_what_is_at_stake() {
    let talks = Talks::of(&[(1.0, &[0.0]), (1.0, &[1.0])]).with("tactic", STEADFAST);
    let mut conference = talks.conference();
    let closed = |conference: &mut comity::conference::Conference, replication| {
        conference.run(1, replication).forums[0].clauses[0].closed_in == Some(1)
    };
    let at_once = (0..900).filter(|&replication| closed(&mut conference, replication)).count();
    // 100, give or take four standard deviations of 9.4.
    assert!((62..=138).contains(&at_once), "{at_once} of 900");
}

/// Two of five accept and three are silent: all of the votes cast, but not most of the members.
#[test]
fn silence_counts_against_a_majority_of_members_but_not_of_votes_cast() {
    let rows: [(f64, &[f64]); 5] = [(10.0, &[0.5]), (10.0, &[0.5]), (0.1, &[0.0]), (0.1, &[0.0]), (0.1, &[0.0])];
    let of_members = ended(&still(&rows).with("rule", MAJORITY_OF_HEADS));
    assert_eq!((of_members.clauses[0].closed_in, of_members.concluded), (None, false));
    let of_votes_cast = ended(&still(&rows).with("rule", MAJORITY_OF_VOTES_CAST));
    assert_eq!((of_votes_cast.clauses[0].closed_in, parties(&of_votes_cast)), (Some(1), vec![0, 1]));
}
