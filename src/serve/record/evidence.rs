//! A text with the words marked that facts were read from; each mark names the fact, the rule and how sure it is.
//!
//! Offsets of evidence are code points. Where pieces of evidence overlap, the text is cut at each of their ends, so that every
//! part knows all facts that it bears.

use maud::{Markup, html};

use super::super::words::Locale;
use crate::notice;
use crate::record::{Certainty, Evidence, Record, Where};

/// A run of a text that bears the same facts throughout.
#[derive(Debug, PartialEq, Eq)]
struct Piece<'t> {
    text: &'t str,
    evidence: Vec<usize>,
}

/// The text in one line of thought.
pub fn marked(locale: Locale, record: &Record, place: Where, text: &str) -> Markup {
    let found: Vec<&Evidence> = record.facts.evidence.iter().filter(|evidence| evidence.place == place).collect();
    part(locale, &found, text, 0)
}

/// The text in paragraphs, with its line breaks.
pub fn paragraphs(locale: Locale, record: &Record, place: Where, text: &str) -> Markup {
    let found: Vec<&Evidence> = record.facts.evidence.iter().filter(|evidence| evidence.place == place).collect();
    let mut start = 0;
    let mut parts = Vec::new();
    for paragraph in text.split("\n\n") {
        parts.push((start, paragraph));
        start += paragraph.chars().count() + 2;
    }
    html! { @for (start, paragraph) in parts.iter().filter(|(_, paragraph)| !paragraph.trim().is_empty()) { p { (part(locale, &found, paragraph, *start)) } } }
}

/// A part of a text that begins at this code point.
fn part(locale: Locale, evidence: &[&Evidence], text: &str, start: usize) -> Markup {
    let spans: Vec<(usize, usize)> = evidence.iter().map(|one| (one.start as usize, one.end as usize)).collect();
    let pieces = pieces(text, start, &spans);
    html! {
        @for piece in &pieces {
            @let (before, words, after) = edges(piece.text);
            (lines(before))
            @if piece.evidence.is_empty() || words.is_empty() { (lines(words)) } @else {
                @let facts: Vec<&Evidence> = piece.evidence.iter().map(|at| evidence[*at]).collect();
                @let sure = facts.iter().all(|one| one.certainty == Certainty::Sure);
                mark.evidence.likely[!sure] tabindex="0" {
                    (lines(words))
                    span.tip role="tooltip" { @for one in facts { span { (said(locale, one)) } } }
                }
            }
            (lines(after))
        }
    }
}

/// The blanks before a text, the text, and those after it: none is marked.
fn edges(text: &str) -> (&str, &str, &str) {
    let (before, rest) = text.split_at(text.len() - text.trim_start().len());
    let (words, after) = rest.split_at(rest.trim_end().len());
    (before, words, after)
}

fn lines(text: &str) -> Markup {
    html! { @for (at, line) in text.split('\n').enumerate() { @if at > 0 { br; } (line) } }
}

/// Field, certainty, rule.
fn said(locale: Locale, evidence: &Evidence) -> Markup {
    let words = locale.words();
    let certainty = if evidence.certainty == Certainty::Sure { words.sure } else { words.likely };
    html! { b { (field(locale, &evidence.field)) } " · " (certainty) " · " (locale.message(notice::explain(&evidence.rule).unwrap_or(&evidence.rule))) }
}

/// The field of a fact in words: `places[0]` is a place.
pub fn field(locale: Locale, field: &str) -> &str {
    let words = locale.words();
    match field.split(['.', '[']).next().unwrap_or_default() {
        "kind" => words.kind,
        "places" => words.place,
        "countries" => words.country,
        "population" => words.inhabitants,
        "wanted" => words.wanted,
        "themes" => words.theme,
        "dates" => words.dates,
        "contacts" => words.contacts,
        _ => field,
    }
}

/// Cuts a text that begins at a code point where any span begins or ends.
fn pieces<'t>(text: &'t str, start: usize, spans: &[(usize, usize)]) -> Vec<Piece<'t>> {
    let end = start + text.chars().count();
    let mut cuts: Vec<usize> = spans.iter().flat_map(|(from, to)| [*from, *to]).filter(|at| (start..end).contains(at)).collect();
    cuts.extend([start, end]);
    cuts.sort_unstable();
    cuts.dedup();
    let mut rest = text;
    cuts.windows(2)
        .map(|cut| {
            let length = rest.char_indices().nth(cut[1] - cut[0]).map_or(rest.len(), |(at, _)| at);
            let (text, after) = rest.split_at(length);
            rest = after;
            let bears = |(_, (from, to)): &(usize, &(usize, usize))| *from <= cut[0] && *to >= cut[1];
            Piece { text, evidence: spans.iter().enumerate().filter(bears).map(|(at, _)| at).collect() }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn overlapping_evidence_is_cut_at_every_end() {
        let found = pieces("město Žďár hledá", 10, &[(16, 20), (10, 18), (0, 12), (25, 90)]);
        let told: Vec<(&str, &[usize])> = found.iter().map(|piece| (piece.text, piece.evidence.as_slice())).collect();
        assert_eq!(told, [("mě", &[1, 2][..]), ("sto ", &[1]), ("Žď", &[0, 1]), ("ár", &[0]), (" hled", &[]), ("á", &[3])]);
    }

    #[test]
    fn blanks_around_evidence_are_not_marked() {
        for (text, parts) in
            [(" +380 3478 ", (" ", "+380 3478", " ")), ("Kosiv", ("", "Kosiv", "")), (" \n", (" \n", "", "")), ("", ("", "", ""))]
        {
            assert_eq!(edges(text), parts, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn no_letter_is_lost(text in "[ač<\n]{0,30}", start in 0_usize..20, spans in prop::collection::vec((0_usize..60, 0_usize..60), 0..6)) {
            let found: String = pieces(&text, start, &spans).iter().map(|piece| piece.text).collect();
            prop_assert_eq!(found, text);
        }
    }
}
