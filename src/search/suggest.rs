//! Words of the index in place of one that met nothing: spelled much the same, of the same family, or other names of the place
//! that it means.
//!
//! Spelling: Damerau-Levenshtein (optimal string alignment) over folded words, one slip up to seven letters, two beyond.
//! Family: what shares all but the derivational ending (`vinařství`, `vinaři`). Nearest first, then the more
//! frequent.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use super::analysis::{Token, fold};
use super::automaton::{Beginning, Edits, Folding, Letters};
use super::edit_distance::distance;
use super::names;
use super::query::Part;
use super::schema::Fields;
use crate::lang::fold::fold_onto;

/// Shorter words resemble too many others.
const SHORTEST: usize = 4;
/// No longer word is one.
const LONGEST: usize = 40;
const OFFERED: usize = 3;

/// A family shares at least so many letters …
const ROOT: usize = 5;
/// … and all of the word but so many.
const ENDING: usize = 5;

/// At most three words, best first; names of places where only those are asked.
pub fn alike(searcher: &Searcher, fields: &Fields, part: Option<Part>, word: &Token) -> Vec<String> {
    let fields: &[Field] = match part {
        Some(Part::Place) => &[fields.place, fields.mention],
        Some(Part::Attachment) => &[fields.attachment.exact],
        _ => &[fields.head.exact, fields.body.exact, fields.attachment.exact, fields.place],
    };
    let asked: Vec<char> = word.folded.chars().collect();
    if !(SHORTEST..=LONGEST).contains(&asked.len()) || word.folded.chars().any(char::is_numeric) {
        return Vec::new();
    }
    let slips = if asked.len() > 7 { 2 } else { 1 };
    let spelled = nearest(searcher, fields, || Edits { word: &asked, most: slips }, |letters| distance(&asked, letters, slips));
    if !spelled.is_empty() {
        return spelled;
    }
    let root = ROOT.max(asked.len().saturating_sub(ENDING));
    let Some(beginning) = asked.get(..root) else { return Vec::new() };
    nearest(
        searcher,
        fields,
        || Beginning(beginning),
        |letters| {
            let shared = asked.iter().zip(letters).take_while(|(a, b)| a == b).count();
            // One letter more or less of the root is the same distance: `vinařské`, `vinaři`.
            (letters.len() <= shared + ENDING).then(|| (asked.len() - shared) / 2)
        },
    )
}

/// At most three words of the index that are other names of the place that the word means in one of its countries.
pub fn other_names(searcher: &Searcher, fields: &Fields, word: &Token) -> Vec<String> {
    if !(SHORTEST..=LONGEST).contains(&word.folded.chars().count()) {
        return Vec::new();
    }
    let mut countries = Vec::new();
    for segment in searcher.segment_readers() {
        let Ok(index) = segment.inverted_index(fields.country) else { continue };
        let Ok(mut terms) = index.terms().stream() else { continue };
        while terms.advance() {
            countries.extend(std::str::from_utf8(terms.key()).ok().map(str::to_owned));
        }
    }
    let held = |name: &String| {
        let named = [fields.place, fields.mention, fields.head.folded, fields.body.folded, fields.attachment.folded];
        let single = name.chars().all(char::is_alphabetic) && *name != word.folded;
        single && named.into_iter().any(|field| searcher.doc_freq(&Term::from_field_text(field, name)).unwrap_or(0) > 0)
    };
    let mut names: Vec<String> = names::others(&word.surface, countries.iter().map(String::as_str)).iter().map(|name| fold(name)).collect();
    let mut seen = BTreeSet::new();
    names.retain(|name| held(name) && seen.insert(name.clone()));
    names.truncate(OFFERED);
    names
}

/// The words at the least distance, of those that the automaton finds.
fn nearest<L: Letters>(
    searcher: &Searcher,
    fields: &[Field],
    automaton: impl Fn() -> L,
    distance: impl Fn(&[char]) -> Option<usize>,
) -> Vec<String> {
    let mut found: BTreeMap<String, (usize, u32)> = BTreeMap::new();
    let (mut folded, mut letters) = (String::new(), Vec::new());
    for segment in searcher.segment_readers() {
        for field in fields {
            let Ok(index) = segment.inverted_index(*field) else { continue };
            // Figures come before letters, and nobody means one of them.
            let Ok(mut terms) = index.terms().search(Folding(automaton())).gt("9").into_stream() else { continue };
            while terms.advance() {
                let Ok(term) = std::str::from_utf8(terms.key()) else { continue };
                folded.clear();
                fold_onto(term, &mut folded);
                letters.clear();
                letters.extend(folded.chars());
                if let Some(distance) = distance(&letters) {
                    found.entry(term.to_owned()).or_insert((distance, 0)).1 += terms.value().doc_freq;
                }
            }
        }
    }
    let mut found: Vec<(String, (usize, u32))> = found.into_iter().collect();
    found.sort_by_key(|(_, (distance, frequency))| (*distance, std::cmp::Reverse(*frequency)));
    let nearest = found.first().map_or(0, |(_, (distance, _))| *distance);
    found.into_iter().filter(|(_, (distance, _))| *distance == nearest).take(OFFERED).map(|(term, _)| term).collect()
}
