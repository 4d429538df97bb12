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
