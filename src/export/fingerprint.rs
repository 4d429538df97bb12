//! Fingerprints of files: SHA-256 and size.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::recorder::hex;

/// SHA-256 (in hexadecimal) and size (in bytes) of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// SHA-256.
    pub sha256: String,
    /// Size.
    pub bytes: u64,
}

/// The fingerprint of a file.
pub fn of_file(path: &Path) -> std::io::Result<Fingerprint> {
    let (mut hash, mut bytes) = (Sha256::new(), 0);
    let mut file = BufReader::with_capacity(1 << 16, File::open(path)?);
    loop {
        let read = file.fill_buf()?;
        if read.is_empty() {
            return Ok(Fingerprint { sha256: hex(&hash.finalize()), bytes });
        }
        hash.update(read);
        let read = read.len();
        bytes += read as u64;
        file.consume(read);
    }
}

/// SHA-256 of a file as it would be with plain line feeds, as comity writes them, in place of carriage return and line feed.
pub fn with_plain_line_feeds(path: &Path) -> std::io::Result<String> {
    let mut hash = Sha256::new();
    let mut file = BufReader::with_capacity(1 << 16, File::open(path)?);
    let mut line = Vec::new();
    while file.read_until(b'\n', &mut line)? > 0 {
        match line.strip_suffix(b"\r\n") {
            Some(text) => {
                hash.update(text);
                hash.update(b"\n");
            }
            None => hash.update(&line),
        }
        line.clear();
    }
    Ok(hex(&hash.finalize()))
}

/// The fingerprints of all files below a folder, by their names from there, with `/` between folders. Those that are
/// `known` are not read again.
pub fn of_folder(
    folder: &Path,
    known: &BTreeMap<String, Fingerprint>,
) -> std::io::Result<BTreeMap<String, Fingerprint>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![(folder.to_owned(), String::new())];
    while let Some((folder, prefix)) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                folders.push((entry.path(), format!("{name}/")));
            } else {
                let fingerprint = known.get(&name).cloned().map_or_else(|| of_file(&entry.path()), Ok)?;
                found.insert(name, fingerprint);
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_line_ends_are_seen_through() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.csv");
        let hashes = |text: &str| {
            fs::write(&path, text).unwrap();
            (of_file(&path).unwrap().sha256, with_plain_line_feeds(&path).unwrap())
        };
        let (plain, same) = hashes("a,b\n1,2\n");
        // `printf 'a,b\n1,2\n' | sha256sum`
        assert_eq!(plain, "492d5ea496056f1a6a6592241032fab764c321596317930b4fa0e1e8bc3b7470");
        assert_eq!(plain, same);
        for (text, is_same) in
            [("a,b\r\n1,2\r\n", true), ("a,b\r\n1,2\n", true), ("a,b\r\n1,3\r\n", false), ("a,b\r1,2\r", false)]
        {
            let (hash, through) = hashes(text);
            assert!(hash != plain && (through == plain) == is_same, "{text:?}");
        }
    }

    #[test]
    fn every_file_below_a_folder_is_found_and_a_known_one_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("tables/deep")).unwrap();
        for name in ["b.csv", "a.csv", "tables/deep/c.csv"] {
            fs::write(folder.path().join(name), name).unwrap();
        }
        let told = Fingerprint { sha256: "told".into(), bytes: 7 };
        let found = of_folder(folder.path(), &BTreeMap::from([("a.csv".to_owned(), told.clone())])).unwrap();
        assert_eq!(found.keys().collect::<Vec<_>>(), ["a.csv", "b.csv", "tables/deep/c.csv"]);
        assert_eq!((&found["a.csv"], found["b.csv"].bytes), (&told, 5));
    }
}
