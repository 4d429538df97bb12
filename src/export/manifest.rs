//! The manifest: what was run, so that it can be run again.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::recorder::hex;
use crate::ensemble::BATCH;
use crate::quantity::Date;
use crate::scenario::Resolved;

/// Name of the manifest in a run directory.
pub const MANIFEST: &str = "manifest.json";
/// Version of the layout of run directories.
pub const FORMAT: u32 = 2;

/// What was run, by what, where and how long.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of this layout.
    pub format: u32,
    /// Version of comity.
    pub comity: String,
    /// Name by which the scenario was asked for; of a path the last part.
    pub scenario: String,
    /// Its title.
    pub title: String,
    /// SHA-256 over the resolved scenario and its tables.
    pub scenario_sha256: String,
    /// Seed; in JSON as text, which no reader rounds.
    #[serde(with = "super::seed")]
    pub seed: u64,
    /// Replications of the whole run, all shards together.
    pub replications: u64,
    /// Which part of them is here.
    pub shard: Shard,
    /// Tables written.
    pub tables: Vec<String>,
    /// SHA-256 over all tables, written or not: the same for the same scenario, seed and replications, everywhere.
    pub digest: String,
    /// SHA-256 of every other file, by its name in the directory.
    pub files: BTreeMap<String, String>,
    /// Overrides, as typed, of paths the last part; the resolved scenario has them in it.
    pub overrides: Vec<String>,
    /// The command line; of the program and of paths the last part.
    pub command: Vec<String>,
    /// Where it ran.
    pub host: Host,
    /// When, and for how long.
    pub timing: Timing,
}

/// A part of a run: replications `first` up to, but without, `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shard {
    /// Which part, counted from 1.
    pub part: u64,
    /// Of how many.
    pub of: u64,
    /// First replication.
    pub first: u64,
    /// Replication after the last.
    pub end: u64,
}

/// Where a run ran.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Host {
    /// Operating system.
    pub os: String,
    /// Processor architecture.
    pub architecture: String,
    /// Processors it offers.
    pub processors: usize,
    /// Threads used.
    pub threads: usize,
}

/// When a run ran.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Timing {
    /// Start, as ISO 8601 has it in universal time: `2026-11-30T21:19:40Z`.
    pub started: String,
    /// Time for all replications (in seconds).
    pub seconds: f64,
    /// Speed [replications a second].
    pub replications_per_second: f64,
}

impl Shard {
    /// Part `part` of `of` [1 ≤ part ≤ of]: whole batches, but for the last of the run, and as equal in number as can be, the
    /// first parts having one more. A part beyond the last batch is empty.
    pub fn of(replications: u64, part: u64, of: u64) -> Shard {
        let batches = replications.div_ceil(BATCH);
        let bound = |k: u64| {
            // Both terms together are at most the number of batches.
            let before = (u128::from(batches / of) * u128::from(k)) as u64 + k.min(batches % of);
            before.saturating_mul(BATCH).min(replications)
        };
        Shard { part, of, first: bound(part - 1), end: bound(part) }
    }
}

/// A moment, given by the time since 1970 began, as ISO 8601 has it: in universal time, to the second.
pub fn iso_8601(since_1970: Duration) -> String {
    const DAY: u64 = 86_400;
    let seconds = since_1970.as_secs();
    let (date, second) = (Date::of((seconds / DAY) as i64), seconds % DAY);
    format!("{date}T{:02}:{:02}:{:02}Z", second / 3_600, second / 60 % 60, second % 60)
}

/// SHA-256 over the files of a resolved scenario.
pub fn scenario_sha256(resolved: &Resolved) -> String {
    let mut hash = Sha256::new();
    for (name, text) in resolved.files() {
        hash.update(format!("{name} {}\n", text.len()));
        hash.update(text);
    }
    hex(&hash.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_told_as_iso_8601_has_them() {
        // By `date -u -d @SECONDS +%FT%TZ`.
        for (seconds, told) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_796_073_580, "2026-11-30T21:19:40Z"),
            (4_107_542_399, "2100-02-28T23:59:59Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
        ] {
            assert_eq!(iso_8601(Duration::from_secs(seconds)), told);
        }
    }

    #[test]
    fn shards_cover_a_run_without_overlap() {
        for (replications, of) in [(10, 3), (1, 4), (1_000, 7), (96, 3), (97, 3), (1_000_000_000, 7), (u64::MAX, 5)] {
            let shards: Vec<Shard> = (1..=of).map(|part| Shard::of(replications, part, of)).collect();
            assert_eq!((shards[0].first, shards[of as usize - 1].end), (0, replications));
            assert!(shards.windows(2).all(|pair| pair[0].end == pair[1].first));
            assert!(shards.iter().all(|shard| shard.end % BATCH == 0 || shard.end == replications), "{shards:?}");
            let sizes: Vec<u64> = shards.iter().map(|shard| (shard.end - shard.first).div_ceil(BATCH)).collect();
            assert!(sizes.windows(2).all(|pair| pair[0] >= pair[1]) && sizes[0] - sizes[of as usize - 1] <= 1);
        }
    }

    #[test]
    fn a_part_beyond_the_last_batch_is_empty() {
        let ends = |replications, of| -> Vec<(u64, u64)> {
            (1..=of).map(|part| Shard::of(replications, part, of)).map(|shard| (shard.first, shard.end)).collect()
        };
        assert_eq!(ends(50, 3), [(0, 32), (32, 50), (50, 50)]);
        assert_eq!(ends(20, 2), [(0, 20), (20, 20)]);
        assert_eq!(ends(160, 3), [(0, 64), (64, 128), (128, 160)]);
        assert_eq!(Shard::of(64, u64::MAX, u64::MAX), Shard { part: u64::MAX, of: u64::MAX, first: 64, end: 64 });
    }
}
