//! Folded words: the measure by which two lines are called the same.
//!
//! Folding drops case and diacritics, so that a title typed twice by two hands still matches. Similarity is
//! the Dice coefficient over word multisets: cheap, symmetric, and blind to punctuation and blanks.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case without diacritics.
pub fn fold(text: &str) -> String {
    text.nfd()
        .filter(|char| !is_combining_mark(*char))
        .flat_map(char::to_lowercase)
        .map(|char| if char == 'ł' { 'l' } else { char })
        .collect()
}

/// Folded runs of letters and digits.
pub fn tokens(text: &str) -> Vec<String> {
    fold(text).split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The word is one of a list parted by `|`.
pub fn is_one(word: &str, list: &str) -> bool {
    list.split('|').any(|known| known == word)
}

/// Share of words that two lines have in common, 0 to 1.
pub fn likeness(left: &[String], right: &[String]) -> f64 {
    if left.is_empty() || right.is_empty() {
        return 0.0;
    }
    2.0 * common(left, right) as f64 / (left.len() + right.len()) as f64
}

/// Share of the words of `part` that `whole` also has, 0 to 1.
pub fn covered(part: &[String], whole: &[String]) -> f64 {
    if part.is_empty() { 0.0 } else { common(part, whole) as f64 / part.len() as f64 }
}

fn common(left: &[String], right: &[String]) -> usize {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for word in left {
        *counts.entry(word).or_default() += 1;
    }
    let mut shared = 0;
    for word in right {
        if let Some(count) = counts.get_mut(word.as_str()).filter(|count| **count > 0) {
            *count -= 1;
            shared += 1;
        }
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_ignores_case_accents_and_marks() {
        let same = likeness(&tokens("Město Łódź – hledá partnera!"), &tokens("mesto lodz hleda PARTNERA"));
        assert!((same - 1.0).abs() < 1e-9);
        assert!(likeness(&tokens("one two three"), &tokens("four five six")) < 0.1);
        assert!((likeness(&tokens(""), &tokens("x"))).abs() < 1e-9);
        assert!((covered(&tokens("b c"), &tokens("a b c d")) - 1.0).abs() < 1e-9);
    }
}
