//! A library of data as a whole: whether its tables agree with each other, and whether an outcome leaks into a forecast.
//!
//! A scenario checks the rows that it reads. Here every table of a folder is read, those too that no scenario names:
//! facts of forums, outcomes, events, participants.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::check::Checked;
use super::decisions::{DECISIONS, STANDS};
use super::document::Value;
use super::evidence::{COLUMNS, Confidence, Evidence};
use super::held::Held;
use super::problem::{At, File, Problem, Problems};
use super::record::{Record, listed};
use super::roster::{CLAUSES, COUNTRIES, INDICATORS, Roster};
use super::source::{Files, text_of};
use super::tables::{self, Column, Row};
use crate::quantity::Date;

const FORUMS: &[Column] =
    &[("instrument", true), ("fact", true), ("value", true), ("source", true), ("confidence", true)];
const OUTCOMES: &[Column] = &[
    ("instrument", true),
    ("clause", true),
    ("rung", true),
    ("article", false),
    ("source", true),
    ("confidence", true),
];
const PARTICIPANTS: &[Column] =
    &[("instrument", true), ("country", true), ("role", true), ("date", true), ("source", true), ("confidence", true)];
const EVENTS: &[Column] = &[
    ("id", true),
    ("date", true),
    ("instrument", true),
    ("actors", true),
    ("kind", true),
    ("clauses", true),
    ("source", true),
    ("confidence", true),
];
/// Days in the life of an instrument, in their order.
const STAGES: [&str; 4] = ["opened", "concluded", "signed", "in_force"];
/// What an instrument can be.
const KINDS: [(&str, ()); 6] =
    [("treaty", ()), ("declaration", ()), ("resolution", ()), ("decision", ()), ("dialogue", ()), ("memorandum", ())];

/// One table that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Surveyed {
    /// Its file name.
    pub name: &'static str,
    /// Rows.
    pub rows: usize,
    /// Rows of low confidence: nobody verified them.
    pub unverified: usize,
}

/// What a library holds.
#[derive(Clone, Debug, Default)]
pub struct Survey {
    /// The tables that are there.
    pub tables: Vec<Surveyed>,
    /// What is no mistake but what a reader should know.
    pub cautions: Vec<String>,
    /// The day on which the text of an instrument was there; earlier than its conclusion where it takes over another.
    texts: BTreeMap<String, Date>,
    /// The day on which the talks on an instrument were over.
    concluded: BTreeMap<String, Date>,
    /// All evidence.
    evidence: Vec<Evidence>,
    record: Record,
}

/// Reads the tables of a folder and tells every problem between them.
pub fn survey(files: &dyn Files, folder: &str, problems: &mut Problems) -> Survey {
    let mut reading =
        Reading { files, folder, roster: Roster::default(), evidence_table: None, survey: Survey::default() };
    for (name, columns, read) in [
        ("countries.csv", COUNTRIES, Roster::read_countries as fn(&mut Roster, &Arc<File>, &mut Problems)),
        ("clauses.csv", CLAUSES, Roster::read_clauses),
        ("indicators.csv", INDICATORS, Roster::read_indicators),
        ("evidence.csv", COLUMNS, Roster::read_evidence),
    ] {
        match text_of(files, &reading.path(name)) {
            Ok(file) => {
                reading.count(name, &file, columns);
                read(&mut reading.roster, &file, problems);
                if name == "evidence.csv" {
                    reading.evidence_table = Some(file);
                }
            }
            Err(more) => problems.extend(more.0),
        }
    }
    let instruments = reading.forums(problems);
    reading.outcomes(&instruments, problems);
    reading.participants(&instruments, problems);
    reading.events(&instruments, problems);
    reading.survey.record.hold_events(problems);
    reading.decisions(problems);
    reading.instruments_of_evidence(&instruments, problems);
    reading.survey.evidence = reading.roster.evidence;
    reading.survey
}

struct Reading<'a> {
    files: &'a dyn Files,
    folder: &'a str,
    roster: Roster,
    evidence_table: Option<Arc<File>>,
    survey: Survey,
}

impl Reading<'_> {
    fn path(&self, name: &str) -> String {
        format!("{}/{name}", self.folder)
    }

    fn count(&mut self, name: &'static str, file: &Arc<File>, columns: &[Column]) {
        let rows = tables::read(file, columns, &mut Problems::default()).rows;
        let unverified = rows.iter().filter(|row| row.text("confidence") == "low").count();
        self.survey.tables.push(Surveyed { name, rows: rows.len(), unverified });
    }

    /// Rows of a table that need not be there, each with a source and a word of confidence.
    fn rows(&mut self, name: &'static str, columns: &[Column], problems: &mut Problems) -> Vec<Row> {
        if self.files.read(&self.path(name)).is_err() {
            return Vec::new();
        }
        let file = match text_of(self.files, &self.path(name)) {
            Ok(file) => file,
            Err(more) => {
                problems.extend(more.0);
                return Vec::new();
            }
        };
        self.count(name, &file, columns);
        let rows = tables::read(&file, columns, problems).rows;
        for row in &rows {
            row.needed("source", problems);
            row.needed("confidence", problems);
            row.word("confidence", Confidence::WORDS, problems);
        }
        rows
    }

    /// Facts of forums: the instruments that there are, and whether their days are in order.
    fn forums(&mut self, problems: &mut Problems) -> BTreeSet<String> {
        let rows = self.rows("forums.csv", FORUMS, problems);
        let mut days: BTreeMap<(String, String), (Date, Row)> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        let mut known = BTreeSet::new();
        for row in rows {
            let (Some(instrument), Some(fact)) = (row.needed("instrument", problems), row.needed("fact", problems))
            else {
                continue;
            };
            row.needed("value", problems);
            if !seen.insert((instrument.clone(), fact.clone())) {
                problems.push(twice(&row, "fact", &format!("`{fact}` of `{instrument}`")));
            }
            if fact == "kind" {
                row.word("value", &KINDS, problems);
            }
            known.insert(instrument.clone());
            self.survey.record.fact_is(&instrument, &fact, row.clone());
            if (STAGES.contains(&fact.as_str()) || fact == "text_from" || fact == "lapsed")
                && let Some(day) = date(&row, "value", problems)
            {
                days.insert((instrument, fact), (day, row));
            }
        }
        for instrument in &known {
            let day = |fact: &str| days.get(&(instrument.clone(), fact.to_owned()));
            let there: Vec<_> = STAGES.iter().filter_map(|stage| Some((*stage, day(stage)?))).collect();
            for pair in there.windows(2) {
                let [(before, (earlier, _)), (after, (later, row))] = pair else { continue };
                if later < earlier {
                    problems.push(
                        row.problem(
                            "comity::table::cell",
                            "value",
                            format!("`{instrument}`: {after} on {later}, before {before} on {earlier}"),
                        )
                        .help("the days of an instrument are opened, concluded, signed, in_force, in this order"),
                    );
                }
            }
            if let Some((text, _)) = day("text_from").or(day("concluded")).or(day("signed")) {
                self.survey.texts.insert(instrument.clone(), *text);
            }
            if let Some((over, _)) = day("concluded").or(day("signed")) {
                self.survey.concluded.insert(instrument.clone(), *over);
            }
        }
        known
    }

    fn outcomes(&mut self, instruments: &BTreeSet<String>, problems: &mut Problems) {
        let mut seen = BTreeSet::new();
        for row in self.rows("outcomes.csv", OUTCOMES, problems) {
            instrument(&row, instruments, problems);
            let Some(id) = row.needed("clause", problems) else { continue };
            self.clause(&row, "clause", &id, problems);
            let rungs = self.roster.clauses.get(&id).map_or(0, |clause| clause.rungs.len());
            if rungs > 0 {
                row.needed("rung", problems);
                row.number("rung", 0.0, (rungs - 1) as f64, problems);
            }
            if !seen.insert((row.text("instrument").to_owned(), id.clone())) {
                problems.push(twice(&row, "clause", &format!("`{id}` of `{}`", row.text("instrument"))));
            }
        }
    }

    fn participants(&mut self, instruments: &BTreeSet<String>, problems: &mut Problems) {
        for row in self.rows("participants.csv", PARTICIPANTS, problems) {
            instrument(&row, instruments, problems);
            row.needed("role", problems);
            if !row.text("date").is_empty() {
                date(&row, "date", problems);
            }
            if let Some(country) = row.needed("country", problems) {
                self.actor(&row, "country", &country, false, problems);
                let instrument = row.text("instrument").to_owned();
                self.survey.record.took_part(&instrument, row);
            }
        }
    }

    fn events(&mut self, instruments: &BTreeSet<String>, problems: &mut Problems) {
        let mut seen = BTreeSet::new();
        for row in self.rows("events.csv", EVENTS, problems) {
            date(&row, "date", problems);
            row.needed("kind", problems);
            if !row.text("instrument").is_empty() {
                instrument(&row, instruments, problems);
            }
            for actor in listed(row.text("actors")) {
                self.actor(&row, "actors", actor, true, problems);
            }
            for clause in listed(row.text("clauses")) {
                self.clause(&row, "clauses", clause, problems);
            }
            let Some(id) = row.needed("id", problems) else { continue };
            if !seen.insert(id.clone()) {
                problems.push(twice(&row, "id", &format!("event `{id}`")));
            }
            self.survey.record.happened(&id, row);
        }
    }

    /// Decisions on record, and who stood where.
    fn decisions(&mut self, problems: &mut Problems) {
        for (table, columns, actor) in [("cases.csv", DECISIONS, "author"), ("case_parties.csv", STANDS, "country")] {
            for row in self.rows(table, columns, problems) {
                if let Some(id) = row.needed(actor, problems) {
                    self.actor(&row, actor, &id, false, problems);
                }
            }
        }
    }

    /// Evidence is about instruments that are known, and what is drawn from a text names it.
    fn instruments_of_evidence(&mut self, instruments: &BTreeSet<String>, problems: &mut Problems) {
        if instruments.is_empty() {
            return;
        }
        let mut early = Vec::new();
        let told = &mut Problems::default();
        let rows = self.evidence_table.iter().flat_map(|file| tables::read(file, COLUMNS, told).rows);
        for row in rows {
            let about = row.text("instrument");
            let drawn = row.text("drawn_from_text") == "yes";
            if !about.is_empty() {
                instrument(&row, instruments, problems);
            } else if drawn {
                problems.push(
                    row.problem("comity::table::cell", "instrument", "the row is drawn from a text but names none")
                        .help("name the instrument, or say `no` in `drawn_from_text`"),
                );
            }
            let day = Date::latest_of(row.text("date"));
            let text = self.survey.texts.get(about);
            if drawn && day.zip(text.copied()).is_some_and(|(day, text)| day < text) {
                early.push(row.text("id").to_owned());
            }
        }
        if !early.is_empty() {
            self.survey.cautions.push(format!(
                "dated before the text that they are drawn from, so no scenario may see them before it: {}",
                early.join(", ")
            ));
        }
    }

    fn actor(&self, row: &Row, column: &str, id: &str, or_group: bool, problems: &mut Problems) {
        let groups = if or_group { self.roster.groups() } else { Vec::new() };
        if !self.roster.countries.contains_key(id) && !groups.contains(&id) {
            problems.push(
                row.problem("comity::table::unknown_country", column, format!("no country `{id}`"))
                    .suggest(id, self.roster.countries.keys().map(String::as_str)),
            );
        }
    }

    fn clause(&self, row: &Row, column: &str, id: &str, problems: &mut Problems) {
        if !self.roster.clauses.contains_key(id) {
            problems.push(
                row.problem("comity::table::unknown_clause", column, format!("no clause `{id}`"))
                    .suggest(id, self.roster.clauses.keys().map(String::as_str)),
            );
        }
    }
}

impl Checked {
    /// The day from which a forum is seen, and where that is stated: its own `as_of`, else that of the scenario.
    pub fn seen_from(&self, forum: &str) -> Option<(Date, At)> {
        let (own, document) = (["forum", forum, "as_of"], &self.resolved.document);
        let stated = document.get(&own).and_then(|node| match &node.value {
            Value::Date(text) | Value::Text(text) => Date::latest_of(text),
            _ => None,
        });
        match stated {
            Some(day) => Some((day, document.at(&own))),
            None => self.scenario.as_of.map(|day| (day, document.at(&["as_of"]))),
        }
    }
}

impl Survey {
    /// Holds a scenario against what is on record of its instruments; returns, in words, where a what-if departs from it.
    pub fn holds(&self, checked: &Checked, problems: &mut Problems) -> Vec<String> {
        let mut held = Held { record: &self.record, checked, departures: Vec::new() };
        held.compare(problems);
        held.departures
    }

    /// Tells where a scenario knows too much: a forum that is seen from a day after its own conclusion, or in which a row
    /// counts that is drawn from a text of a later day.
    pub fn leaks(&self, checked: &Checked, problems: &mut Problems) {
        for forum in &checked.scenario.forums {
            let Some((day, at)) = checked.seen_from(&forum.id) else { continue };
            let instrument = forum.instrument.as_deref();
            let concluded = instrument.and_then(|instrument| self.concluded.get(instrument));
            if let Some(concluded) = concluded.filter(|concluded| **concluded <= day) {
                let message = format!("`{}` is seen from {day}, but its talks were over on {concluded}", forum.id);
                problems.push(
                    Problem::new("comity::data::leak", Some(at.clone()), message)
                        .help("a forecast needs an `as_of` before the conclusion"),
                );
            }
            let too_early = |row: &&Evidence| {
                let text = self.texts.get(&row.instrument);
                row.drawn_from_text && row.usable(day, instrument) && text.is_some_and(|text| *text > day)
            };
            for row in self.evidence.iter().filter(too_early) {
                let message = format!(
                    "`{}` is seen from {day}, and evidence `{}` is drawn from a text that was not there yet",
                    forum.id, row.id
                );
                problems.push(
                    Problem::new("comity::data::leak", Some(at.clone()), message)
                        .help("give the row the day on which its text was there, or an earlier `as_of`"),
                );
            }
        }
    }
}

fn instrument(row: &Row, known: &BTreeSet<String>, problems: &mut Problems) {
    if let Some(id) = row.needed("instrument", problems)
        && !known.contains(&id)
    {
        problems.push(
            row.problem("comity::table::unknown_instrument", "instrument", format!("no instrument `{id}`"))
                .suggest(&id, known.iter().map(String::as_str)),
        );
    }
}

fn date(row: &Row, column: &str, problems: &mut Problems) -> Option<Date> {
    let text = row.needed(column, problems)?;
    let date = Date::latest_of(&text);
    if date.is_none() {
        problems.push(
            row.problem("comity::table::cell", column, format!("\"{text}\" is not a date"))
                .help("expected a year (2018), a month (2018-03) or a day (2018-03-08)"),
        );
    }
    date
}

fn twice(row: &Row, column: &str, what: &str) -> Problem {
    row.problem("comity::table::duplicate", column, format!("{what} stands twice")).help("keep one of the rows")
}
