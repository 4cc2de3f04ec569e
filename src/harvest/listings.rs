//! Reading the listings: page after page to the end, or to a page from which on everything is known to stand as it was.
//!
//! A page with the bytes of before is not read again; if the last reading was whole, such a page (or one whose entries are
//! all known, by their links or by their words) ends the walk early, until the rest is due. A listing that failed, was cut, shrank or was relaunched is
//! doubtful: it proves no removal, and nothing of it is taken for known the next time.

use std::collections::{HashSet, VecDeque};

use jiff::Timestamp;
use url::Url;

use crate::archive::{KnownListingPage, ListingRead, ListingTally, NewFound, ReadPage};
use crate::extract::{self, Entry, Page, Problem, ProblemKind};
use crate::visit::Purpose;

use super::context::{Context, TroubleKind, day};
use super::listed::Listed;
use super::met::Met;
use super::question::{Answer, PageQuestion, Reply};
use super::{Error, identity, schedule};

/// A listing that shrinks below this share of what it had is a fault, not news.
const SANE_SHARE: f64 = 0.5;
/// Entries that a listing must have had before "most of them are new" is a relaunch.
const RELAUNCH_ENTRIES: u64 = 5;

/// The listings of a run, those read and those to be read.
pub(super) struct Listings {
    waiting: VecDeque<Url>,
    current: Option<Reading>,
    read: Vec<Reading>,
}

/// How the reading of one listing stands.
pub(super) struct Reading {
    pub listing: Url,
    next: Option<(Url, Option<Timestamp>)>,
    via: Option<Url>,
    asked: HashSet<Url>,
    /// When its last page was had.
    at: Option<Timestamp>,
    /// Everything on its last page is known.
    known: bool,
    met: Met,
    /// Something speaks against what one of its pages was read as.
    doubted: bool,
    pub end: End,
}

/// How a reading ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// It failed, was cut, or is in doubt.
    Doubtful,
    /// The rest is known to stand as it was.
    Early,
    /// Read to the last page.
    Whole,
}

impl Listings {
    pub fn new(listings: &[Url]) -> Self {
        Self { waiting: listings.iter().cloned().collect(), current: None, read: Vec::new() }
    }

    pub fn read(&self) -> &[Reading] {
        &self.read
    }

    /// The listings whose last pages were not read because they are known.
    pub fn ended_early(&self) -> Vec<&str> {
        self.read.iter().filter(|reading| reading.end == End::Early).map(|reading| reading.listing.as_str()).collect()
    }

    /// Of the listing there may be more than was read or is known to stand.
    pub fn is_unfinished(&self, listing: &str) -> bool {
        self.read.iter().any(|reading| reading.listing.as_str() == listing && reading.end != End::Whole)
    }

    pub fn next(&mut self, context: &mut Context<'_>) -> Option<PageQuestion> {
        if self.current.is_none() {
            self.current = self.waiting.pop_front().map(Reading::new);
            context.report.progress.known += u64::from(self.current.is_some());
        }
        let reading = self.current.as_ref()?;
        let (url, due) = reading.next.as_ref()?;
        Some(context.question(url, Purpose::Listing, reading.via.as_ref(), *due))
    }

    pub fn answer(&mut self, context: &mut Context<'_>, reply: Reply) -> Result<(), Error> {
        let Some(mut reading) = self.current.take() else { return Ok(()) };
        reading.answer(context, reply)?;
        if let Some((next, _)) = &reading.next
            && reading.asked.len() >= context.source.max_pages as usize
            && let Some(at) = reading.at
        {
            context.trouble(TroubleKind::MaxPages, next.as_str(), at, format!("max_pages = {} is reached", context.source.max_pages))?;
            reading.next = None;
            reading.end = End::Doubtful;
        }
        if reading.next.is_some() {
            context.report.progress.known += 1;
            self.current = Some(reading);
        } else {
            self.read.push(reading);
        }
        Ok(())
    }

    /// Decides which readings bear witness, once it is clear which entries are known.
    pub fn judge(&mut self, context: &mut Context<'_>) -> Result<(), Error> {
        for reading in &mut self.read {
            reading.judge(context)?;
        }
        Ok(())
    }

    /// Keeps what is needed to know the pages again; forgets those of a doubtful listing.
    pub fn keep(&self, context: &mut Context<'_>) -> Result<(), Error> {
        let reader = reader(context);
        for reading in &self.read {
            let listing = reading.listing.as_str();
            context.archive.transaction(|tx| match reading.end {
                End::Doubtful => tx.forget_listing_pages(listing),
                End::Early => tx.keep_listing_pages(listing, &reader, context.run),
                End::Whole => {
                    tx.forget_unread_listing_pages(listing)?;
                    tx.keep_listing_pages(listing, &reader, context.run)
                }
            })?;
        }
        Ok(())
    }
}

impl Reading {
    fn new(listing: Url) -> Self {
        Self {
            next: Some((listing.clone(), None)),
            listing,
            via: None,
            asked: HashSet::new(),
            at: None,
            known: true,
            met: Met::default(),
            doubted: false,
            end: End::Doubtful,
        }
    }

    /// When its last page was had.
    pub fn at(&self) -> Option<Timestamp> {
        self.at
    }

    fn answer(&mut self, context: &mut Context<'_>, reply: Reply) -> Result<(), Error> {
        let Some((url, due)) = self.next.take() else { return Ok(()) };
        let Reply::Page(answer) = reply else {
            // What was not asked for because it is not due yet stands as it was.
            self.end = if due.is_some() { End::Early } else { End::Doubtful };
            return Ok(());
        };
        self.end = End::Doubtful;
        self.asked.insert(url.clone());
        context.report.progress.done += 1;
        context.count(&url, &answer)?;
        if !answer.has_page() {
            return Ok(());
        }
        self.at = Some(answer.at);
        let known = context.archive.listing_page(self.listing.as_str(), url.as_str())?;
        let next = match known.filter(|known| known.digest == answer.page.digest && known.reader == reader(context)) {
            Some(known) => self.pass(context, &url, &answer, &known)?,
            None => self.read(context, &url, &answer)?,
        };
        self.next = self.follow(context, next)?;
        self.via = Some(url);
        Ok(())
    }

    /// A page that is known and the same: its entries are seen, and it is not read.
    fn pass(&mut self, context: &Context<'_>, url: &Url, answer: &Answer, known: &KnownListingPage) -> Result<Option<Url>, Error> {
        let next = known.next.as_deref().and_then(|next| Url::parse(next).ok());
        self.known = true;
        self.met.pass(url);
        self.end = if next.is_none() { End::Whole } else { End::Doubtful };
        context.archive.page_was_read(&self.page(url, answer, next.as_ref(), true))?;
        Ok(next)
    }

    /// Reads one page; the page that follows, if there is one. A page that cannot be read leaves the listing in doubt.
    fn read(&mut self, context: &mut Context<'_>, url: &Url, answer: &Answer) -> Result<Option<Url>, Error> {
        let Some((bytes, content_type)) = context.content(answer, Purpose::Listing)? else { return Ok(None) };
        let page = Page { url: &answer.url, content_type: content_type.as_deref(), bytes: &bytes, seen: day(answer.at) };
        let read = extract::listing::read(&page, &context.source.selectors);
        // Pagers often link one page too many: an empty page after others ends the listing and is no problem.
        let past_the_end = self.asked.len() > 1 && read.entries.is_empty();
        self.doubted |= !read.whole && !past_the_end;
        let problems = read.problems.into_iter().filter(|problem| !(past_the_end && problem.kind == ProblemKind::NoEntries));
        let problems: Vec<Problem> = problems.collect();
        context.problems(answer, &problems)?;
        if problems.iter().any(|problem| problem.kind == ProblemKind::NoEntries) {
            self.no_entries(context, answer)?;
        }
        let fresh = self.take(context, url, answer, read.entries)?;
        if fresh == 0 && self.asked.len() == 1 {
            return Ok(None);
        }
        let next = read.next.map(|next| context.addresses.address(&next));
        let next = next.filter(|next| fresh > 0 && context.source.in_scope(next) && !self.asked.contains(next));
        // An error page looks empty, too: it must not take for removed what it hides.
        let hidden = past_the_end && {
            let before = context.archive.listing(self.listing.as_str())?.map_or(0, |state| state.entries);
            self.tally(context)?.named < u64::from(before)
        };
        self.end = if next.is_none() && !hidden { End::Whole } else { End::Doubtful };
        context.archive.page_was_read(&self.page(url, answer, next.as_ref(), false))?;
        Ok(next)
    }

    /// Says in words a person acts on that nothing is found where something was.
    fn no_entries(&self, context: &mut Context<'_>, answer: &Answer) -> Result<(), Error> {
        let listing = self.listing.as_str();
        let (named, until) = context.archive.last_named(listing)?;
        let before = until.map_or_else(String::new, |until| format!(" now, and {named} notices until {}", day(until)));
        let why = format!("no list of dated notices is found{before}; the page may have been redesigned: `twindex probe {}`", answer.url);
        context.trouble(TroubleKind::NoEntries, answer.url.as_str(), answer.at, why)
    }

    /// Notes the entries of a page; how many were not named before.
    fn take(&mut self, context: &Context<'_>, url: &Url, answer: &Answer, entries: Vec<Entry>) -> Result<u64, Error> {
        let mut fresh = 0;
        let (listing, met) = (self.listing.as_str(), &mut self.met);
        met.begin_page();
        self.known = context.archive.transaction(|_| {
            let mut known = true;
            for entry in entries {
                let link = entry.link.as_ref().map(|link| context.addresses.address(link));
                let (mark, twin) = (identity::mark(&entry, link.as_ref()), identity::twin(entry.published, &entry.title));
                let canonical = link.as_ref().map(|link| context.addresses.canonical(link));
                known &= match &canonical {
                    Some(url) => context.archive.names(listing, &context.source.name, url.as_str())?,
                    None => met.meet(context, listing, &twin, &mark)?,
                };
                let listed = Listed::new(&entry, answer);
                fresh += u64::from(context.archive.add_found(&NewFound {
                    listing,
                    page: url.as_str(),
                    mark: &mark,
                    link: link.as_ref().map(Url::as_str),
                    anchor: entry.anchor.as_deref(),
                    twin: &twin,
                    entry: &serde_json::to_string(&listed).expect("texts and numbers"),
                })?);
            }
            Ok::<_, Error>(known)
        })?;
        Ok(fresh)
    }

    /// The page that follows, and from when on it is worth asking for.
    fn follow(&self, context: &Context<'_>, next: Option<Url>) -> Result<Option<(Url, Option<Timestamp>)>, Error> {
        let Some(next) = next else { return Ok(None) };
        let listing = self.listing.as_str();
        let whole = context.archive.listing(listing)?.filter(|state| state.whole && self.known);
        let known = whole.is_some() && context.archive.listing_page(listing, next.as_str())?.is_some();
        let stands = known && !self.met.may_follow(context, listing)?;
        Ok(Some((next, whole.filter(|_| stands).map(|state| schedule::full_walk(state.at)))))
    }

    fn page<'p>(&'p self, url: &'p Url, answer: &'p Answer, next: Option<&'p Url>, unchanged: bool) -> ReadPage<'p> {
        let next = next.map(Url::as_str);
        ReadPage { url: url.as_str(), listing: self.listing.as_str(), digest: &answer.page.digest, next, seen: answer.at, unchanged }
    }

    fn tally(&self, context: &Context<'_>) -> Result<ListingTally, Error> {
        Ok(context.archive.tally(self.listing.as_str())?)
    }

    fn judge(&mut self, context: &mut Context<'_>) -> Result<(), Error> {
        let Some(at) = self.at.filter(|_| self.end != End::Early) else { return Ok(()) };
        if self.doubted && self.end == End::Whole {
            self.end = End::Doubtful;
        }
        let listing = self.listing.as_str();
        let before = context.archive.listing(listing)?.map_or(0, |state| u64::from(state.entries));
        let ListingTally { named, new, missing } = self.tally(context)?;
        let sane = named as f64 >= before as f64 * SANE_SHARE;
        if self.end == End::Whole && !sane && !context.accept_changes {
            let why = format!(
                "the listing names {named} entries where it had {before}; nothing is taken for removed. The page may have been redesigned: `twindex probe {listing}` shows what is read there"
            );
            context.trouble(TroubleKind::ShrunkListing, listing, at, why)?;
            self.end = End::Doubtful;
        } else if self.end == End::Whole && before >= RELAUNCH_ENTRIES && new * 2 > named && missing * 2 > before {
            let why = format!(
                "{new} of its {named} entries are new and {missing} of {before} are missing: the site seems to have been relaunched; nothing is taken for removed"
            );
            context.trouble(TroubleKind::Relaunch, listing, at, why)?;
            context.archive.transaction(|tx| tx.let_go_missing(listing))?;
            self.end = End::Doubtful;
        }
        let whole = self.end == End::Whole;
        let entries = if whole { named } else { before.max(named) };
        tracing::info!(listing, pages = self.asked.len(), entries, whole, "listing read");
        let read = ListingRead { run: context.run, source: &context.source.name, url: listing, at, whole, entries: entries as u32 };
        context.archive.transaction(|tx| tx.record_listing(&read))?;
        Ok(())
    }
}

/// What pages are read with: another configuration reads a known page otherwise.
fn reader(context: &Context<'_>) -> String {
    let source = context.source;
    format!("{:?} {} {}", source.selectors, source.details, source.attachments)
}
