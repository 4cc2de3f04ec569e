//! Facts of texts: what a notice of the archive says, read by the rules of today.

use crate::archive::Content;
use crate::notice::{self, Notice};
use crate::record::{Attachment, Facts, Record};

/// Bytes of a text that facts are read from: a notice says what it is about sooner, and memory stays small.
pub(super) const READ_FROM: usize = 128 << 10;

/// The part of a text that facts are read from, to its last whole letter.
pub(super) fn beginning(text: &str) -> &str {
    &text[..text.floor_char_boundary(READ_FROM)]
}

/// The facts of what a site says.
pub(super) fn of_content(content: &Content, lang: Option<&str>) -> Facts {
    let Content { title, summary, body, attachments, published, .. } = content;
    read(
        &Notice { title, summary: summary.as_deref(), body: body.as_deref(), attachments: &[], published: *published, lang_hint: lang },
        attachments,
    )
}

/// The record with its facts, read now if it has none: those of older versions are not kept.
pub fn with_facts(mut record: Record) -> Record {
    let unread = Facts { lang: record.facts.lang.clone(), ..Facts::default() } == record.facts;
    if unread {
        let Record { title, summary, body, attachments, published, facts, .. } = &record;
        let notice = Notice {
            title,
            summary: summary.as_deref(),
            body: body.as_deref(),
            attachments: &[],
            published: *published,
            lang_hint: facts.lang.as_deref(),
        };
        record.facts = read(&notice, attachments);
    }
    record
}

fn read(notice: &Notice<'_>, attachments: &[Attachment]) -> Facts {
    let texts: Vec<&str> = attachments.iter().map(|attachment| beginning(attachment.text.as_deref().unwrap_or(""))).collect();
    notice::read(&Notice { attachments: &texts, body: notice.body.map(beginning), ..*notice })
}
