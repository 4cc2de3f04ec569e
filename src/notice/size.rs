//! How large the partner should be: limits of inhabitants, and whether it should be like the seeker.
//!
//! Counts only what speaks of the partner: `české město do 10 000 obyvatel`. Refuses the seeker's own size. Words:
//! `data/wanted.tsv`, `data/seek.tsv`.

use std::ops::Range;

use super::counts::Count;
use super::cues::{Cue, File, Limit, Seek, cue_of, row};
use super::document::{Document, Part};
use super::evidence::Ledger;
use super::seekers::Candidate;
use crate::record::{Certainty, Wanted};

/// A span of a text that speaks of the partner: number of the text and code points.
pub type Asked = (usize, Range<usize>);

/// Code points before a number within which a limit is its own, and behind it.
const LIMIT_REACH: usize = 40;
const AFTER_REACH: usize = 12;
/// Code points that may lie between a limit and its number.
const LIMIT_GAP: usize = 8;

/// Reads the size asked, with the spans that the reader of populations must leave alone.
pub fn read(document: &Document, names: &[Candidate], search: bool, ledger: &mut Ledger) -> (Wanted, Vec<Asked>) {
    let mut reader = Reader { names, wanted: Wanted::default(), asked: Vec::new(), ledger };
    for (index, part) in document.spoken() {
        for sentence in &part.text.sentences {
            let seek =
                part.cues.seeking(sentence.clone()).find(|(seek, _)| matches!(seek, Seek::Active | Seek::Invite)).map(|(_, hit)| hit.start);
            // `Partnerská obec by měla mít do 6 000 obyvatel`: what is wished may stand apart from the search.
            let wish = part.cues.cue(Cue::Limit(Limit::Wish), sentence.clone()).filter(|_| search).map(|hit| hit.start);
            if seek.is_some() || search {
                reader.limits(index, part, sentence, seek.or(wish));
            }
            if search && (seek.is_some() || wish.is_some() || of_partner(part, sentence)) {
                reader.similar(part, sentence);
            }
        }
    }
    let Reader { wanted, asked, .. } = reader;
    (if search { wanted } else { Wanted::default() }, asked)
}

struct Reader<'a> {
    names: &'a [Candidate],
    wanted: Wanted,
    asked: Vec<Asked>,
    ledger: &'a mut Ledger,
}

impl Reader<'_> {
    fn similar(&mut self, part: &Part, sentence: &Range<usize>) {
        if let Some(hit) = part.cues.cue(Cue::Limit(Limit::Similar), sentence.clone()).filter(|_| !self.wanted.similar_size) {
            self.wanted.similar_size = true;
            self.ledger.note("wanted.similar_size", &part.text, hit.start..hit.end, row(hit).id.clone(), Certainty::Sure);
        }
    }

    /// `do 10 000 obyvatel`, `od 3 do 8 tisíc obyvatel`, in a sentence that searches or wishes from `asks` on.
    fn limits(&mut self, index: usize, part: &Part, sentence: &Range<usize>, asks: Option<usize>) {
        for count in part.counts.iter().filter(|count| sentence.contains(&count.quantity.start)) {
            let bounds = bounds(part, sentence, count);
            // The object of the search stands before its size, and no seeker's name between them.
            let Some(object) = object(part, sentence, asks, count, &bounds) else { continue };
            let between = |candidate: &Candidate| {
                let name = part.names.get(candidate.name);
                candidate.part == index && candidate.score > 0.0 && name.is_some_and(|name| object <= name.start && name.end <= count.start)
            };
            if self.names.iter().any(between) || part.text.shadow[object..count.start].contains('(') {
                continue;
            }
            self.asked.push((index, bounds.span.clone()));
            for (limit, known, field) in [
                (bounds.min, &mut self.wanted.population_min, "wanted.population_min"),
                (bounds.max, &mut self.wanted.population_max, "wanted.population_max"),
            ] {
                if limit.is_some() && known.is_none() {
                    *known = limit;
                    self.ledger.note(field, &part.text, bounds.span.clone(), "wanted.size", Certainty::Sure);
                }
            }
        }
    }
}

/// `počítá i s partnerem podobné velikosti`: it stands by what is called the partner, so nothing need search or wish.
fn of_partner(part: &Part, sentence: &Range<usize>) -> bool {
    let hit = part.cues.cue(Cue::Limit(Limit::Similar), sentence.clone());
    hit.is_some_and(|hit| part.text.shadow[sentence.start..hit.start].split_whitespace().next_back().is_some_and(is_partner))
}

/// Begins with what is called the partner.
pub fn is_partner(word: &str) -> bool {
    ["partner", "protej", "twin"].iter().any(|stem| word.starts_with(stem))
}

/// End of the words for the partner whose size a count may be.
fn object(part: &Part, sentence: &Range<usize>, asks: Option<usize>, count: &Count, bounds: &Bounds) -> Option<usize> {
    let shadow = &part.text.shadow;
    let last = |range: Range<usize>, of: fn(&str) -> bool| {
        let mut hits = part.cues.seeking(range).rev().filter(|(seek, _)| *seek == Seek::Object);
        hits.find(|(_, hit)| of(&shadow[hit.start..hit.end])).map(|(_, hit)| hit.end)
    };
    let Some(asks) = asks.filter(|&asks| asks < count.start) else {
        // `nabízí městům do 10 000 obyvatel spolupráci`, `s obcí do 10 000 obyvatel by chtěl`: nobody says so of his own size.
        let object = last(sentence.start..bounds.span.start, |_| true)?;
        let limit = ["do ", "od ", "max", "up to"].iter().any(|word| shadow[bounds.span.clone()].starts_with(word));
        return (limit && shadow[object..bounds.span.start].trim().is_empty()).then_some(object);
    };
    // Before the words of a wish only what is called the partner is its subject.
    let object = last(asks..count.start, |_| true).or_else(|| last(sentence.start..asks, is_partner));
    // `ideálně mezi 5 a 10 tisíci obyvatel`: where a limit is wished, it is the partner's.
    let is_bounded = bounds.min.is_some() || bounds.max.is_some();
    let object = object.or_else(|| Some(asks).filter(|_| is_bounded))?;
    (!states(&shadow[object.min(bounds.span.start)..bounds.span.start])).then_some(object)
}

/// `hosté jsou vítáni, město má přes 16 tisíc obyvatel` states, `obec, která má přes 5 tisíc obyvatel` and `má mít` ask.
fn states(words: &str) -> bool {
    let any = |of: &[&str]| words.split(|char: char| !char.is_alphanumeric()).any(|word| of.contains(&word));
    any(&["ma", "zije", "ziji", "cita", "has", "hat", "zahlt", "liczy"])
        && !any(&["ktera", "ktere", "ktery", "ktora", "ktore", "ktory", "kde", "jez", "jenz", "mit", "mat", "that", "which"])
}

struct Bounds {
    min: Option<u64>,
    max: Option<u64>,
    span: Range<usize>,
}

/// The limits that the words before a count set; a bare count sets none but is asked for all the same.
fn bounds(part: &Part, sentence: &Range<usize>, count: &Count) -> Bounds {
    let number = count.quantity;
    let limit = |hit: &super::patterns::Hit| match cue_of(hit) {
        Cue::Limit(limit) => limit,
        _ => unreachable!("the file holds nothing else"),
    };
    if let Some(low) = number.low {
        let mut hits = part.cues.hits(File::Limit, sentence.start..number.start);
        let start = hits.rfind(|hit| hit.end + 2 >= number.start).map_or(number.start, |hit| hit.start);
        return Bounds { min: Some(low), max: Some(number.value), span: start..count.end };
    }
    // `více než` is a least, `nemělo více než` a most: of words that end together the longer count.
    let from = number.start.saturating_sub(LIMIT_REACH).max(sentence.start);
    let limits = part.cues.hits(File::Limit, from..(count.end + AFTER_REACH).min(sentence.end)).filter(|hit| match limit(hit) {
        Limit::Max | Limit::Min => hit.end <= number.start && hit.end + LIMIT_GAP >= number.start,
        Limit::After => hit.start >= number.end,
        _ => false,
    });
    let hit = limits.max_by_key(|hit| (hit.end, usize::MAX - hit.start));
    let (min, max, start) = match hit {
        Some(hit) if limit(hit) == Limit::Max => (None, Some(number.value), hit.start),
        Some(hit) => (Some(number.value), None, hit.start.min(number.start)),
        None => (None, None, count.start),
    };
    Bounds { min, max, span: start..count.end }
}
