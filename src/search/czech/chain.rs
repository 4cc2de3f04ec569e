//! From a word to its lemmas, and from a lemma to the adjectives of its family.
//!
//! Lexicon first; else `ne-` before a word of the lexicon; else the longest suffix rule. Czech negates verbs and adjectives
//! by prefix, so a noun is never read out of `ne-`. Folding comes after this: the endings need their accents.
//! `data/analyze.py` is the same chain in Python, and a test holds the two to the same answers.

use super::fold::fold;
use super::maps::{Lexicon, MAPS, clipped};

/// How a word was understood.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    Lexicon,
    Guessed,
}

/// The lemmas of a lowercase word as it is written, the most probable first; at least one.
pub fn lemmas(word: &str) -> Vec<String> {
    let mut found = Vec::new();
    each_lemma(&MAPS.lexicon, word, true, &mut String::new(), |lemma| found.push(lemma.to_owned()));
    found
}

/// The folded lemmas of a word typed without diacritics; at least one.
pub fn lemmas_of_folded(word: &str) -> Vec<String> {
    let mut found = Vec::new();
    each_lemma(&MAPS.folded, &fold(word), false, &mut String::new(), |lemma| found.push(lemma.to_owned()));
    found
}

/// The folded relational adjectives of a folded lemma's family, sorted.
pub fn links(lemma: &str) -> Vec<String> {
    let mut found = Vec::new();
    each_link(lemma, &mut String::new(), |link| found.push(link.to_owned()));
    found
}

/// Hands every lemma of `word` to `take`, built in `scratch`.
pub(super) fn each_lemma(lexicon: &Lexicon, word: &str, accented: bool, scratch: &mut String, mut take: impl FnMut(&str)) -> Known {
    if let Some(edits) = lexicon.get(word) {
        apply(edits.iter(), word, scratch, take);
        return Known::Lexicon;
    }
    if let Some(edits) = negated(word).and_then(|rest| lexicon.get(rest)) {
        let mut any = false;
        apply(edits.iter(), &word[2..], scratch, |lemma| {
            // Without diacritics the ending cannot tell what kind of word it is.
            if !accented || takes_ne(lemma) {
                any = true;
                take(lemma);
            }
        });
        if any {
            return Known::Lexicon;
        }
    }
    let mut any = false;
    if let Some(edits) = lexicon.guess(word) {
        // A rule that would drop the whole word is not for it.
        let fitting = edits.iter().filter(|&(drop, _)| clipped(word, drop).is_some_and(|stem| !stem.is_empty()));
        apply(fitting, word, scratch, |lemma| {
            any = true;
            take(lemma);
        });
    }
    if !any {
        take(word);
    }
    Known::Guessed
}

/// Hands every folded adjective of the family of a folded lemma to `take`.
pub(super) fn each_link(lemma: &str, scratch: &mut String, take: impl FnMut(&str)) {
    if let Some(edits) = MAPS.families.get(lemma) {
        return apply(edits.iter(), lemma, scratch, take);
    }
    let (drop, add) = match lemma.as_bytes() {
        [.., b's' | b'c', b'k', b'y'] => (0, ""),
        // Rusko, Pecko: the name ends like its adjective already.
        [.., b's' | b'c', b'k', b'o'] => (1, "y"),
        _ if lemma.chars().nth(3).is_none() => return,
        [.., b'a' | b'e' | b'i' | b'o' | b'u' | b'y'] => (1, "sky"),
        _ => (0, "sky"),
    };
    apply([(drop, add)].into_iter(), lemma, scratch, take);
}

/// Infinitives and adjectives; a verbal noun in `ne-` (nedodání) is a word of its own.
fn takes_ne(lemma: &str) -> bool {
    let verbal_noun = ["ení", "ění", "ání", "tí"].iter().any(|ending| lemma.ends_with(ending));
    (lemma.ends_with(['t', 'ý', 'í']) || lemma.ends_with("ci")) && !verbal_noun
}

/// What `ne-` negates in a word of more than five letters.
fn negated(word: &str) -> Option<&str> {
    let rest = word.strip_prefix("ne")?;
    rest.chars().nth(3).map(|_| rest)
}

fn apply<'e>(edits: impl Iterator<Item = (usize, &'e str)>, word: &str, scratch: &mut String, mut take: impl FnMut(&str)) {
    for (drop, add) in edits {
        if let Some(stem) = clipped(word, drop) {
            scratch.clear();
            scratch.push_str(stem);
            scratch.push_str(add);
            take(scratch);
        }
    }
}
