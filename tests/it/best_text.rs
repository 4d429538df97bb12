//! The best text that members adopted elsewhere is where a later forum begins, if it is told to.

use comity::conference::Conference;
use comity::minutes::Entry;
use comity::scenario::check::load;
use comity::scenario::source::Memory;

/// Two agree on 0.9 among themselves; later they sit with a third that wants nothing. The mean of what they say is 0.6.
const LATER: &str = r#"
title = "Later"
[parameters]
assertiveness = 0.0
[clause.spam]
[country.Alba]
[country.Borduria]
[country.Carpania]
[forum.first]
name = "First"
members = ["Alba", "Borduria"]
calendar = { start = 2025-01-01, rounds = 1 }
[forum.second]
name = "Second"
members = ["Alba", "Borduria", "Carpania"]
tactic = "steadfast"
calendar = { start = 2026-01-01, rounds = 1 }
ratchet = 0.5
best_text_so_far = true
[mandate]
Alba.spam.ideal = 0.9
Borduria.spam.ideal = 0.9
Carpania.spam.ideal = 0.0
"#;

/// The first draft of the second forum, and what it leaned on.
fn drafted(changes: &[&str]) -> (f64, Option<(f64, usize)>) {
    let files = Memory([("later.toml".to_owned(), LATER.to_owned())].into());
    let changes: Vec<String> = changes.iter().map(|change| (*change).to_owned()).collect();
    let scenario = load("later.toml", &changes, &files).unwrap_or_else(|problems| panic!("{problems}")).scenario;
    let mut conference = Conference::new(scenario.clone());
    let (outcome, entries) = conference.tell(1, 0);
    assert_eq!(conference.run(1, 0), outcome, "telling changes nothing");
    let told = comity::replay::transcript(&scenario, &entries, &outcome, &[]);
    let draft = entries.iter().find_map(|entry| match *entry {
        Entry::Drafted { forum: 1, point, .. } => Some(point),
        _ => None,
    });
    let built = entries.iter().find_map(|entry| match *entry {
        Entry::BuiltOn { forum: 1, point, from, .. } => Some((point, from)),
        _ => None,
    });
    assert_eq!(told.contains("built on  spam: 0.9 of first"), built.is_some(), "{told}");
    ((draft.unwrap() * 1e9).round() / 1e9, built)
}

#[test]
fn the_draft_goes_the_ratchets_share_of_the_way_to_the_best_text() {
    // 0.6 + ½ (0.9 − 0.6).
    assert_eq!(drafted(&[]), (0.75, Some((0.9, 0))));
    assert_eq!(drafted(&["forum.second.ratchet=1.0"]), (0.9, Some((0.9, 0))));
}

#[test]
fn without_it_or_without_a_text_to_build_on_the_draft_is_what_the_floor_says() {
    let nothing = (0.6, None);
    for off in ["best_text", "ratchet"] {
        assert_eq!(drafted(&[&format!("mechanisms.off=[\"{off}\"]")]), nothing, "{off}");
    }
    assert_eq!(drafted(&["forum.first.kind=\"dialogue\""]), nothing, "a dialogue leaves no text");
    assert_eq!(drafted(&["forum.first.calendar.start=2026-06-01"]), nothing, "the other text comes later");
    assert_eq!(drafted(&["mandate.Alba.spam.ideal=0.0", "mandate.Borduria.spam.ideal=0.0"]), (0.0, None));
}

#[test]
fn a_stated_precedent_that_goes_further_goes_before_it() {
    assert_eq!(drafted(&["forum.second.precedent={ spam = 1.0 }"]), (0.8, None));
    assert_eq!(drafted(&["forum.second.precedent={ spam = 0.8 }"]), (0.75, Some((0.9, 0))));
}
