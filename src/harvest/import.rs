//! Taking in archives of others: their files into the pages, then everything walked again in the order of time.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::archive::Lock;
use crate::config::Config;
use crate::home::Home;
use crate::pages::{self, Pages, Taken};

use super::rebuild::{OnLoss, Rebuilt, rebuild_held};
use super::{Error, Imported};

/// What an import did.
#[derive(Clone, Debug, Default)]
pub struct Import {
    /// Files that were not there before.
    pub new: Vec<String>,
    /// Files that had been taken before.
    pub known: u64,
    /// What all imported files hold; nothing if no file was new.
    pub imported: Imported,
    /// Where a file could not be read on.
    pub broken: Vec<String>,
    pub rebuilt: Option<Rebuilt>,
}

/// Takes files into the page archive and rebuilds; if that would lose something, the new files are left out again.
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
    let rebuilt = rebuild_held(home, config, &pages, on_loss, tell)?;
    if rebuilt.beside.is_some() {
        leave_out(&pages, &out.new)?;
    }
    out.imported.clone_from(&rebuilt.imported);
    out.rebuilt = Some(rebuilt);
    Ok(out)
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
