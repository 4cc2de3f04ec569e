//! Cues: the little pattern language of the data files, compiled once.
//!
//! A pattern is words separated by blanks, in any spelling (case and diacritics are folded). `*` stands
//! for any letters, `a|b` for either, `~3` for up to three words of the same clause, `#` for a number.
//! A row is `group <tab> weight-or-value <tab> pattern <tab> note`; lines beginning with `#` are comments.

use std::ops::Range;

use regex::{Regex, RegexSet, RegexSetBuilder};

use super::text::{Text, fold};

/// The rows of a data file: comments and the empty lines left out.
pub fn rows(data: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    data.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| line.split('\t').collect())
}

/// Bytes of a set's lazily built states.
const CACHE: usize = 1 << 25;

/// One pattern with the meaning the data file gives it.
pub struct Cue {
    pub group: &'static str,
    pub value: &'static str,
    pub weight: i32,
    /// Other words may stand between those of the pattern.
    pub gapped: bool,
    regex: Regex,
}

/// Where a cue was found; code points of the text.
#[derive(Clone)]
pub struct Hit<'a> {
    pub cue: &'a Cue,
    pub start: usize,
    pub end: usize,
}

pub struct Cues {
    set: RegexSet,
    cues: Vec<Cue>,
}

impl Cues {
    /// Compiles a data file. A malformed row is a fault of this crate, found by the first test that runs.
    pub fn new(data: &'static str) -> Self {
        let mut cues = Vec::new();
        let mut patterns = Vec::new();
        for row in rows(data) {
            let pattern = regex_of(row[2]);
            let regex = Regex::new(&pattern).expect("the pattern language writes valid expressions");
            cues.push(Cue { group: row[0], value: row[1], weight: row[1].parse().unwrap_or(1), gapped: row[2].contains('~'), regex });
            patterns.push(pattern);
        }
        // Many patterns make many states; a cache that holds them is not built anew for every text.
        let set = RegexSetBuilder::new(patterns).dfa_size_limit(CACHE).build();
        Self { set: set.expect("each pattern compiled alone"), cues }
    }

    /// Every hit within a range, by position; of hits with one start the longest first.
    pub fn find(&self, text: &Text, range: Range<usize>) -> Vec<Hit<'_>> {
        let part = &text.shadow[range.clone()];
        let mut hits = Vec::new();
        for index in self.set.matches(part) {
            let cue = &self.cues[index];
            hits.extend(cue.regex.find_iter(part).map(|found| Hit {
                cue,
                start: range.start + found.start(),
                end: range.start + found.end(),
            }));
        }
        hits.sort_by_key(|hit| (hit.start, usize::MAX - hit.end));
        hits
    }

    /// The first hit of one group.
    pub fn first(&self, group: &str, text: &Text, range: Range<usize>) -> Option<Hit<'_>> {
        self.find(text, range).into_iter().find(|hit| hit.cue.group == group)
    }

    pub fn has(&self, group: &str, text: &Text, range: Range<usize>) -> bool {
        let part = &text.shadow[range];
        self.set.matches(part).iter().any(|index| self.cues[index].group == group)
    }
}

/// The regular expression of a pattern.
fn regex_of(pattern: &str) -> String {
    let mut out = String::from(r"(?-u:\b)");
    let folded = fold(pattern);
    let mut glue = "";
    for word in folded.split(' ') {
        if let Some(count) = word.strip_prefix('~') {
            out.push_str(glue);
            out.extend([r"(?:[^ .!?;\n]+[ \n]){0,", count, "}"]);
            glue = "";
            continue;
        }
        out.push_str(glue);
        let alternatives: Vec<String> =
            word.split('|').map(|word| regex::escape(word).replace(r"\*", "[a-z]*").replace(r"\#", "[0-9][0-9 .,]*")).collect();
        out += "(?:";
        out += &alternatives.join("|");
        out += ")";
        glue = r"[,:]?[ \n]";
    }
    if pattern.ends_with(|char: char| char.is_alphanumeric() || char == '*') {
        out.push_str(r"(?-u:\b)");
    }
    out
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
        let other = Text::new(Where::Title, "hledá dům. Partner");
        assert!(!cues.has("seek", &other, 0..other.shadow.len()));
    }
}
