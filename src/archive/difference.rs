//! What the site changed between two versions, word by word.
//!
//! Texts are compared in words (Unicode Standard Annex 29) by the diff of Myers. Offsets are Unicode code points, as in the
//! evidence of facts. Refuses: printing, and judging which change matters.

use serde::Serialize;
use similar::{ChangeTag, TextDiff};

use super::{Content, Version};
use crate::record::Attachment;

/// A field that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// `published`, `title`, `summary`, `body`, `attachment` (added or removed), or `attachment text`.
    pub field: &'static str,
    /// Address of the document, where the field is of one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    pub spans: Vec<Span>,
}

/// Words that stayed, went or came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Span {
    pub edit: Edit,
    pub text: String,
    /// Offset in code points: of the older text for what went, of the newer one for the rest.
    pub start: u32,
    /// Exclusive.
    pub end: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Edit {
    Same,
    Removed,
    Added,
}

impl Version {
    /// What differs from the version before.
    pub fn differences(&self, before: &Self) -> Vec<Difference> {
        let (before, after) = (&before.content, &self.content);
        let day = |content: &Content| content.published.map(|day| day.to_string()).unwrap_or_default();
        let mut out = Vec::new();
        for (field, old, new) in [
            ("published", &*day(before), &*day(after)),
            ("title", &*before.title, &*after.title),
            ("summary", before.summary.as_deref().unwrap_or(""), after.summary.as_deref().unwrap_or("")),
            ("body", before.body.as_deref().unwrap_or(""), after.body.as_deref().unwrap_or("")),
        ] {
            out.extend(text(field, None, old, new));
        }
        documents(&before.attachments, &after.attachments, &mut out);
        out
    }
}

fn documents(before: &[Attachment], after: &[Attachment], out: &mut Vec<Difference>) {
    let in_list = |list: &[Attachment], url: &str| list.iter().position(|one| one.url == url);
    for old in before.iter().filter(|old| in_list(after, &old.url).is_none()) {
        out.extend(text("attachment", Some(&old.url), &old.title, ""));
    }
    for new in after {
        match in_list(before, &new.url).and_then(|at| before.get(at)) {
            None => out.extend(text("attachment", Some(&new.url), "", &new.title)),
            Some(old) => {
                out.extend(text("attachment", Some(&new.url), &old.title, &new.title));
                let (was, is) = (old.text.as_deref().unwrap_or(""), new.text.as_deref().unwrap_or(""));
                out.extend(text("attachment text", Some(&new.url), was, is));
            }
        }
    }
}

fn text(field: &'static str, document: Option<&str>, before: &str, after: &str) -> Option<Difference> {
    (before != after).then(|| Difference { field, document: document.map(str::to_owned), spans: words(before, after) })
}

/// Texts that share less of their words are told as one that went and one that came: crumbs in common say nothing.
const ALIKE: f32 = 0.6;

/// Neighbouring words of one fate are one span.
fn words(before: &str, after: &str) -> Vec<Span> {
    let diff = TextDiff::from_unicode_words(before, after);
    if diff.ratio() < ALIKE {
        let whole = |edit, text: &str| Span { edit, text: text.to_owned(), start: 0, end: text.chars().count() as u32 };
        let both = [whole(Edit::Removed, before), whole(Edit::Added, after)];
        return both.into_iter().filter(|span| !span.text.is_empty()).collect();
    }
    let mut spans: Vec<Span> = Vec::new();
    let (mut old, mut new) = (0, 0);
    for change in diff.iter_all_changes() {
        let length = change.value().chars().count() as u32;
        let (edit, at) = match change.tag() {
            ChangeTag::Equal => (Edit::Same, new),
            ChangeTag::Delete => (Edit::Removed, old),
            ChangeTag::Insert => (Edit::Added, new),
        };
        old += if edit == Edit::Added { 0 } else { length };
        new += if edit == Edit::Removed { 0 } else { length };
        match spans.last_mut().filter(|last| last.edit == edit) {
            Some(last) => {
                last.text.push_str(change.value());
                last.end = at + length;
            }
            None => spans.push(Span { edit, text: change.value().to_owned(), start: at, end: at + length }),
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn kept(spans: &[Span], without: Edit) -> String {
        spans.iter().filter(|span| span.edit != without).map(|span| span.text.as_str()).collect()
    }

    proptest! {
        #[test]
        fn both_texts_can_be_put_together_from_the_spans(before in "[abč ,.\n]{0,40}", after in "[abč ,.\n]{0,40}") {
            let spans = words(&before, &after);
            prop_assert_eq!(&kept(&spans, Edit::Added), &before);
            prop_assert_eq!(&kept(&spans, Edit::Removed), &after);
            for span in &spans {
                let of = if span.edit == Edit::Removed { &before } else { &after };
                let found: String = of.chars().skip(span.start as usize).take((span.end - span.start) as usize).collect();
                prop_assert_eq!(&found, &span.text);
            }
        }
    }

    #[test]
    fn a_word_is_changed_whole() {
        let changed: Vec<_> =
            words("Hledá partnera v Čechách.", "Hledá partnery v Čechách.").into_iter().map(|span| (span.edit, span.text)).collect();
        assert_eq!(changed[1..3], [(Edit::Removed, "partnera".to_owned()), (Edit::Added, "partnery".to_owned())]);
    }
}
