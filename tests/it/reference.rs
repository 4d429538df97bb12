//! The reference runs under results/reference: what the findings rest on. Each is made again, in the development profile,
//! and compared byte for byte with what is on record, which a release build wrote; its digest stands for all its tables.
//! `figures` holds the pages that quote them.
//!
//! `make reference` writes the records and the figures of every page anew.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use crate::figures;
use crate::folder::{Folder, Said, at_home, home};
use crate::promise::{Kept, must};

/// What is on record of each run: scenario, replications, seed, digest of all its tables.
const RUNS: &str = "runs.csv";
/// Longest that one reference run may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(600);

pub fn records() -> PathBuf {
    home().join("results/reference")
}

pub fn writes() -> bool {
    let asked = std::env::var_os("COMITY_BLESS").is_some_and(|bless| bless == "1");
    assert!(!asked || !cfg!(debug_assertions), "reference runs are made by a release build: add --release");
    asked
}

/// Replications of a reference run: a thousand; two hundred of the scenarios with every forum and every member of the
/// United Nations.
fn replications(scenario: &str) -> u64 {
    match scenario {
        "digital-order" | "cyber-attacks" | "breakthrough" => 200,
        _ => 1000,
    }
}

/// The lines on the talks and the clauses, and of those on countries what says who is in.
fn in_short(summary: &str) -> String {
    let mut reader = csv::Reader::from_reader(summary.as_bytes());
    let headers = reader.headers().unwrap().clone();
    let at = |name: &str| headers.iter().position(|header| header == name).unwrap();
    let (kind, measure) = (at("kind"), at("measure"));
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&headers).unwrap();
    for record in reader.records().map(Result::unwrap) {
        let country = &record[kind] == "country";
        if !country || ["party", "bound_at_horizon", "acceded", "co_sponsor"].contains(&&record[measure]) {
            writer.write_record(&record).unwrap();
        }
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

/// Plays a scenario; returns its summary in short and its line of the record of runs.
fn play(scenario: &str, seed: u64) -> (String, String) {
    let folder = Folder::new();
    let (n, seed) = (replications(scenario).to_string(), seed.to_string());
    let arguments =
        ["run", scenario, "--replications", &n, "--seed", &seed, "--tables", "none", "--quiet", "--out", "run"];
    let mut command = assert_cmd::Command::from_std(folder.command(&arguments));
    let said = Said::of(&command.timeout(PATIENCE).output().expect("comity runs")).well();
    let digest = said.out.lines().find_map(|line| line.strip_prefix("digest ")).expect("a digest").to_owned();
    (in_short(&folder.read("run/summary.csv")), format!("{scenario},{n},{seed},{digest}\n"))
}

fn shipped() -> Vec<String> {
    let list = at_home(&["list"]).well().out;
    list.lines().filter_map(|line| Some(line.split_whitespace().next()?.to_owned())).collect()
}

fn as_on_record(scenario: &str, recorded: &BTreeMap<String, String>, seed: u64) -> Kept {
    let (summary, run) = play(scenario, seed);
    let path = records().join(format!("{scenario}.csv"));
    let expected = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let differs = expected.lines().zip(summary.lines()).find(|(expected, now)| expected != now);
    must(expected == summary, || format!("{scenario}: on record and now {differs:?}"))?;
    must(recorded.get(scenario) == Some(&run), || format!("{scenario}: the digest is another: {run}"))
}

pub fn recorded() -> BTreeMap<String, String> {
    let text = fs::read_to_string(records().join(RUNS)).expect("a record of runs");
    text.lines().skip(1).map(|line| (line.split(',').next().unwrap().to_owned(), format!("{line}\n"))).collect()
}

/// Holds a share of the scenarios against their records, so that shares run beside each other.
fn hold(share: usize) {
    let names = shipped();
    if writes() {
        return;
    }
    let recorded = recorded();
    assert_eq!(
        names,
        recorded.keys().cloned().collect::<Vec<_>>(),
        "a record of every shipped scenario, and of no other"
    );
    for name in names.iter().skip(share).step_by(SHARES) {
        let kept = as_on_record(name, &recorded, 1);
        assert_eq!(kept, Ok(true), "listed under \"Value-breaking\"? then `make reference`");
    }
}

const SHARES: usize = 4;

#[test]
fn reference_runs_give_what_is_on_record_one() {
    hold(0);
}

#[test]
fn reference_runs_give_what_is_on_record_two() {
    hold(1);
}

#[test]
fn reference_runs_give_what_is_on_record_three() {
    hold(2);
}

#[test]
fn reference_runs_give_what_is_on_record_four() {
    hold(3);
}

#[test]
fn a_run_under_another_seed_is_told_from_the_record() {
    assert!(as_on_record("china-eu", &recorded(), 2).is_err());
}

/// Written only when asked for: the records first, then every page that shows figures of them, whose words then want a look.
#[test]
fn the_records_are_written_when_asked_for() {
    if !writes() {
        return;
    }
    fs::create_dir_all(records()).unwrap();
    let mut runs = "scenario,replications,seed,digest\n".to_owned();
    for name in shipped() {
        let (summary, run) = play(&name, 1);
        fs::write(records().join(format!("{name}.csv")), summary).unwrap();
        runs += &run;
    }
    fs::write(records().join(RUNS), runs).unwrap();
    figures::renew();
}
