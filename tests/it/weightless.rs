//! A member without weight, veto or trade changes no outcome, where weight decides.
//!
//! Two things it may still do, and both are meant: make up the number, for a state is a party to a treaty whatever it
//! weighs, and a treaty has two; and stop a text under a rule that gives everyone a veto, though never alone.

use comity::minutes::Outcome;
use proptest::prelude::*;

use crate::drawn;
use crate::promise::{Kept, broken, kept, must};
use crate::talks::{CONSENSUS, CRITICAL_MASS, MAJORITY_OF_HEADS, MAJORITY_OF_WEIGHT, QUALIFIED_BY_WEIGHT, Talks};

/// Talks whose last member carries nothing.
fn with_a_weightless_member(talks: Talks) -> Talks {
    let last = talks.countries.len() - 1;
    talks.member(last, "weight", "0.0").member(last, "veto", "false").but(|talks| {
        for (by, _) in talks.forums.iter_mut().filter_map(|forum| forum.chair.pull.as_mut()) {
            *by %= last;
        }
    })
}

/// How it ended for the first so many members, and what they objected to and decided by it. What the others did is left
/// out: the weightless may well object.
pub fn ended_for(talks: &Talks, members: usize) -> Outcome {
    let mut outcome = talks.play();
    for forum in &mut outcome.forums {
        forum.members.truncate(members);
        forum.clauses.iter_mut().for_each(|clause| clause.objections = 0);
        // Whoever objects asks for a vote, and loses it where it weighs nothing.
        forum.without_a_vote = None;
        forum.objections.retain(|found| found.seat < members);
        // In a text that nobody had, the weightless may make up the number as well.
        forum.impasse = None;
    }
    outcome
}

/// Without its last member the talks end, to the bit, as they do with it. Talks say nothing in which it makes up the
/// number of the parties.
fn the_last_member_changes_nothing(talks: &Talks) -> Kept {
    let others = talks.countries.len() - 1;
    let with = ended_for(talks, others);
    let without = ended_for(&talks.clone().but(|talks| talks.countries.truncate(others)), others);
    if with.forums[0].concluded && with.forums[0].parties() < 2 {
        return Ok(false);
    }
    must(with == without, || format!("with it {with:?}\nwithout it {without:?}"))
}

#[test]
fn where_weight_decides_a_member_without_weight_or_veto_changes_no_outcome() {
    let talks = || drawn::talks(3..7usize, 1..5usize).prop_map(with_a_weightless_member);
    // A reverse majority carries texts that hardly anybody accepts, so there the number has to be made up more often.
    let by_weight = || {
        let rule = prop::sample::select(vec![MAJORITY_OF_WEIGHT, QUALIFIED_BY_WEIGHT, CRITICAL_MASS]);
        (talks(), rule, any::<bool>()).prop_map(|(talks, rule, veto)| talks.with("rule", rule).member(0, "veto", veto))
    };
    kept(192, by_weight(), the_last_member_changes_nothing);
    // Where heads are counted, its head is.
    let by_heads = talks().prop_map(|talks| talks.with("rule", MAJORITY_OF_HEADS));
    broken(32, by_heads, the_last_member_changes_nothing);
    // Where the chair listens to all alike, it is heard.
    let all_alike = by_weight().prop_map(|talks| talks.parameter("capability_exponent", 0.0));
    broken(32, all_alike, the_last_member_changes_nothing);
}

/// A holds a veto and 2/10 of the weight and hates clause 0; B has 5/10 and hates clause 1, as much; both clauses are
/// at 0.5. A veto speaks in the endgame as one head among those that count, here three: the voice of A is 2/10 + 1/3,
/// more than B's 5/10, so the chair begins with clause 0 and ends with nothing. Counted among four it would be 2/10 +
/// 1/4, less than B's: the chair would begin with clause 1, which is then out when clause 0 is still at 0.1.
#[test]
fn the_voice_of_a_veto_does_not_depend_on_how_many_weightless_members_there_are() {
    let rows: [(f64, &[f64]); 4] = [(2.0, &[0.0, 0.5]), (5.0, &[0.5, 0.0]), (3.0, &[1.0, 1.0]), (0.0, &[0.0, 0.0])];
    let talks = Talks::of(&rows).with("rule", MAJORITY_OF_WEIGHT).rounds(1).member(0, "veto", true).but(|talks| {
        talks.clauses.iter_mut().for_each(|clause| clause.template = Some(0.5));
        talks.countries[0].wishes[1].salience = 0.0;
        talks.countries[1].wishes[0].salience = 0.0;
    });
    let talks = talks.parameter("assertiveness", 0.0);
    assert_eq!(the_last_member_changes_nothing(&talks), Ok(true));
    assert!(!talks.play().forums[0].concluded);
}

#[test]
fn under_consensus_a_member_without_weight_never_stands_alone_but_at_a_red_line() {
    let one_against_all = || {
        drawn::talks(3..7usize, 1..5usize).prop_map(with_a_weightless_member).prop_map(|talks| {
            let mut talks = talks.certain().continuous().parameter("burden_price", 0.0).with("rule", CONSENSUS);
            let wishes = talks.countries[0].wishes.clone();
            let others = talks.countries.len() - 1;
            for country in &mut talks.countries {
                country.member.remove("reservation");
            }
            talks.countries[..others].iter_mut().for_each(|country| country.wishes.clone_from(&wishes));
            talks
        })
    };
    let yielding = || {
        one_against_all().prop_map(|mut talks| {
            let last = talks.countries.len() - 1;
            talks.countries[last].wishes.iter_mut().for_each(|wish| (wish.floor, wish.ceiling) = (None, None));
            talks
        })
    };
    kept(96, yielding(), the_last_member_changes_nothing);
    // A red line is a red line.
    broken(96, one_against_all(), the_last_member_changes_nothing);
    // Where weakness isolates nobody, it stands alone like any other.
    let bold = yielding().prop_map(|talks| talks.parameter("isolation", 0.0));
    broken(96, bold, the_last_member_changes_nothing);
}
