//! The documents of a notice, with the text that was read of each.
//!
//! Refuses: the files themselves, which the archived page has.

use maud::{Markup, html};

use super::super::desk::Desk;
use super::super::frame::Page;
use super::super::{Error, Refusal};
use super::facts::web;
use super::{find, href};
use crate::record::{Attachment, Record, RecordId};

pub fn list(desk: &Desk<'_>, record: &Record) -> Markup {
    let words = desk.words();
    html! {
        @if !record.attachments.is_empty() {
            section.documents {
                h2 { (words.documents) }
                ul.plain {
                    @for (at, attachment) in record.attachments.iter().enumerate() {
                        li { (attachment.title) " " span.facts { (about(desk, attachment)) }
                            @if attachment.text.is_some() {
                                br; a href=(desk.href(&format!("{}/document/{}", href(record), at + 1))) { (words.text_of_document) }
                            }
                            @if desk.is_served() && attachment.bytes.is_some() { " · " a href={ "/archived/timegate/" (attachment.url) } { (words.stored_copy) } }
                        }
                    }
                }
            }
        }
    }
}

/// What people call a media type.
fn kind(attachment: &Attachment) -> String {
    let media_type = attachment.media_type.as_deref().unwrap_or_default();
    match media_type.rsplit('.').next() {
        _ if media_type.ends_with("wordprocessingml.document") => "DOCX".to_owned(),
        Some("text") if media_type.contains("opendocument") => "ODT".to_owned(),
        _ => media_type.rsplit('/').next().unwrap_or_default().to_uppercase(),
    }
}

/// Kind, size, and whether there is a text.
fn about(desk: &Desk<'_>, attachment: &Attachment) -> Markup {
    let words = desk.words();
    html! {
        @match attachment.bytes {
            Some(bytes) => { (kind(attachment)) " " (desk.tongue.number(bytes.div_ceil(1000))) "\u{a0}kB" },
            None => (words.not_fetched),
        }
        @if attachment.bytes.is_some() && attachment.text.is_none() { ", " (words.no_document_text) }
    }
}

pub fn page(desk: &Desk<'_>, id: &RecordId, number: usize) -> Result<Page, Error> {
    let record = find(desk, id, None)?;
    let attachment = number.checked_sub(1).and_then(|at| record.attachments.get(at)).ok_or(Refusal::NotFound)?;
    let main = html! {
        p.back { a href=(desk.href(&href(&record))) lang=[record.facts.lang.as_deref()] { "← " (record.title) } }
        h1 { (attachment.title) }
        p.facts { (about(desk, attachment)) " · " (web(&attachment.url)) }
        div.words.body lang=[record.facts.lang.as_deref()] {
            @for paragraph in attachment.text.as_deref().unwrap_or_default().split("\n\n").filter(|one| !one.trim().is_empty()) { p { (paragraph) } }
        }
    };
    Ok(Page::new(desk.tongue, format!("{}/document/{number}", href(&record)), attachment.title.clone(), None, main))
}
