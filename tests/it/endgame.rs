//! The endgame, in talks so small that it can be worked out by hand; see `mechanisms` for what is common to them.

use comity::minutes::{Entry, Reason};

use crate::mechanisms::{ended, parties, rounded, still, text};
use crate::talks::{STEADFAST, Talks, UNANIMITY};

/// The text is the rung at 0.8. The second, at 0.3, has lost 0.2 by then, and gains 0.1 at the rung below.
#[test]
fn the_chair_weakens_a_ladder_rung_by_rung_until_the_package_is_carried() {
    let talks = still(&[(3.0, &[1.0]), (1.0, &[0.3])]).with("rule", UNANIMITY);
    let outcome = ended(&talks.but(|talks| talks.clauses[0].rungs = vec![0.0, 0.5, 0.8, 1.0]));
    assert_eq!((text(&outcome), outcome.clauses[0].dilutions, outcome.polls), (vec![Some(0.5)], 1, 2));
    assert_eq!(outcome.members.iter().map(|member| rounded(member.gain)).collect::<Vec<_>>(), [0.5, 0.1]);
}

/// Clause 0 has only one provision, at 0.4, beyond the 0.2 that the second allows: it objects in four rounds and one
/// poll, and the clause goes. Clause 1 stands.
#[test]
fn a_clause_that_crosses_a_red_line_is_taken_out_and_the_rest_stands() {
    let talks = still(&[(1.0, &[0.6, 0.5]), (1.0, &[0.2, 0.5])]).but(|talks| {
        talks.clauses[0].rungs = vec![0.0, 0.4];
        talks.countries[1].wishes[0].ceiling = Some(0.2);
    });
    let outcome = ended(&talks);
    assert_eq!(text(&outcome), [None, Some(0.5)]);
    assert_eq!((outcome.clauses[0].dropped, outcome.clauses[0].objections, outcome.polls), (true, 5, 2));
}

/// The text is at 2/3. The first may object to nothing but the red line at 0.1. Without a veto it is outvoted; with one
/// the chair takes six steps of 0.1 and stops at 2/3 − 0.6. Either way it does not join.
#[test]
fn a_veto_of_its_own_stops_a_majority_at_the_red_line() {
    let rows: [(f64, &[f64]); 3] = [(1.0, &[0.0]), (1.0, &[1.0]), (1.0, &[1.0])];
    let talks = still(&rows).with("rule", "{ simple_majority = {} }");
    let talks = talks.but(|talks| talks.countries[0].wishes[0].ceiling = Some(0.1));
    let outvoted = ended(&talks);
    assert_eq!((text(&outvoted), parties(&outvoted)), (vec![Some(rounded(2.0 / 3.0))], vec![1, 2]));
    let stopped = ended(&talks.member(0, "veto", true));
    assert_eq!((text(&stopped), parties(&stopped)), (vec![Some(rounded(2.0 / 3.0 - 0.6))], vec![1, 2]));
    assert_eq!(stopped.clauses[0].dilutions, 6);
}

/// Clause 0 is at 0.8 as both want it; clause 1 at 0.4, which costs the first 0.4/2 and gains the other 0.4/2.
#[test]
fn a_member_opts_out_of_a_module_but_swallows_it_in_a_single_undertaking() {
    let talks = still(&[(1.0, &[0.8, 0.0]), (1.0, &[0.8, 0.8])]);
    let gains = |talks: &Talks| ended(talks).members.iter().map(|member| rounded(member.gain)).collect::<Vec<_>>();
    assert_eq!(gains(&talks), [0.2, 0.6]);
    let modular = talks.with("undertaking", "'modular'");
    assert_eq!(gains(&modular), [0.4, 0.6]);
    assert_eq!((text(&ended(&modular)), parties(&ended(&modular))), (vec![Some(0.8), Some(0.4)], vec![0, 1]));
}

/// Two with 9/10 of the weight want 1, the third wants nothing: the text is at 0.9.
#[test]
fn those_who_accept_go_ahead_once_they_are_a_critical_mass() {
    let talks = still(&[(6.0, &[1.0]), (3.0, &[1.0]), (1.0, &[0.0])]);
    let outcome = ended(&talks.clone().with("rule", "{ critical_mass = { share = 0.9 } }"));
    assert_eq!((text(&outcome), parties(&outcome)), (vec![Some(0.9)], vec![0, 1]));
    // Nothing but nothing would win the third.
    assert!(!ended(&talks.with("rule", "{ critical_mass = { share = 0.95 } }")).concluded);
}

/// The text is at 0.8, to which nobody objects and which the first alone would join. The second joins from 0.4 down.
#[test]
fn a_text_that_nobody_stops_but_only_one_would_join_is_weakened_until_another_does() {
    let outcome = ended(&still(&[(3.0, &[1.0]), (1.0, &[0.2])]));
    assert_eq!((text(&outcome), parties(&outcome)), (vec![Some(0.4)], vec![0, 1]));
    assert_eq!((outcome.clauses[0].closed_in, outcome.clauses[0].dilutions, outcome.polls), (Some(1), 4, 5));
}

/// Nothing but nothing would win the second.
#[test]
fn talks_without_a_text_collapse_at_the_deadline_or_after_their_extensions() {
    let talks = still(&[(1.0, &[1.0]), (1.0, &[0.0])]).with("rule", UNANIMITY);
    let collapsed = ended(&talks);
    assert_eq!((collapsed.concluded, collapsed.rounds, collapsed.extensions), (false, 4, 0));
    assert!(collapsed.clauses[0].dropped && collapsed.members.iter().all(|member| member.gain == 0.0));
    let extension = "extension = { chance = 1.0, rounds = 3, at_most = 2 }";
    let extended = ended(&talks.with("calendar", format!("{{ start = 2025-01-01, rounds = 4, {extension} }}")));
    assert_eq!((extended.concluded, extended.rounds, extended.extensions), (false, 10, 2));
}

/// The first, at 0.3, holds still and insists on a gain of 0.255: the text must come within 0.045 of it. The second
/// comes from 1, all of its way in every round after the first.
///
/// In round 1 the text is at 0.65. Polled there and, weakened, at 0.55, 0.45 and 0.35, it is too far; and another step
/// would lead it as far past 0.3, so that nothing is left to ask for. The extension gives three rounds more, with the
/// text at 0.475, 0.3875 and 0.34375. That is carried in one poll, and has not been weakened.
#[test]
fn an_extension_lets_the_talks_come_closer_and_forgets_what_the_failed_endgame_gave_up() {
    let talks = Talks::of(&[(1.0, &[0.3]), (1.0, &[1.0])])
        .with("rule", UNANIMITY)
        .with("calendar", "{ start = 2025-01-01, rounds = 1, extension = { chance = 1.0, rounds = 3 } }")
        .member(0, "tactic", STEADFAST)
        .member(0, "reservation", 0.255)
        .parameter("rigidity", 0.0)
        .parameter("indifference", 0.02);
    let outcome = ended(&talks);
    assert_eq!((text(&outcome), outcome.rounds, outcome.extensions), (vec![Some(0.34375)], 4, 1));
    assert_eq!((outcome.polls, outcome.clauses[0].dilutions), (5, 0));
}

/// Why voters object in the first poll.
fn reasons(talks: &Talks) -> Vec<(usize, Reason)> {
    let (_, entries) = talks.conference().tell(1, 0);
    let polled = entries.into_iter().find_map(|entry| match entry {
        Entry::Polled { objecting, .. } => Some(objecting),
        _ => None,
    });
    polled.expect("the package is polled")
}

/// Everyone insists on what costs it anything. The text of clause 0 is at 0.8; the second, at 0.2, loses by it what it is
/// further off than at 0, where nothing holds.
fn insistent(rows: &[(f64, &[f64])]) -> Talks {
    still(rows).with("rule", UNANIMITY).with("cost_of_failure", 1.0).parameter("assertiveness", 1e6)
}

/// Of two clauses the second wants clause 1, at 0.6, and clause 0 costs it (0.6 − 0.2) / 2 = 0.2. Without clause 0 there is
/// a text, and worth 1.3 to it over none: it holds out until clause 0 costs it nothing, four steps below, at 0.4.
#[test]
fn who_holds_out_wants_the_same_text_without_the_clause() {
    let talks = insistent(&[(3.0, &[1.0, 0.6]), (1.0, &[0.2, 0.6])]);
    assert_eq!(reasons(&talks), [(1, Reason::HoldsOut)]);
    let outcome = ended(&talks);
    assert_eq!((text(&outcome), outcome.polls), (vec![Some(0.4), Some(0.6)], 5));
}

/// With clause 0 alone nothing is left without it, and with failure so dear a text at 0.8 is worth 0.6 over none: nobody
/// holds out, and it is carried as it is. The same where both of two clauses cost the second something. Where something
/// is left, but less than it would take, it stands in the way as one that gains too little.
#[test]
fn nobody_holds_out_for_no_text_or_for_one_that_it_would_not_take() {
    let alone = insistent(&[(3.0, &[1.0]), (1.0, &[0.2])]);
    assert_eq!(reasons(&alone), []);
    let outcome = ended(&alone);
    assert_eq!((text(&outcome), outcome.polls, rounded(outcome.members[1].gain)), (vec![Some(0.8)], 1, 0.6));

    let both = insistent(&[(3.0, &[1.0, 1.0]), (1.0, &[0.0, 0.0])]);
    assert_eq!(reasons(&both), []);
    assert_eq!(text(&ended(&both)), [Some(0.75), Some(0.75)]);

    let rows: [(f64, &[f64]); 2] = [(3.0, &[1.0, 0.6]), (1.0, &[0.2, 0.6])];
    let objections = |least: f64| ended(&insistent(&rows).member(1, "reservation", least)).clauses[0].objections;
    // It gains 1.1 by the whole and 1.3 without clause 0: in four lost polls it holds out on that, or on nothing.
    assert_eq!(objections(1.29) - objections(1.31), 4);
}

/// The text is at 0.65, 0.35 from what the first wants, who holds still and would take no less than a gain of 0.2. It
/// gains −0.05 there, 0.05 at 0.55 and 0.15 at 0.45, where it holds nothing against the clause any more and asks for one
/// step more nevertheless; at 0.35 it gains 0.25 and accepts.
#[test]
fn who_gains_too_little_asks_for_what_weakening_would_give_it() {
    let asking = |least: f64| {
        let talks = Talks::of(&[(1.0, &[0.3]), (1.0, &[1.0])])
            .with("rule", UNANIMITY)
            .with("calendar", "{ start = 2025-01-01, rounds = 1 }")
            .member(0, "tactic", STEADFAST)
            .member(0, "reservation", least);
        ended(&talks)
    };
    let outcome = asking(0.2);
    assert_eq!((text(&outcome).first().copied().flatten().map(rounded), outcome.polls), (Some(0.35), 4));
    // At the best step there is it still gains less than this, and a further one would take away from it.
    let vain = asking(0.28);
    assert_eq!((vain.concluded, vain.polls), (false, 4));
    assert!(!vain.clauses[0].dropped, "what it gains by is not taken out for its sake");
}

/// The text is at 0.75. The second, at 0.5 and without any capacity, gains 0.25 by it and bears 0.5 × 0.75 = 0.375; at
/// 0.65 it gains 0.35 and bears 0.325.
#[test]
fn a_burden_that_treatment_does_not_take_away_is_taken_out_of_the_text() {
    let talks = still(&[(1.0, &[1.0]), (1.0, &[0.5])]).with("rule", UNANIMITY).but(|talks| {
        talks.countries[1].capacity = 0.0;
        talks.countries[1].groups = vec!["LDC"];
    });
    let bare = ended(&talks);
    assert_eq!((text(&bare), rounded(bare.members[1].gain)), (vec![Some(0.65)], 0.025));
    // Half of the burden taken away, it bears 0.1875, and the text stands.
    let treated = ended(&talks.with("sdt", "{ groups = ['LDC'], relief = 0.5 }"));
    assert_eq!((text(&treated), rounded(treated.members[1].gain)), (vec![Some(0.75)], 0.0625));
}
