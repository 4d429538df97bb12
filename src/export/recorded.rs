//! A run directory that stands: opened, and read replication by replication.

use std::fs;
use std::path::{Path, PathBuf};

use super::directory::Problematic;
use super::manifest::{FORMAT, MANIFEST, Manifest};
use super::tables::Table;
use crate::scenario::check::{self, Checked};
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::source::Disk;

/// What to say of a manifest of another layout than this version reads, and what to do; nothing where it is this one's.
fn other_layout(manifest: &serde_json::Value) -> Option<(String, String)> {
    let ours = env!("CARGO_PKG_VERSION");
    let Some(format) = manifest["format"].as_u64() else {
        let what =
            format!("has a damaged {MANIFEST}: `format`, the number of its layout, is missing or no whole number");
        return Some((what, "run the scenario again".to_owned()));
    };
    if format == u64::from(FORMAT) {
        return None;
    }
    // A manifest that was edited, or put together by another program, may name a version that never wrote its layout.
    let theirs = match (format, manifest["comity"].as_str()) {
        (1, Some(told)) if told == ours => "0.1.0",
        (_, told) => told.unwrap_or("of a version that is not told"),
    };
    let theirs = theirs.escape_debug();
    let what =
        format!("has layout {format}, written by comity {theirs}; this is comity {ours}, which reads layout {FORMAT}");
    let help = match format < u64::from(FORMAT) {
        true => format!("comity {theirs} reads it; or run its scenario.toml again with this version, under its seed"),
        false => format!("use comity {theirs}, or a later version"),
    };
    Some((what, help))
}

/// A run directory to read.
pub struct RunDirectory {
    /// Where it stands.
    pub path: PathBuf,
    /// What was run.
    pub manifest: Manifest,
    /// The scenario, as it was run.
    pub checked: Checked,
}

impl RunDirectory {
    /// Opens a run directory.
    pub fn open(path: &Path) -> Problematic<RunDirectory> {
        let broken = |what: String, help: &str| {
            Problems::from(
                Problem::new("comity::run::unreadable", None, format!("{} {what}", path.display())).help(help),
            )
        };
        let text = fs::read_to_string(path.join(MANIFEST)).map_err(|error| {
            broken(
                format!("is no run directory: {MANIFEST}: {error}"),
                "name a directory that `comity run` has written",
            )
        })?;
        let written: serde_json::Value = serde_json::from_str(&text)
            .map_err(|error| broken(format!("has a damaged {MANIFEST}: {error}"), "run the scenario again"))?;
        if let Some((what, help)) = other_layout(&written) {
            return Err(broken(what, &help));
        }
        let manifest: Manifest = serde_json::from_value(written)
            .map_err(|error| broken(format!("has a damaged {MANIFEST}: {error}"), "run the scenario again"))?;
        if manifest.shard.first > manifest.shard.end || manifest.shard.end > manifest.replications {
            return Err(broken(format!("has a damaged {MANIFEST}: its shard does not fit"), "run the scenario again"));
        }
        let checked = check::load(&path.join("scenario.toml").to_string_lossy(), &[], &Disk)?;
        Ok(RunDirectory { path: path.to_owned(), manifest, checked })
    }

    /// The rows of one replication as a table of the run has them; none where the table was not written.
    pub fn rows(&self, table: Table, replication: u64) -> Problematic<Option<String>> {
        let path = self.path.join(table.file());
        if !self.manifest.tables.iter().any(|written| written == table.name()) {
            return Ok(None);
        }
        let unreadable = |error: csv::Error| {
            Problems::from(
                Problem::new("comity::run::unreadable", None, format!("cannot read {}: {error}", path.display()))
                    .help("`comity verify` tells whether the run is as it was written"),
            )
        };
        let file = fs::File::open(&path).map_err(|error| unreadable(error.into()))?;
        rows_of(file, replication).map(Some).map_err(unreadable)
    }
}

/// The rows of one replication, out of those of a table; they stand together.
pub fn rows_of(table: impl std::io::Read, replication: u64) -> Result<String, csv::Error> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(table);
    let mut found = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    let wanted = replication.to_string();
    let mut seen = false;
    let mut record = csv::ByteRecord::new();
    while reader.read_byte_record(&mut record)? {
        if record.get(0) == Some(wanted.as_bytes()) {
            found.write_byte_record(&record)?;
            seen = true;
        } else if seen {
            break;
        }
    }
    // What is not UTF-8 was not written by comity; it is recorded all the same, and must not pass for missing.
    let bytes = found.into_inner().map_err(|error| error.into_error())?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
