//! `comity replay` and `comity verify`: a recorded run played again and held against what was recorded.

use std::path::PathBuf;

use super::run::{Job, processors};
use super::{Done, terminal};
use crate::conference::Conference;
use crate::export::{Marks, Outlet, Rows, RunDirectory, Table, fingerprint, scenario_sha256};
use crate::replay::transcript;
use crate::scenario::problem::{Problem, Problems};

#[derive(Debug, clap::Args)]
pub struct Replay {
    /// A run directory
    dir: PathBuf,
    /// Which replication to play
    #[arg(long, short, value_name = "K")]
    replication: u64,
    /// What to write
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Tell only of this clause; may be repeated
    #[arg(long, value_name = "CLAUSE")]
    clause: Vec<String>,
}

/// Ways to tell a replication.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Format {
    /// Readable text
    Text,
}

impl Replay {
    pub fn execute(self) -> Done {
        let run = RunDirectory::open(&self.dir)?;
        let scenario = &run.checked.scenario;
        let (shard, seed) = (run.manifest.shard, run.manifest.seed);
        if !(shard.first..shard.end).contains(&self.replication) {
            let has = match (shard.first, shard.end) {
                (first, end) if first == end => "its shard is empty".to_owned(),
                (first, end) => format!("it has the replications {first} to {}", end - 1),
            };
            let message = format!("this run has no replication {}", self.replication);
            return Err(Problem::new("comity::run::replication", None, message).help(has).into());
        }
        let mut only = Vec::new();
        for id in &self.clause {
            only.push(scenario.clause(id).ok_or_else(|| {
                let message = format!("there is no clause `{id}` in this run");
                Problem::new("comity::scenario::unknown_clause", None, message)
                    .suggest(id, scenario.clauses.iter().map(|clause| clause.id.as_str()))
            })?);
        }
        let (outcome, entries) = Conference::new(scenario.clone()).tell(seed, self.replication);
        let Format::Text = self.format;
        let mut text = format!("{}\nReplication {} under seed {seed}\n\n", scenario.title, self.replication);
        text += &transcript(scenario, &entries, &outcome, &only);

        let mut compared = Vec::new();
        let mut different = Vec::new();
        for table in Table::PER_REPLICATION {
            let Some(recorded) = run.rows(table, self.replication)? else { continue };
            let mut rows = Rows::default();
            rows.replication(table, scenario, &Marks::of(scenario), &outcome);
            let played = rows.finish(|| table.file()).ok().and_then(|bytes| String::from_utf8(bytes).ok());
            compared.push(table.file());
            if played.as_deref() != Some(recorded.as_str()) {
                different.push(table.file());
            }
        }
        text += &match (compared.is_empty(), different.is_empty()) {
            (true, _) => "Not verified: this run recorded no rows of single replications.\n".to_owned(),
            (_, true) => format!("Verified: the same as recorded in {}.\n", listed(&compared)),
            (_, false) => format!("DIFFERENT from what is recorded in {}.\n", listed(&different)),
        };
        // That a reader has gone does not make the rows the same.
        let printed = terminal::print(&text);
        match different.is_empty() {
            true => printed,
            false => Err(differs(&run, &format!("replication {} is not what was recorded", self.replication)).into()),
        }
    }
}

#[derive(Debug, clap::Args)]
pub struct Verify {
    /// A run directory
    dir: PathBuf,
    /// Threads [default: one per processor]
    #[arg(long, short, value_parser = clap::value_parser!(u64).range(1..=4096))]
    threads: Option<u64>,
    /// No progress on standard error
    #[arg(long, short)]
    quiet: bool,
}

impl Verify {
    pub fn execute(self) -> Done {
        let run = RunDirectory::open(&self.dir)?;
        let (mut problems, changed) = changed_files(&run);
        // Line ends are no part of what a scenario says: where nothing else was changed, it is the one that was run.
        let only_line_ends = changed.iter().all(|(name, how)| *how == Change::LineEnds || !is_of_scenario(name));
        let is_touched = changed.iter().any(|(name, _)| is_of_scenario(name));
        if scenario_sha256(&run.checked.resolved) != run.manifest.scenario_sha256 && !(is_touched && only_line_ends) {
            problems.push(differs(&run, "the scenario is not the one that was run"));
        }
        let threads = self.threads.map_or_else(processors, |threads| threads as usize);
        let (scenario, shard) = (&run.checked.scenario, run.manifest.shard);
        let job = Job { scenario, seed: run.manifest.seed, shard, threads };
        let wanted = |table: Table| run.manifest.tables.iter().any(|name| name == table.name());
        let nowhere = |table| Ok(wanted(table).then(|| Outlet::csv(std::io::sink())));
        let recording = job.record(&self.dir, nowhere, self.quiet)?;
        if recording.digest != run.manifest.digest {
            let (recorded, now) = (&run.manifest.digest, &recording.digest);
            problems.push(differs(&run, &format!("the digest was {recorded} and is now {now}")));
        }
        for (table, hash, _) in &recording.tables {
            let path = self.dir.join(table.file());
            let is_told = changed.iter().any(|(name, _)| *name == table.file());
            // One that is as it was written and yet another: then the manifest was changed too, or the build is another.
            if !is_told && fingerprint::of_file(&path).is_ok_and(|found| found.sha256 != *hash) {
                problems.push(differs(&run, &format!("{} is not what the run gives", path.display())));
            }
        }
        problems.none_or(())?;
        terminal::print(&format!(
            "Verified: {} replications under seed {} give the recorded tables again.\ndigest {}\n",
            shard.end - shard.first,
            run.manifest.seed,
            recording.digest
        ))
    }
}

/// Names as people list them.
fn listed(names: &[String]) -> String {
    match names {
        [most @ .., before, last] => {
            let most: String = most.iter().map(|name| format!("{name}, ")).collect();
            format!("{most}{before} and {last}")
        }
        names => names.concat(),
    }
}

fn differs(run: &RunDirectory, what: &str) -> Problem {
    let (theirs, ours) = (&run.manifest.comity, env!("CARGO_PKG_VERSION"));
    let help = if theirs == ours {
        "files of the run were changed after it was written, or comity is not the build that wrote it".to_owned()
    } else {
        format!("it was written by comity {theirs} and this is {ours}; the CHANGELOG lists value-breaking changes")
    };
    Problem::new("comity::run::differs", None, what).help(help)
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

/// Every file of a run that is not as it was written, and the problems to tell.
fn changed_files(run: &RunDirectory) -> (Problems, Vec<(String, Change)>) {
    let (mut problems, mut changed) = (Problems::default(), Vec::new());
    for (name, written) in &run.manifest.files {
        let path = run.path.join(name);
        let (shown, is_table) = (path.display(), Table::ALL.iter().any(|table| table.file() == *name));
        let found = match fingerprint::of_file(&path) {
            Ok(found) => found.sha256,
            Err(error) => {
                changed.push((name.clone(), Change::Other));
                problems.push(differs(run, &format!("cannot read {shown}: {error}")));
                continue;
            }
        };
        if found == *written {
            continue;
        }
        if fingerprint::with_plain_line_feeds(&path).is_ok_and(|plain| plain == *written) {
            changed.push((name.clone(), Change::LineEnds));
            let what = format!("{shown} has other line ends than it was written with, and is the same otherwise");
            problems.push(Problem::new("comity::run::differs", None, what).help(
                "turn carriage return and line feed back into line feed; in a Git repository the line `* -text` in \
                 .gitattributes keeps line ends as they are",
            ));
            continue;
        }
        changed.push((name.clone(), Change::Other));
        let what = if is_table { "is not what the run gives" } else { "was changed after it was written" };
        problems.push(differs(run, &format!("{shown} {what}")));
    }
    (problems, changed)
}
