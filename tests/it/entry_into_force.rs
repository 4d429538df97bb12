//! Entry into force: the stated rules and the real days of deposit give the real days of entry into force.
//!
//! tests/data/consent_dates.csv has every day with its source; 43 of the Trade Facilitation Agreement are recalled in the
//! order of sourced running counts, not verified to the day. The threshold days rest on verified rows.

use comity::quantity::{Date, Day};
use comity::ratification::force::{Deposit, Units, Voice, bound_from, threshold_day};
use comity::rules::{Fraction, Unit};
use comity::scenario::after::{EntryIntoForce, Least, Threshold};

struct Row {
    country: String,
    groups: Vec<String>,
    count: f64,
    day: Option<Day>,
    precision: String,
    in_force: Option<Day>,
}

fn rows(forum: &str) -> Vec<Row> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/consent_dates.csv");
    let mut reader = csv::Reader::from_path(path).unwrap();
    let header = reader.headers().unwrap().clone();
    let rows = reader.records().map(Result::unwrap).map(|record| {
        let cell = |name: &str| record[header.iter().position(|column| column == name).unwrap()].to_owned();
        (
            cell("forum_id"),
            Row {
                country: cell("iso3"),
                groups: vec![cell("group")],
                count: cell("count").parse().unwrap(),
                day: Date::latest_of(&cell("deposit_date")).map(Date::day),
                precision: cell("precision"),
                in_force: Date::latest_of(&cell("in_force_date")).map(Date::day),
            },
        )
    });
    rows.filter(|(of, _)| of == forum).map(|(_, row)| row).collect()
}

fn voice(row: &Row) -> Voice<'_> {
    Voice { count: row.count, weight: 1.0, groups: &row.groups, signatory: true, member: true }
}

fn share(number: f64) -> Fraction {
    Fraction::of(number).unwrap()
}

fn least(least: Least) -> Threshold {
    Threshold { least, by_weight: false, group: None, outside: None }
}

/// Day of entry into force by the rule.
fn in_force(rows: &[Row], rule: &EntryIntoForce, all: &[Voice]) -> Option<String> {
    let deposits: Vec<Deposit> =
        rows.iter().filter_map(|row| Some(Deposit { day: row.day?, voice: voice(row) })).collect();
    let day = threshold_day(rule, &deposits, all, Units { count: Unit::ONE, weight: Unit::NONE })?
        + Day::from(rule.after_days);
    Some(Date::of(day).to_string())
}

/// Late parties are bound as long after their own deposit; days that were themselves derived from it prove nothing.
fn late_parties_agree(rows: &[Row], rule: &EntryIntoForce, in_force: &str) -> usize {
    let in_force = Date::latest_of(in_force).unwrap().day();
    let mut checked = 0;
    for row in rows.iter().filter(|row| row.precision == "day") {
        if let (Some(deposit), Some(real)) = (row.day, row.in_force) {
            assert_eq!(bound_from(rule, in_force, deposit), real, "{}", row.country);
            checked += usize::from(real > in_force);
        }
    }
    checked
}

fn voices(rows: &[Row]) -> Vec<Voice<'_>> {
    rows.iter().map(voice).collect()
}

#[test]
fn the_pacific_partnership_entered_into_force_sixty_days_after_the_sixth_deposit() {
    let rows = rows("CPTPP");
    let rule = EntryIntoForce {
        thresholds: vec![least(Least::Count(share(6.0))), least(Least::OfSignatories(share(0.5)))],
        any: true,
        after_days: 60,
    };
    assert_eq!(rows.len(), 11);
    assert_eq!(in_force(&rows, &rule, &voices(&rows)).unwrap(), "2018-12-30");
    assert_eq!(late_parties_agree(&rows, &rule, "2018-12-30"), 3, "Peru, Malaysia, Brunei");
}

#[test]
fn the_regional_partnership_needed_six_of_asean_and_three_others() {
    let rows = rows("RCEP");
    let group = |count, group: &str| Threshold { group: Some(group.into()), ..least(Least::Count(share(count))) };
    let others = Threshold { outside: Some("ASEAN".into()), ..least(Least::Count(share(3.0))) };
    let rule = EntryIntoForce { thresholds: vec![group(6.0, "ASEAN"), others], any: false, after_days: 60 };
    assert_eq!(in_force(&rows, &rule, &voices(&rows)).unwrap(), "2022-01-01");
    assert_eq!(late_parties_agree(&rows, &rule, "2022-01-01"), 1, "Malaysia");

    // The sixth of ASEAN, Viet Nam, came four days before Australia and New Zealand: the second group mattered.
    let asean_alone = EntryIntoForce { thresholds: vec![group(6.0, "ASEAN")], ..rule };
    assert_eq!(in_force(&rows, &asean_alone, &voices(&rows)).unwrap(), "2021-12-28");
}

#[test]
fn two_thirds_of_the_members_brought_trade_facilitation_into_force_with_the_union_counting_for_28() {
    let rows = rows("TFA");
    let counted: f64 = rows.iter().map(|row| row.count).sum();
    let rest = Voice { count: 164.0 - counted, weight: 0.0, groups: &[], signatory: false, member: true };
    let rule =
        EntryIntoForce { thresholds: vec![least(Least::OfMembers(share(2.0 / 3.0)))], any: false, after_days: 0 };
    let mut all = voices(&rows);
    all.push(rest);
    assert_eq!(in_force(&rows, &rule, &all).unwrap(), "2017-02-22");

    // With one for each instrument the threshold of 110 is not met to this day.
    let alone: Vec<Row> = rows.into_iter().map(|row| Row { count: 1.0, ..row }).collect();
    let heads = EntryIntoForce { thresholds: vec![least(Least::Count(share(110.0)))], ..rule };
    assert_eq!(in_force(&alone, &heads, &voices(&alone)), None);
}

#[test]
fn paperless_trade_entered_into_force_ninety_days_after_the_fifth_deposit() {
    let rows = rows("CPTA");
    let rule = EntryIntoForce { thresholds: vec![least(Least::Count(share(5.0)))], any: false, after_days: 90 };
    assert_eq!(in_force(&rows, &rule, &voices(&rows)).unwrap(), "2021-02-20");
}
