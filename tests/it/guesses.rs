//! What is guessed looks guessed: cautions on clauses of which little is known, and marks in the table of a run.

use std::sync::Arc;

use comity::scenario::Scenario;
use comity::scenario::check::load;
use comity::scenario::source::Memory;

use crate::folder::Folder;

/// Five countries and three clauses, over tables; what each row of evidence says is for each test to fill in.
pub const SCENARIO: &str = r#"
title = "Five countries"
as_of = 2020-06-30
tables = { evidence = "evidence.csv" }
imputation = { features = [] }
clause.data = { rungs = [{ label = "none", position = 0.0 }, { label = "some", position = 0.5 }, { label = "all", position = 1.0 }] }
clause.spam = { rungs = [{ label = "none", position = 0.0 }, { label = "all", position = 1.0 }] }
clause.code = {}
country = { A = { groups = ["G"] }, B = { groups = ["G"] }, C = {}, D = {}, E = {} }
[forum.talks]
name = "Talks"
instrument = "PACT"
members = ["A", "B", "C", "D", "E"]
calendar = { start = 2021-01-01, rounds = 3 }
"#;

/// A table of evidence: actor, clause, date, what it wanted, and whether it is drawn from the text itself.
pub fn evidence(rows: &[(&str, &str, &str, f64, bool)]) -> String {
    let rows = rows.iter().enumerate().map(|(no, (actor, clause, date, wants, drawn))| {
        let (rung, point) = match (*clause, *wants) {
            ("code", point) => (String::new(), point.to_string()),
            ("spam", point) => (point.round().to_string(), String::new()),
            (_, point) => ((point * 2.0).round().to_string(), String::new()),
        };
        let drawn = if *drawn { "yes" } else { "no" };
        format!("E{no},{actor},{clause},{date},{rung},{point},0.8,no,statement,PACT,{drawn},made up,high\n")
    });
    let header =
        "id,actor,clause,date,rung,point,salience,red_line,basis,instrument,drawn_from_text,source,confidence\n";
    header.to_owned() + &rows.collect::<String>()
}

/// The same rows for these actors on each of the three clauses.
fn all_clauses(actors: &[&'static str]) -> Vec<(&'static str, &'static str, &'static str, f64, bool)> {
    ["data", "spam", "code"]
        .into_iter()
        .flat_map(|clause| actors.iter().map(move |actor| (*actor, clause, "2019", 1.0, false)))
        .collect()
}

fn loaded(scenario: &str, rows: &[(&str, &str, &str, f64, bool)]) -> Arc<Scenario> {
    let files = [("five.toml".to_owned(), scenario.to_owned()), ("evidence.csv".to_owned(), evidence(rows))];
    load("five.toml", &[], &Memory(files.into())).unwrap_or_else(|problems| panic!("{problems}")).scenario
}

/// Cautions of the three kinds.
fn cautions(scenario: &str, rows: &[(&str, &str, &str, f64, bool)]) -> Vec<String> {
    let all = loaded(scenario, rows).cautions.clone();
    let kinds = ["NO EVIDENCE", "nothing is known", "more than half", "the word of one"];
    all.into_iter().filter(|caution| kinds.iter().any(|kind| caution.contains(kind))).collect()
}

#[test]
fn where_every_mandate_has_evidence_nothing_is_cautioned_against() {
    assert_eq!(cautions(SCENARIO, &all_clauses(&["A", "B", "C", "D", "E"])), [""; 0]);
    // Three of five are known: the other two are less than half.
    assert_eq!(cautions(SCENARIO, &all_clauses(&["A", "B", "C"])), [""; 0]);
    // A group spoke for two, a country for itself.
    assert_eq!(cautions(SCENARIO, &all_clauses(&["G", "C"])), [""; 0]);
}

#[test]
fn a_clause_of_which_more_than_half_is_imputed_is_named_with_how_many_and_where() {
    let mut rows = all_clauses(&["A", "B", "C"]);
    // Of spam two of five are known.
    rows.retain(|row| (row.0, row.1) != ("C", "spam"));
    let of_spam = "on 1 of 3 clauses of `talks` more than half of the mandates are imputed: `spam` (3 of 5)";
    assert_eq!(cautions(SCENARIO, &rows), [of_spam]);
    // Later rows, and rows drawn from the text itself, count for nothing.
    for (date, drawn) in [("2021", false), ("2020-07", false), ("2019", true)] {
        let more = [&rows[..], &[("C", "spam", date, 1.0, drawn)]].concat();
        assert_eq!(cautions(SCENARIO, &more), [of_spam], "{date} {drawn}");
    }
    // Half is not more than half: of four members two are known.
    let four = SCENARIO.replace(", \"E\"]\n", "]\n");
    assert_eq!(cautions(&four, &rows), [""; 0]);
    // Several are told in one line, in the order of the agenda.
    rows.retain(|row| (row.0, row.1) != ("B", "code") && (row.0, row.1) != ("C", "code"));
    rows.push(("D", "code", "2018", 0.0, false));
    assert_eq!(
        cautions(SCENARIO, &rows),
        ["on 2 of 3 clauses of `talks` more than half of the mandates are imputed: `spam` (3 of 5), `code` (3 of 5)"]
    );
}

#[test]
fn a_clause_that_rests_on_the_word_of_one_is_named_with_whose_it_is() {
    let mut rows = all_clauses(&["A", "B", "C"]);
    rows.retain(|row| row.1 != "code" || row.0 == "B");
    assert_eq!(
        cautions(SCENARIO, &rows),
        [
            "on 1 of 3 clauses of `talks` more than half of the mandates are imputed: `code` (4 of 5)",
            "on 1 of 3 clauses of `talks` all that is known is the word of one: `code` (`B`; 4 of 5 imputed)",
        ]
    );
    // However often it says so; and a group that spoke for two is one voice.
    rows.push(("B", "code", "2018", 0.5, false));
    assert!(cautions(SCENARIO, &rows)[1].contains("`code` (`B`; 4 of 5 imputed)"));
    rows.retain(|row| row.1 != "code");
    rows.push(("G", "code", "2018", 0.5, false));
    assert!(cautions(SCENARIO, &rows)[1].contains("`code` (`G`; 3 of 5 imputed)"));
    // Half of two is not more than half, but the word of one all the same.
    let two = SCENARIO.replace("\"A\", \"B\", \"C\", \"D\", \"E\"", "\"A\", \"D\"");
    let rows = all_clauses(&["A"]);
    let said = cautions(&two, &rows);
    assert!(said.len() == 1 && said[0].starts_with("on 3 of 3 clauses of `talks` all that is known"), "{said:?}");
    // A second voice, even from outside, or a mandate typed in, is another word.
    assert_eq!(cautions(&two, &all_clauses(&["A", "C"])), [""; 0]);
    let stated = two + "[mandate.D]\ndata = { ideal = 0.5 }\nspam = { ideal = 0.5 }\ncode = { ideal = 0.5 }\n";
    assert_eq!(cautions(&stated, &rows), [""; 0]);
}

#[test]
fn where_no_evidence_counts_at_all_the_caution_is_loud_and_says_why() {
    let mut rows = all_clauses(&["A", "B", "C", "D", "E"]);
    rows.iter_mut().for_each(|row| row.4 = true);
    rows[0].2 = "2020";
    assert_eq!(
        cautions(SCENARIO, &rows),
        [
            "NO EVIDENCE counts in `talks`: all 15 mandates are guesses, anywhere on the scale, and what a run says of it is no \
          finding; of 15 rows of evidence on its clauses 1 came after 2020-06-30, and 14 are drawn from the very text it \
          negotiates"
        ]
    );
    // Where there is something on a clause, the others are named.
    rows[14].4 = false;
    let said = cautions(SCENARIO, &rows);
    assert_eq!(said[0], "on 2 of 3 clauses of `talks` nothing is known of anyone: `data` (5 of 5), `spam` (5 of 5)");
    assert!(said[1].contains("`code` (4 of 5)") && said[2].contains("`code` (`E`; 4 of 5 imputed)"), "{said:?}");
}

#[test]
fn check_is_short_even_where_much_is_guessed() {
    let checked = load("digital-order", &[], &Memory(Default::default())).expect("it holds").scenario;
    let kinds = ["NO EVIDENCE", "nothing is known", "more than half", "the word of one"];
    for forum in &checked.forums {
        let of = format!("`{}`", forum.id);
        let told = checked.cautions.iter().filter(|caution| kinds.iter().any(|kind| caution.contains(kind)));
        assert!(told.filter(|caution| caution.contains(&of)).count() <= 3, "{of}");
    }
    let said = load("un-gdc", &[], &Memory(Default::default())).expect("it holds").scenario.cautions.join("\n");
    assert!(said.contains("nothing is known of anyone: ") && said.contains("`online_safety` (193 of 193)"), "{said}");
}

/// What `run` prints of the five countries under these rows, before the digest.
fn printed(rows: &[(&str, &str, &str, f64, bool)]) -> String {
    let folder = Folder::new();
    folder.write("five.toml", SCENARIO).write("evidence.csv", evidence(rows));
    let said = folder.comity(&["run", "five.toml", "-n", "40", "-q", "--out", "run"]).well().out;
    said.split("\ndigest ").next().unwrap_or_default().to_owned()
}

#[test]
fn what_is_mostly_guessed_is_marked_and_what_is_known_is_not() {
    let known = printed(&all_clauses(&["A", "B", "C", "D", "E"]));
    assert!(!known.contains('~') && !known.contains("mputed") && !known.contains("IMPUTED"), "{known}");
    let mut rows = all_clauses(&["A", "B", "C", "D", "E"]);
    rows.retain(|row| row.1 != "spam" || row.0 == "A");
    let some = printed(&rows);
    assert!(some.contains("\nimputed: 4 of 15 mandates (26.7%) have no evidence of their own"), "{some}");
    let line = |clause: &str| some.lines().find(|line| line.starts_with(&format!(" {clause} "))).expect("a row");
    assert!(line("spam").contains('~') && line("spam").ends_with("4 of 5"), "{some}");
    assert!(!line("data").contains('~') && line("data").ends_with("0 of 5"), "{some}");
    // The talks rest on 15 mandates, of which most are known.
    assert!(some.contains("Talks: a text is adopted in 100.0%"), "{some}");
    assert!(some.contains("\n ~ guessed: more than half"), "{some}");
    let none =
        printed(&all_clauses(&["A"]).into_iter().map(|row| (row.0, row.1, row.2, row.3, true)).collect::<Vec<_>>());
    assert!(none.contains("\nIMPUTED: all 15 mandates; no evidence"), "{none}");
    assert!(none.contains("Talks: a text is adopted in ~"), "{none}");
}
