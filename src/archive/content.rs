//! What the site says of an entry, and what it means that it says something else.
//!
//! What a reading could not learn is inherited from the one before, and what a later one learns for the first time completes it:
//! neither is a change of the site.

use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::{Deserialize, Serialize};

use super::packed::Texts;
use super::runs::page_ref;
use super::{Archive, Error, json, parsed_or_null};
use crate::record::{Attachment, PageRef, RecordId};

/// What the site says of an entry, in one reading.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Content {
    pub published: Option<Date>,
    pub title: String,
    pub summary: Option<String>,
    /// With the site's own blanks.
    pub summary_raw: Option<String>,
    pub body: Option<String>,
    /// `bytes` absent: could not be fetched, nothing is known of its content.
    pub attachments: Vec<Attachment>,
    /// The entry's own page was read, or it has none. If not, body, attachments and a missing date are inherited.
    pub complete: bool,
    pub page: PageRef,
}

impl Archive {
    /// What the newest version of an entry says.
    pub fn content(&self, id: &RecordId) -> Result<Option<Content>, Error> {
        Ok(self.ask(|sql| newest(sql, id))?.map(|(_, content)| content))
    }
}

/// Number and content of the newest version.
pub(super) fn newest(sql: &Connection, id: &RecordId) -> rusqlite::Result<Option<(u32, Content)>> {
    sql.prepare_cached(
        "SELECT v.*, coalesce(summary_raw, summary) AS raw
         FROM entries e JOIN versions v ON v.entry = e.entry AND number = current WHERE id = ?1",
    )?
    .query_row([&id.0], |row| Ok((row.get("number")?, Content::of(row)?)))
    .optional()
}

impl Content {
    /// From a row of `versions` whose `raw` is the summary as the site has it.
    pub(super) fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            published: parsed_or_null(row, "published")?,
            title: row.get("title")?,
            summary: row.get("summary")?,
            summary_raw: row.get("raw")?,
            body: row.get("body")?,
            attachments: json(row, "attachments")?,
            complete: row.get("complete")?,
            page: page_ref(row)?,
        })
    }

    /// Fills what could not be learned with what is known.
    pub(super) fn inherit(mut self, known: &Self) -> Self {
        if self.complete {
            for attachment in self.attachments.iter_mut().filter(|attachment| attachment.bytes.is_none()) {
                if let Some(before) = known.attachments.iter().find(|before| before.url == attachment.url) {
                    *attachment = Attachment { title: std::mem::take(&mut attachment.title), ..before.clone() };
                }
            }
        } else {
            self.published = self.published.or(known.published);
            self.body.clone_from(&known.body);
            self.attachments.clone_from(&known.attachments);
            self.complete = known.complete;
        }
        self
    }

    pub(super) fn texts(&self) -> Texts<'_> {
        Texts { title: &self.title, summary: self.summary.as_deref(), body: self.body.as_deref(), attachments: &self.attachments }
    }

    /// The site says the same.
    pub(super) fn same_as(&self, known: &Self) -> bool {
        let attachments = self.attachments.iter().zip(&known.attachments);
        self.same_listing_as(known)
            && self.published == known.published
            && self.body == known.body
            && self.attachments.len() == known.attachments.len()
            && attachments.into_iter().all(|(now, before)| same_document(now, before))
    }

    /// The listing says the same, and the rest was not known before.
    pub(super) fn completes(&self, known: &Self) -> bool {
        let dated_alike = known.published.is_none() || self.published == known.published;
        self.complete && !known.complete && dated_alike && self.same_listing_as(known)
    }

    fn same_listing_as(&self, known: &Self) -> bool {
        self.title == known.title && self.summary == known.summary
    }
}

/// The media type is a reader's opinion; a document never fetched before differs from nothing.
fn same_document(now: &Attachment, before: &Attachment) -> bool {
    let known = now.bytes.is_some() && before.bytes.is_some();
    now.url == before.url && now.title == before.title && (!known || (now.bytes == before.bytes && now.text == before.text))
}
