//! Plays replications and records them: the one place where an ensemble meets a recorder.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::ensemble::{Cut, Ensemble};
use crate::error::Code;
use crate::export::{Batch, NotFinite, Outlet, Recorder, Recording, Shard, Table, Unrecorded, not_written};
use crate::scenario::Scenario;
use crate::scenario::problem::{Problem, Problems};

/// What is to be played, and who is told.
pub(super) struct Driver<'a> {
    pub scenario: &'a Arc<Scenario>,
    pub seed: u64,
    pub shard: Shard,
    pub threads: usize,
    /// Set by whoever wants it to stop; looked at after every batch.
    pub stop: &'a AtomicBool,
    /// Hears of replications as they are recorded: how many more there are.
    pub progress: &'a mut (dyn FnMut(u64) + Send),
}

impl Driver<'_> {
    /// Plays all of it and records it to where `open` says; `place` is its name in messages.
    pub fn record(
        self,
        place: &Path,
        open: impl FnMut(Table) -> std::io::Result<Option<Outlet>>,
    ) -> Result<Recording, Problems> {
        let Driver { scenario, seed, shard, threads, stop, progress } = self;
        let unrecorded = |error| match error {
            Unrecorded::NotWritten(table, error) => not_written(&place.join(table.file()), &error),
            Unrecorded::NotFinite(NotFinite(at)) => {
                Problem::new(Code::RunNotFinite, None, format!("not a number: {at}"))
                    .help("this is a defect of comity; please report it with the scenario and the seed")
                    .into()
            }
        };
        let mut recorder = Recorder::new(scenario, open).map_err(unrecorded)?;
        let forms = recorder.forms();
        let ensemble = Ensemble { scenario: scenario.clone(), replications: shard.first..shard.end, threads };
        let played = ensemble.run(
            stop,
            |conference, range| Batch::play(conference, scenario, seed, range, forms),
            |batch| {
                progress(batch.replications());
                recorder.take(batch)
            },
        );
        match played {
            Ok(()) => recorder.finish().map_err(unrecorded),
            Err(Cut::Failed(error)) => Err(unrecorded(error)),
            Err(Cut::Stopped) => {
                Err(Problem::new(Code::RunStopped, None, "stopped before the end; nothing was written")
                    .help("`--shard K/N` plays a long run in parts, each of which is kept")
                    .into())
            }
            Err(Cut::NoThreads(error)) => Err(no_threads(threads, &error).into()),
        }
    }
}

/// The problem of threads that cannot be started.
pub(super) fn no_threads(threads: usize, error: &str) -> Problem {
    Problem::new(Code::RunThreads, None, format!("cannot start {threads} threads: {error}"))
        .help("ask for fewer with --threads")
}

/// How many threads this machine runs side by side [≥ 1].
pub fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}
