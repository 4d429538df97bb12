//! Transition periods and capacity building, alone.

use comity::minutes::Entry;

use super::{ONE_ROUND, near, play, scenario, wrong};

/// Both want 0.8 and agree on it at once. To L it brings 0.8, less a burden of 1.5 · 0.8 = 1.2: −0.4.
fn burdened(assistance: &str) -> String {
    format!(
        "parameters = {{ burden_price = 1.5 }}\n\
         country = {{ A = {{ capability = 4 }}, L = {{ capacity = 0, groups = [\"poor\"] }} }}\nclause = {{ c = {{}} }}\n\
         [forum.f]\nname = \"f\"\nmembers = [\"A\", \"L\"]\nrule = \"unanimity\"\n{ONE_ROUND}{assistance}\
         [mandate]\nA.c.ideal = 0.8\nL.c.ideal = 0.8\n"
    )
}

fn offer(relief: f64, price: f64, most: f64) -> String {
    format!(
        "assistance = {{ recipients = [\"poor\"], donors = [\"A\"], transition_relief = {relief}, \
         capacity_building = {price}, most = {most} }}\n"
    )
}

fn designated(entries: &[Entry]) -> Vec<[u32; 3]> {
    let of = |entry: &Entry| match *entry {
        Entry::Designated { at_once, transition, capacity_building, .. } => {
            Some([at_once, transition, capacity_building])
        }
        _ => None,
    };
    entries.iter().filter_map(of).collect()
}

#[test]
fn a_transition_period_is_enough_where_it_takes_enough_away() {
    // Half of 1.2 taken away leaves a gain of 0.2. Nobody pays.
    let (outcome, entries) = play(&burdened(&offer(0.5, 0.5, 1.0)), None);
    let forum = &outcome.forums[0];
    assert!(forum.concluded && forum.parties() == 2 && forum.polls == 2);
    near(forum.clauses[0].adopted.unwrap(), 0.8);
    near(forum.members[1].gain, 0.2);
    near(forum.members[0].gain, 0.8);
    assert_eq!(designated(&entries), [[0, 1, 0]]);
    assert!(forum.members.iter().all(|member| member.transfer == 0.0));
}

#[test]
fn what_a_transition_leaves_is_paid_by_donors_out_of_their_gain() {
    // A quarter taken away leaves 0.9 and a gain of −0.1: capacity building, at half a unit each, costs A 0.45.
    let (outcome, entries) = play(&burdened(&offer(0.25, 0.5, 1.0)), None);
    let members = &outcome.forums[0].members;
    assert!(outcome.forums[0].concluded);
    near(members[1].transfer, 0.9);
    near(members[1].gain, 0.8);
    near(members[0].transfer, -0.45);
    near(members[0].gain, 0.35);
    assert_eq!(designated(&entries), [[0, 0, 1]]);
    let paid = |entry: &&Entry| matches!(entry, Entry::Donated { seat: 0, .. });
    assert_eq!(entries.iter().filter(paid).count(), 1);
}

#[test]
fn a_donor_gives_neither_more_than_its_share_nor_what_it_insists_on() {
    // At most half of 0.8 is 0.4, less than the 0.45 it takes. What A insists on, 0.5, leaves 0.3 to give.
    let insisting = burdened(&offer(0.25, 0.5, 1.0)).replace("tactic", "member.A.reservation = 0.5\ntactic");
    for text in [burdened(&offer(0.25, 0.5, 0.5)), insisting] {
        let (outcome, entries) = play(&text, None);
        assert_eq!(designated(&entries), Vec::<[u32; 3]>::new());
        assert!(outcome.forums[0].members.iter().all(|member| member.transfer == 0.0));
        assert!(outcome.forums[0].clauses[0].adopted.is_none_or(|point| point < 0.75), "the text is weakened instead");
    }
}

#[test]
fn only_those_whose_obstacle_is_the_burden_are_won() {
    // A red line is no burden: the text of (4 · 0.8 + 0.5)/5 = 0.74 is weakened to 0.44, below the line of 0.5, and only
    // then a transition period has something to turn.
    let line = burdened(&offer(1.0, 0.0, 1.0))
        .replace("L.c.ideal = 0.8", "L.c = { ideal = 0.5, red_line = { ceiling = 0.5 } }");
    let (outcome, entries) = play(&line, None);
    near(outcome.forums[0].clauses[0].adopted.unwrap(), 0.44);
    assert_eq!(designated(&entries), [[0, 1, 0]]);
    // Nor does it help where nothing softens a clause and nobody can pay.
    let hard = burdened(&offer(0.5, 0.5, 0.1)).replace("c = {}", "c = { sdt = false }");
    assert_eq!(designated(&play(&hard, None).1), Vec::<[u32; 3]>::new());
    // With donors that can pay, such a clause goes from category A to C without a transition: 1.2 is paid for.
    let (outcome, entries) = play(&burdened(&offer(0.5, 0.5, 1.0)).replace("c = {}", "c = { sdt = false }"), None);
    assert_eq!(designated(&entries), [[0, 0, 1]]);
    near(outcome.forums[0].members[0].transfer, -0.6);
}

#[test]
fn a_poll_that_is_carried_without_the_poor_is_carried_with_them() {
    let silent = burdened(&offer(0.25, 0.5, 1.0))
        .replace("rule = \"unanimity\"", "rule = { critical_mass = { share = 0.1 } }")
        .replace("A = {", "B = { capability = 4 }, A = {")
        .replace("members = [", "members = [\"B\", ")
        .replace("A.c.ideal", "B.c.ideal = 0.8\nA.c.ideal");
    let (outcome, _) = play(&silent, None);
    assert_eq!(outcome.forums[0].parties(), 3);
    near(outcome.forums[0].members[2].transfer, 0.9);
    let off = format!("mechanisms = {{ off = [\"transfers\"] }}\n{silent}");
    assert_eq!(play(&off, None).0.forums[0].parties(), 2);
}

#[test]
fn offers_that_make_no_sense_are_refused() {
    let assisted = |text: &str| burdened(&format!("assistance = {{ {text} }}\n"));
    let modular = burdened(&offer(0.5, 0.5, 0.5)).replace("rule =", "undertaking = \"modular\"\nrule =");
    for (text, code) in [
        (assisted("recipients = [\"por\"], donors = [\"A\"]"), "comity::scenario::unknown_country"),
        (assisted("recipients = [\"poor\"], donors = [\"X\"]"), "comity::scenario::unknown_country"),
        (assisted("recipients = [\"poor\"], donors = [\"A\"], most = 1.5"), "comity::scenario::out_of_range"),
        (assisted("recipients = [\"poor\"], donors = { capability = 2.0 }"), "comity::scenario::out_of_range"),
        (modular, "comity::scenario::undertaking"),
        (burdened("opt_outs = { at_most = 0 }\n"), "comity::scenario::out_of_range"),
        (burdened("opt_outs = { at_most = 1, clauses = [\"d\"] }\n"), "comity::scenario::unknown_clause"),
        (burdened("flexibility = { step = 0.0 }\n"), "comity::scenario::out_of_range"),
        (burdened("flexibility = { clauses = [\"d\"] }\n"), "comity::scenario::unknown_clause"),
    ] {
        assert_eq!(wrong(&text, None), [code], "{text}");
    }
    assert_eq!(wrong(&burdened("mechanisms = { off = [\"luck\"] }\n"), None).len(), 1);
}

#[test]
fn strong_members_are_donors_where_none_are_named() {
    // Capabilities 4 and 1: A has 0.8 of them. L is a recipient and so never a donor.
    for (least, donors) in [(0.5, [true, false]), (0.0, [true, false]), (0.9, [false, false])] {
        let text =
            burdened(&format!("assistance = {{ recipients = [\"L\"], donors = {{ capability = {least:?} }} }}\n"));
        let scenario = scenario(&text, None);
        assert_eq!(scenario.forums[0].terms.assistance.as_ref().unwrap().donors, donors);
    }
}
