//! Where a run directory stands: staged beside its place, put there complete by one rename, read back later.

use std::fs;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use super::datapackage;
use super::manifest::{FORMAT, MANIFEST, Manifest};
use super::recorder::Recording;
use super::tables::Table;
use crate::scenario::check::{self, Checked};
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::source::Disk;

/// What reading and writing run directories gives.
pub type Problematic<T> = Result<T, Problems>;

/// A run directory in the making. Dropped before [`publish`](Staging::publish), it leaves nothing behind.
pub struct Staging {
    folder: tempfile::TempDir,
    to: PathBuf,
    replace: bool,
    /// Dropped after the folder that stands at its end.
    _way: Way,
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
    /// so, and only where it is a run directory.
    pub fn begin(to: &Path, force: bool) -> Problematic<Staging> {
        let replace = free_or_replaceable(to, force)?;
        let parent = match to.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        if let Some(file) = parent.ancestors().find(|above| above.exists() && !above.is_dir()) {
            let what = format!("cannot write {}: {} is not a folder", to.display(), file.display());
            return Err(Problem::new("comity::run::not_written", None, what)
                .help("name another place with --out")
                .into());
        }
        let unwritable = |error: std::io::Error| not_written(to, &error);
        let way = Way::to(parent).map_err(unwritable)?;
        // By its full path: a way through the place itself (`--out ../a` from within `a`) would break when `a` is moved.
        let parent = fs::canonicalize(parent).map_err(unwritable)?;
        let to = match to.file_name() {
            Some(name) => parent.join(name),
            None => fs::canonicalize(to).map_err(unwritable)?,
        };
        let folder = tempfile::Builder::new().prefix(".comity-").tempdir_in(&parent).map_err(unwritable)?;
        Ok(Staging { folder, to, replace, _way: way })
    }

    /// A file of the directory to write a table to, and one beside it for the same rows as Parquet.
    #[cfg(feature = "parquet")]
    pub fn create_with_parquet(&self, table: Table) -> std::io::Result<Box<dyn Write + Send>> {
        let file = fs::File::create(self.folder.path().join(format!("{}.parquet", table.name())))?;
        Ok(Box::new(super::Beside::new(table, self.create(table)?, Box::new(BufWriter::new(file)))?))
    }

    /// A file of the directory to write a table to.
    pub fn create(&self, table: Table) -> std::io::Result<Box<dyn Write + Send>> {
        Ok(Box::new(BufWriter::with_capacity(1 << 16, fs::File::create(self.folder.path().join(table.file()))?)))
    }

    /// Adds the manifest, the data package, the scenario and what else there is, each a name and its text, and puts the
    /// directory in its place.
    pub fn publish(
        self,
        manifest: &Manifest,
        recording: &Recording,
        checked: &Checked,
        beside: &[(&str, String)],
    ) -> Problematic<()> {
        let package = datapackage::describe(manifest, recording);
        let write_all = || -> std::io::Result<()> {
            for (name, text) in checked.resolved.files() {
                self.write(&name, text.as_bytes())?;
            }
            beside.iter().try_for_each(|(name, text)| self.write(name, text.as_bytes()))?;
            self.write("datapackage.json", &json(&package)?)?;
            self.write(MANIFEST, &json(manifest)?)
        };
        write_all().and_then(|()| self.settle()).map_err(|error| not_written(&self.to, &error))
    }

    /// Puts these files, each a name and its text, into the directory and the directory in its place.
    pub fn publish_files(self, files: &[(&str, String)]) -> Problematic<()> {
        let written = files.iter().try_for_each(|(name, text)| self.write(name, text.as_bytes()));
        written.and_then(|()| self.settle()).map_err(|error| not_written(&self.to, &error))
    }

    fn write(&self, name: &str, bytes: &[u8]) -> std::io::Result<()> {
        let path = self.folder.path().join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, bytes)
    }

    /// Puts the staged folder in its place; what it replaces is kept until that is done.
    fn settle(&self) -> std::io::Result<()> {
        open_to_readers(self.folder.path())?;
        if !self.to.exists() {
            return fs::rename(self.folder.path(), &self.to);
        }
        if !self.replace {
            // An empty folder; this fails if something has appeared in it since.
            fs::remove_dir(&self.to)?;
            return fs::rename(self.folder.path(), &self.to);
        }
        let old = self.folder.path().with_extension("old");
        fs::rename(&self.to, &old)?;
        if let Err(error) = fs::rename(self.folder.path(), &self.to) {
            fs::rename(&old, &self.to)?;
            return Err(error);
        }
        fs::remove_dir_all(&old)
    }
}

/// Temporary folders are private; a run directory is as readable as any other.
#[cfg(unix)]
fn open_to_readers(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755))
}
#[cfg(not(unix))]
fn open_to_readers(_: &Path) -> std::io::Result<()> {
    Ok(())
}

fn json(value: &impl serde::Serialize) -> std::io::Result<Vec<u8>> {
    let mut text = serde_json::to_vec_pretty(value)?;
    text.push(b'\n');
    Ok(text)
}

/// Whether what stands at a place is to be replaced; a problem where it may not be.
fn free_or_replaceable(to: &Path, force: bool) -> Problematic<bool> {
    let taken = |what: &str, help: &str| {
        Err(Problem::new("comity::run::exists", None, format!("{} {what}", to.display())).help(help).into())
    };
    if !to.exists() {
        return Ok(false);
    }
    if !to.is_dir() {
        return taken("is not a folder", "name another place with --out");
    }
    let empty = fs::read_dir(to).map_err(|error| not_written(to, &error))?.next().is_none();
    match (empty, to.join(MANIFEST).is_file(), force) {
        (true, ..) => Ok(false),
        (false, true, true) => Ok(true),
        (false, true, false) => {
            taken("already holds a run", "name another place with --out, or replace it with --force")
        }
        (false, false, _) => {
            taken("is not empty and holds no run", "name another place with --out; --force replaces only runs")
        }
    }
}

/// The problem of not being able to write to a place.
pub fn not_written(to: &Path, error: &std::io::Error) -> Problems {
    Problem::new("comity::run::not_written", None, format!("cannot write {}: {error}", to.display()))
        .help("nothing was left behind; make room there, or name another place with --out")
        .into()
}

/// A run directory to read.
pub struct RunDirectory {
    /// Where it stands.
    pub path: PathBuf,
    /// What was run.
    pub manifest: Manifest,
    /// The scenario, as it was run.
    pub checked: Checked,
}

impl RunDirectory {
    /// Opens a run directory.
    pub fn open(path: &Path) -> Problematic<RunDirectory> {
        let broken = |what: String, help: &str| {
            Problems::from(
                Problem::new("comity::run::unreadable", None, format!("{} {what}", path.display())).help(help),
            )
        };
        let text = fs::read_to_string(path.join(MANIFEST)).map_err(|error| {
            broken(
                format!("is no run directory: {MANIFEST}: {error}"),
                "name a directory that `comity run` has written",
            )
        })?;
        let written: serde_json::Value = serde_json::from_str(&text)
            .map_err(|error| broken(format!("has a damaged {MANIFEST}: {error}"), "run the scenario again"))?;
        if written["format"] != FORMAT {
            let format = &written["format"];
            return Err(broken(
                format!("has layout {format}, and this is comity {}, which reads {FORMAT}", env!("CARGO_PKG_VERSION")),
                "use the version of comity that wrote it",
            ));
        }
        let manifest: Manifest = serde_json::from_value(written)
            .map_err(|error| broken(format!("has a damaged {MANIFEST}: {error}"), "run the scenario again"))?;
        if manifest.shard.first > manifest.shard.end || manifest.shard.end > manifest.replications {
            return Err(broken(format!("has a damaged {MANIFEST}: its shard does not fit"), "run the scenario again"));
        }
        let checked = check::load(&path.join("scenario.toml").to_string_lossy(), &[], &Disk)?;
        Ok(RunDirectory { path: path.to_owned(), manifest, checked })
    }

    /// The rows of one replication as a table of the run has them; none where the table was not written.
    pub fn rows(&self, table: Table, replication: u64) -> Problematic<Option<String>> {
        let path = self.path.join(table.file());
        if !self.manifest.tables.iter().any(|written| written == table.name()) {
            return Ok(None);
        }
        let unreadable = |error: csv::Error| {
            Problems::from(
                Problem::new("comity::run::unreadable", None, format!("cannot read {}: {error}", path.display()))
                    .help("`comity verify` tells whether the run is as it was written"),
            )
        };
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(&path).map_err(unreadable)?;
        let mut found = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        let wanted = replication.to_string();
        let mut seen = false;
        let mut record = csv::ByteRecord::new();
        while reader.read_byte_record(&mut record).map_err(unreadable)? {
            if record.get(0) == Some(wanted.as_bytes()) {
                found.write_byte_record(&record).map_err(unreadable)?;
                seen = true;
            } else if seen {
                break;
            }
        }
        // What is not UTF-8 was not written by comity; it is recorded all the same, and must not pass for missing.
        Ok(found.into_inner().ok().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
    }
}
