//! Folding: a letter without its diacritics, as people type when the keyboard has none.
//!
//! Canonical decomposition (UAX #15) less everything with a combining class, plus the Latin letters that do not
//! decompose although readers take them for a letter with a stroke (ł, ø, đ) or for two letters (ß, æ).

use unicode_normalization::char::{canonical_combining_class, decompose_canonical};

/// The lowercase word without diacritics.
pub fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    fold_onto(word, &mut out);
    out
}

/// Whether folding would change the text (case aside).
pub fn has_diacritics(text: &str) -> bool {
    let lower: String = text.chars().flat_map(char::to_lowercase).collect();
    fold(&lower) != lower
}

/// Appends the folded word.
pub(super) fn fold_onto(word: &str, out: &mut String) {
    if word.is_ascii() {
        out.push_str(word);
        return;
    }
    for c in word.chars() {
        match c {
            '\0'..='\x7f' => out.push(c),
            'á' | 'ä' => out.push('a'),
            'č' => out.push('c'),
            'ď' | 'đ' | 'ð' => out.push('d'),
            'é' | 'ě' => out.push('e'),
            'í' | 'ı' => out.push('i'),
            'ľ' | 'ĺ' | 'ł' => out.push('l'),
            'ň' => out.push('n'),
            'ó' | 'ö' | 'ô' | 'ø' => out.push('o'),
            'ř' | 'ŕ' => out.push('r'),
            'š' => out.push('s'),
            'ť' => out.push('t'),
            'ú' | 'ů' | 'ü' => out.push('u'),
            'ý' => out.push('y'),
            'ž' => out.push('z'),
            'ħ' => out.push('h'),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'þ' => out.push_str("th"),
            _ => decompose_canonical(c, |part| {
                if canonical_combining_class(part) == 0 {
                    out.push(part);
                }
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_the_alphabets_of_the_neighbours() {
        assert_eq!(fold("příliš žluťoučký kůň"), "prilis zlutoucky kun");
        assert_eq!(fold("łódź"), "lodz");
        assert_eq!(fold("großenhain"), "grossenhain");
        assert_eq!(fold("székesfehérvár"), "szekesfehervar");
        assert_eq!(fold("îngeri"), "ingeri");
        assert_eq!(fold("йод"), "иод");
    }
}
