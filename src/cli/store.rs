//! Where the state lies: the configuration, the state folder, the archive and the index for reading.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

use super::Global;
use super::output::Output;
use crate::archive::{self, Archive, Filter, Moment};
use crate::config::Config;
use crate::harvest::{self, index::handed_on};
use crate::home::Home;
use crate::record::Record;
use crate::search::Index;

/// File looked for in the working directory.
const CONFIG: &str = "config.toml";
/// Between two looks at a folder that another program holds.
const LOOK_AGAIN: Duration = Duration::from_millis(500);

/// The configuration, which a writing command needs.
pub fn config(global: &Global) -> anyhow::Result<Config> {
    let path = match &global.config {
        Some(path) => path.clone(),
        None if Path::new(CONFIG).exists() => PathBuf::from(CONFIG),
        None => bail!("there is no {CONFIG} here: pass --config FILE, or make one with `twindex probe URL`"),
    };
    let mut config = Config::load(&path)?;
    if let Some(home) = &global.home {
        config.home.clone_from(home);
    }
    Ok(config)
}

/// The institution behind each source, by its name: as the configuration has it now, where there is one, else as the archive
/// was told.
pub fn publishers(global: &Global, archive: &Archive) -> anyhow::Result<BTreeMap<String, String>> {
    let mut titles = archive.titles()?;
    let sources = config(global).map(|config| config.sources).unwrap_or_default();
    titles.extend(sources.into_iter().filter_map(|source| Some((source.name, source.title?))));
    Ok(titles)
}

/// The state folder, which is all that a reading command needs.
pub fn home(global: &Global) -> anyhow::Result<Home> {
    Ok(Home::at(match &global.home {
        Some(home) => home.clone(),
        None => config(global)?.home,
    }))
}

/// Does what needs the state folder for itself, once whoever holds it is done; waits no longer than this.
pub fn when_free<T>(
    wait: Option<Duration>,
    out: &mut Output,
    mut take: impl FnMut() -> Result<T, harvest::Error>,
) -> Result<T, harvest::Error> {
    let until = Instant::now() + wait.unwrap_or_default();
    let mut told = false;
    loop {
        match take() {
            Err(harvest::Error::Archive(archive::Error::Busy { holder, .. })) if Instant::now() < until => {
                if !told {
                    out.say(format_args!("Waiting for {holder} to be done."));
                    told = true;
                }
                std::thread::sleep(LOOK_AGAIN);
            }
            done => return done,
        }
    }
}

/// The archive for reading.
pub fn archive(home: &Home) -> anyhow::Result<Archive> {
    if !home.archive().exists() {
        if home.has_pages() {
            bail!("archive.db is missing from {}; `twindex rebuild` makes it again from the pages", home.dir().display());
        }
        bail!("there is no archive in {} yet: run `twindex crawl` (or `twindex demo`, which needs no network)", home.dir().display());
    }
    Ok(Archive::open_read_only(home)?)
}

/// The index, brought up to the archive first if a crawl was cut off before it could.
///
/// While a crawl goes on, or where nothing may be written, an index that is a little behind still answers; where none can
/// be used and none be made, one is made in passing.
pub fn index(home: &Home, archive: &Archive, out: &mut Output) -> anyhow::Result<Index> {
    let dir = home.search();
    let revision = archive.revision()?;
    let found = Index::open(&dir);
    if let Ok(index) = &found
        && index.revision() == revision
    {
        return Ok(found?);
    }
    match (harvest::index::bring_up(home, archive), found) {
        (Ok(_), _) => Ok(Index::open(&dir)?),
        (Err(harvest::Error::Search(error)), Ok(behind)) => {
            out.hint(format_args!("the newest changes are not searched yet: {error}"));
            Ok(behind)
        }
        (Err(harvest::Error::Search(error)), Err(old)) if error.is_read_only() => {
            out.hint(format_args!("{old}, which may not be done here: an index for this question alone was made, and takes longer"));
            Ok(handed_on(archive.records(&Filter::default())?, |records| Index::passing(revision, records))?)
        }
        (Err(error), _) => Err(error).with_context(|| format!("cannot bring the index in {} up to date", dir.display())),
    }
}

/// The index of a moment: of the newest versions that which is kept, else one beside it that is made anew for another moment.
pub fn index_of(home: &Home, archive: &Archive, moment: Moment, out: &mut Output) -> anyhow::Result<Index> {
    if moment == Moment::Newest {
        return index(home, archive, out);
    }
    let dir = home.search_past();
    let stamp = stamp(archive.revision()?, moment);
    if let Ok(index) = Index::open(&dir)
        && index.revision() == stamp
    {
        return Ok(index);
    }
    handed_on(super::moment::records(archive, moment)?, |records| Index::beside(&dir, stamp, records))
        .and_then(|new| Ok(new.take_place()?))
        .with_context(|| format!("cannot make the index of that time in {}", dir.display()))?;
    Ok(Index::open(&dir)?)
}

/// What an index of the past holds, as a number: of which archive, of which moment.
fn stamp(revision: u64, moment: Moment) -> u64 {
    let mut hash = DefaultHasher::new();
    (revision, moment).hash(&mut hash);
    hash.finish()
}

/// A record of the index, with the time at which the archive last saw it: quiet nights leave the index as it is.
pub fn seen_now(archive: &Archive, record: Record) -> Record {
    match archive.last_seen(&record.id) {
        Ok(Some(last_seen)) => Record { last_seen, ..record },
        _ => record,
    }
}
