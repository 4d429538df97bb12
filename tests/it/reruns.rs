//! `verify` and `replay`: a run is played again from its directory alone, and what was changed since is found.

use crate::folder::Folder;

const TABLES: [&str; 6] = ["runs.csv", "clauses.csv", "parties.csv", "imputed.csv", "blockers.csv", "summary.csv"];

/// A folder with a run of a scenario over tables, of which only the run is left.
fn recorded() -> Folder {
    let folder = Folder::new();
    folder.comity(&["run", "wto-jsi", "-n", "12", "--seed", "3", "--out", "run", "-q"]).well();
    folder
}

/// A small run, quick to play again.
fn small() -> Folder {
    let folder = Folder::new();
    folder.comity(&["run", "minimal", "-n", "40", "--out", "run", "-q"]).well();
    folder
}

#[test]
fn a_run_is_verified_on_any_number_of_threads_and_stays_as_it_is() {
    let folder = recorded();
    let before = folder.listing();
    let manifest: serde_json::Value = serde_json::from_str(&folder.read("run/manifest.json")).unwrap();
    for threads in ["1", "2", "5"] {
        let said = folder.comity(&["verify", "run", "--threads", threads]).well();
        let digest = manifest["digest"].as_str().unwrap();
        let expected =
            format!("Verified: 12 replications under seed 3 give the recorded tables again.\ndigest {digest}\n");
        assert_eq!((said.out, said.err), (expected, String::new()));
    }
    assert_eq!(folder.listing(), before);
}

#[test]
fn a_single_byte_changed_in_any_table_is_found() {
    let folder = small();
    for table in TABLES {
        let path = format!("run/{table}");
        let sound = folder.read(&path);
        for place in [0, sound.len() / 2, sound.len() - 2] {
            let mut bytes = sound.clone().into_bytes();
            bytes[place] ^= 1;
            folder.write(&path, bytes);
            let said = folder.comity(&["verify", "run"]).fails(1, &format!("{path} is not what the run gives"));
            assert!(TABLES.iter().filter(|other| said.err.contains(**other)).count() == 1, "{}", said.err);
        }
        folder.write(&path, format!("{sound}\n")).comity(&["verify", "run"]).fails(1, "is not what the run gives");
        std::fs::remove_file(folder.path(&path)).unwrap();
        folder.comity(&["verify", "run"]).fails(1, &format!("cannot read {path}"));
        folder.write(&path, sound);
    }
    folder.comity(&["verify", "run"]).well();
}

#[test]
fn a_scenario_or_manifest_changed_after_the_run_is_found() {
    let folder = recorded();
    for (file, from, to, words) in [
        ("scenario.toml", "rounds = 30", "rounds = 29", "the scenario is not the one that was run"),
        ("tables/countries.csv", "Afghanistan", "Afganistan", "the scenario is not the one that was run"),
        ("manifest.json", "\"seed\": \"3\"", "\"seed\": \"4\"", "the digest was "),
        ("manifest.json", "\"end\": 12", "\"end\": 11", "the digest was "),
        ("manifest.json", "\"digest\": \"", "\"digest\": \"0", "the digest was 0"),
    ] {
        let path = format!("run/{file}");
        let sound = folder.read(&path);
        assert!(sound.contains(from), "{file} has {from}");
        folder.write(&path, sound.replacen(from, to, 1));
        folder.comity(&["verify", "run"]).fails(1, words);
        folder.write(&path, sound);
    }
}

#[test]
fn a_run_is_told_apart_from_what_is_none() {
    let folder = small();
    let manifest = folder.read("run/manifest.json");
    folder.write("other/notes.txt", "");
    for command in [&["verify"][..], &["replay", "--replication", "0"]] {
        let on = |place: &'static str| folder.comity(&[command, &[place]].concat());
        on("nowhere").fails(1, "nowhere is no run directory");
        on("other").fails(1, "other is no run directory");
        on("run/manifest.json").fails(1, "is no run directory");
        for (from, to, words) in [
            ("{", "", "run has a damaged manifest.json"),
            ("\"format\": 2", "\"format\": 99", "run has layout 99"),
            ("\"seed\": \"1\"", "\"seed\": \"one\"", "run has a damaged manifest.json"),
            ("\"end\": 40", "\"end\": 41", "its shard does not fit"),
            ("\"first\": 0", "\"first\": 41", "its shard does not fit"),
        ] {
            assert!(manifest.contains(from));
            folder.write("run/manifest.json", manifest.replacen(from, to, 1));
            on("run").fails(1, words);
        }
        folder.write("run/manifest.json", &manifest);
    }
    let scenario = folder.read("run/scenario.toml");
    folder.write("run/scenario.toml", scenario.replace("title", "titel"));
    folder.comity(&["verify", "run"]).fails(1, "did you mean `title`?");
}

#[test]
fn every_replication_is_told_again_and_found_the_same() {
    let folder = small();
    let mut stories = std::collections::BTreeSet::new();
    for replication in ["0", "1", "17", "39"] {
        let said = folder.comity(&["replay", "run", "--replication", replication]).well();
        let head = format!("Three countries, one clause\nReplication {replication} under seed 1\n");
        assert!(said.out.starts_with(&head), "{}", said.out);
        assert!(
            said.out.ends_with("Verified: the same as recorded in runs.csv, clauses.csv and parties.csv.\n"),
            "{}",
            said.out
        );
        assert_eq!(said.err, "");
        stories.insert(said.out.replace(&head, ""));
    }
    assert_eq!(stories.len(), 4, "replications differ");
    folder.comity(&["replay", "run", "-r", "40"]).fails(1, "it has the replications 0 to 39");
}

#[test]
fn a_story_can_be_narrowed_to_a_clause_of_the_run() {
    let folder = recorded();
    let all = folder.comity(&["replay", "run", "-r", "2"]).well().out;
    let one = folder.comity(&["replay", "run", "-r", "2", "--clause", "spam"]).well().out;
    assert!(one.contains("\n  spam\n") && !one.contains("\n  data_flows\n"), "{one}");
    assert!(all.contains("\n  data_flows\n") && all.len() > one.len());
    folder.comity(&["replay", "run", "-r", "2", "--clause", "spams"]).fails(1, "did you mean `spam`?");
}

#[test]
fn a_tampered_row_is_found_and_only_where_it_is_told() {
    let folder = small();
    for table in ["runs.csv", "clauses.csv", "parties.csv"] {
        let path = format!("run/{table}");
        let sound = folder.read(&path);
        let row = sound.lines().find(|line| line.starts_with("7,")).unwrap();
        let changed = row.replace("true", "TRUE").replace("false", "FALSE");
        let tampered: [Vec<u8>; 5] = [
            sound.replace(row, &changed).into(),
            sound.replace(&format!("{row}\n"), "").into(),
            sound.replace(row, &format!("{row}\n{row}")).into(),
            sound.replace(row, &format!("{row},")).into(),
            // Not UTF-8 at all.
            sound
                .replace(row, &row.replacen("talks", "t?lks", 1))
                .bytes()
                .map(|b| if b == b'?' { 0xff } else { b })
                .collect(),
        ];
        for bytes in tampered {
            assert_ne!(bytes, sound.as_bytes());
            folder.write(&path, bytes);
            let said = folder.comity(&["replay", "run", "-r", "7"]);
            assert_eq!(said.status, Some(1), "{said:?}");
            assert!(said.out.ends_with(&format!("DIFFERENT from what is recorded in {table}.\n")), "{}", said.out);
            assert!(said.err.contains("replication 7 is not what was recorded"), "{}", said.err);
            // The neighbours are as they were.
            for sound in ["6", "8"] {
                folder.comity(&["replay", "run", "-r", sound]).well();
            }
        }
        folder.write(&path, sound);
    }
    folder.comity(&["replay", "run", "-r", "7"]).well();
    std::fs::remove_file(folder.path("run/runs.csv")).unwrap();
    folder.comity(&["replay", "run", "-r", "7"]).fails(1, "cannot read run/runs.csv");
}

#[test]
fn a_run_is_played_again_from_its_directory_alone() {
    let folder = recorded();
    let told = folder.comity(&["replay", "run", "-r", "5"]).well().out;
    let elsewhere = Folder::new();
    std::fs::create_dir(elsewhere.path("moved")).unwrap();
    std::fs::rename(folder.path("run"), elsewhere.path("moved/there")).unwrap();
    drop(folder);
    let here = Folder::new();
    let place = elsewhere.path("moved/there");
    let place = place.to_str().unwrap();
    assert_eq!(here.comity(&["replay", place, "-r", "5"]).well().out, told);
    here.comity(&["verify", place]).well();
    elsewhere.comity(&["verify", "moved/there/"]).well();
    // It can even be run again as a scenario.
    here.comity(&["check", &format!("{place}/scenario.toml")]).well();
    assert!(here.listing().is_empty());
}

#[test]
fn a_run_without_rows_of_replications_is_told_but_not_verified_by_replay() {
    let folder = Folder::new();
    folder.comity(&["run", "minimal", "-n", "5", "--out", "run", "-q", "--tables", "none"]).well();
    let said = folder.comity(&["replay", "run", "-r", "4"]).well();
    assert!(said.out.ends_with("Not verified: this run recorded no rows of single replications.\n"), "{}", said.out);
    folder.comity(&["verify", "run"]).well();
}

#[test]
fn a_shard_is_replayed_and_verified_by_the_numbers_of_the_whole_run() {
    let folder = Folder::new();
    folder.comity(&["run", "minimal", "-n", "80", "--out", "whole", "-q"]).well();
    folder.comity(&["run", "minimal", "-n", "80", "--shard", "2/3", "--out", "part", "-q"]).well();
    folder.comity(&["verify", "part"]).well();
    let whole = folder.comity(&["replay", "whole", "-r", "40"]).well().out;
    assert_eq!(folder.comity(&["replay", "part", "-r", "40"]).well().out, whole);
    folder.comity(&["replay", "part", "-r", "9"]).fails(1, "it has the replications 32 to 63");
}
