//! The place of a run: taken at the start by one run alone, so that of runs side by side none is lost.

use std::collections::BTreeMap;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use comity::export::Staging;
use serde_json::Value;

use crate::folder::{Folder, Said};

fn start(folder: &Folder, arguments: &[&str]) -> Child {
    folder.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("comity runs")
}

fn ended(child: Child) -> Said {
    Said::of(&child.wait_with_output().unwrap())
}

fn manifest(folder: &Folder, place: &str) -> Value {
    serde_json::from_str(&folder.read(&format!("{place}/manifest.json"))).unwrap()
}

fn digest(said: &Said) -> String {
    said.out.trim_end().rsplit("digest ").next().unwrap().to_owned()
}

/// Folders directly below one.
fn below(folder: &Folder, of: &str) -> Vec<String> {
    let names = std::fs::read_dir(folder.path(of)).unwrap();
    let mut names: Vec<String> = names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// A run that goes on until it is killed, and has begun.
fn endless(folder: &Folder, arguments: &[&str], made: &str) -> Child {
    let mut child = start(folder, &[&["run", "minimal", "-n", "1000000000", "-t", "1", "-q"], arguments].concat());
    let begun = Instant::now();
    while !folder.path(made).join("clauses.csv").exists() {
        assert!(child.try_wait().unwrap().is_none(), "it ended: {:?}", child.wait_with_output());
        assert!(begun.elapsed() < Duration::from_secs(60), "it does not begin");
        std::thread::sleep(Duration::from_millis(5));
    }
    child
}

#[test]
fn twenty_four_runs_and_shards_started_at_once_all_end_each_in_a_place_of_its_own_with_the_right_bytes() {
    let folder = Folder::new();
    let (whole, shards) = (1..=12, 1..=12);
    let mut asked: Vec<Vec<String>> = whole.map(|seed| vec!["-s".into(), seed.to_string()]).collect();
    asked.extend(shards.map(|part| vec!["-s".into(), "99".into(), "--shard".into(), format!("{part}/12")]));
    let run = |asked: &[String], out: &[&str]| -> Vec<String> {
        let words = ["run", "minimal", "-n", "400", "-q"].into_iter().map(str::to_owned);
        words.chain(asked.iter().cloned()).chain(out.iter().map(|word| (*word).to_owned())).collect()
    };
    let started: Vec<Child> = asked
        .iter()
        .map(|asked| start(&folder, &run(asked, &[]).iter().map(String::as_str).collect::<Vec<_>>()))
        .collect();
    let said: Vec<Said> = started.into_iter().map(|child| ended(child).well()).collect();
    assert!(said.iter().all(|said| said.err.is_empty()), "{said:?}");

    let places = below(&folder, "results/minimal");
    let mut expected: Vec<String> = (1..=24).map(|number| format!("run-{number}")).collect();
    expected.sort();
    assert_eq!(places, expected, "a place each, and nothing left beside them");
    let there: BTreeMap<(String, u64), (String, String)> = places
        .iter()
        .map(|place| {
            let place = format!("results/minimal/{place}");
            let manifest = manifest(&folder, &place);
            let key = (manifest["seed"].as_str().unwrap().to_owned(), manifest["shard"]["part"].as_u64().unwrap());
            (key, (manifest["digest"].as_str().unwrap().to_owned(), folder.read(&format!("{place}/parties.csv"))))
        })
        .collect();
    assert_eq!(there.len(), 24, "each of them once");
    // Each as it is alone.
    let alone = Folder::new();
    for (no, (asked, said)) in asked.iter().zip(&said).enumerate() {
        let (seed, part) =
            (asked[1].clone(), asked.get(3).map_or(1, |part| part.split('/').next().unwrap().parse().unwrap()));
        let (found, parties) = &there[&(seed, part)];
        assert_eq!(*found, digest(said));
        if no % 4 == 0 {
            let out = format!("alone-{no}");
            let again = run(asked, &["--out", &out]);
            let again = alone.comity(&again.iter().map(String::as_str).collect::<Vec<_>>()).well();
            assert_eq!((digest(&again), alone.read(&format!("{out}/parties.csv"))), (found.clone(), parties.clone()));
        }
    }
}

#[test]
fn where_another_run_is_on_its_way_one_is_told_so_at_the_start() {
    let folder = Folder::new();
    let mut first = endless(&folder, &["--out", "a/run"], "a/.comity-run/made");
    let words = format!("process {} is still writing a run to a/run", first.id());
    let begun = Instant::now();
    folder.comity(&["run", "minimal", "-n", "1000000000", "--out", "a/run"]).fails(1, &words);
    folder
        .comity(&["run", "minimal", "-n", "5", "--out", "a/../a/run"])
        .fails(1, "is still writing a run to a/../a/run");
    assert!(begun.elapsed() < Duration::from_secs(60));
    // Another place is free, and so is the folder above.
    folder.comity(&["run", "minimal", "-n", "5", "--out", "a/run-2", "-q"]).well();
    // With --force it is kept beside: the first is not there yet to be replaced, and what is beside it is not touched.
    let said = folder.comity(&["run", "minimal", "-n", "5", "--out", "a/run", "--force", "-q"]).well();
    assert_eq!(said.err, "Note: a/run was taken by somebody else; what was computed stands in a/run-3.\n");
    assert_eq!(manifest(&folder, "a/run-3")["digest"], digest(&said));
    assert!(first.try_wait().unwrap().is_none() && folder.path("a/.comity-run/made/runs.csv").is_file());
    first.kill().unwrap();
    first.wait().unwrap();
}

#[test]
fn a_run_that_was_killed_blocks_its_place_for_nobody() {
    let folder = Folder::new();
    // Killed outright, it cannot clear up; counted places and named ones alike are free again.
    for (arguments, place) in [(&[][..], "results/minimal/run-1"), (&["--out", "mine"], "mine")] {
        let (above, name) = place.rsplit_once('/').unwrap_or((".", place));
        let left = format!("{above}/.comity-{name}");
        let mut killed = endless(&folder, arguments, &format!("{left}/made"));
        killed.kill().unwrap();
        killed.wait().unwrap();
        assert!(folder.path(&left).is_dir() && !folder.path(place).exists(), "what is left looks like no run");
        folder.comity(&["verify", &format!("{left}/made")]).fails(1, "is no run directory");
        let said = folder.comity(&[&["run", "minimal", "-n", "5"], arguments].concat()).well();
        assert!(said.err.starts_with(&format!("Wrote {place} in ")), "{}", said.err);
        assert!(!folder.path(&left).exists(), "it is cleared away");
    }
    // While one is alive its place is passed over.
    let mut alive = endless(&folder, &[], "results/minimal/.comity-run-2/made");
    let said = folder.comity(&["run", "minimal", "-n", "5"]).well();
    assert!(said.err.starts_with("Wrote results/minimal/run-3 in "), "{}", said.err);
    assert!(folder.path("results/minimal/.comity-run-2/made/runs.csv").is_file());
    alive.kill().unwrap();
    alive.wait().unwrap();
}

#[test]
fn of_runs_told_to_replace_one_place_at_once_none_is_lost() {
    let folder = Folder::new();
    folder.comity(&["run", "minimal", "-n", "5", "--out", "same", "-q"]).well();
    let force = |seed: u64| {
        let seed = seed.to_string();
        start(&folder, &["run", "minimal", "-n", "20000", "-t", "1", "-q", "--force", "--out", "same", "-s", &seed])
    };
    let started: Vec<Child> = (1..=4).map(force).collect();
    let said: Vec<Said> = started.into_iter().map(|child| ended(child).well()).collect();
    let places = below(&folder, ".");
    let found: Vec<Value> = places.iter().map(|place| manifest(&folder, place)["digest"].clone()).collect();
    for said in &said {
        assert!(found.contains(&digest(said).into()), "{} is in none of {places:?}", said.out);
    }
    assert_eq!((places.len(), places[0].as_str()), (4, "same"), "the first run was replaced by one of them");
    let beside = said.iter().filter(|said| said.err.contains("what was computed stands in same-")).count();
    assert_eq!(beside, 3);
}

/// What is put into a place by somebody else while a run is made that is to stand there.
fn meanwhile(folder: &Folder, force: bool, put: impl FnOnce(&Folder)) -> String {
    let staging = Staging::begin(&folder.path("x/run"), force).unwrap();
    put(folder);
    let published = staging.publish_files(&[("manifest.json", "{}".into()), ("t.csv", "computed\n".into())]).unwrap();
    assert_eq!(published.instead_of.is_some(), published.place != folder.path("x/run"));
    let name = published.place.file_name().unwrap().to_str().unwrap().to_owned();
    assert_eq!(folder.read(&format!("x/{name}/t.csv")), "computed\n");
    assert!(below(folder, "x").iter().all(|name| !name.starts_with(".comity")), "{:?}", folder.listing());
    name
}

#[test]
fn what_gets_into_a_place_meanwhile_is_left_and_the_result_is_kept_beside() {
    let folder = Folder::new;
    let of = |name: &'static str| {
        move |folder: &Folder| {
            folder.write(name, "theirs\n");
        }
    };
    for (put, kept) in [("x/run/manifest.json", "run-2"), ("x/run/letter.txt", "run-2"), ("x/run", "run-2")] {
        let folder = folder();
        assert_eq!(meanwhile(&folder, false, of(put)), kept);
        assert_eq!(folder.read(put), "theirs\n");
    }
    // Beside is free only what is free.
    let crowded = folder();
    crowded.write("x/run-2/letter.txt", "").write("x/run-3", "");
    assert_eq!(meanwhile(&crowded, false, of("x/run/a")), "run-4");
    // A run that was to be replaced is; another that stands there by then is not.
    let replaced = folder();
    replaced.write("x/run/manifest.json", "old");
    assert_eq!(meanwhile(&replaced, true, |_| ()), "run");
    assert_eq!(below(&replaced, "x"), ["run"]);
    let raced = folder();
    raced.write("x/run/manifest.json", "old");
    assert_eq!(meanwhile(&raced, true, of("x/run/manifest.json")), "run-2");
    assert_eq!(raced.read("x/run/manifest.json"), "theirs\n");
    // The control: where nothing gets there, or an empty folder alone, the place is the one that was asked for.
    assert_eq!(meanwhile(&folder(), false, |_| ()), "run");
    assert_eq!(meanwhile(&folder(), false, |folder| std::fs::create_dir(folder.path("x/run")).unwrap()), "run");
}

#[test]
#[cfg(unix)]
fn what_cannot_be_put_in_place_is_left_complete_and_the_next_run_finds_it() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let staging = Staging::begin(&folder.path("x/run"), false).unwrap();
    let set = |mode| std::fs::set_permissions(folder.path("x"), std::fs::Permissions::from_mode(mode)).unwrap();
    set(0o555);
    let published = staging.publish_files(&[("manifest.json", "{}".into())]);
    set(0o755);
    // Who may do everything is not held up by permissions.
    let Err(problems) = published else { return };
    assert!(problems.to_string().contains("x/.comity-run/made"), "{problems}");
    assert!(
        Staging::begin(&folder.path("x/run"), false)
            .is_err_and(|told| told.to_string().contains("already holds a run"))
    );
    assert_eq!(folder.listing(), ["x/", "x/run/", "x/run/manifest.json"]);
}
