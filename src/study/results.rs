//! What a study found, in memory: the digest, the summary, the tables, and every replication to be told again.

use std::collections::BTreeMap;
use std::time::SystemTime;

use super::measured::{self, ForumResults, Measured};
use super::rerun::{self, Replay};
use super::scenario::Scenario;
use crate::error::{Code, Error};
use crate::export::{Recording, Shard, Table, rows_of};
use crate::scenario::problem::{Problem, Problems};
use crate::summary::{Blocker, Line, Measure, Subject};

/// When a study was played, and how long that took.
#[derive(Clone, Copy, Debug)]
pub(super) struct Took {
    pub started: SystemTime,
    /// Time for all replications (in seconds).
    pub seconds: f64,
    /// Threads used (a count).
    pub threads: usize,
}

/// What a study found.
#[derive(Clone, Debug)]
pub struct Results {
    pub(super) scenario: Scenario,
    /// Of the whole run, all parts together.
    pub(super) replications: u64,
    pub(super) seed: u64,
    pub(super) shard: Shard,
    pub(super) took: Took,
    pub(super) recording: Recording,
    /// Bytes of the tables that were kept.
    pub(super) rows: BTreeMap<Table, Vec<u8>>,
}

impl Results {
    /// SHA-256 over all tables (in hexadecimal): the same for the same scenario, seed and replications, and what
    /// `comity run` prints.
    pub fn digest(&self) -> &str {
        &self.recording.digest
    }

    /// What was played.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// The seed of all chance.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Which replications are here.
    pub fn shard(&self) -> Shard {
        self.shard
    }

    /// How long it took to play (in seconds).
    pub fn seconds(&self) -> f64 {
        self.took.seconds
    }

    /// Every line of the summary, in the order of `summary.csv`.
    pub fn summary(&self) -> &[Line] {
        &self.recording.lines
    }

    /// Who stood in the way of what, in the order of `blockers.csv`.
    pub fn blockers(&self) -> &[Blocker] {
        &self.recording.blockers
    }

    /// What was found of one forum.
    ///
    /// # Errors
    ///
    /// [`Code::RunUnknown`] where the scenario has no such forum, with the one that was probably meant.
    pub fn forum(&self, id: &str) -> Result<ForumResults<'_>, Error> {
        ForumResults::of(self.scenario.model(), self.summary(), id)
    }

    /// A measure of all forums together, by its name in `summary.csv`.
    ///
    /// # Errors
    ///
    /// [`Code::RunMeasure`] where it is not taken.
    pub fn all_forums(&self, measure: Measure) -> Result<Measured, Error> {
        measured::find(self.summary(), None, Subject::AllForums, measure)
    }

    /// A table as CSV, byte for byte as `comity run` writes it.
    ///
    /// # Errors
    ///
    /// [`Code::RunNotKept`] where its rows were not asked for.
    pub fn table(&self, table: Table) -> Result<&str, Error> {
        let kept = self.rows.get(&table).and_then(|bytes| std::str::from_utf8(bytes).ok());
        kept.ok_or_else(|| {
            let what = format!("the rows of {} were not kept", table.file());
            Problem::new(Code::RunNotKept, None, what).help("name the table in `Study::tables`, and `run` it").into()
        })
    }

    /// Plays one replication again, tells it round by round and holds it against the rows that were kept.
    ///
    /// # Errors
    ///
    /// [`Code::RunReplication`] where it is none of those that are here.
    pub fn replay(&self, replication: u64) -> Result<Replay, Error> {
        let recorded = |table: Table| -> Result<Option<String>, Problems> {
            let Some(bytes) = self.rows.get(&table) else { return Ok(None) };
            Ok(rows_of(bytes.as_slice(), replication).ok())
        };
        rerun::replay(self.scenario.model(), self.seed, self.shard, replication, &[], recorded)
    }
}
