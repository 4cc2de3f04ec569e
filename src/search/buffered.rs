//! The files of an index that is being made, read through a window instead of being mapped: segments that become one are read
//! once from end to end, and what was mapped for that would count as memory of the process.

use std::fs::File;
use std::io;
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{DirectoryLock, FileHandle, Lock, MmapDirectory, OwnedBytes, WatchCallback, WatchHandle, WritePtr};
use tantivy::{Directory, HasLen};

/// Bytes that are read at once.
const WINDOW: usize = 256 << 10;

/// A folder whose files are read through windows.
#[derive(Clone, Debug)]
pub struct Buffered {
    path: PathBuf,
    files: MmapDirectory,
}

impl Buffered {
    pub fn open(path: &Path) -> Result<Self, OpenDirectoryError> {
        Ok(Self { path: path.to_owned(), files: MmapDirectory::open(path)? })
    }
}

impl Directory for Buffered {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let failed = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound => OpenReadError::FileDoesNotExist(path.to_owned()),
            _ => OpenReadError::wrap_io_error(error, path.to_owned()),
        };
        let file = File::open(self.path.join(path)).map_err(failed)?;
        let length = file.metadata().map_err(failed)?.len() as usize;
        Ok(Arc::new(Windowed { file, length, window: Mutex::new((0, OwnedBytes::empty())) }))
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.files.acquire_lock(lock)
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

/// A file with the part of it that was read last.
#[derive(Debug)]
struct Windowed {
    file: File,
    length: usize,
    /// Where it begins, and its bytes.
    window: Mutex<(usize, OwnedBytes)>,
}

impl Windowed {
    fn read(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        let mut bytes = vec![0; range.len()];
        self.file.read_exact_at(&mut bytes, range.start as u64)?;
        Ok(OwnedBytes::new(bytes))
    }
}

impl HasLen for Windowed {
    fn len(&self) -> usize {
        self.length
    }
}

impl FileHandle for Windowed {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.len() > WINDOW / 2 {
            return self.read(range);
        }
        let mut window = self.window.lock().unwrap_or_else(PoisonError::into_inner);
        let held = window.0..window.0 + window.1.len();
        if range.start < held.start || range.end > held.end {
            let end = (range.start + WINDOW).min(self.length).max(range.end);
            *window = (range.start, self.read(range.start..end)?);
        }
        Ok(window.1.slice(range.start - window.0..range.end - window.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_part_of_a_file_is_what_lies_there() {
        let folder = tempfile::tempdir().unwrap();
        let bytes: Vec<u8> = (0..3 * WINDOW as u32 + 17).map(|number| (number % 251) as u8).collect();
        std::fs::write(folder.path().join("part"), &bytes).unwrap();
        let file = Buffered::open(folder.path()).unwrap().get_file_handle(Path::new("part")).unwrap();
        assert_eq!(file.len(), bytes.len());
        let far = WINDOW - 5..WINDOW + 5;
        for range in [0..10, 5..9, far, 0..0, 2..bytes.len(), bytes.len() - 3..bytes.len(), 0..1, WINDOW..2 * WINDOW, 1..WINDOW / 2] {
            assert_eq!(file.read_bytes(range.clone()).unwrap().as_slice(), &bytes[range]);
        }
        let missing = Buffered::open(folder.path()).unwrap().get_file_handle(Path::new("missing"));
        assert!(matches!(missing, Err(OpenReadError::FileDoesNotExist(_))));
    }
}
