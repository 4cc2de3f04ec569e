//! Names of towns, which no lexicon holds: the index itself says which there are.
//!
//! A query word is expanded to the capitalised words of the index of which it is a case form, or which are case forms of it.
//! That is exact where a suffix rule must guess (`Bučou` is `Buča`, not a verb). When the query word has no diacritics,
//! forms are compared without them.

use std::collections::HashSet;

use super::fold::{fold, fold_onto, has_diacritics};
use super::nouns::forms;
use super::sound::{is_vowel, split_last};

/// The most characters that a case form may lose or change at the end of its noun.
const LONGEST_CHANGE: usize = 4;

/// The lowercase surfaces, out of `surfaces`, that share a noun with the lowercase `token`, in the order given.
pub fn expand<'s>(token: &str, surfaces: impl IntoIterator<Item = &'s str>) -> Vec<&'s str> {
    let bare = !has_diacritics(token);
    let shape = |form: String| if bare { fold(&form) } else { form };
    let nominatives = if bare { restored(token) } else { vec![token.to_owned()] };
    let own: HashSet<String> = nominatives.iter().flat_map(|noun| forms(noun)).map(shape).collect();
    let beginning = Beginning::of(token);
    let mut folded = String::new();
    let meets = |surface: &&str| {
        if other_initial(token, surface) {
            return false;
        }
        folded.clear();
        fold_onto(surface, &mut folded);
        beginning.begins(&folded) && {
            let seen: &str = if bare { &folded } else { surface };
            own.contains(seen) || forms(surface).map(shape).any(|form| form == token)
        }
    };
    surfaces.into_iter().filter(meets).collect()
}

/// The spellings of a word typed without diacritics that are declined differently: the last letter decides the paradigm
/// (Deštné is no Deštne), and only a long vowel of the stem is shortened (Dvůr, Dvora).
fn restored(token: &str) -> Vec<String> {
    let mut spellings = vec![token.to_owned()];
    if let Some((stem, last)) = split_last(token) {
        let accented = match last {
            'a' => "á",
            'e' => "éě",
            'i' => "í",
            'y' => "ý",
            'c' => "č",
            'd' => "ď",
            'n' => "ň",
            'r' => "ř",
            's' => "š",
            't' => "ť",
            'z' => "ž",
            _ => "",
        };
        spellings.extend(accented.chars().map(|letter| format!("{stem}{letter}")));
        // Only these vowels change their letter when they are shortened: ů to o, í to ě.
        if let Some((at, vowel)) = stem.char_indices().rev().find(|&(_, c)| is_vowel(c))
            && let Some(long) = [('u', 'ů'), ('i', 'í')].into_iter().find_map(|(short, long)| (short == vowel).then_some(long))
        {
            spellings.push(format!("{}{long}{}", &token[..at], &token[at + vowel.len_utf8()..]));
        }
    }
    spellings
}

/// Settles most of an index without folding: two different ASCII letters.
fn other_initial(a: &str, b: &str) -> bool {
    match (a.as_bytes().first(), b.as_bytes().first()) {
        (Some(a), Some(b)) => a != b && a.is_ascii() && b.is_ascii(),
        _ => true,
    }
}

/// What every form of a word shares with it: declining the other thousands of words of an index would be a waste.
struct Beginning {
    folded: String,
    characters: usize,
}

impl Beginning {
    fn of(token: &str) -> Self {
        let folded = fold(token);
        Self { characters: folded.chars().count(), folded }
    }

    fn begins(&self, other: &str) -> bool {
        let length = other.chars().count();
        let shared = self.folded.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
        shared > 0 && shared + LONGEST_CHANGE >= self.characters.min(length) && self.characters.abs_diff(length) <= LONGEST_CHANGE + 1
    }
}

#[cfg(test)]
mod tests {
    use super::expand;

    const INDEX: [&str; 13] = [
        "dvoře",
        "olomouci",
        "olomouc",
        "jihlavou",
        "jihlavan",
        "telči",
        "kutnou",
        "žďárem",
        "prahy",
        "prase",
        "chebský",
        "zlín",
        "hradce",
    ];

    #[test]
    fn a_case_form_finds_the_others_of_its_noun() {
        assert_eq!(expand("olomouc", INDEX), ["olomouci", "olomouc"]);
        assert_eq!(expand("jihlava", INDEX), ["jihlavou"]);
        assert_eq!(expand("kutná", INDEX), ["kutnou"]);
        assert_eq!(expand("hradec", INDEX), ["hradce"]);
        assert_eq!(expand("zlínem", INDEX), ["zlín"]);
    }

    #[test]
    fn without_diacritics_too() {
        assert_eq!(expand("telc", INDEX), ["telči"]);
        assert_eq!(expand("dvur", INDEX), ["dvoře"]);
        assert_eq!(expand("zdar", INDEX), ["žďárem"]);
        assert_eq!(expand("praha", INDEX), ["prahy"]);
    }

    #[test]
    fn what_cannot_be_declined_finds_itself() {
        assert_eq!(expand("2024", ["2024", "2023"]), ["2024"]);
        assert_eq!(expand("", INDEX), [""; 0]);
    }
}
