//! `comity new`: a commented scenario to start from, or a copy of one with its tables.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::{Done, terminal};
use crate::replay::plural;
use crate::scenario::check;
use crate::scenario::library::Library;
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::source::{Disk, text_of};

#[derive(Debug, clap::Args)]
pub struct New {
    /// Name or path of the new scenario; `.toml` is added where it is missing. With --from, of a folder
    name: PathBuf,
    /// Copy this scenario, shipped or a file, with the tables it names, into a folder
    #[arg(long, value_name = "SCENARIO")]
    from: Option<String>,
}

impl New {
    pub fn execute(self) -> Done {
        match self.from {
            None => start(self.name),
            Some(scenario) => copy(&scenario, &self.name),
        }
    }
}

/// Copies a scenario that holds into a folder that is not there yet: all of it or nothing.
fn copy(scenario: &str, folder: &Path) -> Done {
    let copies = check::load(scenario, &[], &Disk)?.resolved.copies();
    if folder.symlink_metadata().is_ok() {
        return Err(exists(folder).into());
    }
    let parent = match folder.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let write = || -> std::io::Result<()> {
        let staged = tempfile::Builder::new().prefix(".comity-").tempdir_in(parent)?;
        // Temporary folders are private; a new one beside them has the rights that are usual here.
        let whole = staged.path().join("copy");
        for (name, text) in &copies {
            let path = whole.join(name);
            std::fs::create_dir_all(path.parent().unwrap_or(&whole))?;
            std::fs::write(path, text)?;
        }
        std::fs::rename(&whole, folder)
    };
    write().map_err(|error| match folder.symlink_metadata() {
        // Somebody was quicker.
        Ok(_) => exists(folder),
        Err(_) => not_written(folder, &error),
    })?;
    let mut text = format!("Wrote {}", folder.display());
    for (name, content) in &copies {
        let lines = content.lines().count();
        text += &format!("\n  {name} ({})", plural(lines, "line", "lines"));
    }
    let path = folder.join("scenario.toml");
    terminal::say(&format!("{text}\n{}", next(&path)));
    Ok(())
}

/// Writes a scenario to start from.
fn start(name: PathBuf) -> Done {
    let mut path = name;
    if path.extension().is_none_or(|extension| extension != "toml") {
        path.as_mut_os_string().push(".toml");
    }
    let title = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let text = starter(&title)?;
    let mut file = OpenOptions::new().write(true).create_new(true).open(&path).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => exists(&path),
        _ => not_written(&path, &error),
    })?;
    if let Err(error) = file.write_all(text.as_bytes()) {
        // Half a scenario is worse than none; if it cannot be removed either, the message says what is wrong there.
        let _ = std::fs::remove_file(&path);
        return Err(not_written(&path, &error).into());
    }
    terminal::say(&format!("Wrote {}. {}", path.display(), next(&path)));
    Ok(())
}

/// What one would do next with a scenario.
fn next(path: &Path) -> String {
    let path = path.display();
    format!("Next:\n  comity check {path}\n  comity show {path}\n  comity run {path} --replications 1000")
}

fn exists(path: &Path) -> Problem {
    Problem::new("comity::run::exists", None, format!("{} exists already", path.display()))
        .help("choose another name; comity does not overwrite scenarios")
}

fn not_written(path: &Path, error: &std::io::Error) -> Problem {
    Problem::new("comity::run::not_written", None, format!("cannot write {}: {error}", path.display()))
        .help("name a file in a folder that exists and can be written to")
}

/// The scenario `minimal` under another title.
fn starter(title: &str) -> Result<String, Problems> {
    let minimal = text_of(&Library, "minimal.toml")?;
    let body = minimal.text.find("\n[").map_or("", |start| &minimal.text[start..]);
    let title = toml::Value::String(title.to_owned());
    Ok(format!(
        "# A scenario of comity. Every key is explained in docs/scenarios.md; `comity schema` prints the JSON Schema.\n\
         # The countries below are invented: put real ones in their place, with a source beside each number.\n\n\
         title = {title}\nreplications = 1000\nseed = 1\n{body}",
    ))
}
