//! A run directory: everything that is needed to read a run, to defend it and to play it again.
//!
//! ```text
//! manifest.json      what was run, by which version, with which seed; digest and hashes; host and timings
//! scenario.toml      the scenario in one piece, overrides applied; its tables beside it under tables/
//! runs.csv           one row per replication × forum
//! clauses.csv        one row per replication × forum × clause
//! parties.csv        one row per replication × forum × country
//! imputed.csv        one row per mandate value that had no evidence
//! blockers.csv       one row per forum × country × clause that stood in the way
//! summary.csv        one row per forum × subject × measure, with 95 % intervals
//! partial.json       the sums behind the summary, from which those of parts are merged to the bit
//! datapackage.json   every table and column with its unit, as a Frictionless Data Package (version 2)
//! ```
//!
//! It is written to a folder beside its place, which takes that place from the start, and appears there complete, by one
//! rename, or not at all.

mod buffers;
mod cell;
mod column;
#[cfg(feature = "parquet")]
mod columnar;
mod columns;
mod datapackage;
mod directory;
pub mod fingerprint;
mod manifest;
mod marks;
mod outlet;
mod partial;
mod place;
mod recorded;
mod recorder;
mod rows;
pub mod seed;
mod tables;
pub mod typed;

pub use buffers::{Buffer, Columns, Values, Words};
pub use cell::{Cell, NotFinite, RowSink};
pub use column::{Column, Field, Kind, Row};
#[cfg(feature = "parquet")]
pub use columnar::Parquet;
pub use directory::{Published, Staging, not_written};
pub use manifest::{FORMAT, Host, MANIFEST, Manifest, Shard, Timing, iso_8601, scenario_sha256};
pub use marks::Marks;
pub use outlet::{ColumnSink, Forms, Outlet};
pub use partial::{PARTIAL, Partial};
pub use recorded::{RunDirectory, rows_of};
pub use recorder::{Batch, Recorder, Recording, Unrecorded, hex, sha256_of};
pub use rows::Rows;
pub use tables::{Table, blockers, imputed, replication, summary};
