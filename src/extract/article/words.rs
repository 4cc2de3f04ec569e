//! Folded words as numbers: the measure by which two lines are called the same.
//!
//! A line is folded and cut into words once; each word is its hash (FNV-1a), so that comparing allocates nothing.
//! Likeness is the Dice coefficient over word multisets: symmetric, and blind to punctuation and blanks.

use crate::lang::fold::fold_onto;

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0100_0000_01b3;

/// Hashes of the folded runs of letters and digits; of scripts that write no blanks each sign is a word.
pub fn words(text: &str) -> Vec<u64> {
    let mut folded = String::with_capacity(text.len());
    fold_onto(text, &mut folded);
    let (mut out, mut hash) = (Vec::with_capacity(text.len() / 6), OFFSET);
    for char in folded.chars() {
        if char.is_alphanumeric() {
            if is_unspaced(char) && hash != OFFSET {
                out.push(std::mem::replace(&mut hash, OFFSET));
            }
            hash = (hash ^ u64::from(u32::from(char))).wrapping_mul(PRIME);
        } else if hash != OFFSET {
            out.push(std::mem::replace(&mut hash, OFFSET));
        }
    }
    if hash != OFFSET {
        out.push(hash);
    }
    out
}

/// Signs of scripts without blanks between words (UAX #29 breaks before each, too): Thai to Burmese, kana and ideographs.
fn is_unspaced(char: char) -> bool {
    matches!(char, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// A line that many others are compared with: its words as written, and sorted.
#[derive(Default)]
pub struct Line {
    pub words: Vec<u64>,
    sorted: Vec<u64>,
}

impl Line {
    pub fn of(text: &str) -> Self {
        let words = words(text);
        let mut sorted = words.clone();
        sorted.sort_unstable();
        Self { words, sorted }
    }
}

/// Share of words that two lines have in common, 0 to 1.
pub fn likeness(left: &[u64], right: &Line) -> f32 {
    let (mine, theirs) = (left.len(), right.words.len());
    // Lines of very unequal length are unlike whatever they say.
    if mine == 0 || theirs == 0 || mine.max(theirs) > 20 * mine.min(theirs) {
        return 0.0;
    }
    2.0 * common(left, right) as f32 / (mine + theirs) as f32
}

/// Share of the words of `part` that `whole` also has, 0 to 1.
pub fn covered(part: &[u64], whole: &Line) -> f32 {
    if part.is_empty() { 0.0 } else { common(part, whole) as f32 / part.len() as f32 }
}

fn common(left: &[u64], right: &Line) -> usize {
    // Most lines share no word, and cost no allocation.
    let mut candidates: Vec<u64> = left.iter().copied().filter(|word| right.sorted.binary_search(word).is_ok()).collect();
    candidates.sort_unstable();
    let (mut at, mut shared) = (0, 0);
    for word in &candidates {
        while right.sorted.get(at).is_some_and(|other| other < word) {
            at += 1;
        }
        if right.sorted.get(at) == Some(word) {
            shared += 1;
            at += 1;
        }
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_ignores_case_accents_and_marks() {
        let same = likeness(&words("Město Łódź – hledá partnera!"), &Line::of("mesto lodz hleda PARTNERA"));
        assert!((same - 1.0).abs() < 1e-6);
        assert!(likeness(&words("one two three"), &Line::of("four five six")) < 0.1);
        assert!(likeness(&words(""), &Line::of("x")).abs() < 1e-6);
        assert!((likeness(&words("a a b"), &Line::of("a b c")) - 2.0 / 3.0).abs() < 1e-6, "a word counts as often as both have it");
        assert_eq!(words("役所は、手紙を待つ。2024年").len(), 10, "each sign is a word, a figure is one");
        assert!((covered(&words("b c"), &Line::of("a b c d")) - 1.0).abs() < 1e-6);
    }
}
