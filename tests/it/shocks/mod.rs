//! Shocks: they strike on their day, do what they say to whom they name, and nothing else.

mod who_is_there;

use std::sync::Arc;

use comity::conference::Conference;
use comity::minutes::{Entry, Event, ForumOutcome, Outcome};
use comity::quantity::Date;
use comity::scenario::Scenario;
use comity::scenario::check::load;
use comity::scenario::source::Memory;
use comity::world::{Delegation, Instructions, Positions, Strength, Strikes};
use proptest::prelude::*;

use crate::drawn;
use crate::promise::{Kept, broken, kept, must};
use crate::room::Position;
use crate::talks::Talks;

/// Alba and Borduria are open, Carpania is not. Nobody concedes, and nobody objects but at a red line: on code Carpania's
/// stops every text but the status quo, so that the talks last until the deadline. Rounds are on 1 January, 2 March,
/// 2 May, 2 July, 1 September and 1 November.
const THREE: &str = r#"
title = "Talks of three"
[clause.flows]
[clause.code]
[country.Alba]
capability = 2
groups = ["OPEN"]
[country.Borduria]
groups = ["OPEN"]
[country.Carpania]
[parameters]
assertiveness = 0.0
[forum.talks]
name = "Talks"
members = ["Alba", "Borduria", "Carpania"]
tactic = "steadfast"
calendar = { start = 2025-01-01, rounds = 6 }
[mandate.Alba]
flows = { ideal = 0.9 }
code = { ideal = 0.8 }
[mandate.Borduria]
flows = { ideal = 0.6 }
code = { ideal = 0.8, salience = 0.5 }
[mandate.Carpania]
flows = { ideal = 0.3 }
code = { ideal = 0.0, red_line = { ceiling = 0.1 } }
"#;

const ALBA: usize = 0;
const BORDURIA: usize = 1;
const CARPANIA: usize = 2;
const FLOWS: usize = 0;
const CODE: usize = 1;
/// Code without a shock: (2 · 0.8 + 0.5 · 0.8) / 3.5 = 0.5714, which crosses Carpania's line of 0.1; five tenths less.
const AS_IT_IS: Option<f64> = Some(0.071428571);

const FOLLOWED: &str = "horizon=2035-12-31";

/// The talks with more to say at their end, and with some keys changed.
fn scenario(more: &str, changes: &[&str]) -> Arc<Scenario> {
    let text = format!("{THREE}\n{more}");
    let changes: Vec<String> = changes.iter().map(|change| (*change).to_owned()).collect();
    match load("three.toml", &changes, &Memory([("three.toml".to_owned(), text.clone())].into())) {
        Ok(checked) => checked.scenario,
        Err(problems) => panic!("{problems}\n{text}"),
    }
}

/// A shock on 1 May, the day before round 3, with more to say of it.
fn in_may(more: &str) -> String {
    format!("[shock.it]\nsource = 'made up'\ndate = 2025-05-01\n{more}")
}

/// A shock before the talks.
fn early(more: &str) -> String {
    in_may(more).replace("2025-05-01", "2024-12-31")
}

fn tell(more: &str) -> (ForumOutcome, Vec<Entry>) {
    let (mut outcome, entries) = Conference::new(scenario(more, &[])).tell(1, 0);
    (outcome.forums.remove(0), entries)
}

/// What a seat says on a clause, with the rounds in which it begins to.
fn says(entries: &[Entry], who: usize, what: usize) -> Vec<(u32, f64)> {
    let mut round = 0;
    let mut said = Vec::new();
    for entry in entries {
        match *entry {
            Entry::Round { round: now, .. } => round = now,
            Entry::Stated { seat, clause, point, .. } if (seat, clause) == (who, what) => {
                said.push((round, rounded(point)));
            }
            _ => {}
        }
    }
    said
}

fn rounded(number: f64) -> f64 {
    (number * 1e9).round() / 1e9
}

/// Per seat, what its capital has told it by the end, and its weight.
fn instructed(more: &str) -> Vec<(Instructions, Strength, Position)> {
    let mut conference = Conference::new(scenario(more, &[]));
    conference.run(1, 0);
    let world = conference.world();
    let positions = world.query::<&Positions>().iter(world).next().cloned().unwrap_or_default();
    let mut all = world.query::<(&Delegation, &Instructions, &Strength)>();
    let of = |(d, i, s): (&Delegation, &Instructions, &Strength)| {
        (d.seat, (i.clone(), *s, Position::of(d.seat, &positions)))
    };
    let mut seats: Vec<_> = all.iter(world).filter(|(d, ..)| d.seat < 3).map(of).collect();
    seats.sort_by_key(|(seat, _)| *seat);
    seats.into_iter().map(|(_, seat)| seat).collect()
}

fn ideals(more: &str, clause: usize) -> Vec<f64> {
    instructed(more).iter().map(|(told, ..)| rounded(told.ideal[clause])).collect()
}

fn adopted(more: &str) -> Vec<Option<f64>> {
    tell(more).0.clauses.iter().map(|clause| clause.adopted.map(rounded)).collect()
}

#[test]
fn a_dated_shock_strikes_in_the_first_round_that_is_not_before_it() {
    let drop = "countries = ['Alba']\nclauses = ['code']\neffect = { ideal = 0.3 }";
    let struck = |date: &str| says(&tell(&in_may(drop).replace("2025-05-01", date)).1, ALBA, CODE);
    assert_eq!(struck("2025-05-01"), [(1, 0.8), (3, 0.3)]);
    assert_eq!(struck("2025-05-02"), [(1, 0.8), (3, 0.3)], "on the day of the round");
    assert_eq!(struck("2025-05-03"), [(1, 0.8), (4, 0.3)]);
    assert_eq!(struck("2024-01-01"), [(1, 0.3)], "before the talks");
    assert_eq!(struck("2025-11-02"), [(1, 0.8)], "after the talks");
    assert_eq!(says(&tell(&in_may(drop)).1, BORDURIA, CODE), [(1, 0.8)], "nobody else is struck");
    assert_eq!(says(&tell("").1, ALBA, CODE), [(1, 0.8)]);
}

#[test]
fn a_change_of_government_sets_or_moves_what_a_country_wants() {
    assert_eq!(ideals("", FLOWS), [0.9, 0.6, 0.3]);
    assert_eq!(ideals(&in_may("countries = ['Alba']\neffect = { ideal = 0.2 }"), FLOWS), [0.2, 0.6, 0.3]);
    assert_eq!(ideals(&in_may("groups = ['OPEN']\neffect = { shift = -0.7 }"), FLOWS), [0.2, 0.0, 0.3]);
    assert_eq!(
        ideals(&in_may("countries = ['Alba']\nclauses = ['flows']\neffect = { ideal = 0.2 }"), CODE),
        [0.8, 0.8, 0.0]
    );
    // A red line holds what is wanted: Carpania's at 0.1 on code.
    let wants_more = "countries = ['Carpania']\nclauses = ['code']\neffect = { shift = 0.5 LIFT }";
    assert_eq!(ideals(&in_may(&wants_more.replace(" LIFT", "")), CODE), [0.8, 0.8, 0.1]);
    assert_eq!(ideals(&in_may(&wants_more.replace(" LIFT", ", lift_red_lines = true")), CODE), [0.8, 0.8, 0.5]);
}

/// On flows the mean is 0.6. Twice as far from it: 1.2, cut off at 1; 0.6; 0. Half as far: 0.75, 0.6, 0.45.
#[test]
fn a_technology_breakthrough_polarises_and_brings_a_clause_to_the_fore() {
    let breakthrough = |factor: &str| in_may(&format!("effect = {{ polarise = {factor}, salience = 3.0 }}"));
    assert_eq!(ideals(&breakthrough("2.0"), FLOWS), [1.0, 0.6, 0.0]);
    assert_eq!(ideals(&breakthrough("0.5"), FLOWS), [0.75, 0.6, 0.45]);
    assert_eq!(ideals(&breakthrough("1.0"), FLOWS), [0.9, 0.6, 0.3]);
    let on_code = in_may("clauses = ['code']\neffect = { salience = 3.0 }");
    // Borduria cares 1 and 0.5; three times as much for code makes that 1 and 1.5, stakes 2/3 and 1.
    let (told, strength, _) = &instructed(&on_code)[BORDURIA];
    assert_eq!((told.salience[FLOWS], told.salience[CODE]), (1.0, 1.5));
    assert_eq!((rounded(told.stake[FLOWS]), told.stake[CODE]), (rounded(2.0 / 3.0), 1.0));
    assert_eq!((told.say[CODE], strength.weight, told.total_salience), (1.5, 1.0, 2.5));
}

#[test]
fn a_wave_of_attacks_draws_red_lines_that_stop_what_they_cross() {
    let wave = "countries = ['Borduria']\nclauses = ['flows']\neffect = { red_line = { ceiling = 0.4 } }";
    let (told, _, position) = &instructed(&early(wave))[BORDURIA];
    assert_eq!((told.floor[FLOWS], told.ceiling[FLOWS], told.ideal[FLOWS], position.aim[FLOWS]), (-1.0, 0.4, 0.4, 0.4));
    // (2 · 0.9 + 0.6 + 0.3) / 4 = 0.675 without; with the line the mean is 0.625, which crosses it: it is weakened by
    // tenths of the scale until it does not.
    assert_eq!(adopted(""), [Some(0.675), AS_IT_IS]);
    assert_eq!(adopted(&early(wave)), [Some(0.325), AS_IT_IS]);
    let lifted = "countries = ['Carpania']\nclauses = ['code']\neffect = { lift_red_lines = true }";
    assert_eq!(instructed(&early(lifted))[CARPANIA].0.ceiling[CODE], 2.0);
    // (2 · 0.8 + 0.5 · 0.8) / 3.5 on code.
    assert_eq!(adopted(&early(lifted)), [Some(0.675), Some(rounded(2.0 / 3.5))]);
}

/// Weights 2, 1, 1 become 2, 1, 5: (2 · 0.9 + 0.6 + 5 · 0.3) / 8 = 0.4875.
#[test]
fn growth_gives_weight_where_no_other_is_stated() {
    let growth = early("countries = ['Carpania']\nforums = []\neffect = { capability = 5.0 }");
    assert_eq!(adopted(&growth)[FLOWS], Some(0.4875));
    let weights = |more: &str| instructed(more).iter().map(|(_, strength, _)| strength.weight).collect::<Vec<_>>();
    assert_eq!(weights(&growth), [2.0, 1.0, 5.0]);
    let stated = format!("{growth}\n[forum.talks.member.Carpania]\nweight = 1.0");
    assert_eq!(weights(&stated), [2.0, 1.0, 1.0], "votes do not grow");
    // Standing alone: √(2/5) of the strongest.
    assert_eq!(rounded(instructed(&growth)[ALBA].1.alone), rounded(0.4f64.sqrt()));
    let insists = early("countries = ['Alba']\neffect = { reservation = 0.25 }");
    assert_eq!(instructed(&insists)[ALBA].0.reservation, 0.25);
}

/// Flows closes in round 1 at 0.675. In round 3 Alba wants 0.1: (2 · 0.1 + 0.6 + 0.3) / 4 = 0.275.
#[test]
fn what_was_agreed_stays_agreed_unless_a_shock_reopens_it() {
    let drop = |reopen: bool| {
        in_may(&format!("countries = ['Alba']\nclauses = ['flows']\neffect = {{ ideal = 0.1, reopen = {reopen} }}"))
    };
    let closed = |entries: &[Entry]| -> Vec<f64> {
        let point = |entry: &Entry| match *entry {
            Entry::Closed { clause: FLOWS, point, .. } => Some(rounded(point)),
            _ => None,
        };
        entries.iter().filter_map(point).collect()
    };
    let (kept, entries) = tell(&drop(false));
    assert_eq!((kept.clauses[FLOWS].closed_in, closed(&entries)), (Some(1), vec![0.675]));
    let (reopened, entries) = tell(&drop(true));
    assert_eq!((reopened.clauses[FLOWS].closed_in, closed(&entries)), (Some(3), vec![0.675, 0.275]));
    let day = Date { year: 2025, month: 5, day: 1 }.day();
    let told = Entry::Struck { forum: 0, day, shock: 0, candidates: vec![ALBA], reopened: vec![FLOWS] };
    assert!(entries.contains(&told), "{entries:?}");
}

/// A dialogue brings Alba's wish all the way to what is documented of it: 0.9 at first, and what the shock made of it after.
#[test]
fn a_dialogue_tells_of_a_wish_as_shocks_have_left_it() {
    let dialogue = "[forum.exchange]\nname = 'Exchange'\nkind = 'dialogue'\nmembers = ['Alba', 'Borduria']\nagenda = ['flows']\n\
                    calendar = { start = 2024-01-01, rounds = 1 }\ndialogue = { narrowing = 1.0 }\n";
    let uncertain = "mandate.Alba.flows.ideal={ normal = { mean = 0.7, sd = 0.1 } }";
    let wish = |more: &str| {
        let mut conference = Conference::new(scenario(&format!("{dialogue}{more}"), &[uncertain]));
        conference.run(1, 0);
        let world = conference.world();
        let mut all = world.query::<(&Delegation, &Instructions)>();
        let alba = all.iter(world).find(|(d, told)| d.seat == ALBA && told.ideal.len() == 2);
        rounded(alba.expect("Alba sits in the talks").1.ideal[FLOWS])
    };
    assert_eq!(wish(""), 0.7);
    let struck = |effect: &str| {
        wish(&early(&format!("countries = ['Alba']\neffect = {{ {effect} }}")).replace("2024-12-31", "2023-06-01"))
    };
    assert_eq!(struck("ideal = 0.2"), 0.2);
    assert_eq!(struck("shift = -0.3"), 0.4);
    // The day of a shock after the dialogue, on the first day of the talks, makes no difference.
    let late = early("countries = ['Alba']\neffect = { shift = -0.3 }");
    assert_eq!(wish(&late), 0.4);
}

/// The strikes of a replication, as days after the first talks, with the country that each strikes.
fn strikes(conference: &mut Conference, replication: u64) -> Vec<(i64, usize, Option<usize>)> {
    conference.run(1, replication);
    let first = Date { year: 2025, month: 1, day: 1 }.day();
    let strikes = conference.world().resource::<Strikes>();
    strikes.due.iter().map(|strike| (strike.day - first, strike.shock, strike.country)).collect()
}

const RANDOM: &str = "[shock.wave]\nsource = 'a test'\nhazard = 0.3\nuntil = 2026-12-31\neffect = { salience = 2.0 }";

/// Within two years less a day a shock with a hazard of 0.3 a year strikes with probability 1 − exp(−0.6) = 0.4512. Of
/// 4,000 replications that is true for 1,805 ± 31.
#[test]
fn a_random_shock_strikes_as_often_as_its_hazard_says() {
    let mut conference = Conference::new(scenario(RANDOM, &["forum.talks.calendar.rounds=1"]));
    let struck = (0..4000).filter(|&replication| !strikes(&mut conference, replication).is_empty()).count();
    assert!((1805 - 94..=1805 + 94).contains(&struck), "{struck} of 4,000");
    // Again and again, 0.3 a year for two years: 0.6 strikes on average, with a standard error of 0.012.
    let often = RANDOM.replace("hazard", "at_most = 20\nhazard");
    let mut conference = Conference::new(scenario(&often, &["forum.talks.calendar.rounds=1"]));
    let all: usize = (0..4000).map(|replication| strikes(&mut conference, replication).len()).sum();
    assert!((all as f64 / 4000.0 - 0.6).abs() < 0.04, "{all} strikes");
    // Each country by itself: not together, and as often.
    let each = RANDOM.replace("hazard", "each = true\nhazard");
    let mut conference = Conference::new(scenario(&each, &["forum.talks.calendar.rounds=1"]));
    let mut hits = [0; 3];
    let mut together = 0;
    for replication in 0..4000 {
        let struck = strikes(&mut conference, replication);
        struck.iter().for_each(|(_, _, country)| hits[country.unwrap()] += 1);
        together += usize::from(struck.len() == 3);
    }
    assert!(hits.iter().all(|hit| (1805 - 94..=1805 + 94).contains(hit)), "{hits:?}");
    // 0.4512³ = 0.0918.
    assert!((together as f64 / 4000.0 - 0.0918).abs() < 0.014, "{together}");
}

#[test]
fn a_shock_moves_no_draw_but_its_own() {
    let wave = scenario(RANDOM, &[]);
    let other = RANDOM.replace("[shock.wave]", "[shock.other]").replace("0.3", "2.0");
    let both = scenario(&format!("{other}\n{RANDOM}"), &[]);
    let days = |scenario: &Arc<Scenario>, name: &str, replication| -> Vec<i64> {
        let place = scenario.shocks.iter().position(|shock| shock.id == name);
        let all = strikes(&mut Conference::new(scenario.clone()), replication);
        all.into_iter().filter(|(_, shock, _)| Some(*shock) == place).map(|(day, ..)| day).collect()
    };
    let mut differ = 0;
    for replication in 0..40 {
        assert_eq!(days(&wave, "wave", replication), days(&both, "wave", replication));
        differ += usize::from(days(&both, "other", replication) != days(&both, "wave", replication));
    }
    assert!(differ > 20, "each shock has days of its own");
    // What the capitals of the others draw is the same with and without a shock on Alba.
    let uncertain =
        ["mandate.Borduria.flows.ideal={ normal = { mean = 0.6, sd = 0.1 } }", "parameters.assertiveness=4.0"];
    let shock = early("countries = ['Alba']\neffect = { shift = -0.5, capability = 3.0 }");
    let mut luck = Vec::new();
    for more in ["", shock.as_str()] {
        let mut conference = Conference::new(scenario(more, &uncertain));
        conference.run(3, 5);
        let world = conference.world();
        let mut all = world.query::<(&Delegation, &Instructions)>();
        let mut told: Vec<_> =
            all.iter(world).filter(|(d, _)| d.seat != ALBA).map(|(d, i)| (d.seat, i.clone())).collect();
        told.sort_by_key(|(seat, _)| *seat);
        luck.push(told);
    }
    assert_eq!(luck[0], luck[1]);
}

#[test]
fn switched_off_or_without_effect_shocks_leave_every_outcome_as_it_was() {
    let uncertain = ["parameters.assertiveness=4.0", "forum.talks.tactic={ polynomial = { beta = 0.5 } }", FOLLOWED];
    let off: Vec<&str> = uncertain.iter().copied().chain(["mechanisms.off=[\"shocks\"]"]).collect();
    let shock = early("countries = ['Alba']\neffect = { shift = -0.5, membership = 'join', reopen = true }");
    let mut plain = Conference::new(scenario("", &uncertain));
    let mut switched_off = Conference::new(scenario(&shock, &off));
    let mut on = Conference::new(scenario(&shock, &uncertain));
    // It sets the line that Carpania has.
    let idle = in_may("countries = ['Carpania']\nclauses = ['code']\neffect = { red_line = { ceiling = 0.1 } }");
    let mut idle = Conference::new(scenario(&idle, &uncertain));
    let mut differ = 0;
    for replication in 0..50 {
        let expected = plain.run(1, replication);
        assert_eq!(switched_off.run(1, replication), expected);
        assert_eq!(idle.run(1, replication), expected);
        differ += usize::from(on.run(1, replication) != expected);
    }
    assert!(differ > 40, "the shock does something: {differ}");
}

#[test]
fn a_conference_with_shocks_leaves_no_trace_in_the_next_replication() {
    let shocks = format!(
        "{RANDOM}\n[shock.gone]\nsource = 'a test'\ncountries = ['Carpania']\nhazard = 1.0\neffect = {{ membership = 'leave' }}\n\
         [shock.boom]\nsource = 'a test'\nhazard = 2.0\nat_most = 5\neach = true\neffect = {{ capability = 2.0, polarise = 1.5 }}"
    );
    let scenario = scenario(&shocks, &["parameters.assertiveness=4.0", FOLLOWED]);
    let mut used = Conference::new(scenario.clone());
    let mut outcomes = Vec::new();
    for replication in [7, 3, 0, 11, 3] {
        let again = used.run(1, replication);
        assert_eq!(again, Conference::new(scenario.clone()).run(1, replication));
        outcomes.push(again);
    }
    assert_eq!(outcomes[1], outcomes[4]);
    assert_ne!(outcomes[0].forums, outcomes[2].forums);
}

#[test]
fn hindsight_is_called_by_its_name() {
    let drop = in_may("countries = ['Alba']\neffect = { shift = -0.1 }");
    let told = |more: &str, changes: &[&str]| scenario(more, changes).cautions.join("\n");
    let seen = ["as_of=2025-02-01"];
    assert!(told(&drop, &seen).contains("hindsight"), "{}", told(&drop, &seen));
    assert!(!told(&drop, &["as_of=2025-06-01"]).contains("hindsight"));
    assert!(!told(&drop, &["as_of=2025-02-01", "mechanisms.off=[\"shocks\"]"]).contains("hindsight"));
    assert!(told(&drop.replace("2025-05", "2045-05"), &[]).contains("never strikes"));
    let nobody = in_may("countries = ['Alba']\nforums = []\neffect = { shift = -0.1 }");
    assert!(told(&nobody, &[]).contains("no effect"));
    assert_eq!(told("", &seen), "");
}
