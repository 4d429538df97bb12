//! A text does not apply between two parties where one of them has declared so; and what exceptions and opt-outs leave of
//! it counts after adoption.

use std::sync::Arc;

use comity::clause_set::ClauseSet;
use comity::conference::Conference;
use comity::minutes::{Entry, Event, ForumOutcome, Outcome};
use comity::replay::transcript;
use comity::scenario::Scenario;
use comity::scenario::check::load;
use comity::scenario::source::Memory;
use comity::world::{Delegation, Forum, Instructions, LooksAt, SitsIn, Treaty};

use bevy_ecs::prelude::*;

/// Text (3·1 + 0.3 + 1)/5 = 0.86. B gains 0.3 − 0.56 = −0.26 from it, and at a price of 0.4 the company of A and C is
/// worth 0.4 · 0.7 = 0.28.
const WAVERER: &str = r#"
title = "A waverer"
horizon = 2030-12-31
tables.trade = "trade.csv"
[parameters]
exclusion_price = 0.4
[parameters.after]
pivot_spread = 0.0
[country.A]
capability = 3
[country.B]
[country.C]
[clause.c]
[forum.f]
name = "f"
members = ["A", "B", "C"]
rule = { critical_mass = { share = 0.5 } }
tactic = "steadfast"
calendar = { start = 2025-01-01, rounds = 1 }
[mandate]
A.c.ideal = 1.0
B.c.ideal = 0.3
C.c.ideal = 1.0
"#;
const SHARES: &str = "country,partner,share,source,confidence\nB,A,0.5,x,high\nB,C,0.2,x,high\nA,B,0.25,x,high\n";

fn scenario(text: &str, changes: &[&str]) -> Arc<Scenario> {
    let files = [("s.toml".to_owned(), text.to_owned()), ("trade.csv".to_owned(), SHARES.to_owned())];
    let changes: Vec<String> = changes.iter().map(|change| (*change).to_owned()).collect();
    load("s.toml", &changes, &Memory(files.into())).unwrap_or_else(|problems| panic!("{problems}")).scenario
}

fn play(text: &str, changes: &[&str]) -> (Outcome, Vec<Event>) {
    let scenario = scenario(text, changes);
    let mut conference = Conference::new(scenario.clone());
    let (outcome, entries) = conference.tell(1, 0);
    assert_eq!(conference.run(1, 0), outcome, "telling changes nothing");
    let events: Vec<Event> = entries
        .iter()
        .filter_map(|entry| match entry {
            Entry::Later { event, .. } => Some(event.clone()),
            _ => None,
        })
        .collect();
    let told = transcript(&scenario, &entries, &outcome, &[]);
    assert_eq!(told.contains("declares that it does not apply"), !apart(&events).is_empty(), "{told}");
    (outcome, events)
}

fn apart(events: &[Event]) -> Vec<(usize, usize)> {
    let pair = |event: &Event| match *event {
        Event::Apart { candidate, against } => Some((candidate, against)),
        _ => None,
    };
    events.iter().filter_map(pair).collect()
}

fn parties(forum: &ForumOutcome) -> Vec<bool> {
    forum.members.iter().map(|member| member.party).collect()
}

#[test]
fn with_whom_it_does_not_apply_is_no_reason_to_join() {
    let (outcome, events) = play(WAVERER, &[]);
    assert_eq!((parties(&outcome.forums[0]), apart(&events)), (vec![true; 3], vec![]));
    // Without C the company is worth 0.2 to B, less than the 0.26 that it lacks.
    let against = "forum.f.consent.non_application.against={ C = [\"B\"] }";
    let (outcome, events) = play(WAVERER, &[against]);
    assert_eq!((parties(&outcome.forums[0]), apart(&events)), (vec![true, false, true], vec![]));
    let (off, _) = play(WAVERER, &[against, "mechanisms.off=[\"non_application\"]"]);
    assert_eq!(parties(&off.forums[0]), [true; 3]);
}

#[test]
fn a_declaration_at_signature_can_cost_the_other_its_majority_at_home() {
    // C does nothing of its trade with B, which falls short of the text: C declares against B. A, a quarter of whose trade
    // is with B, does not. B loses the 0.08 that the company of C was worth: 0.02 − 0.08 < 0.
    let (outcome, events) = play(WAVERER, &["forum.f.consent.non_application.trade_below=0.1"]);
    let members = &outcome.forums[0].members;
    assert_eq!(apart(&events), [(2, 1)]);
    assert_eq!(members.iter().map(|member| member.apart).collect::<Vec<_>>(), [0, 1, 1]);
    assert!(events.contains(&Event::Rejected { candidate: 1 }) && members[1].ratified_day.is_none());
    assert!(members[1].party, "it had accepted");
    // Nobody does less than nothing of its trade; and A declares too where a quarter is little.
    let (outcome, events) = play(WAVERER, &["forum.f.consent.non_application.trade_below=0.0"]);
    assert!(apart(&events).is_empty() && outcome.forums[0].members[1].ratified_day.is_some());
    let (_, events) = play(WAVERER, &["forum.f.consent.non_application.trade_below=0.3"]);
    assert_eq!(apart(&events), [(0, 1), (2, 1)], "A and C do not fall short of the text, B does");
}

/// D gains by the text of A and B, and A would never have it in.
const OPEN: &str = r#"
title = "An applicant"
horizon = 2040-12-31
tables.trade = "trade.csv"
[parameters]
assertiveness = 0.0
[country.A]
[country.B]
[country.C]
[clause.c]
[forum.f]
name = "f"
members = ["A", "B"]
calendar = { start = 2025-01-01, rounds = 3 }
[forum.f.accession]
applicants = ["C"]
opposed = { C = ["A"] }
[mandate]
A.c.ideal = 0.8
B.c.ideal = 0.8
C.c.ideal = 0.8
"#;

#[test]
fn a_party_may_let_an_applicant_in_and_have_nothing_to_do_with_it() {
    let (outcome, events) = play(OPEN, &[]);
    assert!(!outcome.forums[0].outsiders[0].acceded && apart(&events).is_empty());
    assert!(events.iter().any(|event| matches!(event, Event::Refused { .. })));
    let (outcome, events) = play(OPEN, &["forum.f.consent.non_application.instead_of_objecting=true"]);
    assert_eq!(apart(&events), [(0, 2)]);
    assert!(outcome.forums[0].outsiders[0].acceded && outcome.forums[0].outsiders[0].apart == 1);
}

/// What other texts ask of each member of the second forum at the horizon.
fn bound(text: &str, changes: &[&str]) -> Vec<f64> {
    let mut conference = Conference::new(scenario(text, changes));
    conference.run(1, 0);
    let world = conference.world();
    let mut forums = world.query::<(Entity, &Forum)>();
    let (second, _) = forums.iter(world).find(|(_, no)| no.0 == 1).unwrap();
    let mut delegations = world.query_filtered::<(&Delegation, &Instructions, &SitsIn), Without<LooksAt>>();
    let there = delegations.iter(world).filter(|(.., sits_in)| sits_in.0 == second);
    let mut bound: Vec<(usize, f64)> = there.map(|(seat, orders, _)| (seat.seat, orders.bound[0])).collect();
    bound.sort_by_key(|(seat, _)| *seat);
    bound.into_iter().map(|(_, point)| (point * 1e9).round() / 1e9).collect()
}

/// A, three times as heavy, wants 0.8, B 0.4 and not more than 0.45. The mean of 0.7 is nearest to the rung at 0.8. Later
/// they sit together again.
const AGAIN: &str = r#"
title = "Again"
horizon = 2033-12-31
tables.trade = "trade.csv"
[parameters]
assertiveness = 1e12
[parameters.after]
pivot_spread = 0.0
practice = 0.0
[country.A]
capability = 3
[country.B]
[country.C]
[clause.c]
rungs = [
    { label = "none", position = 0.0 }, { label = "some", position = 0.2 }, { label = "half", position = 0.4 },
    { label = "most", position = 0.8 }, { label = "all", position = 1.0 },
]
[clause.d]
[forum.f]
name = "f"
members = ["A", "B"]
tactic = "steadfast"
calendar = { start = 2025-01-01, rounds = 1 }
[forum.later]
name = "later"
members = ["A", "B", "C"]
agenda = ["c"]
calendar = { start = 2034-06-01, rounds = 1 }
[mandate]
A.c.ideal = 0.8
A.d.ideal = 0.8
B.c = { ideal = 0.4, red_line = { ceiling = 0.45 } }
B.d.ideal = 0.8
C.c.ideal = 0.1
"#;

#[test]
fn a_precedent_is_what_the_exception_leaves_of_the_text() {
    // The words stand at 0.8; half of their depth may be left undone, which B does and A does not.
    assert_eq!(bound(AGAIN, &["forum.f.flexibility={ step = 0.5, most = 0.5 }"]), [0.8, 0.4, 0.0]);
    // Without an exception the words are weakened to 0.4, which binds both.
    assert_eq!(bound(AGAIN, &[]), [0.4, 0.4, 0.0]);
}

#[test]
fn who_opted_out_of_a_clause_is_not_bound_by_it_afterwards() {
    let out = "forum.f.opt_outs={ at_most = 1, clauses = [\"c\"] }";
    assert_eq!(bound(AGAIN, &[out]), [0.8, 0.0, 0.0]);
    let mut conference = Conference::new(scenario(AGAIN, &[out]));
    conference.run(1, 0);
    let world = conference.world();
    let mut treaties = world.query::<(&Forum, &Treaty)>();
    let (_, treaty) = treaties.iter(world).find(|(forum, _)| forum.0 == 0).unwrap();
    assert_eq!(
        treaty.standing.iter().map(|standing| standing.excepted).collect::<Vec<_>>(),
        [ClauseSet::EMPTY, ClauseSet::of(0)]
    );
}

#[test]
fn a_text_that_applies_between_nobody_is_no_precedent() {
    let apart = "forum.f.consent.non_application.against={ A = [\"B\"] }";
    assert_eq!(bound(AGAIN, &[apart]), [0.0, 0.0, 0.0]);
    assert_eq!(bound(AGAIN, &[apart, "mechanisms.off=[\"non_application\"]"]), [0.4, 0.4, 0.0]);
}
