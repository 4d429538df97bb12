//! `comity hindcast`: forecasts of texts that are known by now, held against them.

use std::path::PathBuf;

use super::{Done, Failure, run::processors, terminal};
use crate::ensemble::Cut;
use crate::hindcast::played::{Playing, play};
use crate::hindcast::pooled::pool;
use crate::hindcast::record::Record;
use crate::hindcast::trials::{Trial, one_each, trials};
use crate::hindcast::Findings;
use crate::scenario::check;
use crate::scenario::library::{self, Library};
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::source::{Disk, Files};

#[derive(Debug, clap::Args)]
pub struct Hindcasting {
    /// Names of shipped scenarios, or paths of files [default: every shipped scenario of a text that is known by now]
    #[arg(value_name = "SCENARIO")]
    scenarios: Vec<String>,
    /// Replications of each scenario
    #[arg(long, short = 'n', default_value_t = 200, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    replications: u64,
    /// Seed of all chance, the bootstrap included
    #[arg(long, short, default_value_t = 1)]
    seed: u64,
    /// Threads [default: one per processor]
    #[arg(long, short, value_parser = clap::value_parser!(u64).range(1..=4096))]
    threads: Option<u64>,
    /// Where to write the tables and the page
    #[arg(long, short, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Folder of the tables that tell what texts hold [default: that of the shipped scenarios]
    #[arg(long, value_name = "DIR")]
    data: Option<String>,
    /// Seek the few global parameters anew, a text left out at a time
    #[arg(long)]
    calibrate: bool,
    /// No progress on standard error
    #[arg(long, short)]
    quiet: bool,
}

impl Hindcasting {
    pub fn execute(self) -> Done {
        let (record, trials) = self.trials()?;
        let threads = self.threads.map_or_else(processors, |threads| threads as usize);
        let playing = Playing { seed: self.seed, replications: self.replications, threads };
        let stop = std::sync::atomic::AtomicBool::new(false);
        let played = play(&trials, playing, &stop, |_| ()).map_err(|_: Cut<()>| {
            Failure::from(Problem::new("comity::run::stopped", None, "stopped before the end; nothing was written"))
        })?;
        if self.calibrate {
            let folds = crate::hindcast::calibrate::search(&trials, playing, &stop, |n| terminal::say(&format!("{n}")));
            let Ok(folds) = folds else { return Ok(()) };
            return terminal::print(&folds.iter().map(|f| format!("{f:?}\n")).collect::<String>());
        }
        let findings = Findings::gather(trials, &played, &record);
        let mut text = String::new();
        for p in pool(&findings, self.seed, |_| true) {
            text.push_str(&format!("{p:?}\n"));
        }
        for (no, trial) in findings.trials.iter().enumerate() {
            let all = pool(&findings, self.seed, |t| t == no);
            text.push_str(&format!("{} {} ", trial.instrument, trial.provisions.len()));
            for p in &all {
                text.push_str(&format!("{} {:.3}  ", p.model, p.error.mean));
            }
            text.push('\n');
        }
        terminal::print(&text)
    }

    fn trials(&self) -> Result<(Record, Vec<Trial>), Problems> {
        let (files, folder): (&dyn Files, &str) = match &self.data {
            Some(folder) => (&Disk, folder.trim_end_matches('/')),
            None => (&Library, "data"),
        };
        let mut problems = Problems::default();
        let record = Record::read(files, folder, &mut problems);
        let mut found = Vec::new();
        let shipped = if self.scenarios.is_empty() { library::names() } else { Vec::new() };
        for name in self.scenarios.iter().chain(&shipped) {
            match check::load(name, &[], &Disk) {
                Ok(checked) => {
                    let (more, _) = trials(&checked, &record, &mut problems);
                    found.extend(more);
                }
                Err(more) => problems.extend(more.0),
            }
        }
        if self.scenarios.is_empty() {
            found = one_each(found);
        }
        problems.none_or((record, found))
    }
}
