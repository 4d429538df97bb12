//! The front door: a program that uses comity as a library gets what the command gives, and one error for all that is wrong.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use comity::export::Table;
use comity::{Code, Error, Results, RunDirectory, Scenario, Study};

use crate::folder::{Folder, home};

#[path = "../../examples/02_a_study.rs"]
#[expect(dead_code, reason = "its `main` is that of the example")]
mod a_study;
#[path = "../../examples/03_change_the_rule.rs"]
#[expect(dead_code, reason = "its `main` is that of the example")]
mod change_the_rule;
#[path = "../../examples/04_my_own_system.rs"]
#[expect(dead_code, reason = "its `main` is that of the example")]
mod my_own_system;
#[path = "../../examples/01_one_conference.rs"]
#[expect(dead_code, reason = "its `main` is that of the example")]
mod one_conference;

/// A change that both the library and the command make.
const CHANGE: &str = "forum.talks.calendar.rounds=7";

fn study(seed: u64) -> Results {
    let scenario = Scenario::load("minimal").unwrap().with(CHANGE).unwrap();
    Study::of(&scenario).replications(70).seed(seed).threads(2).run().unwrap()
}

/// The run of the command that is the same.
fn command(folder: &Folder, more: &[&str]) {
    let run = ["run", "minimal", "--set", CHANGE, "-n", "70", "-s", "5", "--quiet", "--out", "run"];
    folder.comity(&[&run[..], more].concat()).well();
}

fn digest(folder: &Folder, run: &str) -> String {
    let manifest: serde_json::Value = serde_json::from_str(&folder.read(&format!("{run}/manifest.json"))).unwrap();
    manifest["digest"].as_str().unwrap().to_owned()
}

#[test]
fn a_study_has_the_digest_of_the_command_and_another_seed_has_not() {
    let folder = Folder::new();
    command(&folder, &[]);
    assert_eq!(study(5).digest(), digest(&folder, "run"));
    assert_ne!(study(6).digest(), digest(&folder, "run"));
}

/// Files that are not the same byte for byte, the manifest aside, which tells when and where.
fn different(folder: &Folder, one: &str, other: &str) -> Vec<String> {
    let files = |run: &str| -> BTreeSet<String> {
        let inside = format!("{run}/");
        folder.listing().iter().filter_map(|name| name.strip_prefix(&inside).map(str::to_owned)).collect()
    };
    let both = files(one).union(&files(other)).cloned().collect::<Vec<_>>();
    let read = |run: &str, name: &str| fs::read(folder.path(&format!("{run}/{name}"))).ok();
    let differs =
        |name: &String| !name.ends_with('/') && name != "manifest.json" && read(one, name) != read(other, name);
    both.into_iter().filter(differs).collect()
}

#[test]
fn saved_results_are_byte_for_byte_what_the_command_writes() {
    let folder = Folder::new();
    command(&folder, &[]);
    study(5).save(folder.path("saved")).unwrap();
    assert_eq!(different(&folder, "run", "saved"), Vec::<String>::new());
    assert!(folder.listing().len() > 20, "there are files to compare");
    folder.comity(&["verify", "saved", "--quiet"]).well();
    study(6).save(folder.path("other")).unwrap();
    assert!(different(&folder, "run", "other").contains(&"runs.csv".to_owned()));
    // A place that is taken stays as it is.
    assert!(study(6).save(folder.path("saved")).unwrap_err().is(Code::RunExists));
}

#[test]
fn tables_in_memory_are_the_files_and_those_not_kept_are_told() {
    let folder = Folder::new();
    command(&folder, &[]);
    let results = study(5);
    for table in Table::ALL {
        assert_eq!(results.table(table).unwrap(), folder.read(&format!("run/{}", table.file())));
    }
    let few = Study::of(results.scenario()).replications(70).seed(5).tables(&[Table::Runs]).run().unwrap();
    assert_eq!(few.digest(), results.digest());
    assert_eq!(few.table(Table::Runs).unwrap(), results.table(Table::Runs).unwrap());
    assert!(few.table(Table::Parties).unwrap_err().is(Code::RunNotKept));
}

#[test]
fn a_shard_of_a_study_is_that_of_the_command() {
    let folder = Folder::new();
    command(&folder, &["--shard", "2/3"]);
    let scenario = Scenario::load_with("minimal", &[CHANGE]).unwrap();
    let part = |no| Study::of(&scenario).replications(70).seed(5).shard(no, 3).run().unwrap();
    assert_eq!(part(2).digest(), digest(&folder, "run"));
    assert_ne!(part(1).digest(), digest(&folder, "run"));
    let all: u64 = (1..=3).map(|no| part(no).shard().end - part(no).shard().first).sum();
    assert_eq!(all, 70);
}

#[test]
fn a_study_tells_how_far_it_has_come_and_stops_when_told() {
    let scenario = Scenario::load("minimal").unwrap();
    let mut played = 0;
    Study::of(&scenario).replications(100).progress(|more| played += more).run().unwrap();
    assert_eq!(played, 100);
    for threads in [1, 2] {
        let stop = AtomicBool::new(false);
        let progress = |_| stop.store(true, Ordering::Relaxed);
        let stopped = Study::of(&scenario)
            .replications(100_000)
            .threads(threads)
            .stop(&stop)
            .progress(progress)
            .run()
            .unwrap_err();
        assert!(stopped.is(Code::RunStopped), "{stopped:?}");
    }
}

#[test]
fn a_replay_is_verified_and_a_row_that_was_changed_is_found() {
    let folder = Folder::new();
    let results = study(5);
    let replay = results.replay(3).unwrap();
    assert!(replay.is_verified() && replay.text.contains("Replication 3 under seed 5"), "{}", replay.text);
    assert!(results.replay(70).unwrap_err().is(Code::RunReplication));

    results.save(folder.path("run")).unwrap();
    let told = folder.comity(&["replay", "run", "--replication", "3"]).well().out;
    assert_eq!(told, replay.text, "the command tells the same");
    let stop = AtomicBool::new(false);
    let run = RunDirectory::open(&folder.path("run")).unwrap();
    assert_eq!(run.verify(2, &stop, |_| ()).unwrap().digest, results.digest());

    let rows = folder.read("run/runs.csv");
    let row = rows.lines().find(|line| line.starts_with("3,")).unwrap();
    folder.write("run/runs.csv", rows.replace(row, &row.replacen("talks", "walks", 1)));
    let replay = run.replay(3, &[]).unwrap();
    assert_eq!((replay.is_verified(), replay.different.as_slice()), (false, &[Table::Runs][..]));
    assert!(run.replay(4, &[]).unwrap().is_verified());
    assert!(run.verify(2, &stop, |_| ()).unwrap_err().is(Code::RunDiffers));

    let nothing = Study::of(results.scenario()).replications(70).tables(&[]).run().unwrap().replay(3).unwrap();
    assert!(!nothing.is_verified() && nothing.text.ends_with("recorded no rows of single replications.\n"));
}

#[test]
fn every_problem_goes_through_a_question_mark_with_its_place() {
    fn embedder(folder: &Folder) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let path = folder.path("talks.toml");
        let scenario = Scenario::load(&path.to_string_lossy())?;
        Study::of(&scenario).replications(1).run()?.forum("talks")?.clause("flows")?;
        Ok(())
    }
    let folder = Folder::new();
    let good = fs::read_to_string(home().join("scenarios/minimal.toml")).unwrap();
    folder.write("talks.toml", good.replace("rounds = 10", "rouns = 10").replace("\"consensus\"", "\"consensos\""));
    let error = embedder(&folder).unwrap_err();
    let told = error.to_string();
    assert_eq!(told.lines().count(), 3, "an unknown key, the one that is missing for it, an unknown choice: {told}");
    let line = good.lines().position(|line| line.contains("rounds = 10")).unwrap() + 1;
    assert!(told.contains(&format!("talks.toml:{line}:")), "the line {line} is not in {told}");
    assert!(told.contains("did you mean `rounds`?") && told.contains("did you mean `consensus`?"), "{told}");
    assert!(error.downcast::<Error>().unwrap().is(Code::ScenarioUnknownChoice));

    folder.write("talks.toml", &good);
    let error = embedder(&folder).unwrap_err().downcast::<Error>().unwrap();
    assert_eq!(error.code(), Code::RunUnknown);
}

/// Codes that a page explains, each with its variant and its meaning.
fn explained(page: &str) -> Vec<(String, String, String)> {
    let rows = page.lines().filter_map(|line| {
        let mut cells = line.strip_prefix("| `comity::")?.split('|').map(str::trim);
        let mut next = || cells.next().unwrap_or_default().trim_matches('`').to_owned();
        Some((format!("comity::{}", next()), next(), next()))
    });
    rows.collect()
}

/// What a page of codes says too little, too much or wrongly.
fn amiss(page: &str) -> Vec<String> {
    let explained = explained(page);
    let known = |code: &Code| (code.to_string(), format!("{code:?}"), code.meaning().to_owned());
    let all: Vec<_> = Code::ALL.iter().map(known).collect();
    let lacking = all.iter().filter(|code| !explained.contains(code)).map(|code| format!("lacks {}", code.0));
    let beyond = explained.iter().filter(|code| !all.contains(code)).map(|code| format!("has {}", code.0));
    let twice = explained.windows(2).filter(|pair| pair[0].0 == pair[1].0).map(|pair| format!("twice {}", pair[0].0));
    lacking.chain(beyond).chain(twice).collect()
}

#[test]
fn every_code_is_explained_and_nothing_else_is() {
    let page = fs::read_to_string(home().join("docs/errors.md")).unwrap();
    assert_eq!(amiss(&page), Vec::<String>::new());
    let row = |line: &&str| !line.starts_with("| `comity::limit`");
    let without: Vec<&str> = page.lines().filter(row).collect();
    assert_eq!(amiss(&without.join("\n")), ["lacks comity::limit"]);
    let beyond = format!("{page}| `comity::run::gone` | `RunGone` | It is gone. | Look for it. |\n");
    assert_eq!(amiss(&beyond), ["has comity::run::gone"]);
    let wrongly = page.replace("| There is more of something", "| There is less of something");
    assert_eq!(amiss(&wrongly), ["lacks comity::limit", "has comity::limit"]);
}

/// Codes that sources name, by their text or by their variant.
fn named(text: &str) -> BTreeSet<String> {
    let part = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let word = |rest: &str| rest.chars().take_while(|c| part(*c)).collect::<String>();
    let texts = text.split("\"comity::").skip(1).map(|rest| format!("comity::{}", word(rest).trim_end_matches(':')));
    let variants = text.split("Code::").skip(1).map(|rest| word(rest).split(':').next().unwrap_or_default().to_owned());
    let of_variant = |name: String| Code::ALL.iter().find(|code| format!("{code:?}") == name).map(Code::to_string);
    texts.chain(variants.filter_map(of_variant)).collect()
}

fn sources(folder: &Path) -> String {
    let mut text = String::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => text += &sources(&path),
            false if path.ends_with("scenario/code.rs") => {}
            false => text += &fs::read_to_string(&path).unwrap(),
        }
    }
    text
}

#[test]
fn every_code_of_the_sources_is_listed_and_every_listed_one_is_used() {
    let listed: BTreeSet<String> = Code::ALL.iter().map(Code::to_string).collect();
    let used = named(&sources(&home().join("src")));
    assert_eq!(used.difference(&listed).collect::<Vec<_>>(), Vec::<&String>::new(), "not listed");
    let unused: Vec<&String> = listed.difference(&used).collect();
    assert_eq!(unused, Vec::<&String>::new(), "listed and used nowhere");
    let made_up = named("Problem::new(\"comity::run::made_up\", None, Code::TableCell)");
    assert_eq!(made_up.difference(&listed).collect::<Vec<_>>(), ["comity::run::made_up"]);
    assert!(made_up.contains("comity::table::cell"));
}

#[test]
fn one_conference_tells_the_same_story_twice_and_others_for_others() {
    let story = one_conference::told(1, 0).unwrap();
    assert!(story.contains("round") && story.contains("data_flows"), "{story}");
    assert_eq!(one_conference::told(1, 0).unwrap(), story);
    assert_ne!(one_conference::told(1, 1).unwrap(), story);
}

#[test]
fn the_example_of_a_study_is_the_run_of_the_command() {
    let folder = Folder::new();
    let told = a_study::told(&folder.path("run")).unwrap();
    folder.comity(&["run", "minimal", "-n", "200", "-s", "1", "--quiet", "--out", "same"]).well();
    assert!(told.contains(&format!("digest {}\n", digest(&folder, "same"))), "{told}");
    assert!(told.contains("200 replications under seed 1") && told.ends_with("parties.csv.\n"), "{told}");
    let summary = folder.read("same/summary.csv");
    let line = summary.lines().find(|line| line.starts_with("talks,data_flows,adopted,")).unwrap();
    let share: f64 = line.split(',').nth(3).unwrap().parse().unwrap();
    assert!(told.contains(&format!("data_flows is in it: {share:.2} (")), "{line}\n{told}");
}

#[test]
fn the_example_of_rules_finds_more_text_the_fewer_can_refuse() {
    let found = change_the_rule::adopted(&change_the_rule::RULES, 200).unwrap();
    let shares: Vec<f64> = found.iter().map(|(_, share)| *share).collect();
    assert!(shares.is_sorted() && shares[0] < shares[2], "{found:?}");
    let same = change_the_rule::adopted(&change_the_rule::RULES[..1], 200).unwrap();
    assert_eq!(same[0], found[0], "the same rule gives the same");
}

#[test]
fn a_system_from_outside_acts_in_its_phase() {
    let (alone, mediated) = my_own_system::objections(200).unwrap();
    assert!(mediated < 0.97 * alone, "{alone} objections without a mediator, {mediated} with one");
}

#[test]
fn examples_fit_a_page() {
    let lines = |text: &str| text.lines().count() <= 60;
    let mut found = 0;
    for entry in fs::read_dir(home().join("examples")).unwrap() {
        let path = entry.unwrap().path();
        assert!(lines(&fs::read_to_string(&path).unwrap()), "{} is longer than 60 lines", path.display());
        found += 1;
    }
    assert_eq!(found, 4, "an example without a test?");
    assert!(!lines(&"\n".repeat(61)));
}

/// Packages of a lock file, each with its version.
fn locked(text: &str) -> BTreeSet<(&str, &str)> {
    let packages = text.split("[[package]]").skip(1).filter_map(|package| {
        let of =
            |key: &str| package.lines().find_map(|line| line.strip_prefix(key)).map(|value| value.trim_matches('"'));
        of("name = ").zip(of("version = "))
    });
    packages.collect()
}

#[test]
fn the_embedder_locks_nothing_that_comity_does_not() {
    let read = |path: &str| fs::read_to_string(home().join(path)).unwrap();
    let (theirs, ours) = (read("tests/data/embedder/Cargo.lock"), read("Cargo.lock"));
    let beyond: Vec<_> = locked(&theirs).difference(&locked(&ours)).copied().collect();
    assert_eq!(beyond, [("embedder", "0.0.0")], "build offline from what comity is built from");
    assert!(locked(&theirs).len() > 50 && !locked(&ours).contains(&("embedder", "0.0.0")));
}

/// Takes minutes, since it builds all that a program needs that has comity as a library: `make embed`.
#[test]
#[ignore = "builds a crate of its own: make embed"]
fn an_embedder_with_files_alone_gets_what_the_command_gives() {
    let folder = Folder::new();
    let manifest = home().join("tests/data/embedder/Cargo.toml");
    let output = std::process::Command::new(env!("CARGO"))
        .args(["run", "--offline", "--locked", "--quiet", "--manifest-path"])
        .arg(&manifest)
        .arg("--target-dir")
        .arg(home().join("target/embedder"))
        .arg("--")
        .arg(folder.path("mine"))
        .output()
        .expect("cargo runs");
    let said = crate::folder::Said::of(&output).well();
    let run = ["run", "minimal", "--set", "forum.talks.calendar.rounds=12", "-n", "40", "-s", "7", "--quiet"];
    folder.comity(&[&run[..], &["--out", "theirs"]].concat()).well();
    let mut lines = said.out.lines();
    assert_eq!(lines.next(), Some(digest(&folder, "theirs").as_str()));
    let summary = folder.read("theirs/summary.csv");
    let line = summary.lines().find(|line| line.starts_with("talks,data_flows,adopted,")).unwrap();
    let (told, written): (f64, f64) =
        (lines.next().unwrap().parse().unwrap(), line.split(',').nth(3).unwrap().parse().unwrap());
    assert!((told - written).abs() < 1e-4, "{told} and {written}");
    assert_eq!(different(&folder, "mine", "theirs"), Vec::<String>::new());
    assert!(said.out.contains("Verified: the same as recorded"), "{}", said.out);
    // It takes what it says it takes: nothing of the command comes with it.
    let lock = fs::read_to_string(home().join("tests/data/embedder/Cargo.lock")).unwrap();
    assert!(lock.contains("name = \"bevy_ecs\""));
    let tree = std::process::Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--locked", "--edges", "normal", "--prefix", "none", "--manifest-path"])
        .arg(&manifest)
        .output()
        .expect("cargo runs");
    let tree = crate::folder::Said::of(&tree).well().out;
    let has = |name: &str| tree.lines().any(|line| line.starts_with(&format!("{name} v")));
    assert!(has("bevy_ecs") && has("sha2"), "{tree}");
    for absent in ["clap", "miette", "indicatif", "comfy-table", "ctrlc", "rayon"] {
        assert!(!has(absent), "{absent} comes along");
    }
}
