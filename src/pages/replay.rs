//! The runs told again, in the order of time and visit by visit, as harvest saw them.
//!
//! A visit is whole when its answer is; what a kill tore is not a visit. Damage is an event, and reading
//! goes on at the next member that can be read: one bad sector costs one record, never the rest of a file.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::fields::Fields;
use super::folder::{Error, Pages, RunInfo, SUFFIX};
use super::group::{self, Event, Group};
use super::reader::{Broken, Reader, Record};
use super::{import, metadata};

/// Iterates over the events of files.
#[derive(Debug)]
pub struct Replay {
    /// Where revisits find what they refer to; absent for a file of others.
    pages: Option<Pages>,
    files: VecDeque<PathBuf>,
    open: Option<Open>,
    events: VecDeque<Event>,
}

#[derive(Debug)]
struct Open {
    path: PathBuf,
    name: String,
    reader: Reader<BufReader<File>>,
    /// The visit whose records are being read.
    group: Group,
}

/// The events of a WARC file that another program wrote.
pub fn replay_file(path: &Path) -> Result<Replay, Error> {
    Ok(Replay { pages: None, files: [path.to_owned()].into(), open: None, events: VecDeque::new() })
}

/// The archive's files in the order of their runs: by the moment they began. In one archive that is the order of their
/// sequence numbers, too, for no run begins before the newest visit; archives of several machines have no other in common.
pub(super) fn files(dir: &Path) -> Result<Vec<(PathBuf, RunInfo)>, Error> {
    let failed = |source| Error::Io { path: dir.to_owned(), source };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.ends_with(SUFFIX) && !import::is_import(&name) {
            let info = info(&path)?;
            files.push((path, info));
        }
    }
    // Of one moment, the second run has the longer name (`-2`).
    let order = |(path, info): &(PathBuf, RunInfo)| (info.started, info.sequence, path.as_os_str().len(), path.clone());
    files.sort_by_cached_key(order);
    Ok(files)
}

/// What the first record tells of a run, or else the file's name.
pub(super) fn info(path: &Path) -> Result<RunInfo, Error> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let first = open(path, 0)?.next().ok().flatten();
    let begins = first.as_ref().and_then(|record| run_begins(&name, record));
    Ok(match (begins, first) {
        (Some(Event::RunBegins { info, .. }), _) => info,
        (_, first) => {
            let named = RunInfo::from_name(name.strip_suffix(SUFFIX).unwrap_or(&name));
            let dated = first.and_then(|record| metadata::date(&record).ok());
            RunInfo { started: dated.unwrap_or(named.started), ..named }
        }
    })
}

pub(super) fn open(path: &Path, offset: u64) -> Result<Reader<BufReader<File>>, Error> {
    let failed = |source| Error::Io { path: path.to_owned(), source };
    let mut file = File::open(path).map_err(failed)?;
    file.seek(SeekFrom::Start(offset)).map_err(failed)?;
    Ok(Reader::new(BufReader::new(file), offset))
}

impl Replay {
    pub(super) fn of(pages: &Pages, files: Vec<PathBuf>) -> Self {
        Self { pages: Some(pages.clone()), files: files.into(), open: None, events: VecDeque::new() }
    }

    /// Reads one record, or opens or closes a file; whether there is more.
    fn step(&mut self) -> Result<bool, Error> {
        let Some(mut file) = self.open.take() else {
            let Some(path) = self.files.pop_front() else { return Ok(false) };
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            self.open = Some(Open { reader: open(&path, 0)?, path, name, group: Group::default() });
            return Ok(true);
        };
        match file.reader.next() {
            Ok(Some(record)) => {
                self.take(&mut file, record);
                self.open = Some(file);
            }
            Ok(None) => self.close(&mut file),
            Err(Broken { offset, why }) => {
                self.close(&mut file);
                self.events.push_back(Event::Damaged { file: file.name.clone(), offset, why });
                if let Some(next) = next_member(&file.path, offset + 1)? {
                    file.reader = open(&file.path, next)?;
                    self.open = Some(file);
                }
            }
        }
        Ok(true)
    }

    fn take(&mut self, file: &mut Open, record: Record) {
        // Digests of others are not ours to defend: some tools are known to reckon them wrongly.
        if let Some(why) = record.altered().filter(|_| self.pages.is_some()) {
            self.close(file);
            self.events.push_back(Event::Damaged { file: file.name.clone(), offset: record.offset, why });
            return;
        }
        if !file.group.owns(&record) {
            self.close(file);
        }
        match record.kind() {
            "warcinfo" => self.events.extend(run_begins(&file.name, &record)),
            "metadata" => {
                let metadata = Fields::parse(&record.block);
                if let Some(outcome) = metadata.text("run-outcome") {
                    self.events.extend(metadata::date(&record).map(|at| Event::RunEnds { at, outcome }));
                } else if let Some(event) = group::lone(&file.name, &record, &metadata) {
                    self.events.push_back(event);
                } else {
                    file.group.add(record);
                }
            }
            _ => file.group.add(record),
        }
    }

    /// The group of records is over: if it has its answer it is a visit.
    fn close(&mut self, file: &mut Open) {
        match std::mem::take(&mut file.group).visit(&file.name, self.pages.as_ref()) {
            Ok(event) => self.events.extend(event),
            Err((offset, why)) => self.events.push_back(Event::Damaged { file: file.name.clone(), offset, why }),
        }
    }
}

impl Iterator for Replay {
    type Item = Result<Event, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(event) = self.events.pop_front() {
                return Some(Ok(event));
            }
            match self.step() {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

fn run_begins(file: &str, record: &Record) -> Option<Event> {
    if record.kind() != "warcinfo" {
        return None;
    }
    let metadata = Fields::parse(&record.block);
    let info = RunInfo {
        source: metadata.text("isPartOf").unwrap_or_default(),
        started: metadata::date(record).ok()?,
        sequence: metadata.get("sequence").and_then(|number| number.parse().ok()),
        continues: metadata.text("continues"),
        contact: metadata.text("operator"),
        accepts_changes: metadata.get("accepts-changes") == Some("true"),
    };
    Some(Event::RunBegins { run: file.strip_suffix(SUFFIX).unwrap_or(file).to_owned(), info })
}

/// Where the next gzip member that holds a record begins, from `after` on.
pub(super) fn next_member(path: &Path, after: u64) -> Result<Option<u64>, Error> {
    let failed = |source| Error::Io { path: path.to_owned(), source };
    let mut file = File::open(path).map_err(failed)?;
    file.seek(SeekFrom::Start(after)).map_err(failed)?;
    let mut recent = [0_u8; 3];
    for (count, byte) in BufReader::new(file).bytes().enumerate() {
        recent = [recent[1], recent[2], byte.map_err(failed)?];
        // Magic number and method of RFC 1952 §2.3.1.
        if recent == [0x1f, 0x8b, 0x08] && count >= 2 {
            let at = after + count as u64 - 2;
            if matches!(open(path, at)?.next(), Ok(Some(_))) {
                return Ok(Some(at));
            }
        }
    }
    Ok(None)
}
