//! `comity new`: a commented scenario to start from.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::{Done, terminal};
use crate::scenario::library::Library;
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::source::text_of;

#[derive(Debug, clap::Args)]
pub struct New {
    /// Name or path of the new scenario; `.toml` is added where it is missing
    name: PathBuf,
}

impl New {
    pub fn execute(self) -> Done {
        let mut path = self.name;
        if path.extension().is_none_or(|extension| extension != "toml") {
            path.as_mut_os_string().push(".toml");
        }
        let title = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let text = starter(&title)?;
        let named = path.display();
        let mut file =
            OpenOptions::new().write(true).create_new(true).open(&path).map_err(|error| match error.kind() {
                ErrorKind::AlreadyExists => {
                    Problem::new("comity::run::exists", None, format!("{named} exists already"))
                        .help("choose another name; comity does not overwrite scenarios")
                }
                _ => not_written(&path, &error),
            })?;
        if let Err(error) = file.write_all(text.as_bytes()) {
            // Half a scenario is worse than none; if it cannot be removed either, the message says what is wrong there.
            let _ = std::fs::remove_file(&path);
            return Err(not_written(&path, &error).into());
        }
        let path = path.display();
        terminal::say(&format!(
            "Wrote {path}. Next:\n  comity check {path}\n  comity show {path}\n  comity run {path} --replications 1000"
        ));
        Ok(())
    }
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
