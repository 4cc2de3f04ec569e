//! A text and its shadow: one ASCII byte for every code point.
//!
//! The shadow is lower case and without diacritics, so rules are written once for Czech and Slovak,
//! and an offset in it *is* the code point offset that evidence quotes. Dashes, quotes, apostrophes and
//! blanks of every kind become their ASCII sisters; a Cyrillic letter becomes one Latin letter (`CYRILLIC`), others outside
//! Latin become `q`, other signs `\x1a`. `lang::fold` may make two letters of one, so it cannot give this.
//! Input is expected in NFC (UAX 15); a stray combining mark merely breaks its word.

use std::ops::Range;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use crate::record::Where;

/// One of a notice's texts, ready for rules.
pub struct Text<'a> {
    pub place: Where,
    pub original: &'a str,
    /// One ASCII byte per code point of `original`.
    pub shadow: String,
    /// Byte offset in `original` of each code point, and its length at the end.
    starts: Vec<u32>,
    capitals: Vec<bool>,
    pub tokens: Vec<Token>,
    /// Where words begin for cues: also behind a hyphen.
    beginnings: Vec<u32>,
    /// Code point ranges.
    pub sentences: Vec<Range<usize>>,
    /// Whether the text is in capitals: four letters or more, nearly all of them.
    pub shouts: bool,
}

/// A word (inner hyphens and apostrophes included), a number or a single sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Code points.
    pub start: usize,
    pub end: usize,
    pub kind: TokenKind,
    /// A word that begins with a capital letter.
    pub capital: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    Word,
    Number,
    Sign,
}

impl<'a> Text<'a> {
    pub fn new(place: Where, original: &'a str) -> Self {
        let shadows = &*SHADOWS;
        let mut shadow = String::with_capacity(original.len());
        let mut starts = Vec::with_capacity(original.len() + 1);
        let mut capitals = Vec::with_capacity(original.len());
        let (mut letters, mut high) = (0, 0);
        for (offset, char) in original.char_indices() {
            starts.push(offset as u32);
            let folded = shadows.get(char as usize).map_or_else(|| fold_char(char), |&byte| char::from(byte));
            let capital = char.is_uppercase();
            letters += usize::from(folded.is_ascii_lowercase());
            high += usize::from(capital);
            capitals.push(capital);
            shadow.push(folded);
        }
        starts.push(original.len() as u32);
        let shouts = letters >= 4 && high * 10 >= letters * 7;
        let is_word = |at: usize| is_word(shadow.as_bytes()[at]);
        let beginnings = (0..shadow.len()).filter(|&at| is_word(at) && (at == 0 || !is_word(at - 1))).map(|at| at as u32).collect();
        let mut text = Self { place, original, shadow, starts, capitals, tokens: Vec::new(), beginnings, sentences: Vec::new(), shouts };
        text.tokens = text.tokenise();
        text.sentences = text.split();
        text
    }

    /// The original words between two code point offsets.
    pub fn words(&self, range: Range<usize>) -> &'a str {
        self.original.get(self.starts[range.start] as usize..self.starts[range.end] as usize).unwrap_or_default()
    }

    /// The shadow of a token.
    pub fn fold(&self, token: Token) -> &str {
        &self.shadow[token.start..token.end]
    }

    /// Code point offset of a byte offset in the original.
    pub fn code_point(&self, byte: usize) -> usize {
        self.starts.partition_point(|&start| (start as usize) < byte)
    }

    /// Where words begin within a range.
    pub fn beginnings(&self, range: Range<usize>) -> impl Iterator<Item = usize> {
        let from = self.beginnings.partition_point(|&at| (at as usize) < range.start);
        self.beginnings[from..].iter().map(|&at| at as usize).take_while(move |&at| at < range.end)
    }

    pub fn is_capital(&self, at: usize) -> bool {
        self.capitals.get(at).copied().unwrap_or(false)
    }

    /// Whether only signs stand before a code point in its sentence.
    pub fn opens_sentence(&self, at: usize) -> bool {
        let sentence = self.sentence_at(at).start;
        self.shadow[sentence.min(at)..at].bytes().all(|byte| !byte.is_ascii_alphanumeric())
    }

    /// The sentence that holds an offset.
    pub fn sentence_at(&self, at: usize) -> Range<usize> {
        let next = self.sentences.partition_point(|sentence| sentence.end <= at);
        self.sentences.get(next).filter(|sentence| sentence.start <= at).cloned().unwrap_or(0..self.shadow.len())
    }

    fn tokenise(&self) -> Vec<Token> {
        let bytes = self.shadow.as_bytes();
        let mut tokens = Vec::with_capacity(bytes.len() / 5);
        let mut at = 0;
        while at < bytes.len() {
            let start = at;
            let kind = match bytes[at] {
                b'a'..=b'z' => {
                    while at < bytes.len() && (bytes[at].is_ascii_alphanumeric() || joins(bytes, at)) {
                        at += 1;
                    }
                    TokenKind::Word
                }
                b'0'..=b'9' => {
                    while at < bytes.len() && bytes[at].is_ascii_alphanumeric() {
                        at += 1;
                    }
                    TokenKind::Number
                }
                b' ' => {
                    at += 1;
                    continue;
                }
                _ => {
                    at += 1;
                    TokenKind::Sign
                }
            };
            tokens.push(Token { start, end: at, kind, capital: kind == TokenKind::Word && self.capitals[start] });
        }
        tokens
    }

    fn split(&self) -> Vec<Range<usize>> {
        let bytes = self.shadow.as_bytes();
        let mut sentences = Vec::new();
        let mut start = 0;
        for (at, byte) in bytes.iter().enumerate() {
            let ends = match byte {
                b'\n' | b'!' | b'?' => true,
                b'.' => self.full_stop(at, start),
                _ => false,
            };
            if ends {
                sentences.push(start..at + 1);
                start = at + 1;
            }
        }
        sentences.push(start..bytes.len());
        sentences.retain(|sentence| !self.shadow[sentence.clone()].trim().is_empty());
        sentences
    }

    /// A full stop ends a sentence before a blank and a capital, unless an ordinal or an abbreviation owns it.
    fn full_stop(&self, at: usize, start: usize) -> bool {
        let rest = self.shadow[at + 1..].trim_start_matches([' ', '"', ')']);
        if rest.is_empty() {
            return true;
        }
        let next = self.shadow.len() - rest.len();
        if next == at + 1 || !(self.is_capital(next) || rest.starts_with('\n')) {
            return false;
        }
        let before = &self.shadow[start..at];
        let word = before.rsplit(|char: char| !char.is_ascii_alphanumeric()).next().unwrap_or_default();
        if word.bytes().all(|byte| byte.is_ascii_digit()) {
            return word.len() > 2 || word.is_empty();
        }
        word.len() > 1 && !ABBREVIATIONS.contains(&word)
    }
}

/// Shadows of abbreviations that a capital may follow within a sentence.
static ABBREVIATIONS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| crate::lang::rows(include_str!("data/abbreviations.tsv")).map(|row| row[0]).collect());

/// Whether a byte of a shadow is a word's, as regular expressions have it.
pub fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// An apostrophe or a hyphen between two letters belongs to the word.
fn joins(bytes: &[u8], at: usize) -> bool {
    matches!(bytes[at], b'\'' | b'-') && bytes[at - 1].is_ascii_lowercase() && bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase)
}

/// The shadows of the Latin, Greek and Cyrillic letters of Europe.
static SHADOWS: LazyLock<Vec<u8>> =
    LazyLock::new(|| ('\0'..SHADOWS_END).map(|char| u8::try_from(fold_char(char)).expect("a shadow is ASCII")).collect());

/// End of the block Cyrillic Supplement.
const SHADOWS_END: char = '\u{530}';

/// The shadow of a pattern or a word.
pub fn fold(text: &str) -> String {
    text.chars().map(fold_char).collect()
}

fn fold_char(char: char) -> char {
    if char.is_ascii() {
        return match char {
            '\n' => '\n',
            '`' => '\'',
            char if char.is_ascii_control() => ' ',
            char => char.to_ascii_lowercase(),
        };
    }
    match char {
        'ł' | 'Ł' => 'l',
        'đ' | 'Đ' | 'ð' | 'Ð' => 'd',
        'ø' | 'Ø' | 'œ' | 'Œ' => 'o',
        'ß' => 's',
        'æ' | 'Æ' | 'ə' => 'a',
        'ı' => 'i',
        'ħ' | 'Ħ' => 'h',
        'þ' | 'Þ' => 't',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '„' | '“' | '”' | '‟' | '«' | '»' | '″' => '"',
        '\'' | '’' | '‘' | '‚' | '´' | 'ʼ' | 'ʹ' | '′' => '\'',
        '\u{2028}' | '\u{2029}' => '\n',
        '²' => '2',
        '³' => '3',
        char if char.is_whitespace() => ' ',
        '\u{400}'..='\u{4ff}' => cyrillic(char),
        char => {
            let base = std::iter::once(char).nfd().next().unwrap_or(char);
            if base.is_ascii_alphabetic() {
                base.to_ascii_lowercase()
            } else if char.is_alphabetic() {
                'q'
            } else {
                '\u{1a}'
            }
        }
    }
}

/// Cyrillic letters and, at the same place below, the one Latin letter that stands for each.
const CYRILLIC: &str = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяёъыэўјљњћђџ";
const LATIN: &str = "abvhgdeezzyiijklmnoprstufxccssjuaejyeujlncdd";

fn cyrillic(char: char) -> char {
    let lower = char.to_lowercase().next().unwrap_or(char);
    CYRILLIC.chars().position(|other| other == lower).and_then(|at| LATIN.chars().nth(at)).unwrap_or('q')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_code_points() {
        let text = Text::new(Where::Title, "Město Łódź – příští\u{a0}rok");
        assert_eq!(text.shadow, "mesto lodz - pristi rok");
        assert_eq!(text.words(6..10), "Łódź");
        assert_eq!(text.code_point(text.original.find("příští").unwrap()), 13);
    }

    #[test]
    fn sentences_keep_dates_and_abbreviations() {
        let text = Text::new(Where::Body, "Žije zde 5 tis. Poláků. Dne 3. 5. přijede sv. Václav. Konec\nNový");
        let said: Vec<_> = text.sentences.iter().map(|sentence| text.words(sentence.clone()).trim()).collect();
        assert_eq!(said, ["Žije zde 5 tis. Poláků.", "Dne 3. 5. přijede sv. Václav.", "Konec", "Nový"]);
    }
}
