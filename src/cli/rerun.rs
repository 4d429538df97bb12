//! `comity replay` and `comity verify`: a recorded run played again and held against what was recorded.

use std::path::PathBuf;

use super::run::told_to_stop;
use super::{Done, progress, terminal};
use crate::export::RunDirectory;
use crate::study::processors;

#[derive(Debug, clap::Args)]
pub struct Replay {
    /// A run directory
    dir: PathBuf,
    /// Which replication to play
    #[arg(long, short, value_name = "K")]
    replication: u64,
    /// What to write
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Tell only of this clause; may be repeated
    #[arg(long, value_name = "CLAUSE")]
    clause: Vec<String>,
}

/// Ways to tell a replication.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Format {
    /// Readable text
    Text,
}

impl Replay {
    pub fn execute(self) -> Done {
        let run = RunDirectory::open(&self.dir)?;
        let Format::Text = self.format;
        let replay = run.replay(self.replication, &self.clause)?;
        // That a reader has gone does not make the rows the same.
        let printed = terminal::print(&replay.text);
        match replay.difference(&run) {
            None => printed,
            Some(problem) => Err(problem.into()),
        }
    }
}

#[derive(Debug, clap::Args)]
pub struct Verify {
    /// A run directory
    dir: PathBuf,
    /// Threads [default: one per processor]
    #[arg(long, short, value_parser = clap::value_parser!(u64).range(1..=4096))]
    threads: Option<u64>,
    /// No progress on standard error
    #[arg(long, short)]
    quiet: bool,
}

impl Verify {
    pub fn execute(self) -> Done {
        let run = RunDirectory::open(&self.dir)?;
        let threads = self.threads.map_or_else(processors, |threads| threads as usize);
        let shard = run.manifest.shard;
        let bar = progress::bar(shard.end - shard.first, self.quiet);
        let verified = run.verify(threads, told_to_stop(), |replications| bar.inc(replications));
        bar.finish_and_clear();
        let verified = verified?;
        terminal::print(&format!(
            "Verified: {} replications under seed {} give the recorded tables again.\ndigest {}\n",
            verified.replications, run.manifest.seed, verified.digest
        ))
    }
}
