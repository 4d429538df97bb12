//! `comity check --data`: the tables of a library, and what leaks from them.

use std::fmt::Write;

use crate::replay::plural;
use crate::scenario::data::{self, Survey};
use crate::scenario::library::{self, Library};
use crate::scenario::problem::Problems;
use crate::scenario::source::{Disk, Files};

/// Surveys the library in a folder, or the shipped one, and says what is there.
pub(super) fn survey(folder: Option<&str>, problems: &mut Problems, text: &mut String) -> Survey {
    let files: (&dyn Files, &str) = match folder {
        Some(folder) => (&Disk, folder.trim_end_matches('/')),
        None => (&Library, "data"),
    };
    let survey = data::survey(files.0, files.1, problems);
    let _ = writeln!(text, "{}:", folder.unwrap_or("library of the shipped scenarios"));
    for table in &survey.tables {
        let _ =
            writeln!(text, "  {}: {}, {} unverified", table.name, plural(table.rows, "row", "rows"), table.unverified);
    }
    for caution in &survey.cautions {
        let _ = writeln!(text, "  Caution: {caution}");
    }
    survey
}

/// The scenarios to hold against the library where none is named: all that are shipped, against the shipped one.
pub(super) fn shipped(data: Option<&Option<String>>, named: &[String]) -> Vec<String> {
    if named.is_empty() && data == Some(&None) { library::names() } else { Vec::new() }
}
