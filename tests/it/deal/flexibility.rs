//! Exceptions, alone.

use std::fmt::Write;

use comity::minutes::Entry;
use comity::scenario::feasibility;

use super::{ONE_ROUND, near, play, rungs, scenario};

/// Whoever falls short of anything objects.
const TOUCHY: &str = "[parameters]\nassertiveness = 1e12\n";

/// A, three times as heavy, wants 0.8, B 0.4 and not more than 0.45. The mean of 0.7 is nearest to the rung at 0.8.
fn reluctant(flexibility: &str) -> String {
    format!(
        "parameters = {{ assertiveness = 1e12 }}\ncountry = {{ A = {{ capability = 3 }}, B = {{}} }}\n\
         [clause.c]\nrungs = [{}]\n[forum.f]\nname = \"f\"\nmembers = [\"A\", \"B\"]\n{ONE_ROUND}{flexibility}\
         [mandate]\nA.c.ideal = 0.8\nB.c = {{ ideal = 0.4, red_line = {{ ceiling = 0.45 }} }}\n",
        rungs(&[0.0, 0.2, 0.4, 0.8, 1.0])
    )
}

#[test]
fn an_exception_keeps_the_words_where_dilution_would_lose_them() {
    // Half of 0.8 undone is 0.4, within the red line of B, and its ideal point. A loses 0.5 · ¼ of its 0.8.
    let (outcome, entries) = play(&reluctant("flexibility = { step = 0.5, most = 0.5 }\n"), None);
    let forum = &outcome.forums[0];
    near(forum.clauses[0].adopted.unwrap(), 0.8);
    assert_eq!((forum.clauses[0].flexibility, forum.clauses[0].dilutions, forum.polls), (0.5, 0, 2));
    near(forum.members[0].gain, 0.7);
    near(forum.members[1].gain, 0.4);
    assert!(entries.contains(&Entry::Excepted { forum: 0, clause: 0, from: 0.0, to: 0.5 }));
    for off in [reluctant(""), format!("mechanisms.off = [\"flexibility\"]\n{}", reluctant("flexibility = {}\n"))] {
        let (outcome, _) = play(&off, None);
        assert_eq!(outcome.forums[0].clauses[0].adopted, Some(0.4));
        assert_eq!((outcome.forums[0].clauses[0].flexibility, outcome.forums[0].clauses[0].dilutions), (0.0, 1));
    }
}

#[test]
fn an_exception_that_cannot_spare_the_red_line_is_not_attached() {
    // A quarter undone is 0.6, beyond 0.45: the line still stands in the way, so the text is weakened.
    let (outcome, entries) = play(&reluctant("flexibility = { step = 0.25, most = 0.25 }\n"), None);
    assert_eq!(outcome.forums[0].clauses[0].adopted, Some(0.4));
    assert!(!entries.iter().any(|entry| matches!(entry, Entry::Excepted { .. })));
    // In steps of a quarter, up to a half, the first step is passed over.
    let (_, entries) = play(&reluctant("flexibility = { step = 0.25, most = 0.5 }\n"), None);
    assert!(entries.contains(&Entry::Excepted { forum: 0, clause: 0, from: 0.0, to: 0.5 }));
}

#[test]
fn an_exception_that_costs_its_friends_more_than_it_spares_its_foes_is_not_attached() {
    // Four want 0.8; B, of weight 2, wants 0.3 and loses 0.5 − 0.3 = 0.2 by the text. Its voice of 2/6 + 1/5 takes off
    // 0.107. The friends lose 0.5 · 2/6 of their 0.8, with voices of 4 · (1/6 + 1/5): 0.196.
    let mut text = format!("{TOUCHY}[clause.c]\nrungs = [{}]\n", rungs(&[0.0, 0.2, 0.4, 0.8, 1.0]));
    for friend in 0..4 {
        let _ = writeln!(text, "[country.A{friend}]\n[mandate.A{friend}.c]\nideal = 0.8");
    }
    let _ = writeln!(
        text,
        "[country.B]\ncapability = 2\n[mandate.B.c]\nideal = 0.3\n[forum.f]\nname = \"f\"\n\
         members = [\"A0\", \"A1\", \"A2\", \"A3\", \"B\"]\n{ONE_ROUND}flexibility = {{ step = 0.5 }}"
    );
    let (outcome, _) = play(&text, None);
    assert_eq!((outcome.forums[0].clauses[0].adopted, outcome.forums[0].clauses[0].flexibility), (Some(0.4), 0.0));
    // Of weight ¼ it takes off (0.25/4.25 + 1/5) · 0.2 = 0.052 and costs 0.5 · 0.25/4.25 · 0.8 · 4 · (1/4.25 + 1/5) =
    // 0.041: it pays.
    let light = text.replace("capability = 2", "capability = 0.25");
    let (outcome, _) = play(&light, None);
    assert_eq!((outcome.forums[0].clauses[0].adopted, outcome.forums[0].clauses[0].flexibility), (Some(0.8), 0.5));
}

#[test]
fn exceptions_mean_the_same_on_a_mirrored_scale() {
    let mirrored = reluctant("status_quo = { c = 1.0 }\nflexibility = { step = 0.5, most = 0.5 }\n")
        .replace(&rungs(&[0.0, 0.2, 0.4, 0.8, 1.0]), &rungs(&[0.0, 0.2, 0.6, 0.8, 1.0]))
        .replace("A.c.ideal = 0.8", "A.c.ideal = 0.2")
        .replace("ideal = 0.4, red_line = { ceiling = 0.45 }", "ideal = 0.6, red_line = { floor = 0.55 }");
    let forum = &play(&mirrored, None).0.forums[0];
    near(forum.clauses[0].adopted.unwrap(), 0.2);
    assert_eq!(forum.clauses[0].flexibility, 0.5);
    near(forum.members[0].gain, 0.7);
    near(forum.members[1].gain, 0.4);
}

#[test]
fn exceptions_are_no_impasse() {
    // A will not go below 0.8 nor B above 0.45: impossible as words, possible as obligations.
    let text = |flexibility: &str| {
        reluctant(flexibility).replace("A.c.ideal = 0.8", "A.c = { ideal = 0.8, red_line = { floor = 0.8 } }")
    };
    for (offer, impasses) in
        [("", 1), ("flexibility = {}\n", 0), ("flexibility = { most = 0.3 }\n", 1), ("opt_outs = { at_most = 1 }\n", 0)]
    {
        let scenario = scenario(&text(offer), None);
        assert_eq!(feasibility::feasibility(&scenario, &scenario.forums[0]).impasses.len(), impasses, "{offer}");
    }
}
