//! A run directory: everything that is needed to read a run, to defend it and to play it again.
//!
//! ```text
//! manifest.json      what was run, by which version, with which seed; the outcome digest; host and timings
//! scenario.toml      the scenario in one piece, overrides applied; its tables beside it under tables/
//! runs.csv           one row per replication × forum
//! clauses.csv        one row per replication × forum × clause
//! parties.csv        one row per replication × forum × country
//! imputed.csv        one row per mandate value that had no evidence
//! blockers.csv       one row per forum × country × clause that stood in the way
//! summary.csv        one row per forum × subject × measure, with 95 % intervals
//! partial.json       the sums behind the summary, from which those of parts are merged to the bit
//! datapackage.json   every table and column with its unit, as a Frictionless Data Package
//! ```
//!
//! It is written to a staging folder beside its place and appears there complete, by one rename, or not at all.

#[cfg(feature = "parquet")]
mod columnar;
mod columns;
mod datapackage;
mod directory;
mod findings;
mod manifest;
mod marks;
mod partial;
mod recorder;
mod tables;

#[cfg(feature = "parquet")]
pub use columnar::Beside;
pub use columns::Kind;
pub use directory::{RunDirectory, Staging, not_written};
pub use manifest::{FORMAT, Host, MANIFEST, Manifest, Shard, Timing, scenario_sha256};
pub use marks::Marks;
pub use partial::{PARTIAL, Partial, files_beside};
pub use recorder::{Batch, Recorder, Recording, Unrecorded, hex, sha256_of};
pub use tables::{NotFinite, Rows, Table};
