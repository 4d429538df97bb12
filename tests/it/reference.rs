//! The reference runs under results/reference: what the findings rest on. Each is made again, in the development profile,
//! and compared byte for byte with what is on record, which a release build wrote; its digest stands for all its tables.
//! And the page of findings says what the records say, figure by figure.
//!
//! `make reference` writes the records and the figures anew.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use crate::folder::{Folder, at_home, home};
use crate::promise::{Kept, must};

/// What is on record of each run: scenario, replications, seed, digest of all its tables.
const RUNS: &str = "runs.csv";
const PAGE: &str = "results/README.md";

fn records() -> PathBuf {
    home().join("results/reference")
}

fn writes() -> bool {
    let asked = std::env::var_os("COMITY_BLESS").is_some_and(|bless| bless == "1");
    assert!(!asked || !cfg!(debug_assertions), "reference runs are made by a release build: add --release");
    asked
}

/// Replications of a reference run: a thousand, fewer of the scenarios with every forum and every member of the United
/// Nations.
fn replications(scenario: &str) -> u64 {
    match scenario {
        "digital-order" | "cyber-attacks" | "breakthrough" => 60,
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
        if !country || ["party", "bound_at_horizon", "acceded"].contains(&&record[measure]) {
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
    let said = folder.comity(&arguments).well();
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

fn recorded() -> BTreeMap<String, String> {
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

/// Figures of the page: `[47 %](reference/rcep.csv "data_flows adopted")`, or with the forum in front where there are more.
fn figures(page: &str) -> Vec<(&str, &str, &str)> {
    let links = page.split("](reference/").zip(page.split("](reference/").skip(1));
    links
        .filter_map(|(before, after)| {
            let shown = &before[before.rfind('[')? + 1..];
            let (file, rest) = after.split_once(" \"")?;
            Some((shown, file, rest.split_once("\")")?.0))
        })
        .collect()
}

/// What a record says where a figure points, in the form of the figure: a share where it ends in `%`, else a number with as
/// many decimals as are shown.
fn says(shown: &str, file: &str, place: &str) -> Result<String, String> {
    let text = fs::read_to_string(records().join(file)).map_err(|error| format!("{file}: {error}"))?;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let words: Vec<&str> = place.split(' ').collect();
    let mut found = reader.records().map(Result::unwrap).filter(|record| match words.as_slice() {
        [subject, measure] => &record[1] == *subject && &record[2] == *measure,
        [forum, subject, measure] => &record[0] == *forum && &record[1] == *subject && &record[2] == *measure,
        _ => false,
    });
    let line = found.next().ok_or_else(|| format!("{file} has no line `{place}`"))?;
    must(found.next().is_none(), || format!("{file} has several lines `{place}`: name the forum"))?;
    let value: f64 = line[3].parse().map_err(|_| format!("{file}, `{place}`: no value"))?;
    let (value, unit) = if shown.ends_with(" %") { (100.0 * value, " %") } else { (value, "") };
    let decimals = shown.trim_end_matches(" %").split_once('.').map_or(0, |(_, decimals)| decimals.len());
    Ok(format!("{value:.decimals$}{unit}"))
}

#[test]
fn every_figure_of_the_findings_is_what_the_records_say() {
    let page = fs::read_to_string(home().join(PAGE)).unwrap();
    if writes() {
        return;
    }
    let all = figures(&page);
    assert!(all.len() > 60, "{} figures are links to records", all.len());
    let wrong: Vec<String> = all
        .into_iter()
        .filter_map(|(shown, file, place)| match says(shown, file, place) {
            Ok(now) => (now != shown).then(|| format!("{file} `{place}`: shown {shown}, on record {now}")),
            Err(why) => Some(why),
        })
        .collect();
    assert!(wrong.is_empty(), "`make reference` writes them anew:\n{}", wrong.join("\n"));
}

#[test]
fn a_figure_that_is_off_or_points_nowhere_is_found() {
    let page = r#"so [12.3 %](reference/minimal.csv "talks concluded") and [1](reference/minimal.csv "talks nothing")"#;
    let found = figures(page);
    assert_eq!(found.len(), 2);
    assert_ne!(says(found[0].0, found[0].1, found[0].2), Ok("12.3 %".into()));
    assert!(says(found[1].0, found[1].1, found[1].2).is_err());
}

/// Written only when asked for; with the figures of the page put right, whose words then want a look.
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
    let mut page = fs::read_to_string(home().join(PAGE)).unwrap();
    for (shown, file, place) in figures(&page.clone()) {
        let now = says(shown, file, place).unwrap_or_else(|why| panic!("{why}"));
        let link = |figure: &str| format!("[{figure}](reference/{file} \"{place}\")");
        page = page.replace(&link(shown), &link(&now));
    }
    fs::write(home().join(PAGE), page).unwrap();
}
