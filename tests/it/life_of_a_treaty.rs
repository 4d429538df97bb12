//! A treaty of three countries through its whole life: signature, ratification, entry into force, reservations,
//! accession, withdrawal, and a second say elsewhere.

use std::sync::Arc;

use comity::conference::Conference;
use comity::minutes::{Entry, Event, ForumOutcome};
use comity::quantity::{Date, Day};
use comity::scenario::Scenario;
use comity::scenario::check::load;
use comity::scenario::source::Memory;

/// Alba and Borduria gain by the text; Carpania by one clause and not by the other; Dorado looks on.
const THREE: &str = r#"
title = "A treaty of three"
horizon = 2040-12-31
[clause.flows]
[clause.code]
[country.Alba]
capability = 5
[country.Borduria]
capability = 3
[country.Carpania]
capability = 1
[country.Dorado]
capability = 2
[parameters.after]
pivot_spread = 0.0
[forum.talks]
name = "Talks"
members = ["Alba", "Borduria", "Carpania"]
calendar = { start = 2025-01-01, rounds = 6 }
[mandate.Alba]
flows = { ideal = 0.9 }
code = { ideal = 0.8 }
[mandate.Borduria]
flows = { ideal = 0.6 }
code = { ideal = 0.5 }
[mandate.Carpania]
flows = { ideal = 0.6 }
code = { ideal = 0.2 }
[mandate.Dorado]
flows = { ideal = 0.7 }
code = { ideal = 0.7 }
"#;

const ALBA: usize = 0;
const BORDURIA: usize = 1;
const CARPANIA: usize = 2;

fn three(changes: &[&str]) -> Arc<Scenario> {
    let files = Memory([("three.toml".to_owned(), THREE.to_owned())].into());
    let changes: Vec<String> = changes.iter().map(|change| (*change).to_owned()).collect();
    load("three.toml", &changes, &files).unwrap_or_else(|problems| panic!("{problems}")).scenario
}

fn play(changes: &[&str], replications: u64) -> Vec<ForumOutcome> {
    let mut conference = Conference::new(three(changes));
    (0..replications).map(|replication| conference.run(1, replication).forums.remove(0)).collect()
}

fn share(outcomes: &[ForumOutcome], of: impl Fn(&ForumOutcome) -> bool) -> f64 {
    outcomes.iter().filter(|outcome| of(outcome)).count() as f64 / outcomes.len() as f64
}

fn day(text: &str) -> Day {
    Date::latest_of(text).unwrap().day()
}

const SIXTY_DAYS: &str = "forum.talks.entry_into_force={ any = [{ count = 2 }], after_days = 60 }";
const OPEN: &str = "forum.talks.accession={ applicants = [\"Dorado\"] }";

#[test]
fn without_a_horizon_nothing_follows_and_with_one_the_talks_are_the_same() {
    let with = play(&[SIXTY_DAYS], 50);
    let files = Memory([("three.toml".to_owned(), THREE.replace("horizon = 2040-12-31", ""))].into());
    let mut without = Conference::new(load("three.toml", &[], &files).unwrap().scenario);
    for (replication, after) in with.iter().enumerate() {
        let before = without.run(1, replication as u64).forums.remove(0);
        assert_eq!((&before.clauses, before.rounds, before.polls), (&after.clauses, after.rounds, after.polls));
        assert_eq!((before.signed_day, before.in_force_day), (None, None));
        for (before, after) in before.members.iter().zip(&after.members) {
            assert_eq!((before.party, before.gain), (after.party, after.gain));
            assert!(!before.signed && before.ratified_day.is_none() && before.in_force_day.is_none());
            assert!(after.signed);
        }
    }
}

#[test]
fn it_enters_into_force_sixty_days_after_the_second_ratification_and_binds_late_parties_later() {
    for outcome in play(&[SIXTY_DAYS, "forum.talks.consent.signature_after_days=30"], 100) {
        let signed = outcome.signed_day.unwrap();
        let mut deposits: Vec<Day> = outcome.members.iter().filter_map(|member| member.ratified_day).collect();
        deposits.sort_unstable();
        assert!(deposits.iter().all(|&deposit| deposit >= signed));
        if let Some(in_force) = outcome.in_force_day {
            assert_eq!(in_force, deposits[1] + 60);
            for member in &outcome.members {
                let bound = member.ratified_day.map(|deposit| in_force.max(deposit + 60));
                assert_eq!(member.in_force_day, bound.filter(|&day| day <= self::day("2040-12-31")));
            }
        }
    }
}

#[test]
fn nothing_is_told_of_what_lies_beyond_the_horizon() {
    let horizon = "2026-12-31";
    let outcomes = play(&[SIXTY_DAYS, OPEN, &format!("horizon={horizon}")], 200);
    let days = |outcome: &ForumOutcome| -> Vec<Day> {
        let members = outcome.members.iter().chain(&outcome.outsiders);
        let of = members.flat_map(|member| [member.ratified_day, member.in_force_day, member.withdrawn_day]);
        of.chain([outcome.signed_day, outcome.in_force_day]).flatten().collect()
    };
    assert!(outcomes.iter().flat_map(days).all(|day| day <= self::day(horizon)));
    let in_force = share(&outcomes, |outcome| outcome.in_force_day.is_some());
    assert!(in_force > 0.5 && in_force < 1.0, "some treaties are still waiting: {in_force}");
    assert!(share(&play(&[SIXTY_DAYS], 200), |outcome| outcome.in_force_day.is_some()) > in_force);
}

#[test]
fn raising_the_veto_players_of_a_country_never_speeds_its_ratification() {
    let few = play(&[SIXTY_DAYS, "country.Borduria.veto_players=1"], 200);
    let many = play(&[SIXTY_DAYS, "country.Borduria.veto_players=5"], 200);
    let mut slower = 0;
    for (few, many) in few.iter().zip(&many) {
        let days = [few, many].map(|outcome| outcome.members[BORDURIA].ratified_day.unwrap_or(Day::MAX));
        assert!(days[0] <= days[1]);
        slower += usize::from(days[0] < days[1]);
        assert_eq!(few.members[ALBA].ratified_day, many.members[ALBA].ratified_day, "the others' luck is as it was");
    }
    assert!(slower > 150, "{slower}");
}

/// The control: the same comparison the other way round fails.
#[test]
fn fewer_veto_players_do_speed_it() {
    let [many, few] =
        [5, 1].map(|players| play(&[SIXTY_DAYS, &format!("country.Borduria.veto_players={players}")], 50));
    let day = |outcome: &ForumOutcome| outcome.members[BORDURIA].ratified_day.unwrap_or(Day::MAX);
    assert!(many.iter().zip(&few).any(|(many, few)| day(many) > day(few)));
}

/// With a constant lag at home (neither gain nor veto players count), what one country wants moves the day of another's
/// ratification only by the draws, and those stay.
#[test]
fn another_mandate_of_one_country_leaves_the_lags_of_the_others() {
    let plain = ["parameters.after.gain_effect=0", SIXTY_DAYS];
    let days = |more: &str, who: usize| -> Vec<Option<Day>> {
        let lag = |outcome: &ForumOutcome| Some(outcome.members[who].ratified_day? - outcome.signed_day?);
        play(&[&plain[..], &[more]].concat(), 100).iter().map(lag).collect()
    };
    let (before, other) = ("seed=1", "mandate.Alba.flows={ ideal = 0.7, salience = 2.0 }");
    assert_eq!(days(before, BORDURIA), days(other, BORDURIA));
    // The control: where gain counts at home, another text is another gain, and the lags do move.
    let moved = |more: &str| -> Vec<Option<Day>> {
        play(&[SIXTY_DAYS, more], 100).iter().map(|outcome| outcome.members[BORDURIA].ratified_day).collect()
    };
    assert_ne!(moved(before), moved(other));
}

#[test]
fn where_the_pivot_gains_nothing_the_treaty_waits_for_ever() {
    // Carpania's executive signs at a loss; nobody at home follows. Where every signatory must consent that is the end.
    let at_a_loss = [
        "forum.talks.member.Carpania.reservation=-1.0",
        "mandate.Carpania.code={ ideal = 0.0, salience = 3.0 }",
        "parameters.assertiveness=0",
    ];
    let outcomes = play(&at_a_loss, 50);
    assert!(outcomes.iter().all(|outcome| outcome.members[CARPANIA].signed && outcome.members[CARPANIA].gain < 0.0));
    assert_eq!(share(&outcomes, |outcome| outcome.members[CARPANIA].ratified_day.is_some()), 0.0);
    assert_eq!(share(&outcomes, |outcome| outcome.in_force_day.is_some()), 0.0);
    let of_two = play(&[&at_a_loss[..], &[SIXTY_DAYS]].concat(), 50);
    assert!(share(&of_two, |outcome| outcome.in_force_day.is_some()) > 0.9);
    // With ratification switched off a signature binds.
    let at_once = play(&[&at_a_loss[..], &["mechanisms.off=[\"ratification\"]"]].concat(), 10);
    assert!(at_once.iter().all(|o| o.in_force_day == o.signed_day && o.members[CARPANIA].ratified_day == o.signed_day));
}

#[test]
fn a_signatory_reserves_what_leaves_it_worse_off_where_it_may() {
    let reserved = |changes: &[&str]| {
        let outcomes = play(changes, 20);
        [ALBA, CARPANIA].map(|seat| outcomes.iter().map(|outcome| outcome.members[seat].reserved).max().unwrap())
    };
    assert_eq!(reserved(&[]), [0, 0], "none is allowed unless the text says so");
    assert_eq!(reserved(&["forum.talks.consent.reservations={ at_most = 2 }"]), [0, 1]);
    assert_eq!(reserved(&["forum.talks.consent.reservations={ at_most = 2, not = [\"code\"] }"]), [0, 0]);
}

#[test]
fn an_outsider_that_gains_accedes_unless_a_party_objects() {
    let accedes = |changes: &[&str]| {
        let outcomes = play(&[&[SIXTY_DAYS][..], changes].concat(), 200);
        share(&outcomes, |outcome| outcome.outsiders.first().is_some_and(|dorado| dorado.acceded))
    };
    assert_eq!(accedes(&[]), 0.0, "nobody can where the text does not say how");
    let free = accedes(&[OPEN]);
    assert!(free > 0.7, "{free}");
    let opposed = "forum.talks.accession={ applicants = [\"Dorado\"], opposed = { Dorado = [\"Carpania\"] } }";
    let outcomes = play(&[SIXTY_DAYS, opposed], 200);
    // Only while Carpania is no party yet is there nobody to object.
    for outcome in &outcomes {
        let (carpania, dorado) = (&outcome.members[CARPANIA], &outcome.outsiders[0]);
        let there = |day: Day| carpania.in_force_day.is_some_and(|from| from <= day);
        assert!(!dorado.acceded || !there(dorado.ratified_day.unwrap()));
    }
    let by_majority = opposed.replace("applicants", "rule = { simple_majority = {} }, applicants");
    assert!(accedes(&[&by_majority]) > 0.7);
    assert_eq!(accedes(&[OPEN, "mechanisms.off=[\"accession\"]"]), 0.0);
    assert_eq!(accedes(&[OPEN, "mandate.Dorado.flows.ideal=0.0", "mandate.Dorado.code.ideal=0.0"]), 0.0);
}

#[test]
fn a_party_at_a_loss_leaves_where_the_text_lets_it() {
    let at_a_loss = [
        "forum.talks.member.Carpania.reservation=-1.0",
        "mandate.Carpania.code={ ideal = 0.0, salience = 3.0 }",
        "mechanisms.off=[\"ratification\", \"diffusion\"]",
        "parameters.after.withdrawal_hazard=0.5",
        "parameters.assertiveness=0",
    ];
    let stays = play(&at_a_loss, 50);
    assert!(stays.iter().all(|outcome| outcome.members[CARPANIA].withdrawn_day.is_none()));
    let leaves = play(&[&at_a_loss[..], &["forum.talks.withdrawal={ notice_days = 180 }"]].concat(), 200);
    let mut years = Vec::new();
    for outcome in &leaves {
        assert!(outcome.members[ALBA].withdrawn_day.is_none(), "who gains stays");
        if let Some(left) = outcome.members[CARPANIA].withdrawn_day {
            years.push((left - 180 - outcome.in_force_day.unwrap()) as f64 / 365.25);
        }
    }
    // At half a notice a year they stay two years on average; seasons add a sixteenth.
    let mean = years.iter().sum::<f64>() / years.len() as f64;
    assert!(years.len() > 190 && (1.6..2.6).contains(&mean), "{} leave after {mean} years", years.len());
}

#[test]
fn another_body_may_stop_it() {
    let body = |more: &str| {
        format!(
            "forum.talks.incorporation={{ body = \"the assembly\", members = [\"Alba\", \"Borduria\", \"Carpania\", \"Dorado\"]{more} }}"
        )
    };
    let incorporated = |changes: &[&str]| {
        let outcomes = play(changes, 50);
        (share(&outcomes, |o| o.incorporated == Some(true)), share(&outcomes, |o| o.signed_day.is_some()))
    };
    assert_eq!(incorporated(&[]), (0.0, 1.0));
    assert_eq!(incorporated(&[&body("")]), (1.0, 1.0), "Dorado gains by it");
    assert_eq!(incorporated(&[&body(", opposed = [\"Dorado\"]")]), (0.0, 1.0));
    assert_eq!(incorporated(&[&body(", opposed = [\"Dorado\"], required = true")]), (0.0, 0.0));
    let off = "mechanisms.off=[\"incorporation\"]";
    assert_eq!(incorporated(&[&body(", opposed = [\"Dorado\"], required = true"), off]), (0.0, 1.0));
    // Carpania's like outside: what crosses its red line it objects to.
    assert_eq!(incorporated(&[&body(""), "mandate.Dorado.flows={ ideal = 0.1, red_line = { ceiling = 0.2 } }"]).0, 0.0);
}

#[test]
fn its_life_is_told_with_dates_and_telling_changes_nothing() {
    let scenario = three(&[SIXTY_DAYS, OPEN]);
    let mut conference = Conference::new(scenario.clone());
    let plain = conference.run(1, 3);
    let (told, entries) = conference.tell(1, 3);
    assert_eq!(plain, told);
    assert_eq!(Conference::new(scenario.clone()).run(1, 3), plain, "a fresh world and a used one are the same");
    let days: Vec<(Day, &Event)> = entries
        .iter()
        .filter_map(|entry| match entry {
            Entry::Later { day, event, .. } => Some((*day, event)),
            _ => None,
        })
        .collect();
    let on = |wanted: &dyn Fn(&Event) -> bool| days.iter().find(|(_, event)| wanted(event)).map(|(day, _)| *day);
    assert_eq!(on(&|event| matches!(event, Event::Signed { .. })), told.forums[0].signed_day);
    assert_eq!(on(&|event| matches!(event, Event::InForce)), told.forums[0].in_force_day);
    assert_eq!(
        on(&|event| *event == Event::Ratified { candidate: BORDURIA }),
        told.forums[0].members[BORDURIA].ratified_day
    );
    let text = comity::replay::transcript(&scenario, &entries, &told, &[]);
    assert!(text.contains("What followed"), "{text}");
    assert!(text.contains("signed by all 3 that adopted it"), "{text}");
    // Two ratifications bring it into force; who comes later is bound later, and what it came to is said at the end.
    assert!(text.contains("  in force for Alba and Borduria\n") || text.contains("  in force for "), "{text}");
    assert!(text.contains("On 2040-12-31 it binds "), "{text}");
}

#[test]
fn nonsense_is_told_with_its_place() {
    let files = Memory([("three.toml".to_owned(), THREE.to_owned())].into());
    for (change, message) in [
        ("horizon=soon", "is not a day"),
        ("horizon=2020-01-01", "the horizon 2020-01-01 lies"),
        ("seasons_per_year=0", "out of its range"),
        ("forum.talks.entry_into_force={ all = [{ count = 2 }], any = [{ count = 3 }] }", "both `all` and `any`"),
        ("forum.talks.entry_into_force={ all = [{}] }", "either a `count` or a `share`"),
        ("forum.talks.entry_into_force={ all = [{ count = 2, group = \"ASEAN\" }] }", "no country belongs to a group"),
        ("forum.talks.accession={ applicants = [\"Nowhere\"] }", "there is no country `Nowhere`"),
        ("forum.talks.accession={ opposed = { Alba = [\"Nowhere\"] } }", "has no part in this scenario"),
        ("forum.talks.consent.reservations={ at_most = 1, not = [\"tariffs\"] }", "`tariffs` is not on the agenda"),
        ("forum.talks.incorporation={ members = [\"Alba\"], opposed = [\"Dorado\"] }", "no member of the body"),
        ("forum.talks.dialogue={ narrowing = 0.5 }", "is no dialogue"),
        ("parameters.after.veto_effect=-1.0", "out of its range"),
        ("mechanisms.off=[\"ratifcation\"]", "ratification"),
    ] {
        let problems = load("three.toml", &[change.to_owned()], &files).unwrap_err().to_string();
        assert!(problems.contains(message), "{change}: {problems}");
    }
}
