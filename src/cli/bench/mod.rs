//! `comity bench`: what a scenario costs on this machine.
//!
//! Everything is measured in one run: replications a second on one thread and more, beside as many separate processes
//! (cores that share hardware do not give twice the speed, whatever the program), the share of time of every part of a
//! replication, what the tables add, and memory.

mod parts;

use std::fmt::Write as _;
use std::ops::Range;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use comfy_table::{CellAlignment, Table as Grid};

use super::run::{processors, told_to_stop};
use super::table::percent;
use super::{Done, Failure, terminal};
use crate::conference::Conference;
use crate::ensemble::{Cut, Ensemble};
use crate::export::{Batch, Outlet, Recorder};
use crate::scenario::Scenario;
use crate::scenario::check;
use crate::scenario::problem::Problem;
use crate::scenario::source::Disk;

#[derive(Debug, clap::Args)]
pub struct Bench {
    /// Name of a shipped scenario, or path of a file
    #[arg(default_value = "wto-jsi")]
    scenario: String,
    /// Seconds for each measurement; there are about a dozen
    #[arg(long, default_value_t = 2.0, value_parser = seconds)]
    seconds: f64,
    /// Most threads to measure [default: one per processor]
    #[arg(long, short, value_parser = clap::value_parser!(u64).range(1..=4096))]
    threads: Option<u64>,
    /// Change a value of the scenario, e.g. forum.jsi.calendar.rounds=40; may be repeated
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<String>,
    /// Print only replications a second on one thread
    #[arg(long, hide = true)]
    alone: bool,
}

fn seconds(text: &str) -> Result<f64, String> {
    let read = text.parse().ok().filter(|seconds| (0.01..=3600.0).contains(seconds));
    read.ok_or_else(|| "expected seconds between 0.01 and 3600".to_owned())
}

impl Bench {
    pub fn execute(self) -> Done {
        let scenario = check::load(&self.scenario, &self.set, &Disk)?.scenario;
        let budget = Duration::from_secs_f64(self.seconds);
        if self.alone {
            return terminal::print(&format!("{}\n", speed(&scenario, 1, budget, played)?));
        }
        let most = self.threads.map_or_else(processors, |threads| threads as usize);
        let mut text = format!(
            "{}\ncomity {}, {} {}, {} processors, {} s a measurement\n",
            scenario.title,
            env!("CARGO_PKG_VERSION"),
            std::env::consts::OS,
            std::env::consts::ARCH,
            processors(),
            self.seconds
        );
        text += &self.threads_told(&scenario, most, budget)?;
        text += &parts::told(&scenario, budget);
        text += &tables_told(&scenario, budget)?;
        text += &memory_told(&scenario, most, budget)?;
        terminal::print(&text)
    }

    /// Replications a second on 1, 2, 4 … threads, each beside as many processes of one thread.
    fn threads_told(&self, scenario: &Arc<Scenario>, most: usize, budget: Duration) -> Result<String, Failure> {
        let mut grid = grid(["threads", "replications a second", "of one thread", "of as many processes"]);
        let one = speed(scenario, 1, budget, played)?;
        grid.add_row(["1".to_owned(), rate(one), "1.00".into(), String::new()]);
        let doubled = std::iter::successors(Some(2), |threads| Some(threads * 2)).take_while(|&threads| threads < most);
        for threads in doubled.chain((most > 1).then_some(most)) {
            // Before and after, so that a busy machine weighs on both alike.
            let before = self.processes(threads);
            let together = speed(scenario, threads, budget, played)?;
            let apart = before.zip(self.processes(threads)).map(|(before, after)| (before + after) / 2.0);
            let of_apart = apart.map_or("–".into(), |apart| percent(together / apart));
            grid.add_row([threads.to_string(), rate(together), format!("{:.2}", together / one), of_apart]);
        }
        Ok(told("Speed", &grid))
    }

    /// Replications a second of so many processes side by side; none where they cannot be started.
    fn processes(&self, number: usize) -> Option<f64> {
        let program = std::env::current_exe().ok()?;
        let mut children = Vec::new();
        for _ in 0..number {
            let mut command = Command::new(&program);
            command.args(["bench", "--alone", "--seconds", &self.seconds.to_string()]);
            command.args(self.set.iter().flat_map(|set| ["--set", set]));
            let command = command.arg("--").arg(&self.scenario);
            children.push(command.stdout(Stdio::piped()).stderr(Stdio::null()).stdin(Stdio::null()).spawn().ok()?);
        }
        let outputs: Vec<_> = children.into_iter().map(std::process::Child::wait_with_output).collect();
        let speed =
            |output: &std::process::Output| std::str::from_utf8(&output.stdout).ok()?.trim().parse::<f64>().ok();
        outputs.iter().map(|output| speed(output.as_ref().ok()?)).sum()
    }
}

/// Plays a batch and keeps nothing of it.
fn played(conference: &mut Conference, seed: u64, replications: Range<u64>) -> u64 {
    let number = replications.end - replications.start;
    for replication in replications {
        std::hint::black_box(conference.run(seed, replication));
    }
    number
}

/// Replications a second, of batches that are played like this.
fn speed(
    scenario: &Arc<Scenario>,
    threads: usize,
    budget: Duration,
    play: impl Fn(&mut Conference, u64, Range<u64>) -> u64 + Sync,
) -> Result<f64, Failure> {
    speed_taking(scenario, threads, budget, play, |number| number)
}

/// The same, where somebody takes the batches in order; `take` tells how many replications one has.
fn speed_taking<T: Send>(
    scenario: &Arc<Scenario>,
    threads: usize,
    budget: Duration,
    play: impl Fn(&mut Conference, u64, Range<u64>) -> T + Sync,
    mut take: impl FnMut(T) -> u64 + Send,
) -> Result<f64, Failure> {
    let ensemble = Ensemble { scenario: scenario.clone(), replications: 0..u64::MAX, threads };
    let (enough, mut first, mut done, mut lasted) = (AtomicBool::new(false), None, 0, Duration::ZERO);
    let ended = ensemble.run(
        &enough,
        |conference, range| play(conference, scenario.seed, range),
        |batch| {
            let number = take(batch);
            // The clock starts when the first batch is there: setting the scene is not playing.
            match first {
                None => first = Some(Instant::now()),
                Some(first) => {
                    done += number;
                    lasted = first.elapsed();
                }
            }
            if lasted >= budget || told_to_stop().load(Ordering::Relaxed) {
                enough.store(true, Ordering::Relaxed);
            }
            Ok::<(), ()>(())
        },
    );
    match ended {
        Err(Cut::NoThreads(error)) => {
            let message = format!("cannot start {threads} threads: {error}");
            Err(Problem::new("comity::run::threads", None, message).help("ask for fewer with --threads").into())
        }
        _ if told_to_stop().load(Ordering::Relaxed) => {
            Err(Problem::new("comity::run::stopped", None, "stopped before the end").into())
        }
        _ => Ok(done as f64 / lasted.as_secs_f64().max(1e-9)),
    }
}

/// What rendering, hashing and writing the tables adds to playing, on one thread.
fn tables_told(scenario: &Arc<Scenario>, budget: Duration) -> Result<String, Failure> {
    let mut grid = grid(["tables", "replications a second", "time over playing"]);
    let alone = speed(scenario, 1, budget, played)?;
    grid.add_row(["none, nothing added up".to_owned(), rate(alone), "1.00".into()]);
    for (name, kept) in [("added up, digested", false), ("added up, digested, written", true)] {
        let folder = tempfile::tempdir().map_err(|error| unwritten(&error))?;
        let open = |table: crate::export::Table| match kept {
            true => {
                let file = std::fs::File::create(folder.path().join(table.file()))?;
                Ok(Some(Outlet::csv(std::io::BufWriter::with_capacity(1 << 16, file))))
            }
            false => Ok(None),
        };
        let failed = |_| unwritten(&std::io::Error::other("a table cannot be written"));
        let mut recorder = Recorder::new(scenario, open).map_err(failed)?;
        let forms = recorder.forms();
        let speed = speed_taking(
            scenario,
            1,
            budget,
            |conference, seed, range| Batch::play(conference, scenario, seed, range, forms),
            |batch| {
                let number = batch.replications();
                recorder.take(batch).map_or(0, |()| number)
            },
        )?;
        grid.add_row([name.to_owned(), rate(speed), format!("{:.2}", alone / speed)]);
    }
    Ok(told("Tables", &grid))
}

/// Memory after a while, and after as long again.
fn memory_told(scenario: &Arc<Scenario>, threads: usize, budget: Duration) -> Result<String, Failure> {
    let resident = || memory_stats::memory_stats().map(|memory| memory.physical_mem as f64 / (1024.0 * 1024.0));
    let Some(before) = resident() else {
        return Ok("\nMemory\n\nThis system does not tell.\n".into());
    };
    let speed = speed(scenario, threads, budget, played)?;
    let after = resident().unwrap_or(before);
    let mut text = String::from("\nMemory\n\n");
    let _ = writeln!(
        text,
        "{before:.1} MiB resident after the measurements above, {after:.1} MiB after {:.0} more replications",
        speed * budget.as_secs_f64()
    );
    Ok(text)
}

/// The problem of a measurement that cannot write its tables.
fn unwritten(error: &std::io::Error) -> Failure {
    Problem::new("comity::run::not_written", None, format!("cannot write tables to measure: {error}"))
        .help("make room in the folder for temporary files")
        .into()
}

fn grid<const N: usize>(header: [&str; N]) -> Grid {
    let mut grid = Grid::new();
    grid.load_style(comfy_table::presets::NOTHING);
    grid.set_header(header);
    for column in 1..N {
        grid.column_mut(column).into_iter().for_each(|column| column.set_cell_alignment(CellAlignment::Right));
    }
    grid
}

fn told(title: &str, grid: &Grid) -> String {
    let lines = grid.to_string();
    let lines: Vec<&str> = lines.lines().map(str::trim_end).collect();
    format!("\n{title}\n\n{}\n", lines.join("\n"))
}

/// A speed, to three digits.
fn rate(speed: f64) -> String {
    match speed {
        fast if fast >= 100.0 => format!("{fast:.0}"),
        slow => format!("{slow:.2}"),
    }
}
