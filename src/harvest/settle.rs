//! What a walk has learned of one entry, written in one transaction with the facts read from it.
//!
//! Facts are read only where a version came to be or was completed: what is known unchanged costs nothing.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::archive::{self, Content, Observation, Seen, Tx};
use crate::notice;
use crate::record::RecordId;

use super::context::Context;
use super::{Error, facts, identity, schedule};

/// Evidence of an absence: whole readings of its listings, on different days, do not name the entry.
pub(super) const UNLISTED: &str = "no listing names it";
/// Evidence of an absence: the server's own word.
pub(super) const PAGE_GONE: &str = "its page answered 404 or 410";

/// What became of an entry's own page in a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum OwnPage {
    /// It has none.
    None,
    /// Not asked for in this run: what is known of it stands.
    NotAsked,
    Unread {
        at: Timestamp,
    },
    Gone {
        at: Timestamp,
    },
    /// The bytes that were read before.
    Same {
        at: Timestamp,
    },
    Had {
        at: Timestamp,
        digest: String,
    },
}

impl OwnPage {
    pub fn was_read(&self) -> bool {
        matches!(self, Self::Had { .. })
    }

    pub fn was_looked_at(&self) -> bool {
        matches!(self, Self::Had { .. } | Self::Same { .. } | Self::Gone { .. })
    }

    /// The entry's documents are told with it; its text is, too.
    pub fn tells_documents(&self) -> bool {
        matches!(self, Self::None | Self::Had { .. } | Self::Same { .. })
    }

    pub fn at(&self) -> Option<Timestamp> {
        match self {
            Self::None | Self::NotAsked => None,
            Self::Unread { at } | Self::Gone { at } | Self::Same { at } | Self::Had { at, .. } => Some(*at),
        }
    }
}

/// A page of a listing that names an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sighting {
    pub listing: String,
    pub page: String,
    pub at: Timestamp,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Settlement {
    /// `None`: it is new.
    pub id: Option<RecordId>,
    pub address: String,
    /// Another address under which it was met.
    pub alias: Option<String>,
    pub listing: String,
    pub sighting: Option<Sighting>,
    pub key: String,
    pub at: Timestamp,
    pub content: Content,
    /// The language that its page is said to be in.
    pub lang: Option<String>,
    pub page: OwnPage,
}

impl Settlement {
    /// The same without what its own page says: that is in doubt, and the page is to be asked again.
    pub fn without_page(self) -> Self {
        let at = self.page.at().unwrap_or(self.at);
        let content = Content { body: None, attachments: Vec::new(), complete: false, ..self.content };
        Self { content, page: OwnPage::Unread { at }, ..self }
    }

    /// Writes it.
    pub fn apply(mut self, context: &mut Context<'_>) -> Result<(), Error> {
        let found = std::mem::take(&mut self.content);
        let source = context.source.name.as_str();
        let archive = context.archive;
        let taken = |id: &RecordId| archive.standing(id).is_ok_and(|known| known.is_some());
        let id = self.id.clone().unwrap_or_else(|| identity::new_id(source, found.published, &found.title, taken));
        let observation =
            Observation { id: &id, source, url: &self.address, listing: &self.listing, key: &self.key, run: context.run, at: self.at };
        let run = context.run;
        let seen = context.archive.transaction(|tx| {
            let (seen, newest) = tx.observe(&observation, found)?;
            if let Some(sighting) = &self.sighting {
                sighted(tx, run, &id, sighting)?;
            }
            if let Some(alias) = &self.alias {
                tx.add_alias(&id, alias)?;
            }
            self.back(tx, run, &id)?;
            if !matches!(seen, Seen::Unchanged) || !tx.has_facts(&id)? {
                self.read_facts(tx, run, &id, &newest)?;
            }
            self.look_again(tx, &id, &newest)?;
            tx.settle(&id)?;
            Ok::<_, archive::Error>(seen)
        })?;
        match seen {
            Seen::New => context.report.counts.new += 1,
            Seen::Changed(_) => context.report.counts.changed += 1,
            Seen::Completed | Seen::Unchanged => {}
        }
        Ok(())
    }

    /// The page of an entry that had been gone is there again.
    fn back(&self, tx: &Tx<'_>, run: &str, id: &RecordId) -> Result<(), archive::Error> {
        let there = matches!(self.page, OwnPage::Same { .. } | OwnPage::Had { .. });
        if there && tx.absence(id)?.is_some() {
            tx.mark_returned(id, self.page.at().unwrap_or(self.at), run)?;
        }
        Ok(())
    }

    fn read_facts(&self, tx: &Tx<'_>, run: &str, id: &RecordId, content: &Content) -> Result<(), archive::Error> {
        let body = content.body.as_deref();
        if body.is_some_and(|body| facts::beginning(body).len() < body.len()) {
            let what = format!("the text is very long: facts were read from its first {} KiB", facts::READ_FROM >> 10);
            tx.record_problem(run, self.at, &self.address, "long_text", &what)?;
        }
        let before = if self.lang.is_none() { tx.language(id)? } else { None };
        let lang = self.lang.as_deref().or(before.as_deref());
        if tx.recall_facts(id, notice::READER_VERSION, lang)? {
            return Ok(());
        }
        tx.set_facts(id, content, &facts::of_content(content, lang), notice::READER_VERSION)
    }

    /// Notes when the page is to be asked for again, and what was read of it.
    fn look_again(&self, tx: &Tx<'_>, id: &RecordId, content: &Content) -> Result<(), archive::Error> {
        let Some(standing) = tx.standing(id)? else { return Ok(()) };
        let interval = |at: Timestamp| schedule::due(at, stands_since(&standing), &standing.url);
        let digest = match &self.page {
            OwnPage::Had { digest, .. } => Some(digest.as_str()),
            OwnPage::Same { .. } => standing.page_read.as_deref(),
            _ => None,
        };
        match &self.page {
            OwnPage::NotAsked if self.id.is_some() => Ok(()),
            OwnPage::NotAsked => tx.look_again(id, Some(self.at), None),
            OwnPage::None if content.attachments.is_empty() => tx.look_again(id, None, None),
            OwnPage::None => tx.look_again(id, Some(interval(self.at)), None),
            OwnPage::Unread { at } => tx.look_again(id, Some(*at), standing.page_read.as_deref()),
            // Gone and yet named: one of the two will mend soon.
            OwnPage::Gone { at } if standing.named => tx.look_again(id, Some(*at), standing.page_read.as_deref()),
            OwnPage::Gone { at } => tx.look_again(id, Some(interval(*at)), standing.page_read.as_deref()),
            OwnPage::Same { at } | OwnPage::Had { at, .. } => tx.look_again(id, Some(interval(*at)), digest),
        }
    }
}

/// Since when the entry says what it says: its publication, if nothing has changed since it was first seen.
fn stands_since(standing: &archive::Standing) -> Timestamp {
    let published = standing.published.filter(|_| standing.number == 1);
    let published = published.and_then(|day| day.to_zoned(TimeZone::UTC).ok()).map(|day| day.timestamp());
    published.map_or(standing.changed, |day| day.min(standing.changed))
}

/// Notes where an entry is named; one that was only missed has returned.
pub(super) fn sighted(tx: &Tx<'_>, run: &str, id: &RecordId, sighting: &Sighting) -> Result<(), archive::Error> {
    tx.sighted(run, &sighting.listing, &sighting.page, id, sighting.at)?;
    if tx.absence(id)?.is_some_and(|absence| absence.evidence == UNLISTED) {
        tx.mark_returned(id, sighting.at, run)?;
    }
    Ok(())
}
