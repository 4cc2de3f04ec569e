//! Where an export goes: standard output, or a path, written as what stands there; or a new folder.
//!
//! A regular file is written beside and renamed into place, with the mode and owner it had, so that a failure leaves the
//! older one whole; a link is followed. What is no regular file (a pipe, a terminal, a device of characters) is written
//! through, and nothing is put beside it. A folder is made beside and put in place when it is whole. Refuses: folders where a file
//! is meant, folders that hold anything, disks, and files that it could only half keep.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

/// Names of standard output that are paths.
const STDOUT: [&str; 4] = ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"];

/// An export's way out.
pub enum Destination {
    Stdout,
    /// Written through.
    Stream(PathBuf),
    File(Replaced),
}

/// A regular file that is to be replaced, or that is not there yet.
pub struct Replaced {
    /// As the user named it.
    pub path: PathBuf,
    /// Behind links.
    target: PathBuf,
    before: Option<Metadata>,
}

impl Destination {
    pub fn of(path: &Path) -> anyhow::Result<Self> {
        if STDOUT.iter().any(|name| path == Path::new(name)) {
            return Ok(Self::Stdout);
        }
        let before = match fs::metadata(path) {
            Ok(found) => Some(found),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error).with_context(|| format!("cannot write {}", path.display())),
        };
        match &before {
            Some(found) if found.is_dir() => bail!("{} is a folder: name a file in it", path.display()),
            Some(found) if is_disk(found) => bail!("{} is a disk: name a file", path.display()),
            Some(found) if !found.is_file() => Ok(Self::Stream(path.to_owned())),
            _ => {
                let target = followed(path).with_context(|| format!("cannot write {}", path.display()))?;
                Ok(Self::File(Replaced { path: path.to_owned(), target, before }))
            }
        }
    }
}

impl Replaced {
    /// Writes beside the file, then puts what was written into its place.
    pub fn write<T>(&self, write: impl FnOnce(&mut BufWriter<File>) -> anyhow::Result<T>) -> anyhow::Result<T> {
        let context = || format!("cannot write {}", self.path.display());
        let (mut file, name) = match self.beside() {
            Ok((file, name)) => (file, Some(name)),
            // The folder may be closed to us while the file is not; then a nameless file holds it until it is whole.
            Err(error) if self.before.is_some() => (tempfile::tempfile().map_err(|_| error).with_context(context)?, None),
            Err(error) => return Err(error).with_context(context),
        };
        let mut buffered = BufWriter::new(file.try_clone().with_context(context)?);
        let done = write(&mut buffered)?;
        buffered.flush().with_context(context)?;
        match name {
            Some(name) if keeps_owner(&file, self.before.as_ref()) => {
                file.sync_all().with_context(context)?;
                name.persist(&self.target).map_err(|error| error.error).with_context(context)?;
            }
            _ => {
                file.rewind().with_context(context)?;
                let mut target = OpenOptions::new().write(true).truncate(true).open(&self.target).with_context(context)?;
                io::copy(&mut file, &mut target).with_context(context)?;
                target.sync_all().with_context(context)?;
            }
        }
        Ok(done)
    }

    /// A new file in the same folder, gone by itself if it is not kept, and with the mode that it is to have.
    fn beside(&self) -> io::Result<(File, tempfile::TempPath)> {
        let folder = self.target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        builder.prefix(".twindex-");
        #[cfg(unix)]
        let open = std::os::unix::fs::PermissionsExt::from_mode(0o666);
        #[cfg(unix)]
        builder.permissions(open);
        let (file, name) = builder.tempfile_in(folder)?.into_parts();
        if let Some(before) = &self.before {
            file.set_permissions(before.permissions())?;
        }
        Ok((file, name))
    }
}

/// Makes a folder beside its place, and puts it there when it is whole; one that holds anything is left alone.
pub fn new_folder<T>(folder: &Path, write: impl FnOnce(&Path) -> anyhow::Result<T>) -> anyhow::Result<T> {
    let context = || format!("cannot write {}", folder.display());
    match fs::read_dir(folder).map(|mut inside| inside.next().is_some()) {
        Ok(true) => bail!("{} is there and not empty: name a new folder", folder.display()),
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error).with_context(context),
        _ => {}
    }
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let beside = tempfile::Builder::new().prefix(".twindex-").tempdir_in(parent).with_context(context)?;
    // A folder of its own, since the outer one is closed to others.
    let made = beside.path().join("made");
    fs::create_dir(&made).with_context(context)?;
    let done = write(&made)?;
    match fs::remove_dir(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error).with_context(context),
        _ => fs::rename(&made, folder).with_context(context)?,
    }
    Ok(done)
}

/// The file behind links, also where the last one leads to none yet.
fn followed(path: &Path) -> io::Result<PathBuf> {
    match fs::canonicalize(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => match fs::read_link(path) {
            Ok(to) => Ok(path.parent().unwrap_or(Path::new("")).join(to)),
            Err(_) => Ok(path.to_owned()),
        },
        found => found,
    }
}

#[cfg(unix)]
fn is_disk(found: &Metadata) -> bool {
    std::os::unix::fs::FileTypeExt::is_block_device(&found.file_type())
}

#[cfg(not(unix))]
fn is_disk(_: &Metadata) -> bool {
    false
}

/// Whether the new file has the owner and group of the old one, and would not part it from its other names.
#[cfg(unix)]
fn keeps_owner(file: &File, before: Option<&Metadata>) -> bool {
    use std::os::unix::fs::{MetadataExt, fchown};
    let (Some(before), Ok(now)) = (before, file.metadata()) else { return before.is_none() };
    let same = (now.uid(), now.gid()) == (before.uid(), before.gid());
    // A change of owner takes special bits of the mode away, so the mode is set once more.
    before.nlink() == 1
        && (same || (fchown(file, Some(before.uid()), Some(before.gid())).is_ok() && file.set_permissions(before.permissions()).is_ok()))
}

#[cfg(not(unix))]
fn keeps_owner(_: &File, _: Option<&Metadata>) -> bool {
    true
}
