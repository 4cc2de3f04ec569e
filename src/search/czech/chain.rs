//! From a word to its lemmas, and from a lemma to the adjectives of its family.
//!
//! What is certain by hand first, then the lexicon; else `ne-` before a word of the lexicon; else the longest suffix rule. Czech negates verbs and adjectives
//! by prefix, so a noun is never read out of `ne-`. Folding comes after this: the endings need their accents.
//! `data/analyze.py` is the same chain in Python, and a test holds the two to the same answers.

use super::certain;
use super::fold::fold;
use super::maps::{Lexicon, MAPS, clipped};
use super::token::Spelling;

/// How a word was understood.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    Lexicon,
    Guessed,
}

/// The lemmas of a lowercase word as it is written, the most probable first; at least one.
pub fn lemmas(word: &str) -> Vec<String> {
    let mut found = Vec::new();
    each_lemma(word, Spelling::Accented, &mut String::new(), |lemma| found.push(lemma.to_owned()));
    found
}

/// Whether the lexicon has a word, compared in lower case.
pub fn is_known(word: &str) -> bool {
    MAPS.lexicon.words.get(&word.to_lowercase()).is_some()
}

/// The folded lemmas of a word typed without diacritics; at least one.
pub fn lemmas_of_folded(word: &str) -> Vec<String> {
    let mut found = Vec::new();
    each_lemma(&fold(word), Spelling::Folded, &mut String::new(), |lemma| found.push(lemma.to_owned()));
    found
}

/// The folded relational adjectives of a folded lemma's family, sorted.
pub fn derivations(lemma: &str) -> Vec<String> {
    let mut found = Vec::new();
    each_link(lemma, &mut String::new(), |link| found.push(link.to_owned()));
    found
}

/// Hands every lemma of `word` to `take`, built in `scratch`.
pub(super) fn each_lemma(word: &str, spelling: Spelling, scratch: &mut String, mut take: impl FnMut(&str)) -> Known {
    let lexicon = match spelling {
        Spelling::Accented => &MAPS.lexicon,
        Spelling::Folded => &MAPS.folded,
    };
    if let Some(lemma) = certain::lemma(word, spelling) {
        take(lemma);
        return Known::Lexicon;
    }
    if let Some(edits) = lexicon.words.get(word) {
        apply(edits.iter(), word, scratch, take);
        return Known::Lexicon;
    }
    let mut any = false;
    if let Some(rest) = negated(word) {
        let mut take_verb = |lemma: &str| {
            if takes_ne(lemma, spelling) {
                any = true;
                take(lemma);
            }
        };
        if let Some(lemma) = certain::lemma(rest, spelling) {
            take_verb(lemma);
        } else if let Some(edits) = lexicon.words.get(rest) {
            apply(edits.iter(), rest, scratch, take_verb);
        } else {
            // A rare form of a known word; the folded lexicon leaves out what its rules know.
            guess(lexicon, rest, scratch, |lemma| {
                if MAPS.families.get(&fold(lemma)).is_some() {
                    take_verb(lemma);
                }
            });
        }
        if any {
            return Known::Lexicon;
        }
    }
    guess(lexicon, word, scratch, take);
    Known::Guessed
}

/// Hands the lemmas by the longest suffix rule to `take`, or the word itself; a rule that would drop the whole word is not for it.
fn guess(lexicon: &Lexicon, word: &str, scratch: &mut String, mut take: impl FnMut(&str)) {
    let mut any = false;
    if let Some(edits) = lexicon.guess(word) {
        let fitting = edits.iter().filter(|&(drop, _)| clipped(word, drop).is_some_and(|stem| !stem.is_empty()));
        apply(fitting, word, scratch, |lemma| {
            any = true;
            take(lemma);
        });
    }
    if !any {
        take(word);
    }
}

/// Hands every folded adjective of the family of a folded lemma to `take`.
pub(super) fn each_link(lemma: &str, scratch: &mut String, take: impl FnMut(&str)) {
    if let Some(derivations) = certain::derivations(lemma) {
        return derivations.iter().map(String::as_str).for_each(take);
    }
    if let Some(edits) = MAPS.families.get(lemma) {
        return apply(edits.iter(), lemma, scratch, take);
    }
    let (drop, add) = match lemma.as_bytes() {
        [.., b's' | b'c', b'k', b'y'] => (0, ""),
        // Rusko, Pecko: the name ends like its adjective already.
        [.., b's' | b'c', b'k', b'o'] => (1, "y"),
        _ if lemma.chars().nth(3).is_none() || !lemma.chars().all(char::is_alphabetic) => return,
        [.., b'a' | b'e' | b'i' | b'o' | b'u' | b'y'] => (1, "sky"),
        _ => (0, "sky"),
    };
    apply([(drop, add)].into_iter(), lemma, scratch, take);
}

/// Infinitives and adjectives; a verbal noun in `ne-` (nedodání) is a word of its own.
fn takes_ne(lemma: &str, spelling: Spelling) -> bool {
    let (verbs_and_adjectives, verbal_nouns): (&[&str], &[&str]) = match spelling {
        Spelling::Accented => (&["t", "ý", "í", "ci"], &["ení", "ění", "ání", "tí"]),
        Spelling::Folded => (&["t", "y", "i"], &["eni", "ani", "ti"]),
    };
    let ends = |endings: &[&str]| endings.iter().any(|ending| lemma.ends_with(ending));
    ends(verbs_and_adjectives) && !ends(verbal_nouns)
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
