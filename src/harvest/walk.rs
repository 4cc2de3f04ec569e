//! One run over a source: its listings page by page, then each entry that they name.
//!
//! Listings come first and are read whole, so that a run cut short still knows every entry. What a walk
//! writes depends on the answers alone, never on the clock: a rebuild walks the same way and arrives at
//! the same archive.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use url::Url;

use crate::archive::{Archive, ListingRead};
use crate::config::{Crawler, Source};
use crate::extract::{self, Entry, Page, Problem, ProblemKind};
use crate::pages::Pages;
use crate::record::PageRef;
use crate::visit::{Outcome, Purpose};

use super::answers::{Answer, Answers, Question, page_ref};
use super::{Error, Progress, identity};

/// A listing that shrinks below this share of what it had removes nothing: it is a fault, not news.
const SANE_SHARE: f64 = 0.5;

pub(super) struct Walk<'a> {
    pub(super) source: &'a Source,
    pub(super) crawler: &'a Crawler,
    pub(super) run: &'a str,
    pub(super) pages: &'a Pages,
    pub(super) archive: &'a mut Archive,
    pub(super) answers: Answers,
    pub(super) counts: Counts,
    pub(super) troubles: Vec<Trouble>,
    /// Records settled in this run.
    pub(super) settled: HashSet<crate::record::RecordId>,
    /// Links that several entries share: they are no address of a notice.
    pub(super) shared_links: HashSet<Url>,
    /// Which listing names which canonical address or key.
    pub(super) named: HashSet<(Url, String)>,
    /// Listings read whole that name no fewer entries than before.
    pub(super) full: Vec<Url>,
    progress: Progress,
}

/// What a run met.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Questions put to the network in this run.
    pub asked: u64,
    /// Answered "not modified".
    pub not_modified: u64,
    /// Entries named by the listings, each notice once.
    pub entries: u64,
    pub new: u64,
    pub changed: u64,
    pub gone: u64,
    /// Problems by kind.
    pub problems: BTreeMap<&'static str, u64>,
}

/// A page that could not be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    pub url: String,
    pub why: String,
}

/// Decoded body and content type.
pub(super) type Content = (Vec<u8>, Option<String>);

/// What a walk leaves.
pub(super) struct Ended {
    pub answers: Answers,
    pub counts: Counts,
    pub troubles: Vec<Trouble>,
    pub progress: Progress,
}

/// An entry with the page of the listing that names it.
pub(super) struct Found {
    pub entry: Entry,
    /// First page of the listing.
    pub listing: Url,
    /// The listing page itself.
    pub on: Url,
    pub at: Timestamp,
    pub page: PageRef,
}

impl<'a> Walk<'a> {
    pub fn new(
        source: &'a Source,
        crawler: &'a Crawler,
        run: &'a str,
        pages: &'a Pages,
        archive: &'a mut Archive,
        answers: Answers,
    ) -> Self {
        Self {
            source,
            crawler,
            run,
            pages,
            archive,
            answers,
            counts: Counts::default(),
            troubles: Vec::new(),
            settled: HashSet::new(),
            shared_links: HashSet::new(),
            named: HashSet::new(),
            full: Vec::new(),
            progress: Progress::default(),
        }
    }

    pub fn end(self) -> Ended {
        Ended { answers: self.answers, counts: self.counts, troubles: self.troubles, progress: self.progress }
    }

    /// Reads the listings, then the entries, then notes what is missing.
    pub async fn go(&mut self, listings: &[Url], tell: &mut dyn FnMut(&Progress)) -> Result<(), Error> {
        let mut found = Vec::new();
        for listing in listings {
            self.progress.known += 1;
            found.extend(self.listing(listing, tell).await?);
        }
        self.shared_links = shared_links(&found);
        for found in &found {
            let (url, key) = self.names(found);
            self.named.extend([(found.listing.clone(), url.into()), (found.listing.clone(), key)]);
        }
        self.progress.known += found.len() as u64;
        let mut stopped = false;
        for found in &found {
            if !stopped && self.answers.stopped() {
                // What is left is noted from the listings alone: soon, and once more by the run that carries on.
                stopped = true;
                self.archive.wait_for_disk(false)?;
            }
            if let Some(link) = found.entry.link.as_ref().filter(|_| !stopped) {
                link.as_str().clone_into(&mut self.progress.address);
                tell(&self.progress);
            }
            self.entry(found).await?;
            self.progress.done += u64::from(!self.answers.stopped());
        }
        tell(&self.progress);
        self.counts.entries = self.settled.len() as u64;
        self.absent(&found).await
    }

    /// Reads one listing to its end; its entries in order.
    async fn listing(&mut self, start: &Url, tell: &mut dyn FnMut(&Progress)) -> Result<Vec<Found>, Error> {
        let mut found: Vec<Found> = Vec::new();
        let mut met: HashSet<String> = HashSet::new();
        let mut asked: HashSet<Url> = HashSet::new();
        let mut next = Some(start.clone());
        let mut via = None;
        let mut whole = false;
        let mut last = None;
        while let Some(url) = next.take() {
            if asked.len() >= self.source.max_pages as usize {
                self.trouble(&url, format!("max_pages = {} is reached", self.source.max_pages));
                break;
            }
            asked.insert(url.clone());
            url.as_str().clone_into(&mut self.progress.address);
            tell(&self.progress);
            let Some(answer) = self.ask(&url, Purpose::Listing, via.as_ref()).await? else { break };
            self.progress.done += 1;
            let Some((bytes, content_type)) = self.content(&answer, Purpose::Listing) else { break };
            last = Some(answer.at);
            let page = Page { url: &answer.url, content_type: content_type.as_deref(), bytes: &bytes, seen: day(answer.at) };
            let read = extract::listing::read(&page, &self.source.selectors);
            // Pagers often link one page too many: an empty page after others ends the listing and is no problem.
            let past_the_end = asked.len() > 1 && read.entries.is_empty();
            let problems = read.problems.into_iter().filter(|problem| !(past_the_end && problem.kind == ProblemKind::NoEntries));
            self.problems(&answer, &problems.collect::<Vec<_>>())?;
            let before = met.len();
            let fresh: Vec<Entry> = read.entries.into_iter().filter(|entry| met.insert(entry_key(entry))).collect();
            let page_ref = page_ref(&answer.location);
            found.extend(fresh.into_iter().map(|entry| Found {
                entry,
                listing: start.clone(),
                on: answer.url.clone(),
                at: answer.at,
                page: page_ref.clone(),
            }));
            let repeats = met.len() == before;
            if repeats && asked.len() == 1 {
                break;
            }
            next = read
                .next
                .map(|next| identity::address(&next))
                .filter(|next| !repeats && self.source.in_scope(next) && !asked.contains(next));
            // An error page looks empty, too: it must not take for removed what it hides.
            let known = if past_the_end { self.archive.listing(start.as_str())?.map_or(0, |state| state.entries) } else { 0 };
            whole = next.is_none() && found.len() as u64 >= u64::from(known);
            self.progress.known += u64::from(next.is_some());
            via = Some(url);
        }
        if let Some(at) = last {
            let before = self.archive.listing(start.as_str())?.map_or(0, |state| state.entries);
            let sane = found.len() as f64 >= f64::from(before) * SANE_SHARE;
            if whole && !sane {
                self.trouble(
                    start,
                    format!("the listing names {} entries where it had {before}; nothing is taken for removed", found.len()),
                );
            }
            if whole && found.len() as u64 >= u64::from(before) {
                self.full.push(start.clone());
            }
            let entries = if sane { found.len() as u32 } else { before };
            tracing::info!(listing = %start, pages = asked.len(), entries, whole = whole && sane, "listing read");
            let read = ListingRead { run: self.run, source: &self.source.name, url: start.as_str(), at, whole: whole && sane, entries };
            self.archive.transaction(|tx| tx.record_listing(&read))?;
        }
        Ok(found)
    }

    /// Puts a question; `None` when it could not be put now. A refusal or failure is noted as trouble.
    pub(super) async fn ask(&mut self, url: &Url, purpose: Purpose, via: Option<&Url>) -> Result<Option<Answer>, Error> {
        let Some(answer) = self.put(url, purpose, via).await? else { return Ok(None) };
        let why = match &answer.outcome {
            Outcome::Page | Outcome::NotModified => return Ok(Some(answer)),
            Outcome::Gone => "the server says it is gone".to_owned(),
            Outcome::Moved { to, .. } => format!("redirected to {to}, which was not followed"),
            Outcome::Busy { until } => format!("the server is busy and asked for a pause until {until}"),
            Outcome::Refused(refusal) => refusal.to_string(),
            Outcome::Failed { why, .. } => why.clone(),
        };
        self.trouble(url, why);
        Ok(Some(answer))
    }

    /// Puts a question whatever its answer may be.
    pub(super) async fn put(&mut self, url: &Url, purpose: Purpose, via: Option<&Url>) -> Result<Option<Answer>, Error> {
        let answer = self.answers.get(&Question { url, purpose, via, cap: self.cap(purpose) }, self.pages, self.archive).await?;
        if let Some(answer) = answer.as_ref().filter(|answer| answer.fresh) {
            self.counts.asked += 1;
            self.counts.not_modified += u64::from(answer.outcome == Outcome::NotModified);
        }
        Ok(answer)
    }

    /// Decoded body and content type of a page, from the page archive.
    pub(super) fn content(&mut self, answer: &Answer, purpose: Purpose) -> Option<Content> {
        if !matches!(answer.outcome, Outcome::Page | Outcome::NotModified) {
            return None;
        }
        let read = match self.pages.read(&answer.location) {
            // A file of another run that was damaged or taken away costs its pages, not the run.
            Err(error) => Err(error.to_string()),
            Ok(stored) if stored.exchange.status == 304 => Err("the page that has not changed is no longer stored".to_owned()),
            Ok(stored) => stored.exchange.content(self.cap(purpose)).map(|bytes| (bytes, stored.exchange.header("content-type"))),
        };
        match read {
            Ok(content) => Some(content),
            Err(why) => {
                self.trouble(&answer.url, why);
                None
            }
        }
    }

    /// The largest body that is taken, in bytes.
    fn cap(&self, purpose: Purpose) -> u64 {
        if purpose == Purpose::Attachment { self.crawler.max_attachment } else { self.crawler.max_page }
    }

    pub(super) fn problems(&mut self, answer: &Answer, problems: &[Problem]) -> Result<(), Error> {
        for problem in problems {
            *self.counts.problems.entry(problem.kind.name()).or_default() += 1;
        }
        let (run, url, at) = (self.run, answer.url.as_str(), answer.at);
        self.archive.transaction(|tx| problems.iter().try_for_each(|p| tx.record_problem(run, at, url, p.kind.name(), &p.what)))?;
        if problems.iter().any(|p| matches!(p.kind, ProblemKind::NoEntries | ProblemKind::Unreadable)) {
            self.trouble(&answer.url, problems.iter().map(|p| p.what.clone()).collect::<Vec<_>>().join("; "));
        }
        Ok(())
    }

    pub(super) fn trouble(&mut self, url: &Url, why: String) {
        self.troubles.push(Trouble { url: url.to_string(), why });
    }
}

/// The calendar day of a fetch, in UTC; the reader allows for the day that follows.
pub(super) fn day(at: Timestamp) -> jiff::civil::Date {
    at.to_zoned(TimeZone::UTC).date()
}

/// What makes an entry the same on two pages of a listing.
fn entry_key(entry: &Entry) -> String {
    let link = entry.link.as_ref().map(identity::address);
    format!("{}|{}", identity::key(entry.published, &entry.title, link.as_ref()), link.map(String::from).unwrap_or_default())
}

/// Links under which entries of different date or title stand in one listing.
fn shared_links(found: &[Found]) -> HashSet<Url> {
    let mut first: HashMap<(Url, &Url), String> = HashMap::new();
    let mut shared = HashSet::new();
    for found in found {
        let Some(link) = &found.entry.link else { continue };
        let link = identity::address(link);
        let key = identity::key(found.entry.published, &found.entry.title, None);
        if first.entry((link.clone(), &found.listing)).or_insert_with(|| key.clone()) != &key {
            shared.insert(link);
        }
    }
    shared
}
