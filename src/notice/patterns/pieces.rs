//! How a word of a pattern is written: literals, wild cards and slots.

use crate::notice::text::fold;

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

/// A set of slots.
#[derive(Clone, Copy, Default)]
pub struct Slots(u32);

impl Slots {
    pub fn of(slots: impl IntoIterator<Item = Slot>) -> Self {
        Self(slots.into_iter().fold(0, |all, slot| all | 1 << slot.number()))
    }

    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub fn holds(self, others: Self) -> bool {
        others.0 & !self.0 == 0
    }
}

impl Slot {
    fn number(self) -> usize {
        match self {
            Self::Name => 0,
            Self::Nation => 1,
            Self::Country => 2,
            Self::Adjective => 3,
            Self::Group(group) => 4 + group,
        }
    }
}

pub(super) enum Piece {
    Literal(Vec<u8>),
    Letters,
    Number,
    Slot(Slot),
}

/// `hled*`, `#`, `obyv.`, `({NATION})` as literals, wild cards and slots.
pub(super) fn pieces(word: &str, id: &str, slot: &impl Fn(&str) -> Option<Slot>) -> Vec<Piece> {
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
