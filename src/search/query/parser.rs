//! Pieces into a tree, by recursive descent. Everything has a meaning; what had to be bent is told.
//!
//! list = any { any } · any = every { OR every } · every = unit { AND unit } · unit = [+ - NOT] atom ·
//! atom = ( list ) | phrase | field | word. `OR` therefore binds the two terms beside it, as in web search engines.

use super::fields::{self, FieldName};
use super::lexer::{Lexeme, Piece, lex};
use super::tree::{Filter, Node, Weight};
use super::values::{self, Understood};
use super::{countries, implicit_filters};
use crate::search::answer::Reading;
use crate::search::{analysis, closed, groups};

/// Deeper brackets are ignored: nobody means them, and recursion must end.
const DEEPEST: usize = 40;

/// Words before a size among which the partner is looked for.
const BEFORE: usize = 2;

/// Digits of one group of a number.
const FIGURES: usize = 15;

/// Words and signs that are read: what a question costs is bounded.
const PIECES: usize = 120;

/// Characters that are read; a longer text is a mistake of the clipboard.
const LONGEST: usize = 4000;

/// Where the query was bent, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// In characters, from 1.
    pub column: usize,
    pub message: String,
}

/// A query as it was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    pub node: Node,
    pub faults: Vec<Fault>,
}

/// Reads any string; never fails. Read literally, words are words and name no facts.
pub fn read(query: &str, reading: Reading) -> Parsed {
    let cut = query.char_indices().nth(LONGEST).map(|(at, _)| at);
    let query = &query[..cut.unwrap_or(query.len())];
    let mut parser = Parser { query, reading, pieces: lex(query), at: 0, depth: 0, faults: Vec::new() };
    // What closes a bracket is not counted, so that a query with its brackets closed is no longer than without.
    let counted = parser.pieces.iter().enumerate().filter(|(_, lexeme)| lexeme.piece != Piece::Close);
    let past = counted.map(|(at, _)| at).nth(PIECES);
    let end = past.map(|at| parser.pieces[at].column).or(cut.map(|_| LONGEST + 1));
    parser.pieces.truncate(past.unwrap_or(usize::MAX));
    if let Some(column) = end {
        parser.faults.push(Fault { column, message: "the query ends here; what follows is left out".to_owned() });
    }
    let mut clauses = Vec::new();
    while parser.at < parser.pieces.len() {
        clauses.extend(parser.list());
        // Only a closing bracket without an opening one stops a list early.
        if parser.at < parser.pieces.len() {
            parser.fault("this bracket closes nothing");
            parser.at += 1;
        }
    }
    Parsed { node: Node::List(clauses), faults: parser.faults }
}

struct Parser<'q> {
    query: &'q str,
    reading: Reading,
    pieces: Vec<Lexeme>,
    at: usize,
    depth: usize,
    faults: Vec<Fault>,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Piece> {
        self.pieces.get(self.at).map(|lexeme| &lexeme.piece)
    }

    fn eat(&mut self, piece: &Piece) -> bool {
        let there = self.peek() == Some(piece);
        self.at += usize::from(there);
        there
    }

    fn fault(&mut self, message: &str) {
        let end = self.pieces.last().map_or(1, |last| last.end);
        let column = self.pieces.get(self.at).map_or(end, |lexeme| lexeme.column);
        self.faults.push(Fault { column, message: message.to_owned() });
    }

    fn list(&mut self) -> Vec<(Weight, Node)> {
        let mut clauses = Vec::new();
        while self.peek().is_some_and(|piece| *piece != Piece::Close) {
            if matches!(self.peek(), Some(Piece::And | Piece::Or)) {
                self.fault("this operator joins nothing; write it in small letters if it is meant as a word");
                self.at += 1;
                continue;
            }
            clauses.extend(self.any());
        }
        clauses
    }

    fn any(&mut self) -> Option<(Weight, Node)> {
        self.joined(&Piece::Or, Self::every, Node::Any)
    }

    fn every(&mut self) -> Option<(Weight, Node)> {
        self.joined(&Piece::And, Self::unit, Node::Every)
    }

    fn joined(
        &mut self,
        with: &Piece,
        part: fn(&mut Self) -> Option<(Weight, Node)>,
        make: fn(Vec<Node>) -> Node,
    ) -> Option<(Weight, Node)> {
        let mut parts = Vec::from_iter(part(self));
        while self.peek() == Some(with) {
            let beside = self.pieces.get(self.at + 1).map(|lexeme| &lexeme.piece);
            if parts.is_empty() || matches!(beside, None | Some(Piece::Close | Piece::And | Piece::Or)) {
                self.fault("this operator joins nothing; write it in small letters if it is meant as a word");
                self.at += 1;
                break;
            }
            self.at += 1;
            parts.extend(part(self));
        }
        match parts.len() {
            0 | 1 => parts.pop(),
            _ => Some((Weight::Must, make(parts.into_iter().map(alone).collect()))),
        }
    }

    fn unit(&mut self) -> Option<(Weight, Node)> {
        if self.peek() == Some(&Piece::Plus) {
            self.at += 1;
            if let Some(number) = self.number("+") {
                return Some((Weight::Should, number));
            }
            self.at -= 1;
        }
        // Of several signs the one beside the word counts.
        let mut sign = None;
        while let Some(piece) = self.peek() {
            sign = match piece {
                Piece::Plus => Some(Weight::Must),
                Piece::Minus | Piece::Not => Some(Weight::Not),
                _ => break,
            };
            self.at += 1;
        }
        if matches!(self.peek(), None | Some(Piece::Close | Piece::And | Piece::Or)) {
            if sign.is_some() {
                self.fault("nothing follows this sign");
            }
            return None;
        }
        if let Some(weight) = sign {
            return self.atom().map(|node| (weight, node));
        }
        let node = self.atom()?;
        let weight = match &node {
            Node::In(..) => Weight::Must,
            Node::Any(nodes) if matches!(nodes.first(), Some(Node::Filter(_) | Node::In(..))) => Weight::Must,
            node if node.is_demanded() => Weight::Must,
            _ => Weight::Should,
        };
        Some((weight, node))
    }

    fn atom(&mut self) -> Option<Node> {
        let lexeme = self.pieces.get(self.at)?.clone();
        match lexeme.piece {
            Piece::Open => self.brackets(),
            Piece::Phrase { text, near, closed } => {
                if !closed {
                    self.fault("this quotation mark is never closed");
                }
                self.at += 1;
                phrase(text, near)
            }
            Piece::Field { name, value, written } => self.field(name, value, &written, lexeme.end),
            Piece::Unknown { field, written } => {
                let near =
                    fields::nearest(&field).map_or_else(String::new, |near| format!("did you mean `{}:`? ", fields::canonical(near)));
                self.fault(&format!("there is no field `{field}`; {near}It is read as words; `twindex search --fields` lists the fields"));
                self.at += 1;
                plain(&written)
            }
            Piece::Misspelled { name, value, written } => {
                self.fault(&format!("`{}` is read as `{}`", &written[..written.find(':').unwrap_or(0)], fields::canonical(name)));
                self.field(name, value, &written, lexeme.end)
            }
            Piece::Word(text) => Some(self.implicit().or_else(|| self.number("")).unwrap_or_else(|| {
                self.at += 1;
                word(&text)
            })),
            _ => None,
        }
    }

    /// The next words, if they name a fact.
    fn implicit(&mut self) -> Option<Node> {
        let numbered = self.at.checked_sub(1).and_then(|before| self.pieces[before].word()).is_some_and(analysis::is_numbering);
        if self.reading == Reading::Literal || numbered {
            return None;
        }
        let words: Vec<&str> = self.pieces[self.at..].iter().map_while(Lexeme::word).take(implicit_filters::LONGEST).collect();
        let (count, core, filters) = if let Some(meaning) = implicit_filters::meaning(&words) {
            (meaning.words, meaning.core, self.whose(meaning.filters))
        } else if let Some((count, group)) = groups::meaning(&words) {
            (count, 0..count, vec![Filter::Region(group.key.to_owned())])
        } else {
            let (count, code) = countries::meaning(&words)?;
            (count, 0..count, vec![Filter::Country(code)])
        };
        let (text, core) = (words[..count].join(" "), words[core].join(" "));
        let without = self.quoted(count);
        self.at += count;
        Some(Node::Implicit { text, core, filters, without })
    }

    /// A size said of a partner is what is asked of it: `hledá partnera do 10 000 obyvatel`.
    fn whose(&self, filters: Vec<Filter>) -> Vec<Filter> {
        let before = self.pieces[..self.at].iter().rev().map_while(Lexeme::word).take(BEFORE);
        let partner = before.into_iter().any(|word| analysis::is_form_of(word, "partner"));
        match filters.first() {
            Some(Filter::Population(range)) if partner => vec![Filter::Wanted(*range)],
            _ => filters,
        }
    }

    /// Figures in groups that are one number: `1 500`, `110 00`, `+420 123 456 789`.
    fn number(&mut self, plus: &str) -> Option<Node> {
        let digits = |lexeme: &Lexeme| {
            let word = lexeme.word()?;
            let figures = (1..=FIGURES).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
            figures.then(|| word.to_owned())
        };
        let groups: Vec<String> = self.pieces[self.at..].iter().map_while(digits).take(closed::MOST).collect();
        let length: usize = groups.iter().map(String::len).sum();
        let thousands = groups.len() > 1 && groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3);
        let post_code = groups.len() == 2 && groups[0].len() == 3 && groups[1].len() == 2;
        let phone = length >= closed::DIALLED && (groups.len() > 1 || !plus.is_empty());
        (thousands || post_code || phone).then(|| {
            self.at += groups.len();
            Node::Word(format!("{plus}{}", groups.join(" ")))
        })
    }

    /// The whole question with its next so many words in quotation marks.
    fn quoted(&self, count: usize) -> String {
        let byte = |column: usize| self.query.char_indices().nth(column - 1).map_or(self.query.len(), |(at, _)| at);
        let (start, end) = (byte(self.pieces[self.at].column), byte(self.pieces[self.at + count - 1].end));
        let words = self.query[start..end].trim_end_matches([',', ';', '?', '!']);
        format!("{}\"{words}\"{}", &self.query[..start], &self.query[start + words.len()..])
    }

    fn brackets(&mut self) -> Option<Node> {
        if self.depth >= DEEPEST {
            self.fault("too many brackets");
            while matches!(self.peek(), Some(Piece::Open | Piece::Plus | Piece::Minus | Piece::Not)) {
                self.at += 1;
            }
            return self.atom();
        }
        let open = self.at;
        self.at += 1;
        self.depth += 1;
        let clauses = self.list();
        self.depth -= 1;
        if !self.eat(&Piece::Close) {
            let column = self.pieces[open].column;
            self.faults.push(Fault { column, message: "this bracket is never closed".to_owned() });
        }
        (!clauses.is_empty()).then_some(Node::List(clauses))
    }

    fn field(&mut self, name: FieldName, mut value: String, written: &str, end: usize) -> Option<Node> {
        let open = self.pieces.get(self.at + 1).is_some_and(|next| next.piece == Piece::Open && next.column == end);
        if value.is_empty() && open {
            self.at += 1;
            let inside = self.brackets()?;
            return Some(self.scope(name, inside));
        }
        // `date:březen 2011`, `date:15. 3. 2011`, `population:10 000`: what follows belongs to the value.
        while let Some(more) = self.pieces.get(self.at + 1).and_then(Lexeme::word)
            && fields::goes_on(name, &value, more)
        {
            value = format!("{value} {more}");
            self.pieces.remove(self.at + 1);
        }
        let read = self.value(name, &value);
        if read.is_none() {
            self.fault("nothing follows this field; without a value it is a plain word");
        }
        self.at += 1;
        read.or_else(|| plain(written))
    }

    /// The node that a field's value means; a value without meaning is plain words.
    fn value(&mut self, name: FieldName, value: &str) -> Option<Node> {
        if !value.chars().any(char::is_alphanumeric) {
            return None;
        }
        if let FieldName::Part(part) = name {
            let quoted = value.contains(|letter: char| letter.is_whitespace() || matches!(letter, '(' | ')'));
            let inside = if quoted { phrase(value.to_owned(), None)? } else { word(value) };
            return Some(Node::In(part, Box::new(inside)));
        }
        match values::filter(name, value) {
            Ok(Understood { node, remark }) => {
                if let Some(remark) = remark {
                    self.fault(&remark);
                }
                Some(node)
            }
            Err(hint) => {
                self.fault(&format!("`{value}`: {hint}"));
                plain(value)
            }
        }
    }

    /// A field before brackets is asked of every word in them.
    fn scope(&mut self, name: FieldName, node: Node) -> Node {
        match node {
            Node::List(clauses) => Node::List(clauses.into_iter().map(|(weight, node)| (weight, self.scope(name, node))).collect()),
            Node::Any(nodes) => Node::Any(nodes.into_iter().map(|node| self.scope(name, node)).collect()),
            Node::Every(nodes) => Node::Every(nodes.into_iter().map(|node| self.scope(name, node)).collect()),
            Node::Word(text) | Node::Implicit { text, .. } | Node::Phrase { text, near: None }
                if !matches!(name, FieldName::Part(_)) || !text.contains(' ') =>
            {
                self.value(name, &text).unwrap_or(Node::Word(text))
            }
            other => match name {
                FieldName::Part(part) if !matches!(other, Node::In(..) | Node::Filter(_)) => Node::In(part, Box::new(other)),
                _ => other,
            },
        }
    }
}

/// Inside AND and OR only the negation of a clause keeps its sign.
fn alone((weight, node): (Weight, Node)) -> Node {
    if weight == Weight::Not { Node::List(vec![(weight, node)]) } else { node }
}

fn word(text: &str) -> Node {
    match text.strip_suffix('*') {
        Some(beginning) if !beginning.is_empty() && beginning.chars().all(char::is_alphanumeric) => Node::Prefix(beginning.to_owned()),
        _ if text.contains('*') => plain(text).unwrap_or(Node::Word("*".to_owned())),
        _ => Node::Word(text.to_owned()),
    }
}

/// The bare words of what could not be read otherwise; nothing in them is an operator any more.
fn plain(text: &str) -> Option<Node> {
    let words: Vec<&str> = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let bare = words.join(" ");
    let operator = words.iter().any(|word| matches!(*word, "AND" | "OR" | "NOT"));
    (!words.is_empty()).then(|| Node::Word(if operator { bare.to_lowercase() } else { bare }))
}

/// Quotation marks around nothing are nothing.
fn phrase(text: String, near: Option<u32>) -> Option<Node> {
    text.chars().any(char::is_alphanumeric).then_some(Node::Phrase { text, near })
}
