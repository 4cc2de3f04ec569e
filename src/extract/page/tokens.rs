//! The tokens of a page by the HTML standard (§13.2.5), read from one string in memory: no copies but what a token keeps.
//!
//! html5ever's tree builder takes them; its own tokenizer reads queues of buffers, letter by letter, and costs more than all the rest.
//! Two things differ from the standard: a quotation mark that is missing is taken for written (`quotes`), and a tag with a
//! monstrous number of attributes is left out. A test compares the trees with html5ever's own.

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Doctype, Tag, TagKind, Token};
use html5ever::{Attribute, LocalName, QualName, ns};

use super::quotes::swallowed;
use super::references::{Place, decode};

/// Attributes of one tag; each is compared with each.
pub const MAX_ATTRIBUTES: usize = 2000;
/// Blanks of the standard; a carriage return is a line break there.
const BLANKS: [char; 5] = [' ', '\t', '\n', '\r', '\u{c}'];

pub struct Tokens<'a> {
    text: &'a str,
    at: usize,
    /// The text up to the end tag of the element that was opened last is raw; so is all of it after `plaintext`.
    raw: Option<Raw>,
    /// Name of the last start tag, as written.
    last: &'a str,
    /// Tags left out for their attributes.
    pub left_out: usize,
}

/// How far text is raw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Raw {
    ToItsEndTag(RawKind),
    ToTheEnd,
}

impl<'a> Tokens<'a> {
    pub fn of(text: &'a str) -> Self {
        Self { text, at: 0, raw: None, last: "", left_out: 0 }
    }

    /// Offset of the next token.
    pub fn offset(&self) -> usize {
        self.at
    }

    pub fn is_raw(&self) -> bool {
        self.raw.is_some()
    }

    /// What follows is raw, as the tree builder says.
    pub fn set_raw(&mut self, raw: Raw) {
        self.raw = Some(raw);
    }

    /// The next token, none at the end. `foreign` says whether the open element is none of HTML: there CDATA sections are read.
    pub fn next(&mut self, foreign: &dyn Fn() -> bool) -> Option<Token> {
        while self.at < self.text.len() {
            let token = match self.raw.take() {
                Some(raw) => self.raw_text(raw),
                None => self.data(foreign),
            };
            if token.is_some() {
                return token;
            }
        }
        None
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Goes on to the end of a piece of that length and gives it.
    fn take(&mut self, length: usize) -> &'a str {
        let piece = &self.rest()[..length];
        self.at += length;
        piece
    }

    /// What stands before `end`, or all where it does not stand; goes on behind it.
    fn until(&mut self, end: &str) -> &'a str {
        let (piece, skip) = self.rest().find(end).map_or((self.rest(), 0), |at| (&self.rest()[..at], end.len()));
        self.at += piece.len() + skip;
        piece
    }

    fn data(&mut self, foreign: &dyn Fn() -> bool) -> Option<Token> {
        match self.rest().as_bytes() {
            [0, ..] => {
                self.at += 1;
                Some(Token::NullCharacterToken)
            }
            [b'<', next, ..] if next.is_ascii_alphabetic() => self.tag(TagKind::StartTag),
            [b'<', b'/', next, ..] if next.is_ascii_alphabetic() => self.tag(TagKind::EndTag),
            [b'<', b'/', b'>', ..] => {
                self.at += 3;
                None
            }
            [b'<', b'/', _, ..] => Some(self.comment(2)),
            [b'<', b'?', ..] => Some(self.comment(1)),
            [b'<', b'!', ..] => Some(self.declaration(foreign)),
            bytes => {
                // A `<` that opens nothing is text.
                let opening = usize::from(bytes.first() == Some(&b'<'));
                let end = self.rest()[opening..].find('<').map_or(bytes.len(), |at| at + opening);
                let end = self.rest()[..end].find('\0').unwrap_or(end);
                let text = self.take(end);
                Some(Token::CharacterTokens(StrTendril::from_slice(&decode(&lines(text), Place::Text))))
            }
        }
    }

    /// A comment of anything up to the next `>`.
    fn comment(&mut self, opening: usize) -> Token {
        self.at += opening;
        Token::CommentToken(clean(self.until(">")))
    }

    fn declaration(&mut self, foreign: &dyn Fn() -> bool) -> Token {
        let rest = &self.rest()[2..];
        let begins = |word: &str| rest.as_bytes().get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()));
        if rest.starts_with("--") {
            self.at += 4;
            return self.marked_comment();
        }
        if begins("doctype") {
            self.at += 2 + "doctype".len();
            let closed = self.rest().contains('>');
            return Token::DoctypeToken(doctype(self.until(">"), closed));
        }
        if rest.starts_with("[CDATA[") && foreign() {
            self.at += 2 + "[CDATA[".len();
            return Token::CharacterTokens(clean(self.until("]]>")));
        }
        self.comment(2)
    }

    /// Behind `<!--`.
    fn marked_comment(&mut self) -> Token {
        let rest = self.rest();
        if let Some(short) = [">", "->"].iter().find(|end| rest.starts_with(**end)) {
            self.at += short.len();
            return Token::CommentToken(StrTendril::new());
        }
        let end = rest.match_indices("--").map(|(at, _)| at);
        let ends = |at: &usize| ["-->", "--!>"].iter().find(|end| rest[*at..].starts_with(**end)).map(|end| (*at, end.len()));
        // Two dashes may overlap: `--->` ends a comment that holds one.
        let mut ends = end.flat_map(|at| [at, at + 1]).filter_map(|at| ends(&at));
        if let Some((length, mark)) = ends.next() {
            self.at += length + mark;
            return Token::CommentToken(clean(&rest[..length]));
        }
        self.at = self.text.len();
        Token::CommentToken(clean(["--!", "--", "-"].iter().find_map(|end| rest.strip_suffix(end)).unwrap_or(rest)))
    }

    fn raw_text(&mut self, raw: Raw) -> Option<Token> {
        let end = match raw {
            Raw::ToTheEnd => self.text.len(),
            Raw::ToItsEndTag(RawKind::ScriptData | RawKind::ScriptDataEscaped(_)) => self.end_of_script(),
            Raw::ToItsEndTag(_) => {
                let mut opens = self.rest().match_indices("</").map(|(at, _)| self.at + at);
                opens.find(|at| self.is_tag(at + 2, self.last)).unwrap_or(self.text.len())
            }
        };
        let text = clean(self.take(end - self.at));
        let text = if raw == Raw::ToItsEndTag(RawKind::Rcdata) { StrTendril::from_slice(&decode(&text, Place::Text)) } else { text };
        (!text.is_empty()).then_some(Token::CharacterTokens(text))
    }

    /// Where a script ends: not inside what its comments hide (§13.2.5.20 and the states that follow).
    fn end_of_script(&self) -> usize {
        let bytes = self.text.as_bytes();
        let (mut at, mut escapes) = (self.at, 0);
        loop {
            let wanted = |byte: &u8| *byte == b'<' || escapes > 0 && *byte == b'-';
            let next = if escapes == 0 { self.text[at..].find('<') } else { bytes[at..].iter().position(wanted) };
            let Some(next) = next.map(|next| at + next) else { return bytes.len() };
            let closes = bytes[next..].starts_with(b"</") && self.is_tag(next + 2, "script");
            at = next + 1;
            match escapes {
                _ if bytes[next] == b'-' => escapes = if bytes[next..].starts_with(b"-->") { 0 } else { escapes },
                0 | 1 if closes => return next,
                0 if bytes[next..].starts_with(b"<!--") => (at, escapes) = (next + 2, 1),
                1 if self.is_tag(next + 1, "script") => escapes = 2,
                2 if closes => escapes = 1,
                _ => {}
            }
        }
    }

    /// A tag of this name stands here, and its name ends.
    fn is_tag(&self, at: usize, name: &str) -> bool {
        let bytes = &self.text.as_bytes()[at..];
        bytes.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
            && bytes.get(name.len()).is_some_and(|byte| is_blank(*byte) || matches!(byte, b'/' | b'>'))
    }

    /// Goes on over letters that hold.
    fn skip(&mut self, over: impl Fn(u8) -> bool) -> &'a str {
        let rest = self.rest();
        let length = rest.bytes().position(|byte| !over(byte)).unwrap_or(rest.len());
        self.take(length)
    }

    /// A tag; none if the page ends inside it, or if it is left out.
    fn tag(&mut self, kind: TagKind) -> Option<Token> {
        self.at += if kind == TagKind::EndTag { 2 } else { 1 };
        let name = self.skip(|byte| !is_blank(byte) && !matches!(byte, b'/' | b'>'));
        let mut tag = Tag { kind, name: local_name(name), self_closing: false, attrs: Vec::new(), had_duplicate_attributes: false };
        let mut count = 0;
        loop {
            let before = self.skip(|byte| is_blank(byte) || byte == b'/');
            if self.rest().is_empty() {
                return None;
            }
            if self.rest().starts_with('>') {
                self.at += 1;
                tag.self_closing = before.ends_with('/');
                break;
            }
            count += 1;
            self.attribute(&mut tag, count <= MAX_ATTRIBUTES);
        }
        if count > MAX_ATTRIBUTES {
            self.left_out += 1;
            return None;
        }
        if kind == TagKind::StartTag {
            self.last = name;
        }
        Some(Token::TagToken(tag))
    }

    fn attribute(&mut self, tag: &mut Tag, kept: bool) {
        let start = self.at;
        // A sign of equality may begin a name.
        let first = self.rest().chars().next().map_or(0, char::len_utf8);
        self.take(first);
        self.skip(|byte| !is_blank(byte) && !matches!(byte, b'=' | b'/' | b'>'));
        let name = &self.text[start..self.at];
        let end = self.at;
        self.skip(is_blank);
        let value = if self.rest().starts_with('=') {
            self.at += 1;
            self.value()
        } else {
            self.at = end;
            ""
        };
        if !kept || tag.kind == TagKind::EndTag {
            return;
        }
        let name = QualName::new(None, ns!(), local_name(name));
        if tag.attrs.iter().any(|known| known.name == name) {
            tag.had_duplicate_attributes = true;
        } else {
            tag.attrs.push(Attribute { name, value: attribute_value(value) });
        }
    }

    /// Behind the sign of equality.
    fn value(&mut self) -> &'a str {
        self.skip(is_blank);
        let Some(mark @ ('"' | '\'')) = self.rest().chars().next() else {
            let value = self.skip(|byte| !is_blank(byte) && byte != b'>');
            // A mark at the end without one at the beginning.
            return value.strip_suffix('"').filter(|rest| !rest.is_empty()).unwrap_or(value);
        };
        self.at += 1;
        let rest = self.rest();
        let end = rest.find(mark);
        let value = &rest[..end.unwrap_or(rest.len())];
        let after = end.map(|end| &rest.as_bytes()[end + 1..]);
        if let Some(own) = swallowed(value.as_bytes(), after) {
            return self.take(own);
        }
        self.at += value.len() + usize::from(end.is_some());
        value
    }
}

fn is_blank(byte: u8) -> bool {
    byte.is_ascii_whitespace()
}

/// Line ends of one kind.
fn lines(text: &str) -> std::borrow::Cow<'_, str> {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { text.into() }
}

/// Text whose zeros are shown as what nobody can read.
fn clean(text: &str) -> StrTendril {
    let text = lines(text);
    if text.contains('\0') { text.replace('\0', "\u{fffd}").into() } else { StrTendril::from_slice(&text) }
}

fn attribute_value(text: &str) -> StrTendril {
    if text.contains(['&', '\r', '\0']) {
        StrTendril::from_slice(&decode(&clean(text), Place::Attribute))
    } else {
        StrTendril::from_slice(text)
    }
}

fn local_name(name: &str) -> LocalName {
    if name.bytes().any(|byte| byte.is_ascii_uppercase() || byte == 0) {
        return LocalName::from(name.replace('\0', "\u{fffd}").to_ascii_lowercase());
    }
    LocalName::from(name)
}

/// A declaration of the document's type, behind its keyword.
fn doctype(inner: &str, closed: bool) -> Doctype {
    let inner = inner.trim_start_matches(BLANKS);
    let (name, rest) = inner.split_at(inner.find(BLANKS).unwrap_or(inner.len()));
    let rest = rest.trim_start_matches(BLANKS);
    let name = (!name.is_empty()).then(|| clean(&name.to_ascii_lowercase()));
    let mut found = Doctype { force_quirks: !closed || name.is_none(), name, public_id: None, system_id: None };
    let (keyword, mut ids) = rest.split_at_checked("public".len()).unwrap_or((rest, ""));
    if keyword.eq_ignore_ascii_case("public") {
        found.public_id = identifier(&mut ids);
        found.system_id = identifier(&mut ids);
        found.force_quirks |= found.public_id.is_none() || found.system_id.is_none() && !ids.trim_start_matches(BLANKS).is_empty();
    } else if keyword.eq_ignore_ascii_case("system") {
        found.system_id = identifier(&mut ids);
        found.force_quirks |= found.system_id.is_none();
    } else {
        found.force_quirks |= !rest.is_empty();
    }
    found
}

/// A quoted identifier; what follows it is left.
fn identifier(text: &mut &str) -> Option<StrTendril> {
    let rest = text.trim_start_matches(BLANKS);
    let mark = rest.chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
    let (id, after) = rest[1..].split_once(mark)?;
    *text = after;
    Some(clean(id))
}

#[cfg(test)]
mod tests {
    use html5ever::ParseOpts;
    use html5ever::tendril::TendrilSink;
    use html5ever::tree_builder::TreeBuilderOpts;
    use scraper::{Html, HtmlTreeSink};

    use super::super::parse::tree;

    /// As html5ever parses where no script runs.
    fn parsed(page: &str) -> String {
        let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
        let options = ParseOpts { tree_builder, ..ParseOpts::default() };
        html5ever::parse_document(HtmlTreeSink::new(Html::new_document()), options).one(page).html()
    }

    #[test]
    fn trees_are_those_of_the_parser_that_reads_by_letters() {
        for page in [
            "<!DOCTYPE html><HTML Lang=cs><Title>a &amp; b</title><p CLASS='x' id=y class=z>1<p>2&nbsp;3 &notit; &#x41;&#150;&#xD800;&#1114112;",
            "<!doctype html PUBLIC \"-//W3C//DTD HTML 4.01 Transitional//EN\" \"http://www.w3.org/TR/html4/loose.dtd\"><p><table><tr><td>a",
            "<!doctype html public '-//W3C//DTD HTML 3.2//EN'><p><table>",
            "<!doctype><p><table>",
            "<!doctype html x><p><table>",
            "<!doctype html system 'about:legacy-compat'><p><table>",
            "<p><table><tr>x<td>y</table>z",
            "<a href='/a?b=1&copy=2&lt;3&amp4&para'>x</a>",
            "<script>if (a<b) x = '</p>'; <!-- <script> </script> --> </script ><p>a",
            "<script><!--></script><p>a",
            "<script><!-- <script></script> </script><p>b",
            "<textarea>\n<p>&lt;</textarea><style>a>b</style><noscript><p>x</noscript><xmp></x></xmp><plaintext></p>",
            "<svg><![CDATA[a<b]]><title><p>x</title></svg><![CDATA[y]]>",
            "<head><noscript><link><img src=x></noscript><title>t</title><body><noscript><p>y<a href=z>z</a></noscript>",
            "a\r\nb\rc\0d<p\0q x\0=\0>e<!--\0--><title>\0</title>",
            "<!-->a<!--->b<!---->c<!--d--!>e<!-- -- --->f<!--g--",
            "</>a</ b><? c ?><!d>e</p x=y>< f <",
            "<br/><p/x/=y =z a= >1<i/>2",
            "<pre>\n\na</pre><b><p>x</b>y</p>",
            "<div x=a/b/><select><option>1<option>2</select>",
        ] {
            assert_eq!(tree(page).0.html(), parsed(page), "{page}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_markup_makes_the_tree_of_the_parser_that_reads_by_letters(
            text in "(<div>|</div>|<p a=b>|<B c='d'>|</b>|<script>|</script>|<!--|--!>|-->|<title>|</title>|<table>|<td>|<svg>|<!\\[CDATA\\[|\\]\\]>|\
                <!doctype html|<style>|</style |&[a-z#]{1,4};?|&#x?[0-9a-f]{1,3}|[<>/!?=&;\r\n-]|[a-zž]{1,3}){0,30}"
        ) {
            proptest::prop_assert_eq!(tree(&text).0.html(), parsed(&text));
        }
    }
}
