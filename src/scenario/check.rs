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
    check(Shelf { disk }.resolve(asked, overrides)?)
}

/// Makes a scenario of a document that has been brought together, or tells every problem there is.
pub fn check(mut resolved: Resolved) -> Result<Checked, Problems> {
    let mut problems = std::mem::take(&mut resolved.problems);
    let all_tables_read = problems.0.is_empty();
    problems.0.extend(structure::compare(&resolved.document, &file::schema()).0);

    // What has the wrong shape is told; what is left may still have meaning, and that may be wrong as well.
    let mut shaped = resolved.document.clone();
    shaped.remove_keys_at(&problems.0.iter().filter_map(|problem| problem.at.as_ref()).collect::<Vec<_>>());
    let written = match ScenarioFile::deserialize(shaped.to_json()) {
        Ok(written) if all_tables_read => written,
        Err(error) if problems.0.is_empty() => {
            let at = Some(resolved.document.at(&[]));
            return Err(Problem::new("comity::scenario::syntax", at, format!("not a scenario: {error}")).into());
        }
        _ => return Err(problems.in_order()),
    };
    let mut meaning = Problems::default();
    let roster = Roster::read(&resolved, &written, &mut meaning);
    let scenario = Builder { resolved: &resolved, written: &written, roster: &roster }.build(&mut meaning);
    meaning.0.retain(|problem| problem.at.is_none() || !problems.0.iter().any(|told| told.at == problem.at));
    problems.0.extend(meaning.0);
    let scenario = problems.none_or(scenario)?;
    Ok(Checked { scenario: Arc::new(scenario), resolved })
}
