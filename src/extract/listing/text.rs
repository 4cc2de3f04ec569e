//! What a text of a list is by itself: a number, a code, a counter, words.

/// Words of a counter.
const MOST_COUNTED: usize = 4;

/// Without separators at either end.
pub fn tidy(text: &str) -> String {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || "–—-:|,·•/)].;".contains(c));
    text.trim_end_matches(|c: char| c.is_whitespace() || "–—-|·•/([:,".contains(c)).to_owned()
}

/// A short text without its figures, if it has some.
pub fn counter(text: &str) -> Option<String> {
    let short = text.contains(|c: char| c.is_ascii_digit()) && text.split_whitespace().count() <= MOST_COUNTED;
    short.then(|| text.chars().filter(|c| !c.is_ascii_digit()).collect())
}

/// Letters among the characters that are no blanks.
pub fn letters(text: &str) -> f64 {
    let all = text.chars().filter(|c| !c.is_whitespace()).count();
    text.chars().filter(|c| c.is_alphabetic()).count() as f64 / all.max(1) as f64
}

/// A number, a file number, one word with figures, a clock time.
pub fn is_code(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let figured = text.contains(|c: char| c.is_ascii_digit());
    !has_words(text) || (figured && words <= 3)
}

/// More letters than figures and marks, and a word of its own among them.
pub fn has_words(text: &str) -> bool {
    let is_word = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count() > 2 && !word.contains(|c: char| c.is_ascii_digit());
    letters(text) >= 0.5 && text.split_whitespace().any(is_word)
}
