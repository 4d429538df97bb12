//! `comity score`: how near forecasts came, where outcomes are known.

use std::path::PathBuf;

use comfy_table::{CellAlignment, Table as Grid};

use super::forecast::write_whole;
use super::{Done, terminal};
use crate::dossier::{self, write_scores};
use crate::forecast::score::{DRAWS, Interval, Score, score};
use crate::scenario::problem::Problems;
use crate::scenario::source::Disk;

#[derive(Debug, clap::Args)]
pub struct Scoring {
    /// Forecasts: a table of issue, model and forecast
    #[arg(value_name = "F.csv")]
    forecasts: String,
    /// Issues, with their outcomes; those of a group err together
    #[arg(long, value_name = "I.csv")]
    issues: String,
    /// Also write the scores as a table
    #[arg(long, short, value_name = "S.csv")]
    out: Option<PathBuf>,
    /// Seed of the bootstrap
    #[arg(long, short, default_value_t = 1)]
    seed: u64,
}

impl Scoring {
    pub fn execute(self) -> Done {
        let mut problems = Problems::default();
        let rows = dossier::read_forecasts(&self.forecasts, &Disk, &mut problems);
        let outcomes = dossier::outcomes(&self.issues, &Disk, &mut problems);
        problems.none_or(())?;
        let mut problems = Problems::default();
        let (models, notes) = outcomes.errors(&rows, &mut problems);
        problems.none_or(())?;
        let scores = score(&models, self.seed);
        if let Some(out) = &self.out {
            write_whole(out, &write_scores(&scores))?;
        }
        for note in notes {
            terminal::say(&format!("Note: {note}"));
        }
        terminal::print(&describe(&scores))
    }
}

/// Scores as a table for people.
fn describe(scores: &[Score]) -> String {
    let mut grid = Grid::new();
    grid.load_style(comfy_table::presets::NOTHING);
    grid.set_header([
        "model",
        "n",
        "MAE",
        "95 % interval",
        "median",
        "≤5",
        "≤10",
        "≤20",
        "to compromise",
        "95 % interval",
    ]);
    for column in 1..10 {
        grid.column_mut(column).into_iter().for_each(|column| column.set_cell_alignment(CellAlignment::Right));
    }
    let between = |interval: Option<Interval>| {
        let between = interval.and_then(|interval| interval.between);
        between.map_or("–".to_owned(), |(low, high)| format!("{low:.2} to {high:.2}"))
    };
    for score in scores {
        let mut cells = vec![
            score.model.clone(),
            score.n.to_string(),
            format!("{:.2}", score.mean_error.mean),
            between(Some(score.mean_error)),
            format!("{:.2}", score.median_error),
        ];
        cells.extend(score.within.map(|share| format!("{:.1}%", share * 100.0)));
        cells.push(score.difference.map_or("–".to_owned(), |difference| format!("{:+.2}", difference.mean)));
        cells.push(between(score.difference));
        grid.add_row(cells);
    }
    let mut text: String = grid.to_string().lines().map(|line| line.trim_end().to_owned() + "\n").collect();
    text.push_str(&format!(
        "\nMAE: mean absolute error. Intervals: bootstrap of {DRAWS} draws, issues of a group drawn together. Differences: on \
         the issues that both forecast; below 0 is nearer.\n"
    ));
    text
}
