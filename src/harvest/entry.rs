//! One entry of a walk: who it is, its own page, its documents, its record.

use jiff::Timestamp;
use url::Url;

use crate::archive::{self, Observation, Seen, Tx};
use crate::extract::{self, Detail, Entry, Link, Page, Problem, ProblemKind};
use crate::notice::{self, Notice};
use crate::record::{Attachment, PageRef, RecordId};
use crate::visit::{Outcome, Purpose};

use super::absent::{PAGE_GONE, UNLISTED};
use super::answers::{Answer, page_ref};
use super::walk::{Found, Walk, day};
use super::{Error, identity};

/// What an entry's own page gave.
#[derive(Default)]
struct Own {
    detail: Detail,
    /// The page is itself a document.
    document: Option<Attachment>,
    page: Option<PageRef>,
    /// The page was read, or there is none to read.
    complete: bool,
    /// When the server said that there is no such page.
    gone: Option<Timestamp>,
}

impl Walk<'_> {
    /// Settles one entry: a notice met before in this run is only noted as seen here too.
    pub(super) async fn entry(&mut self, found: &Found) -> Result<(), Error> {
        let entry = &found.entry;
        let link = self.link(entry);
        let (url, key) = self.names(found);
        let mut known = self.known(&url, &key)?;
        if let Some(id) = known.clone()
            && (self.settled.contains(&id) || self.told_elsewhere(&id, found)?)
        {
            return self.seen_again(&id, &url, found);
        }
        let own = match &link {
            Some(link) if self.source.details && self.source.in_scope(link) => self.own_page(link, found).await?,
            _ => Own { complete: true, ..Own::default() },
        };
        let canonical = own.detail.canonical.as_ref().map(|url| identity::canonical(url, self.source));
        let canonical = canonical.filter(|other| *other != url && identity::slug(other) == identity::slug(&url));
        if known.is_none()
            && let Some(canonical) = &canonical
        {
            known = self.known(canonical, &key)?;
            if let Some(id) = known.clone().filter(|id| self.settled.contains(id)) {
                return self.seen_again(&id, &url, found);
            }
        }
        let attachments = self.documents(found, &own, link.as_ref()).await?;
        self.settle(found, known, &key, &url, canonical.as_ref(), &own, &attachments)
    }

    fn known(&self, url: &Url, key: &str) -> Result<Option<RecordId>, Error> {
        for address in [url, &identity::slash_twin(url)] {
            if let Some(id) = self.archive.by_url(&self.source.name, address.as_str())? {
                return Ok(Some(id));
            }
        }
        Ok(self.archive.by_key(&self.source.name, key)?.into_iter().next())
    }

    /// The entry's own address, unless other entries share it.
    fn link(&self, entry: &Entry) -> Option<Url> {
        entry.link.as_ref().map(identity::address).filter(|link| !self.shared_links.contains(link))
    }

    /// Canonical address and key of an entry.
    pub(super) fn names(&self, found: &Found) -> (Url, String) {
        let link = self.link(&found.entry);
        let key = identity::key(found.entry.published, &found.entry.title, link.as_ref());
        (link.map_or_else(|| own_address(found, &key), |link| identity::canonical(&link, self.source)), key)
    }

    /// Another listing is the notice's own: what this one says of it makes no version, or two lists with two
    /// wordings would make one on every run. A listing that dropped the notice, or left the configuration, hands it on.
    fn told_elsewhere(&self, id: &RecordId, found: &Found) -> Result<bool, Error> {
        let Some(record) = self.archive.current(id)? else { return Ok(false) };
        let Some(own) = self.source.listing.iter().find(|own| own.as_str() == record.listing && **own != found.listing) else {
            return Ok(false);
        };
        let whole = self.archive.listing(own.as_str())?.is_some_and(|state| state.whole && state.run == self.run);
        let (url, key) = self.names(found);
        Ok(!whole || self.named.contains(&(own.clone(), url.into())) || self.named.contains(&(own.clone(), key)))
    }

    fn seen_again(&mut self, id: &RecordId, url: &Url, found: &Found) -> Result<(), Error> {
        let run = self.run;
        let known = self.archive.by_url(&self.source.name, identity::slash_twin(url).as_str())?.is_some();
        self.archive.transaction(|tx| {
            if !known {
                tx.add_alias(id, url.as_str())?;
            }
            tx.sighted(run, found.listing.as_str(), id, found.at)?;
            presence(tx, id, found.at, None).map(drop)
        })?;
        Ok(())
    }

    /// Fetches and reads the entry's own page.
    async fn own_page(&mut self, link: &Url, found: &Found) -> Result<Own, Error> {
        let Some(answer) = self.ask(link, Purpose::Detail, Some(&found.on)).await? else {
            return Ok(Own::default());
        };
        if answer.outcome == Outcome::Gone {
            return Ok(Own { gone: Some(answer.at), ..Own::default() });
        }
        let Some((bytes, content_type)) = self.content(&answer, Purpose::Detail) else { return Ok(Own::default()) };
        let page_ref = Some(page_ref(&answer.location));
        if is_document(content_type.as_deref(), &bytes) {
            let title = found.entry.title.clone();
            let document = self.attachment(&Link { url: link.clone(), title }, &answer, content_type.as_deref(), &bytes)?;
            return Ok(Own { document: Some(document), page: page_ref, complete: true, ..Own::default() });
        }
        let page = Page { url: &answer.url, content_type: content_type.as_deref(), bytes: &bytes, seen: day(answer.at) };
        let detail = extract::article::read(&page, &found.entry, &self.source.selectors);
        self.problems(&answer, &detail.problems)?;
        if let (Some(listed), Some(own)) = (found.entry.published, detail.published)
            && listed != own
        {
            let what = format!("the listing says {listed}, the page {own}");
            self.problems(&answer, &[Problem { kind: ProblemKind::DatesDiffer, what }])?;
        }
        Ok(Own { detail, page: page_ref, complete: true, ..Own::default() })
    }

    /// Documents of the entry and of its page, each once, with their text where they may be fetched.
    async fn documents(&mut self, found: &Found, own: &Own, link: Option<&Url>) -> Result<Vec<Attachment>, Error> {
        let mut out: Vec<Attachment> = own.document.iter().cloned().collect();
        for document in own.detail.documents.iter().chain(&found.entry.documents) {
            if out.iter().any(|known| known.url == document.url.as_str()) {
                continue;
            }
            let bare =
                Attachment { url: document.url.to_string(), title: document.title.clone(), media_type: None, bytes: None, text: None };
            let read = if self.source.attachments && self.source.in_scope(&document.url) {
                self.fetch_document(document, link.unwrap_or(&found.on)).await?
            } else {
                None
            };
            out.push(read.unwrap_or(bare));
        }
        Ok(out)
    }

    async fn fetch_document(&mut self, document: &Link, via: &Url) -> Result<Option<Attachment>, Error> {
        let Some(answer) = self.ask(&document.url, Purpose::Attachment, Some(via)).await? else { return Ok(None) };
        let Some((bytes, content_type)) = self.content(&answer, Purpose::Attachment) else { return Ok(None) };
        self.attachment(document, &answer, content_type.as_deref(), &bytes).map(Some)
    }

    fn attachment(&mut self, link: &Link, answer: &Answer, content_type: Option<&str>, bytes: &[u8]) -> Result<Attachment, Error> {
        let name = answer.url.path().rsplit('/').next().unwrap_or("").to_owned();
        let read = extract::attachment::read(content_type, &name, bytes);
        self.problems(answer, &read.problems)?;
        Ok(Attachment {
            url: link.url.to_string(),
            title: link.title.clone(),
            media_type: Some(read.media_type),
            bytes: Some(bytes.len() as u64),
            text: read.text,
        })
    }

    /// Writes what was seen, and the facts read from it, in one transaction.
    #[expect(clippy::too_many_arguments, reason = "one call, each part from another step")]
    fn settle(
        &mut self,
        found: &Found,
        known: Option<RecordId>,
        key: &str,
        url: &Url,
        canonical: Option<&Url>,
        own: &Own,
        attachments: &[Attachment],
    ) -> Result<(), Error> {
        let entry = &found.entry;
        let title = whole_title(&entry.title, own.detail.title.as_deref());
        let published = entry.published.or(own.detail.published);
        let id = match known {
            Some(id) => id,
            None => identity::new_id(&self.source.name, published, &title, |id| matches!(self.archive.current(id), Ok(Some(_)))),
        };
        let lang_hint = own.detail.lang.clone();
        let observation = Observation {
            id: &id,
            source: &self.source.name,
            url: canonical.unwrap_or(url).as_str(),
            listing: found.listing.as_str(),
            key,
            run: self.run,
            at: found.at,
            published,
            title: &title,
            summary: entry.summary.as_deref(),
            summary_raw: entry.summary_raw.as_deref(),
            body: entry.body.as_deref().or(own.detail.body.as_deref()),
            attachments,
            complete: own.complete,
            page: own.page.as_ref().unwrap_or(&found.page),
        };
        let (run, listing) = (self.run, found.listing.as_str());
        let (seen, left) = self.archive.transaction(|tx| {
            let seen = tx.observe(&observation)?;
            tx.sighted(run, listing, &id, found.at)?;
            let left = presence(tx, &id, found.at, Some(own))?;
            if canonical.is_some() {
                tx.add_alias(&id, url.as_str())?;
            }
            if let Some(version) = tx.site_fields(&id)? {
                let texts: Vec<&str> = version.attachments.iter().map(|a| a.text.as_deref().unwrap_or("")).collect();
                let facts = notice::read(&Notice {
                    title: &version.title,
                    summary: version.summary.as_deref(),
                    body: version.body.as_deref(),
                    attachments: &texts,
                    published: version.published,
                    lang_hint: lang_hint.as_deref(),
                });
                tx.set_facts(&id, &facts, notice::READER_VERSION)?;
            }
            Ok::<_, archive::Error>((seen, left))
        })?;
        self.counts.gone += u64::from(left);
        match seen {
            Seen::New => self.counts.new += 1,
            Seen::Changed(_) => self.counts.changed += 1,
            Seen::Completed | Seen::Unchanged => {}
        }
        self.settled.insert(id);
        Ok(())
    }
}

/// Marks an entry that a listing names as gone if its page is gone, as returned if it is back; true if it left just now.
///
/// A listing alone does not bring back what the server says is gone, nor is a link that was dead from the start a removal.
fn presence(tx: &Tx<'_>, id: &RecordId, at: Timestamp, own: Option<&Own>) -> Result<bool, archive::Error> {
    let away = tx.absences(id)?.into_iter().find(|absence| absence.until.is_none());
    match (away, own.and_then(|own| own.gone)) {
        (None, Some(gone)) if tx.site_fields(id)?.is_some_and(|version| version.complete) => {
            tx.mark_gone(id, gone, PAGE_GONE)?;
            return Ok(true);
        }
        (Some(away), None) if away.evidence == UNLISTED || own.is_some_and(|own| own.complete) => tx.mark_returned(id, at)?,
        _ => {}
    }
    Ok(false)
}

/// An entry without a page of its own lives at its listing, under its anchor or its key.
fn own_address(found: &Found, key: &str) -> Url {
    let mut url = identity::address(&found.listing);
    let fragment = found.entry.anchor.clone().unwrap_or_else(|| key.trim_end_matches('|').replace(['|', ' '], "-"));
    url.set_fragment(Some(&fragment));
    url
}

/// The listing's title, or the page's where the listing cuts it with an ellipsis.
fn whole_title(listed: &str, own: Option<&str>) -> String {
    let cut = listed.strip_suffix('…').or_else(|| listed.strip_suffix("...")).map(str::trim_end);
    match (cut, own) {
        (Some(start), Some(own)) if !start.is_empty() && own.starts_with(start) => own.to_owned(),
        _ => listed.to_owned(),
    }
}

/// The answer is a document, not a page, whatever the link looked like.
fn is_document(content_type: Option<&str>, bytes: &[u8]) -> bool {
    let html = content_type.is_none_or(|value| {
        let value = value.to_ascii_lowercase();
        value.starts_with("text/") || value.contains("html") || value.contains("xml") && !value.contains("officedocument")
    });
    let start = bytes.trim_ascii_start();
    let page =
        [b"<!doctype html".as_slice(), b"<html"].iter().any(|sign| start.get(..sign.len()).is_some_and(|s| s.eq_ignore_ascii_case(sign)));
    !(html || page) || bytes.starts_with(b"%PDF-") || bytes.starts_with(b"PK\x03\x04")
}
