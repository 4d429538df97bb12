//! `comity hindcast`: forecasts of texts that are known by now, held against them.

use std::path::{Path, PathBuf};

use comfy_table::{CellAlignment, Table as Grid};

use super::forecast::write_whole;
use super::run::told_to_stop;
use super::{Done, Failure, progress, terminal};
use crate::export::Staging;
use crate::forecast::score::Interval;
use crate::hindcast::calibrate::{self, Fold};
use crate::hindcast::cases::profile::{self, Profile};
use crate::hindcast::cases::scored::{self, Refusals, Setting};
use crate::hindcast::cases::{self, Case, staged};
use crate::hindcast::page::Report;
use crate::hindcast::played::{Playing, Shares, play};
use crate::hindcast::pooled::Pooled;
use crate::hindcast::record::Record;
use crate::hindcast::trials::{Trial, one_each, trials};
use crate::hindcast::{CALIBRATED, Findings, fitted, tables};
use crate::scenario::check;
use crate::scenario::library::{self, Library};
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::source::{Disk, Files};
use crate::study::processors;

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
    /// Where to write the tables and the page: a new folder
    #[arg(long, short, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Where to write the page alone
    #[arg(long, value_name = "FILE")]
    page: Option<PathBuf>,
    /// Folder of the tables that tell what texts hold [default: that of the shipped scenarios]
    #[arg(long, value_name = "DIR")]
    data: Option<String>,
    /// Change a value of every scenario, e.g. parameters.assertiveness=0; may be repeated
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<String>,
    /// Seek the few global parameters anew, a text left out at a time, instead of reading what was found
    #[arg(long)]
    calibrate: bool,
    /// No progress on standard error
    #[arg(long, short)]
    quiet: bool,
}

impl Hindcasting {
    pub fn execute(self) -> Done {
        let (record, trials, found) = self.read()?;
        told_to_stop();
        if let Some(page) = &self.page {
            // Told now, not when everything has been played.
            writable(page)?;
        }
        let staging = self.out.as_deref().map(|out| Staging::begin(out, false)).transpose()?;
        let threads = self.threads.map_or_else(processors, |threads| threads as usize);
        let playing = Playing { seed: self.seed, replications: self.replications, threads };
        let folds = if self.calibrate { self.seek(&trials, playing)? } else { found };
        let fitted = fitted::fitted(&folds, &trials);
        let shares = self.play(&trials, playing)?;
        let calibrated = fitted.map(|fitted| self.play(&fitted, playing)).transpose()?;
        let mut findings = Findings::gather(trials, &shares, &record);
        if let Some(calibrated) = &calibrated {
            findings.add(CALIBRATED, calibrated);
        }
        let (refusals, profile) = self.refusals(&folds)?;
        let report = Report {
            findings: &findings,
            folds: &folds,
            refusals: refusals.as_ref(),
            replications: self.replications,
            seed: self.seed,
        };
        if let Some(staging) = staging {
            let spread: Vec<usize> = report.references().into_iter().map(|(_, model)| model).collect();
            let mut files = vec![
                ("pooled.csv", tables::pooled(&report.pooled())),
                ("clauses.csv", tables::clauses(&findings)),
                ("rungs.csv", tables::rungs(&findings, &spread)),
                ("reliability.csv", tables::reliability(&report.curves())),
                ("validation.md", report.page()),
            ];
            if let Some(refusals) = &refusals {
                files.push(("refusals.csv", tables::refusals(refusals)));
            }
            if let Some(profile) = &profile {
                files.extend([("case_grid.csv", profile.grid()), ("case_calibration.csv", profile.folds())]);
            }
            if !folds.is_empty() {
                files.push((fitted::TABLE, fitted::write(&folds)));
            }
            if let Some(note) = staging.publish_files(&files)?.note() {
                terminal::say(&note);
            }
        }
        if let Some(page) = &self.page {
            write_whole(page, &report.page())?;
        }
        terminal::print(&describe(&report))
    }

    /// What is on record, what is held against it, and which parameters were found before.
    fn read(&self) -> Result<(Record, Vec<Trial>, Vec<Fold>), Problems> {
        let (files, folder) = self.library();
        let mut problems = Problems::default();
        let record = Record::read(files, folder, &mut problems);
        let folds = fitted::read(files, folder, &mut problems);
        let mut found = Vec::new();
        let shipped = if self.scenarios.is_empty() { library::names() } else { Vec::new() };
        for name in self.scenarios.iter().chain(&shipped) {
            match check::load(name, &self.set, &Disk) {
                Err(more) => problems.extend(more.0),
                Ok(checked) if shipped.is_empty() || !checked.resolved.is_variant() => {
                    let (more, passed) = trials(&checked, &record, &mut problems);
                    if more.is_empty() && shipped.is_empty() {
                        problems.push(nothing(name, &passed));
                    }
                    found.extend(more);
                }
                Ok(_) => {}
            }
        }
        if !shipped.is_empty() {
            found = one_each(found);
        }
        problems.none_or((record, found, folds))
    }

    /// The library of data, and its folder.
    fn library(&self) -> (&'static (dyn Files + Sync), &str) {
        match &self.data {
            Some(folder) => (&Disk, folder.trim_end_matches('/')),
            None => (&Library, "data"),
        }
    }

    /// Who stands where on decisions, where all history is asked for and decisions are on record; and where parameters
    /// are sought, what these decisions say of them.
    fn refusals(&self, folds: &[Fold]) -> Result<(Option<Refusals>, Option<Profile>), Failure> {
        let library = self.library();
        let mut problems = Problems::default();
        if !self.scenarios.is_empty() {
            return Ok((None, None));
        }
        let cases = cases::read(library.0, library.1, &mut problems);
        if cases.is_empty() {
            return Ok(problems.none_or((None, None))?);
        }
        let shelf = staged::shelf(library.0, library.1, &mut problems);
        let ideal = staged::ideal_points(library.0, library.1, &mut problems);
        problems.none_or(())?;
        let calibrated = folds.iter().find(|fold| fold.left_out.is_none()).map(|fold| fold.values);
        let setting = Setting { library, calibrated, seed: self.seed, replications: self.replications };
        let profile = self.calibrate.then(|| self.profile(&cases, &shelf)).transpose()?;
        Ok((Some(scored::forecast(cases, &shelf, &ideal, &setting)?), profile))
    }

    fn profile(&self, cases: &[Case], shelf: &staged::Shelf) -> Result<Profile, Failure> {
        let (files, folder) = self.library();
        let staged = cases.iter().map(|case| staged::stage(case, cases, shelf, files, folder));
        let staged = staged.collect::<Result<Vec<_>, Problems>>()?;
        let tried = |points| {
            if !self.quiet && points % 10 == 0 {
                terminal::say(&format!("{points} points of the grid of cases played"));
            }
        };
        let luck = (self.seed, self.replications);
        Ok(profile::profile(cases, &staged, luck, told_to_stop(), tried)?)
    }

    fn play(&self, trials: &[Trial], playing: Playing) -> Result<Vec<Shares>, Failure> {
        let scenarios = trials.chunk_by(|one, next| std::sync::Arc::ptr_eq(&one.played, &next.played)).count();
        let bar = progress::bar(playing.replications * scenarios as u64, self.quiet);
        let shares = play(trials, playing, told_to_stop(), |replications| bar.inc(replications));
        bar.finish_and_clear();
        Ok(shares?)
    }

    fn seek(&self, trials: &[Trial], playing: Playing) -> Result<Vec<Fold>, Failure> {
        let tried = |points| {
            if !self.quiet && points % 10 == 0 {
                terminal::say(&format!("{points} points of the grid played"));
            }
        };
        Ok(calibrate::search(trials, playing, told_to_stop(), tried)?)
    }
}

/// A problem where a file cannot be made because its folder is missing.
fn writable(file: &Path) -> Result<(), Problem> {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() && !folder.is_dir() => {
            let what = format!("cannot write {}: {} is no folder", file.display(), folder.display());
            Err(Problem::new("comity::run::not_written", None, what).help("name a file in a folder that exists"))
        }
        _ => Ok(()),
    }
}

/// The problem of a scenario that cannot be held against anything.
fn nothing(name: &str, passed: &[String]) -> Problem {
    let why = match passed {
        [] => "no forum of it names an `instrument` that is on record".to_owned(),
        passed => passed.join("; "),
    };
    Problem::new("comity::hindcast::nothing", None, format!("nothing to hold `{name}` against: {why}"))
        .help("name the instrument of a forum, and its rungs in `outcomes.csv` of the folder given with --data")
}

/// The scores in short.
fn describe(report: &Report) -> String {
    let mut text = String::new();
    let pooled = report.pooled();
    for (set, reference, models) in &pooled {
        let (texts, clauses) = models.first().map_or((0, 0), |model| (model.texts, model.clauses));
        text += &format!(
            "{set}: {texts} texts, {clauses} clauses; differences are those of {reference}\n\n{}\n",
            grid(models)
        );
    }
    if let Some(refusals) = report.refusals {
        text += &format!("who refuses: {} cases, {} stances\n\n", refusals.cases.len(), refusals.rows.len());
        for score in refusals.scores(report.seed, |_| true) {
            text += &format!(" {:<18} Brier {:.3}  log {:.3}\n", score.model, score.brier.mean, score.log.mean);
        }
        text.push('\n');
    }
    text += "error: mean absolute error on scales of 0 to 1. ranked: ranked probability score. Intervals of 95 % are a bootstrap over \
             texts. Differences are paired; below 0 the engine is nearer.\n";
    text
}

fn grid(models: &[Pooled]) -> String {
    let mut grid = Grid::new();
    grid.load_style(comfy_table::presets::NOTHING);
    grid.set_header([
        "model",
        "clauses",
        "error",
        "95 % interval",
        "ranked",
        "right rung",
        "difference",
        "95 % interval",
    ]);
    for column in 1..8 {
        grid.column_mut(column).into_iter().for_each(|column| column.set_cell_alignment(CellAlignment::Right));
    }
    let between = |interval: Option<Interval>| {
        let between = interval.and_then(|interval| interval.between);
        between.map_or("–".to_owned(), |(low, high)| format!("{low:.3} to {high:.3}"))
    };
    for model in models {
        grid.add_row([
            model.model.clone(),
            model.clauses.to_string(),
            format!("{:.3}", model.error.mean),
            between(Some(model.error)),
            model.ranked.map_or("–".to_owned(), |ranked| format!("{:.3}", ranked.mean)),
            model.hits.map_or("–".to_owned(), |hits| format!("{:.1}%", hits.mean * 100.0)),
            model.error_difference.map_or("–".to_owned(), |difference| format!("{:+.3}", difference.mean)),
            between(model.error_difference),
        ]);
    }
    grid.to_string().lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}
