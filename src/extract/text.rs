//! Normal form of text: NFC (Unicode UAX 15), every run of blanks one blank.
//!
//! Blanks are Unicode `White_Space` (no-break spaces among them), zero-width spaces, soft hyphens and
//! the byte order mark; the last three vanish, the others become one U+0020.

use unicode_normalization::UnicodeNormalization;

/// NFC, runs of blanks to one blank, trimmed.
pub fn normalise(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    for char in text.nfc() {
        if invisible(char) {
            continue;
        }
        if char.is_whitespace() || char.is_control() {
            blank = !out.is_empty();
            continue;
        }
        if blank {
            out.push(' ');
            blank = false;
        }
        out.push(char);
    }
    out
}

/// Lower case without diacritics, for comparing and for slugs; not for search, which keeps more apart.
pub fn fold(text: &str) -> String {
    text.nfkd()
        .filter(|char| !unicode_normalization::char::is_combining_mark(*char))
        .flat_map(char::to_lowercase)
        .map(|char| match char {
            'ł' => 'l',
            'đ' => 'd',
            'ø' => 'o',
            'ı' => 'i',
            other => other,
        })
        .collect()
}

/// Characters that separate nothing and show nothing.
fn invisible(char: char) -> bool {
    matches!(char, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::normalise;

    #[test]
    fn blanks_and_composition() {
        let table = [
            ("  a \u{a0}\u{a0} b\n", "a b"),
            ("Pr\u{30c}i\u{301}lis\u{30c}", "Příliš"),
            ("", ""),
            ("\u{a0}\n", ""),
            ("so\u{ad}ft\u{200b}", "soft"),
        ];
        for (raw, want) in table {
            assert_eq!(normalise(raw), want);
        }
    }
}
