//! Reads a text word by word. The token is reused from word to word, so indexing allocates next to nothing; whoever wants
//! the tokens themselves clones them or collects.

use std::sync::LazyLock;

use frostem::{Algorithm, Stemmer};

use super::chain::{Known, each_lemma, each_link};
use super::fold::{fold_onto, has_diacritics};
use super::maps::{MAPS, Maps};
use super::token::{Lang, Side, Token};
use super::words::{lower_into, next_word};
use super::{english, slovak};

/// The tokens of one text. As an iterator it yields clones; `advance` and `token` lend the same token again and again.
pub struct Reader<'t> {
    text: &'t str,
    lang: Lang,
    side: Side,
    /// A query without a single diacritic: the typist left them out.
    bare: bool,
    maps: &'static Maps,
    stemmer: Stemmer,
    token: Token,
    begun: bool,
    scratch: String,
}

impl<'t> Reader<'t> {
    pub fn new(text: &'t str, lang: Lang, side: Side) -> Self {
        Self {
            text,
            lang,
            side,
            bare: side == Side::Query && !has_diacritics(text),
            maps: LazyLock::force(&MAPS),
            stemmer: Stemmer::new(Algorithm::Czech),
            token: Token::default(),
            begun: false,
            scratch: String::new(),
        }
    }

    /// Moves to the next word; false at the end of the text.
    pub fn advance(&mut self) -> bool {
        let Some(word) = next_word(self.text, self.token.end) else { return false };
        let token = &mut self.token;
        token.position += usize::from(self.begun);
        self.begun = true;
        (token.start, token.end, token.capitalised) = (word.start, word.end, word.capitalised);
        lower_into(&self.text[word.start..word.end], &mut token.surface);
        token.folded.clear();
        fold_onto(&token.surface, &mut token.folded);
        self.read_lemmas();
        self.read_links();
        self.read_name();
        true
    }

    /// The word last moved to.
    pub fn token(&self) -> &Token {
        &self.token
    }

    fn read_lemmas(&mut self) {
        let Token { surface, folded, lemmas, known, .. } = &mut self.token;
        let mut terms = Terms::over(lemmas);
        *known = match self.lang {
            Lang::Cs => {
                let accented = !self.bare;
                let (lexicon, word) = if accented { (&self.maps.lexicon, &*surface) } else { (&self.maps.folded, &*folded) };
                each_lemma(lexicon, word, accented, &mut self.scratch, |lemma| terms.add_folded(lemma)) == Known::Lexicon
            }
            Lang::Sk => {
                terms.add_folded(slovak::stem(folded));
                let before = terms.count;
                each_lemma(&self.maps.folded, folded, false, &mut self.scratch, |lemma| {
                    if self.maps.families.get(lemma).is_some() {
                        terms.add_folded(lemma);
                    }
                });
                terms.count > before
            }
            Lang::En => {
                terms.add_folded(&english::stem(folded));
                false
            }
            Lang::Other => {
                terms.add_folded(folded);
                false
            }
        };
        terms.close();
    }

    fn read_links(&mut self) {
        let Token { lemmas, links, .. } = &mut self.token;
        let mut terms = Terms::over(links);
        if matches!(self.lang, Lang::Cs | Lang::Sk) {
            for lemma in lemmas {
                each_link(lemma, &mut self.scratch, |link| terms.add_folded(link));
            }
        }
        terms.close();
    }

    fn read_name(&mut self) {
        let token = &mut self.token;
        if self.side == Side::Query || token.capitalised || !token.known {
            let name = token.name.get_or_insert_default();
            name.clear();
            fold_onto(&self.stemmer.stem(&token.surface), name);
        } else {
            token.name = None;
        }
    }
}

impl Iterator for Reader<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        self.advance().then(|| self.token.clone())
    }
}

/// Writes distinct terms over those of the word before, in their own strings.
struct Terms<'v> {
    terms: &'v mut Vec<String>,
    count: usize,
}

impl<'v> Terms<'v> {
    fn over(terms: &'v mut Vec<String>) -> Self {
        Self { terms, count: 0 }
    }

    fn add_folded(&mut self, term: &str) {
        if self.count == self.terms.len() {
            self.terms.push(String::new());
        }
        let (before, rest) = self.terms.split_at_mut(self.count);
        let slot = &mut rest[0];
        slot.clear();
        fold_onto(term, slot);
        self.count += usize::from(!before.contains(slot));
    }

    fn close(self) {
        self.terms.truncate(self.count);
    }
}
