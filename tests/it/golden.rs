//! The golden tables under results/golden: small runs whose bytes are committed. Any change of a number that a run
//! gives shows here, and is value-breaking.
//!
//! The tables are written by a release build (`COMITY_BLESS=1 cargo test --release --test it golden`; a development
//! build refuses), while tests run in the development profile. So where this passes, debug and release agree to the bit.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;

use crate::promise::{Kept, must};

const SEED: u64 = 7;

/// Plays a shipped scenario through the program, and returns the run directory.
fn run(scenario: &str, replications: u64, seed: u64) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (replications, seed) = (replications.to_string(), seed.to_string());
    Command::new(env!("CARGO_BIN_EXE_comity"))
        .args(["run", scenario, "--quiet", "--replications", &replications, "--seed", &seed, "--out"])
        .arg(folder.path().join("run"))
        .current_dir(&folder)
        .assert()
        .success();
    folder
}

/// A run's table is, byte for byte, the one on record.
fn as_on_record(recorded: &Path, run: &Path) -> Kept {
    let read = |path: &Path| fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()));
    let (expected, got) = (read(recorded)?, read(run)?);
    let mut lines = expected.lines().zip(got.lines()).enumerate();
    let differs = lines.find(|(_, (expected, got))| expected != got);
    must(expected == got, || match differs {
        Some((no, (expected, got))) => {
            format!("{}, line {}:\n  on record {expected}\n  now       {got}", recorded.display(), no + 1)
        }
        None => format!("{} is of another length", recorded.display()),
    })
}

fn golden(scenario: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("results/golden").join(scenario)
}

fn hold(scenario: &str, replications: u64, tables: &[&str]) {
    let (folder, record) = (run(scenario, replications, SEED), golden(scenario));
    if std::env::var_os("COMITY_BLESS").is_some_and(|bless| bless == "1") {
        if cfg!(debug_assertions) {
            panic!("golden tables are made by a release build: add --release");
        }
        fs::create_dir_all(&record).expect("a folder for the record");
        for table in tables {
            fs::copy(folder.path().join("run").join(table), record.join(table)).expect("a table to put on record");
        }
    }
    for table in tables {
        let kept = as_on_record(&record.join(table), &folder.path().join("run").join(table));
        assert_eq!(kept, Ok(true), "listed under \"Value-breaking\" in the changelog? then bless it, see {}", file!());
    }
}

#[test]
fn the_minimal_scenario_gives_the_tables_on_record() {
    hold("minimal", 40, &["runs.csv", "clauses.csv", "parties.csv", "blockers.csv", "summary.csv"]);
}

#[test]
fn the_wto_scenario_gives_the_summary_on_record() {
    hold("wto-jsi", 60, &["blockers.csv", "summary.csv"]);
}

#[test]
fn another_seed_is_told_from_the_record() {
    let folder = run("minimal", 40, SEED + 1);
    for table in ["runs.csv", "clauses.csv", "summary.csv"] {
        assert!(as_on_record(&golden("minimal").join(table), &folder.path().join("run").join(table)).is_err());
    }
}
