//! Cues: the little pattern language of the data files, and its matcher.
//!
//! A pattern is words separated by blanks, in any spelling (case and diacritics are folded). `*` stands
//! for any letters, `a|b` for either, `~3` for up to three words of the same clause, `#` for a number.
//! A row is `group <tab> weight-or-value <tab> pattern <tab> note`; lines beginning with `#` are comments.
//!
//! The beginnings of all patterns of a file form one trie (Fredkin 1960), walked once from the start of each word:
//! reading costs the same for ten patterns as for a thousand, and nothing has to be compiled.

use std::ops::Range;

use super::rows::rows;
use super::text::{Text, fold, is_word};

/// One pattern with the meaning the data file gives it.
pub struct Cue {
    pub group: &'static str,
    pub value: &'static str,
    pub weight: i32,
    /// Other words may stand between those of the pattern.
    pub gapped: bool,
    parts: Vec<Part>,
    /// Whether the last word must end where the pattern does.
    whole: bool,
}

/// Where a cue was found; code points of the text.
#[derive(Clone)]
pub struct Hit<'a> {
    pub cue: &'a Cue,
    pub start: usize,
    pub end: usize,
}

enum Part {
    /// One of these words; the first that leads to a match counts.
    Word(Vec<Vec<Piece>>),
    /// Up to so many words of the same clause.
    Gap(usize),
}

enum Piece {
    Literal(Vec<u8>),
    Letters,
    Number,
}

pub struct Cues {
    rows: Vec<Cue>,
    beginnings: Trie,
    /// Cues that begin with a wild card.
    anywhere: Vec<usize>,
}

impl Cues {
    pub fn new(data: &'static str) -> Self {
        let (mut beginnings, mut anywhere) = (Trie::default(), Vec::new());
        let cues: Vec<Cue> = rows(data).map(|row| Cue::new(&row)).collect();
        for (index, cue) in cues.iter().enumerate() {
            if let Some(Part::Word(words)) = cue.parts.first() {
                for word in words {
                    match word.first() {
                        Some(Piece::Literal(beginning)) => beginnings.add(beginning, index),
                        // `*turist*` may begin any word.
                        _ => anywhere.push(index),
                    }
                }
            }
        }
        anywhere.dedup();
        Self { rows: cues, beginnings, anywhere }
    }

    /// Every hit within a range, by position; of hits with one start the longest first.
    pub fn find(&self, text: &Text, range: Range<usize>) -> Vec<Hit<'_>> {
        let bytes = text.shadow.as_bytes();
        let within = &bytes[..range.end];
        let mut hits: Vec<Hit> = Vec::new();
        // Cues begun at this word, and those whose last hit reaches over it: hits of one cue do not overlap.
        let (mut begun, mut open): (Vec<usize>, Vec<(usize, usize)>) = (Vec::new(), Vec::new());
        for start in text.beginnings(range) {
            begun.clone_from(&self.anywhere);
            self.beginnings.walk(&within[start..], |index| begun.push(index));
            begun.sort_unstable();
            begun.dedup();
            open.retain(|&(_, end)| end > start);
            begun.retain(|index| open.iter().all(|(other, _)| other != index));
            let first = hits.len();
            for &index in &begun {
                let cue = &self.rows[index];
                if let Some(end) = cue.end(bytes, within, start) {
                    hits.push(Hit { cue, start, end });
                    open.push((index, end));
                }
            }
            hits[first..].sort_by_key(|hit| std::cmp::Reverse(hit.end));
        }
        hits
    }

    /// The first hit of one group.
    pub fn first(&self, group: &str, text: &Text, range: Range<usize>) -> Option<Hit<'_>> {
        self.find(text, range).into_iter().find(|hit| hit.cue.group == group)
    }

    pub fn has(&self, group: &str, text: &Text, range: Range<usize>) -> bool {
        self.first(group, text, range).is_some()
    }
}

impl Cue {
    fn new(row: &[&'static str]) -> Self {
        let part = |word: &str| match word.strip_prefix('~') {
            Some(most) => Part::Gap(most.parse().expect("a number follows ~")),
            None => Part::Word(word.split('|').map(pieces).collect()),
        };
        Self {
            group: row[0],
            value: row[1],
            weight: row[1].parse().unwrap_or(1),
            gapped: row[2].contains('~'),
            parts: fold(row[2]).split(' ').map(part).collect(),
            whole: row[2].ends_with(|char: char| char.is_alphanumeric() || char == '*'),
        }
    }

    /// Where the match that begins here ends; `within` is the text up to the end of the range.
    fn end(&self, text: &[u8], within: &[u8], start: usize) -> Option<usize> {
        self.rest(text, within, &self.parts, start)
    }

    fn rest(&self, text: &[u8], within: &[u8], parts: &[Part], at: usize) -> Option<usize> {
        match parts {
            [] => {
                let cut = self.whole && text.get(at).is_some_and(|&byte| is_word(byte)) && is_word(text[at - 1]);
                (!cut).then_some(at)
            }
            [Part::Word(words), rest @ ..] => words.iter().find_map(|word| {
                try_ends(within, word, at, &mut |end| {
                    let next = if rest.is_empty() { end } else { glue(within, end)? };
                    self.rest(text, within, rest, next)
                })
            }),
            [Part::Gap(most), rest @ ..] => {
                let mut starts = vec![at];
                while starts.len() <= *most
                    && let Some(next) = skip_word(within, starts[starts.len() - 1])
                {
                    starts.push(next);
                }
                // The longest gap that leads to a match.
                starts.iter().rev().find_map(|&at| self.rest(text, within, rest, at))
            }
        }
    }
}

/// `hled*`, `#`, `obyv.` as literals and wild cards.
fn pieces(word: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for byte in word.bytes() {
        match (byte, pieces.last_mut()) {
            (b'*', _) => pieces.push(Piece::Letters),
            (b'#', _) => pieces.push(Piece::Number),
            (byte, Some(Piece::Literal(known))) => known.push(byte),
            (byte, _) => pieces.push(Piece::Literal(vec![byte])),
        }
    }
    pieces
}

/// Tries every place where a word of a pattern may end, farthest first, until one leads to a match.
fn try_ends(text: &[u8], word: &[Piece], at: usize, then: &mut dyn FnMut(usize) -> Option<usize>) -> Option<usize> {
    let run = |in_run: fn(u8) -> bool| at + text[at..].iter().take_while(|&&byte| in_run(byte)).count();
    match word {
        [] => then(at),
        [Piece::Literal(literal), rest @ ..] => {
            if text[at..].starts_with(literal) {
                try_ends(text, rest, at + literal.len(), then)
            } else {
                None
            }
        }
        // Nothing that may follow begins with a letter.
        [Piece::Letters] => then(run(|byte| byte.is_ascii_lowercase())),
        [Piece::Letters, rest @ ..] => (at..=run(|byte| byte.is_ascii_lowercase())).rev().find_map(|end| try_ends(text, rest, end, then)),
        [Piece::Number, rest @ ..] => {
            let digit = text.get(at).is_some_and(u8::is_ascii_digit);
            let end = run(|byte| byte.is_ascii_digit() || matches!(byte, b' ' | b'.' | b','));
            if digit { (at + 1..=end).rev().find_map(|end| try_ends(text, rest, end, then)) } else { None }
        }
    }
}

/// Behind the blank after a word, with the comma or colon that may stand before it.
fn glue(text: &[u8], at: usize) -> Option<usize> {
    let at = if matches!(text.get(at), Some(b',' | b':')) { at + 1 } else { at };
    matches!(text.get(at), Some(b' ' | b'\n')).then_some(at + 1)
}

/// Behind a word of the same clause and its blank.
fn skip_word(text: &[u8], at: usize) -> Option<usize> {
    let length = text[at..].iter().position(|byte| matches!(byte, b' ' | b'.' | b'!' | b'?' | b';' | b'\n'))?;
    (length > 0 && matches!(text[at + length], b' ' | b'\n')).then_some(at + length + 1)
}

/// Beginnings of patterns, a byte an edge.
#[derive(Default)]
struct Trie {
    nodes: Vec<Node>,
    /// Nodes of the first bytes, the only ones that most words ask for; 0 is none.
    firsts: Vec<usize>,
}

#[derive(Default)]
struct Node {
    edges: Vec<(u8, usize)>,
    /// Cues whose beginning ends here.
    cues: Vec<usize>,
}

impl Trie {
    fn add(&mut self, beginning: &[u8], cue: usize) {
        if self.nodes.is_empty() {
            self.nodes.push(Node::default());
            self.firsts = vec![0; 256];
        }
        let mut at = 0;
        for &byte in beginning {
            at = self.next(at, byte).unwrap_or_else(|| {
                self.nodes.push(Node::default());
                let new = self.nodes.len() - 1;
                if at == 0 {
                    self.firsts[usize::from(byte)] = new;
                } else {
                    self.nodes[at].edges.push((byte, new));
                }
                new
            });
        }
        if self.nodes[at].cues.last() != Some(&cue) {
            self.nodes[at].cues.push(cue);
        }
    }

    fn next(&self, at: usize, byte: u8) -> Option<usize> {
        if at == 0 {
            return self.firsts.get(usize::from(byte)).copied().filter(|&next| next > 0);
        }
        self.nodes[at].edges.iter().find(|(edge, _)| *edge == byte).map(|&(_, next)| next)
    }

    /// Calls for every cue whose beginning the text begins with.
    fn walk(&self, text: &[u8], mut found: impl FnMut(usize)) {
        let mut at = 0;
        for &byte in text {
            let Some(next) = self.next(at, byte) else { break };
            at = next;
            self.nodes[at].cues.iter().for_each(|&cue| found(cue));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Where;

    #[test]
    fn patterns_mean_what_they_say() {
        let cues = Cues::new("seek\t3\thled* ~2 partner*|přítel*\tnote\nsize\tmax\tdo # obyvatel\t");
        let text = Text::new(Where::Title, "Obec HLEDÁ nového partnera do 5 000 obyvatel");
        let hits = cues.find(&text, 0..text.shadow.len());
        assert_eq!(text.words(hits[0].start..hits[0].end), "HLEDÁ nového partnera");
        assert_eq!((hits[1].cue.group, hits[1].cue.value), ("size", "max"));
        let inner = Cues::new("theme\t-\t*turist*\t\nthen\t-\t*at ~1 cesty\t");
        let text = Text::new(Where::Title, "cykloturistika, pěší hledat nové cesty");
        let hits: Vec<_> = inner.find(&text, 0..text.shadow.len()).iter().map(|hit| text.words(hit.start..hit.end)).collect();
        assert_eq!(hits, ["cykloturistika", "hledat nové cesty"]);
        let other = Text::new(Where::Title, "hledá dům. Partner");
        assert!(!cues.has("seek", &other, 0..other.shadow.len()));
    }
}
