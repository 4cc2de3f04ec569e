//! One entry while it is asked for: its own page, then its documents, then all of it together.

use std::collections::VecDeque;

use jiff::Timestamp;
use url::Url;

use crate::archive::{Content, Standing};
use crate::extract::{self, Detail, Entry, Link, Page, Problem, ProblemKind};
use crate::record::{Attachment, PageRef, RecordId};
use crate::visit::{Outcome, Purpose};

use super::Error;
use super::context::{Context, day};
use super::matching::known_at;
use super::question::{Answer, PageQuestion, Reply};
use super::settle::{OwnPage, Settlement, Sighting};

/// What is to be settled: an entry as a listing or the archive tells it.
pub(super) struct Subject {
    pub entry: Entry,
    pub address: Url,
    pub key: String,
    /// The address of its own page, unless other entries share it.
    pub own: Option<Url>,
    pub listing: Url,
    /// The page that names it.
    pub via: Option<Url>,
    pub at: Timestamp,
    pub place: PageRef,
}

/// The entry as the archive has it.
pub(super) struct Known {
    pub id: RecordId,
    pub standing: Standing,
    pub content: Content,
}

pub(super) struct Visiting {
    subject: Subject,
    sighting: Option<Sighting>,
    known: Option<Known>,
    step: Step,
    page: OwnPage,
    detail: Detail,
    place: Option<PageRef>,
    documents: VecDeque<Link>,
    attachments: Vec<Attachment>,
}

enum Step {
    OwnPage(Url),
    Documents,
}

impl Known {
    pub fn of(context: &Context<'_>, id: &RecordId) -> Result<Option<Self>, Error> {
        let both = context.archive.standing(id)?.zip(context.archive.content(id)?);
        Ok(both.map(|(standing, content)| Self { id: id.clone(), standing, content }))
    }

    /// The entry told again from the archive, for a look at its page alone.
    pub fn subject(&self) -> Option<Subject> {
        let (standing, content) = (&self.standing, &self.content);
        let address = Url::parse(&standing.url).ok()?;
        Some(Subject {
            entry: Entry {
                published: content.published,
                title: content.title.clone(),
                summary: content.summary.clone(),
                summary_raw: content.summary_raw.clone(),
                ..Entry::default()
            },
            own: Some(address.clone()),
            address,
            key: standing.key.clone(),
            listing: Url::parse(&standing.listing).ok()?,
            via: None,
            at: standing.last_seen,
            place: content.page.clone(),
        })
    }
}

impl Visiting {
    pub fn new(context: &Context<'_>, subject: Subject, sighting: Option<Sighting>, known: Option<Known>) -> Self {
        let own = subject.own.clone().filter(|own| context.source.details && context.source.in_scope(own));
        let mut visiting = Self {
            page: if own.is_some() { OwnPage::NotAsked } else { OwnPage::None },
            step: own.map_or(Step::Documents, Step::OwnPage),
            subject,
            sighting,
            known,
            detail: Detail::default(),
            place: None,
            documents: VecDeque::new(),
            attachments: Vec::new(),
        };
        if matches!(visiting.step, Step::Documents) {
            visiting.line_up_documents();
            visiting.skip_foreign(context);
        }
        visiting
    }

    pub fn next(&self, context: &Context<'_>) -> Option<PageQuestion> {
        match &self.step {
            Step::OwnPage(own) => Some(context.question(own, Purpose::Detail, self.subject.via.as_ref(), self.due())),
            Step::Documents => {
                let link = self.documents.front()?;
                let via = self.subject.own.as_ref().or(self.subject.via.as_ref());
                let due = if matches!(self.page, OwnPage::None) { self.due() } else { None };
                Some(context.question(&link.url, Purpose::Attachment, via, due))
            }
        }
    }

    /// An entry of which something is missing is asked for at once, as is one that is said to be gone and yet is named.
    fn due(&self) -> Option<Timestamp> {
        let known = self.known.as_ref().filter(|known| known.content.complete)?;
        if self.sighting.is_some() && known.standing.gone.is_some() { None } else { known.standing.due }
    }

    pub fn answer(&mut self, context: &mut Context<'_>, reply: Reply) -> Result<(), Error> {
        let answer = if let Reply::Page(answer) = reply { Some(answer) } else { None };
        match std::mem::replace(&mut self.step, Step::Documents) {
            Step::OwnPage(own) => {
                if let Some(answer) = answer {
                    self.count(context, &own, &answer)?;
                    self.own_page(context, &own, &answer)?;
                }
                self.line_up_documents();
            }
            Step::Documents => {
                let Some(link) = self.documents.pop_front() else { return Ok(()) };
                let attachment = match answer {
                    Some(answer) => {
                        context.count(&link.url, &answer)?;
                        self.document(context, &link, &answer)?
                    }
                    None => None,
                };
                self.attachments.push(attachment.unwrap_or_else(|| bare(&link)));
            }
        }
        self.skip_foreign(context);
        Ok(())
    }

    /// That a page is gone is no trouble where no listing names it any more.
    fn count(&self, context: &mut Context<'_>, own: &Url, answer: &Answer) -> Result<(), Error> {
        let named = match (&self.sighting, self.id()) {
            (None, Some(id)) => context.archive.is_named(id, &[])?,
            _ => true,
        };
        if named || answer.outcome != Outcome::Gone {
            return context.count(own, answer);
        }
        context.tally(answer);
        Ok(())
    }

    fn own_page(&mut self, context: &mut Context<'_>, own: &Url, answer: &Answer) -> Result<(), Error> {
        self.page = OwnPage::Unread { at: answer.at };
        if answer.outcome == Outcome::Gone {
            self.page = OwnPage::Gone { at: answer.at };
            return Ok(());
        }
        if !answer.has_page() {
            return Ok(());
        }
        let same = |known: &Known| known.content.complete && known.standing.page_read.as_deref() == Some(&answer.page.digest);
        if let Some(known) = self.known.as_ref().filter(|known| same(known)) {
            self.detail = as_known(&known.content);
            self.place = Some(known.content.page.clone());
            self.page = OwnPage::Same { at: answer.at };
            return Ok(());
        }
        let Some((bytes, content_type)) = context.content(answer, Purpose::Detail)? else { return Ok(()) };
        self.place = Some(answer.page.clone());
        self.page = OwnPage::Had { at: answer.at, digest: answer.page.digest.clone() };
        if is_document(content_type.as_deref(), &bytes) {
            let link = Link { url: own.clone(), title: self.subject.entry.title.clone() };
            let document = attachment(context, &link, answer, content_type.as_deref(), &bytes)?;
            self.attachments.push(document);
            return Ok(());
        }
        let page = Page { url: &answer.url, content_type: content_type.as_deref(), bytes: &bytes, seen: day(answer.at) };
        self.detail = extract::article::read(&page, &self.subject.entry, &context.source.selectors);
        context.problems(answer, &self.detail.problems)?;
        if let (Some(listed), Some(own)) = (self.subject.entry.published, self.detail.published)
            && listed != own
        {
            let what = format!("the listing says {listed}, the page {own}");
            context.problems(answer, &[Problem { kind: ProblemKind::DatesDiffer, what }])?;
        }
        Ok(())
    }

    /// Documents of the entry and of its page, each once; those of a page that was not had stay as they are known.
    fn line_up_documents(&mut self) {
        if self.known.is_some() && !self.page.tells_documents() {
            return;
        }
        for link in self.detail.documents.iter().chain(&self.subject.entry.documents) {
            let known = self.attachments.iter().map(|known| known.url.as_str()).chain(self.documents.iter().map(|link| link.url.as_str()));
            if !known.into_iter().any(|url| url == link.url.as_str()) {
                self.documents.push_back(link.clone());
            }
        }
    }

    /// Documents that may not be fetched are named all the same, in their place.
    fn skip_foreign(&mut self, context: &Context<'_>) {
        while let Some(link) = self.documents.front().filter(|link| !context.source.attachments || !context.source.in_scope(&link.url)) {
            self.attachments.push(bare(link));
            self.documents.pop_front();
        }
    }

    fn document(&self, context: &mut Context<'_>, link: &Link, answer: &Answer) -> Result<Option<Attachment>, Error> {
        let known = self.known.as_ref().and_then(|known| known.content.attachments.iter().find(|known| known.url == link.url.as_str()));
        if let Some(known) = known.filter(|known| answer.has_page() && answer.unchanged && known.bytes.is_some()) {
            return Ok(Some(Attachment { title: link.title.clone(), ..known.clone() }));
        }
        let Some((bytes, content_type)) = context.content(answer, Purpose::Attachment)? else { return Ok(None) };
        attachment(context, link, answer, content_type.as_deref(), &bytes).map(Some)
    }

    pub fn id(&self) -> Option<&RecordId> {
        self.known.as_ref().map(|known| &known.id)
    }

    pub fn listing(&self) -> &str {
        self.subject.listing.as_str()
    }

    /// The server says that there is no such page.
    pub fn gone(mut self, context: &Context<'_>, at: Timestamp) -> Result<(Settlement, Option<Known>), Error> {
        self.page = OwnPage::Gone { at };
        self.end(context)
    }

    /// All of it together, and what was known of it.
    pub fn end(mut self, context: &Context<'_>) -> Result<(Settlement, Option<Known>), Error> {
        let canonical = self.detail.canonical.take().map(|url| context.addresses.canonical(&url));
        let slug = |url: &Url| context.addresses.slug(url);
        let canonical = canonical.filter(|other| *other != self.subject.address && slug(other) == slug(&self.subject.address));
        let mut known = self.known;
        if let (None, Some(canonical)) = (&known, &canonical)
            && let Some(id) = known_at(context, canonical)?
        {
            known = Known::of(context, &id)?;
        }
        let Subject { entry, address, key, listing, at, place, .. } = self.subject;
        let at = if self.sighting.is_some() { at } else { self.page.at().unwrap_or(at) };
        let title = match (&known, &self.page) {
            (Some(known), page) if !page.was_read() => whole_title(&entry.title, Some(&known.content.title)),
            _ => whole_title(&entry.title, self.detail.title.as_deref()),
        };
        // A page that was not read says nothing of another address: the one that is known stays.
        let declared = canonical.clone().map(String::from);
        let standing = known.as_ref().map(|known| known.standing.url.clone());
        let url = match (declared, standing) {
            (Some(declared), _) => declared,
            (None, Some(standing)) if !self.page.was_read() && known_at(context, &address)?.is_some() => standing,
            _ => address.to_string(),
        };
        let settlement = Settlement {
            id: known.as_ref().map(|known| known.id.clone()),
            alias: (url != address.as_str()).then(|| address.to_string()),
            address: url,
            listing: listing.to_string(),
            sighting: self.sighting,
            key,
            at,
            content: Content {
                published: entry.published.or(self.detail.published),
                title,
                summary: entry.summary,
                summary_raw: entry.summary_raw,
                body: entry.body.or(self.detail.body),
                attachments: self.attachments,
                complete: self.page.tells_documents(),
                page: self.place.unwrap_or(place),
            },
            lang: self.detail.lang,
            page: self.page,
        };
        Ok((settlement, known))
    }
}

/// What a page that has not changed would give if it were read again.
fn as_known(content: &Content) -> Detail {
    let documents = content.attachments.iter();
    Detail {
        title: Some(content.title.clone()),
        published: content.published,
        body: content.body.clone(),
        documents: documents.filter_map(|known| Some(Link { url: known.url.parse().ok()?, title: known.title.clone() })).collect(),
        ..Detail::default()
    }
}

fn bare(link: &Link) -> Attachment {
    Attachment { url: link.url.to_string(), title: link.title.clone(), media_type: None, bytes: None, text: None }
}

fn attachment(
    context: &mut Context<'_>,
    link: &Link,
    answer: &Answer,
    content_type: Option<&str>,
    bytes: &[u8],
) -> Result<Attachment, Error> {
    let name = answer.url.path().rsplit('/').next().unwrap_or("").to_owned();
    let read = extract::attachment::read(content_type, &name, bytes);
    context.problems(answer, &read.problems)?;
    Ok(Attachment {
        url: link.url.to_string(),
        title: link.title.clone(),
        media_type: Some(read.media_type),
        bytes: Some(bytes.len() as u64),
        text: read.text,
    })
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
