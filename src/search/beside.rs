//! An index made beside the one of a folder, which it then takes the place of.
//!
//! Whoever asks meanwhile is answered by the index of before, and goes on with its files when they are gone from the folder. The two
//! change places in one step of the system, so that a kill at any moment leaves one of them whole; where the file system cannot do
//! that, nothing stands in the place for a moment, and the next who looks makes an index anew. One writer at a time: the lock
//! is held until the place is taken. Refuses: what an index holds.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, RenameFlags, renameat_with};
use tantivy::Directory;
use tantivy::directory::META_LOCK;

use super::error::{Error, at};
use super::folder::{Folder, Reading};
use super::write;
use crate::record::Record;

/// A whole index that nobody asks yet. Dropped, it is left for the next writer to remove.
#[derive(Debug)]
pub struct Beside {
    dir: PathBuf,
    written: usize,
    _lock: File,
}

impl Beside {
    pub(super) fn build(dir: &Path, revision: u64, records: impl IntoIterator<Item = Record>) -> Result<Self, Error> {
        let lock = lock(dir)?;
        let beside = sibling(dir, "new");
        remove(&beside)?;
        fs::create_dir_all(&beside).map_err(at(&beside))?;
        let written = write::build(&beside, revision, records).map_err(|source| Error::Broken { path: beside, source })?;
        Ok(Self { dir: dir.to_owned(), written, _lock: lock })
    }

    /// Takes the place of the index of before, which is removed; says how many records there are.
    ///
    /// # Errors
    /// The system's own; the index of before answers then.
    pub fn take_place(self) -> Result<usize, Error> {
        let (dir, beside) = (&self.dir, sibling(&self.dir, "new"));
        if dir.exists() {
            change_places(dir, &beside)?;
        } else {
            fs::rename(&beside, dir).map_err(at(dir))?;
        }
        // What was removed cannot come back in the place of what stands there.
        if let Some(home) = dir.parent() {
            File::open(home).and_then(|home| home.sync_all()).map_err(at(home))?;
        }
        remove(&beside)?;
        Ok(self.written)
    }
}

/// Puts each of two folders in the place of the other.
fn change_places(dir: &Path, beside: &Path) -> Result<(), Error> {
    // Nobody is between the list of files and the files of the index of before.
    let reading = Folder::open(dir, Reading::Windowed).ok().and_then(|folder| folder.acquire_lock(&META_LOCK).ok());
    if renameat_with(CWD, beside, CWD, dir, RenameFlags::EXCHANGE).is_err() {
        let old = sibling(dir, "old");
        remove(&old)?;
        fs::rename(dir, &old).map_err(at(dir))?;
        fs::rename(beside, dir).map_err(at(dir))?;
        fs::rename(&old, beside).map_err(at(&old))?;
    }
    drop(reading);
    Ok(())
}

/// Held while the index is written; freed when the process ends, however it ends.
pub(super) fn lock(dir: &Path) -> Result<File, Error> {
    let path = sibling(dir, "lock");
    if let Some(home) = dir.parent() {
        fs::create_dir_all(home).map_err(at(home))?;
    }
    let file = File::create(&path).map_err(at(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::Busy(dir.to_owned())),
        Err(TryLockError::Error(source)) => Err(Error::Io { path, source }),
    }
}

/// `search` → `search.new`.
fn sibling(dir: &Path, suffix: &str) -> PathBuf {
    let mut name = dir.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(suffix);
    dir.with_file_name(name)
}

fn remove(dir: &Path) -> Result<(), Error> {
    match fs::remove_dir_all(dir) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Error::Io { path: dir.to_owned(), source: error }),
        _ => Ok(()),
    }
}
