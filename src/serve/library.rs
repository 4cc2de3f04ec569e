//! What the pages are made from: an index as of one moment, connections to the archive, indexes of past days.
//!
//! A crawl writes on meanwhile. When it has put another index in place the next request gets that, and those under way keep
//! theirs. Refuses to write anything into the folder.

use std::collections::BTreeMap;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

use super::Error;
use crate::archive::{Archive, Filter, Moment};
use crate::home::Home;
use crate::record::Record;
use crate::search::{Index, Options, Seeker, SeekerCount};

/// Indexes of past days that are kept.
const PAST: usize = 4;
/// Records that are read again for a past day: more take longer than a reader waits.
const PAST_RECORDS: u64 = 20_000;

/// Gives a record the facts of its texts.
pub type ReadFacts = fn(Record) -> Record;

/// One state of the archive as it is searched.
pub struct Snapshot {
    /// The index's own list of its files, by which another index is told.
    listed: Listed,
    pub index: Index,
    /// Every place that seeks, most frequent first.
    pub places: Vec<SeekerCount>,
}

impl Snapshot {
    fn of(index: Index, listed: Listed) -> Result<Self, Error> {
        let places = index.seekers("", &Options::default())?;
        Ok(Self { listed, index, places })
    }

    pub fn place(&self, id: i64) -> Option<&SeekerCount> {
        self.places.iter().find(|place| place.seeker.geonames_id == Some(id))
    }

    pub fn seeker(&self, id: Option<i64>) -> Option<&Seeker> {
        self.place(id?).map(|place| &place.seeker)
    }
}

/// The newest state that could be opened, and the last one that was tried.
struct Newest {
    snapshot: Arc<Snapshot>,
    tried: Listed,
}

/// What answers are made from at a moment: where two are equal, so are the answers.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct State {
    index: Listed,
    archive: FileId,
    commits: i64,
}

pub struct Library {
    home: Home,
    /// Reads the facts of a version that has none with it.
    read_facts: ReadFacts,
    /// The institution behind each source.
    publishers: BTreeMap<String, String>,
    newest: Mutex<Newest>,
    /// A connection that tells what others commit, with the file that it reads.
    watched: Mutex<(FileId, Archive)>,
    /// With the revision and the moment that each is of; the one asked for last stands last.
    past: Mutex<Vec<(u64, Timestamp, Arc<Snapshot>)>>,
    /// Connections not in use, each with the file that it reads.
    idle: Mutex<Vec<(FileId, Archive)>>,
}

impl Library {
    pub fn open(home: &Home, publishers: BTreeMap<String, String>, read_facts: ReadFacts) -> Result<Self, Error> {
        let (file, listed) = (FileId::of(&home.archive()), Listed::of(&home.search()));
        let archive = Archive::open_read_only(home)?;
        let index = match Index::open(&home.search()) {
            Ok(index) => index,
            // Where none can be used and none may be made, one is made in passing.
            Err(_) => passing(&archive, Moment::Newest, read_facts)?,
        };
        Ok(Self {
            home: home.clone(),
            read_facts,
            publishers,
            newest: Mutex::new(Newest { snapshot: Arc::new(Snapshot::of(index, listed)?), tried: listed }),
            watched: Mutex::new((file, archive)),
            past: Mutex::default(),
            idle: Mutex::default(),
        })
    }

    /// The version of a record with its facts.
    pub fn read_facts(&self, record: Record) -> Record {
        (self.read_facts)(record)
    }

    pub fn publishers(&self) -> &BTreeMap<String, String> {
        &self.publishers
    }

    pub fn home(&self) -> &Home {
        &self.home
    }

    /// The newest state.
    pub fn newest(&self) -> Arc<Snapshot> {
        let dir = self.home.search();
        let listed = Listed::of(&dir);
        let known = {
            let mut newest = held(&self.newest);
            if newest.tried == listed {
                return Arc::clone(&newest.snapshot);
            }
            newest.tried = listed;
            Arc::clone(&newest.snapshot)
        };
        // Others go on with the old one meanwhile. While a crawl puts a new index in place there may be none.
        let opened = Index::open(&dir).map_err(Error::from).and_then(|index| Snapshot::of(index, listed));
        let Ok(snapshot) = opened.map(Arc::new) else { return known };
        let mut newest = held(&self.newest);
        if newest.tried == listed {
            newest.snapshot = Arc::clone(&snapshot);
        }
        snapshot
    }

    /// What answers are made from now; microseconds.
    pub fn state(&self) -> Result<State, Error> {
        let index = self.newest().listed;
        let archive = FileId::of(&self.home.archive());
        let mut watched = held(&self.watched);
        if watched.0 != archive {
            *watched = (archive, Archive::open_read_only(&self.home)?);
        }
        Ok(State { index, archive, commits: watched.1.commits()? })
    }

    /// The state as the site stood at a moment; `None` where the archive is too large for that.
    pub fn at(&self, archive: &Archive, moment: Timestamp) -> Result<Option<Arc<Snapshot>>, Error> {
        let revision = archive.revision()?;
        // Held while one is made, so that a crowd that asks for one day makes one index.
        let mut past = held(&self.past);
        if let Some(at) = past.iter().position(|(of, at, _)| (*of, *at) == (revision, moment)) {
            let found = past.remove(at);
            past.push(found.clone());
            return Ok(Some(found.2));
        }
        if archive.record_number()? > PAST_RECORDS {
            return Ok(None);
        }
        let made = Arc::new(Snapshot::of(passing(archive, Moment::At(moment), self.read_facts)?, Listed::default())?);
        past.push((revision, moment, Arc::clone(&made)));
        let many = past.len().saturating_sub(PAST);
        past.drain(..many);
        Ok(Some(made))
    }

    /// Does something with a connection to the archive.
    pub fn with_archive<T>(&self, work: impl FnOnce(&Archive) -> Result<T, Error>) -> Result<T, Error> {
        let file = FileId::of(&self.home.archive());
        let idle = {
            let mut idle = held(&self.idle);
            idle.retain(|(of, _)| *of == file);
            idle.pop()
        };
        let archive = match idle {
            Some((_, archive)) => archive,
            None => Archive::open_read_only(&self.home)?,
        };
        let done = work(&archive);
        held(&self.idle).push((file, archive));
        done
    }
}

/// Which file a name leads to: one that was damaged is moved away, and another takes its place.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct FileId(Option<(u64, u64)>);

impl FileId {
    fn of(path: &Path) -> Self {
        Self(std::fs::metadata(path).ok().map(|found| (found.dev(), found.ino())))
    }
}

/// The list of its files that an index was opened by: tantivy writes it anew beside the old one with every commit. With the time
/// of writing, for a file system gives the number of a file that is gone to the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct Listed(Option<(u64, u64, i64, i64)>);

impl Listed {
    fn of(dir: &Path) -> Self {
        let found = std::fs::metadata(dir.join("meta.json")).ok();
        Self(found.map(|found| (found.dev(), found.ino(), found.mtime(), found.mtime_nsec())))
    }
}

/// An index that is gone with its value.
fn passing(archive: &Archive, moment: Moment, read_facts: ReadFacts) -> Result<Index, Error> {
    let records = archive.records(&Filter { moment, ..Filter::default() })?;
    let records = records.map(|record| record.map(read_facts)).collect::<Result<Vec<Record>, _>>()?;
    Ok(Index::passing(archive.revision()?, records)?)
}

/// A panic of another request leaves a value that is whole.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
