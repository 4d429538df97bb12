//! An ensemble on many threads: a queue of batches to play, and a buffer that puts them in order again.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard};

use super::{BATCH, Cut, Ensemble};
use crate::conference::Conference;

/// Batches per thread that may be ahead of what was handed over.
const AHEAD: u64 = 4;

/// Plays every replication of an ensemble on its threads.
pub(super) fn run<T: Send, E: Send>(
    ensemble: &Ensemble,
    stop: &AtomicBool,
    play: impl Fn(&mut Conference, Range<u64>) -> T + Sync,
    take: impl FnMut(T) -> Result<(), E> + Send,
) -> Result<(), Cut<E>> {
    let threads = ensemble.threads;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let pool = pool.map_err(|error| Cut::NoThreads(error.to_string()))?;
    let Range { start, end } = ensemble.replications;
    let board = Board { begun: start, taken: start, ready: BTreeMap::new(), taking: false, cut: None };
    let hall = Hall { end, ahead: BATCH * AHEAD * threads as u64, board: Mutex::new(board), changed: Condvar::new() };
    let take = Mutex::new(take);
    pool.broadcast(|_| {
        let _alarm = Alarm(&hall);
        let mut world = None;
        while let Some(batch) = hall.next_batch() {
            let from = batch.start;
            let world = world.get_or_insert_with(|| Conference::new(ensemble.scenario.clone()));
            let played = (batch.end, play(world, batch));
            hall.hand_over(from, played, stop, &take);
        }
    });
    let board = hall.board.into_inner().unwrap_or_else(|broken| broken.into_inner());
    board.cut.map_or(Ok(()), Err)
}

/// How far an ensemble has come.
struct Board<T, E> {
    /// The first replication that nobody has begun.
    begun: u64,
    /// The first that has not been taken.
    taken: u64,
    /// Batches that are played but not taken, by their first replication, with the one after their last.
    ready: BTreeMap<u64, (u64, T)>,
    /// Whether somebody is handing over.
    taking: bool,
    /// Why it is over before its end.
    cut: Option<Cut<E>>,
}

/// Where threads meet.
struct Hall<T, E> {
    end: u64,
    /// Replications that may be begun beyond what was taken.
    ahead: u64,
    board: Mutex<Board<T, E>>,
    changed: Condvar,
}

impl<T, E> Hall<T, E> {
    fn board(&self) -> MutexGuard<'_, Board<T, E>> {
        self.board.lock().unwrap_or_else(|broken| broken.into_inner())
    }

    /// The next batch to play, once there is room for it; none where there is nothing left to begin.
    fn next_batch(&self) -> Option<Range<u64>> {
        let mut board = self.board();
        loop {
            if board.begun >= self.end || board.cut.is_some() {
                return None;
            }
            if board.begun < board.taken.saturating_add(self.ahead) {
                let from = board.begun;
                board.begun = self.end.min(from.saturating_add(BATCH));
                return Some(from..board.begun);
            }
            board = self.changed.wait(board).unwrap_or_else(|broken| broken.into_inner());
        }
    }

    /// Puts a batch down, and takes all that is ready unless somebody is at it.
    fn hand_over(
        &self,
        from: u64,
        played: (u64, T),
        stop: &AtomicBool,
        take: &Mutex<impl FnMut(T) -> Result<(), E> + Send>,
    ) {
        let mut board = self.board();
        board.ready.insert(from, played);
        if std::mem::replace(&mut board.taking, true) {
            return;
        }
        let mut take = take.lock().unwrap_or_else(|broken| broken.into_inner());
        while board.cut.is_none() {
            let next = board.taken;
            let Some((after, batch)) = board.ready.remove(&next) else { break };
            drop(board);
            let took = take(batch);
            board = self.board();
            board.taken = after;
            board.cut = match took {
                Err(error) => Some(Cut::Failed(error)),
                Ok(()) if stop.load(Ordering::Relaxed) && after < self.end => Some(Cut::Stopped),
                Ok(()) => None,
            };
            self.changed.notify_all();
        }
        board.taking = false;
    }
}

/// Lets nobody wait for a thread that has panicked.
struct Alarm<'a, T, E>(&'a Hall<T, E>);

impl<T, E> Drop for Alarm<'_, T, E> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.board().cut = Some(Cut::Stopped);
            self.0.changed.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::scenario::Scenario;
    use crate::scenario::check::load;
    use crate::scenario::source::Disk;

    fn minimal() -> Arc<Scenario> {
        load("minimal", &[], &Disk).unwrap().scenario
    }

    #[test]
    fn no_thread_waits_for_one_that_has_panicked() {
        let ensemble = Ensemble { scenario: minimal(), replications: 0..10_000, threads: 2 };
        let broken = std::panic::catch_unwind(|| {
            let play = |_: &mut Conference, range: Range<u64>| assert!(range.start != 64, "a defect, on purpose");
            ensemble.run(&AtomicBool::new(false), play, |()| Ok::<(), ()>(()))
        });
        assert!(broken.is_err());
    }

    #[test]
    fn who_runs_ahead_waits_for_what_is_to_be_taken_first() {
        let ensemble = Ensemble { scenario: minimal(), replications: 0..2_000, threads: 3 };
        let (begun, mut most) = (std::sync::atomic::AtomicU64::new(0), 0);
        let mut taken = 0;
        let ran = ensemble.run(
            &AtomicBool::new(false),
            |_, range| begun.fetch_max(range.end, Ordering::Relaxed),
            |_| {
                std::thread::sleep(std::time::Duration::from_millis(1));
                most = most.max(begun.load(Ordering::Relaxed) - taken);
                taken += BATCH;
                Ok::<(), ()>(())
            },
        );
        assert!(ran.is_ok());
        assert!(most > BATCH && most <= BATCH * (AHEAD * 3 + 1), "{most}");
    }
}
