//! Monte Carlo: many replications on many threads, handed over in order.
//!
//! Replications are cut into batches, batches are played in parallel, and what they give is taken in the order of the
//! replications by one taker, while the next batches are being played. Memory is bounded by a few batches, and nothing
//! that adds up floats ever sees another order.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use rayon::prelude::*;

use crate::conference::Conference;
use crate::scenario::Scenario;

/// Replications in a batch: enough to be worth handing over, few enough to share out.
const BATCH: u64 = 32;
/// Batches per thread that are in the air at once.
const IN_THE_AIR: u64 = 4;

/// Why an ensemble did not run to its end.
#[derive(Debug)]
pub enum Cut<E> {
    /// It was told to stop.
    Stopped,
    /// The threads could not be started.
    NoThreads(String),
    /// The taker failed.
    Failed(E),
}

/// An ensemble of replications.
#[derive(Clone, Debug)]
pub struct Ensemble {
    /// What is played.
    pub scenario: Arc<Scenario>,
    /// Which replications.
    pub replications: Range<u64>,
    /// On how many threads.
    pub threads: usize,
}

impl Ensemble {
    /// Plays every replication. `play` turns a batch into something, on any thread and in any order; `take` gets it in
    /// order, on one thread at a time.
    pub fn run<T: Send, E: Send>(
        &self,
        stop: &AtomicBool,
        play: impl Fn(&mut Conference, Range<u64>) -> T + Sync,
        mut take: impl FnMut(T) -> Result<(), E> + Send,
    ) -> Result<(), Cut<E>> {
        let threads = self.threads.max(1);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let pool = pool.map_err(|error| Cut::NoThreads(error.to_string()))?;
        // One world per thread, made when first needed and used again for every batch.
        let worlds: Vec<Mutex<Option<Conference>>> = (0..threads).map(|_| Mutex::new(None)).collect();
        let batch = |range: Range<u64>| {
            let world = &worlds[rayon::current_thread_index().unwrap_or(0) % threads];
            let mut world = world.lock().unwrap_or_else(|broken| broken.into_inner());
            play(world.get_or_insert_with(|| Conference::new(self.scenario.clone())), range)
        };
        let wave = |from: u64| -> Vec<T> {
            let to = self.replications.end.min(from.saturating_add(BATCH * IN_THE_AIR * threads as u64));
            let starts: Vec<u64> = (from..to).step_by(BATCH as usize).collect();
            starts.into_par_iter().with_max_len(1).map(|start| batch(start..to.min(start + BATCH))).collect()
        };
        pool.install(|| {
            let mut next = self.replications.start;
            let mut ready = wave(next);
            while !ready.is_empty() {
                if stop.load(Ordering::Relaxed) {
                    return Err(Cut::Stopped);
                }
                next = self.replications.end.min(next.saturating_add(BATCH * IN_THE_AIR * threads as u64));
                let taken = std::mem::take(&mut ready);
                let (played, took) = rayon::join(|| wave(next), || taken.into_iter().try_for_each(&mut take));
                took.map_err(Cut::Failed)?;
                ready = played;
            }
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::check::load;
    use crate::scenario::source::Disk;

    fn minimal() -> Arc<Scenario> {
        load("minimal", &[], &Disk).unwrap().scenario
    }

    fn ranges(replications: Range<u64>, threads: usize) -> Vec<Range<u64>> {
        let mut seen = Vec::new();
        let ensemble = Ensemble { scenario: minimal(), replications, threads };
        let ran = ensemble.run(
            &AtomicBool::new(false),
            |_, range| range,
            |range| {
                seen.push(range);
                Ok::<(), ()>(())
            },
        );
        assert!(ran.is_ok());
        seen
    }

    #[test]
    fn batches_arrive_in_order_and_cover_every_replication_once() {
        for threads in [1, 3] {
            let seen = ranges(5..1_000, threads);
            assert_eq!(seen.first().map(|r| r.start), Some(5));
            assert_eq!(seen.last().map(|r| r.end), Some(1_000));
            assert!(seen.windows(2).all(|w| w[0].end == w[1].start));
        }
        assert!(ranges(3..3, 2).is_empty());
    }

    #[test]
    fn an_ensemble_stops_when_told_and_when_its_taker_fails() {
        let ensemble = Ensemble { scenario: minimal(), replications: 0..10_000, threads: 2 };
        let stop = AtomicBool::new(false);
        let mut taken = 0;
        let ran = ensemble.run(
            &stop,
            |_, range| range,
            |_| {
                taken += 1;
                stop.store(true, Ordering::Relaxed);
                Ok::<(), ()>(())
            },
        );
        assert!(matches!(ran, Err(Cut::Stopped)) && taken < 50);
        let ran = ensemble.run(&AtomicBool::new(false), |_, range| range, |_| Err("full"));
        assert!(matches!(ran, Err(Cut::Failed("full"))));
    }
}
