//! Forecasts and scores: the commands, what is refused, and the field's reference runs and data.
//!
//! Reference files that are not part of the project are looked for in `COMITY_SHARED`, or in `../shared` beside the
//! project; where they are absent, the tests that need them say so and pass.

mod climate_talks;
mod deu;
mod exchange;
mod fit;
mod references;
mod refused;

use std::path::PathBuf;

use comity::dossier;
use comity::forecast::Table;
use comity::scenario::source::{Disk, Memory};

use crate::folder::home;

/// A file of the reference data; none where there is none here.
fn reference(path: &str) -> Option<String> {
    let folder = std::env::var_os("COMITY_SHARED").map_or_else(|| home().join("../shared"), PathBuf::from);
    let file = folder.join("data/negotiations").join(path);
    if !file.is_file() {
        eprintln!("skipped: there is no {}", file.display());
        return None;
    }
    Some(file.to_string_lossy().into_owned())
}

/// The table of files of the reference data.
fn table(positions: &str, issues: Option<&str>) -> Table {
    dossier::read(positions, issues, &Disk).unwrap_or_else(|problems| panic!("{problems}")).table
}

/// One part of the DEU III data.
fn deu(split: &str) -> Option<Table> {
    let (positions, issues) = (reference("deu3/forecast_positions.csv")?, reference("deu3/forecast_issues.csv")?);
    let kept = |line: &&str| line.ends_with(split) || line.ends_with("split");
    let issues: Vec<String> =
        std::fs::read_to_string(issues).unwrap().lines().filter(kept).map(str::to_owned).collect();
    let known = |line: &&str| {
        let id = line.split(',').next().unwrap_or_default();
        issues.iter().any(|issue| issue.split(',').next() == Some(id))
    };
    let positions: Vec<String> =
        std::fs::read_to_string(positions).unwrap().lines().filter(known).map(str::to_owned).collect();
    let files = Memory([("p.csv".to_owned(), positions.join("\n")), ("i.csv".to_owned(), issues.join("\n"))].into());
    Some(dossier::read("p.csv", Some("i.csv"), &files).unwrap_or_else(|problems| panic!("{problems}")).table)
}
