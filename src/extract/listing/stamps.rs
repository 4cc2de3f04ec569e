//! Where dates stand: elements or texts that are nothing but a date, or begin or end with one.
//!
//! The lowest such node names the day; the highest one around it (label, time, author) is what does not
//! belong to a summary. Dates inside sentences are no stamps. `<time datetime>` speaks where its own
//! text does not; where both speak, both are kept so that a difference can be told.

use std::collections::HashMap;
use std::ops::Range;

use jiff::civil::Date;

use super::outline::{Outline, What};
use crate::extract::dates::{self, Form, Found, Impossible};
use crate::extract::text::normalise;

/// How the date stands in its node; ordered from strong to weak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    Whole,
    /// Only the `datetime` attribute names the day.
    Machine,
    /// At the start of a text that goes on.
    Leading,
    /// At the end of a text.
    Trailing,
}

#[derive(Clone, Debug)]
pub struct Stamp {
    pub node: usize,
    pub place: Place,
    pub date: Result<Date, Impossible>,
    pub form: Form,
    /// The words the date was read from.
    pub words: String,
    /// Bytes of the text node that are the date; only for `Leading` and `Trailing`.
    pub span: Range<usize>,
    /// What `datetime` says.
    pub machine: Option<Date>,
    /// A second date of the same entry (update, removal): hidden, never read.
    pub shadow: bool,
}

/// Characters of an element that may still be one date with its label and remark.
const MOST_CHARS: usize = 120;
/// Nodes of such an element.
const MOST_NODES: usize = 40;
/// Characters and words of an element that is a date with a label unknown.
const MOST_LABELLED: usize = 60;
const MOST_WORDS: usize = 6;
/// Dates that begin with one word.
const MANY: usize = 3;
/// Bytes searched at either end of a text.
const WINDOW: usize = 90;

/// All stamps in document order, none inside another.
pub fn find(outline: &Outline, seen: Date) -> Vec<Stamp> {
    let mut found: Vec<Stamp> = Vec::new();
    // Nodes are visited from the last to the first: children before parents.
    for at in (0..outline.nodes.len()).rev() {
        let covered = found.last().is_some_and(|stamp| outline.contains(at, stamp.node));
        match outline.nodes[at].what {
            What::Text(text) if text.len() >= 6 => found.extend(of_text(at, text, seen)),
            What::Element(_) => {
                let chars = outline.sum(at).chars;
                let small = chars <= MOST_CHARS && outline.nodes[at].end - at <= MOST_NODES;
                if small && (chars >= 6 || outline.tag(at) == "time") {
                    of_element(outline, at, seen, covered, &mut found);
                }
            }
            What::Text(_) => {}
        }
    }
    found.reverse();
    found
}

/// Small elements with one day and a label before it, for pages where no date stands alone.
///
/// What no word list knows is a label where it opens several dates. Headings and links are left out: a day in a
/// title is an event's.
pub fn with_labels(outline: &Outline, seen: Date) -> Vec<Stamp> {
    let titles = |at: usize| matches!(outline.tag(at), "a" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
    let mut found: Vec<(String, Stamp)> = Vec::new();
    let mut at = 0;
    while at < outline.nodes.len() {
        let end = outline.nodes[at].end;
        let small = outline.sum(at).chars <= MOST_LABELLED && end - at <= MOST_NODES && outline.sum(at).chars >= 6;
        let plain = || !(at..end).any(titles) && !outline.upwards(at).any(titles);
        if matches!(outline.nodes[at].what, What::Element(_)) && small && plain() {
            let text = outline.text(at);
            let mut days = dates::find(&text, seen).into_iter().filter(|found| found.form != Form::Range);
            if let (Some(day), None) = (days.next(), days.next())
                && text[..day.start].split_whitespace().chain(text[day.end..].split_whitespace()).count() <= MOST_WORDS
            {
                let words = normalise(&text[day.start..day.end]);
                let label = dates::fold(text[..day.start].split_whitespace().next().unwrap_or_default());
                let Found { date, form, .. } = day;
                found.push((label, Stamp { node: at, place: Place::Whole, date, form, words, span: 0..0, machine: None, shadow: false }));
                at = end;
                continue;
            }
        }
        at += 1;
    }
    let mut counts: HashMap<String, usize> = HashMap::new();
    for (label, _) in &found {
        *counts.entry(label.clone()).or_default() += 1;
    }
    found.retain(|(label, _)| !label.is_empty() && counts[label] >= MANY);
    found.into_iter().map(|(_, stamp)| stamp).collect()
}

/// A text node: whole, else its start or its end.
fn of_text(at: usize, text: &str, seen: Date) -> Option<Stamp> {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let stamp = |place, found: dates::Found, offset: usize| Stamp {
        node: at,
        place,
        date: found.date,
        form: found.form,
        words: normalise(&text[offset + found.start..offset + found.end]),
        span: with_marks(text, offset + found.start..offset + found.end),
        machine: None,
        shadow: false,
    };
    if let Some(found) = dates::alone(text, seen) {
        return Some(Stamp { span: 0..0, ..stamp(Place::Whole, found, 0) });
    }
    let head = &text[..text.floor_char_boundary(WINDOW)];
    if let Some(found) = dates::find(head, seen).into_iter().next().filter(|found| dates::is_announced(&head[..found.start])) {
        return Some(stamp(Place::Leading, found, 0));
    }
    let from = text.ceil_char_boundary(text.len().saturating_sub(WINDOW));
    let tail = &text[from..];
    let last = dates::find(tail, seen).pop()?;
    let closed = tail[last.end..].chars().all(|c| c.is_whitespace() || ")]".contains(c));
    let before = text[..from + last.start].trim_end();
    let set_apart = before.ends_with(['(', '[', '-', '–', '—', '|', '·', '•', '/', ':']);
    (closed && set_apart && !before.is_empty()).then(|| stamp(Place::Trailing, last, from))
}

/// The span with the brackets around a date and the full stop after it.
fn with_marks(text: &str, span: Range<usize>) -> Range<usize> {
    let before = text[..span.start].trim_end_matches(['(', '[']).len();
    let after = text[span.end..].trim_start_matches([')', ']', '.']).len();
    before..text.len() - after
}

/// An element: takes over the stamp inside it when it is nothing else, or joins the boxes of a split date.
fn of_element(outline: &Outline, at: usize, seen: Date, covered: bool, found: &mut Vec<Stamp>) {
    let inner = found.iter().rev().take_while(|stamp| outline.contains(at, stamp.node)).count();
    let machine = (outline.tag(at) == "time").then(|| outline.attr(at, "datetime").and_then(dates::iso)).flatten();
    let text = outline.text(at);
    let Some(whole) = dates::alone(&text, seen) else {
        match (machine, covered) {
            (Some(day), false) => found.push(Stamp {
                node: at,
                place: Place::Machine,
                date: Ok(day)
                    .and_then(|day| if day > seen.saturating_add(jiff::Span::new().days(1)) { Err(Impossible::Future) } else { Ok(day) }),
                form: Form::Day,
                words: normalise(&text),
                span: 0..0,
                machine: Some(day),
                shadow: false,
            }),
            (Some(day), true) => {
                if let Some(last) = found.last_mut() {
                    last.machine.get_or_insert(day);
                }
            }
            _ => {}
        }
        return;
    };
    let first = found.last().filter(|_| inner > 0);
    let same_day = first.is_some_and(|stamp| stamp.date == whole.date);
    let words = match first {
        Some(stamp) if same_day && whole.form != Form::Range => stamp.words.clone(),
        _ => normalise(&text[whole.start..whole.end]),
    };
    let machine = machine.or_else(|| first.and_then(|stamp| stamp.machine));
    found.truncate(found.len() - inner);
    found.push(Stamp { node: at, place: Place::Whole, date: whole.date, form: whole.form, words, span: 0..0, machine, shadow: false });
}
