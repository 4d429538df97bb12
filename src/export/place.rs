//! The place of a run: taken at the start by one process alone, and free again when that process is gone.
//!
//! A place `NAME` is taken by the folder `.comity-NAME` beside it, in which everything is made, and within it by a lock on
//! the file `lock`. The system gives up a lock with the process that holds it, however it ends. So a folder without a
//! locked file is what somebody left who was killed: whoever takes the place next clears it away. A folder with a locked
//! file is never touched.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, TryLockError};
use std::io::{Error, ErrorKind, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::manifest::MANIFEST;
use super::recorder::hex;

/// File that is locked as long as a place is taken.
const LOCK: &str = "lock";
/// Folder in which a run is made.
const MADE: &str = "made";
/// Longest name that is told in full by that of its folder (in bytes); file systems know no more than 255.
const NAME: usize = 200;

/// A place that nobody else writes to as long as this lives. Dropped, it leaves nothing beside the place.
pub struct Reservation {
    folder: PathBuf,
    /// Locked.
    lock: Option<File>,
}

/// What became of an attempt to take a place.
pub enum Taken {
    /// It is ours.
    Here(Reservation),
    /// Somebody has it who is still at work: the process, where that is known.
    Elsewhere(Option<String>),
}

impl Reservation {
    /// Takes a place, in a folder that exists.
    pub fn take(place: &Path) -> std::io::Result<Taken> {
        let folder = place.with_file_name(folder_of(place.file_name().unwrap_or_default()));
        // Somebody may leave, and clear the folder away, between any two steps: then they are done again.
        for _ in 0..1_000 {
            let is_new = match fs::create_dir(&folder) {
                Ok(()) => true,
                Err(error) if error.kind() == ErrorKind::AlreadyExists => false,
                Err(error) => return Err(error),
            };
            let path = folder.join(LOCK);
            let mut lock = match File::options().create(true).truncate(false).write(true).open(&path) {
                Ok(lock) => lock,
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                // Somebody else's, in a folder that is shared: only they can tell whether it is left.
                Err(error) if error.kind() == ErrorKind::PermissionDenied && !is_new => {
                    return Ok(Taken::Elsewhere(None));
                }
                Err(error) => return Err(error),
            };
            match lock.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Ok(Taken::Elsewhere(owner(&path))),
                // A file system without locks: a new folder is ours, one that was there may be somebody's.
                Err(TryLockError::Error(_)) if is_new => {}
                Err(TryLockError::Error(_)) => return Ok(Taken::Elsewhere(None)),
            }
            // A lock on a file that was cleared away, or made anew since, holds nothing.
            if !is_same(&lock, &path) {
                continue;
            }
            // For people; what cannot be noted is not told.
            let _ = lock.set_len(0).and_then(|()| write!(lock, "{}", std::process::id()));
            let reservation = Reservation { folder, lock: Some(lock) };
            reservation.clear(place)?;
            fs::create_dir(reservation.made())?;
            return Ok(Taken::Here(reservation));
        }
        Err(Error::other("others keep taking this place and leaving it"))
    }

    /// The folder in which the run is made.
    pub fn made(&self) -> PathBuf {
        self.folder.join(MADE)
    }

    /// A path beside that folder, for what it replaces.
    pub fn aside(&self) -> PathBuf {
        self.folder.join("replaced")
    }

    /// Leaves what was made where it is, free to be taken: whoever takes the place next finds it complete.
    pub fn leave(mut self) {
        self.lock = None;
        std::mem::forget(self);
    }

    /// Clears away what somebody left who was killed. A run that was complete by then is put where it was to stand, or
    /// beside that.
    fn clear(&self, place: &Path) -> std::io::Result<()> {
        if self.made().join(MANIFEST).is_file() {
            for name in names(place) {
                if name.symlink_metadata().is_err() && fs::rename(self.made(), name).is_ok() {
                    break;
                }
            }
        }
        self.empty()
    }

    /// Removes everything but the lock.
    fn empty(&self) -> std::io::Result<()> {
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            match path.symlink_metadata()?.is_dir() {
                true => fs::remove_dir_all(path)?,
                false if path.ends_with(LOCK) => {}
                false => fs::remove_file(path)?,
            }
        }
        Ok(())
    }
}

impl Drop for Reservation {
    fn drop(&mut self) {
        // What cannot be removed is cleared away by whoever takes the place next. The lock is the last to go: a folder
        // without one may be taken at once, and then it is not empty.
        let _ = self.empty();
        let _ = fs::remove_file(self.folder.join(LOCK));
        drop(self.lock.take());
        let _ = fs::remove_dir(&self.folder);
    }
}

/// The name of the folder that takes a place; of a long name a hash.
fn folder_of(name: &OsStr) -> OsString {
    let mut folder = OsString::from(".comity-");
    match name.len() <= NAME {
        true => folder.push(name),
        false => folder.push(&hex(&Sha256::digest(name.as_encoded_bytes()))[..32]),
    }
    folder
}

/// Whether a path still leads to an open file.
fn is_same(file: &File, path: &Path) -> bool {
    let open = file.try_clone().and_then(same_file::Handle::from_file);
    open.and_then(|open| Ok(open == same_file::Handle::from_path(path)?)).unwrap_or(false)
}

/// The process that holds a lock, as far as it can be read.
fn owner(lock: &Path) -> Option<String> {
    let text = fs::read_to_string(lock).ok()?;
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())).then_some(text)
}

/// A place and those beside it, in the order in which they are tried: `run`, `run-2`, `run-3`, …
pub fn names(place: &Path) -> impl Iterator<Item = PathBuf> {
    let numbered = |number: u64| {
        let mut name = place.file_name().unwrap_or_default().to_owned();
        name.push(format!("-{number}"));
        place.with_file_name(name)
    };
    std::iter::once(place.to_owned()).chain((2..).map(numbered))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn here(place: &Path) -> Option<Reservation> {
        match Reservation::take(place).unwrap() {
            Taken::Here(reservation) => Some(reservation),
            Taken::Elsewhere(_) => None,
        }
    }

    #[test]
    fn a_taken_place_is_not_taken_twice_and_is_free_again_without_a_trace() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("run");
        let first = here(&place).expect("free");
        fs::write(first.made().join("runs.csv"), "mine").unwrap();
        for _ in 0..3 {
            let Taken::Elsewhere(owner) = Reservation::take(&place).unwrap() else { panic!("taken twice") };
            assert!(cfg!(windows) || owner == Some(std::process::id().to_string()));
        }
        assert_eq!(fs::read_to_string(first.made().join("runs.csv")).unwrap(), "mine", "what is made is not touched");
        assert!(here(&folder.path().join("other")).is_some(), "another place is free");
        drop(first);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        assert!(here(&place).is_some());
    }

    #[test]
    fn of_many_at_once_one_has_the_place_at_any_time() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("run");
        let (inside, had) = (std::sync::atomic::AtomicUsize::new(0), std::sync::atomic::AtomicUsize::new(0));
        let order = std::sync::atomic::Ordering::SeqCst;
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..200 {
                        let Ok(Taken::Here(reservation)) = Reservation::take(&place) else { continue };
                        assert_eq!(inside.fetch_add(1, order), 0, "two have the place");
                        fs::write(reservation.made().join("runs.csv"), "mine").unwrap();
                        std::thread::yield_now();
                        assert!(reservation.made().join("runs.csv").is_file(), "somebody cleared it away");
                        inside.fetch_sub(1, order);
                        had.fetch_add(1, order);
                    }
                });
            }
        });
        assert!(had.into_inner() > 8);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn what_was_left_by_the_killed_is_cleared_away_and_what_was_complete_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("run");
        let left = folder.path().join(".comity-run");
        // Left before there was a lock, half way, and complete.
        for (files, kept) in [(&[][..], false), (&["runs.csv"], false), (&["runs.csv", MANIFEST], true)] {
            fs::create_dir_all(left.join(MADE)).unwrap();
            files.iter().for_each(|file| fs::write(left.join(MADE).join(file), "old").unwrap());
            let reservation = here(&place).expect("nobody is there");
            assert_eq!(fs::read_dir(reservation.made()).unwrap().count(), 0, "it begins anew");
            assert_eq!(place.join(MANIFEST).is_file(), kept, "{files:?}");
        }
    }

    #[test]
    fn names_of_any_length_have_a_folder_and_different_ones_different_folders() {
        let long = |end: &str| folder_of(OsStr::new(&("n".repeat(250) + end)));
        assert!(long("a").len() < 60 && long("a") != long("b"));
        assert_eq!(folder_of(OsStr::new("run-1")), ".comity-run-1");
        let beside: Vec<PathBuf> = names(Path::new("a/run")).take(3).collect();
        assert_eq!(beside, ["a/run", "a/run-2", "a/run-3"].map(PathBuf::from));
    }
}
