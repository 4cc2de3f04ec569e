//! Names of towns, which no lexicon holds: the index itself says which there are.
//!
//! A query word is expanded to the capitalised words of the index of which it is a case form, or which are case forms of it.
//! That is exact where a suffix rule must guess (`Bučou` is `Buča`, not a verb). When the query word has no diacritics,
//! forms are compared without them.

use std::collections::HashSet;

use super::fold::{fold, fold_onto, has_diacritics};
use super::nouns::forms;

/// The most characters that a case form may lose or change at the end of its noun.
const LONGEST_CHANGE: usize = 4;

/// The lowercase surfaces, out of `surfaces`, that share a noun with the lowercase `token`, in the order given.
pub fn expand<'s>(token: &str, surfaces: impl IntoIterator<Item = &'s str>) -> Vec<&'s str> {
    let bare = !has_diacritics(token);
    let shape = |form: String| if bare { fold(&form) } else { form };
    let own: HashSet<String> = forms(token).map(shape).collect();
    let beginning = Beginning::of(token);
    let mut folded = String::new();
    let meets = |surface: &&str| {
        folded.clear();
        fold_onto(surface, &mut folded);
        beginning.begins(&folded) && {
            let seen: &str = if bare { &folded } else { surface };
            own.contains(seen) || forms(surface).map(shape).any(|form| form == token)
        }
    };
    surfaces.into_iter().filter(meets).collect()
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

    const INDEX: [&str; 12] =
        ["olomouci", "olomouc", "jihlavou", "jihlavan", "telči", "kutnou", "žďárem", "prahy", "prase", "chebský", "zlín", "hradce"];

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
        assert_eq!(expand("zdar", INDEX), ["žďárem"]);
        assert_eq!(expand("praha", INDEX), ["prahy"]);
    }

    #[test]
    fn what_cannot_be_declined_finds_itself() {
        assert_eq!(expand("2024", ["2024", "2023"]), ["2024"]);
        assert_eq!(expand("", INDEX), [""; 0]);
    }
}
