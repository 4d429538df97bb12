//! `comity forecast`: decision models on a table of positions.

use std::io::Write as _;
use std::path::Path;
use std::path::PathBuf;

use super::{Done, terminal};
use crate::dossier;
use crate::forecast::{AgendaSetter, Forecast, Forecaster, Table, models};
use crate::forecast_engine::Engine;
use crate::scenario::problem::{Problem, Problems, nearest};
use crate::scenario::source::Disk;
use crate::study::forecasts;

#[derive(Debug, clap::Args)]
pub struct Forecasting {
    /// Positions: a table of issue, actor, position, salience and, where known, capability; or a file of the KTAB or
    /// exchange-model programs
    #[arg(long, value_name = "P.csv")]
    positions: String,
    /// Issues: a table of issue, scale_min, scale_max, reference_point, rule, outcome, group
    #[arg(long, value_name = "I.csv")]
    issues: Option<String>,
    /// Models, separated by commas, or all; docs/forecast.md tells of each
    #[arg(long, value_name = "LIST", default_value = "all")]
    models: String,
    /// Where to write the forecasts
    #[arg(long, short, value_name = "F.csv")]
    out: PathBuf,
    /// Who sets the agenda in the model `agenda_setter` [default: the strongest, of equals the first]
    #[arg(long, value_name = "ACTOR")]
    setter: Option<String>,
    /// Replications of the model `comity`
    #[arg(long, short = 'n', default_value_t = Engine::REPLICATIONS, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    replications: u64,
    /// Seed of the model `comity`
    #[arg(long, short, default_value_t = 1)]
    seed: u64,
}

impl Forecasting {
    pub fn execute(self) -> Done {
        let dossier = dossier::read(&self.positions, self.issues.as_deref(), &Disk)?;
        let models = self.chosen(&dossier.table)?;
        for input in [Some(&self.positions), self.issues.as_ref()].into_iter().flatten() {
            if same_file(Path::new(input), &self.out) {
                let what = format!("{} is what is read", self.out.display());
                return Err(Problem::new("comity::run::exists", None, what)
                    .help("name another file with --out")
                    .into());
            }
        }
        let forecasts = forecasts::of_all(&dossier.table, &models);
        let named: Vec<(String, Vec<Option<Forecast>>)> =
            models.iter().map(|model| model.name().to_owned()).zip(forecasts).collect();
        write_whole(&self.out, &dossier::write_forecasts(&dossier.table, &named))?;
        for note in &dossier.notes {
            terminal::say(&format!("Note: {note}"));
        }
        for (model, forecasts) in &named {
            let silent = forecasts.iter().filter(|forecast| forecast.is_none()).count();
            if silent > 0 {
                terminal::say(&format!("Note: `{model}` has nothing to say of {silent} of {} issues", forecasts.len()));
            }
        }
        let issues = dossier.table.issues.len();
        terminal::say(&format!("Wrote {}: {issues} issues, {} models.", self.out.display(), named.len()));
        Ok(())
    }

    /// The models asked for, in the order asked for.
    fn chosen(&self, table: &Table) -> Result<Vec<Box<dyn Forecaster>>, Problems> {
        let mut known = models();
        let setter = self.setter.as_ref().map(|setter| {
            let place = table.actors.iter().position(|actor| actor == setter);
            place.ok_or_else(|| {
                let what = format!("no actor of the table is called `{setter}`");
                Problem::new("comity::forecast::unknown", None, what)
                    .suggest(setter, table.actors.iter().map(String::as_str))
            })
        });
        if let Some(setter) = setter.transpose()? {
            known.retain(|model| model.name() != AgendaSetter::default().name());
            known.push(Box::new(AgendaSetter { setter: Some(setter) }));
        }
        known.push(Box::new(Engine { seed: self.seed, replications: self.replications, ..Engine::default() }));
        if self.models.trim() == "all" {
            return Ok(known);
        }
        let names: Vec<&'static str> = known.iter().map(|model| model.name()).collect();
        let (mut chosen, mut problems): (Vec<Box<dyn Forecaster>>, _) = (Vec::new(), Problems::default());
        for name in self.models.split(',').map(str::trim) {
            if chosen.iter().any(|model| model.name() == name) {
                let what = format!("the model `{name}` is named twice");
                problems.push(Problem::new("comity::forecast::duplicate", None, what).help("name it once"));
                continue;
            }
            match known.iter().position(|model| model.name() == name) {
                Some(place) => chosen.push(known.swap_remove(place)),
                None => {
                    let help = match nearest(name, &names) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("expected `all`, or a list of: {}", names.join(", ")),
                    };
                    let what = format!("there is no model `{name}`");
                    problems.push(Problem::new("comity::forecast::model", None, what).help(help));
                }
            }
        }
        problems.none_or(chosen)
    }
}

/// Whether two paths lead to the same file that exists.
fn same_file(one: &Path, other: &Path) -> bool {
    std::fs::canonicalize(one).ok().zip(std::fs::canonicalize(other).ok()).is_some_and(|(one, other)| one == other)
}

/// Writes a file complete or not at all.
pub(super) fn write_whole(path: &Path, text: &str) -> Result<(), Problem> {
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let write = || -> std::io::Result<()> {
        let mut file = tempfile::Builder::new().prefix(".comity-").tempfile_in(folder)?;
        file.write_all(text.as_bytes())?;
        readable(file.as_file())?;
        file.persist(path).map(drop).map_err(|error| error.error)
    };
    write().map_err(|error| {
        Problem::new("comity::run::not_written", None, format!("cannot write {}: {error}", path.display()))
            .help("name a file in a folder that exists and can be written to")
    })
}

/// Temporary files are private; a result is not.
#[cfg(unix)]
fn readable(file: &std::fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_: &std::fs::File) -> std::io::Result<()> {
    Ok(())
}
