//! A run played again, and held against what was recorded: one replication with its story, or all of it.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::driver::Driver;
use crate::conference::Conference;
use crate::error::{Code, Error};
use crate::export::{Marks, Outlet, Rows, RunDirectory, Shard, Table, fingerprint, scenario_sha256};
use crate::replay::transcript;
use crate::scenario::Scenario;
use crate::scenario::problem::{Problem, Problems};

/// A replication told again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replay {
    /// Which one.
    pub replication: u64,
    /// Its story, round by round, and at the end whether it is the one that was recorded.
    pub text: String,
    /// Tables in which its rows were recorded.
    pub compared: Vec<Table>,
    /// Those of them in which they are others than those that were played now.
    pub different: Vec<Table>,
}

impl Replay {
    /// Whether rows were recorded and all are what was played now.
    pub fn is_verified(&self) -> bool {
        !self.compared.is_empty() && self.different.is_empty()
    }

    /// The problem of a replication of a recorded run whose rows are others than those that were recorded; `None` where
    /// they are the same, or none were recorded.
    pub fn difference(&self, run: &RunDirectory) -> Option<Problem> {
        let what = format!("replication {} is not what was recorded", self.replication);
        (!self.different.is_empty()).then(|| run.differs(&what))
    }
}

/// Plays a replication again and tells it, of the clauses that are named or of all; `recorded` gives the rows that were
/// recorded of it in a table, where they were.
pub(super) fn replay(
    scenario: &Arc<Scenario>,
    seed: u64,
    shard: Shard,
    replication: u64,
    clauses: &[String],
    recorded: impl Fn(Table) -> Result<Option<String>, Problems>,
) -> Result<Replay, Error> {
    if !(shard.first..shard.end).contains(&replication) {
        let has = match (shard.first, shard.end) {
            (first, end) if first == end => "its shard is empty".to_owned(),
            (first, end) => format!("it has the replications {first} to {}", end - 1),
        };
        let message = format!("this run has no replication {replication}");
        return Err(Problem::new(Code::RunReplication, None, message).help(has).into());
    }
    let mut only = Vec::new();
    for id in clauses {
        only.push(scenario.clause(id).ok_or_else(|| {
            let message = format!("there is no clause `{id}` in this run");
            Problem::new(Code::ScenarioUnknownClause, None, message)
                .suggest(id, scenario.clauses.iter().map(|clause| clause.id.as_str()))
        })?);
    }
    let (outcome, entries) = Conference::new(scenario.clone()).tell(seed, replication);
    let mut text = format!("{}\nReplication {replication} under seed {seed}\n\n", scenario.title);
    text += &transcript(scenario, &entries, &outcome, &only);

    let (mut compared, mut different) = (Vec::new(), Vec::new());
    for table in Table::PER_REPLICATION {
        let Some(recorded) = recorded(table)? else { continue };
        let mut rows = Rows::default();
        rows.replication(table, scenario, &Marks::of(scenario), &outcome);
        let played = rows.finish(|| table.file()).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        compared.push(table);
        if played.as_deref() != Some(recorded.as_str()) {
            different.push(table);
        }
    }
    text += &match (compared.is_empty(), different.is_empty()) {
        (true, _) => "Not verified: this run recorded no rows of single replications.\n".to_owned(),
        (_, true) => format!("Verified: the same as recorded in {}.\n", listed(&compared)),
        (_, false) => format!("DIFFERENT from what is recorded in {}.\n", listed(&different)),
    };
    Ok(Replay { replication, text, compared, different })
}

/// Files of tables as people list them.
fn listed(tables: &[Table]) -> String {
    let names: Vec<String> = tables.iter().map(|table| table.file()).collect();
    match names.as_slice() {
        [most @ .., before, last] => {
            let most: String = most.iter().map(|name| format!("{name}, ")).collect();
            format!("{most}{before} and {last}")
        }
        names => names.concat(),
    }
}

/// A recorded run that gives its tables again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Replications played again (a count).
    pub replications: u64,
    /// Their digest.
    pub digest: String,
}

impl RunDirectory {
    /// Plays a recorded replication again and tells it, of the clauses that are named or, where none is, of all.
    ///
    /// # Errors
    ///
    /// [`Code::RunReplication`] and [`Code::ScenarioUnknownClause`] where the run has no such replication or clause, and
    /// [`Code::RunUnreadable`] where a table cannot be read. That the rows are others is no error: the replay says so.
    pub fn replay(&self, replication: u64, clauses: &[String]) -> Result<Replay, Error> {
        let (seed, shard) = (self.manifest.seed, self.manifest.shard);
        replay(&self.checked.scenario, seed, shard, replication, clauses, |table| self.rows(table, replication))
    }

    /// Plays the whole run again and holds it against the digest, and every file against its hash.
    ///
    /// # Errors
    ///
    /// [`Code::RunDiffers`], once for each thing that is not as it was written; and what keeps a run from being played.
    pub fn verify(
        &self,
        threads: usize,
        stop: &AtomicBool,
        mut progress: impl FnMut(u64) + Send,
    ) -> Result<Verified, Error> {
        let (mut problems, changed) = self.changed_files();
        // Line ends are no part of what a scenario says: where nothing else was changed, it is the one that was run.
        let only_line_ends = changed.iter().all(|(name, how)| *how == Change::LineEnds || !is_of_scenario(name));
        let is_touched = changed.iter().any(|(name, _)| is_of_scenario(name));
        if scenario_sha256(&self.checked.resolved) != self.manifest.scenario_sha256 && !(is_touched && only_line_ends) {
            problems.push(self.differs("the scenario is not the one that was run"));
        }
        let (scenario, seed, shard) = (&self.checked.scenario, self.manifest.seed, self.manifest.shard);
        let wanted = |table: Table| self.manifest.tables.iter().any(|name| name == table.name());
        let nowhere = |table| Ok(wanted(table).then(|| Outlet::csv(std::io::sink())));
        let driver = Driver { scenario, seed, shard, threads, stop, progress: &mut progress };
        let recording = driver.record(&self.path, nowhere)?;
        if recording.digest != self.manifest.digest {
            let (recorded, now) = (&self.manifest.digest, &recording.digest);
            problems.push(self.differs(&format!("the digest was {recorded} and is now {now}")));
        }
        for (table, hash, _) in &recording.tables {
            let path = self.path.join(table.file());
            let is_told = changed.iter().any(|(name, _)| *name == table.file());
            // One that is as it was written and yet another: then the manifest was changed too, or the build is another.
            if !is_told && fingerprint::of_file(&path).is_ok_and(|found| found.sha256 != *hash) {
                problems.push(self.differs(&format!("{} is not what the run gives", path.display())));
            }
        }
        problems.none_or(())?;
        Ok(Verified { replications: shard.end - shard.first, digest: recording.digest })
    }

    /// The problem of a run that is not what was recorded.
    fn differs(&self, what: &str) -> Problem {
        let (theirs, ours) = (&self.manifest.comity, env!("CARGO_PKG_VERSION"));
        let help = if theirs == ours {
            "files of the run were changed after it was written, or comity is not the build that wrote it".to_owned()
        } else {
            format!("it was written by comity {theirs} and this is {ours}; the CHANGELOG lists value-breaking changes")
        };
        Problem::new(Code::RunDiffers, None, what).help(help)
    }

    /// Every file of a run that is not as it was written, and the problems to tell.
    fn changed_files(&self) -> (Problems, Vec<(String, Change)>) {
        let (mut problems, mut changed) = (Problems::default(), Vec::new());
        for (name, written) in &self.manifest.files {
            let path = self.path.join(name);
            let (shown, is_table) = (path.display(), Table::ALL.iter().any(|table| table.file() == *name));
            let found = match fingerprint::of_file(&path) {
                Ok(found) => found.sha256,
                Err(error) => {
                    changed.push((name.clone(), Change::Other));
                    problems.push(self.differs(&format!("cannot read {shown}: {error}")));
                    continue;
                }
            };
            if found == *written {
                continue;
            }
            if fingerprint::with_plain_line_feeds(&path).is_ok_and(|plain| plain == *written) {
                changed.push((name.clone(), Change::LineEnds));
                let what = format!("{shown} has other line ends than it was written with, and is the same otherwise");
                problems.push(Problem::new(Code::RunDiffers, None, what).help(
                    "turn carriage return and line feed back into line feed; in a Git repository the line `* -text` in \
                     .gitattributes keeps line ends as they are",
                ));
                continue;
            }
            changed.push((name.clone(), Change::Other));
            let what = if is_table { "is not what the run gives" } else { "was changed after it was written" };
            problems.push(self.differs(&format!("{shown} {what}")));
        }
        (problems, changed)
    }
}

/// What became of a file since it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    /// Carriage returns were put before its line feeds, and nothing else was changed.
    LineEnds,
    /// Anything else.
    Other,
}

/// Whether a file is the scenario or one of its tables.
fn is_of_scenario(name: &str) -> bool {
    name == "scenario.toml" || name.starts_with("tables/")
}
