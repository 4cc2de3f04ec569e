//! The best passages of a hit, with the met words marked.
//!
//! The title stands for itself; of summary, body and attachments the passages that meet most of the question's words are
//! shown. Cuts are told by an ellipsis. They fall at a blank, or else between words (UAX #29), or else, in a word that is longer
//! than a passage, between graphemes; only a grapheme longer than a passage is ever cut.

use unicode_segmentation::UnicodeSegmentation;

use super::answer::{Snippet, Source};
use super::collapse_whitespace::collapse_whitespace;
use super::highlight::{self, Found, Mark, Memo};
use crate::record::Record;

/// Characters of a passage.
const LENGTH: usize = 240;
/// Characters before the first met word of a passage.
const BEFORE: usize = 60;
/// Passages besides the title.
const PASSAGES: usize = 2;
/// Bytes of a text that are looked through.
pub const FAR: usize = 1 << 20;
/// Met words of a text that are tried as the beginning of its passage.
const TRIED: usize = 500;
/// Characters beside a met word by which two passages are known to say the same.
const BESIDE: usize = 25;

/// Passages in reading order; the beginning of the text where nothing can be marked.
pub fn snippets(record: &Record, marks: &[Mark], memo: &Memo) -> Vec<Snippet> {
    let mut passages: Vec<(usize, Snippet)> = Vec::new();
    let mut left: Vec<(&'static str, &str)> = Vec::new();
    left.extend(record.summary.as_deref().map(|text| ("summary", text)));
    left.extend(record.body.as_deref().map(|text| ("body", text)));
    let passage = |field, text, marks| passage(field, text, marks, (record.facts.lang.as_deref(), memo));
    let (_, title) = passage("title", &record.title, marks);
    for (field, text) in &left {
        let (words, snippet) = passage(field, text, marks);
        if words > 0 {
            passages.push((words, snippet));
        }
    }
    for attachment in &record.attachments {
        let (words, snippet) = passage("attachment", attachment.text.as_deref().unwrap_or_default(), marks);
        if words > 0 {
            let document = Some(Source { title: attachment.title.clone(), url: attachment.url.clone() });
            passages.push((words, Snippet { document, ..snippet }));
        }
    }
    // Stable: of equals the earlier text wins.
    passages.sort_by_key(|(words, _)| std::cmp::Reverse(*words));
    let mut shown: Vec<Snippet> = Vec::new();
    for (_, snippet) in passages {
        // A document often repeats the page, a page its summary.
        if shown.len() < PASSAGES && !shown.iter().any(|other| says(other, &snippet)) {
            shown.push(snippet);
        }
    }
    if !title.marks.is_empty() {
        shown.insert(0, title);
    }
    if shown.is_empty() {
        shown.extend(left.first().map(|(field, text)| passage(field, text, &[]).1));
    }
    shown
}

/// Whether the passage has what stands around the first mark of another.
fn says(passage: &Snippet, other: &Snippet) -> bool {
    let Some((start, end)) = other.marks.first() else { return false };
    let before = other.text[..*start].char_indices().rev().nth(BESIDE).map_or(0, |(at, _)| at);
    let after = other.text[*end..].char_indices().nth(BESIDE).map_or(other.text.len(), |(at, _)| end + at);
    passage.text.contains(other.text[before..after].trim_matches('…'))
}

/// The best passage of one text, and how many of the question's words it has.
fn passage(field: &'static str, text: &str, marks: &[Mark], (lang, memo): (Option<&str>, &Memo)) -> (usize, Snippet) {
    let text = &text[..text.floor_char_boundary(FAR)];
    let found = highlight::find(marks, lang, text, memo);
    let whole = text.char_indices().nth(if field == "title" { 4 * LENGTH } else { LENGTH + BEFORE }).is_none();
    let (words, start, end) = if whole { (distinct(&found), 0, text.len()) } else { window(text, &found) };
    let inside = found.iter().filter(|found| found.start >= start && found.start < end);
    let ranges: Vec<(usize, usize)> = inside.map(|found| (found.start - start, found.end.min(end) - start)).collect();
    let (shown, moved) = collapse_whitespace(&text[start..end], &ranges);
    let (before, after) = (if start > 0 { "…" } else { "" }, if end < text.len() { "…" } else { "" });
    let marks = moved.into_iter().map(|(start, end)| (before.len() + start, before.len() + end)).collect();
    (words, Snippet { field, document: None, text: format!("{before}{shown}{after}"), marks })
}

fn distinct(found: &[Found]) -> usize {
    let mut words: Vec<usize> = found.iter().map(|found| found.word).collect();
    words.sort_unstable();
    words.dedup();
    words.len()
}

/// The window with the most distinct words, then the most words, then the earliest.
fn window(text: &str, found: &[Found]) -> (usize, usize, usize) {
    let mut best = (0, 0, 0, forward(text, 0, LENGTH));
    for (at, first) in found.iter().enumerate().take(TRIED) {
        let start = backward(text, first.start, BEFORE);
        let mut end = forward(text, start, LENGTH);
        if end < first.end {
            end = forward(text, first.start, LENGTH);
        }
        let inside = found[at..].iter().take_while(|found| found.start < end).count();
        let words = distinct(&found[at..at + inside]);
        if (words, inside) > (best.0, best.1) {
            best = (words, inside, start, end);
        }
    }
    (best.0, best.2, best.3)
}

/// About so many characters back from a word, to the beginning of a word.
fn backward(text: &str, from: usize, characters: usize) -> usize {
    let Some((far, _)) = text[..from].char_indices().rev().nth(characters - 1) else { return 0 };
    let before = &text[far..from];
    if let Some((blank, letter)) = before.char_indices().find(|(_, letter)| letter.is_whitespace()) {
        return far + blank + letter.len_utf8();
    }
    // The first bound may be that of a word whose beginning is not in sight.
    before.split_word_bound_indices().nth(1).map_or(from, |(bound, _)| far + bound)
}

/// At most so many characters on, to the end of a word.
fn forward(text: &str, from: usize, characters: usize) -> usize {
    let rest = &text[from..];
    let Some((far, _)) = rest.char_indices().nth(characters) else { return text.len() };
    let half = rest.char_indices().nth(characters / 2).map_or(0, |(at, _)| at);
    if let Some(blank) = rest[half..far].rfind(char::is_whitespace) {
        return from + half + blank;
    }
    // A little beyond, so that what ends at the limit is seen to end there.
    let sight = &rest[..rest[far..].char_indices().nth(characters / 4).map_or(rest.len(), |(at, _)| far + at)];
    let last = |bounds: &mut dyn Iterator<Item = usize>| bounds.take_while(|bound| *bound <= far).filter(|bound| *bound > 0).last();
    let word = last(&mut sight.split_word_bound_indices().map(|(bound, _)| bound));
    from + word.or_else(|| last(&mut sight.grapheme_indices(true).map(|(bound, _)| bound))).unwrap_or(far)
}
