//! A case as a scenario with one text: what was known of everyone's wishes on the eve of the decision.
//!
//! The author wants its text and writes it. What the others want is read off their stands on earlier texts of the same axis
//! and, where the axis is a clause of the library, off its evidence; who left nothing is imputed from comparable countries,
//! the ideal point in the United Nations among what makes them so. Standing for a text reveals a wish for what it says,
//! standing against it one for what holds without it, abstaining one half way between the two.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Case, Stance};
use crate::scenario::Scenario;
use crate::scenario::check::load;
use crate::scenario::evidence::COLUMNS;
use crate::scenario::problem::Problems;
use crate::scenario::source::{Files, text_of};
use crate::scenario::tables;

/// Name of the scenario in memory.
const NAME: &str = "case.toml";
/// Name of its table of evidence.
const EVIDENCE: &str = "case-evidence.csv";

/// A library with a scenario and a table of evidence beside it.
struct Desk<'a> {
    library: &'a dyn Files,
    scenario: String,
    evidence: String,
}

impl Files for Desk<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        match path {
            NAME => Ok(self.scenario.clone().into_bytes()),
            EVIDENCE => Ok(self.evidence.clone().into_bytes()),
            _ => self.library.read(path),
        }
    }
}

/// Evidence of a library on its clauses, as points of their scales.
pub struct Shelf {
    /// Rows of the table: clause and cells.
    rows: Vec<(String, [String; 9])>,
}

/// Reads what a library knows of wishes on its clauses.
pub fn shelf(files: &dyn Files, folder: &str, problems: &mut Problems) -> Shelf {
    let mut positions = BTreeMap::new();
    let mut shelf = Shelf { rows: Vec::new() };
    let mut read = |name: &str, columns: &[tables::Column]| match text_of(files, &format!("{folder}/{name}")) {
        Ok(file) => tables::read_with_others(&file, columns, problems).rows,
        Err(unreadable) => {
            problems.extend(unreadable.0);
            Vec::new()
        }
    };
    for row in read("clauses.csv", &[("clause", true), ("rung", true), ("position", true)]) {
        positions.insert((row.text("clause").to_owned(), row.text("rung").to_owned()), row.text("position").to_owned());
    }
    for row in read("evidence.csv", COLUMNS) {
        let cell = |column: &str| row.text(column).to_owned();
        let Some(point) = positions.get(&(cell("clause"), cell("rung"))) else { continue };
        let cells = ["id", "actor", "date", "salience", "red_line", "basis", "source", "confidence"].map(cell);
        let [id, actor, date, salience, line, basis, source, confidence] = cells;
        shelf.rows.push((cell("clause"), [id, actor, date, point.clone(), salience, line, basis, source, confidence]));
    }
    shelf
}

/// Ideal points of countries in the United Nations, where the library knows them.
pub fn ideal_points(files: &dyn Files, folder: &str, problems: &mut Problems) -> BTreeMap<String, f64> {
    let columns: &[tables::Column] = &[("country", true), ("indicator", true), ("value", true)];
    let mut points = BTreeMap::new();
    match text_of(files, &format!("{folder}/indicators.csv")) {
        Err(unreadable) => problems.extend(unreadable.0),
        Ok(file) => {
            for row in tables::read_with_others(&file, columns, problems).rows {
                if row.text("indicator") == "un_ideal_point"
                    && let Some(value) = row.number("value", -100.0, 100.0, problems)
                {
                    points.insert(row.text("country").to_owned(), value);
                }
            }
        }
    }
    points
}

/// Salience of what a stand reveals (a judgement: the middle one).
const SALIENCE: &str = "0.6";

/// A case as a scenario; `all` are the cases, of which those that came before count.
pub fn stage(
    case: &Case,
    all: &[Case],
    shelf: &Shelf,
    library: &dyn Files,
    folder: &str,
) -> Result<Arc<Scenario>, Problems> {
    let desk = Desk { library, scenario: scenario(case, folder), evidence: evidence(case, all, shelf) };
    load(NAME, &[], &desk).map(|checked| checked.scenario)
}

fn scenario(case: &Case, folder: &str) -> String {
    let mut members: Vec<&str> = case.parties.iter().map(|party| party.country.as_str()).collect();
    if !members.contains(&case.author.as_str()) {
        members.push(&case.author);
    }
    format!(
        "title = {id:?}\nas_of = {eve}\n[tables]\ncountries = \"{folder}/un-countries.csv\"\nindicators = \"{folder}/indicators.csv\"\n\
         trade = \"{folder}/trade.csv\"\nevidence = \"{EVIDENCE}\"\n[indicators]\ncapability = [\"dds_exports\", \"dds_imports\"]\n\
         capacity = \"digital_capacity\"\n[imputation]\nfeatures = [{{ indicator = \"gdp_per_capita\", log = true }}, \
         {{ indicator = \"digital_capacity\" }}, {{ indicator = \"regulatory_quality\" }}, {{ indicator = \"un_ideal_point\" }}]\n\
         [clause.{axis:?}]\n[forum.case]\nname = {id:?}\nmembers = {members:?}\nrule = {{ critical_mass = {{ share = 0.000001 }} }}\n\
         undertaking = \"single\"\nchair = {{ mode = {{ manipulator = {{ bias = 1.0 }} }}, country = {author:?} }}\n\
         calendar = {{ start = {date}, rounds = 1 }}\nreservation = {{ normal = {{ mean = 0.0, sd = 0.02 }} }}\n\
         agenda = [{axis:?}]\n[mandate.{author:?}.{axis:?}]\nideal = {point}\nsalience = 1\n",
        id = case.id,
        eve = case.eve,
        date = case.date,
        axis = case.axis,
        author = case.author,
        point = case.point,
    )
}

/// What is known of everyone's wishes on the axis: dates tell the scenario which rows count.
fn evidence(case: &Case, all: &[Case], shelf: &Shelf) -> String {
    let mut csv = csv::Writer::from_writer(Vec::new());
    // Writes to memory do not fail.
    let _ =
        csv.write_record(COLUMNS.iter().map(|column| column.0).filter(|column| *column != "note" && *column != "rung"));
    let mut row = |[id, actor, date, point, salience, line, basis, source, confidence]: [&str; 9]| {
        let _ =
            csv.write_record([id, actor, &case.axis, date, point, salience, line, basis, "", "no", source, confidence]);
    };
    for (_, cells) in shelf.rows.iter().filter(|(clause, _)| *clause == case.axis) {
        row(cells.each_ref().map(String::as_str));
    }
    // The author's wish is known by its text.
    row([
        "text",
        &case.author,
        &case.eve.to_string(),
        &case.point.to_string(),
        "1",
        "no",
        "proposal",
        "the text",
        "high",
    ]);
    for earlier in all.iter().filter(|other| other.axis == case.axis && other.date <= case.eve) {
        let basis = if earlier.rule == "majority" { "vote" } else { "statement" };
        for party in &earlier.parties {
            let wish = match party.stance {
                Stance::For => earlier.point,
                Stance::Abstains => earlier.point / 2.0,
                Stance::Against => 0.0,
            };
            let (id, date) = (format!("{}-{}", earlier.id, party.country), earlier.date.to_string());
            row([&id, &party.country, &date, &wish.to_string(), SALIENCE, "no", basis, &earlier.id, &party.confidence]);
        }
    }
    String::from_utf8(csv.into_inner().unwrap_or_default()).unwrap_or_default()
}
