//! Every threshold of this reader, in one place; weights of features stand in `weights.tsv`.
//!
//! Chosen on own pages, and kept where the score of `benches/fit/article.py` did not fall by them.

// Likeness of lines.

/// Likeness from which a line is the title or the summary in other words.
pub const LIKE: f32 = 0.7;
/// Likeness from which it is the same line.
pub const SAME: f32 = 0.85;

// Blocks.

/// Longest cell of a row that is still data and not layout, in characters, and line breaks in it.
pub const MAX_CELL: usize = 200;
pub const MAX_BREAKS: usize = 3;
/// Longest line that may be cut off a block, in characters, and how many at its beginning and its end.
pub const APART: usize = 60;
pub const APART_FIRST: usize = 2;
pub const APART_LAST: usize = 6;

// Phrases.

/// Words of a line in which phrases are looked for.
pub const LOOKED_AT: usize = 40;
/// Letters of a single word that is a sign inside a line.
pub const SIGN: usize = 6;

// Prose, the densest element, cards and labels.

/// Words of a line of prose without a full stop, and with one.
pub const PROSE_LONG: usize = 16;
pub const PROSE_SHORT: usize = 8;
/// Letters of a block that count for an element, and what each element outwards gets of them.
pub const ENOUGH: usize = 600;
pub const OUTWARDS: [f32; 4] = [1.0, 0.5, 0.25, 0.125];
/// Words of a label that is no heading.
pub const SECTION_LABEL: usize = 6;
/// Blocks of a card looked at for its link.
pub const CARD: usize = 6;

// Features.

/// Words of a block whose beginning says what it is for, and of a shorter one in which a phrase may stand inside.
pub const PHRASE_BEGINS: usize = 12;
pub const PHRASE_INSIDE: usize = 14;
/// Words of a label before a link, and letters between the links behind it.
pub const LABEL: usize = 4;
/// Blocks of an element that a picture belongs to.
pub const CAPTIONED: usize = 3;
/// Elements around a block that make its kind of place.
pub const PATH: usize = 4;
/// Blocks of a page of few blocks.
pub const FEW: f32 = 10.0;
/// Letters of prose around a block that are plenty.
pub const WINDOW: usize = 1200;

// From scores to the text.

/// Score from which a block is nearly text.
pub const NEARLY: f32 = -1.0;
/// Blocks of a gap inside the text.
pub const GAP: usize = 3;
/// Digits of a telephone number.
pub const PHONE: usize = 9;
/// Words of a line of facts.
pub const FACT: usize = 12;
/// Words of a part of the summary that is no accident.
pub const SUMMARY_PART: usize = 3;
/// Longest label of a list of files, in characters.
pub const FILES_LABEL: usize = 60;

// Doubts.

/// Letters below which a text is nearly none.
pub const NEARLY_NONE: usize = 60;
/// Score from which a block is taken where hardly any is text.
pub const HIDDEN: f32 = -2.5;
/// Expected overlap of the text read with that of the page, from which it is trusted.
pub const OVERLAP: f32 = 0.55;
/// How many times longer another reading must be to be taken.
pub const MUCH: usize = 3;

// Files.

/// Blocks below the text among which a list of files may follow.
pub const FILES_BELOW: usize = 12;

// Dates.

/// Blocks before and after the heading that may hold its date.
pub const DATE_NEAR: usize = 6;
/// Words beside a `<time>` in its block.
pub const DATE_BESIDE: usize = 12;
/// How many times better than none the odds of a day must be: another day is worse than none.
pub const DATE_ODDS: f32 = 3.0;
/// Words of a block whose days are looked at.
pub const DATE_MOST: usize = 32;
