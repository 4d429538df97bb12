//! Every scenario under `scenarios/broken/` against what `comity check` says of it, word for word.
//!
//! After a change of words that is meant: `INSTA_UPDATE=always cargo test --test it errors`, and read the difference.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::folder::{at_home, home};

const BROKEN: &str = "scenarios/broken";
const SNAPSHOTS: &str = "tests/it/snapshots/errors";

/// Stems of the files of a folder that end in `extension`.
fn stems(folder: &str, extension: &str) -> BTreeSet<String> {
    let files = fs::read_dir(home().join(folder)).unwrap_or_else(|error| panic!("{folder}: {error}"));
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    names.filter_map(|name| name.strip_suffix(extension).map(str::to_owned)).collect()
}

/// The codes of problems that stand as literals in the sources.
fn codes_in(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            codes_in(&path, found);
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for literal in text.split("\"comity::").skip(1) {
            // A literal that goes on is a message with a code in it.
            let code = literal.split('"').next().unwrap();
            if code.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '_' | ':' | '8')) {
                found.insert(format!("comity::{code}"));
            }
        }
    }
}

#[test]
fn every_broken_scenario_is_refused_with_these_words() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots/errors");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for name in stems(BROKEN, ".toml") {
            let said = at_home(&["check", &format!("{BROKEN}/{name}.toml")]).fails(1, "comity::");
            insta::assert_snapshot!(name, said.err);
        }
    });
}

#[test]
fn every_broken_scenario_has_a_snapshot_and_every_snapshot_a_scenario() {
    assert_eq!(stems(BROKEN, ".toml"), stems(SNAPSHOTS, ".snap"));
}

#[test]
fn every_broken_scenario_says_in_its_first_line_what_is_wrong_with_it() {
    for name in stems(BROKEN, ".toml") {
        let text = fs::read_to_string(home().join(BROKEN).join(format!("{name}.toml"))).unwrap();
        assert!(text.starts_with("# ") && text.lines().next().unwrap().len() > 20, "{name}");
    }
}

#[test]
fn every_problem_of_a_scenario_or_table_appears_in_some_snapshot() {
    /// Problems that no scenario can have by itself, and where they are tested instead.
    const ELSEWHERE: &[(&str, &str)] = &[
        ("comity::scenario::set", "cli.rs: an override of the command line"),
        ("comity::data::leak", "data.rs: a scenario held against a library"),
        ("comity::data::record", "data.rs: a scenario held against a library"),
        ("comity::table::unknown_instrument", "data.rs: a table that no scenario names"),
    ];
    let mut codes = BTreeSet::new();
    codes_in(&home().join("src"), &mut codes);
    let told: String = stems(SNAPSHOTS, ".snap")
        .iter()
        .map(|name| fs::read_to_string(home().join(SNAPSHOTS).join(format!("{name}.snap"))).unwrap())
        .collect();
    let told: BTreeSet<&str> = told.lines().filter(|line| line.starts_with("comity::")).collect();
    let untold: Vec<&String> = codes
        .iter()
        .filter(|code| !code.starts_with("comity::run::"))
        // Tables of positions are no scenarios: forecasting/refused.rs.
        .filter(|code| !code.starts_with("comity::forecast::"))
        // Told where parts of runs are merged: parts.rs.
        .filter(|code| !code.starts_with("comity::merge::"))
        // Told by `comity hindcast`; tests/it/hindcast.rs.
        .filter(|code| !code.starts_with("comity::hindcast::"))
        .filter(|code| !told.contains(code.as_str()) && !ELSEWHERE.iter().any(|(known, _)| known == code))
        .collect();
    assert!(untold.is_empty(), "no broken scenario shows {untold:?}");
    assert!(codes.len() > 20, "the sources are searched: {codes:?}");
    for (code, place) in ELSEWHERE {
        assert!(codes.contains(*code) && !told.contains(code), "{code} need not be listed any more ({place})");
    }
}

#[test]
fn every_diagnostic_names_its_kind_and_what_to_do() {
    for name in stems(SNAPSHOTS, ".snap") {
        let text = fs::read_to_string(home().join(SNAPSHOTS).join(format!("{name}.snap"))).unwrap();
        let messages = text.lines().filter(|line| line.trim_start().starts_with("× ")).count();
        let kinds = text.lines().filter(|line| line.starts_with("comity::")).count();
        let helps = text.lines().filter(|line| line.trim_start().starts_with("help: ")).count();
        assert!(messages > 0 && messages == kinds, "{name}: {messages} messages of {kinds} kinds");
        assert_eq!(messages, helps, "{name}: a message without help");
    }
}
