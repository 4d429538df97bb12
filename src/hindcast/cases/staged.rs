//! A case as a scenario with one text: what was known of everyone's wishes on the eve of the decision.
//!
//! The author wants its text and writes it. What the others want is read off their stands on earlier texts of the same axis
//! and, where the axis is a clause of the library, off its evidence; who left nothing is imputed from comparable countries,
//! the ideal point in the United Nations among what makes them so. Standing for a text reveals a wish for what it says,
//! standing against it one for what holds without it, abstaining one half way between the two.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Case, Stance};
use crate::quantity::Uncertain;
use crate::scenario::builder::{ScenarioBuilder, Value};
use crate::scenario::evidence::COLUMNS;
use crate::scenario::problem::Problems;
use crate::scenario::source::{Files, text_of};
use crate::scenario::{ChairMode, Scenario, Undertaking, tables};

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
    scenario(case, folder)
        .table_of("evidence", &HEAD, evidence(case, all, shelf))
        .build_beside(library)
        .map(|checked| checked.scenario)
}

fn scenario(case: &Case, folder: &str) -> ScenarioBuilder {
    let (author, axis) = (&case.author, &case.axis);
    let mut members: Vec<&str> = case.parties.iter().map(|party| party.country.as_str()).collect();
    if !members.contains(&author.as_str()) {
        members.push(author);
    }
    let feature = |indicator: &str| Value::table().with("indicator", indicator);
    let features = [
        feature("gdp_per_capita").with("log", true),
        feature("digital_capacity"),
        feature("regulatory_quality"),
        feature("un_ideal_point"),
    ];
    ScenarioBuilder::new(&case.id)
        .as_of(case.eve)
        .table("countries", format!("{folder}/un-countries.csv"))
        .table("indicators", format!("{folder}/indicators.csv"))
        .table("trade", format!("{folder}/trade.csv"))
        .set(&["indicators", "capability"], ["dds_exports", "dds_imports"])
        .set(&["indicators", "capacity"], "digital_capacity")
        .set(&["imputation", "features"], features)
        .clause(axis, |clause| clause)
        .forum("case", |forum| {
            forum
                .name(&case.id)
                .members(members)
                .rule(Value::choice("critical_mass", Value::table().with("share", 0.000001)))
                .undertaking(Undertaking::Single)
                .chair(ChairMode::Manipulator { bias: 1.0 })
                .chaired_by(author)
                .calendar(case.date, 1)
                .reservation(Uncertain::Normal { mean: 0.0, sd: 0.02 })
                .agenda([axis])
        })
        .mandate(author, axis, |mandate| mandate.ideal(case.point).salience(1.0))
}

/// Columns of the table of evidence of a case.
const HEAD: [&str; 12] = [
    "id",
    "actor",
    "clause",
    "date",
    "point",
    "salience",
    "red_line",
    "basis",
    "instrument",
    "drawn_from_text",
    "source",
    "confidence",
];

/// What is known of everyone's wishes on the axis, as rows of the table: dates tell the scenario which of them count.
fn evidence(case: &Case, all: &[Case], shelf: &Shelf) -> Vec<[String; 12]> {
    let row = |[id, actor, date, point, salience, line, basis, source, confidence]: [&str; 9]| {
        [id, actor, &case.axis, date, point, salience, line, basis, "", "no", source, confidence].map(str::to_owned)
    };
    let known = shelf.rows.iter().filter(|(clause, _)| *clause == case.axis);
    let mut rows: Vec<[String; 12]> = known.map(|(_, cells)| row(cells.each_ref().map(String::as_str))).collect();
    // The author's wish is known by its text.
    let (eve, point) = (case.eve.to_string(), case.point.to_string());
    rows.push(row(["text", &case.author, &eve, &point, "1", "no", "proposal", "the text", "high"]));
    for earlier in all.iter().filter(|other| other.axis == case.axis && other.date <= case.eve) {
        let basis = if earlier.rule == "majority" { "vote" } else { "statement" };
        for party in &earlier.parties {
            let wish = match party.stance {
                Stance::For => earlier.point,
                Stance::Abstains => earlier.point / 2.0,
                Stance::Against => 0.0,
            };
            let (id, date, wish) =
                (format!("{}-{}", earlier.id, party.country), earlier.date.to_string(), wish.to_string());
            rows.push(row([&id, &party.country, &date, &wish, SALIENCE, "no", basis, &earlier.id, &party.confidence]));
        }
    }
    rows
}
