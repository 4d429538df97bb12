//! Tables of forecasts (`issue,model,forecast,ci_low,ci_high`), what was decided, and tables of scores.

use std::collections::{BTreeMap, BTreeSet};

use super::{Definition, issues, text::text_of_table};
use crate::decimal;
use crate::forecast::score::{Interval, Score, Scored};
use crate::forecast::{Forecast, Table};
use crate::scenario::MAX_QUANTITY;
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::source::Files;
use crate::scenario::tables::{self, Column};

/// One forecast of a table; none where the model has nothing to say.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The issue.
    pub issue: String,
    /// The model.
    pub model: String,
    /// What it says.
    pub forecast: Option<Forecast>,
}

/// The forecasts of models as a CSV table: issues in their order, the models of each in theirs. Each model comes with its
/// forecasts, one an issue.
pub fn write_forecasts(table: &Table, models: &[(String, Vec<Option<Forecast>>)]) -> String {
    let mut csv = csv::Writer::from_writer(Vec::new());
    write(&mut csv, ["issue", "model", "forecast", "ci_low", "ci_high"].map(str::to_owned));
    for (no, issue) in table.issues.iter().enumerate() {
        for (model, forecasts) in models {
            let forecast = forecasts.get(no).copied().flatten();
            let interval = forecast.and_then(|forecast| forecast.interval);
            let cells = [forecast.map(|f| f.point), interval.map(|i| i.0), interval.map(|i| i.1)].map(number);
            let [point, low, high] = cells;
            write(&mut csv, [issue.id.clone(), model.clone(), point, low, high]);
        }
    }
    finish(csv)
}

/// A number as a sheet has it; nothing where there is none.
fn number(number: Option<f64>) -> String {
    decimal::text(number, decimal::FIGURE)
}

/// Writes to memory do not fail.
fn write<const N: usize>(csv: &mut csv::Writer<Vec<u8>>, cells: [String; N]) {
    let _ = csv.write_record(cells);
}

fn finish(csv: csv::Writer<Vec<u8>>) -> String {
    String::from_utf8(csv.into_inner().unwrap_or_default()).unwrap_or_default()
}

const COLUMNS: &[Column] =
    &[("issue", true), ("model", true), ("forecast", true), ("ci_low", false), ("ci_high", false)];

/// Reads a table of forecasts.
pub fn read_forecasts(path: &str, files: &dyn Files, problems: &mut Problems) -> Vec<Row> {
    let file = match text_of_table(files, path) {
        Ok(file) => file,
        Err(unreadable) => {
            problems.extend(unreadable.0);
            return Vec::new();
        }
    };
    let table = tables::read_with_others(&file, COLUMNS, problems);
    let mut rows: Vec<Row> = Vec::new();
    let mut seen: BTreeMap<(String, String), usize> = BTreeMap::new();
    for row in &table.rows {
        let mut number = |column| row.number(column, -MAX_QUANTITY, MAX_QUANTITY, problems);
        let point = number("forecast");
        let interval = number("ci_low").zip(number("ci_high"));
        let (issue, model) = (row.needed("issue", problems), row.needed("model", problems));
        let (Some(issue), Some(model)) = (issue, model) else { continue };
        if let Some(first) = seen.insert((issue.clone(), model.clone()), row.number) {
            let message = format!("`{model}` has a forecast of `{issue}` in row {first} already");
            problems.push(
                row.problem("comity::forecast::duplicate", "issue", message).help("keep one row an issue and model"),
            );
            continue;
        }
        rows.push(Row { issue, model, forecast: point.map(|point| Forecast { point, interval }) });
    }
    if table.rows.is_empty() && problems.0.is_empty() {
        problems.push(
            Problem::new("comity::forecast::missing", None, "the table holds no forecast")
                .help("write one with `comity forecast`"),
        );
    }
    rows
}

/// What was decided, as a table of issues tells it.
pub struct Outcomes {
    definitions: Vec<Definition>,
    path: String,
}

/// Reads what was decided.
pub fn outcomes(path: &str, files: &dyn Files, problems: &mut Problems) -> Outcomes {
    let definitions = match text_of_table(files, path) {
        Ok(file) => issues::read(&file, problems).0,
        Err(unreadable) => {
            problems.extend(unreadable.0);
            Vec::new()
        }
    };
    Outcomes { definitions, path: path.to_owned() }
}

impl Outcomes {
    /// The errors of each model, in the order in which models are first met; and in words what could not be scored.
    pub fn errors(&self, rows: &[Row], problems: &mut Problems) -> (Vec<(String, Vec<Scored>)>, Vec<String>) {
        let mut models: Vec<(String, Vec<Scored>)> = Vec::new();
        let mut groups: BTreeMap<&str, usize> = BTreeMap::new();
        // What belongs to no group errs alone.
        let group_of: Vec<usize> = self
            .definitions
            .iter()
            .enumerate()
            .map(|(no, definition)| match &definition.group {
                Some(group) => *groups.entry(group).or_insert(no),
                None => no,
            })
            .collect();
        let place: BTreeMap<&str, usize> =
            self.definitions.iter().enumerate().map(|(no, definition)| (definition.issue.as_str(), no)).collect();
        let (mut unknown, mut undecided, mut silent) = (BTreeSet::new(), 0, 0);
        let mut model_of: BTreeMap<&str, usize> = BTreeMap::new();
        for row in rows {
            let model = *model_of.entry(&row.model).or_insert_with(|| {
                models.push((row.model.clone(), Vec::new()));
                models.len() - 1
            });
            let Some(&issue) = place.get(row.issue.as_str()) else {
                unknown.insert(&row.issue);
                continue;
            };
            let definition = &self.definitions[issue];
            match (definition.outcome, row.forecast) {
                (None, _) => undecided += 1,
                (Some(_), None) => silent += 1,
                (Some(outcome), Some(forecast)) => {
                    let span = definition.scale.1.unwrap_or(100.0) - definition.scale.0.unwrap_or(0.0);
                    let error = (forecast.point - outcome).abs();
                    let scored = Scored { issue, group: group_of[issue], error, share: error / span };
                    models[model].1.push(scored);
                }
            }
        }
        for issue in unknown {
            problems.push(
                Problem::new("comity::forecast::unknown", None, format!("`{issue}` is not in {}", self.path))
                    .suggest(issue, place.keys().copied()),
            );
        }
        if !self.definitions.iter().any(|definition| definition.outcome.is_some()) && problems.0.is_empty() {
            problems.push(
                Problem::new("comity::forecast::missing", None, format!("{} tells no outcome", self.path))
                    .help("fill in the column `outcome` of the issues that were decided"),
            );
        }
        for definition in &self.definitions {
            let scale = (definition.scale.0.unwrap_or(0.0), definition.scale.1.unwrap_or(100.0));
            if scale.0 >= scale.1 {
                let message = format!("the scale of `{}` goes from {} to {}", definition.issue, scale.0, scale.1);
                problems.push(
                    Problem::new("comity::forecast::scale", definition.at.clone(), message)
                        .help("its least point must lie below its greatest"),
                );
            }
        }
        let told = |count: usize, what: &str| (count > 0).then(|| format!("{count} forecasts {what}"));
        let notes = [told(undecided, "are of issues without an outcome"), told(silent, "are empty")];
        (models, notes.into_iter().flatten().collect())
    }
}

/// Scores as a CSV table.
pub fn write_scores(scores: &[Score]) -> String {
    let mut csv = csv::Writer::from_writer(Vec::new());
    let header = [
        "model",
        "n",
        "mean_absolute_error",
        "mean_absolute_error_low",
        "mean_absolute_error_high",
        "median_absolute_error",
        "within_5",
        "within_10",
        "within_20",
        "difference_to_compromise",
        "difference_low",
        "difference_high",
        "paired_n",
    ];
    write(&mut csv, header.map(str::to_owned));
    for score in scores {
        let low = |interval: Option<Interval>| number(interval.and_then(|i| i.between).map(|b| b.0));
        let high = |interval: Option<Interval>| number(interval.and_then(|i| i.between).map(|b| b.1));
        let mean_error = Some(score.mean_error);
        let [within_5, within_10, within_20] = score.within.map(|share| number(Some(share)));
        let cells = [
            score.model.clone(),
            score.n.to_string(),
            number(Some(score.mean_error.mean)),
            low(mean_error),
            high(mean_error),
            number(Some(score.median_error)),
            within_5,
            within_10,
            within_20,
            number(score.difference.map(|difference| difference.mean)),
            low(score.difference),
            high(score.difference),
            score.difference.map_or(String::new(), |_| score.paired.to_string()),
        ];
        write(&mut csv, cells);
    }
    finish(csv)
}
