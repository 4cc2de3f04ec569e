//! Nights of crawling without a network: a walk is asked and answered from a table, on days that a test chooses.
//!
//! The pages are stored as a live crawl stores them, so every town can be rebuilt and compared.

use std::collections::BTreeMap;
use std::os::unix::fs::MetadataExt;

use jiff::Timestamp;
use serde_json::Value;
use tempfile::TempDir;
use twindex::archive::{Archive, Filter, NewRun};
use twindex::config::{Config, Crawler, Source};
use twindex::harvest::{Answer, OnLoss, PageQuestion, Question, Reply, Report, Setting, TroubleKind, Walk, index, rebuild};
use twindex::home::Home;
use twindex::pages::{Context, Pages, RunInfo, Writer};
use twindex::search;
use twindex::visit::{Exchange, Outcome, Visit};
use url::Url;

use crate::house::{Notice, list_page};

pub const LIST: &str = "/partneri";

/// A site as a table, and the state folder of its crawls.
pub struct Town {
    _dir: TempDir,
    home: Home,
    pub source: Source,
    site: BTreeMap<String, String>,
    /// What the last night asked for.
    pub asked: Vec<String>,
}

/// How a night is spent.
#[derive(Clone, Copy, Default)]
pub struct Night {
    /// Days since the first of January 2026.
    pub day: i64,
    /// Every known page, due or not.
    pub all: bool,
    pub accept_changes: bool,
}

impl Town {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let source = Source::new("town", vec![url(LIST)]);
        Self { home: Home::at(dir.path().join("state")), _dir: dir, source, site: BTreeMap::new(), asked: Vec::new() }
    }

    /// A town that was crawled on the first day.
    pub fn crawled(notices: &[Notice]) -> Self {
        let mut town = Self::new();
        town.publish(notices);
        let report = town.night(0);
        assert_eq!((report.counts.new, &*report.troubles), (notices.len() as u64, &[][..]));
        town
    }

    pub fn put(&mut self, path: &str, html: &str) {
        self.site.insert(path.to_owned(), html.to_owned());
    }

    pub fn take(&mut self, path: &str) {
        self.site.remove(path);
    }

    /// The list of these notices and the page of each.
    pub fn publish(&mut self, notices: &[Notice]) {
        self.put(LIST, &list_page(notices, ""));
        for notice in notices {
            self.put(&notice.path, &notice.page());
        }
    }

    /// A night in which every known page is looked at.
    pub fn night(&mut self, day: i64) -> Report {
        self.spend(Night { day, all: true, accept_changes: false })
    }

    /// A night in which only what is due is asked for.
    pub fn usual_night(&mut self, day: i64) -> Report {
        self.spend(Night { day, all: false, accept_changes: false })
    }

    pub fn spend(&mut self, night: Night) -> Report {
        self.asked.clear();
        let now = "2026-01-01T02:00:00Z".parse::<Timestamp>().unwrap() + jiff::SignedDuration::from_hours(24 * night.day);
        let (pages, archive) = (Pages::open(&self.home.pages()).unwrap(), Archive::open(&self.home).unwrap());
        let sequence = Some(archive.next_sequence().unwrap());
        let accepts_changes = night.accept_changes;
        let info = RunInfo { source: "town".into(), started: now, sequence, continues: None, contact: None, accepts_changes };
        let mut writer = pages.begin(&info).unwrap();
        let run = writer.run().to_owned();
        let new = NewRun { run: &run, source: "town", sequence, started: now, continues: None };
        archive.transaction(|tx| tx.begin_run(&new)).unwrap();
        let (source, crawler) = (self.source.clone(), Crawler::default());
        let setting =
            Setting { source: &source, crawler: &crawler, run: &run, pages: &pages, archive: &archive, accept_changes: accepts_changes };
        let mut walk = Walk::new(setting, &source.listing).unwrap();
        while let Some(question) = walk.next().unwrap() {
            let reply = match question {
                Question::Page(page) if !night.all && page.due.is_some_and(|due| due > now) => Reply::NotAsked,
                Question::Page(page) => Reply::Page(self.answer(&page, now, &archive, &mut writer)),
                Question::Due => {
                    let due = archive.due("town", (!night.all).then_some(now)).unwrap();
                    Reply::Due(due.iter().map(|url| Url::parse(url).unwrap()).collect())
                }
            };
            walk.answer(reply).unwrap();
        }
        let report = walk.into_report();
        let outcome = if report.troubles.is_empty() { "done" } else { "incomplete" };
        writer.finish(now, outcome).unwrap();
        archive.transaction(|tx| tx.finish_run(&run, now, outcome)).unwrap();
        report
    }

    fn answer(&mut self, question: &PageQuestion, at: Timestamp, archive: &Archive, writer: &mut Writer) -> Answer {
        let path = question.url[url::Position::BeforePath..].to_owned();
        let (status, body) = self.site.get(&path).map_or((404, "<h1>není</h1>"), |html| (200, html));
        let fields = format!("HTTP/1.1 {status} X\r\nContent-Type: text/html; charset=utf-8\r\n\r\n");
        let exchange = Exchange {
            request: format!("GET {path} HTTP/1.1\r\n\r\n").into_bytes(),
            status,
            head: fields.into_bytes(),
            body: body.as_bytes().to_vec(),
            ip: None,
            truncated: false,
        };
        let outcome = if status == 200 { Outcome::Page } else { Outcome::Gone };
        let visit = Visit { url: question.url.clone(), purpose: question.purpose, at, exchange: Some(exchange), outcome: outcome.clone() };
        let before = archive.last_page(question.url.as_str()).unwrap().map(|known| known.page);
        let page = writer.append(&visit, &Context { via: question.via.as_ref(), refers_to: before.as_ref() }).unwrap();
        let run = writer.run();
        archive.transaction(|tx| tx.record_visit(run, &visit, &page, question.via.as_ref().map(Url::as_str))).unwrap();
        let unchanged = before.is_some_and(|before| before.digest == page.digest);
        self.asked.push(path);
        Answer { url: question.url.clone(), at, outcome, page, unchanged, fresh: true }
    }

    /// Brings the index up; what that came to, and which folder it lies in now.
    pub fn index(&self) -> (search::Report, u64) {
        let report = index::bring_up(&self.home, &Archive::open(&self.home).unwrap()).unwrap();
        (report, std::fs::metadata(self.home.search()).unwrap().ino())
    }

    pub fn records(&self) -> Vec<Value> {
        let archive = Archive::open(&self.home).unwrap();
        let records = archive.records(&Filter::default()).unwrap();
        records.map(|record| serde_json::to_value(record.unwrap()).unwrap()).collect()
    }

    #[track_caller]
    pub fn record(&self, title: &str) -> Value {
        let found: Vec<Value> = self.records().into_iter().filter(|record| record["title"] == title).collect();
        assert_eq!(found.len(), 1, "{title:?}");
        found[0].clone()
    }

    /// All records are of that version, and none is gone.
    #[track_caller]
    pub fn assert_untouched(&self) {
        for record in self.records() {
            assert!(record["version"] == 1 && record["gone_since"].is_null() && !record["body"].is_null(), "{record:#}");
        }
    }

    /// The pages alone give the same records, with and without the archive of before.
    #[track_caller]
    pub fn assert_rebuilds(&self) {
        let before = self.records();
        let config = Config { home: self.home.dir().to_owned(), crawler: Crawler::default(), sources: vec![self.source.clone()] };
        let rebuilt = rebuild(&self.home, &config, OnLoss::KeepOld, Timestamp::now(), &mut |_| {}).unwrap();
        assert_eq!((rebuilt.loss.any(), rebuilt.beside), (false, None), "{:?}", rebuilt.loss);
        let after = self.records();
        for (one, other) in before.iter().zip(&after) {
            assert_eq!(one, other);
        }
        assert_eq!(before.len(), after.len());
    }
}

pub fn url(path: &str) -> Url {
    Url::parse(&format!("http://obec.test{path}")).unwrap()
}

/// The kinds of what a person should look at.
pub fn kinds(report: &Report) -> Vec<TroubleKind> {
    let mut kinds: Vec<TroubleKind> = report.troubles.iter().map(|trouble| trouble.kind).collect();
    kinds.sort();
    kinds.dedup();
    kinds
}
