//! The best passages of a hit, with the met words marked.
//!
//! The title stands for itself; of summary, body and attachments the passages that meet most of the question's words are
//! shown. Cuts fall between words, never inside a character, and are told by an ellipsis.

use super::answer::Snippet;
use super::marks::{self, Found, Mark};
use crate::record::Record;

/// Characters of a passage.
const LENGTH: usize = 240;
/// Characters before the first met word of a passage.
const BEFORE: usize = 60;
/// Passages besides the title.
const PASSAGES: usize = 2;
/// Bytes of a text that are looked through.
const FAR: usize = 200_000;

/// Passages in reading order; the beginning of the text where nothing can be marked.
pub fn snippets(record: &Record, marks: &[Mark]) -> Vec<Snippet> {
    let mut passages: Vec<(usize, Snippet)> = Vec::new();
    let mut left: Vec<(&'static str, &str)> = Vec::new();
    left.extend(record.summary.as_deref().map(|text| ("summary", text)));
    left.extend(record.body.as_deref().map(|text| ("body", text)));
    left.extend(record.attachments.iter().filter_map(|attachment| Some(("attachment", attachment.text.as_deref()?))));
    let lang = record.facts.lang.as_deref();
    let (_, title) = passage("title", &record.title, marks, lang);
    for (field, text) in &left {
        let (words, snippet) = passage(field, text, marks, lang);
        if words > 0 {
            passages.push((words, snippet));
        }
    }
    // Stable: of equals the earlier text wins.
    passages.sort_by_key(|(words, _)| std::cmp::Reverse(*words));
    let mut shown: Vec<Snippet> = passages.into_iter().take(PASSAGES).map(|(_, snippet)| snippet).collect();
    if !title.marks.is_empty() {
        shown.insert(0, title);
    }
    if shown.is_empty() {
        shown.extend(left.first().map(|(field, text)| passage(field, text, &[], lang).1));
    }
    shown
}

/// The best passage of one text, and how many of the question's words it has.
fn passage(field: &'static str, text: &str, marks: &[Mark], lang: Option<&str>) -> (usize, Snippet) {
    let text = &text[..text.floor_char_boundary(FAR)];
    let found = marks::find(marks, lang, text);
    let whole = field == "title" || text.chars().count() <= LENGTH + BEFORE;
    let (words, start, end) = if whole { (distinct(&found), 0, text.len()) } else { window(text, &found) };
    let mut shown = String::new();
    if start > 0 {
        shown.push('…');
    }
    let before = shown.len();
    shown.push_str(&squeezed(&text[start..end]));
    if end < text.len() {
        shown.push('…');
    }
    let marks = found.iter().filter(|found| found.start >= start && found.end <= end);
    let shown_at = |at: usize| before + squeezed(&text[start..at]).len();
    let marks = marks.map(|found| (shown_at(found.start), shown_at(found.end))).collect();
    (words, Snippet { field, text: shown, marks })
}

/// Runs of blanks, line ends and control characters as one blank each.
fn squeezed(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        let blank = letter.is_whitespace() || letter.is_control();
        if !blank {
            shown.push(letter);
        } else if !shown.ends_with(' ') {
            shown.push(' ');
        }
    }
    shown
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
    for (at, first) in found.iter().enumerate() {
        let start = backward(text, first.start, BEFORE);
        let end = forward(text, start, LENGTH).max(first.end);
        let inside = found[at..].iter().take_while(|found| found.end <= end).count();
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
    text[far..from]
        .find(char::is_whitespace)
        .map_or(from, |blank| far + blank + text[far + blank..].chars().next().map_or(0, char::len_utf8))
}

/// About so many characters on, to the end of a word.
fn forward(text: &str, from: usize, characters: usize) -> usize {
    let Some((far, _)) = text[from..].char_indices().nth(characters) else { return text.len() };
    text[from..from + far].rfind(char::is_whitespace).map_or(from + far, |blank| from + blank)
}
