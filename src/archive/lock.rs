//! One writer at a time, across processes.
//!
//! An advisory lock on `lock` in the state folder (`flock`, `LockFileEx`): the system frees it when its
//! holder ends, however it ends, so nothing is ever left behind to be deleted by hand. The file's text only
//! tells people who holds it.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::Write;
use std::path::PathBuf;

use jiff::Timestamp;

use super::Error;
use crate::home::Home;

/// The right to write, until dropped.
#[derive(Debug)]
pub struct Lock {
    file: File,
}

/// Who holds the lock, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder(String);

impl Lock {
    /// Takes the lock or says who has it; never waits. `what`: the command, for people.
    pub fn acquire(home: &Home, what: &str, since: Timestamp) -> Result<Self, Error> {
        let path = home.lock();
        let failed = |path: &PathBuf| {
            let path = path.clone();
            move |source| Error::Io { path, source }
        };
        std::fs::create_dir_all(home.dir()).map_err(failed(&path))?;
        let file = OpenOptions::new().create(true).write(true).truncate(false).open(&path).map_err(failed(&path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let note = std::fs::read_to_string(&path).unwrap_or_default();
                let holder = note.lines().next().filter(|line| !line.is_empty());
                return Err(Error::Busy { path, holder: Holder(holder.unwrap_or("another program").to_owned()) });
            }
            Err(TryLockError::Error(source)) => return Err(Error::Io { path, source }),
        }
        let mut lock = Self { file };
        lock.tell(what, since).map_err(failed(&path))?;
        Ok(lock)
    }

    fn tell(&mut self, what: &str, since: Timestamp) -> std::io::Result<()> {
        self.file.set_len(0)?;
        writeln!(self.file, "`{what}` (process {} on {}) since {since:.0}", std::process::id(), host())
    }
}

impl Drop for Lock {
    /// The lock itself goes with the file; the text must not name a holder that is gone.
    fn drop(&mut self) {
        if let Err(error) = self.file.set_len(0) {
            tracing::debug!(%error, "the lock file keeps the name of its last holder");
        }
    }
}

impl std::fmt::Display for Holder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A state folder on a network share may be locked from another machine.
fn host() -> String {
    std::fs::read_to_string("/proc/sys/kernel/hostname")
        .ok()
        .or_else(|| std::env::var("HOSTNAME").ok())
        .or_else(|| std::env::var("COMPUTERNAME").ok())
        .map_or_else(|| "this machine".to_owned(), |name| name.trim().to_owned())
}
