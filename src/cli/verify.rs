//! `verify`: is what is stored still what was stored?

use super::output::{Output, clean};
use super::table::number;
use super::{Exit, Global, store};
use crate::pages::{CaptureEvent, Event, Pages};
use crate::search::Index;

/// Check the stored pages against their digests, the archive and the index against each other
///
/// Reads everything, changes and fetches nothing. Exit code 3 says that something is damaged.
#[derive(Debug, clap::Args)]
pub struct Args {}

pub fn run(_args: &Args, global: &Global, out: &mut Output) -> anyhow::Result<Exit> {
    let home = store::home(global)?;
    let archive = store::archive(&home)?;
    let pages = Pages::open(&home.pages())?;
    let mut faults = Vec::new();
    let Read { runs, visits, captures } = read(&pages, &mut faults)?;
    let mut damaged_pages = !faults.is_empty();
    let lost = pages.lost(archive.page_files()?);
    damaged_pages |= !lost.is_empty();
    faults.extend(lost.into_iter().map(|file| format!("pages/{file} is missing: the archive knows pages that lie in it")));
    let damaged_archive = archive.faults()?;
    let rebuilding_helps = !damaged_archive.is_empty();
    faults.extend(damaged_archive.into_iter().map(|fault| format!("archive.db: {fault}")));
    let index = match Index::open(&home.search()) {
        Ok(index) if index.revision() == archive.revision()? => "up to date".to_owned(),
        Ok(_) => "behind the archive; the next search brings it up".to_owned(),
        Err(error) => error.to_string(),
    };
    if out.json {
        out.json(&serde_json::json!({"runs": runs, "visits": visits, "captures": captures, "faults": faults, "index": index}))?;
    } else {
        let (runs, visits) = (number(runs, "run", "runs"), number(visits, "visit", "visits"));
        let imported =
            if captures == 0 { String::new() } else { format!(" and {}", number(captures, "imported capture", "imported captures")) };
        out.line(format_args!("{runs} with {visits}{imported} read; index: {}", clean(&index)))?;
    }
    for fault in &faults {
        out.warn(format_args!("{}", clean(fault)));
    }
    if faults.is_empty() {
        return Ok(Exit::Done);
    }
    if damaged_pages {
        out.hint(format_args!(
            "the archive still has what it read from these pages: restore the files in pages/ from a copy. A rebuild does not mend \
             them, and would lose what cannot be read any more (it says so first, and keeps the old archive)"
        ));
    }
    if rebuilding_helps {
        out.hint(format_args!("`twindex rebuild` makes archive.db again from the pages"));
    }
    Ok(Exit::Incomplete)
}

/// What lies in `pages/`.
#[derive(Default)]
struct Read {
    runs: u64,
    visits: u64,
    /// In the files that others wrote.
    captures: u64,
}

/// Reads every page, ours and imported; what is damaged is a fault.
fn read(pages: &Pages, faults: &mut Vec<String>) -> anyhow::Result<Read> {
    let mut read = Read::default();
    for event in pages.replay()? {
        match event? {
            Event::RunBegins { .. } => read.runs += 1,
            Event::Visit { .. } => read.visits += 1,
            Event::RunEnds { .. } => {}
            Event::Damaged { file, offset, why } => faults.push(format!("pages/{file} at byte {offset}: {why}")),
        }
    }
    for file in pages.imports()? {
        for event in pages.captures(&file)? {
            match event? {
                CaptureEvent::Capture(_) => read.captures += 1,
                CaptureEvent::Damaged { offset, why } => faults.push(format!("pages/{file} at byte {offset}: {why}")),
            }
        }
    }
    Ok(read)
}
