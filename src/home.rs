//! The state folder: the names of what lies in it, and whose it is.
//!
//! `pages/` cannot be had again; `archive.db` is made from it, `search/` from `archive.db`. A folder that the demo made is
//! emptied by the next demo, so a real crawl stays out of it, and the demo out of a real folder. Refuses: what the files
//! hold.

use std::path::{Path, PathBuf};

/// Marks a folder that the demo made and may empty.
const DEMO_MARK: &str = "demo";

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    dir: PathBuf,
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("cannot use the state folder {path}")]
    Io { path: PathBuf, source: std::io::Error },
    #[error(
        "{path} was made by `twindex demo`, which empties it the next time: pass another folder with --home DIR, or set home in the configuration"
    )]
    Demo { path: PathBuf },
    #[error("{path} holds something that the demo did not make: pass another folder with --home DIR")]
    NotDemo { path: PathBuf },
}

impl Home {
    pub fn at(dir: impl Into<PathBuf>) -> Self {
        Self { dir: dir.into() }
    }

    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The WARC files, which cannot be had again.
    pub fn pages(&self) -> PathBuf {
        self.dir.join("pages")
    }

    pub fn archive(&self) -> PathBuf {
        self.dir.join("archive.db")
    }

    /// Changes of the archive that are not in it yet (SQLite, write-ahead log).
    pub fn journal(&self) -> PathBuf {
        self.dir.join("archive.db-wal")
    }

    /// The archive that a rebuild took the place of, where something was lost by it.
    pub fn before(&self) -> PathBuf {
        self.dir.join("archive.db.before")
    }

    /// The archive that a rebuild is making, or made and did not put in place.
    pub fn rebuilt(&self) -> PathBuf {
        self.dir.join("archive.db.rebuilt")
    }

    /// The search index.
    pub fn search(&self) -> PathBuf {
        self.dir.join("search")
    }

    /// Searches that a person saved.
    pub fn saved_searches(&self) -> PathBuf {
        self.dir.join("saved.json")
    }

    /// Held by the one writer.
    pub fn lock(&self) -> PathBuf {
        self.dir.join("lock")
    }

    /// Makes the folder if it is not there.
    pub fn make(&self) -> Result<(), Error> {
        std::fs::create_dir_all(&self.dir).map_err(|source| self.failed(source))
    }

    /// Pages were stored here.
    pub fn has_pages(&self) -> bool {
        self.pages().read_dir().is_ok_and(|mut files| files.next().is_some())
    }

    /// Removes the index, which is made again from the archive.
    pub fn forget_search(&self) -> Result<(), Error> {
        match std::fs::remove_dir_all(self.search()) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(self.failed(error)),
            _ => Ok(()),
        }
    }

    /// Refuses the folder of the demo, which would not keep what is put there.
    pub fn refuse_demo(&self) -> Result<(), Error> {
        if self.dir.join(DEMO_MARK).exists() { Err(Error::Demo { path: self.dir.clone() }) } else { Ok(()) }
    }

    /// Empties a folder of the demo, or makes one; nothing that the demo did not make is ever removed.
    pub fn make_demo(&self) -> Result<(), Error> {
        if self.dir.join(DEMO_MARK).exists() {
            std::fs::remove_dir_all(&self.dir).map_err(|source| self.failed(source))?;
        } else if self.dir.read_dir().is_ok_and(|mut entries| entries.next().is_some()) {
            return Err(Error::NotDemo { path: self.dir.clone() });
        }
        self.make()?;
        let mark = "made by `twindex demo`, which empties this folder\n";
        std::fs::write(self.dir.join(DEMO_MARK), mark).map_err(|source| self.failed(source))
    }

    fn failed(&self, source: std::io::Error) -> Error {
        Error::Io { path: self.dir.clone(), source }
    }
}
