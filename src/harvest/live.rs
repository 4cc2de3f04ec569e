//! Replies from the network, each recorded before it is one: the only part of a crawl that waits.
//!
//! The hops of a visit are appended to the page archive and synced, then noted in the database, and only then it answers: a kill
//! costs at most one repeated visit. While nobody has to be waited for, several of these notes, and what is settled between
//! them, are committed together: what a kill undoes of them the pages tell again. The walk, the database and the readers work
//! between two waits, on the thread of the caller, never on the runtime.

use std::pin::pin;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use tokio::runtime::Handle;
use url::Url;

use crate::archive::Archive;
use crate::crawl::{Ask, Client, Conditional};
use crate::pages::{Context, Pages, Writer};
use crate::visit::{Outcome, Visit};

use super::plan::Extent;
use super::question::{PageQuestion, Question, Reply};
use super::recorded::{Found, Recorded};
use super::{Error, Stop};

/// What is known is for others to see after this time, before anybody is asked.
const SEEN_WITHIN: Duration = Duration::from_millis(200);

/// A run that asks.
pub(super) struct Live<'a> {
    pub runtime: &'a Handle,
    pub client: Client,
    pub writer: Writer,
    pub stop: &'a Stop,
    pub extent: Extent,
    pub pages: &'a Pages,
    pub archive: &'a Archive,
    /// What it has got so far, and what the run that it resumes had got.
    pub recorded: Recorded,
    pub source: String,
    /// When the run began: what is due then is asked for.
    pub started: Timestamp,
    /// When others could see all of it.
    pub committed: Instant,
}

/// What a wait for an answer ended with.
enum Waited {
    Answered(Vec<Visit>),
    /// A host asked for a pause.
    Held,
    Stopped,
}

impl Live<'_> {
    pub fn reply(&mut self, question: &Question) -> Result<Reply, Error> {
        match question {
            Question::Page(page) => self.page(page),
            Question::Due => self.due().map(Reply::Due),
        }
    }

    /// What the resumed run looked at again, then what is due; not what it had asked for because a listing named it.
    fn due(&self) -> Result<Vec<Url>, Error> {
        let mut urls = self.recorded.looked_at_again(self.archive)?;
        let due = self.archive.due(&self.source, (self.extent == Extent::Due).then_some(self.started))?;
        for url in due.iter().filter_map(|url| Url::parse(url).ok()) {
            if !matches!(self.recorded.find(self.archive, &url)?, Found::Answer(answer, _) if lasts(&answer.outcome)) {
                urls.push(url);
            }
        }
        Ok(urls)
    }

    fn page(&mut self, question: &PageQuestion) -> Result<Reply, Error> {
        let mut question = question.clone();
        let mut fresh = false;
        loop {
            match self.recorded.find(self.archive, &question.url)? {
                Found::Answer(mut answer, run) if fresh || run == self.writer.run() || lasts(&answer.outcome) => {
                    answer.fresh = fresh;
                    return Ok(Reply::Page(*answer));
                }
                // A run that resumes another asks again for what another try may better.
                Found::Answer(..) => {}
                // The target of a redirect is unknown if a kill fell between the two hops.
                Found::Missing(url) => question.url = url,
            }
            let waits = self.extent == Extent::Due && question.due.is_some_and(|due| due > self.started);
            if fresh || waits || !self.fetch(&question)? {
                return Ok(Reply::NotAsked);
            }
            fresh = true;
        }
    }

    /// Puts the question to the network and records every hop; false if the run was told to stop.
    fn fetch(&mut self, question: &PageQuestion) -> Result<bool, Error> {
        let PageQuestion { url, purpose, via, cap, .. } = question;
        if self.committed.elapsed() > SEEN_WITHIN {
            self.archive.commit_waiting()?;
            self.committed = Instant::now();
        }
        // "Not modified" is worth nothing without the page that it speaks of.
        let conditional = self
            .archive
            .last_page(url.as_str())?
            .filter(|page| self.extent != Extent::Anew && (page.etag.is_some() || page.last_modified.is_some()))
            .filter(|page| self.pages.read(&page.page).is_ok())
            .map(|page| Conditional { etag: page.etag, last_modified: page.last_modified });
        let visits = {
            let (client, stop) = (&self.client, self.stop);
            let mut asking = pin!(client.visit(Ask { url: url.clone(), purpose: *purpose, conditional, cap: *cap }));
            loop {
                let waited = self.runtime.block_on(async {
                    tokio::select! {
                        biased;
                        () = stop.wait() => Waited::Stopped,
                        visits = &mut asking => Waited::Answered(visits),
                        () = client.held() => Waited::Held,
                    }
                });
                match waited {
                    Waited::Answered(visits) => break visits,
                    // Kept while it is waited for: a crawl killed meanwhile must find it.
                    Waited::Held => self.keep_pauses()?,
                    Waited::Stopped => return self.keep_pauses().map(|()| false),
                }
            }
        };
        let mut places = Vec::with_capacity(visits.len());
        for visit in &visits {
            let before = self.archive.last_page(visit.url.as_str())?.map(|page| page.page);
            places.push(self.writer.append(visit, &Context { via: via.as_ref(), refers_to: before.as_ref() })?);
        }
        self.writer.sync()?;
        self.archive.transaction(|tx| {
            let mut hops = visits.iter().zip(&places);
            hops.try_for_each(|(visit, place)| tx.record_visit(self.writer.run(), visit, place, via.as_ref().map(Url::as_str)))
        })?;
        self.keep_pauses()?;
        Ok(true)
    }

    /// Nobody asks these hosts too soon, this run or the next.
    fn keep_pauses(&self) -> Result<(), Error> {
        let pauses = self.client.deadlines();
        if pauses.is_empty() {
            return Ok(());
        }
        self.archive.transaction(|tx| pauses.iter().try_for_each(|(host, until)| tx.set_pause(host, *until)))?;
        Ok(self.archive.commit_waiting()?)
    }
}

/// Another try would not better it.
fn lasts(outcome: &Outcome) -> bool {
    match outcome {
        Outcome::Page | Outcome::NotModified | Outcome::Moved { .. } | Outcome::Gone => true,
        Outcome::Busy { .. } | Outcome::Refused(_) => false,
        Outcome::Failed { again, .. } => !again,
    }
}
