//! Taking in pages from elsewhere: files of others and the runs of other machines, then walked where they belong in time.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::archive::{self, Lock};
use crate::config::Config;
use crate::home::Home;
use crate::pages::{self, Merged, Pages, Taken};

use super::rebuild::{OnLoss, Rebuilt};
use super::renew::renew;
use super::{Error, Imported};

/// What an import did.
#[derive(Clone, Debug, Default)]
pub struct Import {
    /// Files that were not there before.
    pub new: Vec<String>,
    /// Files that were there before.
    pub known: u64,
    /// What all imported files hold; nothing if no file was new.
    pub imported: Imported,
    /// Where a file could not be read on.
    pub broken: Vec<String>,
    pub rebuilt: Option<Rebuilt>,
}

/// Takes files into the page archive and walks them; if that would lose something, the new files are left out again.
pub fn import(
    home: &Home,
    config: &Config,
    files: &[PathBuf],
    on_loss: OnLoss,
    now: Timestamp,
    tell: &mut dyn FnMut(&str),
) -> Result<Import, Error> {
    home.make()?;
    let _lock = Lock::acquire(home, "import", now)?;
    let pages = Pages::open(&home.pages())?;
    let mut out = Import::default();
    for path in files {
        match pages.take(path, now) {
            Ok(taken) => note(&mut out, path, taken),
            Err(error) => {
                leave_out(&pages, &out.new)?;
                return Err(error.into());
            }
        }
    }
    if out.new.is_empty() {
        return Ok(out);
    }
    let rebuilt = renew(home, config, &pages, on_loss, tell)?;
    if rebuilt.beside.is_some() {
        leave_out(&pages, &out.new)?;
    }
    out.imported.clone_from(&rebuilt.imported);
    out.rebuilt = Some(rebuilt);
    Ok(out)
}

/// Takes the pages of other state folders and walks them; if that would lose something, they are left out again.
pub fn merge(
    home: &Home,
    config: &Config,
    others: &[Home],
    on_loss: OnLoss,
    now: Timestamp,
    tell: &mut dyn FnMut(&str),
) -> Result<Import, Error> {
    home.make()?;
    let _lock = Lock::acquire(home, "merge", now)?;
    let pages = Pages::open(&home.pages())?;
    let folders = others.iter().map(|other| Pages::of_another(&other.pages())).collect::<Result<Vec<_>, _>>()?;
    let held = others.iter().map(|other| hold(other, now)).collect::<Result<Vec<_>, _>>()?;
    let Merged { new, longer, known } = pages.merge(&folders)?;
    drop(held);
    // What a merge that was cut short has left is walked now.
    let rebuilt = renew(home, config, &pages, on_loss, tell)?;
    if rebuilt.beside.is_some() {
        leave_out(&pages, &new)?;
    }
    let new = new.into_iter().chain(longer).collect();
    Ok(Import { new, known, imported: rebuilt.imported.clone(), rebuilt: Some(rebuilt), ..Import::default() })
}

/// Keeps another state folder as it is while its pages are copied; one that nobody may write to needs no lock.
fn hold(other: &Home, now: Timestamp) -> Result<Option<Lock>, Error> {
    match Lock::acquire(other, "merge", now) {
        Ok(lock) => Ok(Some(lock)),
        Err(archive::Error::Io { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn note(out: &mut Import, path: &Path, taken: Taken) {
    if let Some((offset, why)) = taken.broken {
        out.broken.push(format!("{} at byte {offset}: {why}", path.display()));
    }
    if taken.new {
        out.new.push(taken.file);
    } else {
        out.known += 1;
    }
}

fn leave_out(pages: &Pages, files: &[String]) -> Result<(), pages::Error> {
    files.iter().try_for_each(|file| pages.leave_out(file))
}
