//! The archive: what makes a version and what does not, what survives a kill, what people can read.
#![expect(clippy::unwrap_used, reason = "a test says by its panic what went wrong")]

mod counts;
mod durable;
mod migrated;
mod past;
mod reading;
mod versions;

use jiff::Timestamp;
use tempfile::TempDir;
use twindex::archive::{Archive, Content, NewRun, Observation, Seen};
use twindex::home::Home;
use twindex::record::{Attachment, Facts, PageRef, RecordId};
use twindex::visit::{Exchange, Outcome, Purpose, Visit};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn day(day: u32) -> Timestamp {
    at(&format!("2026-03-{day:02}T10:00:00Z"))
}

fn place(offset: u64) -> PageRef {
    PageRef { warc: "mesto-1.warc.gz".into(), offset, digest: "sha1:X".into() }
}

/// An archive with one run in it.
fn archive() -> (TempDir, Archive) {
    let home = tempfile::tempdir().unwrap();
    let archive = Archive::open(&Home::at(home.path())).unwrap();
    archive
        .transaction(|tx| tx.begin_run(&NewRun { run: "r1", source: "mesto", started: day(1), sequence: None, continues: None }))
        .unwrap();
    (home, archive)
}

/// What a run finds of one entry, in owned form.
#[derive(Clone)]
struct Sight {
    id: RecordId,
    url: String,
    at: Timestamp,
    published: Option<&'static str>,
    title: String,
    body: Option<String>,
    attachments: Vec<Attachment>,
    complete: bool,
}

fn sight(id: &str, title: &str) -> Sight {
    Sight {
        id: RecordId(format!("mesto/{id}")),
        url: format!("https://mesto.test/{id}"),
        at: day(1),
        published: Some("2011-08-15"),
        title: title.into(),
        body: Some("Text.".into()),
        attachments: Vec::new(),
        complete: true,
    }
}

impl Sight {
    fn content(&self) -> Content {
        Content {
            published: self.published.map(|day| day.parse().unwrap()),
            title: self.title.clone(),
            summary: Some("Krátce.".into()),
            summary_raw: Some("Krátce. ".into()),
            body: self.body.clone(),
            attachments: self.attachments.clone(),
            complete: self.complete,
            page: place(1),
        }
    }

    /// These facts are read from it.
    fn set_facts(&self, archive: &Archive, facts: &Facts) {
        archive.transaction(|tx| tx.set_facts(&self.id, &self.content(), facts, 1)).unwrap();
    }

    fn observe(&self, archive: &Archive) -> Seen {
        archive
            .transaction(|tx| {
                let observation = Observation {
                    id: &self.id,
                    source: "mesto",
                    url: &self.url,
                    listing: "https://mesto.test/",
                    key: &self.title,
                    run: "r1",
                    at: self.at,
                };
                tx.observe(&observation, self.content()).map(|(seen, _)| seen)
            })
            .unwrap()
    }
}

fn visit(url: &str, when: u32, status: u16, fields: &str, outcome: Outcome) -> Visit {
    let head = format!("HTTP/1.1 {status} X\r\n{fields}\r\n").into_bytes();
    let exchange = Exchange { request: Vec::new(), status, head, body: Vec::new(), ip: None, truncated: false };
    Visit { url: url.parse().unwrap(), purpose: Purpose::Detail, at: day(when), exchange: Some(exchange), outcome }
}
