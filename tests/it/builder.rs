//! A scenario made in memory is the one that the same words in a file make, is refused for the same reasons, and can be
//! written down and read again.

use std::fs;
use std::path::Path;

use comity::conference::Conference;
use comity::quantity::Date;
use comity::scenario::builder::{ScenarioBuilder, Value};
use comity::scenario::check::{Checked, load};
use comity::scenario::problem::Problems;
use comity::scenario::source::Memory;
use comity::scenario::{Mechanism, Scenario};
use proptest::prelude::*;

use crate::drawn;
use crate::folder::home;
use crate::promise::{Kept, broken, kept, must};
use crate::talks::Talks;

fn read(text: String) -> Result<Checked, Problems> {
    load("talks.toml", &[], &Memory([("talks.toml".to_owned(), text)].into()))
}

/// Every number of a scenario, to the last digit.
fn whole(scenario: &Scenario) -> String {
    format!("{scenario:#?}")
}

/// What is built is what its file says, and plays as it does.
fn as_its_file((built, text): &(ScenarioBuilder, String)) -> Kept {
    let file = read(text.clone()).map_err(|problems| problems.to_string())?.scenario;
    let built = built.build().map_err(|problems| problems.to_string())?.scenario;
    let outcomes = |scenario| {
        let mut conference = Conference::new(scenario);
        (0..3).map(|replication| conference.run(7, replication)).collect::<Vec<_>>()
    };
    must(whole(&file) == whole(&built) && outcomes(file) == outcomes(built), || text.clone())
}

#[test]
fn a_built_scenario_is_the_one_of_its_file() {
    let talks = || drawn::talks(2..6usize, 1..4usize);
    kept(64, talks().prop_map(|talks: Talks| (talks.built(), talks.text())), as_its_file);
    // One digit of one wish is told apart.
    let another = |talks: Talks| {
        let text = talks.text();
        (talks.but(|talks| talks.countries[0].wishes[0].salience += 1e-15).built(), text)
    };
    broken(8, talks().prop_map(another), as_its_file);
}

#[test]
fn a_built_scenario_written_down_reads_as_itself() {
    let again = |built: &ScenarioBuilder| {
        let built = built.build().unwrap_or_else(|problems| panic!("{problems}"));
        let mut files = built.resolved.files();
        // The name is the one by which it was asked for.
        let name = built.scenario.name.clone();
        files[0].0 = name.clone();
        let read =
            load(&name, &[], &Memory(files.into_iter().collect())).unwrap_or_else(|problems| panic!("{problems}"));
        (whole(&built.scenario), whole(&read.scenario))
    };
    let with_table = two()
        .table_of(
            "countries",
            &["id", "name", "groups", "source", "confidence"],
            [["ALB", "Alba", "north", "here", "low"], ["BOR", "Borduria, the \"old\"", "", "here", "low"]],
        )
        .horizon(Date { year: 2030, month: 12, day: 31 })
        .seed(u64::MAX)
        .without(Mechanism::Precedent)
        .without(Mechanism::Diffusion);
    let (built, read) = again(&with_table);
    assert_eq!(built, read);
    assert!(built.contains("Borduria, the \\\"old\\\"") && built.contains(&u64::MAX.to_string()), "{built}");
    assert!(built.contains("Precedent") && built.contains("Diffusion"));
    // What is not written down is missed.
    assert_ne!(again(&two()).1, read);
}

/// Two states that agree.
fn two() -> ScenarioBuilder {
    ScenarioBuilder::new("Two")
        .country("ALB", |country| country.capability(2.0))
        .country("BOR", |country| country)
        .clause("spam", |clause| clause.rung("none", 0.0).rung("ban", 1.0))
        .mandate("ALB", "spam", |mandate| mandate.ideal(1.0))
        .mandate("BOR", "spam", |mandate| mandate.ideal(1.0))
        .forum("talks", |forum| forum.members(["ALB", "BOR"]).rule("unanimity").calendar("2025-01-01", 2))
}

fn said(built: &ScenarioBuilder) -> Vec<String> {
    match built.build() {
        Ok(_) => Vec::new(),
        Err(problems) => problems.0.iter().map(|problem| format!("{} {}", problem.code, problem.message)).collect(),
    }
}

#[test]
fn what_is_wrong_is_told_by_its_key_all_at_once() {
    assert_eq!(said(&two()), Vec::<String>::new());
    let wrong = two()
        .country("ALB", |country| country.capability(-1.0).set("capabilty", 3.0))
        .mandate("BOR", "spam", |mandate| mandate.ideal(f64::NAN))
        .mandate("BOR", "fees", |mandate| mandate.ideal(0.5))
        .forum("talks", |forum| forum.rule("unanimty").member("ALB", |member| member.weight(-2.0)))
        .set(&["clause", "spam", "rungs"], "ladder");
    let said = said(&wrong);
    for expected in [
        "comity::scenario::unknown_key country.ALB.capabilty: ",
        "comity::scenario::number mandate.BOR.spam.ideal: ",
        "comity::scenario::unknown_choice forum.talks.rule: ",
        "comity::scenario::out_of_range forum.talks.member.ALB.weight: ",
        "comity::scenario::wrong_kind clause.spam.rungs: ",
    ] {
        assert!(said.iter().any(|line| line.starts_with(expected)), "{expected} in {said:#?}");
    }
    let meaning = said_of_meaning();
    for expected in [
        "comity::scenario::out_of_range country.ALB.capability: ",
        "comity::scenario::unknown_clause mandate.BOR.fees: ",
        "comity::scenario::unknown_country forum.talks.members[2]: ",
    ] {
        assert!(meaning.iter().any(|line| line.starts_with(expected)), "{expected} in {meaning:#?}");
    }
}

fn said_of_meaning() -> Vec<String> {
    said(
        &two()
            .country("ALB", |country| country.capability(-1.0))
            .mandate("BOR", "fees", |mandate| mandate.ideal(0.5))
            .forum("talks", |forum| forum.members(["CAR"])),
    )
}

/// Kinds and helps of problems, without the keys in front of their messages.
fn kinds(checked: Result<Checked, Problems>) -> Vec<(String, Option<String>)> {
    let problems = checked.err().unwrap_or_default().0;
    let mut kinds: Vec<_> = problems.into_iter().map(|problem| (problem.code.to_string(), problem.help)).collect();
    kinds.sort();
    kinds
}

#[test]
fn a_built_scenario_is_refused_for_the_reasons_of_its_file() {
    let wrongs: [fn(ScenarioBuilder) -> ScenarioBuilder; 7] = [
        |built| built.country("ALB", |country| country.capability(-1.0)),
        |built| built.forum("talks", |forum| forum.members(["CAR"])),
        |built| built.forum("talks", |forum| forum.calendar("2025-13-01", 0)),
        |built| built.forum("talks", |forum| forum.set("rule", Value::choice("critical_mass", Value::table()))),
        |built| built.forum("other", |forum| forum),
        |built| built.mandate("ALB", "spam", |mandate| mandate.ideal(3.0).floor(0.9).ceiling(0.1)),
        |built| built.parameter("rigidty", 0.5),
    ];
    for (no, wrong) in wrongs.into_iter().enumerate() {
        let built = wrong(two());
        let (memory, file) = (kinds(built.build()), kinds(read(built.to_toml())));
        assert!(!memory.is_empty(), "the change {no} is wrong");
        assert_eq!(memory, file, "{}", built.to_toml());
    }
    assert_eq!(kinds(two().build()), []);
}

#[test]
fn a_built_scenario_extends_a_shipped_one() {
    let shipped = load("minimal", &[], &Memory::default()).expect("it holds").scenario;
    let same = ScenarioBuilder::extending("minimal").build().expect("it holds").scenario;
    assert_eq!(whole(&shipped), whole(&same));
    let other = ScenarioBuilder::extending("minimal").parameter("rigidity", 0.125).build().expect("it holds").scenario;
    assert_eq!(other.parameters.rigidity.centre(), 0.125);
    assert_eq!(shipped.forums.len(), other.forums.len());
}

/// Where files come from, each with its reason: no other place may stand in for a file.
const FILES: &[(&str, &str)] = &[
    ("scenario/source.rs", "the disk, and texts of the user of the library in memory"),
    ("scenario/library.rs", "what is shipped"),
    ("scenario/builder/whole.rs", "tables of a scenario made in memory"),
    ("study/scenario.rs", "the disk of a build that reads none"),
];

/// Where a source makes a scenario by way of its text: it reads texts of its own as files, or parses them.
fn makes_texts(file: &str, text: &str) -> Vec<String> {
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let here = |word: &str| code.contains(word);
    let of_its_own = here(" Files for ") && !FILES.iter().any(|(known, _)| *known == file);
    let filled = here("Memory([") || here("Memory(files") || here("Memory(std") || here("Memory(Btree");
    let parsed = here("document::parse(") && file != "scenario/resolve.rs";
    let read = here("ScenarioFile::deserialize(") && file != "scenario/check.rs";
    let found = [(of_its_own, "files of its own"), (filled, "texts in memory"), (parsed, "parses"), (read, "reads")];
    found.into_iter().filter(|(is, _)| *is).map(|(_, what)| format!("{file}: {what}")).collect()
}

/// Every file under a folder, by its path below it, except those that hold unit tests alone.
fn sources(folder: &Path, below: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, below, found);
            continue;
        }
        let name = path.strip_prefix(below).unwrap().to_string_lossy().replace('\\', "/");
        found.push((name, fs::read_to_string(&path).unwrap()));
    }
}

#[test]
fn no_source_makes_a_scenario_by_writing_its_text() {
    let mut all = Vec::new();
    sources(&home().join("src"), &home().join("src"), &mut all);
    // Modules of unit tests in files of their own may.
    let tests: Vec<&str> = all
        .iter()
        .flat_map(|(_, text)| text.split("#[cfg(test)]\nmod ").skip(1))
        .filter_map(|after| after.split_once(';').map(|(name, _)| name).filter(|name| !name.contains(' ')))
        .collect();
    assert!(tests.contains(&"anew"), "{tests:?}");
    let of_tests = |file: &str| tests.iter().any(|name| file.ends_with(&format!("/{name}.rs")));
    let found: Vec<String> =
        all.iter().filter(|(file, _)| !of_tests(file)).flat_map(|(file, text)| makes_texts(file, text)).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
    for (file, why) in FILES {
        let text = &all.iter().find(|(name, _)| name == file).unwrap_or_else(|| panic!("{file} is gone")).1;
        assert!(text.contains(" Files for "), "{file} need not be listed any more ({why})");
    }
}

#[test]
fn a_source_that_makes_a_scenario_by_its_text_is_found() {
    let engine = "let files = Memory([(\"issue.toml\".to_owned(), text)].into());";
    assert_eq!(makes_texts("forecast_engine.rs", engine), ["forecast_engine.rs: texts in memory"]);
    assert_eq!(makes_texts("hindcast/cases/staged.rs", "impl Files for Desk<'_> {").len(), 1);
    assert_eq!(makes_texts("study/mod.rs", "let node = document::parse(&file)?;").len(), 1);
    assert_eq!(makes_texts("study/mod.rs", "ScenarioFile::deserialize(json)").len(), 1);
    assert!(
        makes_texts("study/mod.rs", "ScenarioBuilder::new(\"An issue\").build_beside(&Memory::default())").is_empty()
    );
    assert!(makes_texts("worth.rs", &format!("\n#[cfg(test)]\nmod tests {{\n{engine}\n}}")).is_empty());
}
