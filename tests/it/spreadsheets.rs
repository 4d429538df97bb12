//! Tables as spreadsheets save them: what differs only in form is read the same, what cannot be read is explained.

use std::sync::Arc;

use comity::scenario::Scenario;
use comity::scenario::check::load;
use comity::scenario::problem::Problems;
use comity::scenario::source::Files;

/// Files in memory, byte for byte.
pub struct Bytes(pub Vec<(&'static str, Vec<u8>)>);

impl Files for Bytes {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let found = self.0.iter().find(|(name, _)| *name == path);
        found.map(|(_, bytes)| bytes.clone()).ok_or_else(|| "there is no such file".into())
    }
}

pub const SCENARIO: &str = r#"
title = "Tables"
as_of = 2020-01-01
tables = { countries = "countries.csv", indicators = "indicators.csv", clauses = "clauses.csv", evidence = "evidence.csv" }
indicators = { capability = ["trade"], capacity = "capacity" }
imputation = { features = [{ indicator = "gdp", log = true }] }
[forum.talks]
name = "Talks"
members = "members.csv"
calendar = { start = 2025-01-01, rounds = 3 }
"#;

pub const COUNTRIES: &str = "\
id,name,groups,source,confidence
ALB,\"Alba, Kingdom of\",region:North;LDC,invented,high
BOR,Borduria,region:South,invented,medium
CAR,Carpania,,invented,low
";

pub const INDICATORS: &str = "\
country,indicator,value,unit,year,source,confidence
ALB,trade,5.5,million US$,2018,invented,high
BOR,trade,3,million US$,2018,invented,high
CAR,trade,1,million US$,2018,invented,low
ALB,capacity,0.9,index,2018,invented,high
BOR,capacity,0.5,index,2018,invented,high
CAR,capacity,0.2,index,2018,invented,high
ALB,gdp,30000,US$,2018,invented,high
BOR,gdp,9000,US$,2018,invented,high
CAR,gdp,2000,US$,2018,invented,high
";

pub const CLAUSES: &str = "\
clause,name,burden,sdt,rung,label,position,exemplar,source,confidence
data_flows,Data flows,1,yes,0,none,0,,invented,high
data_flows,Data flows,1,yes,1,\"binding, with exceptions\",0.6,\"a \"\"model\"\" treaty\",invented,high
data_flows,Data flows,1,yes,2,binding,1,,invented,high
spam,Spam,0.5,no,,,,,invented,high
";

pub const EVIDENCE: &str = "\
id,actor,clause,date,rung,point,salience,red_line,basis,instrument,drawn_from_text,note,source,confidence
P1,ALB,data_flows,2018-03-08,2,,0.9,no,proposal,,no,\"said twice,
on two days\",invented,high
P2,BOR,data_flows,2018,0,,0.6,ceiling,statement,,no,,invented,medium
P3,LDC,spam,2018-03,,0.4,0.2,no,vote,,no,,invented,low
";

pub const MEMBERS: &str = "\
country,weight,veto,source,confidence
ALB,,yes,invented,high
BOR,2.5,no,invented,high
CAR,,,invented,high
";

/// The scenario with each of its tables as `change` leaves it.
fn with(change: impl Fn(&str, &str) -> Vec<u8>) -> Result<Arc<Scenario>, Problems> {
    let tables = [
        ("countries.csv", COUNTRIES),
        ("indicators.csv", INDICATORS),
        ("clauses.csv", CLAUSES),
        ("evidence.csv", EVIDENCE),
        ("members.csv", MEMBERS),
    ];
    let mut files: Vec<(&str, Vec<u8>)> = tables.iter().map(|(name, text)| (*name, change(name, text))).collect();
    files.push(("scenario.toml", SCENARIO.into()));
    load("scenario.toml", &[], &Bytes(files)).map(|checked| checked.scenario)
}

/// Every table changed alike gives the same scenario.
#[track_caller]
fn means_the_same(change: impl Fn(&str) -> String) {
    let plain = with(|_, text| text.into()).unwrap_or_else(|problems| panic!("{problems}"));
    let changed = with(|_, text| change(text).into()).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(format!("{plain:?}"), format!("{changed:?}"));
}

/// The messages about a scenario of which one table is changed.
fn messages(table: &str, change: impl Fn(&str) -> String) -> Vec<String> {
    let changed = with(|name, text| if name == table { change(text).into() } else { text.into() });
    let problems = changed.expect_err("a table that cannot be read").0;
    problems.iter().map(|problem| Problems(vec![problem.clone()]).to_string()).collect()
}

#[test]
fn tables_are_read_as_they_are() {
    let scenario = with(|_, text| text.into()).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(scenario.countries[0].name, "Alba, Kingdom of");
    assert_eq!(scenario.countries[0].groups, ["region:North", "LDC"]);
    assert_eq!(scenario.clauses[0].rungs[1].label, "binding, with exceptions");
    assert_eq!(scenario.clauses[0].rungs[1].exemplar, "a \"model\" treaty");
    let members = &scenario.forums[0].members;
    assert_eq!((members[0].veto, members[1].weight, members[2].veto), (true, Some(2.5), false));
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_first_column() {
    means_the_same(|text| format!("\u{feff}{text}"));
}

#[test]
fn line_ends_may_be_those_of_any_system() {
    means_the_same(|text| text.replace("twice,\n", "twice,\r").replace('\n', "\r\n").replace("twice,\r", "twice,\n"));
    means_the_same(|text| text.trim_end().to_owned());
}

#[test]
fn blank_rows_and_spaces_around_cells_mean_nothing() {
    let commas = |text: &str| ",".repeat(text.lines().next().unwrap().matches(',').count());
    means_the_same(|text| format!("{text}{}\n", commas(text)));
    means_the_same(|text| format!("\n{}\n\n{text}\n\n", commas(text)));
    means_the_same(|text| {
        let spaced = |line: &str| {
            if line.contains('"') || line.starts_with("on two") { line.to_owned() } else { line.replace(',', " , ") }
        };
        text.lines().map(spaced).collect::<Vec<_>>().join("\n")
    });
}

#[test]
fn every_cell_may_be_quoted() {
    let quoted = |line: &str| line.split(',').map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(",");
    means_the_same(|text| match text.contains('"') {
        true => text.to_owned(),
        false => text.lines().map(quoted).collect::<Vec<_>>().join("\n"),
    });
}

#[test]
fn the_order_of_columns_is_free() {
    let reversed = |text: &str| {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        let mut writer = csv::Writer::from_writer(Vec::new());
        for record in reader.records() {
            writer.write_record(record.unwrap().iter().rev()).unwrap();
        }
        String::from_utf8(writer.into_inner().unwrap()).unwrap()
    };
    means_the_same(reversed);
}

#[test]
fn columns_separated_by_anything_but_commas_are_one_problem_a_table() {
    for (separator, name) in [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")] {
        for (table, text) in [("countries.csv", COUNTRIES), ("members.csv", MEMBERS), ("evidence.csv", EVIDENCE)] {
            let told = messages(table, |_| text.replace(',', separator));
            assert_eq!(told.len(), 1, "{told:?}");
            let start = format!("{table}:1:1: the columns are separated by {name} (save the table with commas");
            assert!(told[0].starts_with(&start), "{told:?}");
        }
    }
}

#[test]
fn a_decimal_comma_is_explained() {
    let told = messages("indicators.csv", |text| text.replace("5.5", "\"5,5\""));
    let expected =
        "indicators.csv:2:11: row 2, column `value`: \"5,5\" is not a number (expected a plain number like 1234.5";
    assert!(told.len() == 1 && told[0].starts_with(expected), "{told:?}");
    let told = messages("indicators.csv", |text| text.replace("5.5", "5,5"));
    assert!(told.len() == 1 && told[0].contains("row 2 has 8 cells, the header has 7"), "{told:?}");
}

#[test]
fn rows_are_numbered_as_the_spreadsheet_numbers_them() {
    // The note of the first row takes two lines of the file and one row of the spreadsheet.
    let told = messages("evidence.csv", |text| text.replace("P2,BOR", "\n\nP2,BRO"));
    assert!(told.len() == 1 && told[0].starts_with("evidence.csv:6:4: row 5, column `actor`: no country"), "{told:?}");
}

#[test]
fn a_quote_that_is_never_closed_is_found_where_it_opens() {
    let told = messages("evidence.csv", |text| text.replace("on two days\"", "on two days"));
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("evidence.csv:2:53: row 2 opens a quote that is never closed"), "{told:?}");
}

#[test]
fn a_file_in_another_encoding_is_told_by_name() {
    for bytes in [&b"id,name\nALB,Alb\xe9\n"[..], b"\xff\xfei\0d\0,\0"] {
        let read = with(|name, text| if name == "countries.csv" { bytes.into() } else { text.into() });
        let told = read.expect_err("it is not UTF-8").to_string();
        assert!(told.contains("countries.csv is not UTF-8 text") && told.contains("CSV UTF-8"), "{told}");
    }
}

#[test]
fn the_columns_that_the_schema_names_are_those_that_are_read() {
    for (table, columns) in [
        ("countries.csv", "id,name,groups,source,confidence"),
        ("indicators.csv", "country,indicator,value,unit,year,source,confidence"),
    ] {
        let told = messages(table, |_| String::new());
        assert!(told[0].contains(&columns.replace(',', ", ")), "{told:?}");
    }
    let schema = comity::scenario::file::schema();
    for (table, file) in [
        ("countries", "countries.csv"),
        ("indicators", "indicators.csv"),
        ("clauses", "clauses.csv"),
        ("evidence", "evidence.csv"),
    ] {
        let described = schema["$defs"]["Tables"]["properties"][table]["description"].as_str().unwrap();
        let named: Vec<&str> =
            described.split('`').filter(|part| part.len() > 1).flat_map(|part| part.split(',')).collect();
        let told = messages(file, |_| String::new()).remove(0);
        let (_, read) = told.split_once("with the columns ").unwrap();
        let read: Vec<&str> = read.trim_end_matches(')').split(", ").collect();
        for column in read {
            assert!(named.contains(&column), "the schema does not name `{column}` of {file}: {described}");
        }
    }
}
