//! What listings no longer name, and on what evidence that is a removal.
//!
//! A listing that was read whole and no longer names an entry is a reason to ask the entry's own page: 404 or 410 says
//! that it is gone, a page says that the list has only let it go. An entry without a page of its own is gone when whole
//! readings on two days do not name it, unless it is the oldest of a list of the latest N that is as long as before.

use std::collections::VecDeque;

use jiff::Timestamp;
use url::Url;

use crate::record::RecordId;
use crate::visit::{Outcome, Purpose};

use super::context::{Context, day};
use super::listings::{End, Listings};
use super::question::{PageQuestion, Reply};
use super::settle::UNLISTED;
use super::visiting::{Known, Visiting};
use super::{Error, doubt};

pub(super) struct Absent {
    missing: VecDeque<RecordId>,
    /// The one whose page was asked for.
    current: Option<Visiting>,
    at: Option<Timestamp>,
    looked_at: u64,
}

impl Absent {
    pub fn new(context: &mut Context<'_>, listings: &Listings, looked_at: u64) -> Result<Self, Error> {
        let whole = |end: End| end == End::Whole;
        let at = listings.read().iter().filter(|reading| whole(reading.end)).filter_map(super::listings::Reading::at).max();
        let missing = match at {
            Some(_) => context.archive.missing(context.run, &context.source.name)?.into(),
            None => VecDeque::new(),
        };
        Ok(Self { missing, current: None, at, looked_at })
    }

    /// Known notices whose own page was had or is gone, in the whole walk.
    pub fn looked_at(&self) -> u64 {
        self.looked_at
    }

    pub fn next(&mut self, context: &mut Context<'_>) -> Result<Option<PageQuestion>, Error> {
        loop {
            if let Some(visiting) = &self.current {
                if let Some(question) = visiting.next(context).filter(|question| question.purpose == Purpose::Detail) {
                    let via = Url::parse(visiting.listing()).ok();
                    return Ok(Some(PageQuestion { via, due: None, ..question }));
                }
                self.current = None;
            }
            let (Some(id), Some(at)) = (self.missing.pop_front(), self.at) else { return Ok(None) };
            let Some(known) = Known::of(context, &id)? else { continue };
            let own = known.subject().filter(|subject| {
                context.source.details && subject.address.fragment().is_none() && context.source.in_scope(&subject.address)
            });
            match own {
                Some(subject) => self.current = Some(Visiting::new(context, subject, None, Some(known))),
                None => unlisted(context, &id, at)?,
            }
        }
    }

    pub fn answer(&mut self, context: &mut Context<'_>, reply: Reply) -> Result<(), Error> {
        let Some(visiting) = self.current.take() else { return Ok(()) };
        let Reply::Page(answer) = reply else { return Ok(()) };
        context.tally(&answer);
        match answer.outcome {
            // Its time may have come in this walk already.
            Outcome::Gone if visiting.id().map(|id| context.archive.is_settled(id)).transpose()? == Some(true) => {}
            Outcome::Gone => {
                let (settlement, known) = visiting.gone(context, answer.at)?;
                self.looked_at += 1;
                doubt::weigh(context, settlement, known)?;
            }
            // What became of it is looked at when its time comes.
            Outcome::Page | Outcome::NotModified => {
                if let Some(id) = visiting.id() {
                    context.archive.transaction(|tx| tx.let_go_everywhere(id))?;
                }
            }
            Outcome::Moved { .. } | Outcome::Busy { .. } | Outcome::Refused(_) | Outcome::Failed { .. } => {}
        }
        Ok(())
    }
}

/// An entry without a page of its own that no listing names.
fn unlisted(context: &mut Context<'_>, id: &RecordId, at: Timestamp) -> Result<(), Error> {
    let archive = context.archive;
    if archive.has_only_fallen(id)? {
        return Ok(archive.transaction(|tx| tx.let_go_everywhere(id))?);
    }
    match archive.missed_since(id)? {
        Some(since) if day(since) < day(at) => {
            archive.transaction(|tx| tx.mark_gone(id, at, UNLISTED, context.run))?;
            context.report.counts.gone += 1;
        }
        Some(_) => {}
        None => archive.transaction(|tx| tx.missed(id, at))?,
    }
    Ok(())
}
