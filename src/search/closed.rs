//! Numbers and compounds in their closed form: `1 500` and `1500`, `110 00`, a telephone in any spelling, `česko-německý` and
//! `českoněmecký` meet.
//!
//! Words that belong together each get the closed form as one more lemma, at their own place. That holds for texts and for
//! questions, so that it does not matter which of the two writes it apart. Refuses to guess: `5/2012` and `15. 3.` stay apart.

use super::czech::{self, Lang, Token};

/// Words of one number or compound; a longer row is a table.
pub const MOST: usize = 8;
/// Digits of a number that has a closed form (E.164 allows 15).
const DIGITS: std::ops::RangeInclusive<usize> = 3..=15;
/// Parts of a compound.
const PARTS: std::ops::RangeInclusive<usize> = 2..=3;
/// Digits of a country's calling code (E.164).
const CALLING: std::ops::RangeInclusive<usize> = 1..=3;
/// Digits of a number that may begin with one.
pub const DIALLED: usize = 9;

/// Whether two neighbours in a text are parts of one number or compound.
pub fn connected(text: &str, before: &Token, after: &Token) -> bool {
    let gap = text.get(before.end..after.start).unwrap_or_default();
    connects(gap, is_number(&before.folded), is_number(&after.folded))
}

/// Whether what stands between two words, each a number or not, makes one of them.
pub fn connects(gap: &str, before_is_number: bool, after_is_number: bool) -> bool {
    let hyphen = matches!(gap, "-" | "\u{2010}" | "\u{2011}");
    let blank_in_number = matches!(gap, " " | "\u{a0}" | "\u{202f}" | "\u{2009}" | "." | "–");
    before_is_number == after_is_number && (hyphen || (before_is_number && blank_in_number))
}

/// Gives the words of one group, connected one by one, their closed form.
pub fn close(text: &str, group: &mut [Token], lang: Lang) {
    let Some(first) = group.first() else { return };
    if is_number(&first.folded) {
        let digits: String = group.iter().map(|token| token.folded.as_str()).collect();
        let plus = text[..first.start].ends_with('+');
        let alone = group.len() == 1;
        let dialled = plus || digits.starts_with("00");
        if DIGITS.contains(&digits.len()) && (dialled || !alone) {
            for form in forms(&digits, plus) {
                for token in group.iter_mut() {
                    add(&mut token.lemmas, &form);
                }
            }
        }
    } else if PARTS.contains(&group.len()) && group.iter().all(|token| token.surface.chars().all(char::is_alphabetic)) {
        let closed: String = group.iter().map(|token| token.surface.as_str()).collect();
        for word in czech::analyze_text(&closed, lang) {
            for token in group.iter_mut() {
                word.lemmas.iter().for_each(|lemma| add(&mut token.lemmas, lemma));
                word.derivations.iter().for_each(|link| add(&mut token.derivations, link));
            }
        }
    }
}

/// The digits, and those of an international number without its calling code.
pub fn forms(digits: &str, plus: bool) -> Vec<String> {
    let bare = digits.strip_prefix("00").filter(|rest| !plus && rest.len() >= DIALLED);
    let international = bare.or((plus && digits.len() >= DIALLED).then_some(digits));
    let mut forms = vec![bare.unwrap_or(digits).to_owned()];
    forms.extend(international.into_iter().flat_map(|digits| CALLING.map(|code| digits[code..].to_owned())));
    forms
}

fn add(terms: &mut Vec<String>, term: &str) {
    if !terms.iter().any(|known| known == term) {
        terms.push(term.to_owned());
    }
}

/// Whether a folded word is all digits.
pub fn is_number(folded: &str) -> bool {
    folded.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::super::analysis;

    fn meets(asked: &str, text: &str) -> bool {
        let text = analysis::text(None, text);
        let asked = analysis::text(None, asked);
        asked.iter().all(|word| text.iter().any(|token| word.lemmas.iter().any(|lemma| token.lemmas.contains(lemma))))
    }

    #[test]
    fn numbers_meet_their_closed_form() {
        for (asked, text) in [
            ("1500", "má 1 500 obyvatel"),
            ("1 500", "má 1500 obyvatel"),
            ("1.500", "má 1\u{a0}500 obyvatel"),
            ("11000", "110 00 Praha 1"),
            ("110 00", "PSČ 11000"),
            ("123456789", "tel. +420 123 456 789"),
            ("+420 123 456 789", "tel. 123 456 789"),
            ("+420123456789", "tel. 123456789"),
            ("00420 123 456 789", "tel. +420123456789"),
            ("123 45 67 89", "volejte 123-456-789"),
        ] {
            assert!(meets(asked, text), "{asked} in {text}");
        }
        assert!(!meets("52012", "č. 5/2012"));
        assert!(!meets("153", "15. 3. 2011"));
    }

    #[test]
    fn compounds_meet_closed_and_hyphened() {
        for (asked, text) in [
            ("českoněmecký", "česko-německého fondu"),
            ("česko-německý", "českoněmeckého fondu"),
            ("email", "e-mailem"),
            ("e-mail", "emailem"),
            ("partnerství", "partner-\nství měst"),
            ("Slovjansk", "město Slov\u{2bc}jansk"),
            ("Slov'jansk", "město Slov’jansk"),
        ] {
            assert!(meets(asked, text), "{asked} in {text}");
        }
    }
}
