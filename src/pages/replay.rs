//! The runs told again, in the order of time and visit by visit, as harvest saw them.
//!
//! A visit is whole when its answer is; what a kill tore is not a visit. Damage is an event, and reading
//! goes on at the next member that can be read: one bad sector costs one record, never the rest of a file.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use url::Url;

use super::fields::Fields;
use super::reader::{Broken, Reader, Record};
use super::{Error, Location, Pages, RunInfo, SUFFIX, digest, foreign, story};
use crate::visit::{Exchange, Visit};

#[derive(Clone, Debug)]
pub enum Event {
    RunBegins {
        run: String,
        info: RunInfo,
    },
    Visit {
        visit: Visit,
        location: Location,
        via: Option<Url>,
    },
    /// The run came to its own end; after a kill this is missing.
    RunEnds {
        at: Timestamp,
        outcome: String,
    },
    /// Bytes that could not be read; at the end of a file, most likely the trace of a kill.
    Damaged {
        file: String,
        offset: u64,
        why: String,
    },
}

/// Iterates over the events of files.
pub struct Replay {
    pages: Option<Pages>,
    files: VecDeque<PathBuf>,
    open: Option<Open>,
    events: VecDeque<Event>,
}

struct Open {
    path: PathBuf,
    name: String,
    reader: Reader<BufReader<File>>,
    group: Group,
}

/// The records of one visit, as far as they were read.
#[derive(Default)]
struct Group {
    /// Names of the records and of those they say they belong to.
    names: Vec<String>,
    told: Fields,
    request: Vec<u8>,
    answer: Option<Record>,
}

/// The events of a WARC file that another program wrote.
pub fn replay_file(path: &Path) -> Result<Replay, Error> {
    Ok(Replay { pages: None, files: [path.to_owned()].into(), open: None, events: VecDeque::new() })
}

/// The archive's files in the order in which their runs began.
pub(super) fn files(dir: &Path) -> Result<Vec<PathBuf>, Error> {
    let failed = |source| Error::Io { path: dir.to_owned(), source };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.to_string_lossy().ends_with(SUFFIX) {
            files.push((begun(&path)?, path));
        }
    }
    files.sort();
    Ok(files.into_iter().map(|(_, path)| path).collect())
}

/// Date of the first record; a file whose first record cannot be read has no visit to put in order.
fn begun(path: &Path) -> Result<Option<Timestamp>, Error> {
    let mut reader = open(path, 0)?;
    Ok(reader.next().ok().flatten().and_then(|record| story::date(&record).ok()))
}

fn open(path: &Path, offset: u64) -> Result<Reader<BufReader<File>>, Error> {
    let failed = |source| Error::Io { path: path.to_owned(), source };
    let mut file = File::open(path).map_err(failed)?;
    file.seek(SeekFrom::Start(offset)).map_err(failed)?;
    Ok(Reader::new(BufReader::new(file), offset))
}

impl Replay {
    pub(super) fn of(pages: &Pages, files: Vec<PathBuf>) -> Result<Self, Error> {
        Ok(Self { pages: Some(pages.clone()), files: files.into(), open: None, events: VecDeque::new() })
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
                self.take(&mut file, record)?;
                self.open = Some(file);
            }
            Ok(None) => self.close(&file.name, std::mem::take(&mut file.group))?,
            Err(Broken { offset, why }) => {
                self.close(&file.name, std::mem::take(&mut file.group))?;
                self.events.push_back(Event::Damaged { file: file.name.clone(), offset, why });
                if let Some(next) = next_member(&file.path, offset + 1)? {
                    file.reader = open(&file.path, next)?;
                    self.open = Some(file);
                }
            }
        }
        Ok(true)
    }

    fn take(&mut self, file: &mut Open, record: Record) -> Result<(), Error> {
        let mut names: Vec<_> = record.header.all("WARC-Concurrent-To").map(str::to_owned).collect();
        names.push(record.id().to_owned());
        if !names.iter().any(|name| file.group.names.contains(name)) {
            self.close(&file.name, std::mem::take(&mut file.group))?;
        }
        let group = &mut file.group;
        match record.kind() {
            "warcinfo" => self.events.extend(run_begins(&file.name, &record)),
            "metadata" => {
                let told = Fields::parse(&record.block);
                if let Some(outcome) = told.text("run-outcome") {
                    let at = story::date(&record);
                    self.events.extend(at.map(|at| Event::RunEnds { at, outcome }));
                } else if told.get("exchange") == Some("none") {
                    self.events.extend(lone(&file.name, &record, &told));
                } else {
                    group.told = told;
                    group.names.extend(names);
                }
            }
            "request" => {
                group.request = record.block;
                group.names.extend(names);
            }
            "response" | "revisit" => {
                group.answer = Some(record);
                group.names.extend(names);
            }
            _ => {}
        }
        Ok(())
    }

    /// A group that has its answer becomes a visit.
    fn close(&mut self, file: &str, group: Group) -> Result<(), Error> {
        let Some(answer) = group.answer else { return Ok(()) };
        let offset = answer.offset;
        match self.visit(file, answer, group.told, group.request) {
            Ok(event) => self.events.extend(event),
            Err(why) => self.events.push_back(Event::Damaged { file: file.to_owned(), offset, why }),
        }
        Ok(())
    }

    fn visit(&self, file: &str, answer: Record, told: Fields, request: Vec<u8>) -> Result<Option<Event>, String> {
        let Ok(url) = story::target(&answer) else { return Ok(None) };
        if !matches!(url.scheme(), "http" | "https") {
            return Ok(None);
        }
        let at = story::date(&answer)?;
        let mut exchange = match story::head(&told) {
            Some(head) => {
                let status = story::status(&head).ok_or("the response has no status")?;
                let ip = answer.header.get("WARC-IP-Address").and_then(|ip| ip.parse().ok());
                Exchange { request, status, head, body: Vec::new(), ip, truncated: false }
            }
            None => story::exchange(&answer, request)?,
        };
        if self.pages.is_none() {
            foreign::unchunk(&mut exchange);
        }
        if answer.kind() == "revisit" && exchange.status != 304 {
            // The same bytes again: they lie where they came first.
            let (Some(pages), Some((warc, offset))) = (&self.pages, answer.refers_to()) else { return Ok(None) };
            let first = pages.read(&Location { warc, offset, digest: String::new() });
            exchange.body = first.map_err(|error| error.to_string())?.exchange.body;
        }
        let digest = answer.header.get("WARC-Payload-Digest").map_or_else(|| digest::labelled(&[&exchange.body]), str::to_owned);
        let outcome = story::outcome(&told).unwrap_or_else(|| foreign::outcome(&url, at, &exchange));
        let purpose = story::purpose(&told).unwrap_or_else(|| foreign::purpose(&url));
        let location = Location { warc: file.to_owned(), offset: answer.offset, digest };
        let visit = Visit { url, purpose, at, exchange: Some(exchange), outcome };
        Ok(Some(Event::Visit { visit, location, via: via(&told) }))
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
    let told = Fields::parse(&record.block);
    let info = RunInfo {
        source: told.text("isPartOf").unwrap_or_default(),
        started: story::date(record).ok()?,
        continues: told.text("continues"),
        contact: told.text("operator"),
    };
    Some(Event::RunBegins { run: file.strip_suffix(SUFFIX).unwrap_or(file).to_owned(), info })
}

/// A visit that got no answer.
fn lone(file: &str, record: &Record, told: &Fields) -> Option<Event> {
    let url = story::target(record).ok()?;
    let (purpose, outcome) = (story::purpose(told)?, story::outcome(told)?);
    let visit = Visit { url, purpose, at: story::date(record).ok()?, exchange: None, outcome };
    let location = Location { warc: file.to_owned(), offset: record.offset, digest: String::new() };
    Some(Event::Visit { visit, location, via: via(told) })
}

fn via(told: &Fields) -> Option<Url> {
    told.get("via").and_then(|via| via.parse().ok())
}

/// Where the next gzip member that holds a record begins, from `after` on.
fn next_member(path: &Path, after: u64) -> Result<Option<u64>, Error> {
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
