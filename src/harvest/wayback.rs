//! Captures of our sources that another archive serves: found in its CDX index, fetched as they were (`id_`), one polite
//! request at a time through the one door.
//!
//! Only what a crawl would have asked for is asked for: the listings, what any capture of them names, the documents of that.
//! An address costs one look into the index and one request for each of its different contents; a capture with the bytes of
//! an earlier one, or without a page, is taken from the index. What is fetched is durable at once, and kept when the way is
//! cut short: the next one goes on from there.

use std::collections::{HashMap, HashSet, VecDeque};

use jiff::Timestamp;
use tokio::runtime::Handle;
use url::Url;

use crate::archive::Archive;
use crate::config::{Crawler, Source};
use crate::crawl::{Ask, Client};
use crate::extract::{self, Entry, Page};
use crate::pages::cdx::{self, Indexed};
use crate::pages::{CaptureEvent, Pages, Parcel, Piece};
use crate::record::PageRef;
use crate::visit::{Outcome, Purpose, Visit};

use super::cdx_server::{CdxServer, Span};
use super::context::{Content, day};
use super::imported::led;
use super::{Error, Stop};

/// What asking another archive came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fetched {
    /// Captures whose bytes were fetched.
    pub fetched: u64,
    /// Captures that the index alone tells: the same bytes again, or a page that was gone.
    pub from_index: u64,
    /// Captures that are listed and not served.
    pub unserved: u64,
    /// What could not be had, and why.
    pub troubles: Vec<(String, String)>,
    /// It was stopped before its end.
    pub stopped: bool,
}

/// What an address is to a source.
#[derive(Clone)]
enum Lead {
    Listing,
    Notice(Box<Entry>),
    Document,
}

/// What a capture holds.
enum Held {
    Page(Content),
    /// It sent its readers elsewhere.
    Moved(Url),
}

/// The way to the captures.
pub(super) struct Gatherer<'a> {
    pub runtime: &'a Handle,
    pub crawler: &'a Crawler,
    pub server: &'a CdxServer,
    pub span: &'a Span,
    pub stop: &'a Stop,
    pub pages: &'a Pages,
    pub archive: &'a Archive,
}

/// The same on its way.
struct Gathering<'a> {
    of: &'a Gatherer<'a>,
    client: Client,
    parcel: Parcel,
    /// Captures that are here, by address and moment.
    held: HashMap<(String, String), PageRef>,
    /// Answers of the index that are here.
    indexes: HashMap<String, PageRef>,
    out: Fetched,
}

impl Gatherer<'_> {
    /// Fetches into the parcel what is not here yet.
    pub fn gather(&self, sources: &[Source], tell: &mut dyn FnMut(&str)) -> Result<Fetched, Error> {
        let (mut held, mut indexes) = (HashMap::new(), HashMap::new());
        let key = |url: &Url, at| (url.to_string(), cdx::digits(at));
        for file in self.pages.imports()? {
            for event in self.pages.captures(&file)? {
                if let CaptureEvent::Capture(capture) = event? {
                    held.insert(key(&capture.visit.url, capture.visit.at), capture.place);
                }
            }
        }
        let parcel = self.pages.parcel(&self.server.to_string(), |packed| {
            if packed.index {
                indexes.insert(packed.url.to_string(), packed.place);
            } else {
                held.insert(key(&packed.url, packed.at), packed.place);
            }
        })?;
        let door = Source::new("cdx", vec![self.server.index().clone()]);
        // A list without captures may be an answer without a byte, which is no fault; faults are asked for again by the next import.
        let once = Crawler { retries: 0, ..self.crawler.clone() };
        let client = Client::new(&once, &door, self.archive.pauses()?, env!("CARGO_PKG_VERSION"))?;
        let mut gathering = Gathering { of: self, client, parcel, held, indexes, out: Fetched::default() };
        for source in sources {
            if !gathering.source(source, tell)? {
                break;
            }
        }
        Ok(gathering.out)
    }
}

impl Gathering<'_> {
    /// All of a source; false: there is no use in going on.
    fn source(&mut self, source: &Source, tell: &mut dyn FnMut(&str)) -> Result<bool, Error> {
        let mut waiting: VecDeque<(Url, Lead)> = source.listing.iter().map(|url| (url.clone(), Lead::Listing)).collect();
        let mut known: HashSet<Url> = source.listing.iter().cloned().collect();
        let mut listings = waiting.len();
        while let Some((url, lead)) = waiting.pop_front() {
            tell(url.as_str());
            let Some(captures) = self.captures(&url)? else { return Ok(false) };
            let mut first: HashMap<String, Indexed> = HashMap::new();
            for capture in captures {
                let further = match self.capture(&capture, &mut first)? {
                    Some(Held::Page(page)) => leads(source, &lead, &capture, page),
                    Some(Held::Moved(to)) if source.in_scope(&to) => vec![(led(source, &to), lead.clone())],
                    Some(Held::Moved(_)) | None => continue,
                };
                for (led, lead) in further {
                    let lists = matches!(lead, Lead::Listing);
                    if (lists && listings >= source.max_pages as usize) || !known.insert(led.clone()) {
                        continue;
                    }
                    listings += usize::from(lists);
                    waiting.push_back((led, lead));
                }
            }
            if self.out.stopped {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// What the index lists for an address; `None`: it is of no use to ask on.
    fn captures(&mut self, url: &Url) -> Result<Option<Vec<Indexed>>, Error> {
        let question = self.of.server.question(url, self.of.span);
        let answer = match self.indexes.get(question.as_str()) {
            Some(place) => self.of.pages.index_answer(place)?,
            None => match self.ask(&question, Purpose::Listing)? {
                None => return Ok(None),
                Some(visits) => match answered(&visits, self.of.crawler.max_page) {
                    Ok(answer) => {
                        let at = visits.last().map_or(Timestamp::UNIX_EPOCH, |visit| visit.at);
                        self.parcel.add(&question, at, Piece::Index { answer: &answer })?;
                        answer
                    }
                    Err(why) => {
                        self.out.troubles.push((question.to_string(), why));
                        let refused = visits.last().is_some_and(|visit| matches!(visit.outcome, Outcome::Refused(_)));
                        return Ok(if refused { None } else { Some(Vec::new()) });
                    }
                },
            },
        };
        let (captures, unread) = cdx::read(&answer);
        if captures.is_empty() && unread > 0 {
            self.out.troubles.push((question.to_string(), "the answer is no list of captures".to_owned()));
        }
        Ok(Some(captures))
    }

    /// Has a capture in the parcel; what it holds, unless that is held already or cannot be read.
    fn capture(&mut self, capture: &Indexed, first: &mut HashMap<String, Indexed>) -> Result<Option<Held>, Error> {
        let key = (capture.url.to_string(), cdx::digits(capture.at));
        if let Some(earlier) = first.get(&capture.digest).filter(|_| capture.is_page()) {
            if !self.held.contains_key(&key) {
                let of = (&earlier.url, earlier.at);
                let place = self.parcel.add(&capture.url, capture.at, Piece::Revisit { of })?;
                self.held.insert(key, place);
                self.out.from_index += 1;
            }
            return Ok(None);
        }
        let place = match (self.held.get(&key), capture.status) {
            (Some(place), _) => Some(place.clone()),
            (None, Some(404 | 410)) => {
                let place =
                    self.parcel.add(&capture.url, capture.at, Piece::Response { head: "HTTP/1.1 404 Not Found\r\n\r\n", body: b"" })?;
                self.held.insert(key, place);
                self.out.from_index += 1;
                None
            }
            (None, _) if capture.is_page() || capture.is_redirect() => self.fetch(capture)?,
            // Other answers say nothing of a page.
            (None, _) => None,
        };
        let held = place.and_then(|place| self.read(capture, &place));
        if let Some(Held::Page(_)) = &held {
            first.insert(capture.digest.clone(), capture.clone());
        }
        Ok(held)
    }

    /// What is here of a capture.
    fn read(&self, capture: &Indexed, place: &PageRef) -> Option<Held> {
        let exchange = self.of.pages.read(place).ok()?.exchange;
        if capture.is_redirect() {
            return capture.url.join(&exchange.header("location")?).ok().map(Held::Moved);
        }
        let content = exchange.content(self.of.crawler.max_page).ok().filter(|_| exchange.status == 200)?;
        Some(Held::Page((content, exchange.header("content-type"))))
    }

    /// Asks for a capture as it was, and keeps it.
    fn fetch(&mut self, capture: &Indexed) -> Result<Option<PageRef>, Error> {
        let original = self.of.server.original(capture);
        let Some(visits) = self.ask(&original, Purpose::Detail)? else { return Ok(None) };
        let moved = capture.is_redirect();
        let answer = visits.iter().rev().find(|visit| visit.url == original && visit.purpose != Purpose::Robots);
        let last = visits.last();
        let had = match (answer, last) {
            (Some(answer), _) if moved => answer.exchange.as_ref().filter(|exchange| (300..400).contains(&exchange.status)),
            // Led to another moment: this one is not there.
            (Some(answer), Some(last)) if last.url == original => answer.exchange.as_ref().filter(|_| answer.outcome == Outcome::Page),
            _ => None,
        };
        let Some(exchange) = had else {
            let why = last.map_or_else(|| "no answer".to_owned(), |visit| in_words(&visit.outcome));
            self.out.unserved += 1;
            tracing::info!(%original, why, "a capture that is listed is not served");
            if let Some(Visit { outcome: Outcome::Busy { .. } | Outcome::Refused(_) | Outcome::Failed { again: true, .. }, .. }) = last {
                self.out.troubles.push((original.to_string(), why));
            }
            return Ok(None);
        };
        let body = match exchange.content(self.of.crawler.max_attachment) {
            Ok(body) if !moved => body,
            Ok(_) => Vec::new(),
            Err(why) => {
                self.out.troubles.push((original.to_string(), why));
                return Ok(None);
            }
        };
        let wire_head = self.of.server.head(exchange);
        let place = self.parcel.add(&capture.url, capture.at, Piece::Response { head: &wire_head, body: &body })?;
        self.held.insert((capture.url.to_string(), cdx::digits(capture.at)), place.clone());
        self.out.fetched += 1;
        Ok(Some(place))
    }

    /// Puts a question to the other archive; `None`: it was stopped meanwhile.
    fn ask(&mut self, url: &Url, purpose: Purpose) -> Result<Option<Vec<Visit>>, Error> {
        let Gatherer { runtime, stop, archive, crawler, .. } = *self.of;
        let ask = Ask { url: url.clone(), purpose, conditional: None, cap: crawler.max_attachment };
        let visits = runtime.block_on(async {
            tokio::select! {
                biased;
                () = stop.wait() => None,
                visits = self.client.visit(ask) => Some(visits),
            }
        });
        let pauses = self.client.deadlines();
        archive.transaction(|tx| pauses.iter().try_for_each(|(host, until)| tx.set_pause(host, *until)))?;
        self.out.stopped |= visits.is_none();
        Ok(visits)
    }
}

/// The content of the last answer.
fn answered(visits: &[Visit], cap: u64) -> Result<Vec<u8>, String> {
    let last = visits.last().ok_or("no answer")?;
    match (&last.outcome, &last.exchange) {
        (Outcome::Page, Some(exchange)) => exchange.content(cap),
        // pywb says so of an address without captures.
        (Outcome::Gone, _) => Ok(Vec::new()),
        // An empty list is no page, and no fault either.
        (_, Some(exchange)) if exchange.status == 200 && exchange.body.is_empty() => Ok(Vec::new()),
        (outcome, _) => Err(in_words(outcome)),
    }
}

/// A page that is not the one asked for was led to.
fn in_words(outcome: &Outcome) -> String {
    outcome.why_no_page().unwrap_or_else(|| "it leads to another moment".to_owned())
}

/// What a page of a source leads to.
fn leads(source: &Source, lead: &Lead, capture: &Indexed, page: Content) -> Vec<(Url, Lead)> {
    let (url, (bytes, content_type)) = (led(source, &capture.url), page);
    let page = Page { url: &url, content_type: content_type.as_deref(), bytes: &bytes, seen: day(capture.at) };
    let mut out = Vec::new();
    let mut documents = Vec::new();
    match lead {
        Lead::Listing => {
            let listing = extract::listing::read(&page, &source.selectors);
            out.extend(listing.next.map(|next| (next, Lead::Listing)));
            for mut entry in listing.entries {
                documents.append(&mut entry.documents);
                if let Some(link) = entry.link.clone().filter(|_| source.details) {
                    out.push((link, Lead::Notice(Box::new(entry))));
                }
            }
        }
        Lead::Notice(entry) if content_type.as_deref().is_none_or(|kind| kind.contains("html")) => {
            documents = extract::article::read(&page, entry, &source.selectors).documents;
        }
        Lead::Notice(_) | Lead::Document => {}
    }
    if source.attachments {
        out.extend(documents.into_iter().map(|link| (link.url, Lead::Document)));
    }
    out.retain(|(url, _)| source.in_scope(url));
    out.into_iter().map(|(url, lead)| (led(source, &url), lead)).collect()
}
