//! A study: which replications of a scenario are played, with which chance, and what is kept of them.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use std::time::{Instant, SystemTime};

use super::directory::Directory;
use super::driver::{Driver, processors};
use super::results::{Results, Took};
use super::scenario::Scenario;
use crate::error::{Code, Error};
use crate::export::{Outlet, Published, Shard, Table};
use crate::scenario::MAX_REPLICATIONS;
use crate::scenario::problem::Problem;

/// Never set: the flag of a study that nobody stops.
static GO_ON: AtomicBool = AtomicBool::new(false);

/// A Monte Carlo study of a scenario. The same scenario, replications and seed give the same results, to the byte, on any
/// machine and any number of threads.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let scenario = comity::Scenario::load("minimal")?;
/// let results = comity::Study::of(&scenario).replications(64).seed(1).threads(2).run()?;
/// assert_eq!(results.digest(), comity::Study::of(&scenario).replications(64).seed(1).threads(1).run()?.digest());
/// # Ok(())
/// # }
/// ```
#[must_use = "a study does nothing until it is run"]
pub struct Study<'a> {
    scenario: Scenario,
    replications: u64,
    seed: u64,
    threads: usize,
    part: u64,
    of: u64,
    tables: Vec<Table>,
    stop: &'a AtomicBool,
    progress: Box<dyn FnMut(u64) + Send + 'a>,
}

impl<'a> Study<'a> {
    /// A study with the replications and the seed that the scenario states, on one thread per processor.
    pub fn of(scenario: &Scenario) -> Study<'a> {
        Study {
            scenario: scenario.clone(),
            replications: scenario.model().replications,
            seed: scenario.model().seed,
            threads: if cfg!(feature = "threads") { processors() } else { 1 },
            part: 1,
            of: 1,
            tables: Table::PER_REPLICATION.into(),
            stop: &GO_ON,
            progress: Box::new(|_| ()),
        }
    }

    /// How many replications [1 – 1,000,000,000].
    pub fn replications(mut self, replications: u64) -> Self {
        self.replications = replications;
        self
    }

    /// The seed of all chance.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// On how many threads [≥ 1]; in a build without the feature `threads` it is one, whatever is asked for.
    pub fn threads(mut self, threads: usize) -> Self {
        self.threads = if cfg!(feature = "threads") { threads.max(1) } else { 1 };
        self
    }

    /// Only part `part` of `of` [1 ≤ part ≤ of] of the replications. Parts end at whole batches of
    /// [`BATCH`](crate::ensemble::BATCH), so that all of them together are the whole; one beyond the last is empty.
    pub fn shard(mut self, part: u64, of: u64) -> Self {
        (self.part, self.of) = (part, of);
        self
    }

    /// Of which tables with rows for every replication the rows are kept; of all of them where nothing is said. The digest
    /// is over all of them in any case.
    pub fn tables(mut self, tables: &[Table]) -> Self {
        self.tables = tables.to_owned();
        self
    }

    /// Calls back as replications are recorded, in order, with how many more there are; from any of the threads, one at a
    /// time.
    pub fn progress(mut self, progress: impl FnMut(u64) + Send + 'a) -> Self {
        self.progress = Box::new(progress);
        self
    }

    /// Stops soon after the flag is set: [`run`](Study::run) then fails with [`Code::RunStopped`].
    pub fn stop(mut self, stop: &'a AtomicBool) -> Self {
        self.stop = stop;
        self
    }

    /// Plays it, and keeps what came out in memory.
    ///
    /// # Errors
    ///
    /// Numbers of replications or parts that cannot be, threads that cannot be started, and that it was stopped.
    pub fn run(self) -> Result<Results, Error> {
        let kept: BTreeMap<Table, Shared> = Table::ALL.into_iter().map(|table| (table, Shared::default())).collect();
        let wanted = self.wanted();
        let open = |table: Table| {
            let out = kept.get(&table).filter(|_| wanted(table));
            Ok(out.map(|out| Outlet::csv(out.clone())))
        };
        let mut results = self.play(Path::new(""), open)?;
        results.rows =
            kept.into_iter().filter(|(table, _)| wanted(*table)).map(|(table, it)| (table, it.take())).collect();
        Ok(results)
    }

    /// Plays it, and writes it to a run directory as it goes: rows of replications are not kept in memory.
    ///
    /// # Errors
    ///
    /// As [`run`](Study::run), and whatever keeps files from being written. Then there is nothing in that place.
    pub fn write(self, directory: &Directory) -> Result<(Results, Published), Error> {
        let create = directory.creator()?;
        let staging = directory.begin()?;
        let wanted = self.wanted();
        let place = staging.place().to_owned();
        let results =
            self.play(&place, |table| if wanted(table) { create(&staging, table).map(Some) } else { Ok(None) })?;
        let published = directory.publish(staging, &results)?;
        Ok((results, published))
    }

    /// Which tables are kept: those of the whole study always.
    fn wanted(&self) -> impl Fn(Table) -> bool + 'static {
        let tables = self.tables.clone();
        move |table| !Table::PER_REPLICATION.contains(&table) || tables.contains(&table)
    }

    fn play(self, place: &Path, open: impl FnMut(Table) -> std::io::Result<Option<Outlet>>) -> Result<Results, Error> {
        let Study { scenario, replications, seed, threads, part, of, stop, mut progress, .. } = self;
        let shard = shard(replications, part, of)?;
        let (started, clock) = (SystemTime::now(), Instant::now());
        let driver = Driver { scenario: scenario.model(), seed, shard, threads, stop, progress: progress.as_mut() };
        let recording = driver.record(place, open)?;
        let took = Took { started, seconds: clock.elapsed().as_secs_f64(), threads };
        Ok(Results { scenario, replications, seed, shard, took, recording, rows: BTreeMap::new() })
    }
}

/// The part of a run, where there can be one.
fn shard(replications: u64, part: u64, of: u64) -> Result<Shard, Problem> {
    let wrong = |what: String, help: &str| Err(Problem::new(Code::RunReplications, None, what).help(help));
    if !(1..=MAX_REPLICATIONS).contains(&replications) {
        return wrong(format!("a run of {replications} replications"), "expected 1 to 1,000,000,000");
    }
    if !(1..=of).contains(&part) {
        return wrong(format!("part {part} of {of} of a run"), "expected part K of N with 1 ≤ K ≤ N");
    }
    Ok(Shard::of(replications, part, of))
}

/// Bytes that a recorder writes and a study keeps.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl Shared {
    fn take(self) -> Vec<u8> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(|broken| broken.into_inner()))
    }
}

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(|broken| broken.into_inner()).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replications_and_parts_that_cannot_be_are_told() {
        for (replications, part, of) in [(0, 1, 1), (MAX_REPLICATIONS + 1, 1, 1), (10, 0, 1), (10, 3, 2), (10, 1, 0)] {
            let error = Error::from(shard(replications, part, of).unwrap_err());
            assert_eq!(error.code(), Code::RunReplications);
        }
        assert_eq!(shard(10, 1, 1).unwrap().end, 10);
    }
}
