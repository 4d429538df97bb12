//! `comity hindcast`: that its page is what it should be, that nothing leaks into it, and what it says where there is nothing
//! to hold a forecast against.

use crate::folder::{Folder, at_home, home};

/// A library in which two states want what their pact holds, and a third scenario's text is known beforehand.
fn library() -> Folder {
    let folder = Folder::new();
    folder.write(
        "lib/clauses.csv",
        "clause,name,burden,sdt,rung,label,position,exemplar,source,confidence\n\
         fees,Fees,1,yes,0,none,0,,here,high\nfees,Fees,1,yes,1,cap,0.5,,here,high\nfees,Fees,1,yes,2,ban,1,,here,high\n",
    );
    folder.write(
        "lib/outcomes.csv",
        "instrument,clause,rung,article,source,confidence\nPACT,fees,2,1,here,high\nOLD,fees,1,1,here,low\n",
    );
    folder.write(
        "lib/forums.csv",
        "instrument,fact,value,source,confidence\nPACT,kind,treaty,here,high\nPACT,concluded,2014-06-01,here,high\n\
         OLD,kind,treaty,here,high\nOLD,concluded,2010-06-01,here,high\n",
    );
    folder.write("pact.toml", scenario("PACT"));
    folder.write("old.toml", scenario("OLD"));
    folder
}

fn scenario(instrument: &str) -> String {
    format!(
        "title = \"Fees\"\nas_of = 2012-12-31\n[tables]\nclauses = \"lib/clauses.csv\"\n[country.Alba]\n[country.Doria]\n\
         [forum.talks]\nname = \"Talks\"\ninstrument = \"{instrument}\"\nmembers = [\"Alba\", \"Doria\"]\n\
         calendar = {{ start = 2013-01-01, rounds = 3 }}\n\
         [mandate.Alba.fees]\nideal = 1.0\nsalience = 1\n[mandate.Doria.fees]\nideal = 1.0\nsalience = 1\n"
    )
}

fn table(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn who_agrees_on_what_the_text_holds_is_forecast_without_error() {
    let folder = library();
    folder.comity(&["hindcast", "pact.toml", "--data", "lib", "-n", "10", "-q", "--out", "found"]).well();
    let rows = table(&folder.read("found/clauses.csv"));
    let of =
        |model: &str| rows.iter().find(|row| row[5] == model).unwrap_or_else(|| panic!("{model}: {rows:?}")).clone();
    for model in ["comity", "compromise", "median", "minimum"] {
        assert_eq!(of(model)[6..10], ["1.0000", "2", "0.0000", "0.0000"], "{model}");
    }
    // Half the scale away, and a rung beside the real one.
    assert_eq!(of("constant")[6..11], ["0.5000", "1", "0.5000", "2.0000", "0.5000"]);
    // No provision, where there is one; the other text holds rung 1.
    assert_eq!(of("status_quo")[6..11], ["0.0000", "0", "1.0000", "2.0000", "1.0000"]);
    assert_eq!(of("base_rate")[6..9], ["0.5000", "1", "0.5000"]);
    let listing = folder.listing();
    assert!(listing.iter().any(|name| name == "found/validation.md"), "{listing:?}");
    assert!(!listing.iter().any(|name| name.contains(".comity-")), "{listing:?}");
}

#[test]
fn a_text_that_was_there_already_is_not_forecast() {
    let folder = library();
    let said = folder.comity(&["hindcast", "old.toml", "--data", "lib", "-n", "10", "-q"]);
    said.fails(1, "comity::hindcast::nothing").fails(1, "OLD: seen from 2012-12-31, its text was there already");
}

#[test]
fn what_cannot_be_held_against_anything_ends_in_a_diagnostic() {
    let folder = library();
    folder.comity(&["hindcast", "minimal", "-q"]).fails(1, "names an `instrument` that is on record");
    folder.comity(&["hindcast", "nowhere", "-q"]).fails(1, "nowhere");
    folder.comity(&["hindcast", "pact.toml", "--data", "nowhere", "-q"]).fails(1, "cannot read nowhere/outcomes.csv");
    folder.write("lib/outcomes.csv", "instrument,clause,rung\nPACT,fees,7\n");
    folder.comity(&["hindcast", "pact.toml", "--data", "lib", "-q"]).fails(1, "comity::hindcast::no_rung");
    folder.write("lib/outcomes.csv", "instrument,clause,rung\nPACT,fees,two\n");
    folder.comity(&["hindcast", "pact.toml", "--data", "lib", "-q"]).fails(1, "row 2, column `rung`");
    assert!(!folder.path("found").exists());
}

#[test]
fn a_decision_of_nobody_known_ends_in_a_diagnostic() {
    let folder = Folder::new();
    let data = home().join("scenarios/data");
    for name in ["clauses.csv", "outcomes.csv", "evidence.csv", "indicators.csv"] {
        folder.write(&format!("lib/{name}"), std::fs::read(data.join(name)).unwrap());
    }
    folder.write(
        "lib/cases.csv",
        "case,date,rule,what,author,axis,point,source,confidence\nC1,2014-13,majority,a text,USA,line,1,here,high\n",
    );
    folder.write("lib/case_parties.csv", "case,country,stance,source,confidence\nC2,USA,perhaps,here,high\n");
    let said = folder.comity(&["hindcast", "--data", "lib", "-n", "1", "-q"]);
    said.fails(1, "\"2014-13\" is not a date").fails(1, "perhaps").fails(1, "no case `C2`");
}

#[test]
fn parameters_are_sought_without_the_text_that_they_are_judged_on() {
    let folder = Folder::new();
    let sought = |out: &str, threads: &str| {
        let asked =
            ["hindcast", "china-eu", "depa", "-n", "20", "-q", "--calibrate", "--threads", threads, "--out", out];
        folder.comity(&asked).well();
        folder.read(&format!("{out}/calibration.csv"))
    };
    let first = sought("one", "1");
    assert_eq!(first, sought("three", "3"), "threads change nothing");
    assert_eq!(folder.read("one/validation.md"), folder.read("three/validation.md"));
    let rows = table(&first);
    let left_out: Vec<&str> = rows.iter().skip(1).map(|row| row[0].as_str()).collect();
    assert_eq!(left_out, ["none", "EUCN_MECH", "DEPA"]);
    let number = |row: usize, column: usize| rows[row][column].parse::<f64>().unwrap();
    // What is sought errs no more than the default where it was sought: with none left out, on all.
    assert!(number(1, 8) <= number(1, 9) && number(1, 7) == number(1, 8), "{first}");
    assert_eq!(number(1, 6), number(2, 6) + number(3, 6));
    // The calibrated engine of the tables is the one of the folds.
    let pooled = table(&folder.read("one/pooled.csv"));
    let column = pooled[0].iter().position(|name| name == "error").unwrap();
    let row = pooled.iter().find(|row| row[0] == "all" && row[2] == "comity_calibrated").unwrap();
    let mean = (number(2, 8) * number(2, 6) + number(3, 8) * number(3, 6)) / number(1, 6);
    assert!((row[column].parse::<f64>().unwrap() - mean).abs() < 1e-9, "{row:?} {mean}");
}

#[test]
fn a_hindcast_leaves_hindsight_out_and_scores_an_instrument_once() {
    let folder = Folder::new();
    folder.comity(&["hindcast", "cptpp", "rcep", "-n", "2", "-q", "--page", "page.md"]).well();
    let page = folder.read("page.md");
    assert!(page.contains("| `TPP` | treaty | `cptpp` | 2014-12-31 |") && page.contains("`us_exit`"), "{page}");
    assert!(!page.contains("| `CPTPP` |"), "its text was there already");
    assert!(page.contains("`india_leaves`"));
}

/// The page at few replications; the one that is shipped is held to by `make validation`.
#[test]
fn the_page_of_validation_is_reproduced_byte_for_byte() {
    let folder = Folder::new();
    let page = folder.path("page.md");
    at_home(&["hindcast", "-n", "4", "-q", "--page", page.to_str().unwrap()]).well();
    let golden = home().join("results/golden/validation-4.md");
    if std::env::var_os("COMITY_BLESS").is_some() {
        std::fs::copy(&page, &golden).unwrap();
    }
    assert!(folder.read("page.md") == std::fs::read_to_string(&golden).unwrap(), "see `make golden`");
}

#[test]
#[ignore = "a minute in a debug build; `make validation` runs it"]
fn the_shipped_page_is_reproduced_byte_for_byte() {
    let folder = Folder::new();
    let page = folder.path("page.md");
    at_home(&["hindcast", "-q", "--page", page.to_str().unwrap()]).well();
    let shipped = home().join("results/validation.md");
    if std::env::var_os("COMITY_BLESS").is_some() {
        std::fs::copy(&page, &shipped).unwrap();
    }
    assert!(folder.read("page.md") == std::fs::read_to_string(&shipped).unwrap(), "see `make validation`");
}
