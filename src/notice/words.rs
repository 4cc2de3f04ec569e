//! Words as evidence: how a word begins is a feature, whether or not a list of ours has it.
//!
//! What a beginning speaks for is fitted, and a table of weights names those that matter (`word hleda`), so that a way to say
//! something that no row foresaw still counts. Refuses to know what a word means.

use std::ops::Range;

use super::text::Text;

/// Letters that count of a word; what follows is its ending. Of 4, 5 and 6 this did best on authors not learned from.
const LETTERS: usize = 5;
/// Letters of the shortest word.
const SHORTEST: usize = 2;

/// How the words of a range begin, folded, with the place of each.
pub fn beginnings<'t>(text: &'t Text, range: Range<usize>) -> impl Iterator<Item = (usize, &'t str)> {
    let letters = |at: usize| text.shadow[at..].bytes().take(LETTERS).take_while(u8::is_ascii_lowercase).count();
    text.beginnings(range).map(move |at| (at, &text.shadow[at..at + letters(at)])).filter(|(_, word)| word.len() >= SHORTEST)
}
