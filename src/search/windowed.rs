//! A file read through a window instead of being mapped: the segments of a new index that become one are read once from end to
//! end, and what was mapped for that would count as memory of the process.

use std::fs::File;
use std::io;
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use tantivy::HasLen;
use tantivy::directory::{FileHandle, OwnedBytes};

/// Bytes that are read at once; each file of a merge has such a window.
pub const WINDOW: usize = 32 << 10;

/// A file with the part of it that was read last.
#[derive(Debug)]
pub struct Windowed {
    file: File,
    length: usize,
    /// Where it begins, and its bytes.
    window: Mutex<(usize, Vec<u8>)>,
}

impl Windowed {
    pub fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let length = file.metadata()?.len() as usize;
        Ok(Self { file, length, window: Mutex::default() })
    }

    fn read(&self, range: Range<usize>) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; range.len()];
        self.file.read_exact_at(&mut bytes, range.start as u64)?;
        Ok(bytes)
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
            return self.read(range).map(OwnedBytes::new);
        }
        let mut window = self.window.lock().unwrap_or_else(PoisonError::into_inner);
        let held = window.0..window.0 + window.1.len();
        if range.start < held.start || range.end > held.end {
            let end = (range.start + WINDOW).min(self.length).max(range.end);
            *window = (range.start, self.read(range.start..end)?);
        }
        // A copy: tantivy keeps parts of a file for as long as it is open, and each would keep all of its window.
        Ok(OwnedBytes::new(window.1[range.start - window.0..range.end - window.0].to_vec()))
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
        let file = Windowed::open(&folder.path().join("part")).unwrap();
        assert_eq!(file.len(), bytes.len());
        let far = WINDOW - 5..WINDOW + 5;
        for range in [0..10, 5..9, far, 0..0, 2..bytes.len(), bytes.len() - 3..bytes.len(), 0..1, WINDOW..2 * WINDOW, 1..WINDOW / 2] {
            assert_eq!(file.read_bytes(range.clone()).unwrap().as_slice(), &bytes[range]);
        }
    }
}
