//! Where a study is written to: a run directory, with the manifest that says what was run.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::driver::processors;
use super::results::Results;
use crate::error::Error;
use crate::export::{
    FORMAT, Host, Manifest, Outlet, Published, Staging, Table, Timing, iso_8601, scenario_sha256, typed,
};

/// The place of a run directory, and how it is written.
#[derive(Clone, Debug)]
pub struct Directory {
    place: Place,
    replace: bool,
    parquet: bool,
    command: Vec<String>,
}

#[derive(Clone, Debug)]
enum Place {
    At(PathBuf),
    NextIn(PathBuf),
}

/// Makes the file of a table.
pub(super) type Create = fn(&Staging, Table) -> std::io::Result<Outlet>;

impl Directory {
    /// A run directory at a place that is free.
    pub fn at(place: &Path) -> Directory {
        Directory::of(Place::At(place.to_owned()))
    }

    /// A run directory at the first free of the places `run-1`, `run-2`, … in a folder.
    pub fn next_in(folder: &Path) -> Directory {
        Directory::of(Place::NextIn(folder.to_owned()))
    }

    fn of(place: Place) -> Directory {
        Directory { place, replace: false, parquet: false, command: Vec::new() }
    }

    /// Whether the run that stands in the place is replaced. Nothing but a run ever is.
    pub fn replacing(mut self, replace: bool) -> Self {
        self.replace = replace;
        self
    }

    /// Whether tables are written as Parquet files too, which takes a build with the feature `parquet`.
    pub fn parquet(mut self, parquet: bool) -> Self {
        self.parquet = parquet;
        self
    }

    /// The command line to put on record; of every path in it the last part is kept.
    pub fn command(mut self, arguments: impl IntoIterator<Item = std::ffi::OsString>) -> Self {
        self.command = typed::command(arguments);
        self
    }

    /// How files of tables are made, with Parquet beside CSV or without.
    #[cfg(feature = "parquet")]
    pub(super) fn creator(&self) -> Result<Create, Error> {
        Ok(if self.parquet { Staging::create_with_parquet } else { Staging::create })
    }

    /// How files of tables are made.
    #[cfg(not(feature = "parquet"))]
    pub(super) fn creator(&self) -> Result<Create, Error> {
        use crate::error::Code;
        use crate::scenario::problem::Problem;
        match self.parquet {
            false => Ok(Staging::create),
            true => Err(Problem::new(Code::RunNoParquet, None, "this comity was built without Parquet")
                .help("build it with `cargo install --path . --features parquet`, or leave --parquet out: the CSV tables hold the same")
                .into()),
        }
    }

    /// Takes the place.
    pub(super) fn begin(&self) -> Result<Staging, Error> {
        Ok(match &self.place {
            Place::At(place) => Staging::begin(place, self.replace)?,
            Place::NextIn(folder) => Staging::begin_next(folder)?,
        })
    }

    /// Puts what was recorded in its place, with its manifest.
    pub(super) fn publish(&self, staging: Staging, results: &Results) -> Result<Published, Error> {
        Ok(staging.publish(&self.manifest(results), &results.recording, results.scenario.checked())?)
    }

    fn manifest(&self, results: &Results) -> Manifest {
        let Results { scenario, replications, seed, shard, took, recording, .. } = results;
        Manifest {
            format: FORMAT,
            comity: env!("CARGO_PKG_VERSION").into(),
            scenario: typed::last_part(scenario.asked()),
            title: scenario.title().to_owned(),
            scenario_sha256: scenario_sha256(scenario.resolved()),
            seed: *seed,
            replications: *replications,
            shard: *shard,
            tables: recording.tables.iter().map(|(table, ..)| table.name().to_owned()).collect(),
            digest: recording.digest.clone(),
            files: Default::default(),
            overrides: scenario.changes().iter().map(|change| typed::assignment(change)).collect(),
            command: self.command.clone(),
            host: Host {
                os: std::env::consts::OS.into(),
                architecture: std::env::consts::ARCH.into(),
                processors: processors(),
                threads: took.threads,
            },
            timing: Timing {
                started: iso_8601(took.started.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default()),
                seconds: took.seconds,
                replications_per_second: (shard.end - shard.first) as f64 / took.seconds.max(1e-9),
            },
        }
    }
}

impl Results {
    /// Writes a run directory to a place that is free, with the tables that were kept: `comity replay`, `verify` and
    /// [`RunDirectory`](crate::export::RunDirectory) read it.
    ///
    /// # Errors
    ///
    /// [`RunExists`](crate::Code::RunExists) where the place is taken, [`RunNotWritten`](crate::Code::RunNotWritten) where it cannot be written to. Files appear
    /// there all together or not at all.
    pub fn save(&self, place: impl AsRef<Path>) -> Result<Published, Error> {
        let directory = Directory::at(place.as_ref());
        let staging = directory.begin()?;
        for (table, rows) in &self.rows {
            staging.add(&table.file(), rows)?;
        }
        directory.publish(staging, self)
    }
}
