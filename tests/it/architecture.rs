//! Who may import whom, which words stay out of which folder, and how long a file may be.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::folder::home;

/// Modules by layer, the lowest first, with all that each may use. A module that is not listed may not exist.
const MAY_USE: &[(&str, &[&str])] = &[
    // Numbers and dates.
    ("clause_set", &[]),
    ("decimal", &[]),
    ("maths", &[]),
    ("quantity", &["maths"]),
    // Pure parts of the model, and its record.
    ("chance", &[]),
    ("minutes", &["clause_set", "quantity"]),
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
    // What goes wrong, for all that stands above: the problems of a scenario and their like.
    ("error", &["scenario"]),
    // The model.
    (
        "world",
        &[
            "clause_set",
            "maths",
            "quantity",
            "chance",
            "minutes",
            "exchange",
            "preference",
            "rules",
            "tactics",
            "scenario",
        ],
    ),
    (
        "rounds",
        &[
            "clause_set",
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
    (
        "ratification",
        &["clause_set", "maths", "quantity", "chance", "minutes", "preference", "rules", "scenario", "world", "rounds"],
    ),
    ("conference", &["quantity", "chance", "minutes", "scenario", "world", "rounds", "ratification"]),
    // Above the model.
    ("dossier", &["decimal", "rules", "scenario", "forecast"]),
    ("forecast_engine", &["quantity", "rules", "scenario", "conference", "forecast"]),
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
    // The front door: what a program of somebody else uses, and the command line.
    ("study", &["scenario", "error", "conference", "forecast", "ensemble", "summary", "export", "replay"]),
    (
        "cli",
        &[
            "quantity",
            "minutes",
            "rules",
            "scenario",
            "error",
            "conference",
            "summary",
            "export",
            "replay",
            "study",
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
    "clause_set",
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
const ABOVE: &[&str] =
    &["error", "dossier", "forecast_engine", "ensemble", "summary", "hindcast", "export", "replay", "study"];

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
    (
        &["cli"],
        true,
        &["Ensemble", "Recorder", "Batch", "Manifest", "Staging::create", "rayon", "thread::"],
        "the command line is a caller of `study`, and plays and writes nothing itself",
    ),
    (WORLD, false, &["Query<", "World", "Schedule"], "the world is the model's"),
    (&["minutes", "world", "rounds", "ratification", "conference"], true, &["u128"], "a set of clauses is a ClauseSet"),
];

/// Most lines of a file.
const LINES: usize = 400;

/// Files that are longer, each with its reason.
const LONGER: &[(&str, &str)] = &[];

/// Most lines of a function, its signature and its comments counted.
const FUNCTION: usize = 80;

/// Functions that are longer, each with its reason.
const LONGER_FUNCTIONS: &[(&str, &str, &str)] = &[
    ("replay/transcript.rs", "tell", "one arm an entry of the minutes"),
    ("scenario/structure.rs", "choice", "one walk over a schema's alternatives"),
    ("dossier/assemble.rs", "assemble", "one walk over the rows of a dossier"),
];

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

/// The functions of a file: name, number of the first line, and lines. Functions inside others count for both.
fn functions(file: &str, text: &str) -> Vec<(String, usize, usize)> {
    let lines: Vec<Line> = code(file, &text.replace("'{'", "").replace("'}'", ""));
    let mut found = Vec::new();
    for (first, line) in lines.iter().enumerate() {
        let start = line.code.trim_start();
        let is_word =
            |word: &str| ["pub", "const", "async", "extern", "unsafe"].iter().any(|one| word.starts_with(one));
        let mut words = start.split_whitespace().skip_while(|word| is_word(word));
        let (Some("fn"), Some(name)) = (words.next(), words.next()) else { continue };
        if let Some(length) = length_of_block(&lines[first..]) {
            found.push((first_name(name), first + 1, length));
        }
    }
    found
}

/// Lines up to the end of the first block in braces; none where a semicolon comes before it outside of all brackets.
fn length_of_block(lines: &[Line]) -> Option<usize> {
    let (mut braces, mut brackets) = (0, 0);
    for (no, line) in lines.iter().enumerate() {
        for c in line.code.chars() {
            match c {
                '(' | '[' => brackets += 1,
                ')' | ']' => brackets -= 1,
                ';' if braces == 0 && brackets == 0 => return None,
                '{' => braces += 1,
                '}' => {
                    braces -= 1;
                    if braces == 0 {
                        return Some(no + 1);
                    }
                }
                _ => {}
            }
        }
    }
    None
}

/// Functions of a file that are longer than they may be.
fn long_functions(file: &str, text: &str) -> Vec<String> {
    let excused = |name: &str| LONGER_FUNCTIONS.iter().any(|(other, one, _)| (*other, *one) == (file, name));
    let long = functions(file, text).into_iter().filter(|(name, _, lines)| *lines > FUNCTION && !excused(name));
    long.map(|(name, first, lines)| format!("{file}:{first}: `{name}` has {lines} lines, more than {FUNCTION}"))
        .collect()
}

#[test]
fn no_function_is_longer_than_one_thought() {
    let sources = sources();
    let found: Vec<String> = sources.iter().flat_map(|(file, text)| long_functions(file, text)).collect();
    assert!(found.is_empty(), "cut them where one thing ends:\n{}", found.join("\n"));
    for (file, function, why) in LONGER_FUNCTIONS {
        let text = &sources.iter().find(|(name, _)| name == file).unwrap_or_else(|| panic!("{file} is gone")).1;
        let longest =
            functions(file, text).into_iter().filter(|(name, ..)| name == function).map(|(.., lines)| lines).max();
        assert!(longest > Some(FUNCTION), "`{function}` in {file} need not be excused any more ({why})");
    }
    // A search that sees next to nothing would find nothing too long.
    let all = |(file, text): &(String, String)| functions(file, text).len();
    assert!(sources.iter().map(all).sum::<usize>() > 1_000, "functions are not found any more");
}

#[test]
fn a_function_over_the_budget_is_found_however_it_is_written() {
    let found =
        |head: &str, lines: usize| long_functions("rules/mod.rs", &format!("{head}{}}}", "\n".repeat(lines - 1)));
    assert_eq!(found("pub(crate) const fn f(a: [u8; 2]) {", FUNCTION + 1).len(), 1);
    assert_eq!(found("    fn f() -> bool { let brace = \"}\"; // }", FUNCTION + 1).len(), 1);
    assert_eq!(found("fn f() { let brace = '}';", FUNCTION + 1).len(), 1);
    assert_eq!(found("fn f() { if a { b } else { c }", FUNCTION + 1).len(), 1);
    assert!(found("fn f() {", FUNCTION).is_empty());
    assert!(found("    fn f();", FUNCTION + 1).is_empty(), "a declaration has no body");
    assert!(found("// fn f() {", FUNCTION + 1).is_empty() && found("struct F {", FUNCTION + 1).is_empty());
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
    assert_eq!(found("cli/run.rs", "Ensemble { threads }.run(); Recorder::new(scenario);"), 2);
    assert_eq!(found("study/driver.rs", "Ensemble { threads }.run(); Recorder::new(scenario);"), 0);
    assert_eq!(found("rounds/watch.rs", "fn concession(said: &[f64], spoken: u128) {}"), 1);
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

/// Files of one folder that use each other in a circle, each with its reason: the folder, the files in alphabetical order.
const CIRCLES: &[(&str, &[&str], &str)] = &[
    (
        "export",
        &["directory", "partial"],
        "the sums of a part are written with its directory, and read with its problems",
    ),
    ("power", &["dense", "game", "rounded", "sparse"], "a game chooses how it is counted, and each way counts a game"),
    ("summary", &["blockers", "sums"], "the sums list those of pairs, and pairs give theirs"),
    ("summary", &["estimate", "interval", "moments"], "an estimate is made of moments, and both give one"),
];

/// The names of sibling files that a file uses: by `super::`, or by the path of their folder.
fn siblings_used(folder: &str, text: &str, siblings: &BTreeSet<String>) -> BTreeSet<String> {
    let text: String = code("", text).into_iter().map(|line| line.code + "\n").collect();
    let whole = format!("crate::{}::", folder.replace('/', "::")).replace("::::", "::");
    let mut used = BTreeSet::new();
    for prefix in ["super::", &whole] {
        for (at, _) in text.match_indices(prefix) {
            // The file above the folder is no sibling.
            if text[..at].ends_with("::") {
                continue;
            }
            let path = &text[at + prefix.len()..];
            match path.strip_prefix('{') {
                Some(list) => used.extend(top_level(list)),
                None => used.extend([first_name(path)]),
            }
        }
    }
    used.retain(|name| siblings.contains(name));
    used
}

/// Circles among the files of each folder: the folder, and the files that reach each other. A folder's `mod.rs` is the
/// folder itself, and no file in it.
fn circles(sources: &[(String, String)]) -> Vec<(String, Vec<String>)> {
    let mut folders: BTreeMap<&str, BTreeMap<&str, &str>> = BTreeMap::new();
    for (path, text) in sources {
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        if !matches!(file, "mod.rs" | "lib.rs" | "main.rs") {
            folders.entry(folder).or_default().insert(file.trim_end_matches(".rs"), text);
        }
    }
    let mut found = Vec::new();
    for (folder, files) in folders {
        let names: BTreeSet<String> = files.keys().map(|&name| name.to_owned()).collect();
        let mut reached: BTreeMap<String, BTreeSet<String>> =
            files.iter().map(|(&name, text)| (name.to_owned(), siblings_used(folder, text, &names))).collect();
        // As many steps as there are files reach everything that can be reached.
        for _ in &names {
            for from in &names {
                let further: BTreeSet<String> = reached[from].iter().flat_map(|to| reached[to].clone()).collect();
                reached.entry(from.clone()).or_default().extend(further);
            }
        }
        let mut told = BTreeSet::new();
        for name in &names {
            let together: Vec<String> = names
                .iter()
                .filter(|&other| reached[name].contains(other) && reached[other].contains(name))
                .cloned()
                .collect();
            if together.len() > 1 && told.insert(together.clone()) {
                found.push((folder.to_owned(), together));
            }
        }
    }
    found
}

#[test]
fn no_two_files_of_a_folder_use_each_other_in_a_circle() {
    let found = circles(&sources());
    let excused = |folder: &str, files: &[String]| {
        CIRCLES.iter().any(|(where_, names, _)| *where_ == folder && names.iter().eq(files.iter()))
    };
    for (folder, files) in &found {
        assert!(excused(folder, files), "src/{folder}: {} use each other in a circle", files.join(", "));
    }
    for (folder, files, why) in CIRCLES {
        let is_there = found.iter().any(|(where_, names)| where_ == folder && files.iter().eq(names.iter()));
        assert!(is_there, "{folder}: {files:?} need not be excused any more ({why})");
    }
}

#[test]
fn a_circle_of_files_is_found_however_it_is_written() {
    let found = |files: &[(&str, &str)]| {
        circles(&files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect::<Vec<_>>())
    };
    let circle = |files: &[(&str, &str)]| found(files).first().map(|(_, names)| names.join(" "));
    let two = [("rules/a.rs", "use super::b::B;"), ("rules/b.rs", "use super::{c::C, a::A};")];
    assert_eq!(circle(&two).as_deref(), Some("a b"));
    let whole = [("rules/a.rs", "fn f() -> crate::rules::b::B {}"), ("rules/b.rs", "pub use super::a;")];
    assert_eq!(circle(&whole).as_deref(), Some("a b"));
    let three = [("r/a.rs", "use super::b;"), ("r/b.rs", "use super::c;"), ("r/c.rs", "use super::a;")];
    assert_eq!(circle(&three).as_deref(), Some("a b c"));
    // One way is no circle; nor is the folder itself, a file of another folder, a comment, or a name of the file's own.
    assert_eq!(circle(&three[..2]), None);
    assert_eq!(circle(&[("r/mod.rs", "use a::A;"), ("r/a.rs", "use super::R;")]), None);
    assert_eq!(circle(&[("r/a.rs", "use super::b;"), ("q/b.rs", "use super::a;")]), None);
    assert_eq!(circle(&[("r/a.rs", "use super::b;"), ("r/b.rs", "// use super::a;\nuse super::super::a;")]), None);
    assert_eq!(circle(&[("r/a.rs", "use super::b;"), ("r/b.rs", "use self::a::A;")]), None);
}
