//! Text as it is read: blanks and composition, tokens, sentences.
//!
//! Normal form is NFC (UAX 15) with every run of blanks one blank. Blanks are Unicode `White_Space` (no-break spaces
//! among them) and controls; soft hyphens, zero-width blanks and the byte order mark vanish.

mod sentences;
mod tokens;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

pub use sentences::sentences;
pub use tokens::{Token, TokenKind, compounds, tokens};

/// NFC, runs of blanks to one blank, trimmed.
pub fn normalise(text: &str) -> String {
    // Nearly all texts are composed, and to see that costs a fraction of composing them.
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => with_single_blanks(text.chars(), text.len()),
        _ => with_single_blanks(text.nfc(), text.len()),
    }
}

fn with_single_blanks(chars: impl Iterator<Item = char>, length: usize) -> String {
    let mut out = String::with_capacity(length);
    let mut blank = false;
    for char in chars {
        if is_invisible(char) {
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

/// Whether a character is alphabetic, told for the letters of Europe without a look at Unicode's tables.
pub fn is_letter(char: char) -> bool {
    match char {
        '\0'..'\u{c0}' => char.is_ascii_alphabetic() || matches!(char, 'ª' | 'µ' | 'º'),
        // Latin-1 to Latin Extended-B.
        '\u{c0}'..'\u{250}' => !matches!(char, '×' | '÷'),
        // Cyrillic.
        '\u{400}'..'\u{482}' => true,
        _ => char.is_alphabetic(),
    }
}

/// Characters that separate nothing and show nothing.
pub fn is_invisible(char: char) -> bool {
    matches!(char, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::{is_letter, normalise};

    #[test]
    fn letters_are_those_of_unicode() {
        assert!(('\0'..'\u{600}').all(|char| is_letter(char) == char.is_alphabetic()));
    }

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
