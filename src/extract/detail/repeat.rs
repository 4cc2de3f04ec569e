//! The summary of the listing, found again at the start of the full text.
//!
//! Old articles open with their own summary, sometimes reworded by a hand that rounded a figure. A block goes
//! when it is the summary, or a part of it, in substance; a summary that is only the cut-off start of the
//! text is no repetition, and the paragraph it was cut from stays.

use super::blocks::{Block, Kind};
use super::{Known, words};

/// Words in common that make two paragraphs one.
const SAME: f64 = 0.85;

/// The block says what the summary says, or a stretch of it.
pub fn is_of_summary(block: &Block, known: &Known) -> bool {
    if known.summary.is_empty() || known.summary_cut {
        return false;
    }
    let tokens = words::tokens(&block.text);
    words::likeness(&tokens, &known.summary) >= SAME
        || (tokens.len() >= 3 && !matches!(block.kind, Kind::Heading(_)) && known.summary.windows(tokens.len()).any(|part| part == tokens))
}

/// How many blocks at the start repeat the summary; the parts of one summary may stand in several.
pub fn leading(blocks: &[&Block], known: &Known) -> usize {
    blocks.iter().take_while(|block| is_of_summary(block, known)).count()
}
