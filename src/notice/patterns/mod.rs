//! The pattern language of the data files: what a row is and how its words are written.
//!
//! A pattern is words separated by blanks, in any spelling (case and diacritics are folded). `*` stands for any
//! letters, `a|b` for either, `#` for a number, `~3` for up to three words of the same clause, `_3` for up to three
//! plain ones (lower case, no sign, nothing that a pattern of searching begins with). `{NAME}` and the like stand for
//! what was annotated before (`Slot`); `?` before a word lets it be left out, `^` and `$` are the ends of a sentence, `:` where it begins
//! anew behind a colon.
//!
//! Refuses anything that is not in a data file; a row that is not of this form is a fault of the build, told at load.

mod matcher;
mod trie;

pub use matcher::{Hit, Layers};

use super::text::fold;
use trie::Trie;

/// What the data may name in braces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// A name as capitals and particles mark it, or a list of them closed by a conjunction.
    Name,
    /// A country by name, adjective, demonym or region.
    Nation,
    /// A country by its name or acronym.
    Country,
    /// A country's adjective.
    Adjective,
    /// Words of a group of the vocabulary: `{SEEK}`.
    Group(usize),
}

/// One row of a data file.
pub struct Row<M> {
    /// What evidence and weights call it.
    pub id: String,
    pub mark: M,
    /// Other words may stand between those of the pattern.
    pub gapped: bool,
    variants: Vec<Pattern>,
}

/// One way through a row: each optional word is in or out.
struct Pattern {
    parts: Vec<Part>,
    begins: Begins,
    to_end: bool,
    /// Whether the last word must end where the pattern does.
    whole: bool,
}

/// Where a pattern begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Begins {
    Anywhere,
    Sentence,
    Colon,
}

enum Part {
    /// One of these words; the first that leads to a match counts.
    Word(Vec<Vec<Piece>>),
    /// Up to so many words of the same clause, plain ones only or any.
    Gap(usize, Between),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Between {
    Any,
    Plain,
}

enum Piece {
    Literal(Vec<u8>),
    Letters,
    Number,
    Slot(Slot),
}

/// The rows of some data files, ready to be looked for.
pub struct Patterns<M> {
    pub rows: Vec<Row<M>>,
    /// Row and variant by the beginning of the first word.
    beginnings: Trie,
    /// Those that begin with a wild card, with a slot, or with the sentence.
    anywhere: Vec<(usize, usize)>,
    at_slots: Vec<(Slot, usize, usize)>,
    at_start: Vec<(usize, usize)>,
    at_colon: Vec<(usize, usize)>,
}

impl<M> Patterns<M> {
    /// Rows as (identifier, mark, pattern); `slot` reads a name in braces.
    pub fn new(rows: impl Iterator<Item = (String, M, &'static str)>, slot: impl Fn(&str) -> Option<Slot>) -> Self {
        let rows: Vec<Row<M>> = rows.map(|(id, mark, pattern)| Row::new(id, mark, pattern, &slot)).collect();
        let mut patterns = Self {
            rows,
            beginnings: Trie::default(),
            anywhere: Vec::new(),
            at_slots: Vec::new(),
            at_start: Vec::new(),
            at_colon: Vec::new(),
        };
        for (row, variant) in patterns.rows.iter().enumerate().flat_map(|(row, it)| (0..it.variants.len()).map(move |at| (row, at))) {
            let pattern = &patterns.rows[row].variants[variant];
            let placed = match pattern.begins {
                Begins::Sentence => &mut patterns.at_start,
                Begins::Colon => &mut patterns.at_colon,
                Begins::Anywhere => &mut patterns.anywhere,
            };
            if pattern.begins != Begins::Anywhere {
                placed.push((row, variant));
                continue;
            }
            let Some(Part::Word(words)) = pattern.parts.first() else { panic!("{}: begins with a gap", patterns.rows[row].id) };
            for word in words {
                match word.first() {
                    Some(Piece::Literal(beginning)) => patterns.beginnings.add(beginning, (row, variant)),
                    Some(Piece::Slot(slot)) => patterns.at_slots.push((*slot, row, variant)),
                    _ => patterns.anywhere.push((row, variant)),
                }
            }
        }
        patterns.anywhere.dedup();
        patterns
    }
}

impl<M> Row<M> {
    fn new(id: String, mark: M, pattern: &str, slot: &impl Fn(&str) -> Option<Slot>) -> Self {
        let mut variants: Vec<Vec<&str>> = vec![Vec::new()];
        for word in pattern.split(' ').filter(|word| !word.is_empty()) {
            let without = if word.starts_with('?') { variants.clone() } else { Vec::new() };
            for variant in &mut variants {
                variant.push(word.trim_start_matches('?'));
            }
            variants.extend(without);
        }
        let variants = variants.into_iter().map(|words| Pattern::new(&words, &id, slot)).collect();
        Self { gapped: pattern.contains(['~', '_']), id, mark, variants }
    }
}

impl Pattern {
    fn new(words: &[&str], id: &str, slot: &impl Fn(&str) -> Option<Slot>) -> Self {
        let begins = match words.first() {
            Some(&"^") => Begins::Sentence,
            Some(&":") => Begins::Colon,
            _ => Begins::Anywhere,
        };
        let to_end = words.last() == Some(&"$");
        let words = &words[usize::from(begins != Begins::Anywhere)..words.len() - usize::from(to_end)];
        let count = |digits: &str| digits.parse().unwrap_or_else(|_| panic!("{id}: a number follows ~ and _"));
        let part = |word: &&str| match word.as_bytes().first() {
            Some(b'~') => Part::Gap(count(&word[1..]), Between::Any),
            Some(b'_') => Part::Gap(count(&word[1..]), Between::Plain),
            _ => Part::Word(word.split('|').map(|word| pieces(word, id, slot)).collect()),
        };
        let last = words.last().copied().unwrap_or_default();
        let whole = last.ends_with(|char: char| char.is_alphanumeric() || char == '*');
        Self { parts: words.iter().map(part).collect(), begins, to_end, whole }
    }
}

/// `hled*`, `#`, `obyv.`, `({NATION})` as literals, wild cards and slots.
fn pieces(word: &str, id: &str, slot: &impl Fn(&str) -> Option<Slot>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = word;
    while let Some(open) = rest.find('{') {
        let close = rest.find('}').unwrap_or_else(|| panic!("{id}: a brace is not closed"));
        literals(&rest[..open], &mut pieces);
        let name = &rest[open + 1..close];
        pieces.push(Piece::Slot(slot(name).unwrap_or_else(|| panic!("{id}: no slot is called {name}"))));
        rest = &rest[close + 1..];
    }
    literals(rest, &mut pieces);
    pieces
}

fn literals(word: &str, pieces: &mut Vec<Piece>) {
    for byte in fold(word).bytes() {
        match (byte, pieces.last_mut()) {
            (b'*', _) => pieces.push(Piece::Letters),
            (b'#', _) => pieces.push(Piece::Number),
            (byte, Some(Piece::Literal(known))) => known.push(byte),
            (byte, _) => pieces.push(Piece::Literal(vec![byte])),
        }
    }
}
