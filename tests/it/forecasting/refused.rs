//! Tables that hold no decision end in a diagnostic and in no number; what differs only in form is read the same.

use crate::folder::Folder;

const HEADER: &str = "issue,actor,position,salience,capability\n";
const TWO: &str = "a,one,0,50,1\na,two,100,50,1\n";

/// The command on these files fails with these words, and writes nothing.
#[track_caller]
fn refused(positions: impl AsRef<[u8]>, issues: Option<&str>, words: &[&str]) {
    let folder = Folder::new();
    folder.write("p.csv", positions);
    let mut arguments = vec!["forecast", "--positions", "p.csv", "--out", "F.csv"];
    if let Some(issues) = issues {
        folder.write("i.csv", issues);
        arguments.extend(["--issues", "i.csv"]);
    }
    let said = folder.comity(&arguments).fails(1, "comity::");
    let flat = said.err.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in words {
        assert!(flat.contains(words), "{words:?} is not in\n{}", said.err);
    }
    assert!(!folder.path("F.csv").exists());
}

fn rows(rows: &str) -> String {
    HEADER.to_owned() + rows
}

#[test]
fn what_is_no_decision_is_refused() {
    refused(rows("a,one,0,50,1\n"), None, &["only `one` takes a stance on `a`"]);
    refused(rows("a,one,0,0,1\na,two,9,0,1\n"), None, &["nobody cares about `a`: every salience is 0"]);
    refused(rows("a,one,0,5,0\na,two,9,5,0\n"), None, &["nobody has a say on `a`"]);
    refused(rows("a,one,0,5,0\na,two,9,0,5\n"), None, &["nobody who cares has a say"]);
    refused(rows("a,one,9,50,1\na,two,9,50,1\n"), None, &["all want 9 on `a`: there is nothing to decide"]);
    refused(rows(""), None, &["the table holds no position"]);
}

#[test]
fn of_an_issue_with_an_unreadable_row_nothing_more_is_concluded() {
    let folder = Folder::new();
    folder.write("p.csv", rows("a,one,0,50,1\na,two,abc,50,1\nb,one,0,50,1\n"));
    let said = folder.comity(&["forecast", "--positions", "p.csv", "--out", "F.csv"]).fails(1, "is not a number");
    assert!(!said.err.contains("stance on `a`"), "{}", said.err);
    assert!(said.err.contains("only `one` takes a stance on `b`"), "{}", said.err);
}

#[test]
fn cells_and_columns_that_are_wrong_are_told_with_row_and_column() {
    refused(rows("a,,0,50,1\na,two,100,50,1\n"), None, &["row 2, column `actor`: the cell is empty", "p.csv:2:3"]);
    refused(rows("a,one,NaN,50,1\na,two,1,inf,1\n"), None, &["NaN is not a finite number", "column `salience`: inf"]);
    refused(rows("a,one,0,-1,1\na,two,1,101,1\n"), None, &["-1 is out of range", "101 is out of range"]);
    refused(rows("a,one,,5,1\na,two,1,,\n"), None, &["column `position`", "column `salience`", "column `capability`"]);
    refused("issue,actor,pos,salience\na,one,1,1\n", None, &["the table lacks the column `position`"]);
    refused("issue;actor;position;salience\na;one;1;1\n", None, &["the columns are separated by semicolons"]);
    refused(rows("a,one,0\n"), None, &["row 2 has 3 cells, the header has 5"]);
    refused(b"issue,actor,position,salience\na,\xe9,1,1\n", None, &["not UTF-8 text"]);
    refused("", None, &["p.csv is empty"]);
    refused(rows(TWO) + "a,one,50,50,1\n", None, &["row 4: `one` stands on `a` in row 2 already"]);
    refused(rows("a,one,-5,50,1\na,two,100,50,1\n"), None, &["the position -5 of `one` lies outside the scale of `a`"]);
}

#[test]
fn issues_that_are_wrong_are_told() {
    let issues = |rows: &str| format!("issue,scale_min,scale_max,reference_point,rule,outcome,group,note\n{rows}");
    let case = |row: &str, words: &str| refused(rows(TWO), Some(&issues(row)), &[words]);
    case("a,0,100,,concord,,,\n", "\"concord\" is no rule");
    case("a,0,100,,-2,,,\n", "\"-2\" is no rule");
    case("a,0,100,,3,,,\n", "the quota 3 of `a` is more than all its actors have, 2");
    case("a,100,0,,,,,\n", "the scale of `a` goes from 100 to 0");
    case("a,0,100,101,,,,\n", "the reference point 101 of `a` lies outside its scale");
    case("a,0,100,,,-3,,\n", "the outcome -3 of `a` lies outside its scale");
    case("a,0,100,,,,,\na,0,100,,,,,\n", "issue `a` stands twice");
    case("aa,0,100,,,,,\n", "`a` is not in the table of issues");
    refused(rows(TWO), Some("name,rule\na,majority\n"), &["the table lacks the column `issue`"]);
    refused(rows(TWO), Some("issue,scale_mim\na,0\n"), &["no column `scale_mim` is known here"]);
}

#[test]
fn everything_is_told_at_once() {
    let table = rows("a,one,x,50,1\na,two,100,50,1\nb,one,7,50,1\nb,two,7,50,1\nb,two,8,50,1\n");
    refused(
        table,
        Some("issue,rule\na,concord\nb,majority\n"),
        &[
            "\"x\" is not a number",
            "`two` stands on `b` in row 5 already",
            "\"concord\" is no rule",
            "all want 7 on `b`",
        ],
    );
}

#[test]
fn files_of_other_programs_are_held_against_their_format() {
    let ktab = |counts: &str, row: &str| {
        format!("Talks,\"words, more\",{counts}\nActor,Description,Power,P1,S1,\nx,,1,10,50,\n{row}\n")
    };
    refused(ktab("2,2", "y,,1,90,50,"), None, &["the first line counts \"2\" dimensions, there are 1"]);
    refused(ktab("3,1", "y,,1,90,50,"), None, &["the first line counts \"3\" actors, there are 2"]);
    refused(ktab("2,1", "y,,1,190,50,"), None, &["\"190\" is no position"]);
    refused(ktab("2,1", "y,,one,90,50,"), None, &["\"one\" is no power"]);
    refused(ktab("2,1", "x,,1,90,50,"), None, &["`x` stands on `P1` in row 3 already"]);
    let marked = |lines: &str| format!("#A;x;x\n#A;y;y\n#P;p;p\n#D;x;p;0;0.5;1\n{lines}\n");
    refused(marked("#D;z;p;100;0.5;1"), None, &["there is no actor `z`", "actor `y` takes no stance on any issue"]);
    refused(marked("#D;y;q;100;0.5;1"), None, &["there is no issue `q`"]);
    refused(marked("#D;y;p;100;high;1"), None, &["\"high\" is no salience"]);
    refused(marked("#X;y;p"), None, &["\"#X\" is no mark of this format"]);
    refused(marked("#A;x;again"), None, &["`x` is introduced twice"]);
}

/// What the compromise model makes of a file.
fn compromise(text: &str) -> String {
    let folder = Folder::new();
    folder.write("p.csv", text);
    folder.comity(&["forecast", "--positions", "p.csv", "--models", "compromise", "--out", "F.csv"]).well();
    folder.read("F.csv").lines().nth(1).unwrap().to_owned()
}

#[test]
fn files_of_the_exchange_model_are_read_whatever_separates_their_cells_and_with_apostrophes_and_remarks() {
    let plain = "#A;'s-Gravenhage;The Hague\n#A;B;'t Gooi\n#P;p;Issue\n#D;'s-Gravenhage;p;10;0.5;1\n#D;B;p;90;0.5;3\n";
    let commas = plain.replace(';', ",");
    let quoted = "'#A'\t'''s-Gravenhage'\t'The Hague'\n'#A'\t'B'\t''\n'#P'\t'p'\t''\n\
                  '#D'\t'''s-Gravenhage'\t'p'\t10\t0.5\t1\n'#D'\t'B'\t'p'\t90\t0.5\t3\n";
    for text in [
        plain.to_owned(),
        plain.replace(';', "\t"),
        plain.replace(';', " , "),
        commas.clone(),
        quoted.to_owned(),
        format!("#0;a remark\n{plain}"),
        format!("#0, a remark, with commas\n#/ a remark of no cells\n{plain}"),
        plain.replace("#P", "#0;'another, with ; in it\n#P"),
        format!("\u{feff}#O,Talks, in 2015\n{}", commas.replace("The Hague", "'The Hague, South'")),
    ] {
        assert_eq!(compromise(&text), "p,compromise,70.0000,,", "{text}");
    }
    let named = plain.replace("#P;p", "#P;'p").replace(";p;", ";'p;");
    assert_eq!(compromise(&named), "'p,compromise,70.0000,,");
    refused(plain.replace("10;0.5", "10;0,5"), None, &["\"0,5\" is no salience"]);
    refused(
        commas.replace("p,10,0.5,1", "p,10,0,5,1"),
        None,
        &["line 4, cell 7: there is one number too many", "separated by commas"],
    );
    refused(plain.replace("#P", "#1"), None, &["\"#1\" is no mark of this format"]);
}

#[test]
fn more_than_the_models_can_compare_is_refused() {
    let crowd: String = (0..401).map(|actor| format!("a,n{actor},{},1,1\n", actor % 100)).collect();
    refused(rows(&crowd), None, &["401 actors take a stance on `a`", "at most 400"]);
    let marks = "#/;x\n".repeat(20_001);
    refused(marks, None, &["more than 20000 lines"]);
}

#[test]
fn whatever_stands_in_a_file_ends_in_words() {
    let folder = Folder::new();
    let texts: [&[u8]; 9] = [
        b"#",
        b"'#A'\t\n'#D'",
        b"#D;;;;;\n#M;;\n#P\n",
        b"\n\n,\nActor,Description,Power\n",
        b"x\nActor,Description,Power,,\n,,,,",
        b"\xff\xfe#\0A",
        b"#A;\xff;\x92\n#D;\xff;\xff;1;1;1",
        b"\"",
        b"issue,actor,position,salience\n\"",
    ];
    for text in texts {
        folder.write("p.csv", text);
        folder.comity(&["forecast", "--positions", "p.csv", "--out", "F.csv"]).fails(1, "comity::");
        folder.comity(&["score", "p.csv", "--issues", "p.csv"]).fails(1, "comity::");
    }
}

#[test]
fn every_model_is_told_in_the_documentation() {
    let page = std::fs::read_to_string(crate::folder::home().join("docs/forecast.md")).unwrap();
    for model in comity::forecast::models() {
        assert!(page.contains(&format!("| `{}` |", model.name())), "{} is not told", model.name());
        assert!(!model.source().is_empty());
    }
}

#[test]
fn models_and_places_that_are_not_there_are_told() {
    let folder = Folder::new();
    folder.write("p.csv", rows(TWO));
    let asked = |more: &[&str]| folder.comity(&[&["forecast", "--positions", "p.csv"], more].concat());
    asked(&["--out", "F.csv", "--models", "compromize"]).fails(1, "did you mean `compromise`?");
    asked(&["--out", "F.csv", "--models", "mean,mean"]).fails(1, "is named twice");
    asked(&["--out", "F.csv", "--setter", "three"]).fails(1, "no actor of the table is called `three`");
    asked(&["--out", "p.csv"]).fails(1, "p.csv is what is read");
    asked(&["--out", "nowhere/F.csv"]).fails(1, "cannot write nowhere/F.csv");
    folder.comity(&["forecast", "--positions", "q.csv", "--out", "F.csv"]).fails(1, "cannot read q.csv");
    assert_eq!(folder.listing(), ["p.csv"]);
}

#[test]
fn scores_need_forecasts_and_outcomes_of_the_same_issues() {
    let folder = Folder::new();
    folder
        .write("F.csv", "issue,model,forecast\na,compromise,10\na,mean,20\nb,compromise,\n")
        .write("i.csv", "issue,outcome,group\na,15,g\nb,5,g\nc,,g\n")
        .write("none.csv", "issue,outcome\na,\nb,\n")
        .write("other.csv", "issue,outcome\nz,1\n")
        .write("twice.csv", "issue,model,forecast\na,mean,1\na,mean,2\n")
        .write("wrong.csv", "issue,model,forecast\na,mean,high\n");
    let said = folder.comity(&["score", "F.csv", "--issues", "i.csv", "--out", "S.csv"]).well();
    assert!(said.out.contains("compromise") && said.out.contains("5.00"), "{}", said.out);
    assert!(said.err.contains("1 forecasts are empty"), "{}", said.err);
    assert!(
        folder.read("S.csv").contains("mean,1,5.0000,,,5.0000,1.0000,1.0000,1.0000,0.0000,,,1"),
        "{}",
        folder.read("S.csv")
    );
    folder.comity(&["score", "F.csv", "--issues", "none.csv"]).fails(1, "none.csv tells no outcome");
    folder.comity(&["score", "F.csv", "--issues", "other.csv"]).fails(1, "`a` is not in other.csv");
    folder.comity(&["score", "twice.csv", "--issues", "i.csv"]).fails(1, "in row 2 already");
    folder.comity(&["score", "wrong.csv", "--issues", "i.csv"]).fails(1, "\"high\" is not a number");
    folder.comity(&["score", "gone.csv", "--issues", "i.csv"]).fails(1, "cannot read gone.csv");
}

#[test]
fn rows_in_another_order_and_saliences_in_another_unit_give_the_same() {
    let folder = Folder::new();
    let plain = "a,one,10,0.5,2\na,two,90,1,1\nb,one,0,1,2\nb,two,70,0.25,1\n";
    let hundreds = "a,one,10,50,2\na,two,90,100,1\nb,one,0,100,2\nb,two,70,25,1\n";
    let windows = plain.replace('\n', "\r\n");
    for (name, text) in [("plain.csv", plain), ("hundreds.csv", hundreds), ("windows.csv", &windows)] {
        folder.write(name, rows(text));
        let out = format!("F-{name}");
        folder.comity(&["forecast", "--positions", name, "--out", &out]).well();
        assert_eq!(folder.read(&out), folder.read("F-plain.csv"), "{name}");
    }
    folder.write("extra.csv", "note,issue,actor,position,salience,capability\nx,a,one,10,0.5,2\ny,a,two,90,1,1\n");
    folder.comity(&["forecast", "--positions", "extra.csv", "--models", "compromise", "--out", "F.csv"]).well();
    assert_eq!(folder.read("F.csv"), "issue,model,forecast,ci_low,ci_high\na,compromise,50.0000,,\n");
}
