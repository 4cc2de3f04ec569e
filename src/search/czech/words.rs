//! Where words begin and end: maximal runs of letters and digits, with the combining marks that follow them.
//!
//! Hyphens, apostrophes and everything else separate. The text may be in any normal form; the surface handed out is NFC.
//! Precomposed letters below U+0300 are NFC as they stand (UAX #15), so Czech text takes no detour.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Byte range of a word and whether it begins with a capital.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    pub start: usize,
    pub end: usize,
    pub capitalised: bool,
}

/// The first word at or after `from`.
pub(super) fn next_word(text: &str, from: usize) -> Option<Word> {
    let rest = text.get(from..)?;
    let (offset, first) = rest.char_indices().find(|(_, c)| c.is_alphanumeric())?;
    let start = from + offset;
    let length = rest[offset..].find(|c: char| !c.is_alphanumeric() && !is_combining_mark(c));
    let end = length.map_or(text.len(), |n| start + n);
    Some(Word { start, end, capitalised: first.is_uppercase() })
}

/// Writes the lowercase NFC form of a word into `out`.
pub(super) fn lower_into(word: &str, out: &mut String) {
    out.clear();
    if word.is_ascii() {
        out.push_str(word);
        out.make_ascii_lowercase();
    } else if word.chars().all(|c| c < '\u{300}') {
        out.extend(word.chars().flat_map(char::to_lowercase));
    } else {
        // Composing first: a capital with its mark apart has a lowercase of its own.
        out.extend(word.nfc().flat_map(char::to_lowercase).nfc());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<(String, bool)> {
        let mut found = Vec::new();
        let (mut from, mut surface) = (0, String::new());
        while let Some(word) = next_word(text, from) {
            lower_into(&text[word.start..word.end], &mut surface);
            found.push((surface.clone(), word.capitalised));
            from = word.end;
        }
        found
    }

    #[test]
    fn hyphens_and_apostrophes_split() {
        assert_eq!(
            words("Frýdek-Místek, d’Alba 2024!"),
            [("frýdek", true), ("místek", true), ("d", false), ("alba", true), ("2024", false)].map(|(w, c)| (w.to_owned(), c))
        );
    }

    #[test]
    fn decomposed_letters_stay_in_their_word() {
        assert_eq!(words("Pr\u{30c}i\u{301}lis\u{30c}"), [("příliš".to_owned(), true)]);
    }
}
