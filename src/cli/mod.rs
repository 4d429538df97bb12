//! The command line: arguments as typed, and what each command prints. No logic of the model lives here.

mod bench;
mod check;
mod check_data;
mod diagnose;
mod forecast;
mod hindcast;
mod inspect;
mod new;
mod progress;
mod rerun;
mod run;
mod score;
mod show;
mod table;
mod terminal;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use crate::error::Error;
use crate::scenario::problem::{Problem, Problems};

/// Simulates how countries negotiate treaties, under the real rules of their forums.
#[derive(Debug, Parser)]
#[command(name = "comity", version, propagate_version = true, arg_required_else_help = true, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Play a scenario many times and write a run directory
    Run(run::Run),
    /// Validate scenarios: every problem at once, and what red lines leave possible
    Check(check::Check),
    /// List the shipped scenarios
    List,
    /// Tell a scenario in words: who, what, rules, mandates with their evidence
    Show(show::Show),
    /// Play one recorded replication again, round by round
    Replay(rerun::Replay),
    /// Run a recorded run again and compare its outcome digest
    Verify(rerun::Verify),
    /// Measure what a scenario costs on this machine
    Bench(bench::Bench),
    /// Forecast issues from a table of positions, by the field's decision models and by this engine
    Forecast(forecast::Forecasting),
    /// Score forecasts where outcomes are known
    Score(score::Scoring),
    /// Hold forecasts of texts that are known by now against them, beside the field's models
    Hindcast(hindcast::Hindcasting),
    /// Print the JSON Schema of the scenario format
    Schema,
    /// Write a commented scenario to start from
    New(new::New),
    /// Print completions for a shell
    Completions(Completions),
}

#[derive(Debug, clap::Args)]
struct Completions {
    /// The shell
    shell: clap_complete::Shell,
}

/// Why a command did not end well.
enum Failure {
    /// Something is wrong, and here is what.
    Problems(Problems),
    /// The reader of standard output has gone; that is nobody's fault.
    PipeClosed,
}

impl From<Problems> for Failure {
    fn from(problems: Problems) -> Self {
        Failure::Problems(problems)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure::Problems(error.into_problems())
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Failure::Problems(problem.into())
    }
}

type Done = Result<(), Failure>;

/// Parses the command line, does what it says and tells how it ended: 0 done, 1 failed, 2 wrong usage.
pub fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Run(run) => run.execute(),
        Command::Check(check) => check.execute(),
        Command::List => inspect::list(),
        Command::Show(show) => show.execute(),
        Command::Replay(replay) => replay.execute(),
        Command::Verify(verify) => verify.execute(),
        Command::Bench(bench) => bench.execute(),
        Command::Forecast(forecasting) => forecasting.execute(),
        Command::Score(scoring) => scoring.execute(),
        Command::Hindcast(hindcasting) => hindcasting.execute(),
        Command::Schema => inspect::schema(),
        Command::New(new) => new.execute(),
        Command::Completions(Completions { shell }) => completions(shell),
    };
    match done {
        Ok(()) | Err(Failure::PipeClosed) => ExitCode::SUCCESS,
        Err(Failure::Problems(problems)) => {
            diagnose::report(&problems);
            ExitCode::FAILURE
        }
    }
}

fn completions(shell: clap_complete::Shell) -> Done {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "comity", &mut script);
    terminal::print(&String::from_utf8_lossy(&script))
}
