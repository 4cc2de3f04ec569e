//! Lines that are about the page and not of its text, by the phrases of `phrases.tsv`.
//!
//! Phrases are compared as hashes of folded words, so that a line is folded once for all of them. A phrase at the start
//! of a line is a stronger sign than one inside it; what either weighs is fitted. Refuses to judge a line.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use super::thresholds::{LOOKED_AT, SIGN};
use super::words::words;
use crate::lang::rows;

/// What a phrase says that the line is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Class {
    Related,
    Comments,
    Download,
    Meta,
    Tool,
    Subscribe,
    Consent,
    Credit,
    Ad,
    Legal,
    Office,
    Contact,
}

impl Class {
    pub const ALL: [Self; 12] = [
        Self::Related,
        Self::Comments,
        Self::Download,
        Self::Meta,
        Self::Tool,
        Self::Subscribe,
        Self::Consent,
        Self::Credit,
        Self::Ad,
        Self::Legal,
        Self::Office,
        Self::Contact,
    ];
}

impl Class {
    /// Such a line may as well belong to the text.
    fn is_of_text(self) -> bool {
        matches!(self, Self::Office | Self::Contact | Self::Download)
    }
}

/// A set of classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Classes(u16);

impl Classes {
    pub fn has(self, class: Class) -> bool {
        self.0 & (1 << class as u8) != 0
    }

    pub fn iter(self) -> impl Iterator<Item = Class> {
        Class::ALL.into_iter().filter(move |class| self.has(*class))
    }

    fn add(&mut self, class: Class) {
        self.0 |= 1 << class as u8;
    }
}

struct Phrase {
    words: Vec<u64>,
    class: Class,
    colon: bool,
    /// May stand inside a line.
    anywhere: bool,
}

/// Words are hashes already.
#[derive(Default)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// By first word.
type Phrases = HashMap<u64, Vec<Phrase>, BuildHasherDefault<Hashed>>;

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let mut all = Phrases::default();
    for row in rows(include_str!("phrases.tsv")) {
        let class = Class::ALL.into_iter().find(|class| format!("{class:?}").eq_ignore_ascii_case(row[0]));
        let (class, words) = (class.expect("phrases.tsv: a known class"), words(row[2]));
        let anywhere = words.len() > 1 || row[2].chars().count() >= SIGN;
        if let Some(first) = words.first() {
            all.entry(*first).or_default().push(Phrase { class, colon: row[2].ends_with(':'), anywhere, words });
        }
    }
    all
});

/// What the phrases of a line say.
#[derive(Clone, Copy, Debug, Default)]
pub struct Signs {
    /// Classes of phrases that begin it; a count may stand before ("2 comments").
    pub starts: Classes,
    /// Classes of those inside it.
    pub inside: Classes,
    /// The largest share of its words that a phrase at its beginning takes which is not of the text.
    pub covered: f32,
}

pub fn signs(text: &str, words: &[u64]) -> Signs {
    let mut signs = Signs::default();
    let counts = text.split_whitespace().take(3).take_while(|word| word.bytes().all(|byte| byte.is_ascii_digit())).count();
    let colon = || text.char_indices().take(LOOKED_AT).any(|(_, char)| char == ':');
    let phrases = &*PHRASES;
    for (at, word) in words.iter().take(LOOKED_AT).enumerate() {
        for phrase in phrases.get(word).into_iter().flatten().filter(|phrase| words[at..].starts_with(&phrase.words)) {
            if at == 0 || at == counts {
                if !phrase.colon || colon() {
                    signs.starts.add(phrase.class);
                    if !phrase.class.is_of_text() {
                        signs.covered = signs.covered.max((at + phrase.words.len()) as f32 / words.len() as f32);
                    }
                }
            } else if phrase.anywhere {
                signs.inside.add(phrase.class);
            }
        }
    }
    signs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_whole_words() {
        let starts = |text: &str| signs(text, &words(text)).starts;
        assert!(starts("Autor: K. Novák").has(Class::Meta) && !starts("Autorský večer").has(Class::Meta));
        assert!(starts("» Související články").has(Class::Related) && starts("2 komentáře").has(Class::Comments));
        assert!(starts("Přílohy (2)").has(Class::Download) && starts("Přílohou dopisu je mapa") == Classes::default());
        assert!(signs("Teď čtete více", &words("Teď čtete více")).inside.has(Class::Related));
    }
}
