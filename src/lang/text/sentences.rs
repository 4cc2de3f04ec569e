//! Sentences: where a text pauses for good.
//!
//! A sentence ends at a line's end, at `!` and `?`, and at a full stop before a blank and a capital, unless an ordinal,
//! an initial or an abbreviation (`data/abbreviations.tsv`) owns the stop. Lines without letters make no sentence.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use crate::lang::fold::fold;
use crate::lang::rows::rows;

static ABBREVIATIONS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    rows(include_str!("../data/abbreviations.tsv")).flat_map(|row| row[1].split(' ').map(fold).collect::<Vec<_>>()).collect()
});

/// Byte ranges of the sentences, trimmed of blanks.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let ends = match c {
            '\n' | '\u{2028}' | '\u{2029}' | '!' | '?' => true,
            '.' => full_stop(&text[start..at], &text[end..]),
            _ => false,
        };
        if ends {
            found.push(start..end);
            start = end;
        }
    }
    found.push(start..text.len());
    found.into_iter().map(|range| trimmed(text, range)).filter(|range| !range.is_empty()).collect()
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    start..start + part.trim().len()
}

/// Longest abbreviation worth looking up.
const LONGEST: usize = 8;

fn full_stop(before: &str, after: &str) -> bool {
    let closing = |c: char| matches!(c, '"' | ')' | ']' | '“' | '”' | '’' | '»');
    let rest = after.trim_start_matches(|c: char| (c.is_whitespace() && c != '\n') || closing(c));
    let Some(next) = rest.chars().next() else { return true };
    if rest.len() == after.len() {
        return next == '\n';
    }
    let opens = |c: char| c.is_uppercase() || matches!(c, '\n' | '„' | '«' | '"');
    if !opens(next) {
        return false;
    }
    let start = before.char_indices().rev().take_while(|(_, c)| c.is_alphanumeric()).last().map_or(before.len(), |(at, _)| at);
    let word = &before[start..];
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        return word.len() > 2 || word.is_empty();
    }
    let letters = word.chars().count();
    letters > 1 && !(letters <= LONGEST && ABBREVIATIONS.contains(&fold(word)))
}

#[cfg(test)]
mod tests {
    use super::sentences;

    #[test]
    fn stops_of_dates_and_abbreviations_end_nothing() {
        for (text, want) in [
            (
                "Žije zde 5 tis. Poláků. Dne 3. 5. přijede sv. Václav. Konec\nNový",
                vec!["Žije zde 5 tis. Poláků.", "Dne 3. 5. přijede sv. Václav.", "Konec", "Nový"],
            ),
            ("Siedziba: ul. Długa. Inż. Nowak jest.", vec!["Siedziba: ul. Długa.", "Inż. Nowak jest."]),
            ("Das gilt z. B. Heute. Ende!", vec!["Das gilt z. B. Heute.", "Ende!"]),
            ("Mr. Smith came in 2014. He left? Yes.", vec!["Mr. Smith came in 2014.", "He left?", "Yes."]),
            ("м. Львів, вул. Зелена. Кінець.", vec!["м. Львів, вул. Зелена.", "Кінець."]),
            ("verze 1.2 běží", vec!["verze 1.2 běží"]),
            (" \n ", vec![]),
        ] {
            let said: Vec<&str> = sentences(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(said, want);
        }
    }
}
