//! The documentation says what there is: every key of the format, every column, every measure, every scenario.

use std::collections::BTreeSet;

use comity::export::Table;
use comity::summary::Measure;
use serde_json::Value;

use crate::folder::{Folder, at_home, home};

fn page(path: &str) -> String {
    std::fs::read_to_string(home().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Everything that stands between single backticks.
fn named(text: &str) -> BTreeSet<&str> {
    text.lines().filter(|line| !line.starts_with("```")).flat_map(|line| line.split('`').skip(1).step_by(2)).collect()
}

/// A path of keys in which what the author chooses is `*`: `forum.ID.chair` and `rungs[].label` as `forum.*.chair` and
/// `rungs.label`.
fn pattern(path: &str) -> String {
    let chosen = |key: &str| key.len() > 1 && key.chars().all(|c| c.is_ascii_uppercase());
    let keys = path.split('.').map(|key| if chosen(key) { "*" } else { key.trim_end_matches("[]") });
    keys.collect::<Vec<_>>().join(".")
}

/// Walks the schema: every path of keys, and every word that can be chosen; each definition where it is first met, or
/// everywhere.
struct Walk<'a> {
    root: &'a Value,
    everywhere: bool,
    seen: BTreeSet<&'a str>,
    paths: BTreeSet<String>,
    keys: BTreeSet<&'a str>,
    words: BTreeSet<&'a str>,
}

impl<'a> Walk<'a> {
    fn all(root: &'a Value) -> Self {
        Walk::of(root, false)
    }

    fn of(root: &'a Value, everywhere: bool) -> Self {
        let (paths, keys, words) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let mut walk = Walk { root, everywhere, seen: BTreeSet::new(), paths, keys, words };
        walk.schema(root, Some(""));
        walk
    }

    /// Without a path only keys and words are gathered.
    fn schema(&mut self, schema: &'a Value, path: Option<&str>) {
        if let Some(name) = schema["$ref"].as_str().and_then(|reference| reference.strip_prefix("#/$defs/")) {
            // A distribution may stand wherever a number may: it is told once, not with each path.
            let path = path.filter(|_| name != "Number");
            if self.seen.insert(name) {
                self.schema(&self.root["$defs"][name], path);
                if self.everywhere {
                    self.seen.remove(name);
                }
            }
        }
        let properties = schema["properties"].as_object().into_iter().flatten();
        for (key, schema) in properties {
            let below = path.map(|path| if path.is_empty() { key.clone() } else { format!("{path}.{key}") });
            self.keys.insert(key);
            self.paths.extend(below.clone());
            self.schema(schema, below.as_deref());
        }
        if schema["additionalProperties"].is_object() {
            self.schema(&schema["additionalProperties"], path.map(|path| format!("{path}.*")).as_deref());
        }
        if schema["items"].is_object() {
            self.schema(&schema["items"], path);
        }
        for branch in ["anyOf", "oneOf"].iter().flat_map(|of| schema[*of].as_array().into_iter().flatten()) {
            self.schema(branch, path);
        }
        self.words.extend(schema["const"].as_str());
        self.words.extend(schema["enum"].as_array().into_iter().flatten().filter_map(Value::as_str));
    }
}

/// What a page lacks of a schema.
fn lacking(schema: &Value, text: &str) -> Vec<String> {
    let named = named(text);
    let patterns: BTreeSet<String> = named.iter().map(|path| pattern(path)).collect();
    let walk = Walk::all(schema);
    let paths = walk.paths.iter().filter(|path| !patterns.contains(*path));
    let keys = walk.keys.iter().filter(|key| !named.contains(*key));
    let words = walk.words.iter().filter(|word| !named.contains(*word) && !named.contains(&*format!("\"{word}\"")));
    let lacking = paths.map(String::as_str).chain(keys.copied()).chain(words.copied());
    lacking.map(str::to_owned).collect::<BTreeSet<_>>().into_iter().collect()
}

#[test]
fn every_key_of_the_format_is_told_with_its_path() {
    let schema = comity::scenario::file::schema();
    let walk = Walk::all(&schema);
    assert!(walk.paths.len() > 80 && walk.paths.contains("forum.*.chair.mode"), "{:?}", walk.paths);
    assert!(walk.words.contains("formulator"), "{:?}", walk.words);
    let lacking = lacking(&schema, &page("docs/scenarios.md"));
    assert!(lacking.is_empty(), "docs/scenarios.md does not tell of {lacking:#?}");
}

#[test]
fn a_key_that_is_not_told_is_missed() {
    let mut schema = comity::scenario::file::schema();
    schema["$defs"]["ChairFile"]["properties"]["gavel"] = serde_json::json!({ "enum": ["wood"] });
    let missed = lacking(&schema, &page("docs/scenarios.md"));
    assert!(["forum.*.chair.gavel", "gavel", "wood"].iter().all(|key| missed.iter().any(|missed| missed == key)));
}

#[test]
fn the_documented_keys_are_those_of_the_format() {
    let schema = comity::scenario::file::schema();
    let paths = Walk::of(&schema, true).paths;
    let text = page("docs/scenarios.md");
    // The second column of the tables of keys.
    let rows = text.lines().filter(|line| line.starts_with("| `"));
    let cells = rows.filter_map(|row| row.split(" | ").nth(1)).filter(|cell| cell.starts_with('`'));
    let told: BTreeSet<String> = cells.flat_map(named).filter(|path| path.contains('.')).map(pattern).collect();
    // A member's tactic and reservation are those of the forum, told there.
    let unknown: Vec<&String> = told.iter().filter(|path| !paths.contains(*path)).collect();
    assert!(told.len() > 60, "{told:?}");
    assert!(unknown.is_empty(), "docs/scenarios.md tells of {unknown:?}");
}

#[test]
fn every_column_of_every_table_is_told() {
    let text = page("docs/results.md");
    for table in Table::ALL {
        let heading = format!("## `{}`", table.file());
        let (_, section) = text.split_once(&heading).unwrap_or_else(|| panic!("docs/results.md has no {heading}"));
        let section = section.split("\n## ").next().unwrap();
        let told = named(section);
        for column in table.columns().into_iter().map(|field| field.name) {
            assert!(told.contains(column), "docs/results.md does not tell of `{column}` of {}", table.file());
        }
    }
}

/// What stands around the table of measures in docs/results.md.
const MEASURES: [&str; 2] = ["<!-- measures -->\n", "<!-- end of measures -->"];

/// The table of measures, as they tell of themselves.
fn measures() -> String {
    let row = |measure: Measure| {
        let name = match measure.is_of_family() {
            false => format!("`{measure}`"),
            true => {
                let name = measure.name();
                let family = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
                format!("`{family}0`, `{family}1`, …")
            }
        };
        let (kind, unit) = (measure.kind().word(), measure.unit());
        format!("| `{kind}` | {name} | {unit} | {} | {} |\n", measure.description(), measure.rests_on())
    };
    let head = "| kind | measure | unit | meaning | rests on |\n|---|---|---|---|---|\n".to_owned();
    head + &Measure::all().map(row).collect::<String>()
}

/// What stands before, within and after the table of measures of a page.
fn around_measures(page: &str) -> [&str; 3] {
    let (before, rest) = page.split_once(MEASURES[0]).expect("where the table begins");
    let (table, after) = rest.split_once(MEASURES[1]).expect("where the table ends");
    [before, table, after]
}

#[test]
fn every_measure_is_told_as_it_tells_of_itself() {
    let text = page("docs/results.md");
    let [before, table, after] = around_measures(&text);
    let told = measures();
    if std::env::var_os("COMITY_BLESS").is_some_and(|bless| bless == "1") {
        let anew = [before, MEASURES[0], &told, MEASURES[1], after].concat();
        return std::fs::write(home().join("docs/results.md"), anew).unwrap();
    }
    let differs = table.lines().zip(told.lines()).find(|(page, told)| page != told);
    assert_eq!(differs, None, "`COMITY_BLESS=1 cargo test --test it measure_is_told` writes docs/results.md anew");
    assert_eq!(table, told);
    // A unit that is another is one that differs.
    assert!(
        table.contains("| `clause` | `adopted` | share |") && told != table.replacen("| share |", "| utility |", 1)
    );
}

#[test]
fn every_measure_of_a_run_is_one_that_is_told() {
    let folder = Folder::new();
    folder.write("everything.toml", include_str!("everything.toml"));
    for (no, scenario) in ["wto-jsi", "everything.toml"].into_iter().enumerate() {
        let out = format!("run-{no}");
        folder.comity(&["run", scenario, "-n", "1", "-q", "--out", &out, "--tables", "none"]).well();
        let summary = folder.read(&format!("{out}/summary.csv"));
        let mut reader = csv::Reader::from_reader(summary.as_bytes());
        let header = reader.headers().unwrap().clone();
        let place = |name: &str| header.iter().position(|column| column == name).unwrap();
        let (kind, name) = (place("kind"), place("measure"));
        let found: BTreeSet<String> =
            reader.records().map(|row| row.unwrap()).map(|row| format!("{}.{}", &row[kind], &row[name])).collect();
        let unknown: Vec<&String> = found.iter().filter(|name| Measure::parse(name).is_none()).collect();
        assert!(found.len() > 20 && unknown.is_empty(), "{scenario}: {unknown:?}");
    }
    assert_eq!(Measure::parse("clause.adoption"), None);
}

#[test]
fn every_file_and_key_of_a_run_directory_is_told() {
    let folder = Folder::new();
    folder.comity(&["run", "wto-jsi", "-n", "1", "-q", "--out", "run"]).well();
    let text = page("docs/results.md");
    let told = named(&text);
    for name in folder.listing().iter().filter_map(|name| name.strip_prefix("run/")).filter(|name| !name.is_empty()) {
        let name = if name.starts_with("tables/") { "tables/" } else { name };
        assert!(told.contains(name), "docs/results.md does not tell of `{name}`");
    }
    let manifest: Value = serde_json::from_str(&folder.read("run/manifest.json")).unwrap();
    let keys = manifest.as_object().unwrap().iter().flat_map(|(key, value)| {
        // The keys of `files` are the names of files, which are told above.
        let below = value.as_object().filter(|_| key != "files");
        std::iter::once(key).chain(below.into_iter().flatten().map(|(key, _)| key))
    });
    for key in keys {
        assert!(told.contains(key.as_str()), "docs/results.md does not tell of `{key}` of the manifest");
    }
}

#[test]
fn every_shipped_scenario_has_a_section_of_its_own() {
    let text = page("scenarios/README.md");
    let headings: Vec<&str> = text.lines().filter(|line| line.starts_with('#')).collect();
    let list = at_home(&["list"]).well().out;
    for name in list.lines().filter_map(|line| line.split_whitespace().next()) {
        let has = headings
            .iter()
            .any(|heading| heading.split(|c: char| !(c.is_alphanumeric() || c == '-')).any(|word| word == name));
        assert!(has, "scenarios/README.md has no section on `{name}`");
    }
}

/// Pieces of code on a page: between backticks, and lines of fenced blocks.
fn code(text: &str) -> Vec<&str> {
    let fences = text.split("\n```").skip(1).step_by(2).flat_map(str::lines);
    named(text).into_iter().chain(fences).map(|line| line.trim_start_matches("$ ")).collect()
}

#[test]
fn every_command_in_the_documentation_exists() {
    let help = at_home(&["--help"]).well().out;
    let commands: BTreeSet<&str> =
        help.lines().filter_map(|line| line.strip_prefix("  ")?.split_whitespace().next()).collect();
    let mut checked = 0;
    for path in ["README.md", "CONTRIBUTING.md", "docs/scenarios.md", "docs/results.md", "docs/determinism.md"] {
        let text = page(path);
        for line in code(&text) {
            let call = line.strip_prefix("comity ").or_else(|| line.strip_prefix("cargo run --release -- "));
            if let Some(command) = call.and_then(|call| call.split_whitespace().next()) {
                assert!(commands.contains(command), "{path}: there is no command of `{line}`");
                checked += 1;
            }
        }
    }
    assert!(checked > 10, "{checked} commands were found");
}

#[test]
fn the_limits_told_are_those_that_hold() {
    use comity::scenario::{MAX_CLAUSES, MAX_COUNTRIES, MAX_FORUMS, MAX_REPLICATIONS, MAX_ROUNDS, MAX_RUNGS};
    let text = page("docs/scenarios.md");
    for (name, most) in [
        ("MAX_COUNTRIES", MAX_COUNTRIES as u64),
        ("MAX_CLAUSES", MAX_CLAUSES as u64),
        ("MAX_RUNGS", MAX_RUNGS as u64),
        ("MAX_ROUNDS", MAX_ROUNDS.into()),
        ("MAX_FORUMS", MAX_FORUMS as u64),
        ("MAX_REPLICATIONS", MAX_REPLICATIONS),
    ] {
        let row =
            text.lines().find(|line| line.ends_with(&format!("| `{name}` |"))).unwrap_or_else(|| panic!("{name}"));
        let told: String = row.split('|').nth(2).unwrap().chars().filter(char::is_ascii_digit).collect();
        assert_eq!(told, most.to_string(), "{name}");
    }
    let row = text.lines().find(|line| line.ends_with("| `MAX_QUANTITY` |")).expect("MAX_QUANTITY");
    assert!(row.contains(&format!("{:e}", comity::scenario::MAX_QUANTITY)));
}

#[test]
fn every_edge_of_the_life_of_a_treaty_is_a_function_and_its_keys_are_keys() {
    let text = page("docs/model.md");
    let (_, diagram) = text.split_once("```mermaid\n").expect("a diagram");
    let edges = diagram.split("```").next().unwrap().lines().filter_map(|line| line.split_once(": "));
    let schema = comity::scenario::file::schema();
    let keys = Walk::all(&schema).keys;
    let source = |file: &str| {
        let paths = ["src/rounds", "src/ratification"].map(|folder| home().join(folder).join(file));
        let texts: Vec<String> = paths.iter().filter_map(|path| std::fs::read_to_string(path).ok()).collect();
        texts.concat()
    };
    let mut functions = 0;
    for (edge, label) in edges {
        let (act, told) = label.split_once(" · ").unwrap_or((label, ""));
        for key in told.split(", ").filter(|key| !key.is_empty()) {
            let last = key.rsplit('.').next().unwrap();
            assert!(keys.contains(last), "there is no key `{key}`, told at {edge}");
        }
        if let Some((function, file)) = act.split_once(" in ") {
            let file = file.split([' ', ',']).next().unwrap();
            assert!(source(file).contains(&format!("fn {function}(")), "{file} has no `{function}`, told at {edge}");
            functions += 1;
        }
    }
    assert!(functions > 12, "{functions}");
}

/// What stands between two lines of a page.
fn block<'a>(page: &'a str, from: &str) -> &'a str {
    let (_, rest) = page.split_once(from).unwrap_or_else(|| panic!("the page has no {from}"));
    rest.split_once("\n```").map_or(rest, |(block, _)| block)
}

#[test]
fn the_readme_shows_what_the_program_prints() {
    let readme = page("README.md");
    let folder = crate::folder::Folder::new();
    let printed = |arguments: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_comity"))
            .args(arguments)
            .current_dir(folder.path("."))
            .output()
            .expect("the program runs");
        String::from_utf8(output.stdout).expect("text").trim_end().to_owned()
    };
    let table = printed(&["run", "wto-jsi", "--quiet", "--out", "run"]);
    assert_eq!(block(&readme, "$ cargo run --release -- run wto-jsi\n"), table);
    printed(&["run", "minimal", "--quiet", "--out", "minimal"]);
    assert_eq!(block(&readme, "```text\n"), printed(&["replay", "minimal", "--replication", "3"]));
    // The table is told from another seed's.
    assert_ne!(table, printed(&["run", "wto-jsi", "--quiet", "--seed", "2", "--out", "other"]));
}

/// Tests named in a table of `file::test` that are not there, and properties without a row.
fn tests_not_there(table: &str) -> Vec<String> {
    let is_there = |name: &str| {
        let (file, test) = name.split_once("::")?;
        let at = ["", "/mod"].map(|folder| home().join(format!("tests/it/{file}{folder}.rs")));
        let text = at.iter().find_map(|path| std::fs::read_to_string(path).ok())?;
        text.contains(&format!("fn {test}(")).then_some(())
    };
    let names = named(table).into_iter().filter(|name| name.contains("::") && *name != "file::test");
    let missing = names.filter(|name| is_there(name).is_none()).map(str::to_owned);
    let untold = (1..=10).filter(|no| !table.contains(&format!("\n| {no} | "))).map(|no| format!("property {no}"));
    missing.chain(untold).collect()
}

#[test]
fn every_property_names_tests_that_there_are() {
    let text = page("docs/model.md");
    let (_, section) = text.split_once("### 8.1 ").expect("a table of tests");
    let table = section.split("\n## ").next().unwrap();
    assert_eq!(tests_not_there(table), [""; 0]);
    assert!(table.matches("::").count() > 30);
    for row in table.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| property")) {
        let cells: Vec<&str> = row.split(" | ").collect();
        assert!(cells.len() == 4 && cells[2].contains("::") && cells[3].len() > 5, "{row}");
    }
    // A name that is off is found, and so is a property that nobody tells of.
    let wrong = table.replacen("one_country_alone", "two_countries", 1).replace("\n| 7 | ", "\n| x | ");
    let found = tests_not_there(&wrong);
    assert!(found.len() == 2 && found[0].contains("two_countries") && found[1] == "property 7", "{found:?}");
}
