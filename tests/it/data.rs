//! The library of data: that its tables agree, that no outcome leaks from it, and that every scenario built from it
//! plays.

use crate::folder::{Folder, at_home, home};

/// A library of two countries, one clause and one treaty that holds.
fn library() -> Folder {
    let folder = Folder::new();
    folder
        .write("lib/countries.csv", "id,name,groups,source,confidence\nAlba,Alba,,here,high\nDoria,Doria,,here,high\n");
    folder.write(
        "lib/clauses.csv",
        "clause,name,burden,sdt,rung,label,position,exemplar,source,confidence\n\
         fees,Fees,1,yes,0,none,0,,here,high\nfees,Fees,1,yes,1,cap,1,,here,low\n",
    );
    folder.write(
        "lib/indicators.csv",
        "country,indicator,value,unit,year,source,confidence\nAlba,trade,5,,2010,here,high\n",
    );
    folder.write(
        "lib/evidence.csv",
        "id,actor,clause,date,rung,salience,red_line,basis,instrument,drawn_from_text,source,confidence\n\
         E1,Alba,fees,2011,1,1,no,statement,PACT,no,here,high\n\
         E2,Doria,fees,2014,1,1,no,revealed_by_signature,PACT,yes,here,high\n\
         E3,Doria,fees,2011,0,1,no,statement,PACT,no,here,high\n",
    );
    folder.write(
        "lib/forums.csv",
        "instrument,fact,value,source,confidence\nPACT,name,The pact,here,high\nPACT,kind,treaty,here,high\n\
         PACT,opened,2012-01-01,here,high\nPACT,concluded,2013-06-01,here,high\nPACT,signed,2014,here,low\n",
    );
    folder
        .write("lib/outcomes.csv", "instrument,clause,rung,article,source,confidence\nPACT,fees,1,Art. 1,here,high\n");
    folder.write(
        "lib/participants.csv",
        "instrument,country,role,date,source,confidence\nPACT,Alba,party,2014,here,high\n",
    );
    folder.write(
        "lib/events.csv",
        "id,date,instrument,actors,kind,clauses,source,confidence\nV1,2014-02-01,PACT,Alba;Doria,signature,fees,here,high\n",
    );
    folder.write("talks.toml", SCENARIO);
    folder
}

const SCENARIO: &str = r#"
title = "Fees"
as_of = 2012-12-31
[tables]
countries = "lib/countries.csv"
clauses = "lib/clauses.csv"
evidence = "lib/evidence.csv"
[forum.talks]
name = "Talks"
instrument = "PACT"
members = ["Alba", "Doria"]
calendar = { start = 2013-01-01, rounds = 3 }
"#;

#[test]
fn the_shipped_library_holds_and_no_shipped_scenario_knows_its_outcome() {
    let said = Folder::new().comity(&["check", "--data"]).well();
    assert_eq!(said.err, "");
    for table in [
        "countries",
        "clauses",
        "indicators",
        "evidence",
        "forums",
        "outcomes",
        "participants",
        "events",
        "cases",
        "case_parties",
    ] {
        assert!(said.out.contains(&format!("  {table}.csv: ")), "{}", said.out);
    }
    assert!(said.out.contains("unverified"), "{}", said.out);
}

#[test]
fn a_library_of_ones_own_is_surveyed_with_its_unverified_rows() {
    let said = library().comity(&["check", "--data=lib", "talks.toml"]).well().out;
    assert!(said.contains("forums.csv: 5 rows, 1 unverified"), "{said}");
    assert!(said.contains("talks.toml: valid."), "{said}");
    assert!(said.contains("unverified options of text on the agenda of `talks`: 1"), "{said}");
}

#[test]
fn what_does_not_agree_is_told_with_its_place() {
    for (file, old, new, told) in [
        ("countries.csv", "Doria,Doria", "Alba,Doria", "row 3, column `id`: country `Alba` stands twice"),
        ("evidence.csv", "E1,Alba", "E1,Albania", "row 2, column `actor`: no country or group `Albania`"),
        ("evidence.csv", "E1,Alba,fees", "E1,Alba,frees", "row 2, column `clause`"),
        ("evidence.csv", "2011,1,1,no,statement", "2011,7,1,no,statement", "row 2, column `rung`"),
        ("evidence.csv", "statement,PACT,no", "statement,PAKT,no", "row 2, column `instrument`: no instrument `PAKT`"),
        (
            "evidence.csv",
            "signature,PACT,yes",
            "signature,,yes",
            "row 3, column `instrument`: the row is drawn from a text but names none",
        ),
        ("forums.csv", "2012-01-01", "2013-13-01", "row 4, column `value`: \"2013-13-01\" is not a date"),
        ("forums.csv", "2012-01-01", "2015-01-01", "concluded on 2013-06-01, before opened on 2015-01-01"),
        ("forums.csv", "kind,treaty", "kind,trety", "\"trety\" is no choice here"),
        ("forums.csv", "PACT,kind,treaty", "PACT,name,treaty", "`name` of `PACT` stands twice"),
        (
            "forums.csv",
            "PACT,opened,2012-01-01,here",
            "PACT,opened,2012-01-01,",
            "row 4, column `source`: the cell is empty",
        ),
        ("outcomes.csv", "PACT,fees,1", "PAKT,fees,1", "row 2, column `instrument`: no instrument `PAKT`"),
        ("outcomes.csv", "fees,1", "frees,1", "row 2, column `clause`: no clause `frees`"),
        ("outcomes.csv", "fees,1", "fees,2", "row 2, column `rung`: 2 is out of range"),
        ("participants.csv", "Alba", "Borduria", "row 2, column `country`: no country `Borduria`"),
        ("participants.csv", "2014", "2014-2015", "row 2, column `date`: \"2014-2015\" is not a date"),
        ("events.csv", "Alba;Doria", "Alba;Dora", "row 2, column `actors`: no country `Dora`"),
        ("events.csv", ",fees,here", ",frees,here", "row 2, column `clauses`: no clause `frees`"),
        ("events.csv", "here,high", "here,sure", "\"sure\" is no choice here"),
    ] {
        let folder = library();
        let path = format!("lib/{file}");
        let broken = folder.read(&path).replacen(old, new, 1);
        assert_ne!(broken, folder.read(&path), "{file}: {old}");
        folder.write(&path, broken);
        let mut command = folder.command(&["check", "--data=lib"]);
        let said = crate::folder::Said::of(&command.env("COLUMNS", "300").output().unwrap());
        assert_eq!(said.status, Some(1), "{file}: {old} → {new}: {}", said.out);
        let words = said.err.split_whitespace().filter(|word| *word != "│").collect::<Vec<_>>().join(" ");
        assert!(words.contains(told), "{file}: {told:?} is not in {words}");
        assert!(words.contains("help:"), "{words}");
    }
}

#[test]
fn a_scenario_that_knows_its_outcome_leaks() {
    let folder = library();
    folder.comity(&["check", "--data=lib", "talks.toml", "--set", "as_of=2013-05-31"]).well();
    for path in ["as_of", "forum.talks.as_of"] {
        let set = format!("{path}=2013-06-01");
        let mut command = folder.command(&["check", "--data=lib", "talks.toml", "--set", &set]);
        let said = crate::folder::Said::of(&command.output().unwrap());
        assert_eq!(said.status, Some(1), "{}", said.out);
        assert!(said.err.contains("comity::data::leak") && said.err.contains("its talks were over"), "{}", said.err);
    }
    // Without the library nobody can know.
    folder.comity(&["check", "talks.toml", "--set", "as_of=2013-06-01"]).well();
}

#[test]
fn a_row_drawn_from_a_text_of_a_later_day_leaks_into_other_forums_only() {
    let folder = library();
    let early = folder.read("lib/evidence.csv").replace("Doria,fees,2014", "Doria,fees,2011");
    folder.write("lib/evidence.csv", early);
    let said = folder.comity(&["check", "--data=lib", "talks.toml"]).well().out;
    assert!(said.contains("dated before the text that they are drawn from") && said.contains("E2"), "{said}");
    let other = ["check", "--data=lib", "talks.toml", "--set", "forum.talks.instrument=OTHER"];
    let said = crate::folder::Said::of(&folder.command(&other).output().unwrap());
    assert_eq!(said.status, Some(1), "{}", said.out);
    assert!(said.err.contains("evidence `E2`"), "{}", said.err);
}

#[test]
fn a_forum_is_seen_from_its_own_day() {
    let folder = library();
    let with = |day: &str| {
        let day = format!("forum.talks.as_of={day}");
        folder.comity(&["show", "talks.toml", "--set", &day, "--set", "forum.talks.instrument=OTHER"]).well().out
    };
    // E2 is of 2014; before it Doria wanted nothing (E3).
    assert!(with("2012-12-31").contains("Doria    wants 0 "), "{}", with("2012-12-31"));
    assert!(!with("2014-12-31").contains("Doria    wants 0 "), "{}", with("2014-12-31"));
    assert!(with("2014-12-31").contains("`talks` is seen from 2014-12-31"));
    let wrong = ["check", "talks.toml", "--set", "forum.talks.as_of=\"2014-02-30\""];
    assert_eq!(crate::folder::Said::of(&folder.command(&wrong).output().unwrap()).status, Some(1));
}

/// A library and a scenario that agree on everything that is held.
fn on_record() -> Folder {
    let folder = library();
    let facts = folder.read("lib/forums.csv").replace("PACT,signed,2014,here,low", "PACT,signed,2013-07-01,here,low")
        + "PACT,rounds,3,here,high\nPACT,rule_coded,consensus,here,high\nPACT,undertaking_coded,single,here,high\n\
           PACT,delegations,2,here,high\nPACT,entry_into_force_coded,\"2, after 10 days\",here,high\n\
           PACT,accession_coded,consensus,here,high\nPACT,applicants,Borduria,here,high\nPACT,left,Doria 2013-02-01,here,high\n";
    folder.write("lib/forums.csv", facts);
    let countries = folder.read("lib/countries.csv") + "Borduria,Borduria,,here,high\n";
    folder.write("lib/countries.csv", countries);
    let evidence = folder.read("lib/evidence.csv") + "E4,Borduria,fees,2011,1,1,no,statement,PACT,no,here,high\n";
    folder.write("lib/evidence.csv", evidence);
    folder.write(
        "lib/events.csv",
        "id,date,instrument,actors,kind,clauses,source,confidence\n\
         V1,2013-07-01,PACT,Alba;Doria,signature,fees,here,high\n\
         V2,2013-02-01,PACT,Doria,withdrawal,,here,high\n\
         V3,2014-03-01,PACT,Borduria,application,,here,high\n\
         V4,2013-03-01,PACT,Alba,position_reversal,fees,here,high\n",
    );
    let scenario = SCENARIO.replace("as_of = 2012-12-31", "as_of = 2012-12-31\nhorizon = 2020-12-31")
        + "consent = { signature_after_days = 30 }\nentry_into_force = { all = [{ count = 2 }], after_days = 10 }\n\
           accession = { rule = \"consensus\", applicants = [\"Borduria\"] }\n\
           [shock.exit]\ndate = 2013-02-01\ncountries = [\"Doria\"]\neffect = { membership = \"leave\" }\nevent = \"V2\"\n\
           source = \"here\"\nconfidence = \"high\"\n\
           [shock.turn]\ndate = 2013-03-01\ncountries = [\"Alba\"]\nclauses = [\"fees\"]\neffect = { salience = 2.0 }\nevent = \"V4\"\n\
           source = \"here\"\nconfidence = \"high\"\n";
    folder.write("talks.toml", scenario);
    folder
}

fn checked(folder: &Folder, scenario: &str) -> (Option<i32>, String, String) {
    let mut command = folder.command(&["check", "--data=lib", scenario]);
    let said = crate::folder::Said::of(&command.env("COLUMNS", "400").output().unwrap());
    let words = said.err.split_whitespace().filter(|word| *word != "│").collect::<Vec<_>>().join(" ");
    (said.status, said.out, words)
}

#[test]
fn a_scenario_is_held_against_what_is_on_record() {
    let (status, out, err) = checked(&on_record(), "talks.toml");
    assert_eq!((status, err.as_str()), (Some(0), ""));
    assert!(!out.contains("departs"), "{out}");
    for (file, old, new, told) in [
        // A wrong number in the scenario.
        ("talks.toml", "rounds = 3", "rounds = 4", "calendar.rounds is 4, but on record 3"),
        (
            "talks.toml",
            "start = 2013-01-01",
            "start = 2011-01-01",
            "begin on 2011-01-01, but on record they opened on 2012-01-01",
        ),
        ("talks.toml", "start = 2013-01-01", "start = 2013-06-02", "but on record they were over on 2013-06-01"),
        (
            "talks.toml",
            "_days = 30",
            "_days = 31",
            "31 days after 2013-06-01 is 2013-07-02, but on record it was signed on 2013-07-01",
        ),
        (
            "talks.toml",
            "count = 2",
            "count = 1",
            "entry_into_force is 1, after 10 days, but on record 2, after 10 days",
        ),
        ("talks.toml", "after_days = 10", "after_days = 11", "2, after 11 days, but on record 2, after 10 days"),
        (
            "talks.toml",
            "[forum.talks]",
            "[forum.talks]\nrule = \"unanimity\"",
            "rule is unanimity, but on record consensus",
        ),
        (
            "talks.toml",
            "[forum.talks]",
            "[forum.talks]\nundertaking = \"modular\"",
            "undertaking is modular, but on record single",
        ),
        ("talks.toml", "\"Doria\"]\ncal", "\"Doria\", \"Borduria\"]\ncal", "members is 3, but on record 2"),
        (
            "talks.toml",
            "[\"Alba\", \"Doria\"]",
            "[\"Borduria\", \"Doria\"]",
            "`Alba` has no seat, but is on record as party",
        ),
        (
            "talks.toml",
            "rule = \"consensus\", app",
            "rule = \"unanimity\", app",
            "accession.rule is unanimity, but on record consensus",
        ),
        (
            "talks.toml",
            "instrument = \"PACT\"",
            "instrument = \"PAKT\"",
            "nothing is on record of the instrument `PAKT`",
        ),
        (
            "talks.toml",
            "date = 2013-02-01",
            "date = 2013-02-02",
            "`exit` strikes on 2013-02-02, but the date of event `V2` is 2013-02-01",
        ),
        ("talks.toml", "event = \"V2\"", "event = \"V9\"", "the event `V9`, which is not on record"),
        ("talks.toml", "event = \"V2\"\n", "", "the shock `exit` is high but names no event"),
        ("talks.toml", "[\"Alba\"]", "[\"Doria\"]", "`turn` strikes `Doria`, but the actors of event `V4` is Alba"),
        // A wrong number on record, which the scenario shows.
        ("lib/forums.csv", "rounds,3", "rounds,5", "calendar.rounds is 3, but on record 5"),
        ("lib/forums.csv", "delegations,2", "delegations,3", "members is 2, but on record 3"),
        (
            "lib/forums.csv",
            "applicants,Borduria",
            "applicants,Borduria;Alba",
            "Borduria may accede, but on record those that applied are Alba, Borduria",
        ),
        ("lib/events.csv", "position_reversal,fees", "position_reversal,", "`turn` touches `fees`"),
        ("lib/events.csv", "V4,2013-03-01,PACT", "V4,2013-03-01,", ""),
        // A wrong number on record, which another row shows.
        (
            "lib/events.csv",
            "V1,2013-07-01",
            "V1,2013-07-11",
            "event `V1` says 2013-07-11, but `signed` of `PACT` is 2013-07-01",
        ),
        (
            "lib/forums.csv",
            "Doria 2013-02-01",
            "Doria 2013-03-01",
            "event `V2` says 2013-02-01, but `left` of `PACT` is Doria 2013-03-01",
        ),
        (
            "lib/events.csv",
            "PACT,Borduria,application",
            "PACT,Alba,application",
            "event `V3` says Alba, but `applicants` of `PACT` is Borduria",
        ),
    ] {
        let folder = on_record();
        let broken = folder.read(file).replacen(old, new, 1);
        assert_ne!(broken, folder.read(file), "{file}: {old}");
        folder.write(file, broken);
        let (status, out, err) = checked(&folder, "talks.toml");
        let held = told.is_empty();
        assert_eq!(status, Some(i32::from(!held)), "{file}: {old} → {new}: {out}{err}");
        assert!(err.contains(told) && (held || err.contains("help:")), "{file}: {told:?} is not in {err}");
        // With the place: the file, the line and the column.
        assert!(held || err.contains(&format!("{file}:")), "{err}");
    }
}

#[test]
fn a_what_if_may_depart_from_the_record_and_says_so() {
    let folder = on_record();
    folder
        .write("what-if.toml", "extends = \"talks.toml\"\ntitle = \"What if\"\n[forum.talks]\nrule = \"unanimity\"\n");
    let (status, out, err) = checked(&folder, "what-if.toml");
    assert_eq!((status, err.as_str()), (Some(0), ""));
    assert!(
        out.contains("what-if.toml departs from the record: `talks`: rule is unanimity, but on record consensus"),
        "{out}"
    );
}

#[test]
fn of_the_shipped_scenarios_only_these_depart_from_the_record() {
    let said = Folder::new().comity(&["check", "--data"]).well().out;
    let departures: Vec<&str> = said.lines().filter(|line| line.contains("departs from the record")).collect();
    assert_eq!(
        departures,
        [
            "  wto-jsi-critical-mass departs from the record: `jsi`: incorporation.rule is critical mass 9/10, but on record consensus"
        ]
    );
}

#[test]
fn what_is_derived_in_the_library_is_what_the_script_builds() {
    let mut command = std::process::Command::new("python3");
    command.arg(home().join("scenarios/data/build.py")).arg("check");
    if let Some(raw) = std::env::var_os("COMITY_RAW_DATA") {
        command.arg(raw);
    }
    match command.output() {
        Ok(output) => assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout)),
        Err(_) => println!("skipped: there is no python3 here"),
    }
}

#[test]
fn an_address_that_is_not_public_is_unverified() {
    let private = |source: &str| {
        let host = source.split_once("://").map_or("", |(_, rest)| rest.split('/').next().unwrap_or_default());
        let numbers = host.split(':').next().is_some_and(|name| name.split('.').all(|part| part.parse::<u8>().is_ok()));
        numbers
            || host.split(['.', '-']).any(|part| ["stage", "staging", "prod", "preview", "localhost"].contains(&part))
    };
    assert!(
        private("http://10.2.3.4:80/a")
            && private("https://a-staging.example.org/b")
            && !private("https://example.org/prod")
    );
    let mut seen = 0;
    for entry in std::fs::read_dir(home().join("scenarios/data")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "csv") {
            continue;
        }
        let mut reader = csv::Reader::from_path(&path).unwrap();
        let headers = reader.headers().unwrap().clone();
        let at = |name: &str| headers.iter().position(|header| header == name);
        let (Some(source), Some(confidence)) = (at("source"), at("confidence")) else { continue };
        for row in reader.records().map(Result::unwrap) {
            seen += 1;
            assert!(!private(&row[source]) || &row[confidence] == "low", "{}: {row:?}", path.display());
        }
    }
    assert!(seen > 5000, "{seen} rows");
}

#[test]
fn every_shipped_scenario_plays_the_same_twice() {
    let list = at_home(&["list"]).well().out;
    let names: Vec<&str> = list.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(names.len() >= 24, "{names:?}");
    let folder = Folder::new();
    for name in names {
        let play = |place: &str, threads: &str| {
            let run = ["run", name, "-n", "20", "-q", "--threads", threads, "--tables", "none", "--out", place];
            folder.comity(&run).well().out.lines().last().map(str::to_owned)
        };
        let (once, again) = (play(&format!("{name}-1"), "1"), play(&format!("{name}-2"), "2"));
        assert!(once.as_ref().is_some_and(|line| line.starts_with("digest ")), "{once:?}");
        assert_eq!(once, again, "{name}");
    }
}

#[test]
fn every_section_on_a_scenario_is_complete() {
    let text = std::fs::read_to_string(home().join("scenarios/README.md")).unwrap();
    let list = at_home(&["list"]).well().out;
    for name in list.lines().filter_map(|line| line.split_whitespace().next()) {
        let scenario = std::fs::read_to_string(home().join(format!("scenarios/{name}.toml"))).unwrap();
        if scenario.contains("\nextends = ") {
            let section = section_of(&text, &format!("### {name}\n")).unwrap_or_else(|| panic!("no section on {name}"));
            assert!(section.contains(&format!("`comity run {name}`")), "{name}");
            assert!(scenario.lines().next().unwrap().starts_with("# What"), "{name} says what it supposes");
            continue;
        }
        let section = section_of(&text, &format!("## {name}\n")).unwrap_or_else(|| panic!("no section on {name}"));
        for part in
            ["**What it asks.**", "**Where its numbers come from.**", "**What is uncertain", "**What it found.**"]
        {
            assert!(section.contains(part), "{name}: {part}");
        }
        assert!(text.contains(&format!("### Figures: {name}\n")), "{name}");
    }
}

/// The text below a heading, up to the next of any depth.
fn section_of<'a>(text: &'a str, heading: &str) -> Option<&'a str> {
    let (_, section) = text.split_once(&format!("\n{heading}"))?;
    section.split("\n#").next()
}

#[test]
fn without_the_reversal_the_forecast_is_that_of_the_counterfactual() {
    let folder = Folder::new();
    let digest = |arguments: &[&str]| folder.comity(arguments).well().out.lines().last().map(str::to_owned);
    let off = "mechanisms.off=[\"shocks\"]";
    let set = digest(&["run", "wto-jsi", "-n", "10", "-q", "--out", "a", "--set", off]);
    assert_eq!(set, digest(&["run", "wto-jsi-us-2019", "-n", "10", "-q", "--out", "b"]));
}
