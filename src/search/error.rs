//! What may go wrong with the index as a whole; a wrong question is an error of its own (`ask`).

use std::path::{Path, PathBuf};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("there is no search index at {0}; `twindex rebuild` makes one")]
    Missing(PathBuf),
    #[error("the search index at {0} was made by another version of twindex; `twindex rebuild` makes a new one")]
    Outdated(PathBuf),
    #[error("the search index at {path} is broken ({source}); `twindex rebuild` makes a new one")]
    Broken { path: PathBuf, source: tantivy::TantivyError },
    #[error("another process is writing the search index at {0}; try again when it is done")]
    Busy(PathBuf),
    #[error("{path}: {source}")]
    Io { path: PathBuf, source: std::io::Error },
}

impl Error {
    /// Nothing may be written where the index lies.
    pub fn is_read_only(&self) -> bool {
        use std::io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
        matches!(self, Self::Io { source, .. } if matches!(source.kind(), PermissionDenied | ReadOnlyFilesystem))
    }
}

/// An error of the system, with the file or folder that it is about.
pub(super) fn at(path: &Path) -> impl FnOnce(std::io::Error) -> Error {
    let path = path.to_owned();
    |source| Error::Io { path, source }
}
