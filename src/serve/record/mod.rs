//! The page of one notice: its words with the evidence of each fact marked, its facts, its versions, its documents, the page
//! as it was stored, how to cite it, and what else there is like it.
//!
//! Refuses: to read facts or decide versions, which the archive and `notice` have done.

mod archived;
mod documents;
mod evidence;
mod facts;
mod versions;

pub use archived::page as archived;
pub use documents::page as document;
pub use versions::{has_history, page as versions};

use maud::{Markup, PreEscaped, html};

use super::desk::Desk;
use super::frame::Page;
use super::results::{line, map};
use super::{Error, Refusal, address};
use crate::record::{PlaceRole, Record, RecordId, Where};
use crate::search::{Hit, Options, Sort, SortKey};

/// Notices told of as similar, and on each side in time.
const SIMILAR: usize = 5;
const AROUND: usize = 2;

/// The notice as a reader asked for it: the newest version, or one of the older.
pub fn find(desk: &Desk<'_>, id: &RecordId, version: Option<u32>) -> Result<Record, Error> {
    let record = match version {
        None => desk.archive.current(id)?,
        Some(number) => desk.archive.version(id, number)?.map(|record| desk.library.read_facts(record)),
    };
    record.ok_or_else(|| Refusal::NotFound.into())
}

pub fn href(record: &Record) -> String {
    format!("/record/{}", address::escaped(&record.id.0))
}

pub fn page(desk: &Desk<'_>, id: &RecordId, version: Option<u32>) -> Result<Page, Error> {
    let record = find(desk, id, version)?;
    let newest = desk.archive.current(id)?.map_or(record.version, |newest| newest.version);
    Ok(Sheet::of(desk, record, newest)?.page(desk))
}

/// What the page of a notice tells, whatever its language.
pub struct Sheet {
    record: Record,
    newest: u32,
    has_history: bool,
    /// Stored captures of its page.
    captures: usize,
    /// Name and text of each style.
    cited: Vec<(&'static str, String)>,
    linked_data: String,
    similar: Vec<Record>,
    later: Vec<Record>,
    earlier: Vec<Record>,
}

impl Sheet {
    pub fn of(desk: &Desk<'_>, record: Record, newest: u32) -> Result<Self, Error> {
        let captures = url::Url::parse(&record.url).map_or(Ok(Vec::new()), |url| desk.archive.sights(&url))?.len();
        let similar = desk.library.newest().index.similar(&record.id, SIMILAR)?.into_iter().map(|hit| hit.record).collect();
        let (later, earlier) = around(desk, &record)?;
        Ok(Self {
            newest,
            has_history: versions::has_history(desk, &record.id)?,
            captures,
            cited: super::cite::all(desk, &record)?,
            linked_data: super::cite::linked_data(desk, &record)?,
            similar,
            later,
            earlier,
            record,
        })
    }

    pub fn page(&self, desk: &Desk<'_>) -> Page {
        let (record, words, newest) = (&self.record, desk.words(), self.newest);
        let main = html! {
            article.record {
                header {
                    @if record.version < newest {
                        p.past { strong { (words.version) " " (record.version) } " " (words.of) " " (newest) ". " a href=(desk.href(&href(record))) { (words.to_now) } }
                    }
                    h1 lang=[record.facts.lang.as_deref()] { (evidence::marked(desk.tongue, record, Where::Title, &record.title)) }
                    p.facts { (line(record, desk.tongue)) }
                }
                div.columns {
                    div.text {
                        (text(desk, record))
                        (documents::list(desk, record))
                        (cite(desk, &self.cited))
                    }
                    aside.about-record aria-label=(words.facts) {
                        (facts::table(desk, record))
                        (place_map(desk, record))
                        @if desk.is_served() || self.has_history { (versions::short(desk, record, newest, self.captures)) }
                    }
                }
            }
            @if !self.similar.is_empty() { section.near { h2 { (words.similar) } (rows(desk, &self.similar)) } }
            @if record.published.is_some() {
                section.near.time {
                    h2 { (words.around) }
                    @if !self.later.is_empty() { h3 { (words.later) } (rows(desk, &self.later)) }
                    @if !self.earlier.is_empty() { h3 { (words.earlier) } (rows(desk, &self.earlier)) }
                }
            }
        };
        let head = html! { script type="application/ld+json" { (PreEscaped(&self.linked_data)) } };
        let address = if record.version < newest { format!("{}?version={}", href(record), record.version) } else { href(record) };
        Page { head, ..Page::new(desk.tongue, address, record.title.clone(), None, main) }
    }
}

fn text(desk: &Desk<'_>, record: &Record) -> Markup {
    let words = desk.words();
    let texts = [(Where::Summary, record.summary.as_deref()), (Where::Body, record.body.as_deref())];
    html! {
        section.words aria-label=(words.words_of_notice) lang=[record.facts.lang.as_deref()] {
            @for (place, text) in texts.into_iter().filter_map(|(place, text)| Some((place, text?))) {
                div class=(if place == Where::Summary { "summary" } else { "body" }) {
                    (evidence::paragraphs(desk.tongue, record, place, text))
                }
            }
        }
        @if !record.facts.evidence.is_empty() { p.hint { (words.evidence_hint) } }
    }
}

fn place_map(desk: &Desk<'_>, record: &Record) -> Markup {
    let seekers = record.facts.places.iter().filter(|place| place.role == PlaceRole::Seeker);
    let dots: Vec<map::Dot> = seekers
        .filter_map(|place| Some(map::Dot::alone(place.lat?, place.lon?, place.name_cs.clone().unwrap_or_else(|| place.name.clone()))))
        .collect();
    let shades: Vec<(String, u64)> = record.facts.countries.iter().map(|code| (code.clone(), 1)).collect();
    html! { @if !dots.is_empty() { div.small-map { (map::picture(&dots, &shades, desk.words().map)) } } }
}

/// Each style with a button that copies it; without scripts it can be marked and copied.
fn cite(desk: &Desk<'_>, cited: &[(&str, String)]) -> Markup {
    let words = desk.words();
    html! {
        section.cite {
            h2 #cite { (words.cite) }
            @for (at, (style, text)) in cited.iter().enumerate() {
                details open[at == 0] {
                    summary { (style) }
                    pre #{ "cite-" (at) } tabindex="0" { (text) }
                    button.copy type="button" hidden data-copy={ "#cite-" (at) } data-done=(words.copied) { (words.copy) }
                }
            }
        }
    }
}

fn rows(desk: &Desk<'_>, records: &[Record]) -> Markup {
    html! {
        ul.plain {
            @for record in records {
                li {
                    a href=(desk.href(&href(record))) lang=[record.facts.lang.as_deref()] { (record.title) }
                    " " span.facts { (line(record, desk.tongue)) }
                }
            }
        }
    }
}

/// What was published just after and just before.
fn around(desk: &Desk<'_>, record: &Record) -> Result<(Vec<Record>, Vec<Record>), Error> {
    let Some(day) = record.published else { return Ok((Vec::new(), Vec::new())) };
    let snapshot = desk.library.newest();
    let side = |options: Options| -> Result<Vec<Record>, Error> {
        let found = snapshot.index.search("", &Options { limit: AROUND, facets: false, ..options })?;
        Ok(found.hits.into_iter().map(|Hit { record, .. }| record).collect())
    };
    let newest_first = Sort { by: SortKey::Date, reversed: false };
    let mut later = match day.tomorrow() {
        Ok(next) => side(Options { from: Some(next), sort: Sort { by: SortKey::Date, reversed: true }, ..Options::default() })?,
        Err(_) => Vec::new(),
    };
    later.reverse();
    let earlier = match day.yesterday() {
        Ok(before) => side(Options { to: Some(before), sort: newest_first, ..Options::default() })?,
        Err(_) => Vec::new(),
    };
    Ok((later, earlier))
}
