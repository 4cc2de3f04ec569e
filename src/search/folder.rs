//! The index's folder: mapped to be asked, read through windows while it is made, and open to those who may not write in it.
//!
//! tantivy takes a lock by creating a file, even to read. Where that is refused, the lock file that is there is locked
//! as it is, and where there is none nobody writes either. Refuses: every write, by the system's own answer.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{DirectoryLock, FileHandle, Lock, MmapDirectory, WatchCallback, WatchHandle, WritePtr};

use super::windowed::Windowed;

/// Files of a folder, locked as far as the reader's rights go.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
    files: MmapDirectory,
    reading: Reading,
}

/// How the files are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    Mapped,
    Windowed,
}

impl Folder {
    pub fn open(path: &Path, reading: Reading) -> Result<Self, OpenDirectoryError> {
        Ok(Self { path: path.to_owned(), files: MmapDirectory::open(path)?, reading })
    }

    fn lock_as_it_is(&self, lock: &Lock) -> io::Result<DirectoryLock> {
        match File::open(self.path.join(&lock.filepath)) {
            Ok(file) => file.lock_shared().map(|()| DirectoryLock::from(Box::new(file))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(DirectoryLock::from(Box::new(()))),
            Err(error) => Err(error),
        }
    }
}

impl Directory for Folder {
    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        match self.files.acquire_lock(lock) {
            Err(LockError::IoError(error))
                if matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem) =>
            {
                self.lock_as_it_is(lock).map_err(|error| LockError::IoError(Arc::new(error)))
            }
            found => found,
        }
    }

    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        if self.reading == Reading::Mapped {
            return self.files.get_file_handle(path);
        }
        match Windowed::open(&self.path.join(path)) {
            Ok(file) => Ok(Arc::new(file)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(OpenReadError::FileDoesNotExist(path.to_owned())),
            Err(error) => Err(OpenReadError::wrap_io_error(error, path.to_owned())),
        }
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.files.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.files.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.files.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.files.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.files.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.files.sync_directory()
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.files.watch(callback)
    }
}
