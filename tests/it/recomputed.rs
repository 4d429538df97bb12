//! The summary against the tables: every measure that the tables can tell is worked out anew from them, with code of its own,
//! and comes to the same.

mod value;

use std::collections::{BTreeMap, BTreeSet};

use comity::scenario::after::Kind;
use comity::scenario::check::load;
use comity::scenario::source::{Disk, Memory};
use comity::scenario::{Forum, Scenario};

use value::{Played, is, said, value};

use crate::folder::Folder;
use crate::promise::{Kept, must};
use crate::talks::Talks;

type Row = BTreeMap<String, String>;

/// The tables of a run, by forum and replication.
struct Tables {
    runs: Vec<Row>,
    clauses: BTreeMap<(String, String), Vec<Row>>,
    parties: BTreeMap<(String, String), Vec<Row>>,
    imputed: BTreeSet<[String; 3]>,
    summary: Vec<Row>,
}

fn rows(text: &str) -> Vec<Row> {
    csv::Reader::from_reader(text.as_bytes()).deserialize().collect::<Result<_, _>>().expect("a table")
}

impl Tables {
    /// Those of a run directory, each as `doctor` leaves it.
    fn read(folder: &Folder, run: &str, doctor: impl Fn(&str, String) -> String) -> Tables {
        let table = |name: &str| rows(&doctor(name, folder.read(&format!("{run}/{name}.csv"))));
        let by_run = |name: &str| {
            let mut found: BTreeMap<(String, String), Vec<Row>> = BTreeMap::new();
            for row in table(name) {
                found.entry((row["forum"].clone(), row["replication"].clone())).or_default().push(row);
            }
            found
        };
        let imputed =
            table("imputed").into_iter().map(|row| ["forum", "country", "clause"].map(|key| row[key].clone()));
        Tables {
            runs: table("runs"),
            clauses: by_run("clauses"),
            parties: by_run("parties"),
            imputed: imputed.collect(),
            summary: table("summary"),
        }
    }
}

/// Share of pairs of countries with no text in common, in one replication.
fn pairs_apart(scenario: &Scenario, tables: &Tables, replication: &str) -> Option<f64> {
    let mut texts: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for forum in scenario.forums.iter().filter(|forum| forum.after.kind == Kind::Treaty) {
        for row in &tables.parties[&(forum.id.clone(), replication.to_owned())] {
            let of = texts.entry(row["country"].as_str()).or_default();
            let horizon = scenario.aftermath.is_some();
            if if horizon { said(row, "in_force_year").is_some() } else { is(row, "party") } {
                of.insert(&forum.id);
            }
        }
    }
    let all: Vec<&BTreeSet<&str>> = texts.values().collect();
    let pairs =
        all.iter().enumerate().flat_map(|(no, one)| all[no + 1..].iter().map(move |other| one.is_disjoint(other)));
    let apart: Vec<bool> = pairs.collect();
    (!apart.is_empty()).then(|| apart.iter().filter(|apart| **apart).count() as f64 / apart.len() as f64)
}

/// Holds every line of the summary against the tables; the measures that were.
fn held(scenario: &Scenario, tables: &Tables) -> Result<BTreeSet<String>, String> {
    let mut held = BTreeSet::new();
    let replications: BTreeSet<&str> = tables.runs.iter().map(|row| row["replication"].as_str()).collect();
    // A country of the other body that may not accede has no row in `parties.csv`.
    let listed =
        scenario.forums.iter().all(|forum| forum.after.incorporation.is_none() && forum.after.notice_days.is_none());
    for line in &tables.summary {
        let at = format!("{},{},{}", line["forum"], line["subject"], line["measure"]);
        let values: Vec<f64> = match scenario.forums.iter().find(|forum| forum.id == line["forum"]) {
            Some(forum) => {
                let Some(value) = value(scenario, forum, line) else { continue };
                let runs = tables.runs.iter().filter(|row| row["forum"] == forum.id);
                let played = runs.filter_map(|run| {
                    let key = (forum.id.clone(), run["replication"].clone());
                    let parties = &tables.parties[&key];
                    let members = &parties[..forum.members.len()];
                    value(&Played { run, clauses: &tables.clauses[&key], members, candidates: parties })
                });
                shares(scenario, tables, forum, line).map_err(|why| format!("{at}: {why}"))?;
                played.collect()
            }
            None if line["measure"] == "pairs_without_text" && listed => {
                replications.iter().filter_map(|replication| pairs_apart(scenario, tables, replication)).collect()
            }
            None => continue,
        };
        must(line["n"] == values.len().to_string(), || format!("{at}: n {} and not {}", line["n"], values.len()))?;
        let mean = (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64);
        let close = match (said(line, "mean"), mean) {
            (Some(found), Some(mean)) => (found - mean).abs() <= 1e-9 * f64::max(1.0, mean.abs()),
            (found, mean) => found == mean,
        };
        must(close, || format!("{at}: {:?} and not {mean:?}", said(line, "mean")))?;
        held.insert(format!(
            "{} {}",
            line["kind"],
            line["measure"].split('_').next().filter(|word| *word == "rung").unwrap_or(&line["measure"])
        ));
    }
    Ok(held)
}

/// Holds the shares imputed and unverified of a line against the tables.
fn shares(scenario: &Scenario, tables: &Tables, forum: &Forum, line: &Row) -> Kept {
    let subject = &line["subject"];
    let seat = forum.members.iter().any(|member| scenario.countries[member.country].id == *subject);
    let (all, at) = match line["kind"].as_str() {
        "talks" => (forum.members.len() * forum.agenda.len(), None),
        "clause" => (forum.members.len(), Some(2)),
        _ if seat => (forum.agenda.len(), Some(1)),
        _ => return must(line["imputed"].is_empty(), || "an outsider".into()),
    };
    // Who has no seat is imputed too, and counts in no line.
    let seats: BTreeSet<&str> =
        forum.members.iter().map(|member| scenario.countries[member.country].id.as_str()).collect();
    let of_forum = tables.imputed.iter().filter(|key| key[0] == forum.id && seats.contains(key[1].as_str()));
    let imputed = of_forum.filter(|key| at.is_none_or(|at| key[at] == *subject)).count() as f64 / all as f64;
    let first = (forum.id.clone(), tables.runs[0]["replication"].clone());
    let find = |rows: &[Row], column: &str| {
        rows.iter().find(|row| row[column] == *subject).and_then(|row| said(row, "unverified"))
    };
    let unverified = match line["kind"].as_str() {
        "talks" => tables.runs.iter().find(|row| row["forum"] == forum.id).and_then(|row| said(row, "unverified")),
        "clause" => find(&tables.clauses[&first], "clause"),
        _ => find(&tables.parties[&first], "country"),
    };
    let close = |column: &str, share: f64| said(line, column).is_some_and(|found| (found - share).abs() < 1e-9);
    must(close("imputed", imputed), || format!("imputed {} and not {imputed}", line["imputed"]))?;
    let unverified = unverified.unwrap_or(f64::NAN) / all as f64;
    must(close("unverified", unverified), || format!("unverified {} and not {unverified}", line["unverified"]))
}

/// Talks with every offer, so that every measure of what is offered has its line.
fn everything_on_offer() -> String {
    let talks = Talks::of(&[
        (3.0, &[0.9, 0.2, 0.7]),
        (2.0, &[0.1, 0.8, 0.6]),
        (2.0, &[0.5, 0.5, 0.0]),
        (1.0, &[0.7, 0.1, 0.9]),
    ])
    .with("linkage", "{}")
    .with("first_reading", "{ sponsors = 1 }")
    .with("flexibility", "{}")
    .with("opt_outs", "{ at_most = 1 }")
    .with("co_sponsorship", "{ gain = 0.01 }")
    .with("rule", "{ qualified_majority = { share = 0.66 } }");
    format!("horizon = 2040-12-31\n{}", talks.text())
}

/// Talks by modules, from which members may stay away, and a second forum of two of the three.
fn by_modules() -> String {
    let talks = Talks::of(&[(3.0, &[0.9, 0.2]), (2.0, &[0.1, 0.8]), (2.0, &[0.5, 0.0])]);
    talks.with("undertaking", "'modular'").text()
        + "\n[forum.annex]\nname = \"Annex\"\nmembers = [\"n0\", \"n1\"]\n\
           calendar = { start = 2026-01-01, rounds = 2 }\n"
}

#[test]
fn the_summary_is_what_the_tables_come_to() {
    let folder = Folder::new();
    folder.write("offers.toml", everything_on_offer()).write("modules.toml", by_modules());
    let mut held_somewhere = BTreeSet::new();
    for (name, replications) in [
        ("minimal", "40"),
        ("modules.toml", "40"),
        ("offers.toml", "60"),
        ("depa", "40"),
        ("cptpp", "12"),
        ("rcep", "12"),
        ("wto-jsi-incorporation", "4"),
        ("un-gdc", "2"),
        ("digital-order", "1"),
    ] {
        folder.comity(&["run", name, "-n", replications, "-q", "--out", name.trim_end_matches(".toml")]).well();
        let run = name.trim_end_matches(".toml");
        let scenario =
            load(&folder.path(&format!("{run}/scenario.toml")).to_string_lossy(), &[], &Disk).expect("it holds");
        let tables = Tables::read(&folder, run, |_, text| text);
        held_somewhere.extend(held(&scenario.scenario, &tables).unwrap_or_else(|why| panic!("{name}: {why}")));
    }
    for measure in [
        "country ratified",
        "country acceded",
        "country bound_at_horizon",
        "talks in_force",
        "talks without_a_vote",
        "talks world_gdp_at_horizon",
        "clause rung",
        "clause opt_outs",
        "talks co_sponsors",
        "talks exchanges",
        "world pairs_without_text",
        "talks gain_share_ldc",
        "talks income_gap",
        "talks incorporated",
    ] {
        assert!(held_somewhere.contains(measure), "{measure} was held nowhere: {held_somewhere:?}");
    }
}

#[test]
fn a_doctored_table_is_noticed() {
    let folder = Folder::new();
    folder.comity(&["run", "depa", "-n", "20", "-q", "--out", "run"]).well();
    let scenario = load("depa", &[], &Memory(Default::default())).expect("it holds").scenario;
    let doctored = |table: &'static str, change: fn(&str) -> String| {
        held(&scenario, &Tables::read(&folder, "run", |name, text| if name == table { change(&text) } else { text }))
    };
    assert!(doctored("runs", str::to_owned).is_ok());
    // Who acceded ratified too: what `ratified` once meant in this table.
    let as_before = |text: &str| {
        let accede = |line: &str| {
            let mut cells: Vec<&str> = line.split(',').collect();
            if cells.last() == Some(&"true") {
                cells[4] = "true";
            }
            cells.join(",") + "\n"
        };
        text.lines().map(accede).collect()
    };
    let why = doctored("parties", as_before).unwrap_err();
    assert!(why.contains(",ratified: "), "{why}");
    for (table, change) in [
        ("runs", (|text| text.replacen("0,depa,true", "0,depa,false", 1)) as fn(&str) -> String),
        ("clauses", |text| text.replacen(",data_flows,true,4,", ",data_flows,true,3,", 1)),
        ("imputed", |text| {
            // A value of a country without a seat, given to one that has one.
            let (header, rows) = text.split_once('\n').expect("a header");
            format!("{header}\nCHL,{}", rows.split_once(',').expect("a row").1)
        }),
        ("summary", |text| text.replacen("depa,talks,rounds,", "depa,talks,rounds,1", 1)),
    ] {
        assert!(doctored(table, change).is_err(), "{table}");
    }
}

#[test]
fn in_parties_a_founder_is_told_from_one_that_acceded() {
    let folder = Folder::new();
    folder.comity(&["run", "depa", "-n", "40", "-q", "--out", "run"]).well();
    let table = rows(&folder.read("run/parties.csv"));
    let korea = table.iter().filter(|row| row["country"] == "KOR");
    assert!(
        korea.clone().all(|row| !is(row, "ratified") && !is(row, "signed"))
            && korea.clone().any(|row| is(row, "acceded"))
    );
    let chile = table.iter().filter(|row| row["country"] == "CHL");
    assert!(chile.clone().all(|row| !is(row, "acceded")) && chile.clone().any(|row| is(row, "ratified")));
    // Nobody is both; and without a horizon nothing is said of either.
    assert!(!table.iter().any(|row| is(row, "acceded") && (is(row, "ratified") || is(row, "signed"))));
    folder.comity(&["run", "minimal", "-n", "2", "-q", "--out", "without"]).well();
    assert!(
        rows(&folder.read("without/parties.csv"))
            .iter()
            .all(|row| row["ratified"].is_empty() && row["acceded"].is_empty())
    );
}

#[test]
fn blockers_tell_in_how_many_replications_they_objected() {
    let folder = Folder::new();
    for (name, replications) in [("rcep", 20.0), ("depa", 40.0)] {
        folder.comity(&["run", name, "-n", &replications.to_string(), "-q", "--out", name]).well();
        let table = rows(&folder.read(&format!("{name}/blockers.csv")));
        assert!(!table.is_empty());
        for row in &table {
            let of = |column: &str| said(row, column).expect("a count");
            assert!(of("held_up") <= of("replications") && of("replications") <= of("objections"), "{row:?}");
            assert!(of("replications") >= 1.0 && of("replications") <= replications, "{row:?}");
        }
        // Objections are counted over rounds: somewhere there are more than replications.
        assert!(table.iter().any(|row| said(row, "objections") > said(row, "replications")));
    }
}
