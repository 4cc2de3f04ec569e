//! Reads a text word by word. The token is reused from word to word, so indexing allocates next to nothing; whoever wants
//! the tokens themselves clones them or collects.

use frostem::{Algorithm, Stemmer};

use super::certain;
use super::chain::{Known, each_lemma, each_link};
use super::fold::{fold_onto, has_diacritics};
use super::maps::MAPS;
use super::memo;
use super::stop::is_stop;
use super::token::{Lang, Side, Spelling, Token};
use super::words::{lower_into, next_word};
use super::{english, slovak};

/// The tokens of one text. As an iterator it yields clones; `advance` and `token` lend the same token again and again.
pub struct Reader<'t> {
    text: &'t str,
    lang: Lang,
    side: Side,
    /// A query without a single diacritic: the typist left them out.
    bare: bool,
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
        if self.side == Side::Query || !memo::recall(self.lang, &mut self.token) {
            self.read();
        }
        if self.side == Side::Text && self.token.known && !self.token.capitalised {
            self.token.name = None;
        }
        true
    }

    /// Reads the surface, wherever it stands.
    fn read(&mut self) {
        self.token.folded.clear();
        fold_onto(&self.token.surface, &mut self.token.folded);
        self.read_lemmas();
        self.read_links();
        self.read_name();
        if self.side == Side::Text {
            memo::keep(self.lang, &self.token);
        }
    }

    /// The word last moved to.
    pub fn token(&self) -> &Token {
        &self.token
    }

    /// The word last moved to, for a token whose strings the next one is written into.
    pub fn exchange(&mut self, other: &mut Token) {
        std::mem::swap(&mut self.token, other);
        (self.token.end, self.token.position) = (other.end, other.position);
    }

    fn read_lemmas(&mut self) {
        let Token { surface, folded, lemmas, known, .. } = &mut self.token;
        let mut terms = Terms::over(lemmas);
        *known = match self.lang {
            Lang::Cs if self.bare => {
                each_lemma(folded, Spelling::Folded, &mut self.scratch, |lemma| terms.add_folded(lemma));
                terms.any(is_lemma)
            }
            Lang::Cs => {
                let known = each_lemma(surface, Spelling::Accented, &mut self.scratch, |lemma| terms.add_folded(lemma)) == Known::Lexicon;
                // Someone who types one word right may still be careless with the next.
                if !known && self.side == Side::Query && surface == folded {
                    each_lemma(folded, Spelling::Folded, &mut self.scratch, |lemma| {
                        if is_lemma(lemma) {
                            terms.add_folded(lemma);
                        }
                    });
                }
                known
            }
            Lang::Sk => {
                terms.add_folded(slovak::stem(folded));
                let before = terms.count;
                each_lemma(folded, Spelling::Folded, &mut self.scratch, |lemma| {
                    if is_lemma(lemma) {
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
        let Token { lemmas, derivations, .. } = &mut self.token;
        let mut terms = Terms::over(derivations);
        if matches!(self.lang, Lang::Cs | Lang::Sk) {
            // The stem of a Slovak word is no lemma: only the Czech words beside it have families.
            for lemma in lemmas.iter().filter(|lemma| self.lang == Lang::Cs || is_lemma(lemma)) {
                each_link(lemma, &mut self.scratch, |link| terms.add_folded(link));
            }
        }
        terms.close();
    }

    fn read_name(&mut self) {
        let token = &mut self.token;
        // A closed-class word with a capital begins a sentence: `Asi` is no name.
        if self.side == Side::Query || (token.surface.len() > 1 && !is_stop(&token.surface)) {
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

fn is_lemma(folded: &str) -> bool {
    certain::derivations(folded).is_some() || MAPS.families.get(folded).is_some()
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

    fn any(&self, is: impl Fn(&str) -> bool) -> bool {
        self.terms[..self.count].iter().any(|term| is(term))
    }

    fn close(self) {
        self.terms.truncate(self.count);
    }
}
