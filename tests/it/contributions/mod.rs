//! What each mechanism contributes: docs/mechanisms.md, whose tables are measured by pairs of runs on the same draws, and
//! whose prose is written by hand.
//!
//! `make mechanisms` measures everything anew and holds the page against it; with `COMITY_BLESS=1` it writes the tables.

mod measured;
mod pairs;

use std::collections::BTreeSet;
use std::fs;

use crate::folder::home;
use pairs::{AFTER, Change, Pairs, TALKS};

const PAGE: &str = "docs/mechanisms.md";

fn page() -> String {
    fs::read_to_string(home().join(PAGE)).unwrap()
}

/// The lines between which a table stands.
fn marks(name: &str) -> [String; 2] {
    [format!("<!-- measured: {name} -->\n"), format!("<!-- end of {name} -->\n")]
}

/// The page with a table in its place.
fn with_table(page: &str, name: &str, table: &str) -> String {
    let [from, to] = marks(name);
    let (before, rest) = page.split_once(&from).unwrap_or_else(|| panic!("the page has no {from}"));
    let (_, after) = rest.split_once(&to).unwrap_or_else(|| panic!("the page has no {to}"));
    format!("{before}{from}\n{table}\n{to}{after}")
}

fn all() -> impl Iterator<Item = &'static Pairs> {
    TALKS.iter().chain(AFTER)
}

/// Words of `mechanisms.off`, from the schema of the format.
fn words() -> BTreeSet<String> {
    let schema = comity::scenario::file::schema();
    let choices = schema["$defs"]["Mechanism"]["oneOf"].as_array().expect("a choice of words");
    choices.iter().filter_map(|word| word["const"].as_str()).map(str::to_owned).collect()
}

/// Words that no row or column of a measured table of the page is about.
fn unmeasured(page: &str, words: &BTreeSet<String>) -> Vec<String> {
    let tables: String = all()
        .map(|pairs| {
            let [from, to] = marks(pairs.name);
            let table = page.split_once(&from).and_then(|(_, rest)| rest.split_once(&to));
            table.unwrap_or_else(|| panic!("the page has no table {}", pairs.name)).0
        })
        .collect();
    words.iter().filter(|word| !tables.contains(&format!("`{word}`"))).cloned().collect()
}

#[test]
fn every_word_of_mechanisms_off_is_measured_on_the_page() {
    let mut words = words();
    assert!(words.len() >= 20 && words.contains("shocks"), "{words:?}");
    assert_eq!(unmeasured(&page(), &words), [""; 0]);
    // One that there is not is missed.
    words.insert("bribery".into());
    assert_eq!(unmeasured(&page(), &words), ["bribery"]);
}

#[test]
fn every_pair_on_the_page_can_be_played() {
    for pairs in all() {
        for change in pairs.changes {
            // The scenario with every institution on earth takes long to read; it changes what the others do.
            if pairs.scenario != "digital-order" {
                let scenario = pairs.scenario(change.set);
                assert!(scenario.forums.iter().any(|forum| forum.id == pairs.forum), "{}", pairs.scenario);
            }
            assert!(change.label.contains('`'), "{}", change.label);
        }
    }
}

#[test]
fn a_difference_is_paired_and_a_run_against_itself_has_none() {
    let pairs = Pairs {
        name: "control",
        scenario: "minimal",
        forum: "talks",
        replications: 60,
        changes: &[
            Change { label: "`nothing`", set: &[] },
            Change { label: "`rule`", set: &["forum.talks.rule=\"unanimity\""] },
        ],
    };
    let table = pairs.of_talks();
    let row = table.lines().find(|line| line.starts_with("| `data_flows`")).unwrap_or_else(|| panic!("{table}"));
    let cells: Vec<&str> = row.split('|').map(str::trim).collect();
    assert_eq!(cells[3], "·", "{table}");
    // Unanimity adopts no more than consensus, replication by replication, and here less.
    assert!(cells[4].starts_with('-'), "{table}");
}

/// The page as it is measured now.
fn measured_anew() -> String {
    let mut anew = page();
    for pairs in TALKS {
        anew = with_table(&anew, pairs.name, &pairs.of_talks());
    }
    for pairs in AFTER {
        anew = with_table(&anew, pairs.name, &pairs.of_what_follows());
    }
    anew
}

#[test]
#[ignore = "two minutes in a release build; `make mechanisms` runs it"]
fn the_page_of_mechanisms_is_reproduced_byte_for_byte() {
    let anew = measured_anew();
    let asked = std::env::var_os("COMITY_BLESS").is_some_and(|bless| bless == "1");
    assert!(!asked || !cfg!(debug_assertions), "the page is made by a release build: add --release");
    if asked {
        fs::write(home().join(PAGE), &anew).unwrap();
    }
    let page = page();
    let differs = page.lines().zip(anew.lines()).find(|(page, anew)| page != anew);
    assert!(page == anew, "on the page and now {differs:?}; see `make mechanisms`");
}
