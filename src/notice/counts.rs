//! Numbers of people in a text, whoever's they are.
//!
//! A quantity counts people by its unit (`obyvatel`), by its label (`počet obyvatel činí`, also on the line above), as an
//! adjective (`čtyřicetitisícové město`) or carried on from the clause before. Refuses years, distances, money. Words:
//! `data/population.tsv`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::annotation::Cues;
use super::cues::{Cue, File, People, cue_of};
use super::patterns::Hit;
use super::text::Text;
use crate::lang::numbers::{self, Form};
use crate::record::Qualifier;

/// What may stand between the number and its unit.
static GAP: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^ ?(?:(?:trvale|stale|zde|zijicich|zijicimi|zijici|bydlicich|registrovanych|prihlasenych|hlasenych|stalych|stalymi|jejich|svych|nasich|mistnich|mistnimi|spokojenych|tamnich|tamnimi|plus|\x1a|\+|a vice|and more|permanent|local) ?){0,2}$").expect("a fixed expression")
});
/// What may stand before the word that blurs a number: `něco málo přes`.
pub static BLURRED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[ \n]*(?:(?:o|neco|malo|lehce|tesne|mirne|jen|jenom|pouze|just|a|little|bit|well|slightly|only) )*$")
        .expect("a fixed expression")
});
static YEAR_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:\b(?:rok[a-z]*|roce|r\.|year|in|k|ke|od|z|leta?|lete[ch]*|since|from)|[0-3]?[0-9]\.|january|december) ?$")
        .expect("a fixed expression")
});
static UNIT_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^ ?(?:km|m2|m\b|ha\b|hektar|kilometr|metr|%|procent|let\b|lety|rok|kc|korun|eur|euro|dolar|czk|zamestnan|student|zak|deti|domacnost|podnik|firm|skol|turist|navstevnik|nocleh|vesnic|vsi|obci|mest|mist|hodin|minut|delegat|ucastnik|osad|roci|vojak|cestujic|lid[a-z]* pracuj|clen|tun|mw)").expect("a fixed expression")
});
/// A number in code points of its text.
#[derive(Clone, Copy, Debug)]
pub struct Quantity {
    pub value: u64,
    /// Where a range is given, its lower end; `value` is the upper one.
    pub low: Option<u64>,
    pub start: usize,
    pub end: usize,
    pub form: Form,
}

/// Every number of a text, by position.
pub fn quantities(text: &Text) -> Vec<Quantity> {
    let found = numbers::find(text.original).into_iter();
    let quantity = |found: numbers::Quantity| Quantity {
        value: found.value,
        low: found.low,
        start: text.code_point(found.range.start),
        end: text.code_point(found.range.end),
        form: found.form,
    };
    found.map(quantity).collect()
}

/// A number of people and where its words begin and end, the qualifier among them.
#[derive(Clone, Copy, Debug)]
pub struct Count {
    pub quantity: Quantity,
    pub qualifier: Qualifier,
    pub start: usize,
    pub end: usize,
    pub rule: &'static str,
    /// Counted as people (`lidí`), who may be anyone.
    pub loose: bool,
}

/// Numbers of people in a text, whoever's they are.
pub fn counts(text: &Text, cues: &Cues, all: &[Quantity]) -> Vec<Count> {
    let within = |sentence: &Range<usize>| {
        let from = all.partition_point(|quantity| quantity.start < sentence.start);
        let to = all.partition_point(|quantity| quantity.start < sentence.end);
        &all[from..to.max(from)]
    };
    text.sentences.iter().flat_map(|sentence| count(text, cues, sentence.clone(), within(sentence))).collect()
}

/// What a word around a number means.
pub fn meaning(hit: &Hit) -> People {
    match cue_of(hit) {
        Cue::People(people) => people,
        _ => unreachable!("the file holds nothing else"),
    }
}

fn count(text: &Text, cues: &Cues, sentence: Range<usize>, quantities: &[Quantity]) -> Vec<Count> {
    if quantities.is_empty() {
        return Vec::new();
    }
    let hits: Vec<&Hit> = cues.hits(File::People, sentence.clone()).collect();
    let mut counts = Vec::new();
    // A number that runs on into the next sentence (over a line break) is neither's.
    for (index, quantity) in quantities.iter().enumerate().filter(|(_, quantity)| quantity.end <= sentence.end) {
        let after = &text.shadow[quantity.end..sentence.end];
        let (qualifier, start) = qualifier(text, cues, &sentence, quantity);
        let unit = hits.iter().find(|hit| {
            matches!(meaning(hit), People::Unit | People::Heads)
                && hit.start >= quantity.end
                && GAP.is_match(&text.shadow[quantity.end..hit.start])
        });
        let labelled = || {
            let label = hits.iter().any(|hit| match meaning(hit) {
                People::Label => {
                    hit.end <= quantity.start
                        && quantity.start - hit.end <= LABEL_REACH
                        && quantities[..index].iter().all(|other| other.end <= hit.start || is_year(text, other))
                }
                // `a town of 12,000`: only its own words may lie between.
                // `Obyvatel 10 400` on a line of its own: a row of a table.
                People::Unit => {
                    text.shadow[sentence.start..hit.start].trim().is_empty()
                        && hit.end <= quantity.start
                        && text.shadow[hit.end..start.max(hit.end)].bytes().all(|byte| matches!(byte, b' ' | b':' | b'-' | b'.'))
                }
                People::TownOf => hit.end <= quantity.start && BLURRED.is_match(&text.shadow[hit.end..start.max(hit.end)]),
                _ => false,
            });
            label || above(text, cues, &sentence, start)
        };
        let (rule, end) = if let Some(unit) = unit {
            ("population.unit", unit.end)
        } else if quantity.form == Form::Adjective && !after.trim_start().starts_with("km") {
            ("population.adjective", quantity.end)
        } else if !is_year(text, quantity) && !UNIT_AFTER.is_match(after) && labelled() {
            ("population.label", quantity.end)
        } else if counts.last().is_some_and(|last: &Count| carries(text, last, quantity)) && !UNIT_AFTER.is_match(after) {
            ("population.carried", quantity.end)
        } else {
            continue;
        };
        let loose = unit.is_some_and(|unit| meaning(unit) == People::Heads);
        counts.push(Count { quantity: *quantity, qualifier, start, end, rule, loose });
    }
    counts
}

/// Code points between a label and its number.
const LABEL_REACH: usize = 60;

/// Whether the line above ends with a label and this one begins with the number: a table read as text.
fn above(text: &Text, cues: &Cues, sentence: &Range<usize>, number: usize) -> bool {
    if !BLURRED.is_match(&text.shadow[sentence.start..number]) {
        return false;
    }
    let at = text.sentences.partition_point(|other| other.start < sentence.start);
    let Some(line) = at.checked_sub(1).map(|before| text.sentences[before].clone()) else { return false };
    let end = line.start + text.shadow[line.clone()].trim_end_matches([' ', '\n', ':', '-']).len();
    cues.hits(File::People, line).any(|hit| meaning(hit) == People::Label && hit.end >= end)
}

/// `okres má 230 tisíc obyvatel, město tři tisíce`: the unit is said once for two clauses.
fn carries(text: &Text, last: &Count, quantity: &Quantity) -> bool {
    let between = &text.shadow[last.end..quantity.start];
    quantity.form == Form::Marked
        && quantity.value >= 100
        && between.len() < 60
        && between.starts_with([',', ';'])
        && !between.contains(['.', '('])
}

/// `2004`, or `1946`: four bare digits where years stand.
pub fn is_year(text: &Text, quantity: &Quantity) -> bool {
    let before = &text.shadow[quantity.start.saturating_sub(20)..quantity.start];
    quantity.form == Form::Plain
        && (1100..2100).contains(&quantity.value)
        && quantity.end - quantity.start == 4
        && YEAR_BEFORE.is_match(before)
}

/// The word right before or after the number that blurs it, and where the words of the number begin.
fn qualifier(text: &Text, cues: &Cues, sentence: &Range<usize>, quantity: &Quantity) -> (Qualifier, usize) {
    let from = quantity.start.saturating_sub(BLUR_REACH).max(sentence.start);
    let until = (quantity.end + AFTER_REACH).min(sentence.end);
    let hits: Vec<&Hit> = cues.hits(File::People, from..until).collect();
    let blurred = |hit: &Hit| match meaning(hit) {
        People::Blur(qualifier) => Some((qualifier, 2)),
        People::Beside(qualifier) => Some((qualifier, 1)),
        _ => None,
    };
    // `přes celých 5 000`: one word may lie between, but no name (`nad Orlicí`) and no sign.
    let near = |hit: &Hit| {
        let Some((_, reach)) = blurred(hit).filter(|_| hit.end <= quantity.start) else { return false };
        let between = hit.end..quantity.start;
        text.shadow[between.clone()].bytes().filter(|&byte| byte == b' ').count() <= reach
            && text.shadow[between.clone()].bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b' ')
            && !between.into_iter().any(|at| text.is_capital(at))
    };
    // Of `ne více než` and `více než` the longer says what is meant.
    let before = hits.iter().filter(|hit| near(hit)).max_by_key(|hit| (hit.end, std::cmp::Reverse(hit.start)));
    let after = hits.iter().filter(|hit| hit.start >= quantity.end).find_map(|hit| match meaning(hit) {
        People::After(qualifier) => Some(qualifier),
        _ => None,
    });
    let start = before.map_or(quantity.start, |hit| hit.start.min(quantity.start));
    match (before.and_then(|hit| blurred(hit)).map(|(qualifier, _)| qualifier).or(after), quantity.form) {
        (_, _) if quantity.low.is_some() => (Qualifier::MoreThan, start),
        (Some(qualifier), _) => (qualifier, start),
        (None, Form::Adjective) => (Qualifier::About, start),
        (None, _) => (Qualifier::Exact, start),
    }
}

/// Code points before and behind a number within which a word blurs it.
const BLUR_REACH: usize = 30;
const AFTER_REACH: usize = 12;
