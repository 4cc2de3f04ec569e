//! Folded words as numbers: the measure by which two lines are called the same.
//!
//! A line is folded and cut into words once; each word is its hash (FNV-1a), so that comparing allocates nothing.
//! Likeness is the Dice coefficient over word multisets: symmetric, and blind to punctuation and blanks.

use crate::lang::fold::fold_onto;

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0100_0000_01b3;

/// Hashes of the folded runs of letters and digits.
pub fn words(text: &str) -> Vec<u64> {
    let mut folded = String::with_capacity(text.len());
    fold_onto(text, &mut folded);
    let (mut out, mut hash) = (Vec::with_capacity(text.len() / 6), OFFSET);
    for char in folded.chars() {
        if char.is_alphanumeric() {
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

/// Share of words that two lines have in common, 0 to 1.
pub fn likeness(left: &[u64], right: &[u64]) -> f32 {
    let total = left.len() + right.len();
    // Lines of very unequal length are unlike whatever they say.
    if left.is_empty() || right.is_empty() || left.len().max(right.len()) > 20 * left.len().min(right.len()) {
        return 0.0;
    }
    2.0 * common(left, right) as f32 / total as f32
}

/// Share of the words of `part` that `whole` also has, 0 to 1.
pub fn covered(part: &[u64], whole: &[u64]) -> f32 {
    if part.is_empty() { 0.0 } else { common(part, whole) as f32 / part.len() as f32 }
}

fn common(left: &[u64], right: &[u64]) -> usize {
    let sorted = |words: &[u64]| {
        let mut sorted = words.to_vec();
        sorted.sort_unstable();
        sorted
    };
    let (left, right) = (sorted(left), sorted(right));
    let (mut at, mut shared) = (0, 0);
    for word in &left {
        while right.get(at).is_some_and(|other| other < word) {
            at += 1;
        }
        if right.get(at) == Some(word) {
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
        let same = likeness(&words("Město Łódź – hledá partnera!"), &words("mesto lodz hleda PARTNERA"));
        assert!((same - 1.0).abs() < 1e-6);
        assert!(likeness(&words("one two three"), &words("four five six")) < 0.1);
        assert!(likeness(&words(""), &words("x")).abs() < 1e-6);
        assert!((covered(&words("b c"), &words("a b c d")) - 1.0).abs() < 1e-6);
    }
}
