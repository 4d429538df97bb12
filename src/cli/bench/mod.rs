//! `comity bench`: what a scenario costs on this machine.
//!
//! Everything is measured in one run: replications a second on one thread and more, beside as many separate processes
//! (cores that share hardware do not give twice the speed, whatever the program), the share of time of every part of a
//! replication, what the tables add, and memory.

mod parts;

use std::fmt::Write as _;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use comfy_table::{CellAlignment, Table as Grid};

use super::run::told_to_stop;
use super::table::percent;
use super::{Done, Failure, terminal};
use crate::scenario::Scenario;
use crate::scenario::check;
use crate::scenario::source::Disk;
use crate::study::processors;
use crate::study::speed::{Speed, Tables};

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
            return terminal::print(&format!("{}\n", speed(&scenario, budget).of_playing(1)?));
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
        let one = speed(scenario, budget).of_playing(1)?;
        grid.add_row(["1".to_owned(), rate(one), "1.00".into(), String::new()]);
        let doubled = std::iter::successors(Some(2), |threads| Some(threads * 2)).take_while(|&threads| threads < most);
        for threads in doubled.chain((most > 1).then_some(most)) {
            // Before and after, so that a busy machine weighs on both alike.
            let before = self.processes(threads);
            let together = speed(scenario, budget).of_playing(threads)?;
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

/// How speed is measured here.
fn speed(scenario: &Arc<Scenario>, budget: Duration) -> Speed<'_> {
    Speed { scenario, budget, stop: told_to_stop() }
}

/// What rendering, hashing and writing the tables adds to playing, on one thread.
fn tables_told(scenario: &Arc<Scenario>, budget: Duration) -> Result<String, Failure> {
    let mut grid = grid(["tables", "replications a second", "time over playing"]);
    let alone = speed(scenario, budget).of_playing(1)?;
    grid.add_row(["none, nothing added up".to_owned(), rate(alone), "1.00".into()]);
    for (name, tables) in [("added up, digested", Tables::Digested), ("added up, digested, written", Tables::Written)] {
        let speed = speed(scenario, budget).of_tables(tables)?;
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
    let speed = speed(scenario, budget).of_playing(threads)?;
    let after = resident().unwrap_or(before);
    let mut text = String::from("\nMemory\n\n");
    let _ = writeln!(
        text,
        "{before:.1} MiB resident after the measurements above, {after:.1} MiB after {:.0} more replications",
        speed * budget.as_secs_f64()
    );
    Ok(text)
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
