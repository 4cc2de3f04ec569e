//! `export --package`: a folder ready for a repository, made beside and put in place when it is whole.
//!
//! Refuses: a folder that holds anything. What the files are and say is the part of `export/deposit.rs`.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context, bail};
use jiff::Timestamp;

use super::Exit;
use super::captures::{self, Selection};
use super::export::{Rows, told};
use super::output::Output;
use crate::archive::Archive;
use crate::export::{Deposit, Metadata};
use crate::pages::Pages;

/// The captures of the records, replayable.
const CAPTURES: &str = "captures.wacz";

pub fn write(
    folder: &Path,
    rows: Rows<'_>,
    metadata: &Metadata,
    (archive, pages): (&Archive, &Pages),
    out: &mut Output,
) -> anyhow::Result<Exit> {
    let context = || format!("cannot write {}", folder.display());
    if fs::read_dir(folder).is_ok_and(|mut inside| inside.next().is_some()) {
        bail!("{} is there and not empty: name a new folder", folder.display());
    }
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let beside = tempfile::Builder::new().prefix(".twindex-").tempdir_in(parent).with_context(context)?;
    // A folder of its own, since the outer one is closed to others.
    let made = beside.path().join("package");
    fs::create_dir(&made).with_context(context)?;

    let mut selection = Selection::of(metadata.query.as_deref());
    let rows = rows.inspect(|row| {
        if let Ok(row) = row {
            selection.take(&row.record);
        }
    });
    let mut deposit = Deposit::write(&made, rows, metadata)?;
    if captures::wacz(archive, pages, &selection, Some(&made.join(CAPTURES)), out)? == Exit::Done {
        deposit.add(CAPTURES, "the archived pages, for replayweb.page and pywb", "application/wacz").with_context(context)?;
    }
    // A second is exact enough.
    let now = Timestamp::from_second(Timestamp::now().as_second())?;
    let counts = deposit.describe(now).with_context(context)?;
    match fs::remove_dir(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error).with_context(context),
        _ => fs::rename(&made, folder).with_context(context)?,
    }
    out.say(format_args!("{}", told(counts)));
    out.hint(format_args!("{} says what each file is", folder.join("README.md").display()));
    Ok(if counts.records == 0 { Exit::Nothing } else { Exit::Done })
}
