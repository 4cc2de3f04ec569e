//! The files of another page archive taken into this one, under their own names.
//!
//! A run's file is its identity: records refer to it by name. So the same file is the same run; one that begins like another
//! and ends sooner was copied while its run went on, and the longer one has it all. Two files of one name that differ
//! otherwise are refused before anything is copied. Whatever the order in which archives come, the outcome is the same.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use super::{Error, Pages, SUFFIX, import};

/// What taking files came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// Files that were not here.
    pub new: Vec<String>,
    /// Files of which only the beginning was here.
    pub longer: Vec<String>,
    /// Files that were here.
    pub known: u64,
}

impl Pages {
    /// The folder of another archive, which is never made.
    pub fn of_another(dir: &Path) -> Result<Self, Error> {
        let pages = Self { dir: dir.to_owned() };
        if pages.names()?.iter().any(|name| name.ends_with(SUFFIX)) { Ok(pages) } else { Err(Error::NoPages { path: dir.to_owned() }) }
    }

    /// Takes the files of other archives that this one lacks; all of them or, on an error, none.
    pub fn merge(&self, others: &[Self]) -> Result<Merged, Error> {
        // By name, where the longest copy of each file lies.
        let mut longest: BTreeMap<String, PathBuf> = BTreeMap::new();
        let mut known = 0;
        for other in others {
            for name in other.names()? {
                let theirs = other.path(&name);
                let ours = longest.get(&name).cloned().unwrap_or_else(|| self.path(&name));
                // Where a file of others came from is told once.
                let is_note = !name.ends_with(SUFFIX);
                if !ours.exists() || (!is_note && longer(&ours, &theirs)?) {
                    longest.insert(name, theirs);
                } else {
                    known += u64::from(!is_note);
                }
            }
        }
        let files = || longest.keys().filter(|name| name.ends_with(SUFFIX)).cloned();
        let (longer, new) = files().partition(|name| self.path(name).exists());
        let part = |name: &str| self.path(&format!("{name}.part"));
        let copied = longest.iter().try_for_each(|(name, from)| copy(from, &part(name)));
        if let Err(error) = copied {
            for path in longest.keys().map(|name| part(name)).filter(|path| path.exists()) {
                std::fs::remove_file(&path).map_err(|source| Error::Io { path, source })?;
            }
            return Err(error);
        }
        for name in longest.keys() {
            std::fs::rename(part(name), self.path(name)).map_err(|source| Error::Io { path: self.path(name), source })?;
        }
        Ok(Merged { new, longer, known })
    }

    /// Names of the files of runs and of others, and of what stands beside the latter.
    fn names(&self) -> Result<Vec<String>, Error> {
        let failed = |source| Error::Io { path: self.dir.clone(), source };
        let entries = match std::fs::read_dir(&self.dir) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(Error::NoPages { path: self.dir.clone() }),
            entries => entries.map_err(failed)?,
        };
        let mut names = Vec::new();
        for entry in entries {
            let name = entry.map_err(failed)?.file_name().to_string_lossy().into_owned();
            if name.ends_with(SUFFIX) || (import::is_import(&name) && name.ends_with(import::NOTE)) {
                names.push(name);
            }
        }
        Ok(names)
    }
}

/// Theirs goes on where ours ends. An error if neither is the beginning of the other.
fn longer(ours: &Path, theirs: &Path) -> Result<bool, Error> {
    let open = |path: &Path| File::open(path).map(BufReader::new).map_err(|source| Error::Io { path: path.to_owned(), source });
    let (mut one, mut other) = (open(ours)?, open(theirs)?);
    let (mut a, mut b) = (vec![0; 1 << 16], vec![0; 1 << 16]);
    loop {
        let read = |file: &mut BufReader<File>, into: &mut [u8], path: &Path| {
            fill(file, into).map_err(|source| Error::Io { path: path.to_owned(), source })
        };
        let (had, has) = (read(&mut one, &mut a, ours)?, read(&mut other, &mut b, theirs)?);
        let both = had.min(has);
        if a[..both] != b[..both] {
            return Err(Error::Clash { one: ours.to_owned(), other: theirs.to_owned() });
        }
        if both < a.len() {
            return Ok(has > had);
        }
    }
}

/// Reads until the buffer is full or the file at its end.
fn fill(file: &mut impl Read, into: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < into.len() {
        match file.read(&mut into[filled..])? {
            0 => break,
            read => filled += read,
        }
    }
    Ok(filled)
}

fn copy(from: &Path, to: &Path) -> Result<(), Error> {
    let copied = (|| {
        io::copy(&mut File::open(from)?, &mut File::create(to)?)?;
        File::open(to)?.sync_all()
    })();
    copied.map_err(|source| Error::Io { path: to.to_owned(), source })
}
