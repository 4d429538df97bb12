//! The recipes of CONTRIBUTING.md hold: each is tried as a patch in `tests/recipes/`, which touches as few files of code
//! as the recipe says and, applied to a copy of the tree, compiles and does what it promises.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use crate::folder::{Folder, home};

/// What is added, its patch, and how many files of code that takes: files of its own, and files that were there.
const RECIPES: &[(&str, &str, usize, usize)] = &[
    ("a decision rule", "rule", 1, 1),
    ("a tactic", "tactic", 1, 1),
    ("a parameter", "parameter", 0, 1),
    ("a decision model of the field", "model", 1, 1),
    ("a column", "column", 0, 1),
    ("a measure", "measure", 0, 1),
    ("a command", "command", 1, 1),
];

fn patch(name: &str) -> String {
    let path = home().join(format!("tests/recipes/{name}.patch"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Files of code that a unified diff makes, and that it changes.
fn files(patch: &str) -> (BTreeSet<&str>, BTreeSet<&str>) {
    let (mut made, mut changed) = (BTreeSet::new(), BTreeSet::new());
    let mut before = "";
    for line in patch.lines() {
        if let Some(path) = line.strip_prefix("--- ") {
            before = path;
        }
        let Some(path) = line.strip_prefix("+++ b/").filter(|path| path.starts_with("src/")) else { continue };
        let known = if before == "/dev/null" { &mut made } else { &mut changed };
        known.insert(path);
    }
    (made, changed)
}

/// What is wrong with a recipe: more files than it may touch, or a file that its section does not name.
fn wrong(what: &str, made: usize, changed: usize, patch: &str, book: &str) -> Vec<String> {
    let (new, old) = files(patch);
    let mut found = Vec::new();
    if new.len() > made || old.len() > changed {
        found.push(format!("{what} makes {new:?} and changes {old:?}"));
    }
    let section = book.split("\n### ").find(|section| section.lines().next() == Some(what));
    let Some(section) = section else { return vec![format!("CONTRIBUTING.md has no recipe for {what}")] };
    let folder = |path: &str| {
        Path::new(path).parent().is_some_and(|folder| section.contains(&format!("`{}/`", folder.display())))
    };
    let told = |path: &&&str| section.contains(&format!("`{path}`")) || folder(path);
    found.extend(old.iter().filter(|path| !told(path)).map(|path| format!("{what}: `{path}` is not named")));
    found
        .extend(new.iter().filter(|path| !folder(path)).map(|path| format!("{what}: no folder is named for `{path}`")));
    found
}

fn book() -> String {
    std::fs::read_to_string(home().join("CONTRIBUTING.md")).expect("CONTRIBUTING.md")
}

#[test]
fn every_recipe_touches_as_few_files_as_it_says() {
    let book = book();
    for &(what, name, made, changed) in RECIPES {
        let found = wrong(what, made, changed, &patch(name), &book);
        assert!(found.is_empty(), "{}", found.join("\n"));
    }
}

#[test]
fn a_recipe_that_touches_more_or_is_not_told_is_noticed() {
    let patch = "--- /dev/null\n+++ b/src/rules/mine.rs\n--- a/src/rules/mod.rs\n+++ b/src/rules/mod.rs\n";
    let book = "\n### a decision rule\n\nA file in `src/rules/`, a line in `src/rules/mod.rs`.\n";
    assert!(wrong("a decision rule", 1, 1, patch, book).is_empty());
    let more = format!("{patch}--- a/src/power/rule.rs\n+++ b/src/power/rule.rs\n");
    assert_eq!(wrong("a decision rule", 1, 1, &more, book).len(), 2, "one file too many, and none that the book names");
    assert_eq!(wrong("a decision rule", 0, 1, patch, book).len(), 1);
    assert_eq!(wrong("a tactic", 1, 1, patch, book).len(), 1, "there is no such recipe");
    let docs = format!("{patch}--- a/docs/model.md\n+++ b/docs/model.md\n");
    assert!(wrong("a decision rule", 1, 1, &docs, book).is_empty(), "documents are no code");
}

/// A copy of the tree, without what was built and recorded.
fn copied() -> Folder {
    fn copy(from: &Path, to: &Path) {
        std::fs::create_dir_all(to).expect("a folder");
        for entry in std::fs::read_dir(from).expect("a folder to copy") {
            let entry = entry.expect("an entry");
            let name = entry.file_name();
            let apart = ["target", ".git", "results", "findings"];
            if entry.path().is_dir() {
                if !apart.iter().any(|apart| name == *apart) {
                    copy(&entry.path(), &to.join(name));
                }
            } else {
                std::fs::copy(entry.path(), to.join(name)).expect("a file");
            }
        }
    }
    let folder = Folder::new();
    copy(home(), &folder.path("tree"));
    folder
}

/// Calls a program in the copy and tells whether it ended well, with what it said.
fn calls(folder: &Folder, program: &str, arguments: &[&str]) -> Result<String, String> {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder.path("tree")).env("CARGO_TARGET_DIR", target()).env_remove("RUSTFLAGS");
    // Debug information would only take time.
    let done =
        command.env("CARGO_PROFILE_DEV_DEBUG", "0").output().unwrap_or_else(|error| panic!("{program}: {error}"));
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if done.status.success() { Ok(said(&done.stdout)) } else { Err(said(&done.stdout) + &said(&done.stderr)) }
}

/// Where copies are built: beside the tree's own, so that crates are built once.
fn target() -> std::path::PathBuf {
    home().join("target").join("recipes")
}

fn apply(folder: &Folder, what: &str, patch: &str) {
    folder.write("tree/the.patch", patch);
    let applied = calls(folder, "git", &["apply", "-C1", "the.patch"]);
    applied.unwrap_or_else(|said| panic!("the patch of {what} does not apply any more, make it anew: {said}"));
}

#[test]
#[ignore = "builds the program again, several minutes: `make nightly`"]
fn one_of_each_is_added_to_a_copy_of_the_tree_and_works() {
    let folder = copied();
    for (what, name, ..) in RECIPES {
        apply(&folder, what, &patch(name));
    }
    calls(&folder, "cargo", &["build", "--offline"]).unwrap_or_else(|said| panic!("{said}"));
    let program = target().join("debug/comity");
    let comity = |arguments: &[&str]| calls(&folder, program.to_str().expect("a path"), arguments);
    let works = |arguments: &[&str]| comity(arguments).unwrap_or_else(|said| panic!("{arguments:?}: {said}"));
    // What is new is in the schema, and can be laid over what the scenario says.
    let schema = works(&["schema"]);
    for word in ["plurality", "mixed", "fatigue"] {
        assert!(schema.contains(word), "{word}");
    }
    for set in ["forum.talks.rule=plurality", "forum.talks.tactic={mixed={share=0.5}}", "parameters.fatigue=0.5"] {
        let out = format!("out-{}", set.len());
        works(&["run", "minimal", "-n", "40", "-s", "7", "--quiet", "--out", &out, "--set", set]);
        works(&["verify", &out]);
        let first = folder.read(&format!("tree/{out}/runs.csv"));
        assert!(first.lines().next().expect("a header").contains("co_sponsors"), "{first}");
        let summary = folder.read(&format!("tree/{out}/summary.csv"));
        assert!(summary.contains(",extensions,"), "{summary}");
    }
    assert!(works(&["recipe-command"]).contains("recipe"));
    folder.write("tree/p.csv", "issue,actor,position,salience,capability\na,x,0,50,1\na,y,60,50,1\na,z,100,50,1\n");
    let forecast = works(&["forecast", "--positions", "p.csv", "--models", "recipe_model", "--out", "f.csv"]);
    assert!(folder.read("tree/f.csv").contains("a,recipe_model,50"), "{forecast}");
}

#[test]
#[ignore = "checks the program again, a minute: `make nightly`"]
fn a_rule_that_leaves_a_question_unanswered_does_not_compile() {
    let folder = copied();
    let patch = patch("rule");
    apply(&folder, "a decision rule", &patch);
    let (made, _) = files(&patch);
    let file = made.first().expect("a file of its own").to_string();
    let text = folder.read(&format!("tree/{file}"));
    // The first method that answers a question, up to the brace that ends it, is taken out.
    let from = text.find("    fn ").expect("a method");
    let to = from + text[from..].find("\n    }\n").expect("its end") + "\n    }\n".len();
    folder.write(&format!("tree/{file}"), format!("{}{}", &text[..from], &text[to..]));
    let said = calls(&folder, "cargo", &["check", "--offline", "--lib"]).expect_err("half a rule");
    assert!(said.contains("not all trait items implemented") || said.contains("missing"), "{said}");
}
