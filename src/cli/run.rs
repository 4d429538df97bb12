//! `comity run`: play a scenario many times and write a run directory.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Instant, SystemTime};

use super::{Done, Failure, progress, table, terminal};
use crate::ensemble::{Cut, Ensemble};
use crate::export::{
    Batch, FORMAT, Host, Manifest, Outlet, Recorder, Recording, Shard, Staging, Table, Timing, Unrecorded, iso_8601,
    scenario_sha256, typed,
};
use crate::scenario::check;
use crate::scenario::problem::Problem;
use crate::scenario::source::Disk;
use crate::scenario::{MAX_REPLICATIONS, Scenario};

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
        let checked = check::load(&self.scenario, &self.set, &Disk)?;
        let scenario = &checked.scenario;
        let replications = self.replications.unwrap_or(scenario.replications);
        let shard = Shard::of(replications, self.shard.part, self.shard.of);
        let seed = self.seed.unwrap_or(scenario.seed);
        let threads = self.threads.map_or_else(processors, |threads| threads as usize);
        let create = creator(self.parquet)?;
        // From here on Ctrl-C is heard: what is staged is taken away again.
        told_to_stop();
        let staging = match &self.out {
            Some(out) => Staging::begin(out, self.force)?,
            None => Staging::begin_next(&results_of(&scenario.name))?,
        };
        let started = SystemTime::now();
        let clock = Instant::now();
        let job = Job { scenario, seed, shard, threads };
        let wanted = |table: Table| !Table::PER_REPLICATION.contains(&table) || self.tables.0.contains(&table);
        let open = |table| if wanted(table) { create(&staging, table).map(Some) } else { Ok(None) };
        let recording = job.record(staging.place(), open, self.quiet)?;
        let seconds = clock.elapsed().as_secs_f64();

        let manifest = Manifest {
            format: FORMAT,
            comity: env!("CARGO_PKG_VERSION").into(),
            scenario: typed::last_part(&self.scenario),
            title: scenario.title.clone(),
            scenario_sha256: scenario_sha256(&checked.resolved),
            seed,
            replications,
            shard,
            tables: recording.tables.iter().map(|(table, ..)| table.name().to_owned()).collect(),
            digest: recording.digest.clone(),
            files: Default::default(),
            overrides: self.set.iter().map(|set| typed::assignment(set)).collect(),
            command: typed::command(std::env::args_os()),
            host: Host {
                os: std::env::consts::OS.into(),
                architecture: std::env::consts::ARCH.into(),
                processors: processors(),
                threads,
            },
            timing: Timing {
                started: iso_8601(started.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default()),
                seconds,
                replications_per_second: (shard.end - shard.first) as f64 / seconds.max(1e-9),
            },
        };
        let published = staging.publish(&manifest, &recording, &checked)?;
        if let Some(note) = published.note() {
            terminal::say(&note);
        }
        if !self.quiet {
            let speed = manifest.timing.replications_per_second;
            let place = published.place.display();
            terminal::say(&format!("Wrote {place} in {seconds:.1} s ({speed:.0} replications a second)."));
        }
        terminal::print(&table::told(&checked.scenario, &manifest, &recording))
    }
}

/// Makes the file of a table.
type Create = fn(&Staging, Table) -> std::io::Result<Outlet>;

/// How files of tables are made, with Parquet beside CSV or without.
#[cfg(feature = "parquet")]
fn creator(parquet: bool) -> Result<Create, Failure> {
    Ok(if parquet { Staging::create_with_parquet } else { Staging::create })
}
#[cfg(not(feature = "parquet"))]
fn creator(parquet: bool) -> Result<Create, Failure> {
    match parquet {
        false => Ok(Staging::create),
        true => Err(Problem::new("comity::run::no_parquet", None, "this comity was built without Parquet")
            .help("build it with `cargo install --path . --features parquet`, or leave --parquet out: the CSV tables hold the same")
            .into()),
    }
}

/// What is to be played.
pub struct Job<'a> {
    pub scenario: &'a Arc<Scenario>,
    pub seed: u64,
    pub shard: Shard,
    pub threads: usize,
}

impl Job<'_> {
    /// Plays it and records it to where `open` says; `place` is its name in messages.
    pub fn record(
        &self,
        place: &Path,
        open: impl FnMut(Table) -> std::io::Result<Option<Outlet>>,
        quiet: bool,
    ) -> Result<Recording, Failure> {
        let Job { scenario, seed, shard, threads } = *self;
        let unrecorded = |error| match error {
            Unrecorded::NotWritten(table, error) => crate::export::not_written(&place.join(table.file()), &error),
            Unrecorded::NotFinite(at) => {
                Problem::new("comity::run::not_finite", None, format!("not a number: {}", at.0))
                    .help("this is a defect of comity; please report it with the scenario and the seed")
                    .into()
            }
        };
        let mut recorder = Recorder::new(scenario, open).map_err(unrecorded)?;
        let forms = recorder.forms();
        let bar = progress::bar(shard.end - shard.first, quiet);
        let ensemble = Ensemble { scenario: scenario.clone(), replications: shard.first..shard.end, threads };
        let played = ensemble.run(
            told_to_stop(),
            |conference, range| Batch::play(conference, scenario, seed, range, forms),
            |batch| {
                bar.inc(batch.replications());
                recorder.take(batch)
            },
        );
        bar.finish_and_clear();
        match played {
            Ok(()) => Ok(recorder.finish().map_err(unrecorded)?),
            Err(Cut::Failed(error)) => Err(unrecorded(error).into()),
            Err(Cut::Stopped) => {
                Err(Problem::new("comity::run::stopped", None, "stopped before the end; nothing was written")
                    .help("`--shard K/N` plays a long run in parts, each of which is kept")
                    .into())
            }
            Err(Cut::NoThreads(error)) => {
                let message = format!("cannot start {threads} threads: {error}");
                Err(Problem::new("comity::run::threads", None, message).help("ask for fewer with --threads").into())
            }
        }
    }
}

/// Raised by Ctrl-C.
pub fn told_to_stop() -> &'static AtomicBool {
    static STOP: AtomicBool = AtomicBool::new(false);
    // A second run in the same process meets the handler of the first: that is the same flag.
    let _ = ctrlc::set_handler(|| STOP.store(true, Ordering::Relaxed));
    &STOP
}

pub fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// The folder in which runs of a scenario are put.
fn results_of(scenario: &str) -> PathBuf {
    Path::new(RESULTS).join(Path::new(scenario).file_stem().unwrap_or(scenario.as_ref()))
}
