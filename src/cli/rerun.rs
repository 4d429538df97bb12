//! `comity replay` and `comity verify`: a recorded run played again and held against what was recorded.

use std::io::BufRead;
use std::path::PathBuf;

use sha2::{Digest, Sha256};

use super::run::{Job, processors};
use super::{Done, terminal};
use crate::conference::Conference;
use crate::export::{Marks, Rows, RunDirectory, Table, hex, scenario_sha256};
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
        let mut problems = Problems::default();
        if scenario_sha256(&run.checked.resolved) != run.manifest.scenario_sha256 {
            problems.push(differs(&run, "the scenario is not the one that was run"));
        }
        let threads = self.threads.map_or_else(processors, |threads| threads as usize);
        let (scenario, shard) = (&run.checked.scenario, run.manifest.shard);
        let job = Job { scenario, seed: run.manifest.seed, shard, threads };
        let wanted = |table: Table| run.manifest.tables.iter().any(|name| name == table.name());
        let nowhere = |table| Ok(wanted(table).then(|| Box::new(std::io::sink()) as Box<dyn std::io::Write + Send>));
        let recording = job.record(&self.dir, nowhere, self.quiet)?;
        if recording.digest != run.manifest.digest {
            let (recorded, now) = (&run.manifest.digest, &recording.digest);
            problems.push(differs(&run, &format!("the digest was {recorded} and is now {now}")));
        }
        for (table, hash, _) in &recording.tables {
            let path = self.dir.join(table.file());
            match hash_of(&path) {
                Ok(found) if found == *hash => {}
                Ok(_) => problems.push(differs(&run, &format!("{} is not what the run gives", path.display()))),
                Err(error) => problems.push(differs(&run, &format!("cannot read {}: {error}", path.display()))),
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

fn hash_of(path: &std::path::Path) -> std::io::Result<String> {
    let mut hash = Sha256::new();
    let mut file = std::io::BufReader::new(std::fs::File::open(path)?);
    loop {
        let bytes = file.fill_buf()?;
        if bytes.is_empty() {
            return Ok(hex(&hash.finalize()));
        }
        hash.update(bytes);
        let read = bytes.len();
        file.consume(read);
    }
}
