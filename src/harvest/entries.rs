//! The entries of a walk, one after the other: those that listings name, then known notices whose time has come.
//!
//! An entry that was met before in this walk, or whose words another listing owns, is only noted as seen.

use std::collections::VecDeque;

use url::Url;

use crate::archive::FoundRow;
use crate::record::RecordId;

use super::context::Context;
use super::listed::Listed;
use super::matching::known_at;
use super::question::{Question, Reply};
use super::settle::{Sighting, sighted};
use super::visiting::{Known, Subject, Visiting};
use super::{Error, doubt};

#[derive(Default)]
pub(super) struct Entries {
    /// The last entry found that was begun.
    seq: i64,
    current: Option<Visiting>,
    /// What is to be looked at once more; `None` until the listings' entries are done.
    due: Option<VecDeque<Url>>,
    looked_at: u64,
}

impl Entries {
    /// Known notices whose own page was had or is gone: what doubts are weighed against.
    pub fn looked_at(&self) -> u64 {
        self.looked_at
    }

    pub fn next(&mut self, context: &mut Context<'_>) -> Result<Option<Question>, Error> {
        loop {
            if let Some(visiting) = &mut self.current {
                if let Some(question) = visiting.next(context) {
                    return Ok(Some(Question::Page(question)));
                }
                if let Some(done) = self.current.take() {
                    self.finish(context, done)?;
                }
            }
            self.current = match &mut self.due {
                None => match context.archive.found_after(self.seq)? {
                    None => return Ok(Some(Question::Due)),
                    Some(row) => {
                        self.seq = row.seq;
                        begin_found(context, &row)?
                    }
                },
                Some(due) => match due.pop_front() {
                    None => return Ok(None),
                    Some(url) => begin_due(context, &url)?,
                },
            };
        }
    }

    pub fn answer(&mut self, context: &mut Context<'_>, reply: Reply) -> Result<(), Error> {
        match reply {
            Reply::Due(urls) => {
                context.report.progress.known += urls.len() as u64;
                self.due = Some(urls.into());
            }
            Reply::NotAsked if self.current.is_none() => self.due = Some(VecDeque::new()),
            reply => {
                if let Some(visiting) = &mut self.current {
                    visiting.answer(context, reply)?;
                }
            }
        }
        Ok(())
    }

    fn finish(&mut self, context: &mut Context<'_>, done: Visiting) -> Result<(), Error> {
        context.report.progress.done += 1;
        let (settlement, known) = done.end(context)?;
        if let Some(id) = settlement.id.as_ref()
            && context.archive.is_settled(id)?
        {
            return seen_again(context, id, &settlement.address, settlement.sighting.as_ref());
        }
        self.looked_at += u64::from(known.is_some() && settlement.page.was_looked_at());
        doubt::weigh(context, settlement, known)
    }
}

/// Begins an entry that a listing names; `None` if there is nothing to ask and nothing to say but that it is there.
fn begin_found(context: &mut Context<'_>, row: &FoundRow) -> Result<Option<Visiting>, Error> {
    let listed: Listed = serde_json::from_str(&row.entry).map_err(Error::Frontier)?;
    let (Some(address), Ok(listing), Ok(page)) =
        (row.address.as_deref().and_then(|address| Url::parse(address).ok()), Url::parse(&row.listing), Url::parse(&row.page))
    else {
        return Ok(None);
    };
    // An entry that came into being a moment ago is known by now.
    let id = match &row.id {
        Some(id) => Some(id.clone()),
        None => known_by_now(context, row, &address)?,
    };
    let own = row.own.as_deref().and_then(|own| Url::parse(own).ok());
    let sighting = Sighting { listing: row.listing.clone(), page: row.page.clone(), at: listed.at };
    let subject =
        Subject { entry: listed.entry(), address, key: row.key.clone(), own, listing, via: Some(page), at: listed.at, place: listed.place };
    if let Some(id) = &id
        && (context.archive.is_settled(id)? || owned_by_other_listing(context, id, &subject.listing)?)
    {
        seen_again(context, id, subject.address.as_str(), Some(&sighting))?;
        return Ok(None);
    }
    let known = id.map(|id| Known::of(context, &id)).transpose()?.flatten();
    Ok(Some(Visiting::new(context, subject, Some(sighting), known)))
}

/// The entry that came into being in this walk, at that address or under that key in another listing.
fn known_by_now(context: &Context<'_>, row: &FoundRow, address: &Url) -> Result<Option<RecordId>, Error> {
    if let Some(id) = known_at(context, address)? {
        return Ok(Some(id));
    }
    let archive = context.archive;
    if archive.found_with_key(&row.listing, &row.key)? > 1 {
        return Ok(None);
    }
    match <[RecordId; 1]>::try_from(archive.by_key(&context.source.name, &row.key)?) {
        Ok([id]) if archive.is_settled(&id)? => Ok(Some(id)),
        _ => Ok(None),
    }
}

/// Begins a known notice that is looked at once more.
fn begin_due(context: &mut Context<'_>, url: &Url) -> Result<Option<Visiting>, Error> {
    let Some(id) = known_at(context, url)? else { return Ok(None) };
    if context.archive.is_settled(&id)? {
        return Ok(None);
    }
    let Some(known) = Known::of(context, &id)? else { return Ok(None) };
    let Some(subject) = known.subject() else { return Ok(None) };
    Ok(Some(Visiting::new(context, subject, None, Some(known))))
}

/// Another listing is the notice's own: what this one says of it makes no version, or two lists with two wordings would
/// make one on every run. A listing that dropped the notice, or left the configuration, hands it on.
fn owned_by_other_listing(context: &Context<'_>, id: &RecordId, listing: &Url) -> Result<bool, Error> {
    let Some(standing) = context.archive.standing(id)? else { return Ok(false) };
    let own = context.source.listing.iter().find(|own| own.as_str() == standing.listing && *own != listing);
    match own {
        Some(own) => Ok(context.archive.may_name(context.run, own.as_str(), id)?),
        None => Ok(false),
    }
}

/// Notes that a listing names an entry whose words are settled or another listing's.
fn seen_again(context: &Context<'_>, id: &RecordId, address: &str, sighting: Option<&Sighting>) -> Result<(), Error> {
    let known = match Url::parse(address) {
        Ok(url) => known_at(context, &url)?.is_some(),
        Err(_) => true,
    };
    context.archive.transaction(|tx| {
        if !known {
            tx.add_alias(id, address)?;
        }
        let Some(sighting) = sighting else { return Ok(()) };
        sighted(tx, context.run, id, sighting)
    })?;
    Ok(())
}
