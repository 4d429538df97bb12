//! Who may import whom, which words stay out of which folder, and how long a file may be.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::folder::home;

/// Modules by layer, the lowest first, with all that each may use. A module that is not listed may not exist.
const MAY_USE: &[(&str, &[&str])] = &[
    // Numbers and dates.
    ("decimal", &[]),
    ("maths", &[]),
    ("quantity", &["maths"]),
    // Pure parts of the model, and its record.
    ("chance", &[]),
    ("minutes", &["quantity"]),
    ("exchange", &["maths"]),
    ("preference", &["maths", "quantity"]),
    ("rules", &["maths", "quantity"]),
    ("tactics", &["maths", "quantity"]),
    // Yardsticks of outcomes: pure functions.
    ("power", &["maths", "rules"]),
    ("blocking", &["rules"]),
    ("solutions", &["maths"]),
    ("stability", &[]),
    ("inequality", &["maths"]),
    // The field's own models: pure functions of a table, beside the model and not of it.
    ("forecast", &["maths", "exchange", "chance", "preference", "solutions", "rules"]),
    // Data, as written and as meant.
    ("scenario", &["maths", "quantity", "preference", "rules", "tactics"]),
    // The model.
    ("world", &["maths", "quantity", "chance", "minutes", "exchange", "preference", "rules", "tactics", "scenario"]),
    (
        "rounds",
        &[
            "maths",
            "quantity",
            "chance",
            "minutes",
            "exchange",
            "preference",
            "rules",
            "tactics",
            "blocking",
            "solutions",
            "scenario",
            "world",
        ],
    ),
    ("ratification", &["maths", "quantity", "chance", "minutes", "preference", "rules", "scenario", "world", "rounds"]),
    ("conference", &["quantity", "chance", "minutes", "scenario", "world", "rounds", "ratification"]),
    // Above the model.
    ("dossier", &["decimal", "rules", "scenario", "forecast"]),
    ("forecast_engine", &["rules", "scenario", "conference", "forecast"]),
    ("ensemble", &["scenario", "conference"]),
    ("summary", &["maths", "quantity", "minutes", "power", "inequality", "scenario"]),
    (
        "hindcast",
        &[
            "decimal",
            "maths",
            "quantity",
            "minutes",
            "forecast",
            "rules",
            "tactics",
            "scenario",
            "conference",
            "ensemble",
        ],
    ),
    ("export", &["decimal", "quantity", "minutes", "scenario", "ensemble", "summary"]),
    ("replay", &["quantity", "minutes", "scenario"]),
    (
        "cli",
        &[
            "quantity",
            "minutes",
            "rules",
            "scenario",
            "conference",
            "ensemble",
            "summary",
            "export",
            "replay",
            "forecast",
            "dossier",
            "forecast_engine",
            "hindcast",
        ],
    ),
];

/// Edges beside the table, each with its reason.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    ("scenario", "chance", "a country's lane of chance is a hash of its identifier: a name, not a draw"),
    ("export", "conference", "a batch is played and rendered on the same thread"),
];

/// Everything up to the conference: a pure function of scenario, seed and replication.
const MODEL: &[&str] = &[
    "decimal",
    "maths",
    "quantity",
    "chance",
    "exchange",
    "power",
    "blocking",
    "solutions",
    "stability",
    "inequality",
    "forecast",
    "minutes",
    "preference",
    "rules",
    "tactics",
    "scenario",
    "world",
    "rounds",
    "ratification",
    "conference",
];

/// What stands above the model and below the command line.
const ABOVE: &[&str] = &["dossier", "forecast_engine", "ensemble", "summary", "hindcast", "export", "replay"];

/// Where the world of the model may be touched.
const WORLD: &[&str] = &["world", "rounds", "ratification", "conference"];

/// Modules, whether it is they or all others that are meant, words that may not stand in their code, and why.
const BANNED: &[(&[&str], bool, &[&str], &str)] = &[
    (
        &["rounds", "ratification"],
        true,
        &["Local<", "Changed<", "Added<", "Commands", "MessageReader", "MessageWriter", "On<"],
        "state outside the world survives into the next replication",
    ),
    (
        MODEL,
        true,
        &["HashMap", "HashSet", "Instant", "SystemTime", "thread::", "rayon", "thread_local!"],
        "the model is a pure function of scenario, seed and replication",
    ),
    (
        &["cli", "main"],
        false,
        &["println!", "eprintln!", "print!", "eprint!", "dbg!", "process::exit", "todo!", "unimplemented!"],
        "only the command line speaks",
    ),
    (WORLD, false, &["Query<", "World", "Schedule"], "the world is the model's"),
];

/// Most lines of a file.
const LINES: usize = 400;

/// Files that are longer, each with its reason.
const LONGER: &[(&str, &str)] = &[];

/// A line of code, and where it stands.
struct Line {
    file: String,
    number: usize,
    code: String,
}

/// The module that a file belongs to.
fn module(file: &str) -> &str {
    file.split('/').next().unwrap_or_default().trim_end_matches(".rs")
}

/// Every file under `src/`, by its path there, with its text.
fn sources() -> Vec<(String, String)> {
    fn gather(folder: &Path, found: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                gather(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(home().join("src")).unwrap().to_string_lossy().replace('\\', "/");
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let mut found = Vec::new();
    gather(&home().join("src"), &mut found);
    found.sort();
    found
}

/// The code of a file, without comments and without what stands in quotes.
fn code(file: &str, text: &str) -> Vec<Line> {
    let mut quoted = false;
    let lines = text.lines().enumerate().map(|(no, line)| {
        let mut code = String::new();
        let mut rest = line.chars().peekable();
        while let Some(c) = rest.next() {
            match c {
                '\\' if quoted => drop(rest.next()),
                // A quote that is a character is none.
                '\'' if !quoted && rest.peek() == Some(&'"') => drop(rest.next()),
                '"' => quoted = !quoted,
                '/' if !quoted && rest.peek() == Some(&'/') => break,
                c if !quoted => code.push(c),
                _ => {}
            }
        }
        Line { file: file.to_owned(), number: no + 1, code }
    });
    lines.collect()
}

/// The modules that lines of code use, by `use crate::…` or in the middle of an expression; a list in braces counts for
/// each of its names. Unit tests count like everything else.
fn edges(lines: &[Line]) -> Vec<(&Line, String)> {
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        for (place, _) in line.code.match_indices("crate::") {
            // A path may go on over the next lines.
            let mut path = line.code[place + "crate::".len()..].to_owned();
            if path.starts_with('{') {
                let more = lines[at + 1..].iter().map(|line| line.code.as_str());
                path.extend(more.take(40));
                let list = path[1..].split(';').next().unwrap_or_default();
                found.extend(top_level(list).into_iter().map(|name| (line, name)));
            } else {
                found.push((line, first_name(&path)));
            }
        }
    }
    found
}

fn first_name(path: &str) -> String {
    path.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// The first names of a list in braces: `a::{b, c}, d}` gives `a` and `d`.
fn top_level(list: &str) -> Vec<String> {
    let (mut depth, mut names, mut name) = (0, Vec::new(), String::new());
    for c in list.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(std::mem::take(&mut name)),
            c if depth == 0 && !c.is_whitespace() => name.push(c),
            _ => {}
        }
    }
    names.push(name);
    names.iter().map(|name| first_name(name)).filter(|name| !name.is_empty()).collect()
}

/// Edges that the table does not allow, in words.
fn forbidden_edges(file: &str, text: &str) -> Vec<String> {
    let from = module(file);
    if matches!(from, "lib" | "main") {
        return Vec::new();
    }
    let lines = code(file, text);
    let Some((_, allowed)) = MAY_USE.iter().find(|(module, _)| *module == from) else {
        return vec![format!("{file}: the module `{from}` is in no layer")];
    };
    let may = |to: &str| {
        to == from || allowed.contains(&to) || EXCEPTIONS.iter().any(|(one, other, _)| (*one, *other) == (from, to))
    };
    let edges = edges(&lines);
    let wrong = edges.iter().filter(|(_, to)| !may(to));
    wrong.map(|(line, to)| format!("{}:{}: `{from}` may not use `{to}`", line.file, line.number)).collect()
}

/// Words that may not stand where they stand.
fn banned_words(file: &str, text: &str) -> Vec<String> {
    let module = module(file);
    let mut found = Vec::new();
    for line in code(file, text) {
        for (modules, they, words, why) in BANNED {
            let here = words.iter().filter(|word| modules.contains(&module) == *they && has_word(&line.code, word));
            found.extend(here.map(|word| format!("{file}:{}: `{word}`: {why}", line.number)));
        }
    }
    found
}

/// Choices of the model whose variants only the files that list them may name, with the folder of these: everybody else asks
/// a method, which answers for variants to come.
const ASKED: &[(&str, &[&str], &str)] = &[
    ("rules", &["DecisionRule", "RuleFile"], "ask the rule"),
    ("tactics", &["Tactic", "TacticFile"], "ask the tactic"),
];

/// Variants of rules and tactics that are named outside the folder that lists them; unit tests may name them.
fn named_variants(file: &str, text: &str) -> Vec<String> {
    if file.ends_with("tests.rs") || ONLY_TESTS.contains(&file) {
        return Vec::new();
    }
    let own = text.find("#[cfg(test)]\nmod tests {").map_or(text, |end| &text[..end]);
    let mut found = Vec::new();
    for line in code(file, own) {
        for (folder, types, why) in ASKED.iter().filter(|(folder, ..)| module(file) != *folder) {
            let named = types.iter().filter(|name| {
                let after = |at: usize| line.code[at + name.len()..].strip_prefix("::");
                line.code.match_indices(**name).any(|(at, _)| {
                    let whole = !line.code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
                    // A variant, a list of them or all; a function is written small.
                    whole
                        && after(at)
                            .is_some_and(|rest| rest.starts_with(|c: char| c.is_uppercase() || "{*".contains(c)))
                })
            });
            found
                .extend(named.map(|name| format!("{file}:{}: a variant of `{name}` of {folder}/: {why}", line.number)));
        }
    }
    found
}

/// Whole files of unit tests under another name.
const ONLY_TESTS: &[&str] = &["rounds/package/anew.rs"];

/// Whether code has a word, not as a part of a longer one.
fn has_word(code: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word).any(|(at, _)| {
        let before = code[..at].chars().next_back().is_some_and(part);
        let after = word.ends_with(part) && code[at + word.len()..].chars().next().is_some_and(part);
        !before && !after
    })
}

/// A file that is longer than it may be.
fn too_long(file: &str, text: &str) -> Option<String> {
    let lines = text.lines().count();
    let excused = LONGER.iter().any(|(name, _)| *name == file);
    (lines > LINES && !excused).then(|| format!("{file}: {lines} lines, more than {LINES}: does it hold two ideas?"))
}

#[test]
fn no_module_uses_what_its_layer_may_not() {
    let found: Vec<String> = sources().iter().flat_map(|(file, text)| forbidden_edges(file, text)).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn no_word_stands_where_it_breaks_a_promise() {
    let found: Vec<String> = sources().iter().flat_map(|(file, text)| banned_words(file, text)).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn nobody_names_the_variants_of_rules_and_tactics_but_their_files() {
    let mut sources = sources();
    for name in ["mod", "opening", "rounds", "endgame"] {
        let path = format!("benches/by_hand/{name}.rs");
        let text = fs::read_to_string(home().join(&path)).unwrap();
        sources.push((path, text));
    }
    let found: Vec<String> = sources.iter().flat_map(|(file, text)| named_variants(file, text)).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
    for file in ONLY_TESTS {
        assert!(sources.iter().any(|(name, _)| name == file), "there is no file {file} any more");
    }
}

#[test]
fn a_variant_is_found_however_it_is_named() {
    let found = |file: &str, text: &str| named_variants(file, text).len();
    assert_eq!(found("power/rule.rs", "if *rule == DecisionRule::Consensus {}"), 1);
    assert_eq!(found("power/rule.rs", "use crate::rules::DecisionRule::{self, Consensus};"), 1);
    assert_eq!(found("power/rule.rs", "use crate::rules::DecisionRule::*;"), 1);
    assert_eq!(found("blocking.rs", "use crate::rules::DecisionRule::Unanimity as All;"), 1);
    assert_eq!(found("rounds/stock.rs", "matches!(tactic, crate::tactics::Tactic::Reciprocal { .. })"), 1);
    assert_eq!(found("scenario/build/quotas.rs", "match written { file::RuleFile::Consensus => {} }"), 1);
    assert_eq!(found("benches/by_hand/rounds.rs", "Tactic::Steadfast"), 1);
    // Where they are listed, in tests, in comments, and what is no variant.
    assert_eq!(found("rules/mod.rs", "DecisionRule::Consensus => RuleFile::Consensus"), 0);
    assert_eq!(found("tactics/mod.rs", "Tactic::Steadfast"), 0);
    assert_eq!(found("blocking.rs", "fn f() {}\n#[cfg(test)]\nmod tests {\n    DecisionRule::Consensus\n}"), 0);
    assert_eq!(found("power/rule/tests.rs", "DecisionRule::Consensus"), 0);
    assert_eq!(found("blocking.rs", "// DecisionRule::Consensus\nlet rule = DecisionRule::of_silence();"), 0);
    assert_eq!(found("blocking.rs", "MyTactic::Own; Tactic::default();"), 0);
}

#[test]
fn no_file_is_longer_than_one_idea() {
    let found: Vec<String> = sources().iter().filter_map(|(file, text)| too_long(file, text)).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
    for (file, why) in LONGER {
        let text = sources().into_iter().find(|(name, _)| name == file).unwrap_or_else(|| panic!("{file} is gone")).1;
        assert!(text.lines().count() > LINES, "{file} need not be excused any more ({why})");
    }
}

#[test]
fn layers_only_look_down() {
    for (at, (module, uses)) in MAY_USE.iter().enumerate() {
        for used in *uses {
            let place = MAY_USE.iter().position(|(name, _)| name == used);
            assert!(place.is_some_and(|place| place < at), "`{module}` is listed before `{used}`, which it may use");
        }
    }
}

#[test]
fn every_layer_and_every_exception_is_needed() {
    let sources = sources();
    let modules: BTreeSet<&str> = sources.iter().map(|(file, _)| module(file)).collect();
    for (name, _) in MAY_USE {
        assert!(modules.contains(name), "there is no module `{name}` any more");
        assert!(MODEL.contains(name) || ABOVE.contains(name) || *name == "cli", "is `{name}` of the model?");
    }
    for (from, to, why) in EXCEPTIONS {
        let uses = sources.iter().filter(|(file, _)| module(file) == *from).any(|(file, text)| {
            let lines = code(file, text);
            edges(&lines).iter().any(|(_, used)| used == to)
        });
        assert!(uses, "`{from}` does not use `{to}` any more ({why})");
    }
}

#[test]
fn an_edge_that_is_not_listed_is_found_however_it_is_written() {
    let found = |file: &str, text: &str| forbidden_edges(file, text);
    assert_eq!(found("maths.rs", "\nuse crate::scenario::Scenario;\n"), ["maths.rs:2: `maths` may not use `scenario`"]);
    assert_eq!(found("rules/mod.rs", "fn f() -> crate::world::Scene {}").len(), 1);
    assert_eq!(found("rounds/draft.rs", "pub(crate) use crate::export;").len(), 1);
    assert_eq!(
        found("summary.rs", "use crate::{minutes::{Entry, rounds}, world, scenario};"),
        ["summary.rs:1: `summary` may not use `world`"]
    );
    assert_eq!(
        found("summary.rs", "use crate::{\n    minutes,\n    rounds,\n};"),
        ["summary.rs:1: `summary` may not use `rounds`"]
    );
    assert_eq!(found("gossip.rs", "").len(), 1, "a module in no layer");
    assert_eq!(found("cli/run.rs", "use crate::rounds;").len(), 1);
    // What is allowed, and what is no code.
    assert!(found("rounds/draft.rs", "use crate::world::Scene; use super::package; use crate::rounds::x;").is_empty());
    assert!(
        found("maths.rs", "// crate::world\nlet s = \"crate::world \\\" crate::world\"; //! crate::cli").is_empty()
    );
    assert!(found("lib.rs", "pub mod cli; use crate::cli;").is_empty());
}

#[test]
fn a_banned_word_is_found_and_a_longer_word_is_not() {
    let found = |file: &str, text: &str| banned_words(file, text).len();
    assert_eq!(found("rounds/draft.rs", "fn draft(memory: Local<u32>, commands: Commands) {}"), 2);
    assert_eq!(
        found("rounds/draft.rs", "use bevy_ecs::prelude::{Added, On};\nfn f(q: Query<&A, Added<B>>, e: On<E>) {}"),
        2
    );
    assert_eq!(found("rounds/mod.rs", "println!(\"\");"), 1);
    assert_eq!(found("scenario/check.rs", "let t = std::time::Instant::now(); let m: HashMap<u8, u8>;"), 2);
    assert_eq!(found("rules/mod.rs", "fn f(q: Query<&A>, w: &mut World) {}"), 2);
    assert_eq!(found("cli/run.rs", "let w = World::new();"), 1);
    // Allowed where it belongs, and no part of another word, of a comment or of a text.
    assert_eq!(found("world/mod.rs", "fn assemble() -> World { let q: Query<&A>; }"), 0);
    assert_eq!(found("conference.rs", "round: Schedule, world: World"), 0);
    assert_eq!(found("summary.rs", "struct Worldly; fn f(s: Scheduler) {} // World\nlet t = \"World\";"), 0);
    assert_eq!(found("cli/terminal.rs", "let t = Instant::now();"), 0);
}

#[test]
fn a_file_over_the_budget_is_found() {
    assert!(too_long("rules/mod.rs", &"\n".repeat(LINES + 1)).is_some());
    assert!(too_long("rules/mod.rs", &"\n".repeat(LINES)).is_none());
}
