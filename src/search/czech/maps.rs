//! The embedded data: five finite-state maps, each with a table of edits.
//!
//! A map takes a word (or a reversed suffix) to the number of an edit set; an edit turns the word into a lemma by dropping
//! so many characters from its end and adding others. Everything is read in place from the binary: nothing is unpacked,
//! allocated or checked at start. `data/build.py` makes the tables, `data/pack.rs` the maps.

use std::sync::LazyLock;

use fst::raw::{Fst, Output};

pub(super) struct Maps {
    /// Word to lemmas.
    pub lexicon: Lexicon,
    /// The same for words typed without diacritics.
    pub folded: Lexicon,
    /// Folded lemma to the folded relational adjectives of its family; a lemma without any is there with an empty set.
    pub families: Map,
}

/// A list of words and the suffix rules learned from it.
pub(super) struct Lexicon {
    pub words: Map,
    rules: Map,
}

/// A map and its edit table: offsets as u32, one more than there are sets, then the sets.
pub(super) struct Map {
    keys: Fst<&'static [u8]>,
    edits: &'static [u8],
}

/// A set of edits, in order of probability. Each is the characters to drop, the length of the text to add, and that text.
#[derive(Clone, Copy)]
pub(super) struct Edits(&'static [u8]);

/// The map of that name in `data`.
macro_rules! embedded {
    ($name:literal) => {
        Map {
            keys: Fst::new(include_bytes!(concat!("data/", $name, ".fst")).as_slice())
                .expect("the maps in the binary were written by the same fst crate"),
            edits: include_bytes!(concat!("data/", $name, ".edits")),
        }
    };
}

pub(super) static MAPS: LazyLock<Maps> = LazyLock::new(|| Maps {
    lexicon: Lexicon { words: embedded!("lexicon"), rules: embedded!("rules") },
    folded: Lexicon { words: embedded!("folded"), rules: embedded!("folded-rules") },
    families: embedded!("families"),
});

impl Map {
    pub fn get(&self, key: &str) -> Option<Edits> {
        self.keys.get(key).map(|number| self.set(number))
    }

    fn set(&self, number: Output) -> Edits {
        let offset =
            |n: usize| self.edits.get(n * 4..).and_then(<[u8]>::first_chunk).map_or(0, |bytes| u32::from_le_bytes(*bytes) as usize);
        let number = number.value() as usize;
        Edits(self.edits.get(offset(number)..offset(number + 1)).unwrap_or_default())
    }
}

impl Lexicon {
    /// The edits of the longest suffix rule that fits; `^` before the word lets a rule ask for the whole of it.
    pub fn guess(&self, word: &str) -> Option<Edits> {
        let keys = &self.rules.keys;
        let (mut node, mut sum, mut best) = (keys.root(), Output::zero(), None);
        'suffix: for c in word.chars().rev().chain(['^']) {
            let mut buffer = [0; 4];
            for &byte in c.encode_utf8(&mut buffer).as_bytes() {
                let Some(at) = node.find_input(byte) else { break 'suffix };
                let step = node.transition(at);
                sum = sum.cat(step.out);
                node = keys.node(step.addr);
            }
            if node.is_final() {
                best = Some(sum.cat(node.final_output()));
            }
        }
        best.map(|number| self.rules.set(number))
    }
}

impl Edits {
    /// Pairs of characters to drop and text to add.
    pub fn iter(self) -> impl Iterator<Item = (usize, &'static str)> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let (&[drop, length], tail) = rest.split_first_chunk::<2>()?;
            let (add, tail) = tail.split_at_checked(usize::from(length))?;
            rest = tail;
            Some((usize::from(drop), std::str::from_utf8(add).ok()?))
        })
    }
}

/// The word less its last `drop` characters; `None` if it has not so many.
pub(super) fn clipped(word: &str, drop: usize) -> Option<&str> {
    match drop {
        0 => Some(word),
        n => word.char_indices().rev().nth(n - 1).map(|(at, _)| &word[..at]),
    }
}
