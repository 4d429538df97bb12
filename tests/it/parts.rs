//! Parts of a run: their sums merge to the bits of the whole, even where no rows were written.

use std::path::Path;
use std::sync::OnceLock;

use comity::conference::Conference;
use comity::export::{Partial, Rows, RunDirectory};
use comity::minutes::Outcome;
use comity::scenario::check::{Checked, load};
use comity::scenario::source::Memory;
use comity::summary::Summary;
use proptest::prelude::*;

use crate::folder::Folder;

/// Plays a part of a run and writes its summary alone.
fn play(folder: &Folder, out: &str, scenario: &str, options: &[&str]) {
    let fixed = ["run", scenario, "--tables", "none", "-q", "--out", out];
    folder.comity(&[&fixed[..], options].concat()).well();
}

fn read(folder: &Folder, out: &str) -> Partial {
    Partial::read(&folder.path(out)).unwrap_or_else(|problems| panic!("{problems}"))
}

/// The scenario of a run directory.
fn checked(folder: &Folder, out: &str) -> Checked {
    RunDirectory::open(&folder.path(out)).unwrap_or_else(|problems| panic!("{problems}")).checked
}

/// The tables of the summary, as a run writes them.
fn tables(partial: &Partial, checked: &Checked) -> [String; 2] {
    let summary = partial.summary(&checked.scenario).unwrap_or_else(|problems| panic!("{problems}"));
    let (mut lines, mut blockers) = (Rows::default(), Rows::default());
    lines.summary(&checked.scenario, &summary.lines());
    blockers.blockers(&checked.scenario, &summary.blockers());
    [lines, blockers].map(|rows| String::from_utf8(rows.finish(String::new).unwrap()).unwrap())
}

/// The rows of a table of a run, without their header.
fn body(folder: &Folder, file: &str) -> String {
    folder.read(file).split_once('\n').unwrap().1.to_owned()
}

/// Plays a scenario at once and in so many parts, and holds what merges against the whole.
fn holds(scenario: &str, text: Option<&str>, replications: &str, of: usize) {
    let folder = Folder::new();
    if let Some(text) = text {
        folder.write(scenario, text);
    }
    let options = ["-n", replications, "--seed", "11"];
    play(&folder, "whole", scenario, &[&options[..], &["--threads", "2"]].concat());
    let mut parts: Vec<Partial> = (1..=of)
        .map(|part| {
            let (out, shard) = (format!("part-{part}"), format!("{part}/{of}"));
            play(&folder, &out, scenario, &[&options[..], &["--shard", &shard]].concat());
            read(&folder, &out)
        })
        .collect();
    // Whoever comes first.
    parts.rotate_left(of / 2);
    let checked = checked(&folder, "whole");
    let merged = Partial::merge(&parts, &checked).unwrap_or_else(|problems| panic!("{problems}"));
    let about = format!("{scenario}, {replications} replications in {of} parts");
    assert_eq!(merged.text(), folder.read("whole/partial.json"), "{about}");
    let [summary, blockers] = tables(&merged, &checked);
    assert_eq!(summary, body(&folder, "whole/summary.csv"), "{about}");
    assert_eq!(blockers, body(&folder, "whole/blockers.csv"), "{about}");
}

#[test]
fn three_five_and_seven_parts_merge_to_the_bits_of_the_whole() {
    for of in [3, 5, 7] {
        holds("minimal", None, "301", of);
    }
    holds("wto-jsi", None, "70", 3);
    holds("everything.toml", Some(include_str!("everything.toml")), "100", 3);
}

#[test]
fn parts_of_a_run_shorter_than_a_batch_merge_too() {
    holds("minimal", None, "20", 3);
    holds("minimal", None, "1", 2);
}

#[test]
fn more_parts_than_batches_are_merged_with_empty_ones() {
    holds("minimal", None, "65", 7);
}

#[test]
#[ignore = "plays several large scenarios in 3, 5 and 7 parts; `make nightly`"]
fn parts_of_many_scenarios_merge_to_the_bits_of_the_whole() {
    for scenario in ["digital-order", "rcep", "wto-tfa", "un-gdc", "wto-jsi"] {
        for of in [3, 5, 7] {
            holds(scenario, None, "233", of);
        }
    }
}

/// Outcomes of a scenario with several forums and a horizon.
fn outcomes() -> &'static (Checked, Vec<Outcome>) {
    static PLAYED: OnceLock<(Checked, Vec<Outcome>)> = OnceLock::new();
    PLAYED.get_or_init(|| {
        let checked = load("digital-order", &[], &Memory::default()).unwrap();
        let mut conference = Conference::new(checked.scenario.clone());
        let played = (0..24).map(|replication| conference.run(5, replication)).collect();
        (checked, played)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn any_split_of_the_replications_merges_alike(cuts in prop::collection::vec(0usize..=24, 0..6), turn in 0usize..6) {
        let (checked, played) = outcomes();
        let of = |outcomes: &[Outcome]| {
            let mut summary = Summary::new(&checked.scenario);
            outcomes.iter().for_each(|outcome| summary.add(outcome));
            summary
        };
        let mut cuts: Vec<usize> = cuts.into_iter().chain([0, played.len()]).collect();
        cuts.sort_unstable();
        let mut parts: Vec<Summary> = cuts.windows(2).map(|cut| of(&played[cut[0]..cut[1]])).collect();
        let turn = turn % parts.len();
        parts.rotate_left(turn);
        let mut merged = Summary::new(&checked.scenario);
        parts.into_iter().for_each(|part| merged.merge(part));
        let mut whole = of(played);
        prop_assert_eq!(merged.lines(), whole.lines());
        prop_assert_eq!(merged.blockers(), whole.blockers());
        let stored = whole.stored();
        prop_assert_eq!(&merged.stored(), &stored);
        let mut restored = Summary::restored(&checked.scenario, &stored, played.len() as u64).unwrap();
        prop_assert_eq!(restored.stored(), stored);
    }
}

/// Three parts of a run, and the run.
fn three() -> (Folder, Vec<Partial>, Checked) {
    let folder = Folder::new();
    play(&folder, "whole", "minimal", &["-n", "90"]);
    let part = |part: &str| {
        play(&folder, part, "minimal", &["-n", "90", "--shard", &format!("{part}/3")]);
        read(&folder, part)
    };
    let parts = ["1", "2", "3"].map(part).into();
    let checked = checked(&folder, "whole");
    (folder, parts, checked)
}

/// Messages, one a line, without what differs from machine to machine.
fn told(folder: &Folder, parts: &[Partial], checked: &Checked) -> String {
    match Partial::merge(parts, checked) {
        Ok(_) => String::new(),
        Err(problems) => {
            problems.to_string().replace(&format!("{}/", folder.path("").display()).replace("//", "/"), "")
        }
    }
}

#[test]
fn parts_that_are_missing_or_there_twice_are_named_all_at_once() {
    let (folder, parts, checked) = three();
    assert_eq!(told(&folder, &parts, &checked), "");
    let [one, two, three] = [0, 1, 2].map(|at: usize| parts[at].clone());
    insta::assert_snapshot!("merge_missing", told(&folder, std::slice::from_ref(&three), &checked));
    insta::assert_snapshot!("merge_twice", told(&folder, &[two.clone(), one, two.clone()], &checked));
    assert!(told(&folder, &[], &checked).contains("there are no parts to merge"));
    assert!(told(&folder, &[two, three], &checked).contains("1 of 3 parts are missing: 1"));
}

#[test]
fn parts_of_other_runs_are_refused_with_what_differs() {
    let (folder, mut parts, checked) = three();
    for (out, options) in [
        ("seed", &["-n", "90", "--seed", "2", "--shard", "2/3"][..]),
        ("length", &["-n", "91", "--shard", "2/3"]),
        ("parts", &["-n", "90", "--shard", "2/4"]),
        ("scenario", &["-n", "90", "--shard", "2/3", "--set", "forum.talks.calendar.rounds=3"]),
    ] {
        play(&folder, out, "minimal", options);
        parts.push(read(&folder, out));
    }
    let mut text = told(&folder, &parts, &checked);
    for out in ["whole", "scenario"] {
        let manifest: serde_json::Value = serde_json::from_str(&folder.read(&format!("{out}/manifest.json"))).unwrap();
        text = text.replace(manifest["scenario_sha256"].as_str().unwrap(), &format!("[hash of {out}]"));
    }
    insta::assert_snapshot!("merge_differs", text);
    // The scenario of another run is not that of these.
    let other = self::checked(&folder, "scenario");
    assert!(told(&folder, &parts[..3], &other).contains("has another scenario"));
}

#[test]
fn a_damaged_part_is_refused_wherever_it_is_damaged() {
    let (folder, parts, checked) = three();
    let sound = folder.read("2/partial.json");
    assert_eq!(Partial::parse("2/partial.json", &sound).unwrap().text(), parts[1].text());
    assert!(Partial::parse("2/partial.json", &sound.replace('\n', "\r\n")).is_ok(), "line ends harm no number");
    for place in (0..sound.len()).step_by(97) {
        let mut bytes = sound.clone().into_bytes();
        bytes[place] ^= 1;
        let Ok(text) = String::from_utf8(bytes) else { continue };
        let refused = Partial::parse("2/partial.json", &text).expect_err("a changed byte").to_string();
        assert!(refused.contains("2/partial.json"), "{refused}");
    }
    for end in [0, 1, sound.len() / 2, sound.len() - 2] {
        assert!(Partial::parse("2/partial.json", &sound[..end]).is_err());
    }
    // Sums that are whole and those of something else.
    assert!(parts[1].summary(&load("wto-jsi", &[], &Memory::default()).unwrap().scenario).is_err());
    let missing = Partial::read(Path::new("nowhere")).expect_err("there is nothing").to_string();
    assert!(missing.contains("cannot read nowhere/partial.json"), "{missing}");
    assert_eq!(told(&folder, &parts, &checked), "");
}

#[test]
fn sums_that_no_replications_come_to_are_refused() {
    let (checked, played) = outcomes();
    let mut summary = Summary::new(&checked.scenario);
    played.iter().for_each(|outcome| summary.add(outcome));
    let stored = summary.stored();
    let restored = |stored: &[comity::summary::Stored], n| Summary::restored(&checked.scenario, stored, n).is_some();
    assert!(restored(&stored, 24));
    assert!(!restored(&stored, 23), "more than there were replications");
    assert!(!restored(&stored[1..], 24) && !restored(&[&stored[..], &stored[..1]].concat(), 24));
    let mut turned = stored.clone();
    turned.reverse();
    assert!(!restored(&turned, 24), "sums of another kind");
}

#[test]
fn the_sums_of_a_run_are_in_its_directory_with_their_hash() {
    let folder = Folder::new();
    for (out, options) in [("whole", &["-n", "40"][..]), ("empty", &["-n", "40", "--shard", "3/3"])] {
        play(&folder, out, "minimal", options);
        let text = folder.read(&format!("{out}/partial.json"));
        let manifest: serde_json::Value = serde_json::from_str(&folder.read(&format!("{out}/manifest.json"))).unwrap();
        assert_eq!(manifest["files"]["partial.json"], comity::export::sha256_of(&text));
        let partial: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!((&partial["of"]["seed"], &partial["of"]["batch"]), (&"1".into(), &32.into()));
        assert_eq!(partial["of"]["shard"], manifest["shard"]);
    }
    // Any program can read the sums: 40 replications, all counted.
    let whole: serde_json::Value = serde_json::from_str(&folder.read("whole/partial.json")).unwrap();
    assert_eq!(whole["sums"][0]["share"]["n"], 40);
    let rounds = &whole["sums"][3]["counts"];
    let sum = u64::from_str_radix(rounds["sum"].as_str().unwrap(), 16).unwrap();
    let mean = folder.read("whole/summary.csv");
    let mean = mean.lines().find(|line| line.contains("talks,rounds,")).unwrap().split(',').nth(3).unwrap();
    assert_eq!(sum as f64 / 40.0, mean.parse::<f64>().unwrap());
}
