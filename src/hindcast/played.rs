//! How often each rung comes out of the engine: the trials of a scenario, played many times.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::trials::Trial;
use crate::conference::Conference;
use crate::ensemble::{Cut, Ensemble};
use crate::scenario::code::Code;
use crate::scenario::problem::Problem;

/// How trials are played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Playing {
    /// Seed of all chance.
    pub seed: u64,
    /// Replications of each scenario (a count).
    pub replications: u64,
    /// On how many threads.
    pub threads: usize,
}

/// Shares of replications in which a clause came to each of its rungs [adding up to 1], clause by clause of a trial.
pub type Shares = Vec<Vec<f64>>;

/// Plays trials; those of one scenario, which stand together, are played together. What holds where a clause is left out, or
/// where there is no text, is its status quo. `done` hears of replications as they are played.
pub fn play(
    trials: &[Trial],
    playing: Playing,
    stop: &AtomicBool,
    mut done: impl FnMut(u64) + Send,
) -> Result<Vec<Shares>, Problem> {
    let mut shares = Vec::new();
    for together in trials.chunk_by(|one, next| Arc::ptr_eq(&one.played, &next.played)) {
        let mut counts = blank(together);
        let ensemble = Ensemble {
            scenario: together[0].played.clone(),
            replications: 0..playing.replications,
            threads: playing.threads,
        };
        let played = ensemble.run(
            stop,
            |conference, range: Range<u64>| (range.end - range.start, batch(conference, together, playing.seed, range)),
            |(replications, more)| {
                done(replications);
                let both = counts.iter_mut().flatten().flatten().zip(more.iter().flatten().flatten());
                both.for_each(|(sum, more)| *sum += more);
                Ok::<(), ()>(())
            },
        );
        played.map_err(|cut| stopped(cut, playing.threads))?;
        let all = playing.replications as f64;
        let share = |trial: Vec<Vec<u64>>| {
            trial.into_iter().map(|rungs| rungs.into_iter().map(|count| count as f64 / all).collect()).collect()
        };
        shares.extend(counts.into_iter().map(share));
    }
    Ok(shares)
}

/// The problem of what did not come to its end.
pub(super) fn stopped(cut: Cut<()>, threads: usize) -> Problem {
    match cut {
        Cut::NoThreads(error) => {
            let message = format!("cannot start {threads} threads: {error}");
            Problem::new(Code::RunThreads, None, message).help("ask for fewer with --threads")
        }
        Cut::Stopped | Cut::Failed(()) => {
            Problem::new(Code::RunStopped, None, "stopped before the end; nothing was written")
        }
    }
}

/// Counts by trial, clause and rung.
type Counts = Vec<Vec<Vec<u64>>>;

fn blank(trials: &[Trial]) -> Counts {
    let clauses = |trial: &Trial| trial.provisions.iter().map(|provision| vec![0; provision.positions.len()]).collect();
    trials.iter().map(clauses).collect()
}

fn batch(conference: &mut Conference, trials: &[Trial], seed: u64, replications: Range<u64>) -> Counts {
    let mut counts = blank(trials);
    for replication in replications {
        let outcome = conference.run(seed, replication);
        for (trial, counts) in trials.iter().zip(&mut counts) {
            let (forum, ended) = (trial.forum(), &outcome.forums[trial.forum]);
            for (provision, counts) in trial.provisions.iter().zip(counts) {
                let holds = ended.clauses[provision.place].adopted.unwrap_or(forum.status_quo[provision.place]);
                let clause = &trial.played.clauses[forum.agenda[provision.place]];
                if let Some(rung) = clause.nearest_rung(holds) {
                    counts[rung] += 1;
                }
            }
        }
    }
    counts
}
