//! Taking in pages from elsewhere: files of others and the runs of other machines, then walked where they belong in time.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::Date;
use tokio::runtime::Handle;

use crate::archive::{self, Archive, Lock};
use crate::config::Config;
use crate::home::Home;
use crate::pages::{self, Merged, Pages, Taken};

use super::cdx_server::{CdxServer, Span};
use super::rebuild::{OnLoss, Rebuilt};
use super::renew::renew;
use super::saved::{self, SavedPages};
use super::wayback::{Fetched, Gatherer};
use super::{Error, Imported, Stop, namesakes};

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

/// Whose pages go where, and what may be lost by it.
#[derive(Clone, Copy)]
pub struct Target<'a> {
    pub home: &'a Home,
    pub config: &'a Config,
    pub on_loss: OnLoss,
    pub now: Timestamp,
}

/// Takes files into the page archive and walks them; if that would lose something, the new files are left out again.
pub fn import(into: Target<'_>, files: &[PathBuf], tell: &mut dyn FnMut(&str)) -> Result<Import, Error> {
    let (_lock, pages) = into.open()?;
    let files: Vec<_> = files.iter().map(|path| (path.as_path(), None)).collect();
    into.take_in(&pages, &files, tell)
}

/// The same with the pages that a browser saved in a folder; `day` is that of pages which tell none.
pub fn import_saved(into: Target<'_>, dir: &Path, day: Option<Date>, tell: &mut dyn FnMut(&str)) -> Result<(Import, SavedPages), Error> {
    let (_lock, pages) = into.open()?;
    let from = dir.to_string_lossy();
    let (packed, found) = saved::pack(&pages, dir, day)?;
    let files = [(packed.as_path(), Some(&*from))];
    let imported = into.take_in(&pages, if found.pages > 0 { &files } else { &[] }, tell);
    saved::remove(&packed)?;
    Ok((imported?, found))
}

/// The same with the captures of the configured sources that another archive serves. What was fetched is kept until it is
/// imported, whatever happens.
pub fn import_served(
    into: Target<'_>,
    runtime: &Handle,
    (server, span): (&CdxServer, &Span),
    stop: &Stop,
    tell: &mut dyn FnMut(&str),
) -> Result<(Import, Fetched), Error> {
    let (_lock, pages) = into.open()?;
    let from = server.to_string();
    let archive = Archive::open(into.home)?;
    let gatherer = Gatherer { runtime, crawler: &into.config.crawler, server, span, stop, pages: &pages, archive: &archive };
    let fetched = gatherer.gather(&into.config.sources, tell)?;
    drop(archive);
    if fetched.stopped {
        return Ok((Import::default(), fetched));
    }
    let parcel = pages.parcel_path(&from);
    let has_captures = pages.parcel_holds_captures(&from)?;
    let files = [(parcel.as_path(), Some(&*from))];
    let imported = into.take_in(&pages, if has_captures { &files } else { &[] }, tell)?;
    if imported.rebuilt.as_ref().is_none_or(|rebuilt| rebuilt.beside.is_none()) {
        saved::remove(&parcel)?;
    }
    Ok((imported, fetched))
}

impl Target<'_> {
    fn open(&self) -> Result<(Lock, Pages), Error> {
        self.home.make()?;
        Ok((Lock::acquire(self.home, "import", self.now)?, Pages::open(&self.home.pages())?))
    }

    fn take_in(&self, pages: &Pages, files: &[(&Path, Option<&str>)], tell: &mut dyn FnMut(&str)) -> Result<Import, Error> {
        let mut out = Import::default();
        for (path, from) in files {
            match pages.take(path, *from, self.now) {
                Ok(taken) => note(&mut out, path, taken),
                Err(error) => {
                    leave_out(pages, &out.new)?;
                    return Err(error.into());
                }
            }
        }
        if out.new.is_empty() {
            return Ok(out);
        }
        let rebuilt = renew(self.home, self.config, pages, self.on_loss, tell)?;
        if rebuilt.beside.is_some() {
            leave_out(pages, &out.new)?;
        }
        out.imported.clone_from(&rebuilt.imported);
        out.rebuilt = Some(rebuilt);
        Ok(out)
    }
}

/// Takes the pages of other state folders and walks them; if that would lose something, new files are left out again. A longer
/// copy of a file stays: it has all that the shorter one had.
pub fn merge(into: Target<'_>, others: &[Home], tell: &mut dyn FnMut(&str)) -> Result<Import, Error> {
    let Target { home, config, on_loss, now } = into;
    home.make()?;
    let _lock = Lock::acquire(home, "merge", now)?;
    let pages = Pages::open(&home.pages())?;
    let folders = others.iter().map(|other| Pages::of_another(&other.pages())).collect::<Result<Vec<_>, _>>()?;
    let held = others.iter().map(|other| hold(other, now)).collect::<Result<Vec<_>, _>>()?;
    namesakes::refuse(home, config, &folders)?;
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
