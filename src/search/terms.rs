//! Terms on their way into the index: written in a row, a line a position, and read back by tantivy one by one.
//!
//! What analysis says of a long text would take many times the text's own memory as tokens; as a row of terms it takes about
//! as much as the text. Refuses to analyse anything.

use std::collections::BTreeSet;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Under this name the schema asks for the reader of such rows.
pub const TOKENIZER: &str = "terms";

/// Between two terms of one position, and between two positions.
const BESIDE: char = ' ';
const NEXT: char = '\n';

/// A row of terms as it is written.
#[derive(Debug, Default)]
pub struct Terms {
    row: String,
    begun: bool,
}

impl Terms {
    /// The terms of the next position.
    pub fn add<'t>(&mut self, terms: impl IntoIterator<Item = &'t str>) {
        if self.begun {
            self.row.push(NEXT);
        }
        self.begun = true;
        for (at, term) in terms.into_iter().enumerate() {
            if at > 0 {
                self.row.push(BESIDE);
            }
            self.row.push_str(term);
        }
    }

    /// So many positions without terms.
    pub fn skip(&mut self, positions: usize) {
        self.row.extend(std::iter::repeat_n(NEXT, positions));
    }

    pub fn is_empty(&self) -> bool {
        self.row.chars().all(|letter| letter == NEXT)
    }

    pub fn row(&self) -> &str {
        &self.row
    }
}

/// A row as texts in which each word has a position of its own: the likeliest terms in order, text by text; and every other term.
pub fn in_order(row: &str) -> (Vec<String>, BTreeSet<&str>) {
    let mut others = BTreeSet::new();
    let mut texts = Vec::new();
    for text in row.split("\n\n").map(|text| text.trim_matches(NEXT)).filter(|text| !text.is_empty()) {
        let likeliest = text.split(NEXT).filter_map(|position| {
            let mut terms = position.split(BESIDE);
            let first = terms.next();
            others.extend(terms);
            first
        });
        texts.push(likeliest.collect::<Vec<_>>().join(" "));
    }
    (texts, others)
}

/// All terms of a row.
pub fn in_any_order(row: &str) -> String {
    row.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// Reads a row.
#[derive(Clone, Debug, Default)]
pub struct Reader;

impl Tokenizer for Reader {
    type TokenStream<'r> = Stream<'r>;

    fn token_stream<'r>(&'r mut self, row: &'r str) -> Stream<'r> {
        Stream { rest: row, token: Token { position: 0, ..Token::default() } }
    }
}

pub struct Stream<'r> {
    rest: &'r str,
    token: Token,
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        while let Some(first) = self.rest.chars().next() {
            if first == NEXT || first == BESIDE {
                self.token.position += usize::from(first == NEXT);
                self.rest = &self.rest[1..];
                continue;
            }
            let end = self.rest.find([NEXT, BESIDE]).unwrap_or(self.rest.len());
            self.token.text.clear();
            self.token.text.push_str(&self.rest[..end]);
            self.rest = &self.rest[end..];
            return true;
        }
        false
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_come_back_at_their_positions() {
        let mut terms = Terms::default();
        assert!(terms.is_empty());
        terms.add(["a", "b"]);
        terms.add([]);
        terms.skip(3);
        terms.add(["c"]);
        let (mut reader, mut found) = (Reader, Vec::new());
        let mut stream = reader.token_stream(terms.row());
        while stream.advance() {
            found.push((stream.token().text.clone(), stream.token().position));
        }
        assert_eq!(found, [("a".to_owned(), 0), ("b".to_owned(), 0), ("c".to_owned(), 5)]);
    }

    #[test]
    fn a_row_is_texts_where_a_word_has_a_position() {
        let mut terms = Terms::default();
        for position in [&["v"][..], &["hora", "horet"], &["byt", "horet"]] {
            terms.add(position.iter().copied());
        }
        terms.skip(100);
        terms.add(["most"]);
        terms.skip(100);
        assert_eq!(in_order(terms.row()), (vec!["v hora byt".to_owned(), "most".to_owned()], BTreeSet::from(["horet"])));
        assert_eq!(in_any_order(terms.row()), "v hora horet byt horet most");
        assert!(in_order("").0.is_empty() && in_order("\n\n\n").0.is_empty());
    }
}
