//! Automata over the words of the index, so that a walk looks only where a word like the one asked for may lie: words a few edits
//! away, and words that begin alike. Letters are compared folded.
//!
//! The states of the first are rows of the table of edit distances (Schulz and Mihov, 2002, say how to make them beforehand, which
//! one walk is not worth). Refuses to say how near a word is: `edit_distance` does.

use tantivy_fst::Automaton;

use crate::lang::fold::letters_of;

/// Reads letters one by one.
pub trait Letters {
    type State: Clone;

    fn start(&self) -> Self::State;

    fn read(&self, state: &Self::State, letter: char) -> Self::State;

    /// What was read is a match.
    fn is_match(&self, state: &Self::State) -> bool;

    /// It may become one.
    fn can_match(&self, state: &Self::State) -> bool;
}

/// Words at most so many edits away (Damerau-Levenshtein, optimal string alignment).
pub struct Edits<'w> {
    pub word: &'w [char],
    pub most: usize,
}

/// The last two rows of the table of distances between the beginnings of the word and what was read.
#[derive(Clone)]
pub struct Rows {
    before: Vec<usize>,
    row: Vec<usize>,
    last: Option<char>,
}

impl Letters for Edits<'_> {
    type State = Rows;

    fn start(&self) -> Rows {
        Rows { before: Vec::new(), row: (0..=self.word.len()).collect(), last: None }
    }

    fn read(&self, state: &Rows, letter: char) -> Rows {
        let Rows { before, row, last } = state;
        let mut next = Vec::with_capacity(row.len());
        next.push(row[0] + 1);
        for (at, own) in self.word.iter().enumerate() {
            let mut edits = (row[at] + usize::from(*own != letter)).min(row[at + 1] + 1).min(next[at] + 1);
            if at > 0 && *last == Some(*own) && self.word[at - 1] == letter {
                edits = edits.min(before[at - 1] + 1);
            }
            next.push(edits);
        }
        Rows { before: row.clone(), row: next, last: Some(letter) }
    }

    fn is_match(&self, state: &Rows) -> bool {
        state.row[self.word.len()] <= self.most
    }

    fn can_match(&self, state: &Rows) -> bool {
        state.row.iter().any(|edits| *edits <= self.most)
    }
}

/// Words that begin with these letters.
pub struct Beginning<'w>(pub &'w [char]);

impl Letters for Beginning<'_> {
    /// How many of the letters were read; `None` if others were.
    type State = Option<usize>;

    fn start(&self) -> Option<usize> {
        Some(0)
    }

    fn read(&self, state: &Option<usize>, letter: char) -> Option<usize> {
        let read = (*state)?;
        match self.0.get(read) {
            Some(own) => (*own == letter).then_some(read + 1),
            None => Some(read),
        }
    }

    fn is_match(&self, state: &Option<usize>) -> bool {
        *state == Some(self.0.len())
    }

    fn can_match(&self, state: &Option<usize>) -> bool {
        state.is_some()
    }
}

/// The same over the bytes of words in UTF-8, each character folded.
pub struct Folding<L>(pub L);

/// Bytes of a character that is not whole yet, and what was read before it.
#[derive(Clone)]
pub struct Reading<S> {
    begun: Vec<u8>,
    read: S,
}

impl<L: Letters> Automaton for Folding<L> {
    type State = Reading<L::State>;

    fn start(&self) -> Self::State {
        Reading { begun: Vec::new(), read: self.0.start() }
    }

    fn is_match(&self, state: &Self::State) -> bool {
        state.begun.is_empty() && self.0.is_match(&state.read)
    }

    fn can_match(&self, state: &Self::State) -> bool {
        self.0.can_match(&state.read)
    }

    fn accept(&self, state: &Self::State, byte: u8) -> Self::State {
        let mut next = state.clone();
        next.begun.push(byte);
        if let Ok(character) = std::str::from_utf8(&next.begun) {
            let folded: String = character.chars().map(letters_of).collect();
            next.read = folded.chars().fold(next.read, |read, letter| self.0.read(&read, letter));
            next.begun.clear();
        }
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::fold::fold;
    use crate::search::edit_distance::within;

    fn accepts(automaton: &impl Automaton, word: &str) -> bool {
        let mut state = automaton.start();
        for byte in word.bytes() {
            if !automaton.can_match(&state) {
                return false;
            }
            state = automaton.accept(&state, byte);
        }
        automaton.is_match(&state)
    }

    #[test]
    fn what_begins_alike_is_met_whatever_its_marks() {
        let root: Vec<char> = "vinar".chars().collect();
        let begins = |word| accepts(&Folding(Beginning(&root)), word);
        assert!(begins("vinaři") && begins("vinařství") && begins("vinar"));
        assert!(!begins("vina") && !begins("vinice") && !begins(""));
    }

    #[test]
    fn neighbours_that_changed_places_are_one_edit() {
        let word: Vec<char> = "turistika".chars().collect();
        let near = |most, other| accepts(&Folding(Edits { word: &word, most }), other);
        assert!(near(1, "tursitika") && near(1, "Turistiká") && near(2, "utrisitka") && near(0, "turistika"));
        assert!(!near(0, "tursitika") && !near(1, "utrisitka") && !near(2, "trsitika x"));
    }

    proptest::proptest! {
        /// It accepts what the table of distances says, and stops nowhere too soon.
        #[test]
        fn edits_are_those_of_the_table(one in "[abč]{0,6}", other in "[abčßö]{0,7}", most in 0_usize..3) {
            let word: Vec<char> = fold(&one).chars().collect();
            let near = within(&fold(&one), &fold(&other), most).is_some();
            proptest::prop_assert_eq!(accepts(&Folding(Edits { word: &word, most }), &other), near);
        }
    }
}
