//! `export --package`: a folder ready for a repository.
//!
//! Refuses: to say what the files are, which is the part of `export/deposit.rs`.

use std::path::Path;

use anyhow::Context;
use jiff::Timestamp;

use super::Exit;
use super::captures::{self, Selection};
use super::destination::new_folder;
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
    let counts = new_folder(folder, |made| {
        let context = || format!("cannot write {}", made.display());
        let mut selection = Selection::of(metadata.query.as_deref());
        let rows = rows.inspect(|row| {
            if let Ok(row) = row {
                selection.take(&row.record);
            }
        });
        let mut deposit = Deposit::write(made, rows, metadata)?;
        if captures::wacz(archive, pages, &selection, Some(&made.join(CAPTURES)), out)? == Exit::Done {
            deposit.add(CAPTURES, "the archived pages, for replayweb.page and pywb", "application/wacz").with_context(context)?;
        }
        // A second is exact enough.
        let now = Timestamp::from_second(Timestamp::now().as_second())?;
        deposit.describe(now).with_context(context)
    })?;
    out.say(format_args!("{}", told(counts)));
    out.hint(format_args!("{} says what each file is", folder.join("README.md").display()));
    Ok(if counts.records == 0 { Exit::Nothing } else { Exit::Done })
}
