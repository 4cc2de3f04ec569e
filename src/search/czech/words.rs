//! Where words begin and end: maximal runs of letters and digits, with the combining marks that follow them.
//!
//! Characters that nobody sees (soft hyphen, zero-width space, joiners) never part a word, nor does the hyphen at the end of a
//! line. Every apostrophe is one: it joins (`Slovʼjansk`) but where it elides (`d’Alba`). `C++` and `§` are words. Everything
//! else separates. The text may be in any normal form; the surface handed out is NFKC, so that a ligature is its letters.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Byte range of a word and whether it begins with a capital.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    pub start: usize,
    pub end: usize,
    pub capitalised: bool,
}

/// Letters before `++` or `#` in the name of a programming language.
const BEFORE_SIGNS: usize = 2;
/// Letters before an apostrophe that elides: `d’`, `l’`, `un’`.
const ELIDED: usize = 2;

/// The first word at or after `from`.
pub(super) fn next_word(text: &str, from: usize) -> Option<Word> {
    let rest = text.get(from..)?;
    let (offset, first) = rest.char_indices().find(|(_, c)| begins(*c))?;
    let start = from + offset;
    let end = if first == '§' { start + first.len_utf8() } else { end_of(text, start) };
    Some(Word { start, end, capitalised: first.is_uppercase() })
}

fn begins(c: char) -> bool {
    (c.is_alphanumeric() && !is_apostrophe(c)) || c == '§'
}

fn continues(c: char) -> bool {
    c.is_ascii_alphanumeric() || (!c.is_ascii() && !is_apostrophe(c) && (c.is_alphanumeric() || is_combining_mark(c) || is_invisible(c)))
}

/// Where the word that starts here ends.
fn end_of(text: &str, start: usize) -> usize {
    let mut end = start;
    loop {
        let rest = &text[end..];
        end += rest.find(|c: char| !continues(c)).unwrap_or(rest.len());
        let Some(next) = text[end..].chars().next() else { break };
        let word = &text[start..end];
        let goes_on = match next {
            '-' | '\u{2010}' => after_line_end(word, &text[end + next.len_utf8()..]),
            '\n' | '\r' if word.ends_with('\u{ad}') => after_line_end(word, &text[end..]),
            '+' | '#' => return end + signs(word, &text[end..]),
            _ if is_apostrophe(next) => joins(word, &text[end + next.len_utf8()..]).then_some(0),
            _ => None,
        };
        let Some(skipped) = goes_on else { break };
        end += if matches!(next, '\n' | '\r') { skipped } else { next.len_utf8() + skipped };
    }
    // What nobody sees at the end is no part of the word.
    start + text[start..end].trim_end_matches(is_invisible).len()
}

/// Bytes to the small letter with which a word goes on in the next line.
fn after_line_end(word: &str, rest: &str) -> Option<usize> {
    let trimmed = rest.trim_start();
    let skipped = rest.len() - trimmed.len();
    let letters = word.ends_with(|c: char| c.is_alphabetic() || is_invisible(c)) && trimmed.starts_with(char::is_lowercase);
    let one_line = rest[..skipped].matches('\n').count() == 1 || rest[..skipped].trim_matches(' ') == "\r";
    (letters && one_line).then_some(skipped)
}

/// Bytes of the signs of `C++` and `C#`.
fn signs(word: &str, rest: &str) -> usize {
    let sign = ["++", "#"].into_iter().find(|sign| rest.starts_with(sign));
    let named = word.len() <= BEFORE_SIGNS && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    sign.filter(|sign| named && !rest[sign.len()..].starts_with(begins)).map_or(0, str::len)
}

/// Whether the apostrophe between these is a letter of the word.
fn joins(before: &str, after: &str) -> bool {
    let Some(next) = after.chars().next().filter(|c| c.is_alphabetic() && !is_apostrophe(*c)) else { return false };
    let letters: Vec<char> = before.chars().filter(|c| c.is_alphabetic()).collect();
    let Some(last) = letters.last().copied() else { return false };
    let vowel = |c: char| "aeiouyáéíóúýěůàèìòùâêîôû".contains(c.to_lowercase().next().unwrap_or(c));
    let capital = next.is_uppercase() && (last.is_lowercase() || letters.len() <= ELIDED);
    let consonants = vowel(next) && !letters.iter().any(|c| vowel(*c));
    // `dell’adda`, `sull’adda`.
    let doubled = vowel(next) && letters.len() > ELIDED && last == 'l' && letters[letters.len() - 2] == 'l';
    let possessive = next == 's' && !after[1..].starts_with(continues);
    !(capital || consonants || doubled || possessive)
}

/// Apostrophes and what is typed for one.
fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '`' | '\u{b4}' | '\u{2b9}' | '\u{2bc}' | '\u{2bb}' | '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2032}' | '\u{ff07}')
}

/// Characters of no width that stand inside words.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{180e}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Writes the lowercase NFKC form of a word into `out`.
pub(super) fn lower_into(word: &str, out: &mut String) {
    out.clear();
    if word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        out.push_str(word);
        out.make_ascii_lowercase();
        return;
    }
    let kept =
        |c: &char| c.is_alphanumeric() && !is_apostrophe(*c) || matches!(c, '+' | '#' | '§') || is_combining_mark(*c) && !is_invisible(*c);
    if word.chars().all(is_plain) {
        out.extend(word.chars().filter(kept).flat_map(char::to_lowercase));
    } else {
        // Composing first: a capital with its mark apart has a lowercase of its own.
        out.extend(word.chars().filter(kept).nfkc().flat_map(char::to_lowercase).nfkc());
        out.retain(|c| kept(&c));
    }
}

/// Letters below U+0300 that are NFKC as they stand (UAX #15), so that Czech text takes no detour.
fn is_plain(c: char) -> bool {
    c < '\u{300}'
        && !matches!(c, '\u{a0}'..='\u{bf}' | '\u{132}' | '\u{133}' | '\u{13f}' | '\u{140}' | '\u{149}' | '\u{17f}' | '\u{1c4}'..='\u{1cc}' | '\u{1f1}'..='\u{1f3}' | '\u{2b0}'..='\u{2ff}')
        || c == '§'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        let (mut from, mut surface) = (0, String::new());
        while let Some(word) = next_word(text, from) {
            lower_into(&text[word.start..word.end], &mut surface);
            found.push(surface.clone());
            from = word.end;
        }
        found
    }

    #[test]
    fn words_are_what_a_reader_takes_for_one() {
        for (text, read) in [
            ("Frýdek-Místek, 2024!", "frýdek místek 2024"),
            ("Pr\u{30c}i\u{301}lis\u{30c}", "příliš"),
            ("part\u{ad}ner\u{200b}ství\u{feff}", "partnerství"),
            ("partner-\nství a Frýdek-\nMístek", "partnerství a frýdek místek"),
            ("partner\u{ad}\nství", "partnerství"),
            ("obec -\nměsto", "obec město"),
            ("ﬁlm m² Ｐｒａｈａ ①", "film m2 praha 1"),
            ("Slov'jansk Slov\u{2bc}jansk Slov’jansk Ja’akov Кам'янець", "slovjansk slovjansk slovjansk jaakov камянець"),
            ("d’Alba L'Aquila dell'adda sull\u{b4}Adda town's l'aquila", "d alba l aquila dell adda sull adda town s l aquila"),
            ("C++, C# a F#; a+b #1", "c++ c# a f# a b 1"),
            ("§ 12 a §12", "§ 12 a § 12"),
            ("‘uvozovky’ 'tady'", "uvozovky tady"),
        ] {
            assert_eq!(words(text).join(" "), read, "{text}");
        }
    }
}
