//! Where a run directory stands: made beside its place, and put there complete by one rename.

use std::collections::BTreeMap;
use std::fs;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use super::datapackage;
use super::fingerprint::{self, Fingerprint};
use super::manifest::{MANIFEST, Manifest};
use super::outlet::Outlet;
use super::partial::{PARTIAL, Partial};
use super::place::{Reservation, Taken, names};
use super::recorder::Recording;
use super::tables::Table;
use crate::scenario::check::Checked;
use crate::scenario::problem::{Problem, Problems};

/// What reading and writing run directories gives.
pub type Problematic<T> = Result<T, Problems>;

/// A run directory in the making. Its place is taken from the start; dropped before [`publish`](Staging::publish), it
/// leaves nothing behind.
pub struct Staging {
    reservation: Reservation,
    /// Where it is to stand, by its full path.
    to: PathBuf,
    /// The same for people: as typed.
    shown: PathBuf,
    /// The place that was asked for.
    asked: PathBuf,
    /// The manifest of the run that it replaces: that one and no other.
    replaces: Option<Vec<u8>>,
    /// Dropped after the folder that stands at its end.
    _way: Way,
}

/// Where a run directory stands in the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// Its place.
    pub place: PathBuf,
    /// The place that was asked for, where somebody else had that.
    pub instead_of: Option<PathBuf>,
}

impl Published {
    /// What people should know of the place; nothing where it is the one that was asked for.
    pub fn note(&self) -> Option<String> {
        let asked = self.instead_of.as_ref()?.display();
        Some(format!("Note: {asked} was taken by somebody else; what was computed stands in {}.", self.place.display()))
    }
}

/// Folders that were made on the way to a place, the deepest first. Those that are empty in the end are taken away.
struct Way(Vec<PathBuf>);

impl Way {
    fn to(folder: &Path) -> std::io::Result<Way> {
        let missing = folder.ancestors().take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists());
        let way = Way(missing.map(Path::to_owned).collect());
        fs::create_dir_all(folder).map(|()| way)
    }
}

impl Drop for Way {
    fn drop(&mut self) {
        // A folder that something was put into stays: it cannot be removed.
        for folder in &self.0 {
            let _ = fs::remove_dir(folder);
        }
    }
}

impl Staging {
    /// Begins a run directory that is to stand at `to`. What stands there already is only replaced where `force` says
    /// so, and only where it is a run directory. Where another run is on its way there, this one is refused, or, with
    /// `force`, takes a place beside it: neither is to replace what it did not find.
    pub fn begin(to: &Path, force: bool) -> Problematic<Staging> {
        free_or_replaceable(to, force)?;
        let (full, way) = way_to(to)?;
        let shown = if to.file_name().is_some() { to } else { &full };
        for (beside, place) in names(&full).enumerate() {
            match take(&place).map_err(|error| not_written(to, &error))? {
                // Who was there a moment ago may have ended since.
                Taken::Here(reservation) if beside == 0 => {
                    let replaces = free_or_replaceable(to, force)?;
                    let (shown, asked) = (shown.to_owned(), shown.to_owned());
                    return Ok(Staging { reservation, to: place, shown, asked, replaces, _way: way });
                }
                Taken::Here(reservation) if place.symlink_metadata().is_err() => {
                    let (shown, asked) =
                        (shown.with_file_name(place.file_name().unwrap_or_default()), shown.to_owned());
                    return Ok(Staging { reservation, to: place, shown, asked, replaces: None, _way: way });
                }
                Taken::Elsewhere(owner) if !force => return Err(under_way(to, owner)),
                Taken::Here(_) | Taken::Elsewhere(_) => {}
            }
        }
        Err(not_written(to, &std::io::Error::other("no place beside it is free")))
    }

    /// Begins a run directory at the first free of the places `run-1`, `run-2`, … in a folder.
    pub fn begin_next(folder: &Path) -> Problematic<Staging> {
        let places = (1u64..).map(|number| folder.join(format!("run-{number}")));
        for shown in places.filter(|place| place.symlink_metadata().is_err()) {
            let (to, way) = way_to(&shown)?;
            match take(&to).map_err(|error| not_written(&shown, &error))? {
                // It may have been filled between the look at it and the taking.
                Taken::Here(reservation) if to.symlink_metadata().is_err() => {
                    let asked = shown.clone();
                    return Ok(Staging { reservation, to, shown, asked, replaces: None, _way: way });
                }
                Taken::Here(_) | Taken::Elsewhere(_) => {}
            }
        }
        Err(not_written(folder, &std::io::Error::other("no place in it is free")))
    }

    /// Where it is to stand.
    pub fn place(&self) -> &Path {
        &self.shown
    }

    /// A file of the directory to write a table to, and one beside it for the same rows as Parquet.
    #[cfg(feature = "parquet")]
    pub fn create_with_parquet(&self, table: Table) -> std::io::Result<Outlet> {
        let file = fs::File::create(self.reservation.made().join(format!("{}.parquet", table.name())))?;
        Ok(self.create(table)?.and(super::Parquet::begin(table, BufWriter::new(file))?))
    }

    /// A file of the directory to write a table to.
    pub fn create(&self, table: Table) -> std::io::Result<Outlet> {
        let file = fs::File::create(self.reservation.made().join(table.file()))?;
        Ok(Outlet::csv(BufWriter::with_capacity(1 << 16, file)))
    }

    /// Adds the manifest, the data package, the sums and the scenario, and puts the directory in its place; tells where it
    /// stands. The manifest is given the fingerprints of all other files.
    pub fn publish(self, manifest: &Manifest, recording: &Recording, checked: &Checked) -> Problematic<Published> {
        let mut manifest = manifest.clone();
        let mut write_all = || -> std::io::Result<()> {
            for (name, text) in checked.resolved.files() {
                self.write(&name, text.as_bytes())?;
            }
            self.write(PARTIAL, Partial::of(&manifest, recording).text().as_bytes())?;
            let known = recording
                .tables
                .iter()
                .map(|(table, sha256, bytes)| (table.file(), Fingerprint { sha256: sha256.clone(), bytes: *bytes }));
            let mut files = fingerprint::of_folder(&self.reservation.made(), &known.collect::<BTreeMap<_, _>>())?;
            let package = "datapackage.json";
            self.write(package, &json(&datapackage::describe(&manifest, &files))?)?;
            files.insert(package.to_owned(), fingerprint::of_file(&self.reservation.made().join(package))?);
            manifest.files = files.into_iter().map(|(name, fingerprint)| (name, fingerprint.sha256)).collect();
            // The last: a directory with a manifest is complete.
            self.write(MANIFEST, &json(&manifest)?)
        };
        written(write_all(), &self.shown)?;
        self.settle()
    }

    /// Puts these files, each a name and its text, into the directory and the directory in its place; tells where it
    /// stands.
    pub fn publish_files(self, files: &[(&str, String)]) -> Problematic<Published> {
        let all = files.iter().try_for_each(|(name, text)| self.write(name, text.as_bytes()));
        written(all, &self.shown)?;
        self.settle()
    }

    /// Puts a file, its name and its bytes, into the directory.
    pub fn add(&self, name: &str, bytes: &[u8]) -> Problematic<()> {
        written(self.write(name, bytes), &self.shown.join(name))
    }

    fn write(&self, name: &str, bytes: &[u8]) -> std::io::Result<()> {
        let path = self.reservation.made().join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, bytes)
    }

    /// Puts what was made in its place, or beside it where something that it may not replace has got there since. Where
    /// even that fails it is left where it was made: nothing that was computed is thrown away.
    fn settle(self) -> Problematic<Published> {
        match self.put() {
            Ok(place) => {
                let place = self.shown.with_file_name(place.file_name().unwrap_or_default());
                let instead_of = (place != self.asked).then(|| self.asked.clone());
                Ok(Published { place, instead_of })
            }
            Err(error) => {
                let what = format!("cannot put what was computed at {}: {error}", self.shown.display());
                let help = format!(
                    "it is complete in {}; move it to where it should stand",
                    self.reservation.made().display()
                );
                self.reservation.leave();
                Err(Problem::new("comity::run::not_written", None, what).help(help).into())
            }
        }
    }

    fn put(&self) -> std::io::Result<PathBuf> {
        let made = self.reservation.made();
        if self.replaces.is_some() && fs::read(self.to.join(MANIFEST)).ok() == self.replaces && self.replace(&made) {
            return Ok(self.to.clone());
        }
        for (beside, place) in names(&self.to).enumerate() {
            let free = match beside {
                // Free, or an empty folder.
                0 => place.symlink_metadata().is_err() || fs::remove_dir(&place).is_ok(),
                _ => place.symlink_metadata().is_err() && matches!(Reservation::take(&place), Ok(Taken::Here(_))),
            };
            match free.then(|| fs::rename(&made, &place)) {
                Some(Ok(())) => return Ok(place),
                // Somebody was quicker.
                Some(Err(_)) if place.symlink_metadata().is_ok() => {}
                Some(Err(error)) => return Err(error),
                None => {}
            }
        }
        Err(std::io::Error::other("no place beside it is free"))
    }

    /// Puts what was made in the place of the run that it replaces, which is kept until that is done; tells whether it
    /// could be done.
    fn replace(&self, made: &Path) -> bool {
        let old = self.reservation.aside();
        if fs::rename(&self.to, &old).is_err() {
            return false;
        }
        if fs::rename(made, &self.to).is_ok() {
            return true;
        }
        // Somebody was quicker: then the old run goes beside, as this one will.
        for place in names(&self.to) {
            if place.symlink_metadata().is_err() && fs::rename(&old, &place).is_ok() {
                break;
            }
        }
        false
    }
}

/// Takes a place. Another run that failed may take the folders away in which it lies: then they are made again.
fn take(place: &Path) -> std::io::Result<Taken> {
    for _ in 0..100 {
        match Reservation::take(place) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => match place.parent() {
                Some(parent) => fs::create_dir_all(parent)?,
                None => return Err(error),
            },
            taken => return taken,
        }
    }
    Reservation::take(place)
}

/// Makes the folders on the way to a place; gives its full path, and what was made.
fn way_to(to: &Path) -> Problematic<(PathBuf, Way)> {
    let parent = match to.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    if let Some(file) = parent.ancestors().find(|above| above.exists() && !above.is_dir()) {
        let what = format!("cannot write {}: {} is not a folder", to.display(), file.display());
        return Err(Problem::new("comity::run::not_written", None, what).help("name another place with --out").into());
    }
    let unwritable = |error: std::io::Error| not_written(to, &error);
    let way = Way::to(parent).map_err(unwritable)?;
    // By its full path: a way through the place itself (`--out ../a` from within `a`) would break when `a` is moved.
    let parent = fs::canonicalize(parent).map_err(unwritable)?;
    let full = match to.file_name() {
        Some(name) => parent.join(name),
        None => fs::canonicalize(to).map_err(unwritable)?,
    };
    Ok((full, way))
}

fn written(result: std::io::Result<()>, place: &Path) -> Problematic<()> {
    result.map_err(|error| not_written(place, &error))
}

fn json(value: &impl serde::Serialize) -> std::io::Result<Vec<u8>> {
    let mut text = serde_json::to_vec_pretty(value)?;
    text.push(b'\n');
    Ok(text)
}

/// The manifest of the run that is to be replaced, where one stands at a place; a problem where something stands there that
/// may not be.
fn free_or_replaceable(to: &Path, force: bool) -> Problematic<Option<Vec<u8>>> {
    let taken = |what: &str, help: &str| {
        Err(Problem::new("comity::run::exists", None, format!("{} {what}", to.display())).help(help).into())
    };
    if !to.exists() {
        return Ok(None);
    }
    if !to.is_dir() {
        return taken("is not a folder", "name another place with --out");
    }
    let empty = fs::read_dir(to).map_err(|error| not_written(to, &error))?.next().is_none();
    match (empty, fs::read(to.join(MANIFEST)).ok(), force) {
        (true, ..) => Ok(None),
        (false, Some(manifest), true) => Ok(Some(manifest)),
        (false, Some(_), false) => {
            taken("already holds a run", "name another place with --out, or replace it with --force")
        }
        (false, None, _) => {
            taken("is not empty and holds no run", "name another place with --out; --force replaces only runs")
        }
    }
}

/// The problem of a place to which another run is on its way.
fn under_way(to: &Path, owner: Option<String>) -> Problems {
    let by = owner.map_or_else(|| "another process".to_owned(), |id| format!("process {id}"));
    let what = format!("{by} is still writing a run to {}", to.display());
    Problem::new("comity::run::exists", None, what)
        .help(
            "wait until it has ended, or name another place with --out; with --force this run is kept beside that one",
        )
        .into()
}

/// The problem of not being able to write to a place.
pub fn not_written(to: &Path, error: &std::io::Error) -> Problems {
    Problem::new("comity::run::not_written", None, format!("cannot write {}: {error}", to.display()))
        .help("nothing was left behind; make room there, or name another place with --out")
        .into()
}
