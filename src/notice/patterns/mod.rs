//! The pattern language of the data files: what a row is and how its words are written.
//!
//! A pattern is words separated by blanks, in any spelling (case and diacritics are folded). `*` stands for any
//! letters, `a|b` for either, `#` for a number, `~3` for up to three words of the same clause, `_3` for up to three
//! plain ones (lower case, no sign, nothing that a pattern of searching begins with), `)3` up to three that close no bracket. `{NAME}` and the like stand for
//! what was annotated before (`Slot`); `?` before a word lets it be left out, `^` and `$` are the ends of a sentence, `:` where it begins
//! anew behind a colon. ` || ` parts whole phrases, of which one is enough.
//!
//! Refuses anything that is not in a data file; a row that is not of this form is a fault of the build, told at load.

mod lexicon;
mod matcher;
mod pieces;

pub use matcher::{Hit, Layers, Memo};
pub use pieces::{Slot, Slots};

use super::text::fold;
use lexicon::{Ends, Lexicon};
use pieces::{Piece, pieces};

/// One row of a data file.
pub struct Row<M> {
    /// What evidence and weights call it.
    pub id: String,
    pub meaning: M,
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
    /// What must have been annotated in a sentence that has it.
    needs: Slots,
}

/// Where a pattern begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Begins {
    Anywhere,
    Sentence,
    Colon,
}

enum Part {
    /// One of these; the first that leads to a match counts.
    Word(Vec<Form>),
    /// Up to so many words of the same clause: any, plain ones only, or those of one bracket.
    Gap(usize, Between),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Between {
    Any,
    Plain,
    Inside,
}

impl Part {
    /// The annotations without which it cannot stand.
    fn needs(&self) -> Slots {
        let Self::Word(forms) = self else { return Slots::default() };
        let of_form = |form: &Form| match form {
            Form::Class(_) => Slots::default(),
            Form::Pieces(pieces) => {
                Slots::of(pieces.iter().filter_map(|piece| if let Piece::Slot(slot) = piece { Some(*slot) } else { None }))
            }
        };
        forms.iter().map(of_form).reduce(Slots::intersection).unwrap_or_default()
    }
}

/// How a word of a pattern may be written.
enum Form {
    /// As the spellings of a class of the lexicon.
    Class(usize),
    /// With a number or a slot.
    Pieces(Vec<Piece>),
}

/// The rows of some data files, ready to be looked for.
pub struct Patterns<M> {
    pub rows: Vec<Row<M>>,
    lexicon: Lexicon,
    /// Rows and variants by the class of their first word.
    beginnings: Vec<Vec<(usize, usize)>>,
    /// Those that begin with a number, with a slot, or with the sentence.
    at_numbers: Vec<(usize, usize)>,
    at_slots: Vec<(Slot, Vec<(usize, usize)>)>,
    at_start: Vec<(usize, usize)>,
    at_colon: Vec<(usize, usize)>,
    /// What must have been annotated in a sentence that has any of them.
    needs: Slots,
}

impl<M> Patterns<M> {
    /// Rows as (identifier, meaning, pattern); `slot` reads a name in braces.
    pub fn new(rows: impl Iterator<Item = (String, M, &'static str)>, slot: impl Fn(&str) -> Option<Slot>) -> Self {
        let mut lexicon = Lexicon::default();
        let rows: Vec<Row<M>> = rows
            .map(|(id, meaning, pattern)| Row::new((id, meaning), pattern, &mut Compiler { lexicon: &mut lexicon, slot: &slot }))
            .collect();
        let beginnings = vec![Vec::new(); lexicon.number_of_classes()];
        let needs = rows.iter().flat_map(|row| &row.variants).map(|pattern| pattern.needs).reduce(Slots::intersection).unwrap_or_default();
        let (at_numbers, at_slots) = (Vec::new(), Vec::new());
        let mut patterns = Self { rows, lexicon, beginnings, at_numbers, at_slots, at_start: Vec::new(), at_colon: Vec::new(), needs };
        for row in 0..patterns.rows.len() {
            for variant in 0..patterns.rows[row].variants.len() {
                patterns.place((row, variant));
            }
        }
        patterns
    }

    /// Files a variant of a row where it may begin.
    fn place(&mut self, begun: (usize, usize)) {
        let row = &self.rows[begun.0];
        let pattern = &row.variants[begun.1];
        match pattern.begins {
            Begins::Sentence => return self.at_start.push(begun),
            Begins::Colon => return self.at_colon.push(begun),
            Begins::Anywhere => {}
        }
        let Some(Part::Word(forms)) = pattern.parts.first() else { panic!("{}: begins with a gap", row.id) };
        for form in forms {
            match form {
                Form::Class(class) => self.beginnings[*class].push(begun),
                Form::Pieces(pieces) => match pieces.first() {
                    Some(Piece::Slot(slot)) => match self.at_slots.iter_mut().find(|(known, _)| known == slot) {
                        Some((_, rows)) => rows.push(begun),
                        None => self.at_slots.push((*slot, vec![begun])),
                    },
                    Some(Piece::Number) => self.at_numbers.push(begun),
                    _ => panic!("{}: begins with what is no word", row.id),
                },
            }
        }
    }
}

/// What the words of a pattern are read with.
struct Compiler<'a, S> {
    lexicon: &'a mut Lexicon,
    slot: &'a S,
}

/// Parts the phrases of which a row has one or the other.
const PHRASES: &str = " || ";

/// The ways through a phrase: each optional word is in or out.
fn ways(phrase: &str) -> Vec<Vec<&str>> {
    let mut ways: Vec<Vec<&str>> = vec![Vec::new()];
    for word in phrase.split(' ').filter(|word| !word.is_empty()) {
        let without = if word.starts_with('?') { ways.clone() } else { Vec::new() };
        for way in &mut ways {
            way.push(word.trim_start_matches('?'));
        }
        ways.extend(without);
    }
    ways
}

impl<M> Row<M> {
    fn new((id, meaning): (String, M), pattern: &str, compiler: &mut Compiler<impl Fn(&str) -> Option<Slot>>) -> Self {
        let variants = pattern.split(PHRASES).flat_map(ways);
        let variants = variants.map(|words| compiler.pattern(&words, &id)).collect();
        Self { gapped: pattern.contains(['~', '_']), id, meaning, variants }
    }
}

impl<S: Fn(&str) -> Option<Slot>> Compiler<'_, S> {
    fn pattern(&mut self, words: &[&str], id: &str) -> Pattern {
        let begins = match words.first() {
            Some(&"^") => Begins::Sentence,
            Some(&":") => Begins::Colon,
            _ => Begins::Anywhere,
        };
        let to_end = words.last() == Some(&"$");
        let words = &words[usize::from(begins != Begins::Anywhere)..words.len() - usize::from(to_end)];
        let last = words.last().copied().unwrap_or_default();
        let whole = last.ends_with(|char: char| char.is_alphanumeric() || char == '*');
        let ends = |at: usize| if at + 1 == words.len() && !whole { Ends::Anywhere } else { Ends::WithWord };
        let parts: Vec<Part> = words.iter().enumerate().map(|(at, word)| self.part(word, ends(at), id)).collect();
        let needs = parts.iter().map(Part::needs).fold(Slots::default(), Slots::union);
        Pattern { parts, begins, to_end, whole, needs }
    }

    fn part(&mut self, word: &str, ends: Ends, id: &str) -> Part {
        let count = |digits: &str| digits.parse().unwrap_or_else(|_| panic!("{id}: a number follows ~, _ and )"));
        match word.as_bytes().first() {
            Some(b'~') => return Part::Gap(count(&word[1..]), Between::Any),
            Some(b'_') => return Part::Gap(count(&word[1..]), Between::Plain),
            Some(b')') => return Part::Gap(count(&word[1..]), Between::Inside),
            _ => {}
        }
        // Spellings that stand beside each other are one class; the order is kept.
        let mut forms = Vec::new();
        let mut spellings = Vec::new();
        for written in word.split('|') {
            let pieces = pieces(written, id, self.slot);
            if pieces.iter().all(|piece| matches!(piece, Piece::Literal(_) | Piece::Letters)) {
                spellings.push((fold(written), pieces));
                continue;
            }
            if !spellings.is_empty() {
                forms.push(Form::Class(self.lexicon.class(std::mem::take(&mut spellings), ends)));
            }
            forms.push(Form::Pieces(pieces));
        }
        if !spellings.is_empty() {
            forms.push(Form::Class(self.lexicon.class(spellings, ends)));
        }
        Part::Word(forms)
    }
}
