//! Where a walk gets its pages: from the run's own record, else from the network.
//!
//! A live run, a run that carries on an interrupted one and a rebuild walk the same way; they differ only
//! in what is already recorded and whether there is a client. Every live visit is appended to the page
//! archive and synced before the database hears of it, so a kill costs at most one repeated fetch.

use std::collections::HashMap;

use jiff::Timestamp;
use url::Url;

use crate::archive::Archive;
use crate::crawl::{Ask, Client, Conditional};
use crate::pages::{Context, Event, Location, Pages, Writer};
use crate::record::PageRef;
use crate::visit::{Outcome, Purpose, Visit};

use super::{Error, Stop};

/// Hops of one question; the client stops sooner, a rebuild must not run in circles either.
const MAX_HOPS: usize = 10;

pub(super) struct Answers {
    /// What the run has got so far, by the address asked for.
    known: HashMap<Url, Recorded>,
    live: Option<Live>,
}

#[derive(Clone)]
struct Recorded {
    at: Timestamp,
    outcome: Outcome,
    location: Location,
}

/// The network side of a run.
pub(super) struct Live {
    pub client: Client,
    pub writer: Writer,
    pub stop: Stop,
    /// Ask for everything anew, without validators.
    pub full: bool,
}

/// One address to be had.
pub(super) struct Question<'a> {
    pub url: &'a Url,
    pub purpose: Purpose,
    /// The page that named it.
    pub via: Option<&'a Url>,
    /// The largest body that is taken, in bytes.
    pub cap: u64,
}

/// What became of one question.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    /// The last hop.
    pub url: Url,
    pub at: Timestamp,
    pub outcome: Outcome,
    pub location: Location,
    /// The question was put to the network just now.
    pub fresh: bool,
}

impl Answers {
    /// Nothing but what is recorded.
    pub fn recorded() -> Self {
        Self { known: HashMap::new(), live: None }
    }

    pub fn go_live(&mut self, live: Live) {
        self.live = Some(live);
    }

    pub fn take_live(&mut self) -> Option<Live> {
        self.live.take()
    }

    /// Nothing more will be asked for: the run was told to stop.
    pub fn stopped(&self) -> bool {
        self.live.as_ref().is_some_and(|live| live.stop.is_raised())
    }

    pub fn learn(&mut self, visit: &Visit, location: Location) {
        learn(&mut self.known, visit, location);
    }

    /// Drops what another try may better: a run that carries on asks for that again.
    pub fn forget_failures(&mut self) {
        let lasting = |outcome: &Outcome| match outcome {
            Outcome::Page | Outcome::NotModified | Outcome::Moved { .. } | Outcome::Gone => true,
            Outcome::Busy { .. } | Outcome::Refused(_) => false,
            Outcome::Failed { again, .. } => !again,
        };
        self.known.retain(|_, recorded| lasting(&recorded.outcome));
    }

    /// The answer to an address, following redirects; `None` when it was not asked for and cannot be now.
    pub async fn get(&mut self, question: &Question<'_>, pages: &Pages, archive: &mut Archive) -> Result<Option<Answer>, Error> {
        let mut fresh = false;
        let mut at = question.url.clone();
        for _ in 0..MAX_HOPS {
            // The target of a redirect is unknown if a kill fell between the two hops.
            if !self.known.contains_key(&at) {
                fresh |= self.fetch(&Question { url: &at, ..*question }, pages, archive).await?;
            }
            let Some(found) = self.known.get(&at).cloned() else { return Ok(None) };
            match found.outcome {
                Outcome::Moved { to, .. } => at = to,
                outcome => return Ok(Some(Answer { url: at, at: found.at, outcome, location: found.location, fresh })),
            }
        }
        Ok(None)
    }

    /// Puts the question to the network and records every hop; false if there is no network now.
    async fn fetch(&mut self, question: &Question<'_>, pages: &Pages, archive: &mut Archive) -> Result<bool, Error> {
        let Question { url, purpose, via, cap } = *question;
        let Some(live) = self.live.as_mut().filter(|live| !live.stop.is_raised()) else { return Ok(false) };
        // "Not modified" is worth nothing without the page that it speaks of.
        let conditional = archive
            .last_page(url.as_str())?
            .filter(|page| !live.full && (page.etag.is_some() || page.last_modified.is_some()))
            .filter(|page| pages.read(&location(&page.page)).is_ok())
            .map(|page| Conditional { etag: page.etag, last_modified: page.last_modified });
        let ask = Ask { url: url.clone(), purpose, conditional, cap };
        let mut asking = std::pin::pin!(live.client.visit(ask));
        let visits = loop {
            tokio::select! {
                visits = &mut asking => break visits,
                // Kept while it is waited for: a crawl killed meanwhile must find it.
                () = live.client.held() => keep_pauses(&live.client, archive)?,
                () = live.stop.wait() => return keep_pauses(&live.client, archive).map(|()| false),
            }
        };
        for visit in visits {
            let before = archive.last_page(visit.url.as_str())?.map(|page| location(&page.page));
            let location = live.writer.append(&visit, &Context { via, refers_to: before.as_ref() })?;
            live.writer.sync()?;
            let run = live.writer.run();
            archive.transaction(|tx| tx.record_visit(run, &visit, &page_ref(&location), via.map(Url::as_str)))?;
            learn(&mut self.known, &visit, location);
        }
        keep_pauses(&live.client, archive)?;
        Ok(true)
    }
}

/// Nobody asks these hosts too soon, this run or the next.
fn keep_pauses(client: &Client, archive: &Archive) -> Result<(), Error> {
    let pauses = client.deadlines();
    archive.transaction(|tx| pauses.iter().try_for_each(|(host, until)| tx.set_pause(host, *until)))?;
    Ok(())
}

fn learn(known: &mut HashMap<Url, Recorded>, visit: &Visit, location: Location) {
    if visit.purpose != Purpose::Robots {
        known.insert(visit.url.clone(), Recorded { at: visit.at, outcome: visit.outcome.clone(), location });
    }
}

/// Takes a run's record in, and into the database what a kill kept from it; the listings it began with, in order.
pub(super) fn replayed(pages: &Pages, run: &str, answers: &mut Answers, archive: &mut Archive) -> Result<Vec<Url>, Error> {
    let mut listings = Vec::new();
    for event in pages.replay_run(run)? {
        let Event::Visit { visit, location, via } = event? else { continue };
        if visit.purpose == Purpose::Listing && via.is_none() && !listings.contains(&visit.url) {
            listings.push(visit.url.clone());
        }
        let page = page_ref(&location);
        if !archive.knows_visit(&page)? {
            archive.transaction(|tx| tx.record_visit(run, &visit, &page, via.as_ref().map(Url::as_str)))?;
        }
        answers.learn(&visit, location);
    }
    Ok(listings)
}

pub(super) fn page_ref(location: &Location) -> PageRef {
    PageRef { warc: location.warc.clone(), offset: location.offset, digest: location.digest.clone() }
}

pub(super) fn location(page: &PageRef) -> Location {
    Location { warc: page.warc.clone(), offset: page.offset, digest: page.digest.clone() }
}
