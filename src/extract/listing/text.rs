//! What a text of a list is by itself: a number, a code, a counter, words.

use std::ops::Deref;

use crate::extract::files::{is_size_note, names_file};

/// Words of a counter.
const MOST_COUNTED: usize = 4;
/// Words of a sentence that is no name, and of one that ends like a sentence.
const PROSE: [usize; 2] = [25, 8];
/// Letters of an abbreviation, and of one of a name (`Corp.`).
const ABBREVIATION: usize = 2;
const ABBREVIATED_NAME: usize = 5;
/// Words beyond which a longer text is no better a title.
const NAME: usize = 10;

/// What a leaf says, measured once for all lists that it may be in.
#[derive(Debug)]
pub struct Text {
    shown: String,
    /// Equal texts of a page have one number.
    pub number: usize,
    pub measures: Measures,
}

/// Measures of a text by the names of [`MEASURES`].
pub type Measures = [f64; MEASURES.len()];

pub const MEASURES: [&str; 6] = ["letters", "words", "prose", "sentence", "code", "file"];

impl Text {
    pub fn of(shown: String, number: usize) -> Self {
        let words = shown.split_whitespace().take(PROSE[0] + 1).count();
        let prose = words > PROSE[0] || words > PROSE[1] && shown.ends_with(['.', '…', '!']);
        let measures = [
            letters(&shown),
            words.min(NAME) as f64 / NAME as f64,
            f64::from(prose),
            f64::from(words > 2 && is_sentence(&shown)),
            f64::from(is_code(&shown)),
            f64::from(names_file(&shown) || is_size_note(&shown)),
        ];
        Self { shown, number, measures }
    }
}

impl Text {
    /// A sentence, or a paragraph, and no name.
    pub fn is_prose(&self) -> bool {
        let [_, _, prose, sentence, ..] = self.measures;
        prose + sentence > 0.0
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.shown
    }
}

/// Ends with a full stop, and not with an abbreviation or an initial.
fn is_sentence(text: &str) -> bool {
    let last = text.strip_suffix('.').and_then(|text| text.split_whitespace().next_back());
    last.is_some_and(|word| {
        let longest = if word.starts_with(char::is_uppercase) { ABBREVIATED_NAME } else { ABBREVIATION };
        !word.contains('.') && word.chars().count() > longest
    })
}

/// Without separators at either end.
pub fn tidy(text: &str) -> &str {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || "–—-:|,·•/)].;".contains(c));
    text.trim_end_matches(|c: char| c.is_whitespace() || "–—-|·•/([:,".contains(c))
}

/// A short text without its figures, if it has some.
pub fn counter(text: &str) -> Option<String> {
    let short = text.contains(|c: char| c.is_ascii_digit()) && text.split_whitespace().count() <= MOST_COUNTED;
    short.then(|| text.chars().filter(|c| !c.is_ascii_digit()).collect())
}

/// Letters among the characters that are no blanks.
pub fn letters(text: &str) -> f64 {
    let (mut all, mut letters) = (0_usize, 0_usize);
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        all += 1;
        letters += usize::from(c.is_alphabetic());
    }
    letters as f64 / all.max(1) as f64
}

/// A number, a file number, one word with figures, a clock time.
pub fn is_code(text: &str) -> bool {
    let short = text.split_whitespace().take(4).count() < 4;
    !has_words(text) || short && text.contains(|c: char| c.is_ascii_digit())
}

/// More letters than figures and marks, and a word of its own among them.
pub fn has_words(text: &str) -> bool {
    let is_word = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count() > 2 && !word.contains(|c: char| c.is_ascii_digit());
    text.split_whitespace().any(is_word) && letters(text) >= 0.5
}
