//! What must not matter: which end of a scale is called 1, what things are called, and the order of the file.
//!
//! Outcomes are compared up to rounding, for a sum in another order may differ in its last bit.

use bevy_ecs::prelude::*;
use comity::conference::Conference;
use comity::minutes::Outcome;
use comity::rounds::{self, Phase};
use comity::world::Positions;
use proptest::prelude::*;

use crate::drawn;
use crate::promise::{Kept, broken, kept, must};
use crate::talks::{MAJORITY_OF_VOTES_CAST, RULES, Talks, Wish};

/// Two outcomes are the same.
pub fn alike(one: &Outcome, other: &Outcome) -> Kept {
    let close = |a: f64, b: f64| (a - b).abs() < 1e-9;
    must(one.forums.len() == other.forums.len(), || "another number of forums".into())?;
    let mut spoke = false;
    for (no, (a, b)) in one.forums.iter().zip(&other.forums).enumerate() {
        let course = |f: &comity::minutes::ForumOutcome| (f.concluded, f.rounds, f.extensions, f.polls);
        must(course(a) == course(b), || format!("forum {no}: {:?} and {:?}", course(a), course(b)))?;
        for (clause, (a, b)) in a.clauses.iter().zip(&b.clauses).enumerate() {
            let same = match (a.adopted, b.adopted) {
                (Some(a), Some(b)) => close(a, b),
                (a, b) => a == b,
            };
            let fate = |c: &comity::minutes::ClauseOutcome| (c.closed_in, c.objections, c.dilutions, c.dropped);
            must(same && fate(a) == fate(b), || format!("forum {no}, clause {clause}: {a:?} and {b:?}"))?;
        }
        for (seat, (a, b)) in a.members.iter().zip(&b.members).enumerate() {
            let same = a.party == b.party && close(a.gain, b.gain) && close(a.reservation, b.reservation);
            must(same, || format!("forum {no}, seat {seat}: {a:?} and {b:?}"))?;
        }
        spoke |= a.concluded;
    }
    Ok(spoke)
}

/// With every scale turned round.
fn mirrored(talks: &Talks) -> Talks {
    let turn = |x: &mut f64| *x = 1.0 - *x;
    let mirrored = talks.clone().but(|talks| {
        for clause in &mut talks.clauses {
            turn(&mut clause.status_quo);
            clause.template.iter_mut().for_each(turn);
            clause.rungs.iter_mut().for_each(turn);
            clause.rungs.reverse();
        }
    });
    mirrored.wishes(|wish| {
        let Wish { ideal, floor, ceiling, .. } = *wish;
        *wish =
            Wish { ideal: 1.0 - ideal, floor: ceiling.map(|at| 1.0 - at), ceiling: floor.map(|at| 1.0 - at), ..*wish };
    })
}

/// The mirrored talks have the mirrored outcome.
fn a_mirror_changes_nothing(talks: &Talks) -> Kept {
    let mut outcome = mirrored(talks).play();
    let points = outcome.forums.iter_mut().flat_map(|forum| &mut forum.clauses).flat_map(|clause| &mut clause.adopted);
    points.for_each(|point| *point = 1.0 - *point);
    alike(&talks.play(), &outcome)
}

#[test]
fn turning_every_scale_round_turns_the_outcome_round_where_obligations_cost_nothing() {
    let talks = || {
        let template = prop::option::weighted(0.2, 0.0..1.0);
        let talks = (drawn::talks(2..6usize, 1..5usize), template);
        talks.prop_map(|(talks, template)| talks.certain().but(|talks| talks.clauses[0].template = template))
    };
    let free = || talks().prop_map(|talks| talks.continuous().parameter("burden_price", 0.0));
    kept(128, free(), a_mirror_changes_nothing);
    kept(64, free().prop_map(under_silence), a_mirror_changes_nothing);
    // More is not less where it is costly to put into practice.
    broken(64, talks().prop_map(Talks::continuous), a_mirror_changes_nothing);
    // Nor where the lowest rung is no provision at all, and the highest is one.
    broken(64, talks().prop_map(|talks| talks.parameter("burden_price", 0.0)), a_mirror_changes_nothing);
}

/// Talks whose first drafts go under silence.
fn under_silence(talks: Talks) -> Talks {
    talks.with("undertaking", "'single'").with("rule", MAJORITY_OF_VOTES_CAST).with("silence", "{ drafts = 2 }")
}

/// Talks in two forums, whose outcomes hang on luck as well, and another order of countries, clauses and forums.
fn shuffled() -> impl Strategy<Value = (Talks, [Vec<usize>; 3])> {
    let second = prop::sample::select(RULES);
    (drawn::talks(2..6usize, 1..11usize), second).prop_flat_map(|(talks, rule)| {
        let mut talks = talks.with("cost_of_failure", "{ uniform = { min = 0.0, max = 0.2 } }");
        talks.forums.push(talks.forums[0].clone());
        talks.forums[1].id = "f1".into();
        talks.forums[1].keys.insert("rule", rule.to_owned());
        let order = |n: usize| Just((0..n).collect::<Vec<_>>()).prop_shuffle();
        let orders = [order(talks.countries.len()), order(talks.clauses.len()), order(talks.forums.len())];
        (Just(talks), orders)
    })
}

fn pick<T: Clone>(from: &[T], order: &[usize]) -> Vec<T> {
    order.iter().map(|&no| from[no].clone()).collect()
}

/// The file in another order has the same outcome, in that order, however the talks are played.
fn order_changes_nothing((talks, orders): &(Talks, [Vec<usize>; 3]), play: impl Fn(&Talks) -> Outcome) -> Kept {
    let [countries, clauses, forums] = orders;
    let other = talks.clone().but(|other| {
        other.countries = pick(&talks.countries, countries);
        other.clauses = pick(&talks.clauses, clauses);
        other.forums = pick(&talks.forums, forums);
        other.countries.iter_mut().for_each(|country| country.wishes = pick(&country.wishes, clauses));
        for (by, _) in other.forums.iter_mut().filter_map(|forum| forum.chair.pull.as_mut()) {
            *by = countries.iter().position(|no| no == by).unwrap_or_default();
        }
    });
    let mut expected = play(talks);
    expected.forums = pick(&expected.forums, forums);
    for forum in &mut expected.forums {
        forum.clauses = pick(&forum.clauses, clauses);
        forum.members = pick(&forum.members, countries);
    }
    alike(&expected, &play(&other))
}

/// Talks in which the country that stands first never wants anything.
fn play_against_the_first(talks: &Talks) -> Outcome {
    let silence = |mut positions: Query<&mut Positions>| {
        for mut positions in &mut positions {
            positions.stated.write_row(0, std::iter::repeat(0.0));
        }
    };
    let mut round = rounds::round();
    round.add_systems(silence.after(Phase::Propose).before(Phase::Caucus));
    Conference::with_round(talks.scenario(), round).run(1, 0)
}

#[test]
fn the_order_of_countries_clauses_and_forums_in_the_file_changes_nothing() {
    kept(128, shuffled(), |case| order_changes_nothing(case, Talks::play));
    let silent = || shuffled().prop_map(|(talks, orders)| (under_silence(talks), orders));
    kept(64, silent(), |case| order_changes_nothing(case, Talks::play));
    broken(16, shuffled(), |case| order_changes_nothing(case, play_against_the_first));
}

/// With other names, in the opposite order of the alphabet.
fn renamed(talks: &Talks) -> Talks {
    let name = |no: usize| format!("name{}", 99 - no);
    talks.clone().but(|talks| {
        talks.countries.iter_mut().enumerate().for_each(|(no, country)| country.id = name(no));
        talks.clauses.iter_mut().enumerate().for_each(|(no, clause)| clause.id = name(no));
        talks.forums.iter_mut().enumerate().for_each(|(no, forum)| forum.id = name(no));
    })
}

fn names_change_nothing(talks: &Talks) -> Kept {
    alike(&talks.play(), &renamed(talks).play())
}

#[test]
fn names_change_nothing_where_nothing_is_left_to_luck() {
    let talks = || shuffled().prop_map(|(talks, _)| talks.with("cost_of_failure", 0.0));
    let certain = || talks().prop_map(|talks| talks.certain().rounds(3).parameter("assertiveness", 0.0));
    kept(96, certain(), names_change_nothing);
    // Luck goes with the name of a country: another name is another draw.
    broken(32, talks(), names_change_nothing);
}

#[test]
fn clauses_that_keep_their_place_in_the_alphabet_keep_their_luck_under_other_names() {
    let prefixed = |talks: &Talks, prefix: &str| {
        talks.clone().but(|talks| {
            talks.clauses.iter_mut().for_each(|clause| clause.id.insert_str(0, prefix));
        })
    };
    kept(64, shuffled(), |(talks, _)| alike(&talks.play(), &prefixed(talks, "a-new-").play()));
    // The draws are laid out along the alphabet.
    let reversed = |talks: &Talks| {
        let clauses = talks.clauses.len();
        talks.clone().but(|talks| {
            talks.clauses.iter_mut().enumerate().for_each(|(no, clause)| clause.id = format!("c{}", clauses - no));
        })
    };
    broken(32, shuffled(), |(talks, _)| alike(&talks.play(), &reversed(talks).play()));
}
