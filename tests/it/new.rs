//! `comity new`: a scenario to start from.

use crate::folder::Folder;

#[test]
fn a_new_scenario_holds_and_runs_as_it_is() {
    let folder = Folder::new();
    let said = folder.comity(&["new", "my-talks"]).well();
    assert_eq!(said.out, "");
    assert!(said.err.starts_with("Wrote my-talks.toml. Next:\n  comity check my-talks.toml\n"), "{}", said.err);
    assert_eq!(folder.listing(), ["my-talks.toml"]);
    // The next steps it names are commands that work.
    for next in said.err.lines().skip(1) {
        let arguments: Vec<&str> = next.split_whitespace().skip(1).collect();
        folder.comity(&arguments).well();
    }
    let scenario: toml::Table = folder.read("my-talks.toml").parse().unwrap();
    assert_eq!(scenario["title"].as_str(), Some("my-talks"));
}

#[test]
fn a_new_scenario_is_commented() {
    let folder = Folder::new();
    folder.comity(&["new", "talks.toml"]).well();
    let text = folder.read("talks.toml");
    assert!(text.starts_with("# A scenario of comity."), "{text}");
    assert!(text.matches("# ").count() >= 5, "{text}");
}

#[test]
fn any_name_makes_a_title_that_can_be_read_back() {
    let folder = Folder::new();
    for name in ["two words", "Ægir's \"talks\"", "v1.2", "back\\slash"] {
        folder.comity(&["new", name]).well();
        let file = format!("{name}.toml");
        folder.comity(&["check", &file]).well();
        let scenario: toml::Table = folder.read(&file).parse().unwrap();
        assert_eq!(scenario["title"].as_str(), Some(name));
    }
}

#[test]
fn a_new_scenario_never_takes_the_place_of_another() {
    let folder = Folder::new();
    folder.write("mine.toml", "# years of work\n");
    for name in ["mine", "mine.toml", "./mine"] {
        folder.comity(&["new", name]).fails(1, "mine.toml exists already");
    }
    assert_eq!(folder.read("mine.toml"), "# years of work\n");
}

#[test]
fn a_scenario_that_cannot_be_written_is_not_begun() {
    let folder = Folder::new();
    folder.write("file", "");
    folder.comity(&["new", "nowhere/mine"]).fails(1, "cannot write nowhere/mine.toml");
    folder.comity(&["new", "file/mine"]).fails(1, "cannot write file/mine.toml");
    folder.comity(&["new", ""]).fails(2, "a value is required");
    assert_eq!(folder.listing(), ["file"]);
}

#[test]
fn a_copy_is_the_shipped_scenario_with_its_comments_and_tables_and_runs_the_same() {
    let folder = Folder::new();
    folder.comity(&["new", "mine", "--from", "cpta"]).well();
    let shipped = crate::folder::home().join("scenarios");
    for name in ["scenario.toml", "data/evidence.csv", "data/escap-members.csv"] {
        let from = shipped.join(name.replace("scenario.toml", "cpta.toml"));
        assert_eq!(folder.read(&format!("mine/{name}")), std::fs::read_to_string(from).unwrap());
    }
    let run = |scenario: &str, out: &str| {
        folder.comity(&["run", scenario, "--replications", "5", "--tables", "runs", "--out", out, "--quiet"]).well().out
    };
    assert_eq!(run("mine/scenario.toml", "mine-run"), run("cpta", "shipped-run"));
}

#[test]
fn a_copy_of_a_derived_scenario_stands_alone() {
    let folder = Folder::new();
    folder.comity(&["new", "mine", "--from", "rcep-india-stays"]).well();
    assert!(!folder.read("mine/scenario.toml").contains("extends"));
    folder.comity(&["check", "mine/scenario.toml"]).well();
}

#[test]
fn a_copy_takes_tables_from_wherever_they_are() {
    let folder = Folder::new();
    folder.comity(&["new", "base", "--from", "cpta"]).well();
    let text = folder.read("base/scenario.toml").replace("\"data/", "\"../base/data/");
    folder.write("elsewhere/talks.toml", text);
    folder.comity(&["new", "mine", "--from", "elsewhere/talks.toml"]).well();
    folder.comity(&["check", "mine/scenario.toml"]).well();
    assert!(folder.listing().contains(&"mine/tables/evidence.csv".to_owned()), "{:?}", folder.listing());
}

#[test]
fn a_copy_never_takes_the_place_of_anything_and_is_made_whole_or_not_at_all() {
    let folder = Folder::new();
    folder.write("taken/notes.txt", "years of work\n");
    folder.comity(&["new", "taken", "--from", "cpta"]).fails(1, "taken exists already");
    folder.comity(&["new", "nowhere/mine", "--from", "cpta"]).fails(1, "cannot write nowhere/mine");
    folder.comity(&["new", "mine", "--from", "cpat"]).fails(1, "did you mean `cpta`?");
    assert_eq!(folder.listing(), ["taken/", "taken/notes.txt"]);
}
