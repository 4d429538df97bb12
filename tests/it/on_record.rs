//! What a run directory says of itself: nothing of where somebody keeps files, when it was made, every file's hash, and the
//! version that reads it.

use std::collections::BTreeMap;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::folder::{Folder, home};
use crate::spreadsheets;

/// A folder with a scenario over tables in a folder whose name is told nowhere else.
fn secret() -> Folder {
    let folder = Folder::new();
    folder
        .write("secret/deep/talks.toml", spreadsheets::SCENARIO)
        .write("secret/deep/countries.csv", spreadsheets::COUNTRIES)
        .write("secret/deep/indicators.csv", spreadsheets::INDICATORS)
        .write("secret/deep/clauses.csv", spreadsheets::CLAUSES)
        .write("secret/deep/evidence.csv", spreadsheets::EVIDENCE)
        .write("secret/deep/members.csv", spreadsheets::MEMBERS);
    folder
}

fn manifest(folder: &Folder, run: &str) -> Value {
    serde_json::from_str(&folder.read(&format!("{run}/manifest.json"))).unwrap()
}

/// The files below a folder of a test, without those of the folder's own, by their names from there.
fn files(folder: &Folder, run: &str) -> Vec<String> {
    let start = format!("{run}/");
    let names = folder.listing().into_iter().filter_map(|name| Some(name.strip_prefix(&start)?.to_owned()));
    names.filter(|name| !name.is_empty() && !name.ends_with('/')).collect()
}

#[test]
fn no_folder_of_anybody_stands_in_a_run_directory_however_it_was_typed() {
    let folder = secret();
    let here = folder.path("secret/deep");
    let here = here.to_str().unwrap();
    let set = |value: String| vec!["--set".to_owned(), value];
    let scenario = format!("{here}/talks.toml");
    let ways: [(&str, Vec<String>); 7] = [
        (&scenario, vec!["--out".into(), format!("{here}/one")]),
        (&scenario, vec![format!("--out={here}/two")]),
        ("secret/deep/talks.toml", vec![format!("-o{here}/three")]),
        ("./secret/../secret/deep/talks.toml", vec![format!("-qo={here}/four/")]),
        (
            &scenario,
            [set(format!("tables.evidence={here}/evidence.csv")), vec!["-o".into(), format!("{here}/five")]].concat(),
        ),
        (
            &scenario,
            [
                set(format!("tables = {{ evidence = \"{here}/evidence.csv\" }}")),
                set(format!("tables.clauses = '{here}/clauses.csv'")),
                vec!["-o".into(), format!("{here}/six")],
            ]
            .concat(),
        ),
        (
            &scenario,
            [set(format!("question=What {here}/evidence.csv says")), vec!["--out=secret/deep/seven".to_owned()]]
                .concat(),
        ),
    ];
    for ((scenario, more), name) in ways.iter().zip(["one", "two", "three", "four", "five", "six", "seven"]) {
        let more: Vec<&str> = more.iter().map(String::as_str).collect();
        folder.comity(&[&["run", scenario, "-n", "5"], &more[..]].concat()).well();
        let run = format!("secret/deep/{name}");
        let record = manifest(&folder, &run);
        assert_eq!((&record["scenario"], &record["command"][0]), (&"talks.toml".into(), &"comity".into()));
        let last = record["command"].as_array().unwrap().last().unwrap().as_str().unwrap();
        assert!(last.ends_with(name), "what is typed is still told: {}", record["command"]);
        // A question is what its author wrote, and the scenario has it as it was written.
        for file in files(&folder, &run).into_iter().filter(|file| (name, file.as_str()) != ("seven", "scenario.toml"))
        {
            let text = folder.read(&format!("{run}/{file}"));
            for word in ["secret", "deep", here, env!("CARGO_MANIFEST_DIR")] {
                assert!(!text.contains(word), "{run}/{file} names {word}:\n{text}");
            }
        }
        folder.comity(&["verify", &run]).well();
    }
    // The control: a word that is typed and is no path is told as it was typed.
    folder
        .comity(&["run", "minimal", "-n", "5", "--shard", "1/1", "--set", "title=\"secret or deep\"", "-o", "run"])
        .well();
    let record = manifest(&folder, "run");
    assert_eq!(record["overrides"], serde_json::json!(["title=\"secret or deep\""]));
    assert!(record["command"].as_array().unwrap().contains(&"1/1".into()));
}

#[test]
#[cfg(target_os = "linux")]
fn a_place_whose_name_is_not_text_is_no_reason_to_panic() {
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::new();
    let mut command = folder.command(&["run", "minimal", "-n", "3", "-q", "--out"]);
    command.arg(std::ffi::OsStr::from_bytes(b"run-\xff"));
    crate::folder::Said::of(&command.output().unwrap()).well();
}

#[test]
fn a_run_says_when_it_was_made_as_iso_8601_has_it() {
    let folder = Folder::new();
    let now = || std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap();
    let before = comity::export::iso_8601(now());
    folder.comity(&["run", "minimal", "-n", "5", "-o", "run", "-q"]).well();
    let after = comity::export::iso_8601(now());
    let record = manifest(&folder, "run");
    let started = record["timing"]["started"].as_str().unwrap();
    // Of one form, these stand in the order of time.
    assert!(before.as_str() <= started && started <= after.as_str(), "{before} {started} {after}");
    let form: String = started.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    assert_eq!(form, "0000-00-00T00:00:00Z");
}

/// A run over tables, and what is in each of its files.
fn recorded() -> (Folder, BTreeMap<String, String>) {
    let folder = secret();
    folder.comity(&["run", "secret/deep/talks.toml", "-n", "20", "-q", "-o", "run"]).well();
    let texts = files(&folder, "run").into_iter().map(|name| (name.clone(), folder.read(&format!("run/{name}"))));
    let texts = texts.collect();
    (folder, texts)
}

#[test]
fn the_manifest_has_the_hash_of_every_other_file() {
    let (folder, texts) = recorded();
    let record = manifest(&folder, "run");
    let hashes = record["files"].as_object().unwrap();
    let names: Vec<&String> = texts.keys().filter(|name| *name != "manifest.json").collect();
    assert_eq!(hashes.keys().collect::<Vec<_>>(), names);
    assert!(names.iter().any(|name| *name == "tables/evidence.csv") && names.len() > 12, "{names:?}");
    for name in names {
        let hash: String = Sha256::digest(&texts[name]).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hashes[name], hash.as_str(), "{name}");
    }
}

#[test]
fn whatever_is_changed_in_any_file_is_found_and_the_file_is_named() {
    let (folder, texts) = recorded();
    for (name, text) in texts.iter().filter(|(name, _)| *name != "manifest.json") {
        let path = format!("run/{name}");
        // What is added means nothing to a reader of TOML, CSV or JSON, and is a change all the same.
        folder.write(&path, format!("{text}\n"));
        let said = folder.comity(&["verify", "run", "-q"]);
        assert_eq!(said.status, Some(1), "{name}: {said:?}");
        let others = texts.keys().filter(|other| *other != name && said.err.contains(&format!("run/{other} ")));
        assert!(said.err.contains(&format!("{path} ")) && others.count() == 0, "{name}: {}", said.err);
        std::fs::remove_file(folder.path(&path)).unwrap();
        let said = folder.comity(&["verify", "run", "-q"]);
        assert!(said.status == Some(1) && said.err.contains(&path), "{name}: {}", said.err);
        folder.write(&path, text);
    }
    folder.comity(&["verify", "run", "-q"]).well();
    // A hash that was changed to go with a file does not make the file what the run gives.
    let (table, row) = (&texts["parties.csv"], "parties.csv");
    let forged = table.replacen("true", "false", 1);
    let hash = |text: &str| Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    folder.write("run/parties.csv", &forged);
    folder.write("run/manifest.json", texts["manifest.json"].replace(&hash(table), &hash(&forged)));
    folder.comity(&["verify", "run", "-q"]).fails(1, &format!("run/{row} is not what the run gives"));
}

#[test]
fn line_ends_that_were_turned_are_told_as_that_and_nothing_else() {
    let (folder, texts) = recorded();
    let turn = |name: &str| folder.write(&format!("run/{name}"), texts[name].replace('\n', "\r\n"));
    for name in texts.keys().filter(|name| *name != "manifest.json") {
        turn(name);
        let said = folder.comity(&["verify", "run", "-q"]).fails(1, &format!("run/{name} has other line ends"));
        assert!(said.err.contains(".gitattributes"), "{}", said.err);
        for other in ["is not what the run gives", "was changed after", "is not the one that was run", "digest was"] {
            assert!(!said.err.contains(other), "{name}: {}", said.err);
        }
        folder.write(&format!("run/{name}"), &texts[name]);
    }
    // All at once, as a program for versions does it, the manifest too: one line a file.
    for name in texts.keys() {
        turn(name);
    }
    let said = folder.comity(&["verify", "run", "-q"]).fails(1, "has other line ends");
    assert_eq!(said.err.matches("has other line ends").count(), texts.len() - 1, "{}", said.err);
    folder.comity(&["replay", "run", "-r", "3"]).well();
    // The control: a cell changed beside the line ends is a change.
    for (name, text) in &texts {
        folder.write(&format!("run/{name}"), text);
    }
    folder.write("run/runs.csv", texts["runs.csv"].replace('\n', "\r\n").replacen("true", "false", 1));
    folder.comity(&["verify", "run", "-q"]).fails(1, "run/runs.csv is not what the run gives");
    folder.write("run/runs.csv", &texts["runs.csv"]);
    let tables = "tables/countries.csv";
    folder.write(&format!("run/{tables}"), texts[tables].replace('\n', "\r\n").replacen("high", "low", 1));
    folder.comity(&["verify", "run", "-q"]).fails(1, "run/tables/countries.csv was changed");
}

#[test]
fn the_repository_keeps_line_ends_as_they_are() {
    let attributes = std::fs::read_to_string(home().join(".gitattributes")).unwrap();
    assert!(attributes.lines().any(|line| line == "* -text"), "{attributes}");
}

#[test]
fn a_run_directory_of_another_layout_is_named_with_the_version_that_reads_it() {
    let folder = Folder::new();
    folder.comity(&["run", "minimal", "-n", "20", "-o", "run", "-q"]).well();
    let sound = folder.read("run/manifest.json");
    let ours = format!("this is comity {}, which reads layout 2", env!("CARGO_PKG_VERSION"));
    let written = |format: &str, version: &str| {
        let mut record: Value = serde_json::from_str(&sound).unwrap();
        match serde_json::from_str::<Value>(format) {
            Ok(format) => record["format"] = format,
            Err(_) => drop(record.as_object_mut().unwrap().shift_remove("format")),
        }
        record["comity"] = version.into();
        record
    };
    // As 0.1.0 had it: other keys, and the seed as a number.
    let mut first = written("1", "0.1.0");
    first["seed"] = 1.into();
    first["timing"] = serde_json::json!({ "started_unix": 1, "seconds": 1.0, "replications_per_second": 20.0 });
    first.as_object_mut().unwrap().shift_remove("files");
    for (record, words) in [
        (first, ["has layout 1, written by comity 0.1.0", ours.as_str(), "comity 0.1.0 reads it"]),
        (written("1", "0.2.0"), ["has layout 1, written by comity 0.1.0", &ours, "comity 0.1.0 reads it"]),
        (written("3", "0.9.1"), ["has layout 3, written by comity 0.9.1", &ours, "use comity 0.9.1"]),
        (written("0", "0.0.7"), ["has layout 0, written by comity 0.0.7", &ours, "comity 0.0.7 reads it"]),
        (written("absent", "0.1.0"), ["damaged manifest.json", "`format`", "missing"]),
        (written("\"2\"", "0.2.0"), ["damaged manifest.json", "`format`", "no whole number"]),
        (written("-1", "0.2.0"), ["damaged manifest.json", "`format`", "no whole number"]),
        (Value::from(7), ["damaged manifest.json", "`format`", "missing"]),
    ] {
        folder.write("run/manifest.json", record.to_string());
        for command in [&["verify", "run"][..], &["replay", "run", "-r", "0"]] {
            let said = folder.comity(command).fails(1, "comity::run::unreadable");
            // Lines are broken to the width of the page.
            let told = said.err.split_whitespace().filter(|word| !["│", "×", "help:"].contains(word));
            let told = told.collect::<Vec<_>>().join(" ");
            assert!(words.iter().all(|words| told.contains(words)), "{words:?} in {told}");
        }
        // It is a run all the same, and replaced where that is asked for.
        folder.comity(&["run", "minimal", "-n", "3", "-o", "run", "-q"]).fails(1, "run already holds a run");
    }
    folder.write("run/manifest.json", written("2", "0.2.0").to_string());
    folder.comity(&["verify", "run"]).well();
    folder.write("run/manifest.json", written("1", "0.1.0").to_string());
    folder.comity(&["run", "minimal", "-n", "3", "-o", "run", "-q", "--force"]).well();
    folder.comity(&["verify", "run"]).well();
}

#[test]
fn the_data_package_is_of_version_2_of_the_standard() {
    let (folder, texts) = recorded();
    let package: Value = serde_json::from_str(&texts["datapackage.json"]).unwrap();
    assert_eq!(package["$schema"], "https://datapackage.org/profiles/2.0/datapackage.json");
    let resources = package["resources"].as_array().unwrap();
    assert_eq!(resources.len(), 6);
    for resource in resources {
        assert_eq!(resource["type"], "table");
        assert!(folder.path(&format!("run/{}", resource["path"].as_str().unwrap())).is_file());
    }
    // What the second version took out, and what only the program's version was.
    let words = texts["datapackage.json"].clone();
    assert!(!words.contains("\"profile\"") && package["version"].is_null());
}
