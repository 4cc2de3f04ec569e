//! Cuts a query into pieces; every piece knows its column. Nothing is refused here.
//!
//! `AND`, `OR` and `NOT` count only in capitals; `+` and `-` only in front of something and after a blank, so that
//! hyphenated words stay whole. A known field name before `:`, `<`, `>` or `=` makes a field.

use super::fields::{self, FieldName};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Open,
    Close,
    And,
    Or,
    Not,
    Plus,
    Minus,
    Word(String),
    Phrase {
        text: String,
        near: Option<u32>,
        closed: bool,
    },
    /// A field with its value as written; without one when a bracket or nothing follows.
    Field {
        name: FieldName,
        value: String,
        written: String,
    },
    /// The same with one slip in the field's name.
    Misspelled {
        name: FieldName,
        value: String,
        written: String,
    },
    /// What looks like a field and is none.
    Unknown {
        field: String,
        written: String,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lexeme {
    pub piece: Piece,
    /// Column of its first character, from 1.
    pub column: usize,
    /// Column after its last character.
    pub end: usize,
}

impl Lexeme {
    /// The text of a plain word.
    pub fn word(&self) -> Option<&str> {
        if let Piece::Word(text) = &self.piece { Some(text) } else { None }
    }
}

pub fn lex(query: &str) -> Vec<Lexeme> {
    let mut cutter = Cutter { letters: query.chars().collect(), at: 0 };
    let mut pieces: Vec<Lexeme> = Vec::new();
    loop {
        cutter.skip(char::is_whitespace);
        let column = cutter.at + 1;
        let Some(piece) = cutter.piece() else { break };
        pieces.push(Lexeme { piece, column, end: cutter.at + 1 });
    }
    pieces
}

struct Cutter {
    letters: Vec<char>,
    at: usize,
}

impl Cutter {
    fn peek(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    fn skip(&mut self, wanted: impl Fn(char) -> bool) -> String {
        let start = self.at;
        while self.peek().is_some_and(&wanted) {
            self.at += 1;
        }
        self.letters[start..self.at].iter().collect()
    }

    fn piece(&mut self) -> Option<Piece> {
        let letter = self.peek()?;
        let starts = self.at == 0 || self.letters[self.at - 1].is_whitespace() || self.letters[self.at - 1] == '(';
        let leads = self.letters.get(self.at + 1).is_some_and(|next| !next.is_whitespace() && *next != ')');
        let single = match letter {
            '(' => Some(Piece::Open),
            ')' => Some(Piece::Close),
            '+' if starts && leads => Some(Piece::Plus),
            '-' if starts && leads => Some(Piece::Minus),
            _ => None,
        };
        if single.is_some() {
            self.at += 1;
            return single;
        }
        Some(if is_quote(letter) { self.phrase() } else { self.word() })
    }

    fn phrase(&mut self) -> Piece {
        self.at += 1;
        let text = self.skip(|letter| !is_quote(letter));
        let closed = self.peek().is_some();
        self.at += usize::from(closed);
        let mut near = None;
        if closed && self.peek() == Some('~') {
            self.at += 1;
            let digits = self.skip(|letter| letter.is_ascii_digit());
            near = Some(digits.parse().unwrap_or(5));
        }
        Piece::Phrase { text, near, closed }
    }

    fn word(&mut self) -> Piece {
        let written = self.skip(|letter| !letter.is_whitespace() && !matches!(letter, '(' | ')') && !is_quote(letter));
        // A sign that is glued to what stands before it is none; kept, it would be one when the word is written elsewhere.
        let written = match written.trim_start_matches(['+', '-']) {
            "" => written,
            bare => bare.to_owned(),
        };
        match written.as_str() {
            "AND" | "&&" => return Piece::And,
            "OR" | "||" => return Piece::Or,
            "NOT" => return Piece::Not,
            _ => {}
        }
        let Some(cut) = written.find([':', '<', '>', '=']) else { return Piece::Word(written) };
        let (before, value) = written.split_at(cut);
        let Some(name) = fields::named(before) else {
            let value = value.strip_prefix(':').filter(|value| value.contains(char::is_alphanumeric)).map(str::to_owned);
            return match (fields::nearly(before), value) {
                (Some(name), Some(value)) => Piece::Misspelled { name, value, written },
                (None, Some(value)) if is_field(before, &value) => Piece::Unknown { field: before.to_owned(), written },
                _ => Piece::Word(written),
            };
        };
        let mut value = written[cut..].trim_start_matches(':').to_owned();
        let quoted = self.peek().is_some_and(is_quote);
        if quoted
            && !value.contains(|letter: char| letter.is_alphanumeric())
            && let Piece::Phrase { text, .. } = self.phrase()
        {
            value.push_str(&text);
        }
        Piece::Field { name, value, written }
    }
}

/// Whether this can only be meant as a field: no address, no time, no word that ends with a colon.
fn is_field(before: &str, value: &str) -> bool {
    let name = before.chars().count() > 1 && before.chars().all(|letter| letter.is_alphabetic() || letter == '.' || letter == '_');
    name && value.starts_with(char::is_alphanumeric) && !matches!(before, "http" | "https" | "mailto" | "www")
}

/// Quotation marks of the keyboards in use; apostrophes stay in words.
fn is_quote(letter: char) -> bool {
    matches!(letter, '"' | '„' | '“' | '”' | '«' | '»')
}
