//! A folder to work in, and what `comity` says when it is called there.

use std::path::{Path, PathBuf};
use std::time::Duration;

/// Longest that any command of a test may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// An empty folder that is gone when the test ends.
pub struct Folder(tempfile::TempDir);

impl Folder {
    pub fn new() -> Self {
        Folder(tempfile::tempdir().expect("a folder for the test"))
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file, with the folders above it.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Self {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, bytes).expect("a file of the test");
        self
    }

    pub fn read(&self, name: &str) -> String {
        let path = self.path(name);
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// Everything below the folder, hidden files too, in order; folders end in `/`.
    pub fn listing(&self) -> Vec<String> {
        let mut found = Vec::new();
        walk(self.0.path(), self.0.path(), &mut found);
        found.sort();
        found
    }

    /// Calls `comity` here.
    pub fn comity(&self, arguments: &[&str]) -> Said {
        let mut command = assert_cmd::Command::from_std(self.command(arguments));
        Said::of(&command.timeout(PATIENCE).output().expect("comity runs"))
    }

    /// `comity` about to be called here, with nothing in its surroundings that tells it how to print.
    pub fn command(&self, arguments: &[&str]) -> std::process::Command {
        comity_in(self.0.path(), arguments)
    }
}

/// Calls `comity` in the root of the repository, where paths of scenarios read as in the documentation.
pub fn at_home(arguments: &[&str]) -> Said {
    let mut command = assert_cmd::Command::from_std(comity_in(home(), arguments));
    Said::of(&command.timeout(PATIENCE).output().expect("comity runs"))
}

/// The root of the repository.
pub fn home() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn comity_in(folder: &Path, arguments: &[&str]) -> std::process::Command {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_comity"));
    command.args(arguments).current_dir(folder).env("COLUMNS", "100");
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR"] {
        command.env_remove(variable);
    }
    command
}

fn walk(root: &Path, folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder to list") {
        let path = entry.expect("an entry").path();
        let name = path.strip_prefix(root).expect("below the root").to_string_lossy().replace('\\', "/");
        if path.is_dir() && !path.is_symlink() {
            found.push(name + "/");
            walk(root, &path, found);
        } else {
            found.push(name);
        }
    }
}

/// How a call ended and what was said.
#[derive(Debug)]
pub struct Said {
    pub status: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Said {
    pub fn of(output: &std::process::Output) -> Said {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("comity speaks UTF-8");
        Said { status: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
    }

    /// It went well.
    #[track_caller]
    pub fn well(self) -> Self {
        assert_eq!(self.status, Some(0), "{}{}", self.out, self.err);
        self
    }

    /// It failed as things fail that comity foresees: with a status, words on standard error that contain `words`, no
    /// result and no panic.
    #[track_caller]
    pub fn fails(self, status: i32, words: &str) -> Self {
        assert_eq!(self.status, Some(status), "{}{}", self.out, self.err);
        assert_eq!(self.out, "", "nothing is a result");
        assert!(self.err.contains(words), "{words:?} is not in:\n{}", self.err);
        assert!(!self.err.contains("panicked"), "{}", self.err);
        self
    }
}
