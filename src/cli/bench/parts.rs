//! The share of time of every part of a replication.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::{grid, told as set};
use crate::cli::table::percent;
use crate::conference::{Conference, Part};
use crate::scenario::Scenario;

/// Time spent, part by part.
struct Watch {
    since: Instant,
    spent: [Duration; Part::ALL.len()],
    times: [u64; Part::ALL.len()],
}

/// Plays replications for a while and tells where the time goes.
pub(super) fn told(scenario: &Arc<Scenario>, budget: Duration) -> String {
    let watch =
        Arc::new(Mutex::new(Watch { since: Instant::now(), spent: Default::default(), times: Default::default() }));
    let seen = watch.clone();
    let mut conference = Conference::probed(
        scenario.clone(),
        Arc::new(move |part| {
            let now = Instant::now();
            let mut watch = seen.lock().unwrap_or_else(|broken| broken.into_inner());
            let spent = now - watch.since;
            watch.spent[part as usize] += spent;
            watch.times[part as usize] += 1;
            watch.since = now;
        }),
    );
    let begin = || watch.lock().unwrap_or_else(|broken| broken.into_inner()).since = Instant::now();
    let started = Instant::now();
    let mut replications = 0;
    while started.elapsed() < budget || replications == 0 {
        begin();
        std::hint::black_box(conference.run(scenario.seed, replications));
        replications += 1;
    }
    let watch = watch.lock().unwrap_or_else(|broken| broken.into_inner());
    let all: Duration = watch.spent.iter().sum();
    let mut grid = grid(["part", "share of time", "µs each time", "times a replication"]);
    for part in Part::ALL {
        let (spent, times) = (watch.spent[part as usize], watch.times[part as usize]);
        if times == 0 {
            continue;
        }
        grid.add_row([
            part.name().to_owned(),
            percent(spent.as_secs_f64() / all.as_secs_f64().max(1e-12)),
            format!("{:.2}", spent.as_secs_f64() * 1e6 / times as f64),
            format!("{:.1}", times as f64 / replications as f64),
        ]);
    }
    set("Parts of a replication, on one thread", &grid)
}
