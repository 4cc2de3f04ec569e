//! Folding of words: a letter without its diacritics, as people type when the keyboard has none (`lang::fold`).

use crate::lang::fold::letters_of;

pub use crate::lang::fold::fold;

/// Whether folding would change a letter of the text (case aside).
pub fn has_diacritics(text: &str) -> bool {
    text.chars().filter(|c| !c.is_ascii() && c.is_alphabetic()).any(|c| !c.to_lowercase().eq(letters_of(c).chars()))
}

/// Appends the folded word.
pub(super) fn fold_onto(word: &str, out: &mut String) {
    if word.is_ascii() { out.push_str(word) } else { crate::lang::fold::fold_onto(word, out) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_alone_have_diacritics() {
        for (text, has) in [("Kůň", true), ("straße", true), ("kun", false), ("Praha – „obec“", false), ("O’Brien", false), ("йод", true)]
        {
            assert_eq!(has_diacritics(text), has, "{text}");
        }
        assert_eq!(fold("příliš žluťoučký kůň"), "prilis zlutoucky kun");
    }
}
