//! Folding: the spelling that two writings share when only case and marks differ, with the way back.
//!
//! Compatibility decomposition (UAX 15, NFKD) without marks, lower case, and the letters and signs that do not
//! decompose from `data/letters.tsv`. Soft hyphens and zero-width blanks vanish. Refuses transliteration.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::rows::rows;
use super::text::is_invisible;

static LETTERS: LazyLock<HashMap<char, &'static str>> = LazyLock::new(|| {
    let letter = |row: &[&str]| row[0].chars().next().expect("letters.tsv: the first column is a character");
    rows(include_str!("data/letters.tsv")).map(|row| (letter(&row), row[1])).collect()
});

/// A folded text that knows where each of its bytes comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    pub text: String,
    /// For each byte of `text`, and its end, the byte of the source it comes from; empty where both run alike (ASCII).
    sources: Vec<u32>,
}

impl Folded {
    pub fn of(source: &str) -> Self {
        let plain = source.is_ascii() && !source.contains('`');
        if plain {
            return Self { text: source.to_ascii_lowercase(), sources: Vec::new() };
        }
        let mut text = String::with_capacity(source.len());
        let mut sources = Vec::with_capacity(source.len() + 1);
        for (at, c) in source.char_indices() {
            if c.is_ascii_alphanumeric() {
                text.push(c.to_ascii_lowercase());
                sources.push(at as u32);
            } else {
                fold_char(c, &mut text);
                sources.resize(text.len(), at as u32);
            }
        }
        sources.push(source.len() as u32);
        Self { text, sources }
    }

    /// The bytes of the source that gave these bytes of the folded text, on character boundaries, marks included.
    pub fn source_range(&self, folded: Range<usize>) -> Range<usize> {
        if self.sources.is_empty() {
            return folded;
        }
        let start = self.sources[folded.start] as usize;
        if folded.is_empty() {
            return start..start;
        }
        let last = self.sources[folded.end - 1];
        let end = self.sources[folded.end..].iter().copied().find(|&source| source > last);
        start..end.unwrap_or(last) as usize
    }
}

/// Lower case without marks: `Žďár` is `zdar`, `Straße` is `strasse`.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_onto(text, &mut folded);
    folded
}

/// Appends the folded text.
pub fn fold_onto(text: &str, folded: &mut String) {
    for c in text.chars() {
        fold_char(c, folded);
    }
}

/// Appends one folded character, which may be none (a mark) or several letters (`ß`).
pub fn fold_char(c: char, folded: &mut String) {
    if c.is_ascii() && c != '`' {
        folded.push(c.to_ascii_lowercase());
    } else {
        folded.push_str(&letters_of(c));
    }
}

/// One character folded.
pub fn letters_of(c: char) -> Cow<'static, str> {
    let letters = || {
        let mut letters = String::new();
        decompose(c, &mut letters);
        letters
    };
    match NEAR.get(c as usize) {
        Some(near) => Cow::Borrowed(near.get_or_init(|| letters().into())),
        None => Cow::Owned(letters()),
    }
}

/// The Latin, Greek and Cyrillic letters of Europe, each worked out when it is first met.
static NEAR: [OnceLock<Box<str>>; NEAR_END] = [const { OnceLock::new() }; NEAR_END];

/// End of the block Cyrillic Supplement.
const NEAR_END: usize = 0x530;

fn decompose(c: char, folded: &mut String) {
    if is_invisible(c) {
        return;
    }
    // An acute accent that stands alone would decompose into a blank.
    if let Some(letters) = LETTERS.get(&c) {
        folded.push_str(letters);
        return;
    }
    for part in std::iter::once(c).nfkd().flat_map(char::to_lowercase).filter(|&part| !is_combining_mark(part)) {
        match LETTERS.get(&part) {
            Some(letters) => folded.push_str(letters),
            None => folded.push(part),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_alphabet_of_the_neighbours() {
        for (written, folded) in [
            ("Příliš ŽLUŤOUČKÝ kůň", "prilis zlutoucky kun"),
            ("Straße Ærø Œuvre Łódź Đakovo Søborg", "strasse aero oeuvre lodz dakovo soborg"),
            ("İzmir Diyarbakır Þing Ħal", "izmir diyarbakir thing hal"),
            ("йод Київ п’ять", "иод киів п'ять"),
            ("L´Aquila L’Aquila Lʼ", "l'aquila l'aquila l'"),
            ("2 000 – „x“", "2 000 - \"x\""),
            ("P\u{159}i\u{301}\u{ad}li\u{161}", "prilis"),
            ("ﬁnále №", "finale no"),
            ("", ""),
        ] {
            assert_eq!(fold(written), folded, "{written}");
            assert_eq!(Folded::of(written).text, folded, "{written}");
        }
    }

    #[test]
    fn folded_bytes_know_their_source() {
        let source = "die Straße in Łódz\u{301}!";
        let folded = Folded::of(source);
        for (part, want) in [("strasse", "Straße"), ("lodz", "Łódz\u{301}"), ("die", "die"), ("!", "!"), ("ss", "ß"), ("s", "S")] {
            let at = folded.text.find(part).unwrap();
            assert_eq!(&source[folded.source_range(at..at + part.len())], want);
        }
        let half = folded.text.find("se ").unwrap();
        assert_eq!(&source[folded.source_range(half..half + 1)], "ß");
        assert_eq!(folded.source_range(folded.text.len()..folded.text.len()), source.len()..source.len());
        assert_eq!(Folded::of("Ascii").source_range(1..3), 1..3);
    }
}
