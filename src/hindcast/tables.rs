//! The tables of a hindcast, as CSV.

use super::cases::Stance;
use super::cases::rivals::score;
use super::cases::scored::Refusals;
use super::pooled::{Bin, Pooled};
use super::{Findings, scores::likeliest};
use crate::decimal;
use crate::forecast::score::Interval;

/// A table in the making.
pub struct Sheet(csv::Writer<Vec<u8>>);

impl Sheet {
    /// A table with these columns.
    pub fn new(columns: &[&str]) -> Sheet {
        let mut csv = csv::Writer::from_writer(Vec::new());
        // Writes to memory do not fail.
        let _ = csv.write_record(columns);
        Sheet(csv)
    }

    /// Adds a row.
    pub fn row(&mut self, cells: Vec<String>) {
        let _ = self.0.write_record(cells);
    }

    /// The whole.
    pub fn text(self) -> String {
        String::from_utf8(self.0.into_inner().unwrap_or_default()).unwrap_or_default()
    }
}

/// A number as a sheet has it; nothing where there is none.
pub fn number(number: Option<f64>) -> String {
    decimal::text(number, decimal::FIGURE)
}

fn interval(interval: Option<Interval>) -> [String; 3] {
    let between = interval.and_then(|interval| interval.between);
    [interval.map(|interval| interval.mean), between.map(|b| b.0), between.map(|b| b.1)].map(number)
}

/// Scores over many clauses: sets of texts, each with its name and what was pooled, model of reference by model.
pub fn pooled(sets: &[(&str, &str, Vec<Pooled>)]) -> String {
    let mut columns = vec!["set".to_owned(), "reference".into(), "model".into(), "texts".into(), "clauses".into()];
    for measure in ["error", "brier", "ranked", "hits", "error_difference", "ranked_difference"] {
        columns.extend([String::new(), "_low".into(), "_high".into()].map(|end| format!("{measure}{end}")));
    }
    columns.push("paired".into());
    let mut sheet = Sheet::new(&columns.iter().map(String::as_str).collect::<Vec<_>>());
    for (set, reference, models) in sets {
        for model in models {
            let mut cells = vec![(*set).to_owned(), (*reference).to_owned(), model.model.clone()];
            cells.extend([model.texts, model.clauses].map(|count| count.to_string()));
            let measures = [Some(model.error), model.brier, model.ranked, model.hits];
            let differences = [model.error_difference, model.ranked_difference];
            cells.extend(measures.into_iter().chain(differences).flat_map(interval));
            cells.push(model.paired.to_string());
            sheet.row(cells);
        }
    }
    sheet.text()
}

/// What every model says of every clause, and how far off it is.
pub fn clauses(findings: &Findings) -> String {
    let columns = [
        "instrument",
        "clause",
        "real_rung",
        "real_position",
        "verified",
        "model",
        "forecast",
        "rung",
        "error",
        "brier",
        "ranked",
    ];
    let mut sheet = Sheet::new(&columns);
    for row in &findings.rows {
        let trial = &findings.trials[row.trial];
        let provision = &trial.provisions[row.provision];
        for (no, model) in findings.models.iter().enumerate() {
            let told = row.told[no].as_ref();
            let scores = findings.score(row, no);
            let rung = told.and_then(|told| told.shares.as_deref()).map(|shares| likeliest(shares).to_string());
            sheet.row(vec![
                trial.instrument.clone(),
                provision.id.clone(),
                provision.real.rung.to_string(),
                number(Some(provision.positions[provision.real.rung])),
                if provision.real.verified { "yes" } else { "no" }.to_owned(),
                model.clone(),
                number(told.map(|told| told.point)),
                rung.unwrap_or_default(),
                number(scores.map(|scores| scores.error)),
                number(scores.and_then(|scores| scores.brier)),
                number(scores.and_then(|scores| scores.ranked)),
            ]);
        }
    }
    sheet.text()
}

/// The share of every rung in the models that spread their forecast over rungs.
pub fn rungs(findings: &Findings, models: &[usize]) -> String {
    let mut sheet = Sheet::new(&["instrument", "clause", "model", "rung", "label", "position", "share", "real"]);
    for row in &findings.rows {
        let trial = &findings.trials[row.trial];
        let provision = &trial.provisions[row.provision];
        for &model in models {
            let shares = row.told[model].as_ref().and_then(|told| told.shares.as_deref()).unwrap_or_default();
            for (rung, share) in shares.iter().enumerate() {
                sheet.row(vec![
                    trial.instrument.clone(),
                    provision.id.clone(),
                    findings.models[model].clone(),
                    rung.to_string(),
                    provision.labels[rung].clone(),
                    number(Some(provision.positions[rung])),
                    number(Some(*share)),
                    if rung == provision.real.rung { "yes" } else { "no" }.to_owned(),
                ]);
            }
        }
    }
    sheet.text()
}

/// Curves of calibration, each with the name of its model.
pub fn reliability(curves: &[(&str, Vec<Bin>)]) -> String {
    let mut sheet = Sheet::new(&["model", "from", "to", "events", "stated", "observed"]);
    for (model, bins) in curves {
        for bin in bins {
            let mut cells = vec![(*model).to_owned()];
            cells.extend([bin.from, bin.to].map(|end| number(Some(end))));
            cells.push(bin.events.to_string());
            cells.extend([bin.stated, bin.observed].map(|share| number(Some(share))));
            sheet.row(cells);
        }
    }
    sheet.text()
}

/// Everyone on record in every case, with the chances of each forecaster.
pub fn refusals(refusals: &Refusals) -> String {
    let columns = ["case", "country", "stance", "model", "for", "abstains", "against", "brier", "log"];
    let mut sheet = Sheet::new(&columns);
    for row in &refusals.rows {
        for (model, chances) in refusals.models.iter().zip(&row.told) {
            let stance = match row.stance {
                Stance::For => "for",
                Stance::Abstains => "abstains",
                Stance::Against => "against",
            };
            let (brier, log) = score(chances, row.stance);
            let mut cells =
                vec![refusals.cases[row.case].id.clone(), row.country.clone(), stance.to_owned(), model.clone()];
            cells.extend(chances.iter().chain([&brier, &log]).map(|value| number(Some(*value))));
            sheet.row(cells);
        }
    }
    sheet.text()
}
