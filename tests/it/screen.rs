//! What `run` prints, as a reader sees it: what is out looks out, what was put in does not look found, what follows is told.

use crate::folder::Folder;

/// Four countries whose wishes are certain, in two forums: one of rungs and templates, one that a text leaves again.
const SCENARIO: &str = r#"
title = "On screen"
horizon = 2040-12-31
mechanisms.off = ["ratification", "withdrawal"]
country = { A = {}, B = {}, C = {}, D = {}, E = {} }
[parameters]
assertiveness = 0.0
burden_price = 0.0
[clause.duties]
rungs = [{ label = "free", position = 0.0 }, { label = "some", position = 0.5 }, { label = "practice", position = 0.9 }, { label = "ban", position = 1.0 }]
[clause.data]
rungs = [{ label = "none", position = 0.0 }, { label = "some", position = 0.5 }, { label = "all", position = 1.0 }]
[clause.courts]
rungs = [{ label = "none", position = 0.0 }, { label = "full", position = 1.0 }]
[clause.panels]
rungs = [{ label = "none", position = 0.0 }, { label = "few", position = 0.4 }, { label = "full", position = 1.0 }]
[clause.fees]
[clause.dues]
[forum.talks]
name = "Talks"
members = ["A", "B", "C"]
agenda = ["duties", "data", "courts", "panels", "fees", "dues"]
status_quo = { duties = "practice", dues = 0.25 }
template = { courts = "full", panels = "full" }
calendar = { start = 2025-01-01, rounds = 3 }
accession = { applicants = ["D", "E"] }
[forum.annex]
name = "Annex"
members = ["A", "B"]
agenda = ["data"]
calendar = { start = 2026-01-01, rounds = 2 }
[mandate.A]
duties = { ideal = 1.0 }
data = { ideal = 1.0 }
courts = { ideal = 1.0 }
panels = { ideal = 1.0 }
fees = { ideal = 0.6 }
dues = { ideal = 0.6 }
[mandate.B]
duties = { ideal = 1.0 }
data = { ideal = 1.0 }
courts = { ideal = 1.0 }
panels = { ideal = 1.0 }
fees = { ideal = 0.6 }
dues = { ideal = 0.6 }
[mandate.C]
duties = { ideal = 0.0, red_line = { ceiling = 0.0 } }
data = { ideal = 1.0 }
courts = { ideal = 1.0 }
panels = { ideal = 0.4, red_line = { ceiling = 0.4 } }
fees = { ideal = 0.6 }
dues = { ideal = 0.25, red_line = { ceiling = 0.25 } }
[mandate.D]
duties = { ideal = 1.0 }
data = { ideal = 1.0 }
courts = { ideal = 1.0 }
panels = { ideal = 1.0 }
fees = { ideal = 0.6 }
dues = { ideal = 0.6 }
[mandate.E]
duties = { ideal = 0.0 }
data = { ideal = 0.0 }
courts = { ideal = 0.0 }
panels = { ideal = 0.0 }
fees = { ideal = 0.0 }
dues = { ideal = 0.0 }
"#;

/// What `run` prints, but for the digest.
fn printed(scenario: &str, arguments: &[&str]) -> String {
    let folder = Folder::new();
    folder.write("screen.toml", scenario);
    let said =
        folder.comity(&[&["run", "screen.toml", "-n", "20", "-q", "--out", "run"], arguments].concat()).well().out;
    said.split("\ndigest ").next().unwrap_or_default().to_owned()
}

/// The row of a clause.
fn row<'a>(text: &'a str, clause: &str) -> &'a str {
    text.lines()
        .find(|line| line.starts_with(&format!(" {clause} ")))
        .unwrap_or_else(|| panic!("no {clause} in:\n{text}"))
}

#[test]
fn the_table_of_a_run_reads_like_this() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots/screen");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("run", printed(SCENARIO, &[])));
}

#[test]
fn out_is_out_and_no_rung() {
    let text = printed(SCENARIO, &[]);
    let cells: Vec<&str> = row(&text, "duties").split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect();
    assert_eq!(cells, ["duties", "0.0%", "0.0% to 16.1%", "out (status quo: 2 practice)", "100.0%"], "{text}");
    assert!(row(&text, "dues").contains("out (status quo: 0.25)"), "{text}");
    assert!(text.contains("\n out: the clause is not in the text, or there is none"), "{text}");
    // The control: where C lets it pass it is in, at a rung, and the word is gone.
    let lifted = SCENARIO
        .replace("{ ideal = 0.0, red_line = { ceiling = 0.0 } }", "{ ideal = 1.0 }")
        .replace("{ ideal = 0.25, red_line = { ceiling = 0.25 } }", "{ ideal = 0.6 }");
    let text = printed(&lifted, &[]);
    assert!(row(&text, "duties").contains("100.0%") && row(&text, "duties").contains("  3 ban "), "{text}");
    assert!(row(&text, "dues").contains("at 0.6"), "{text}");
    assert!(!text.contains("out:") && !text.contains("out ("), "{text}");
    // No text at all leaves everything out.
    let failed = ["--set", "forum.talks.rule=unanimity", "--set", "forum.talks.member.C.reservation=9.0"];
    let text = printed(SCENARIO, &failed);
    let rows = ["duties", "courts", "fees"].map(|clause| row(&text, clause).contains("out (status quo: "));
    assert!(rows.iter().all(|out| *out), "{text}");
}

#[test]
fn a_template_is_marked_as_what_was_put_in() {
    let text = printed(SCENARIO, &[]);
    assert!(row(&text, "courts").trim_end().ends_with("template: 1 full"), "no share of a finding: {text}");
    assert!(row(&text, "panels").contains("template: 2 full)"), "weakened or out, the template is told: {text}");
    assert!(text.contains("\n template: text that the institution brings along, an input and no finding"), "{text}");
    // The control: without templates there is no such word.
    let without = SCENARIO.replace("template = { courts = \"full\", panels = \"full\" }\n", "");
    assert!(!printed(&without, &[]).contains("template"));
}

#[test]
fn entry_into_force_accession_and_the_wait_are_told_where_a_horizon_is_set() {
    let text = printed(SCENARIO, &[]);
    assert!(
        text.contains("\n by 2040-12-31: in force in 100.0% (83.9% to 100.0%) of replications, then with 4.0 parties"),
        "{text}"
    );
    assert!(
        text.contains("median wait from signature ") && text.contains("\n acceded: D 100.0% of replications\n"),
        "{text}"
    );
    assert_eq!(text.matches(" by 2040-12-31: in force").count(), 2, "a line a forum: {text}");
    let nobody = printed(SCENARIO, &["--set", "forum.talks.accession.applicants=[\"E\"]"]);
    assert!(nobody.contains("\n acceded: nobody\n"), "{nobody}");
    // The control: without a horizon nothing follows.
    let without = printed(&SCENARIO.replace("horizon = 2040-12-31\n", ""), &[]);
    assert!(!without.contains("in force") && !without.contains("acceded"), "{without}");
}

#[test]
fn the_interval_is_called_that_of_the_simulation() {
    let text = printed(SCENARIO, &[]);
    assert!(text.contains("simulation 95 %  most likely") && !text.contains("95 % interval"), "{text}");
    let told = "simulation 95 %: the interval is that of the simulation: more replications narrow it; it says nothing of how far the \
                model is right";
    assert_eq!(text.matches(told).count(), 1, "{text}");
    assert!(!text.contains("record"), "no record is kept yet: {text}");
}

#[test]
fn what_stood_in_the_way_says_of_what_it_is_a_share() {
    let text = printed(SCENARIO, &[]);
    let told = "\n in the way (alone, or in a smallest blocking set; share of replications): C on duties 100.0%, ";
    assert!(text.contains(told), "{text}");
    assert!(!text.contains("(imputed)"), "every mandate is typed in");
}
