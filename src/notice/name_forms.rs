//! Forms of one municipality's name, folded: cases, and the adjectives made of it.
//!
//! Refuses to ask the map: a text is taken to name one place by one stem.

use super::small_words::{Small, words};

/// Letters by which two forms of a name agree at least, and those of an ending.
const STEM: usize = 4;
const ENDING: usize = 2;
/// What a folded name has in every case; of a short name all of it.
fn stem(name: &str) -> &str {
    &name[..name.len().saturating_sub(ENDING).max(STEM.min(name.len()))]
}

/// Whether two names are one municipality's: in any case, or one of them as an adjective (`Drohobyčská hromada`).
pub fn is_one(one: &str, other: &str) -> bool {
    is_case(one, other) || is_case(other, one) || is_adjective(one, other) || is_adjective(other, one)
}

fn is_case(one: &str, other: &str) -> bool {
    other.starts_with(stem(one)) && other.len() <= one.len() + ENDING
}

/// What an adjective has of the name that it is made of: `drohoby` of `Drohobyčská`.
pub fn of_adjective(word: &str) -> Option<&str> {
    let endings = [Small::Adjective, Small::AdjectiveOfMany].into_iter().flat_map(words);
    let base = endings.filter_map(|ending| word.strip_suffix(ending)).min_by_key(|base| base.len())?;
    (base.len() >= STEM && !word.contains(' ')).then_some(base)
}

/// `Sušičtí` of `Sušice`, `Drohobyčská` of `Drohobyč`.
fn is_adjective(one: &str, other: &str) -> bool {
    let noun = other.trim_end_matches(['a', 'e', 'i', 'o', 'u', 'y']);
    of_adjective(one).is_some_and(|base| noun.len() >= STEM && noun.starts_with(base) && noun.len() <= base.len() + ENDING)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adjectives_and_cases_are_of_one_name() {
        for (one, other) in
            [("susicti", "susice"), ("horicky", "horice"), ("preloucsky", "prelouc"), ("drohobycska", "drohobyc"), ("policce", "policka")]
        {
            assert!(is_one(one, other) && is_one(other, one), "{one} {other}");
        }
        for (one, other) in [("susicti", "susany"), ("brnensky", "brod"), ("horicky", "hory"), ("novy bor", "novy jicin")] {
            assert!(!is_one(one, other), "{one} {other}");
        }
    }
}
