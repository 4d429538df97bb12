//! Monte Carlo: many replications, on many threads where there are any, handed over in order.
//!
//! Replications are cut into batches. Every thread plays the next batch that nobody has begun; whoever finishes one
//! hands over what is ready, in the order of the replications, one at a time. No thread runs further ahead than a few
//! batches, which bounds memory, and nothing that adds up floats ever sees another order.

#[cfg(feature = "threads")]
mod threads;

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::conference::Conference;
use crate::scenario::Scenario;

/// Replications in a batch: enough to be worth handing over, few enough to share out.
pub const BATCH: u64 = 32;

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
    /// On how many threads; without the feature `threads` on one, whatever is asked for.
    pub threads: usize,
}

impl Ensemble {
    /// Plays every replication. `play` turns a batch into something, on any thread and in any order; `take` gets it in
    /// order, on one thread at a time.
    pub fn run<T: Send, E: Send>(
        &self,
        stop: &AtomicBool,
        play: impl Fn(&mut Conference, Range<u64>) -> T + Sync,
        take: impl FnMut(T) -> Result<(), E> + Send,
    ) -> Result<(), Cut<E>> {
        #[cfg(feature = "threads")]
        if self.threads > 1 {
            return threads::run(self, stop, play, take);
        }
        self.run_here(stop, play, take)
    }

    /// Plays every replication on the thread that asks, batch after batch.
    fn run_here<T, E>(
        &self,
        stop: &AtomicBool,
        play: impl Fn(&mut Conference, Range<u64>) -> T,
        mut take: impl FnMut(T) -> Result<(), E>,
    ) -> Result<(), Cut<E>> {
        let Range { start: mut from, end } = self.replications;
        let mut conference = None;
        while from < end {
            let after = end.min(from.saturating_add(BATCH));
            let conference = conference.get_or_insert_with(|| Conference::new(self.scenario.clone()));
            take(play(conference, from..after)).map_err(Cut::Failed)?;
            if stop.load(Ordering::Relaxed) && after < end {
                return Err(Cut::Stopped);
            }
            from = after;
        }
        Ok(())
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
        for threads in [1, 2] {
            let ensemble = Ensemble { scenario: minimal(), replications: 0..10_000, threads };
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
}
