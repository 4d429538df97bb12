//! The run directory: its files, what stands in them, and that the same run gives the same bytes.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::folder::Folder;
use crate::spreadsheets;

/// Tables of every run directory, and the first columns that the world may rely on.
const TABLES: [(&str, &str); 6] = [
    ("runs", "replication,forum,concluded,rounds,clauses_adopted,clauses_dropped,parties"),
    ("clauses", "replication,forum,clause,adopted,rung,position,round"),
    ("parties", "replication,forum,country,signed,ratified,in_force_year,gain,concession,distance"),
    ("imputed", "country,clause,quantity,value,uncertainty,method"),
    ("blockers", "forum,country,clause,objections,decisive"),
    ("summary", "forum,subject,measure,mean,ci_low,ci_high,n"),
];

/// What tells the rows of each table apart.
const KEYS: [(&str, &[&str]); 6] = [
    ("runs", &["replication", "forum"]),
    ("clauses", &["replication", "forum", "clause"]),
    ("parties", &["replication", "forum", "country"]),
    ("imputed", &["forum", "country", "clause", "quantity"]),
    ("blockers", &["forum", "country", "clause"]),
    ("summary", &["forum", "kind", "subject", "measure"]),
];

/// A scenario over tables, with imputed mandates, a ladder, a continuous clause, two forums, and names that CSV has to
/// quote.
fn talks(folder: &Folder) -> &'static str {
    let odd = |text: &str| text.replace("CAR", "\"Car, \"\"the\"\" Great\"").replace("spam", "\"spam, ham\"");
    let second = "[forum.annex]\nname = \"Annex\"\nmembers = [\"ALB\", \"BOR\"]\nundertaking = \"modular\"\n\
                  calendar = { start = 2026-01-01, rounds = 2 }\n";
    folder
        .write("in/talks.toml", spreadsheets::SCENARIO.to_owned() + second)
        .write("in/countries.csv", odd(spreadsheets::COUNTRIES))
        .write("in/indicators.csv", odd(spreadsheets::INDICATORS))
        .write("in/clauses.csv", odd(spreadsheets::CLAUSES))
        .write("in/evidence.csv", odd(spreadsheets::EVIDENCE))
        .write("in/members.csv", odd(spreadsheets::MEMBERS));
    "in/talks.toml"
}

/// Runs quietly and returns the digest it prints.
fn run(folder: &Folder, out: &str, scenario: &str, arguments: &[&str]) -> String {
    let said = folder.comity(&[&["run", scenario, "--out", out, "--quiet"], arguments].concat()).well();
    said.out.trim_end().rsplit("digest ").next().expect("a digest").to_owned()
}

fn tables(folder: &Folder, run: &str) -> Vec<String> {
    TABLES.iter().map(|(table, _)| folder.read(&format!("{run}/{table}.csv"))).collect()
}

fn json(folder: &Folder, path: &str) -> Value {
    serde_json::from_str(&folder.read(path)).expect("valid JSON")
}

/// A table as its rows by column; fails where it is not strictly CSV.
fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(text.as_bytes());
    reader.deserialize().collect::<Result<_, _>>().expect("rows as long as the header")
}

#[test]
fn a_run_directory_has_the_files_of_the_contract_and_no_other() {
    let folder = Folder::new();
    let scenario = talks(&folder);
    run(&folder, "out/run", scenario, &["-n", "10"]);
    let files: Vec<String> =
        folder.listing().into_iter().filter_map(|name| Some(name.strip_prefix("out/run/")?.to_owned())).collect();
    let expected = [
        "",
        "blockers.csv",
        "clauses.csv",
        "datapackage.json",
        "imputed.csv",
        "manifest.json",
        "partial.json",
        "parties.csv",
        "runs.csv",
        "scenario.toml",
        "summary.csv",
        "tables/",
        "tables/clauses.csv",
        "tables/countries.csv",
        "tables/evidence.csv",
        "tables/indicators.csv",
        "tables/members-talks.csv",
    ];
    assert_eq!(files, expected);
    for (table, columns) in TABLES {
        let text = folder.read(&format!("out/run/{table}.csv"));
        assert!(text.starts_with(&format!("{columns},")) || text.starts_with(&format!("{columns}\n")), "{table}");
    }
}

#[test]
fn a_run_directory_can_be_read_by_others() {
    let folder = Folder::new();
    run(&folder, "run", "minimal", &["-n", "1"]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |name: &str| std::fs::metadata(folder.path(name)).unwrap().permissions().mode() & 0o755;
        assert_eq!(mode("run"), 0o755, "as any other folder, not as a temporary one");
    }
}

#[test]
fn the_same_run_gives_the_same_bytes_on_any_number_of_threads() {
    let folder = Folder::new();
    let own = talks(&folder);
    for (scenario, replications) in [("minimal", "300"), ("wto-jsi", "40"), ("cptpp", "40"), (own, "200")] {
        let name = scenario.replace(['/', '.'], "-");
        let runs = [("1", "one"), ("2", "two"), ("1", "again"), ("7", "seven")].map(|(threads, place)| {
            let place = format!("{name}/{place}");
            let digest = run(&folder, &place, scenario, &["-n", replications, "--threads", threads]);
            (digest, tables(&folder, &place))
        });
        assert!(runs.iter().all(|run| *run == runs[0]), "{scenario}");
    }
}

#[test]
fn another_seed_gives_another_run_of_the_same_mandates() {
    let folder = Folder::new();
    let scenario = talks(&folder);
    let one = run(&folder, "one", scenario, &["-n", "50", "--seed", "1"]);
    let two = run(&folder, "two", scenario, &["-n", "50", "--seed", "2"]);
    assert_ne!(one, two);
    let (one, two) = (tables(&folder, "one"), tables(&folder, "two"));
    let same: Vec<bool> = one.iter().zip(&two).map(|(one, two)| one == two).collect();
    assert_eq!(same, [false, false, false, true, false, false], "runs, clauses, parties, imputed, blockers, summary");
}

#[test]
fn more_replications_only_add_rows() {
    let folder = Folder::new();
    run(&folder, "few", "minimal", &["-n", "40"]);
    run(&folder, "many", "minimal", &["-n", "100"]);
    for table in ["runs", "clauses", "parties"] {
        let (few, many) = (folder.read(&format!("few/{table}.csv")), folder.read(&format!("many/{table}.csv")));
        assert!(many.starts_with(&few) && many.len() > few.len(), "{table}");
    }
}

#[test]
fn the_shards_of_a_run_are_the_run_cut_in_pieces() {
    let folder = Folder::new();
    run(&folder, "whole", "minimal", &["-n", "80"]);
    for part in 1..=3 {
        run(&folder, &format!("part-{part}"), "minimal", &["-n", "80", "--shard", &format!("{part}/3")]);
    }
    for table in ["runs", "clauses", "parties"] {
        let whole = folder.read(&format!("whole/{table}.csv"));
        let (header, body) = whole.split_once('\n').unwrap();
        let parts = (1..=3).map(|part| folder.read(&format!("part-{part}/{table}.csv")));
        let bodies: Vec<String> = parts.map(|text| text.strip_prefix(header).unwrap()[1..].to_owned()).collect();
        assert!(bodies.iter().all(|body| body.lines().count() >= 16), "{table}: no shard is left out");
        assert_eq!(bodies.concat(), body, "{table}");
    }
    // What is counted over replications adds up.
    let counts = |run: &str| -> BTreeMap<String, [u64; 4]> {
        let rows = rows(&folder.read(&format!("{run}/blockers.csv")));
        let counts = ["objections", "decisive", "held_up", "in_minimal_set"];
        rows.iter().map(|row| (row["country"].clone(), counts.map(|count| row[count].parse().unwrap()))).collect()
    };
    let whole = counts("whole");
    let mut sum: BTreeMap<String, [u64; 4]> = BTreeMap::new();
    for (country, counts) in (1..=3).flat_map(|part| counts(&format!("part-{part}"))) {
        let sum = sum.entry(country).or_default();
        sum.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
    }
    assert!(whole.values().any(|[_, _, held_up, in_set]| *held_up > 1 && *in_set > 1), "{whole:?}");
    assert_eq!(sum, whole);
    let shard = &json(&folder, "part-2/manifest.json")["shard"];
    assert_eq!(*shard, serde_json::json!({ "part": 2, "of": 3, "first": 32, "end": 64 }));
}

#[test]
fn a_shard_without_a_replication_is_a_run_without_rows() {
    let folder = Folder::new();
    run(&folder, "run", "minimal", &["-n", "2", "--shard", "2/4"]);
    assert_eq!(folder.read("run/runs.csv").lines().count(), 1);
    folder.comity(&["verify", "run"]).well();
    folder.comity(&["replay", "run", "-r", "0"]).fails(1, "its shard is empty");
    for row in rows(&folder.read("run/summary.csv")) {
        // Voting power follows from the rules alone.
        let of_rules = ["shapley_shubik", "banzhaf"].contains(&row["measure"].as_str());
        assert_eq!((row["n"].as_str(), row["mean"].is_empty()), ("0", !of_rules), "no value is empty, not 0: {row:?}");
    }
}

#[test]
fn tables_that_are_not_wanted_are_not_written_and_change_nothing_else() {
    let folder = Folder::new();
    let all = run(&folder, "all", "minimal", &["-n", "30"]);
    for (list, missing) in [
        ("none", &["runs.csv", "clauses.csv", "parties.csv"][..]),
        ("runs", &["clauses.csv", "parties.csv"]),
        ("parties,clauses,runs", &[]),
    ] {
        let place = list.replace(',', "-");
        assert_eq!(run(&folder, &place, "minimal", &["-n", "30", "--tables", list]), all, "{list}");
        let listing = |place: &str| -> BTreeSet<String> {
            folder
                .listing()
                .iter()
                .filter_map(|name| Some(name.strip_prefix(&format!("{place}/"))?.to_owned()))
                .collect()
        };
        let gone: Vec<String> = listing("all").difference(&listing(&place)).cloned().collect();
        let mut missing = missing.to_vec();
        missing.sort_unstable();
        assert_eq!(gone, missing, "{list}");
        let named = json(&folder, &format!("{place}/manifest.json"))["tables"].as_array().unwrap().len();
        assert_eq!(named, TABLES.len() - missing.len());
    }
}

#[test]
fn the_manifest_tells_what_was_run_and_the_digest_that_was_printed() {
    let folder = Folder::new();
    let scenario = talks(&folder);
    let printed = run(&folder, "run", scenario, &["-n", "12", "--seed", "5", "--threads", "2"]);
    let manifest = json(&folder, "run/manifest.json");
    assert_eq!(manifest["digest"], printed.as_str());
    assert_eq!((&manifest["seed"], &manifest["replications"]), (&"5".into(), &12.into()));
    assert_eq!(manifest["shard"], serde_json::json!({ "part": 1, "of": 1, "first": 0, "end": 12 }));
    assert_eq!(manifest["comity"], env!("CARGO_PKG_VERSION"));
    assert_eq!((&manifest["scenario"], &manifest["title"]), (&"talks.toml".into(), &"Tables".into()));
    assert_eq!(manifest["host"]["threads"], 2);
    assert_eq!(manifest["command"].as_array().unwrap()[1..3], [Value::from("run"), "talks.toml".into()]);
    // The digest is the one that docs/results.md tells how to compute.
    let lines = TABLES.map(|(table, _)| format!("{table} {}\n", sha256(folder.read(&format!("run/{table}.csv")))));
    assert_eq!(sha256(lines.concat()), printed);
}

fn sha256(bytes: impl AsRef<[u8]>) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn the_hash_of_a_scenario_is_that_of_its_meaning_not_of_its_place() {
    let folder = Folder::new();
    talks(&folder);
    let text = folder.read("in/talks.toml");
    folder.write("in/spaced.toml", text.replace("title", "# a comment\n\ntitle").replace(" = ", "   =  "));
    let hash = |out: &str, scenario: &str, arguments: &[&str]| {
        run(&folder, out, scenario, &[&["-n", "1"], arguments].concat());
        json(&folder, &format!("{out}/manifest.json"))["scenario_sha256"].clone()
    };
    let first = hash("first", "in/talks.toml", &[]);
    assert_eq!(hash("seed", "in/talks.toml", &["--seed", "9"]), first);
    assert_eq!(hash("spaced", "in/spaced.toml", &[]), first);
    assert_ne!(hash("set", "in/talks.toml", &["--set", "forum.talks.calendar.rounds=4"]), first);
    folder.write("in/members.csv", folder.read("in/members.csv").replace("2.5", "2.6"));
    assert_ne!(hash("table", "in/talks.toml", &[]), first);
}

#[test]
fn the_data_package_describes_every_table_column_by_column() {
    let folder = Folder::new();
    let scenario = talks(&folder);
    run(&folder, "run", scenario, &["-n", "10"]);
    let package = json(&folder, "run/datapackage.json");
    let resources = package["resources"].as_array().unwrap();
    let described: BTreeSet<&str> = resources.iter().filter_map(|resource| resource["path"].as_str()).collect();
    assert_eq!(described, TABLES.map(|(table, _)| format!("{table}.csv")).iter().map(String::as_str).collect());
    for resource in resources {
        let text = folder.read(&format!("run/{}", resource["path"].as_str().unwrap()));
        assert_eq!(resource["bytes"], text.len());
        assert_eq!(resource["hash"], format!("sha256:{}", sha256(&text)));
        let fields = resource["schema"]["fields"].as_array().unwrap();
        let names: Vec<&str> = fields.iter().filter_map(|field| field["name"].as_str()).collect();
        assert_eq!(names.join(","), text.lines().next().unwrap());
        for field in fields {
            for part in ["type", "unit", "description"] {
                assert!(field[part].as_str().is_some_and(|text| !text.is_empty()), "{field}");
            }
        }
        for row in rows(&text) {
            for field in fields {
                let (name, cell) = (field["name"].as_str().unwrap(), row[field["name"].as_str().unwrap()].as_str());
                let fits = match field["type"].as_str().unwrap() {
                    "boolean" => matches!(cell, "true" | "false" | ""),
                    "integer" => cell.is_empty() || cell.parse::<u64>().is_ok_and(|number| number.to_string() == cell),
                    "number" => cell.is_empty() || is_a_fraction(cell, resource["name"] == "summary"),
                    "string" => !cell.is_empty(),
                    other => panic!("{other} is no type of a column"),
                };
                assert!(fits, "{name}: {cell:?} in {row:?}");
            }
        }
    }
}

/// Whether a cell of a column of fractions has its one form: plain decimals with a point, at least one of them, four in the
/// summary, and never three, which some spreadsheets take for thousands; nothing added but zeros.
fn is_a_fraction(cell: &str, summary: bool) -> bool {
    let Some((whole, decimals)) = cell.split_once('.') else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let plain = digits(whole.strip_prefix('-').unwrap_or(whole)) && digits(decimals);
    let shortest = cell.parse::<f64>().map(|number| number.to_string()).unwrap_or_default();
    let added = cell.strip_prefix(shortest.as_str()).unwrap_or("x").trim_start_matches('.');
    let as_short = decimals.len() == if summary { 4 } else { 1 } || added.is_empty() || decimals.len() == 4;
    plain && decimals.len() != 3 && (!summary || decimals.len() >= 4) && added.bytes().all(|b| b == b'0') && as_short
}

#[test]
fn a_column_of_fractions_has_one_form_and_what_departs_from_it_is_seen() {
    for sound in ["1.0", "0.5", "0.1250", "-2.25", "0.30000000000000004"] {
        assert!(is_a_fraction(sound, false), "{sound}");
    }
    for sound in ["1.0000", "0.9850", "66.7000", "0.30000000000000004"] {
        assert!(is_a_fraction(sound, true), "{sound}");
    }
    for wrong in ["1", "0.125", "1e-7", ".5", "5.", "0.50000", "nan", "inf", "1,5"] {
        assert!(!is_a_fraction(wrong, false), "{wrong}");
    }
    assert!(["0.985", "1.0", "0.5"].iter().all(|wrong| !is_a_fraction(wrong, true)));
}

#[test]
fn tables_are_strict_csv_in_which_no_row_stands_twice() {
    let folder = Folder::new();
    let scenario = talks(&folder);
    run(&folder, "run", scenario, &["-n", "30"]);
    for (table, key) in KEYS {
        let text = folder.read(&format!("run/{table}.csv"));
        assert!(text.ends_with('\n') && !text.contains('\r') && !text.starts_with('\u{feff}'), "{table}");
        let rows = rows(&text);
        assert!(rows.len() > 3, "{table}");
        let keys: BTreeSet<Vec<&str>> =
            rows.iter().map(|row| key.iter().map(|column| row[*column].as_str()).collect()).collect();
        assert_eq!(keys.len(), rows.len(), "{table}");
        for cell in rows.iter().flat_map(BTreeMap::values) {
            let word = cell.to_lowercase();
            assert!(
                !["nan", "inf", "-inf", "infinity", "null", "none", "-0"].contains(&word.as_str()),
                "{table}: {cell}"
            );
        }
    }
    let quoted = rows(&folder.read("run/imputed.csv"));
    assert!(quoted.iter().any(|row| row["country"] == "Car, \"the\" Great" && row["clause"] == "data_flows"));
}

#[test]
fn rows_stand_in_the_order_of_replications_and_then_of_the_scenario() {
    let folder = Folder::new();
    let scenario = talks(&folder);
    run(&folder, "run", scenario, &["-n", "70", "--threads", "3"]);
    let found: Vec<(String, String, String)> = rows(&folder.read("run/clauses.csv"))
        .into_iter()
        .map(|mut row| ["replication", "forum", "clause"].map(|column| row.remove(column).unwrap()).into())
        .collect();
    let mut expected = Vec::new();
    for replication in 0..70 {
        for forum in ["talks", "annex"] {
            for clause in ["data_flows", "spam, ham"] {
                expected.push((replication.to_string(), forum.to_owned(), clause.to_owned()));
            }
        }
    }
    assert_eq!(found, expected);
}

#[test]
fn a_text_that_was_not_adopted_has_no_rung_and_no_position() {
    let folder = Folder::new();
    run(&folder, "run", "minimal", &["-n", "200"]);
    let rows = rows(&folder.read("run/clauses.csv"));
    let (adopted, not): (Vec<_>, Vec<_>) = rows.iter().partition(|row| row["adopted"] == "true");
    assert!(adopted.len() > 20 && not.len() > 5, "both happen: {} and {}", adopted.len(), not.len());
    assert!(adopted.iter().all(|row| !row["rung"].is_empty() && !row["position"].is_empty()));
    assert!(not.iter().all(|row| row["rung"].is_empty() && row["position"].is_empty()));
}
