//! As written → as meant: a scenario, or every problem there is.

use std::sync::Arc;

use serde::Deserialize;

use super::build::Builder;
use super::file::{self, ScenarioFile};
use super::problem::{Problem, Problems};
use super::resolve::Shelf;
use super::roster::Roster;
use super::source::Files;
use super::{Resolved, Scenario, structure};

/// A scenario that holds, with the document it was made from.
#[derive(Clone, Debug)]
pub struct Checked {
    /// As meant.
    pub scenario: Arc<Scenario>,
    /// As written, in one piece.
    pub resolved: Resolved,
}

/// Reads a scenario by shipped name or by path, with overrides as typed (`forum.jsi.calendar.rounds=40`).
pub fn load(asked: &str, overrides: &[String], disk: &dyn Files) -> Result<Checked, Problems> {
    let resolved = Shelf { disk }.resolve(asked, overrides)?;
    let problems = structure::compare(&resolved.document, &file::schema());
    problems.none_or(())?;
    let written = ScenarioFile::deserialize(resolved.document.to_json()).map_err(|error| {
        Problem::new("comity::scenario::syntax", Some(resolved.document.at(&[])), format!("not a scenario: {error}"))
    })?;
    let mut problems = Problems::default();
    let roster = Roster::read(&resolved, &written, &mut problems);
    let scenario = Builder { resolved: &resolved, written: &written, roster: &roster }.build(&mut problems);
    let scenario = problems.none_or(scenario)?;
    Ok(Checked { scenario: Arc::new(scenario), resolved })
}
