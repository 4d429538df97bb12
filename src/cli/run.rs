//! `comity run`: play a scenario many times and write a run directory.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{Done, progress, table, terminal};
use crate::export::{Shard, Table};
use crate::scenario::MAX_REPLICATIONS;
use crate::study::{Directory, Scenario, Study, processors};

/// Folder in which runs are put where `--out` does not say.
const RESULTS: &str = "results";

#[derive(Debug, clap::Args)]
pub struct Run {
    /// Name of a shipped scenario, or path of a file
    scenario: String,
    /// Replications [default: as the scenario says]
    #[arg(long, short = 'n', value_parser = clap::value_parser!(u64).range(1..=MAX_REPLICATIONS))]
    replications: Option<u64>,
    /// Seed of all chance [default: as the scenario says]
    #[arg(long, short)]
    seed: Option<u64>,
    /// Threads [default: one per processor]
    #[arg(long, short, value_parser = clap::value_parser!(u64).range(1..=4096))]
    threads: Option<u64>,
    /// Where to write the run directory [default: results/SCENARIO/run-1, run-2, …]
    #[arg(long, short, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Change a value of the scenario, e.g. forum.jsi.calendar.rounds=40; may be repeated
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<String>,
    /// Tables with a row per replication to write: runs, clauses, parties, all or none
    #[arg(long, value_name = "LIST", default_value = "all")]
    tables: Tables,
    /// Write the tables as Parquet files too (needs a build with `--features parquet`)
    #[arg(long)]
    parquet: bool,
    /// Play only part K of N of the replications, e.g. 1/4
    #[arg(long, value_name = "K/N", default_value = "1/1")]
    shard: Part,
    /// No progress on standard error
    #[arg(long, short)]
    quiet: bool,
    /// Replace the run that stands in the place of --out
    #[arg(long)]
    force: bool,
}

/// Tables to write.
#[derive(Clone, Debug)]
struct Tables(Vec<Table>);

impl FromStr for Tables {
    type Err = String;

    fn from_str(list: &str) -> Result<Self, String> {
        match list {
            "all" => return Ok(Tables(Table::PER_REPLICATION.into())),
            "none" => return Ok(Tables(Vec::new())),
            _ => {}
        }
        let one = |name: &str| {
            let known = Table::PER_REPLICATION.into_iter().find(|table| table.name() == name.trim());
            known.ok_or_else(|| {
                format!("`{name}` is no such table; expected a list of runs, clauses, parties, or all, or none")
            })
        };
        list.split(',').map(one).collect::<Result<_, _>>().map(Tables)
    }
}

/// A part of a run.
#[derive(Clone, Copy, Debug)]
struct Part {
    part: u64,
    of: u64,
}

impl FromStr for Part {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let read = || {
            let (part, of) = text.split_once('/')?;
            let (part, of): (u64, u64) = (part.parse().ok()?, of.parse().ok()?);
            (1 <= part && part <= of).then_some(Part { part, of })
        };
        read().ok_or_else(|| "expected K/N with 1 ≤ K ≤ N, e.g. 2/8".to_owned())
    }
}

impl Run {
    pub fn execute(self) -> Done {
        let scenario = Scenario::load_with(&self.scenario, &self.set)?;
        let replications = self.replications.unwrap_or(scenario.model().replications);
        let shard = Shard::of(replications, self.shard.part, self.shard.of);
        let bar = progress::bar(shard.end - shard.first, self.quiet);
        let mut study = Study::of(&scenario)
            .replications(replications)
            .threads(self.threads.map_or_else(processors, |threads| threads as usize))
            .shard(self.shard.part, self.shard.of)
            .tables(&self.tables.0)
            // From here on Ctrl-C is heard: what is staged is taken away again.
            .stop(told_to_stop())
            .progress(|replications| bar.inc(replications));
        if let Some(seed) = self.seed {
            study = study.seed(seed);
        }
        let directory = match &self.out {
            Some(out) => Directory::at(out).replacing(self.force),
            None => Directory::next_in(&results_of(&scenario.model().name)),
        };
        let written = study.write(&directory.parquet(self.parquet).command(std::env::args_os()));
        bar.finish_and_clear();
        let (results, published) = written?;
        if let Some(note) = published.note() {
            terminal::say(&note);
        }
        if !self.quiet {
            let (seconds, place) = (results.seconds(), published.place.display());
            let speed = (shard.end - shard.first) as f64 / seconds.max(1e-9);
            terminal::say(&format!("Wrote {place} in {seconds:.1} s ({speed:.0} replications a second)."));
        }
        terminal::print(&table::told(&results))
    }
}

/// Raised by Ctrl-C.
pub fn told_to_stop() -> &'static AtomicBool {
    static STOP: AtomicBool = AtomicBool::new(false);
    // A second run in the same process meets the handler of the first: that is the same flag.
    let _ = ctrlc::set_handler(|| STOP.store(true, Ordering::Relaxed));
    &STOP
}

/// The folder in which runs of a scenario are put.
fn results_of(scenario: &str) -> PathBuf {
    Path::new(RESULTS).join(Path::new(scenario).file_stem().unwrap_or(scenario.as_ref()))
}
