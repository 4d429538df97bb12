//! Whatever is done to a scenario or a table, reading it ends in a scenario that plays or in at least one problem.

use comity::conference::Conference;
use comity::scenario::check::load;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::folder::Folder;
use crate::spreadsheets::{Bytes, CLAUSES, COUNTRIES, EVIDENCE, INDICATORS, MEMBERS, SCENARIO};

/// One change of a text; places are shares of its length.
#[derive(Clone, Debug)]
enum Change {
    Delete(f64, usize),
    Insert(f64, Vec<u8>),
    Replace(f64, u8),
    SwapLines(f64, f64),
    RepeatLine(f64),
    Cut(f64),
}

/// Bits of text that mean something to TOML, to CSV or to numbers, and bytes that are not even text.
const TELLING: &[&[u8]] = &[
    b"\"",
    b"'",
    b"\"\"\"",
    b"\n",
    b"\r",
    b"\r\n",
    b",",
    b";",
    b"=",
    b".",
    b"[",
    b"]",
    b"[[",
    b"{",
    b"}",
    b"#",
    b"-",
    b"e9",
    b"0",
    b"1",
    b"9",
    b"nan",
    b"inf",
    b"-1",
    b"1e308",
    b"0x",
    b"true",
    b"2025-01-01",
    b"\\u0000",
    b"\t",
    b"\0",
    b"\xff",
    b"\xc3\xa9",
    b"\xef\xbb\xbf",
    b"\xf0\x9f\x95\x8a",
    b" ",
];

fn change() -> impl Strategy<Value = Change> {
    let place = || 0.0..1.0f64;
    prop_oneof![
        3 => (place(), 1..12usize).prop_map(|(at, many)| Change::Delete(at, many)),
        6 => (place(), prop::sample::select(TELLING)).prop_map(|(at, bytes)| Change::Insert(at, bytes.to_vec())),
        1 => (place(), prop::collection::vec(any::<u8>(), 1..4)).prop_map(|(at, bytes)| Change::Insert(at, bytes)),
        3 => (place(), any::<u8>()).prop_map(|(at, byte)| Change::Replace(at, byte)),
        3 => (place(), 32..127u8).prop_map(|(at, byte)| Change::Replace(at, byte)),
        2 => (place(), place()).prop_map(|(one, other)| Change::SwapLines(one, other)),
        1 => place().prop_map(Change::RepeatLine),
        1 => place().prop_map(Change::Cut),
    ]
}

fn changed(text: &[u8], changes: &[Change]) -> Vec<u8> {
    let mut bytes = text.to_vec();
    for change in changes {
        let place = |share: f64, bytes: &[u8]| (share * bytes.len() as f64) as usize;
        match change {
            Change::Delete(at, many) => {
                let at = place(*at, &bytes);
                bytes.drain(at..bytes.len().min(at + many));
            }
            Change::Insert(at, more) => {
                let at = place(*at, &bytes);
                bytes.splice(at..at, more.iter().copied());
            }
            Change::Replace(at, byte) => {
                let at = place(*at, &bytes);
                bytes.iter_mut().skip(at).take(1).for_each(|there| *there = *byte);
            }
            Change::SwapLines(one, other) => {
                let mut lines: Vec<&[u8]> = bytes.split(|&byte| byte == b'\n').collect();
                let (one, other) = ((one * lines.len() as f64) as usize, (other * lines.len() as f64) as usize);
                lines.swap(one, other);
                bytes = lines.join(&b'\n');
            }
            Change::RepeatLine(at) => {
                let mut lines: Vec<&[u8]> = bytes.split(|&byte| byte == b'\n').collect();
                let at = (at * lines.len() as f64) as usize;
                lines.insert(at, lines[at]);
                bytes = lines.join(&b'\n');
            }
            Change::Cut(at) => bytes.truncate(place(*at, &bytes)),
        }
    }
    bytes
}

/// A text and a few changes of it.
fn mutated(text: &'static str) -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(change(), 1..6).prop_map(move |changes| changed(text.as_bytes(), &changes))
}

/// Reads a scenario from memory: it plays, or something is wrong with it.
fn holds_or_is_told(files: Vec<(&'static str, Vec<u8>)>) -> Result<(), TestCaseError> {
    match load("scenario.toml", &[], &Bytes(files)) {
        Ok(checked) => {
            let outcome = Conference::new(checked.scenario.clone()).run(1, 0);
            let gains = outcome.forums.iter().flat_map(|forum| &forum.members).map(|member| member.gain);
            let points = outcome.forums.iter().flat_map(|forum| &forum.clauses).filter_map(|clause| clause.adopted);
            prop_assert!(gains.chain(points).all(f64::is_finite), "{outcome:?}");
            // What is recorded with a run is read the same again.
            let copies = checked.resolved.files();
            prop_assert_eq!(&copies[0].0, "scenario.toml");
        }
        Err(problems) => {
            prop_assert!(!problems.0.is_empty());
            for problem in &problems.0 {
                prop_assert!(!problem.message.is_empty());
                if let Some(at) = &problem.at {
                    let (start, end) = (at.span.start, at.span.end.min(at.file.text.len()));
                    prop_assert!(at.file.text.get(start..end).is_some(), "{problem:?} points beside a letter");
                    prop_assert!(at.line_and_column().0 >= 1);
                }
            }
        }
    }
    Ok(())
}

const MINIMAL: &str = include_str!("../../scenarios/minimal.toml");
const EVERYTHING: &str = include_str!("everything.toml");

/// One of the texts, changed.
fn mutated_scenario() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![mutated(MINIMAL), mutated(EVERYTHING)]
}

/// So many cases, the same every time. `COMITY_FUZZ=100000 cargo test --release --test it fuzz` tries as many others.
fn cases(usual: u32) -> ProptestConfig {
    let asked = std::env::var("COMITY_FUZZ").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig {
        cases: asked.unwrap_or(usual),
        rng_seed: if asked.is_some() { RngSeed::Random } else { RngSeed::Fixed(1) },
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn no_change_of_a_scenario_makes_reading_it_panic(text in mutated_scenario()) {
        holds_or_is_told(vec![("scenario.toml", text)])?;
    }

    #[test]
    fn no_change_of_a_table_makes_reading_it_panic(
        table in 0..5usize,
        changes in prop::collection::vec(change(), 1..6),
    ) {
        let mut tables = vec![
            ("countries.csv", COUNTRIES.into()),
            ("indicators.csv", INDICATORS.into()),
            ("clauses.csv", CLAUSES.into()),
            ("evidence.csv", EVIDENCE.into()),
            ("members.csv", MEMBERS.into()),
            ("scenario.toml", Vec::from(SCENARIO)),
        ];
        tables[table].1 = changed(&tables[table].1, &changes);
        holds_or_is_told(tables)?;
    }

    #[test]
    fn no_override_makes_reading_a_scenario_panic(
        key in r"[a-zA-Z_.\[\]0-9é= ]{0,20}",
        value in r#"[-a-z0-9_.,\[\]{}"'=é ]{0,20}"#,
    ) {
        let files = Bytes(vec![("scenario.toml", MINIMAL.into())]);
        for set in [format!("{key}={value}"), format!("forum.talks.{key}={value}"), key, value] {
            if let Err(problems) = load("scenario.toml", &[set], &files) {
                prop_assert!(!problems.0.is_empty());
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(6))]

    #[test]
    fn every_problem_can_be_shown(texts in prop::collection::vec(mutated_scenario(), 40)) {
        let folder = Folder::new();
        let names: Vec<String> = (0..texts.len()).map(|no| format!("{no}.toml")).collect();
        for (name, text) in names.iter().zip(&texts) {
            folder.write(name, text);
        }
        let arguments: Vec<&str> = std::iter::once("check").chain(names.iter().map(String::as_str)).collect();
        let said = folder.comity(&arguments);
        prop_assert!(said.status == Some(1) || said.status == Some(0), "{}", said.err);
        prop_assert!(!said.err.contains("panicked"), "{}", said.err);
    }
}

#[test]
fn the_texts_that_are_changed_hold_as_they_are() {
    for text in [MINIMAL, EVERYTHING] {
        let read = load("scenario.toml", &[], &Bytes(vec![("scenario.toml", text.into())]));
        assert!(read.is_ok(), "{}", read.unwrap_err());
    }
}

#[test]
fn the_scenario_that_uses_everything_does() {
    use serde_json::Value;
    fn keys<'a>(value: &'a Value, of_schema: bool, found: &mut std::collections::BTreeSet<&'a str>) {
        let inside: Vec<&Value> = match value {
            Value::Object(map) => map.values().collect(),
            Value::Array(items) => items.iter().collect(),
            _ => Vec::new(),
        };
        let here = if of_schema { value.get("properties") } else { Some(value) };
        found.extend(here.and_then(Value::as_object).into_iter().flatten().map(|(key, _)| key.as_str()));
        inside.into_iter().for_each(|value| keys(value, of_schema, found));
    }
    let (mut known, mut used) = Default::default();
    let schema = comity::scenario::file::schema();
    keys(&schema, true, &mut known);
    let text: toml::Table = EVERYTHING.parse().unwrap();
    let text = serde_json::to_value(text).unwrap();
    keys(&text, false, &mut used);
    // What needs other files is changed with the tables.
    let of_files = ["extends", "tables", "countries", "clauses", "evidence", "trade", "world", "indicator", "log"];
    let unused: Vec<_> = known.difference(&used).filter(|key| !of_files.contains(key)).collect();
    assert!(known.len() > 60 && unused.is_empty(), "{unused:?}");
}
