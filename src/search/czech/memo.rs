//! What the words of late were read as, in a text: it says the same words again, and so do the names and themes beside it.
//!
//! A word has one place, which the next that falls there takes over, so that a thread keeps so many words and no more. Refuses: words of
//! a question, which are read by what stands beside them.

use std::cell::RefCell;
use std::hash::Hasher;

use super::token::{Lang, Token};
use crate::lang::fnv::Fnv;

/// Words that are kept: a few hundred bytes each.
const WORDS: usize = 8192;
/// Bytes of the longest word that is.
const LONGEST: usize = 32;

thread_local! {
    static MEMO: RefCell<Memo> = RefCell::new(Memo { words: std::iter::repeat_with(|| None).take(WORDS).collect() });
}

struct Memo {
    words: Vec<Option<Box<Word>>>,
}

/// A word as it is read wherever it stands; its token has the name whether it is shown or not.
struct Word {
    lang: Lang,
    token: Token,
}

impl Memo {
    fn place(&mut self, surface: &str) -> &mut Option<Box<Word>> {
        let mut hasher = Fnv::default();
        hasher.write(surface.as_bytes());
        &mut self.words[hasher.finish() as usize % WORDS]
    }
}

/// Fills in what the surface of a token was read as; false if that is not known any more.
pub(super) fn recall(lang: Lang, token: &mut Token) -> bool {
    MEMO.with_borrow_mut(|memo| {
        let Some(word) = memo.place(&token.surface).as_ref().filter(|word| word.lang == lang && word.token.surface == token.surface) else {
            return false;
        };
        let Token { folded, lemmas, derivations, name, known, .. } = &word.token;
        token.folded.clone_from(folded);
        token.lemmas.clone_from(lemmas);
        token.derivations.clone_from(derivations);
        token.name.clone_from(name);
        token.known = *known;
        true
    })
}

/// Keeps what the surface of a token was read as.
pub(super) fn keep(lang: Lang, token: &Token) {
    if token.surface.len() <= LONGEST {
        MEMO.with_borrow_mut(|memo| *memo.place(&token.surface) = Some(Box::new(Word { lang, token: token.clone() })));
    }
}

#[cfg(test)]
mod tests {
    use super::super::analyze_text;
    use super::*;

    #[test]
    fn a_word_is_read_again_as_it_was_first() {
        let numbered: Vec<String> = (0..WORDS / 2).map(|number| format!("slovo{number}")).collect();
        let texts = ["Asi hrad Hradu hradu xyzzy Hrad asi Xyzzy", "nedodání, Hrad 1 500", &numbered.join(" ")];
        for text in texts {
            for lang in [Lang::Cs, Lang::Sk, Lang::En, Lang::Other] {
                let words = || text.split(' ');
                // What is remembered now was read in another language.
                let remembered: Vec<_> = words().map(|word| analyze_text(word, lang)).collect();
                let apart: Vec<_> = words().map(|word| read_apart(word, lang)).collect();
                words().for_each(|word| drop(analyze_text(word, lang)));
                let again: Vec<_> = words().map(|word| analyze_text(word, lang)).collect();
                assert!(remembered == apart && again == apart, "{lang:?} {text:.40}");
            }
        }
    }

    /// As a thread reads it that has read nothing.
    fn read_apart(word: &str, lang: Lang) -> Vec<Token> {
        MEMO.with_borrow_mut(|memo| memo.words.fill_with(|| None));
        analyze_text(word, lang)
    }
}
