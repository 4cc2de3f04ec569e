//! The versions of a notice: when it changed, was gone or came back, and the words before and after side by side.
//!
//! Refuses: to judge whether a change matters.

use jiff::Timestamp;
use maud::{Markup, html};

use super::super::Error;
use super::super::desk::Desk;
use super::super::frame::Page;
use super::{find, href};
use crate::archive::{Absence, Difference, Edit, Span, Version};
use crate::record::{Record, RecordId};

/// Words of an unchanged passage shown on each side of a change.
const AROUND: usize = 12;

/// In the order of time: what a reader is told happened.
enum Happening<'v> {
    Version(&'v Version, Vec<Difference>),
    Gone(&'v Absence),
    Returned,
}

/// A line in the facts of a record.
pub fn short(desk: &Desk<'_>, record: &Record, newest: u32, captures: usize) -> Markup {
    let words = desk.words();
    html! {
        h2 { (words.versions) }
        p {
            a href=(desk.href(&format!("{}/versions", href(record)))) { (words.version) " " (record.version) " " (words.of) " " (newest) }
            @if desk.is_served() {
                br;
                a href=(desk.href(&format!("{}/archived", href(record)))) { (words.archived_page) }
                " (" (desk.tongue.number(captures as u64)) ")"
            }
        }
    }
}

/// Whether there is more to tell than that it was seen.
pub fn has_history(desk: &Desk<'_>, id: &RecordId) -> Result<bool, Error> {
    Ok(desk.archive.history(id)?.len() > 1 || !desk.archive.absences(id)?.is_empty())
}

pub fn page(desk: &Desk<'_>, id: &RecordId) -> Result<Page, Error> {
    let record = find(desk, id, None)?;
    let words = desk.words();
    let (versions, absences) = (desk.archive.history(id)?, desk.archive.absences(id)?);
    let main = html! {
        p.back { a href=(desk.href(&href(&record))) lang=[record.facts.lang.as_deref()] { "← " (record.title) } }
        h1 { (words.versions) }
        ol.history { @for (at, happening) in happenings(&versions, &absences).into_iter().rev() { li { (told(desk, &record, at, &happening)) } } }
    };
    let title = format!("{}: {}", words.versions, record.title);
    Ok(Page::new(desk.tongue, format!("{}/versions", href(&record)), title, None, main))
}

fn happenings<'v>(versions: &'v [Version], absences: &'v [Absence]) -> Vec<(Timestamp, Happening<'v>)> {
    let before = std::iter::once(None).chain(versions.iter().map(Some));
    let changed = |before: Option<&Version>, version: &Version| before.map_or_else(Vec::new, |before| version.differences(before));
    let mut found: Vec<(Timestamp, Happening<'v>)> = versions
        .iter()
        .zip(before)
        .map(|(version, before)| (version.seen_at, Happening::Version(version, changed(before, version))))
        .collect();
    for absence in absences {
        found.push((absence.since, Happening::Gone(absence)));
        found.extend(absence.until.map(|until| (until, Happening::Returned)));
    }
    found.sort_by_key(|(at, _)| *at);
    found
}

fn told(desk: &Desk<'_>, record: &Record, at: Timestamp, happening: &Happening<'_>) -> Markup {
    let words = desk.words();
    html! {
        h2 {
            time datetime=(at) { (desk.tongue.moment(at)) } " – "
            @match happening {
                Happening::Version(version, _) => {
                    a href=(desk.href(&format!("{}?version={}", href(record), version.number))) { (words.version) " " (version.number) }
                    ", " (if version.number == 1 { words.first_seen } else { words.changed })
                }
                Happening::Gone(_) => (words.gone),
                Happening::Returned => (words.returned),
            }
        }
        @match happening {
            Happening::Version(_, differences) => { @for difference in differences { (side_by_side(desk, record, difference)) } },
            Happening::Gone(absence) => p.hint { (desk.tongue.message(&absence.evidence)) },
            Happening::Returned => {},
        }
    }
}

/// The field with the older words left, the newer right; on a narrow screen one below the other.
fn side_by_side(desk: &Desk<'_>, record: &Record, difference: &Difference) -> Markup {
    let words = desk.words();
    let side = |without: Edit, label: &str| {
        let last = difference.spans.len().saturating_sub(1);
        let spans: Vec<(usize, &Span)> = difference.spans.iter().enumerate().filter(|(_, span)| span.edit != without).collect();
        html! {
            div {
                h4 { (label) }
                p lang=[record.facts.lang.as_deref()] {
                    @for (at, span) in &spans {
                        @match span.edit {
                            Edit::Same => (shortened(&span.text, *at == 0, *at == last)),
                            Edit::Removed => del { (span.text) },
                            Edit::Added => ins { (span.text) },
                        }
                    }
                }
            }
        }
    };
    html! {
        section.difference {
            h3 { (field(desk, difference.field)) @if let Some(document) = &difference.document { " " span.local { (document) } } }
            div.sides { (side(Edit::Added, words.before)) (side(Edit::Removed, words.after)) }
        }
    }
}

fn field(desk: &Desk<'_>, field: &'static str) -> &'static str {
    let words = desk.words();
    match field {
        "published" => words.date,
        "title" => words.title,
        "summary" => words.summary,
        "body" => words.words_of_notice,
        "attachment" => words.documents,
        "attachment text" => words.text_of_document,
        other => other,
    }
}

/// An unchanged passage without its middle; at the ends of a text without what is far from the change.
fn shortened(text: &str, first: bool, last: bool) -> String {
    let words: Vec<&str> = text.split_inclusive(char::is_whitespace).collect();
    let (head, tail) = (if first { 0 } else { AROUND }, if last { 0 } else { AROUND });
    if words.len() <= head + tail + 1 {
        return text.to_owned();
    }
    [&words[..head].concat(), "… ", &words[words.len() - tail..].concat()].concat()
}
