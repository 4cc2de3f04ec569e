//! The part of Quickwit's query language (0.9) that questions are written in, read strictly: whatever is not in it is an error.

/// A query as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Query {
    All,
    /// Words of a field, with a slop.
    Text(String, String, u32),
    Beginning(String, String),
    Range(String, Option<u64>, Option<u64>),
    Or(Vec<Query>),
    And(Vec<Query>),
    Not(Box<Query>),
}

/// Reserved outside of quotation marks, after the reference; a backslash before them makes letters of them.
const RESERVED: &str = "+^`:{}\"[]()~!\\* ";

pub fn parse(text: &str) -> Result<Query, String> {
    let mut reader = Reader { rest: text };
    let query = reader.either()?;
    if reader.rest.is_empty() { Ok(query) } else { Err(format!("what is {:?}?", reader.rest)) }
}

struct Reader<'t> {
    rest: &'t str,
}

impl Reader<'_> {
    fn takes(&mut self, sign: &str) -> bool {
        let after = self.rest.strip_prefix(sign);
        self.rest = after.unwrap_or(self.rest);
        after.is_some()
    }

    fn needs(&mut self, sign: &str) -> Result<(), String> {
        if self.takes(sign) { Ok(()) } else { Err(format!("{sign:?} should stand before {:?}", self.rest)) }
    }

    fn either(&mut self) -> Result<Query, String> {
        let mut parts = vec![self.every()?];
        while self.takes(" OR ") {
            parts.push(self.every()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Query::Or(parts) })
    }

    fn every(&mut self) -> Result<Query, String> {
        let mut parts = vec![self.leaf()?];
        while self.takes(" AND ") {
            parts.push(self.leaf()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Query::And(parts) })
    }

    fn leaf(&mut self) -> Result<Query, String> {
        if self.takes("NOT ") {
            return Ok(Query::Not(Box::new(self.leaf()?)));
        }
        if self.takes("(") {
            let inner = self.either()?;
            self.needs(")")?;
            return Ok(inner);
        }
        if self.takes("*") {
            return Ok(Query::All);
        }
        let name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        let end = self.rest.find(|letter| !name(letter)).unwrap_or(self.rest.len());
        let (field, rest) = self.rest.split_at(end);
        if !field.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
            return Err(format!("no field at {rest:?}"));
        }
        let field = field.to_owned();
        self.rest = rest;
        self.needs(":")?;
        if self.takes("[") {
            self.range(field)
        } else if self.takes("\"") {
            self.quoted(field)
        } else {
            self.beginning(field)
        }
    }

    fn figure(&mut self) -> Result<Option<u64>, String> {
        if self.takes("*") {
            return Ok(None);
        }
        let end = self.rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(self.rest.len());
        let (figure, rest) = self.rest.split_at(end);
        self.rest = rest;
        figure.parse().map(Some).map_err(|_| format!("no figure before {rest:?}"))
    }

    fn range(&mut self, field: String) -> Result<Query, String> {
        let low = self.figure()?;
        self.needs(" TO ")?;
        let high = self.figure()?;
        self.needs("]")?;
        Ok(Query::Range(field, low, high))
    }

    fn quoted(&mut self, field: String) -> Result<Query, String> {
        let mut words = String::new();
        let mut letters = self.rest.char_indices();
        while let Some((at, letter)) = letters.next() {
            match letter {
                '\\' => words.push(letters.next().ok_or("a backslash ends the query")?.1),
                '"' => {
                    self.rest = &self.rest[at + 1..];
                    let slop = if self.takes("~") { self.figure()?.ok_or("no slop")? } else { 0 };
                    return Ok(Query::Text(field, words, slop as u32));
                }
                letter => words.push(letter),
            }
        }
        Err("quotation marks are not closed".to_owned())
    }

    fn beginning(&mut self, field: String) -> Result<Query, String> {
        let mut word = String::new();
        let mut letters = self.rest.char_indices();
        while let Some((at, letter)) = letters.next() {
            match letter {
                '\\' => word.push(letters.next().ok_or("a backslash ends the query")?.1),
                '*' if !word.is_empty() => {
                    self.rest = &self.rest[at + 1..];
                    return Ok(Query::Beginning(field, word));
                }
                '-' | '<' | '>' | '=' if word.is_empty() => return Err(format!("an operator before {:?}", self.rest)),
                letter if RESERVED.contains(letter) || letter == '?' => return Err(format!("{letter:?} stands bare in {:?}", self.rest)),
                letter => word.push(letter),
            }
        }
        Err(format!("a bare word that is no beginning: {word}"))
    }
}

#[test]
fn the_grammar_refuses_what_the_engine_refuses() {
    for good in ["*", "(* AND NOT *)", "a:\"x \\\" y\"~2", "(a:[* TO 5] OR b_1:x\\+*)", "((a:\"x\" AND NOT (b:\"y\" OR *)) OR c:[1 TO *])"]
    {
        assert!(parse(good).is_ok(), "{good}: {:?}", parse(good));
    }
    for bad in [
        "",
        "a",
        "a:b",
        "a:b:c",
        "(a:\"x\"",
        "a:\"x",
        "a:\"x\" OR",
        "a:[1 TO 2",
        "a:x y*",
        "a:*",
        "a:\"x\" b:\"y\"",
        "a:-x*",
        ":\"x\"",
        "NOT",
    ] {
        assert!(parse(bad).is_err(), "{bad}");
    }
}
