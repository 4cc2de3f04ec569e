//! The search index brought to the state of the archive: by the records that changed since, or, where that cannot be told or most have
//! changed, by a new one made of all of them beside it. Records are handed on one at a time.

use std::time::Duration;

use crate::archive::{self, Archive, Filter};
use crate::home::Home;
use crate::record::Record;
use crate::search::{self, Index, Report};

use super::Error;

/// Between two looks at an index that someone else is writing.
const WAIT: Duration = Duration::from_millis(200);
/// So many looks are worth it.
const LOOKS: u32 = 50;
/// So many changed records are always written into the index that is there.
const FEW: usize = 5_000;
/// Of more than one of so many it is made anew: that takes no more time, and the memory of a new index alone.
const SHARE: u64 = 4;

/// Brings the index up; an index that someone else is writing is an error.
pub fn bring_up(home: &Home, archive: &Archive) -> Result<Report, Error> {
    let (dir, revision) = (home.search(), archive.revision()?);
    let held = Index::held(&dir);
    let changed = held.map(|held| archive.changed_since(held)).transpose()?.flatten();
    if let (Some(held), Some(records)) = (held, changed)
        && (records.len() <= FEW || (records.len() as u64) < archive.record_number()? / SHARE)
    {
        let done = handed_on(records, |records| Index::catch_up(&dir, held, revision, records));
        if let Err(Error::Archive(_)) = done {
            // It would look complete.
            home.forget_search()?;
        }
        return done;
    }
    let new = handed_on(archive.records(&Filter::default())?, |records| Index::beside(&dir, revision, records))?;
    Ok(Report::Rebuilt { written: new.take_place()? })
}

/// The same for who can wait a little for a reader who is just doing so.
pub(super) fn bring_up_when_free(home: &Home, archive: &Archive) -> Result<(), Error> {
    let mut looks = 1;
    loop {
        match bring_up(home, archive) {
            Err(Error::Search(search::Error::Busy(_))) if looks < LOOKS => looks += 1,
            done => return done.map(drop),
        }
        std::thread::sleep(WAIT);
    }
}

/// Hands records on up to the first that cannot be read, which is an error whatever came of the others.
pub fn handed_on<T>(
    records: impl Iterator<Item = Result<Record, archive::Error>>,
    work: impl FnOnce(&mut dyn Iterator<Item = Record>) -> Result<T, search::Error>,
) -> Result<T, Error> {
    let mut failed: Option<archive::Error> = None;
    let done = work(&mut records.map_while(|record| record.map_err(|error| failed = Some(error)).ok()));
    match failed {
        Some(error) => Err(error.into()),
        None => Ok(done?),
    }
}
