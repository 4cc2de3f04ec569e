//! `verify`: is what is stored still what was stored?

use super::output::{Output, clean};
use super::table::number;
use super::{Exit, Global, store};
use crate::pages::{Event, Pages};
use crate::search::Index;

/// Check the stored pages against their digests, the archive and the index against each other
///
/// Reads everything, changes and fetches nothing. Exit code 3 says that something is damaged.
#[derive(Debug, clap::Args)]
pub struct Args {}

pub fn run(_args: &Args, global: &Global, out: &mut Output) -> anyhow::Result<Exit> {
    let home = store::home(global)?;
    let archive = store::archive(&home)?;
    let (mut runs, mut visits, mut faults) = (0u64, 0u64, Vec::new());
    let pages = Pages::open(&home.pages())?;
    let mut damaged_pages = false;
    for event in pages.replay()? {
        match event? {
            Event::RunBegins { .. } => runs += 1,
            Event::Visit { .. } => visits += 1,
            Event::RunEnds { .. } => {}
            Event::Damaged { file, offset, why } => {
                damaged_pages = true;
                faults.push(format!("pages/{file} at byte {offset}: {why}"));
            }
        }
    }
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
        out.json(&serde_json::json!({"runs": runs, "visits": visits, "faults": faults, "index": index}))?;
    } else {
        let (runs, visits) = (number(runs, "run", "runs"), number(visits, "visit", "visits"));
        out.line(format_args!("{runs} with {visits} read; index: {}", clean(&index)))?;
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
