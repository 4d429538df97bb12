//! Where scenario files come from: a folder, or the binary itself.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::problem::{File, Problem, Problems};

/// Largest file that is read (in bytes).
pub const MAX_BYTES: usize = 64 << 20;

/// A place to read files from. Paths use `/` and may climb with `..`.
pub trait Files {
    /// The bytes of a file, or why there are none, as a fragment after "cannot read".
    fn read(&self, path: &str) -> Result<Vec<u8>, String>;

    /// What a path is called when speaking to people.
    fn name(&self, path: &str) -> String {
        path.to_owned()
    }
}

/// Reads a text, or says why it cannot be read.
pub fn text_of(files: &dyn Files, path: &str) -> Result<Arc<File>, Problems> {
    let name = files.name(path);
    let unreadable = |why: String| {
        Problems::from(
            Problem::new("comity::scenario::unreadable", None, format!("cannot read {name}: {why}"))
                .help("check the path; paths of tables are relative to the scenario that names them"),
        )
    };
    let bytes = files.read(path).map_err(&unreadable)?;
    if bytes.len() > MAX_BYTES {
        return Err(unreadable(format!("it is larger than {} MiB", MAX_BYTES >> 20)));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").map(<[u8]>::to_vec).unwrap_or(bytes);
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Arc::new(File { name, text })),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let line = error.as_bytes()[..at].iter().filter(|&&byte| byte == b'\n').count() + 1;
            Err(Problem::new(
                "comity::scenario::not_utf8",
                None,
                format!("{name} is not UTF-8 text: byte {at}, in line {line}, is not valid"),
            )
            .help("save the file as UTF-8 (in a spreadsheet: \"CSV UTF-8\")")
            .into())
        }
    }
}

/// A path beside another: `data/x.csv` beside `scenarios/a.toml` is `scenarios/data/x.csv`.
pub fn beside(path: &str, relative: &str) -> String {
    if relative.starts_with('/') {
        return relative.to_owned();
    }
    match path.rfind('/') {
        Some(end) => format!("{}/{relative}", &path[..end]),
        None => relative.to_owned(),
    }
}

/// Without `.` and inner `..` parts.
pub fn normal(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." if parts.last().is_some_and(|last| !last.is_empty() && *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Texts in memory, by path: for programs, tests and browsers.
#[derive(Clone, Debug, Default)]
pub struct Memory(pub BTreeMap<String, String>);

impl Files for Memory {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        self.0.get(path).map(|text| text.clone().into_bytes()).ok_or_else(|| "there is no such file".into())
    }
}

/// The file system.
#[cfg(feature = "files")]
pub struct Disk;

#[cfg(feature = "files")]
impl Files for Disk {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        use std::io::Read;
        let on_disk = std::path::Path::new(path);
        if on_disk.is_dir() {
            return Err("it is a directory, not a file".into());
        }
        // A device that never ends must not fill the memory: a byte more than is allowed is enough to refuse it.
        let mut bytes = Vec::new();
        let file = std::fs::File::open(on_disk);
        let read = file.and_then(|file| file.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes));
        read.map(|_| bytes).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => "there is no such file".into(),
            std::io::ErrorKind::PermissionDenied => "permission denied".into(),
            _ => error.to_string(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_to_the_file_that_names_them() {
        assert_eq!(beside("scenarios/a.toml", "data/x.csv"), "scenarios/data/x.csv");
        assert_eq!(beside("a.toml", "x.csv"), "x.csv");
        assert_eq!(beside("s/a.toml", "/x.csv"), "/x.csv");
        assert_eq!(normal("scenarios/broken/../data/./x.csv"), "scenarios/data/x.csv");
        assert_eq!(normal("../x.csv"), "../x.csv");
    }
}
