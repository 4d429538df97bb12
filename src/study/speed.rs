//! How fast a scenario plays on this machine: replications a second, with and without the tables.

use std::io::BufWriter;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::driver::no_threads;
use crate::conference::Conference;
use crate::ensemble::{Cut, Ensemble};
use crate::error::Code;
use crate::export::{Batch, Outlet, Recorder, Table};
use crate::scenario::Scenario;
use crate::scenario::problem::Problem;

/// What is measured, and for how long.
#[derive(Clone, Copy)]
pub struct Speed<'a> {
    /// What is played, under its own seed.
    pub scenario: &'a Arc<Scenario>,
    /// For how long, once the first batch is there.
    pub budget: Duration,
    /// Set by whoever wants it to stop.
    pub stop: &'a AtomicBool,
}

/// What is done with the tables while they are measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tables {
    /// Rows are rendered, digested and added up.
    Digested,
    /// They are written to a folder for temporary files too.
    Written,
}

impl Speed<'_> {
    /// Replications a second of playing alone, on so many threads.
    pub fn of_playing(&self, threads: usize) -> Result<f64, Problem> {
        self.measure(threads, played, |number| number)
    }

    /// Replications a second with tables, on one thread.
    pub fn of_tables(&self, tables: Tables) -> Result<f64, Problem> {
        let folder = tempfile::tempdir().map_err(|error| unwritten(&error))?;
        let open = |table: Table| match tables {
            Tables::Written => {
                let file = std::fs::File::create(folder.path().join(table.file()))?;
                Ok(Some(Outlet::csv(BufWriter::with_capacity(1 << 16, file))))
            }
            Tables::Digested => Ok(None),
        };
        let failed = |_| unwritten(&std::io::Error::other("a table cannot be written"));
        let mut recorder = Recorder::new(self.scenario, open).map_err(failed)?;
        let forms = recorder.forms();
        self.measure(
            1,
            |conference, seed, range| Batch::play(conference, self.scenario, seed, range, forms),
            |batch| {
                let number = batch.replications();
                recorder.take(batch).map_or(0, |()| number)
            },
        )
    }

    /// Replications a second, of batches that are played like this; `take` gets them in order and tells how many
    /// replications one has.
    fn measure<T: Send>(
        &self,
        threads: usize,
        play: impl Fn(&mut Conference, u64, Range<u64>) -> T + Sync,
        mut take: impl FnMut(T) -> u64 + Send,
    ) -> Result<f64, Problem> {
        let Speed { scenario, budget, stop } = *self;
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
                if lasted >= budget || stop.load(Ordering::Relaxed) {
                    enough.store(true, Ordering::Relaxed);
                }
                Ok::<(), ()>(())
            },
        );
        match ended {
            Err(Cut::NoThreads(error)) => Err(no_threads(threads, &error)),
            _ if stop.load(Ordering::Relaxed) => Err(Problem::new(Code::RunStopped, None, "stopped before the end")),
            _ => Ok(done as f64 / lasted.as_secs_f64().max(1e-9)),
        }
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

/// The problem of a measurement that cannot write its tables.
fn unwritten(error: &std::io::Error) -> Problem {
    Problem::new(Code::RunNotWritten, None, format!("cannot write tables to measure: {error}"))
        .help("make room in the folder for temporary files")
}
