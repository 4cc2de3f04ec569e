//! Quantities in digits and in words: `13 000`, `23.400`, `27,5 tisíc`, `3 a půl tisíce`, `čtyřicetitisícové`.
//!
//! A numeral is a run of parts, figures or words alike (`numerals.rs`: Czech, Slovak, English). Years, dates, postal
//! codes and percentages are left to the reader who asks; `5 až 7 tisíc` is one quantity.

use std::ops::Range;

use super::numerals::{ONE, Part, adjective, parse, scale_adjective, sum};
use super::text::{Text, Token, TokenKind};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quantity {
    pub value: u64,
    /// Where a range is given, its lower end; `value` is the upper one.
    pub low: Option<u64>,
    pub start: usize,
    pub end: usize,
    pub form: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Bare digits, such as a year could be.
    Plain,
    /// Digits with a mark or a magnitude, or words.
    Marked,
    /// An adjective: `dvacetitisícový`.
    Adjective,
}

/// Every quantity within a range, by position.
pub fn quantities(text: &Text, range: Range<usize>) -> Vec<Quantity> {
    let mut found: Vec<Quantity> = Vec::new();
    let tokens = &text.tokens;
    let mut at = tokens.partition_point(|token| token.start < range.start);
    while at < tokens.len() && tokens[at].end <= range.end {
        let Some((quantity, next)) = numeral(text, at, range.end) else {
            at += 1;
            continue;
        };
        at = next;
        match found.last().and_then(|first| joined(text, &range, first, &quantity)) {
            Some(both) => {
                found.pop();
                found.push(both);
            }
            None => found.push(quantity),
        }
    }
    // `pět škol`: a small number in words counts only as the end of a range.
    let in_digits = |quantity: &Quantity| text.shadow.as_bytes()[quantity.start].is_ascii_digit();
    found.retain(|quantity| quantity.value >= 100 || quantity.value > 0 && in_digits(quantity));
    found
}

/// `5 až 7 tisíc`, `mezi 5 a 7 tisíci`, `od tří do osmi tisíc obyvatel`: two numbers that bound one.
fn joined(text: &Text, range: &Range<usize>, first: &Quantity, last: &Quantity) -> Option<Quantity> {
    let between = text.shadow[first.end..last.start].trim();
    let bare = between.strip_prefix("obyvatel").unwrap_or(between).trim_start();
    let opened = || {
        let before = text.shadow[range.start..first.start].trim_end();
        ["mezi", "medzi", "od", "between", "from", "rozmezi", "rozmedzi"].iter().any(|word| before.ends_with(word))
    };
    let bounds = matches!(bare, "-" | "az" | "az do" | "to" | "do" | "- az") || matches!(bare, "a" | "and") && opened();
    if !bounds || first.value == 0 || first.low.is_some() || first.form == Form::Adjective {
        return None;
    }
    // `5 až 10 tisíc`: the magnitude is said once.
    let low = if first.value < 1_000 && last.value >= 1_000 { first.value * scale_of(last.value) } else { first.value };
    (low < last.value).then_some(Quantity { low: Some(low), start: first.start, ..*last })
}

fn scale_of(value: u64) -> u64 {
    if value >= 1_000_000 { 1_000_000 } else { 1_000 }
}

/// The numeral that begins at a token, and the token behind it.
fn numeral(text: &Text, at: usize, limit: usize) -> Option<(Quantity, usize)> {
    let first = text.tokens[at];
    let mut run = Run { text, limit, parts: Vec::new(), end: first.start, next: at, form: Form::Marked };
    match first.kind {
        TokenKind::Number => run.figure(),
        TokenKind::Word => {
            if let Some(value) = adjective(text.fold(first)) {
                let quantity = Quantity { value, low: None, start: first.start, end: first.end, form: Form::Adjective };
                return Some((quantity, at + 1));
            }
            run.word()
        }
        TokenKind::Sign => false,
    }
    .then_some(())?;
    if run.form != Form::Adjective {
        while run.goes_on() {}
    }
    let spelt = first.kind == TokenKind::Word;
    // `několik tisíc lidí` and `tisíce lidí` count nobody.
    let before = if at > 0 { text.fold(text.tokens[at - 1]) } else { "" };
    let nobody = match run.parts[..] {
        [Part::Scale(_)] => vague(before),
        [Part::Scales(_)] => !matches!(before, "kolem" | "okolo" | "do" | "od" | "pres" | "k" | "ke") || !text.fold(first).ends_with('e'),
        _ => false,
    };
    // Read as a whole all the same: of `3,5 km` the 5 is no number.
    let value = if spelt && nobody { 0 } else { sum(&run.parts).unwrap_or_default() };
    Some((Quantity { value, low: None, start: first.start, end: run.end, form: run.form }, run.next))
}

/// A numeral being read, part by part.
struct Run<'a> {
    text: &'a Text<'a>,
    limit: usize,
    parts: Vec<Part>,
    /// Code point behind the last part.
    end: usize,
    /// Token behind the last part.
    next: usize,
    form: Form,
}

impl Run<'_> {
    fn token(&self, at: usize) -> Option<Token> {
        self.text.tokens.get(at).copied().filter(|token| token.end <= self.limit)
    }

    fn fold(&self, at: usize) -> &str {
        self.token(at).map_or("", |token| self.text.fold(token))
    }

    fn take(&mut self, parts: impl IntoIterator<Item = Part>, end: usize) {
        self.parts.extend(parts);
        self.end = end;
        self.next = self.text.tokens.partition_point(|token| token.start < end);
    }

    /// `13 000`, `27,5`, `15` with what clings to it: `15ti`, `12tis.`, `15-tisícové`.
    fn figure(&mut self) -> bool {
        let Some(token) = self.token(self.next) else { return false };
        let bytes = &self.text.shadow.as_bytes()[..self.limit];
        let Some((value, mut end, marked)) = digits(bytes, token.start) else { return false };
        // `3.B`, `E442` and `12x` are names.
        let suffix = &self.text.shadow[end..token.end.max(end)];
        let inflected = suffix.strip_prefix("ti").or_else(|| suffix.strip_prefix("mi"));
        let suffix = inflected.filter(|rest| rest.is_empty() || scale_adjective(rest).is_some()).unwrap_or(suffix);
        if !(suffix.is_empty() || parse(suffix).is_some() || adjective(suffix).is_some()) {
            return false;
        }
        end = token.end.max(end) - suffix.len();
        self.form = if marked { Form::Marked } else { Form::Plain };
        self.take([Part::Small(value)], end);
        if suffix.is_empty() {
            // `15-ti tisícové`, `15 tisícové`
            let mut at = self.next;
            at += usize::from(self.fold(at) == "-");
            at += usize::from(matches!(self.fold(at), "ti" | "mi"));
            let near = self.token(at).filter(|token| token.start <= self.end + 5);
            if let Some(scale) = near.and_then(|token| scale_adjective(self.text.fold(token))) {
                let end = self.text.tokens[at].end;
                self.form = Form::Adjective;
                self.take([Part::Scale(scale)], end);
            }
        } else if let Some(scale) = scale_adjective(suffix) {
            self.form = Form::Adjective;
            self.take([Part::Scale(scale)], end + suffix.len());
        } else if let Some(parts) = parse(suffix) {
            self.form = Form::Marked;
            let end = end + suffix.len();
            self.take(parts, end);
            self.full_stop();
        }
        true
    }

    fn word(&mut self) -> bool {
        let Some(token) = self.token(self.next).filter(|token| token.kind == TokenKind::Word) else { return false };
        let Some(parts) = parse(self.text.fold(token)) else { return false };
        // `tis.` needs its figure, and nothing multiplies a number that was not said.
        if matches!(parts[..], [Part::Short(_)]) && !matches!(self.parts.last(), Some(Part::Small(_))) {
            return false;
        }
        self.take(parts, token.end);
        self.full_stop();
        true
    }

    /// The full stop of `tis.` is its own.
    fn full_stop(&mut self) {
        if matches!(self.parts.last(), Some(Part::Short(_))) && self.text.shadow[self.end..self.limit].starts_with('.') {
            self.take([], self.end + 1);
        }
    }

    /// Reads one more part, if the numeral goes on.
    fn goes_on(&mut self) -> bool {
        // Only a blank or a hyphen lies between the parts.
        let Some(token) = self.token(self.next) else { return false };
        let hyphen = usize::from(self.text.fold(token) == "-" && matches!(self.parts.last(), Some(Part::Small(_))));
        let near = self.text.shadow[self.end..token.start].len() <= 1;
        let figures = self.form == Form::Plain;
        if near && self.word_after(hyphen) {
            self.form = Form::Marked;
            return true;
        }
        // `dvanáct tisíc 500`: three more digits may follow their thousands.
        let hundreds = token.kind == TokenKind::Number && token.end - token.start == 3 && self.text.fold(token).parse::<u64>().is_ok();
        if near && hundreds && matches!(self.parts.last(), Some(Part::Scale(1_000) | Part::Scales(1_000))) {
            let value = self.text.fold(token).parse::<u64>().unwrap_or_default();
            self.take([Part::Small(value * ONE)], token.end);
            return true;
        }
        near && self.conjunction(figures)
    }

    /// A numeral's word; after a figure only a scale, or `12 půl` would be one.
    fn word_after(&mut self, skipped: usize) -> bool {
        let (parts, end, next) = (self.parts.len(), self.end, self.next);
        let after_figure = self.form != Form::Marked || self.text.shadow.as_bytes()[self.end - 1].is_ascii_digit();
        self.next += skipped;
        if self.word()
            && (skipped == 0 && !after_figure || matches!(self.parts[parts..], [Part::Scale(_) | Part::Scales(_) | Part::Short(_)]))
        {
            return true;
        }
        self.parts.truncate(parts);
        (self.end, self.next) = (end, next);
        false
    }

    /// `dva a půl tisíce`, `three hundred and fifty`, `half a million`: the `and` counts if a numeral follows it.
    fn conjunction(&mut self, after_figure: bool) -> bool {
        if !matches!(self.fold(self.next), "a" | "and") {
            return false;
        }
        let numeral =
            |at: usize| self.token(at).filter(|token| token.kind == TokenKind::Word).and_then(|token| parse(self.text.fold(token)));
        let skip = if self.fold(self.next + 1) == "a" { 2 } else { 1 };
        let at = self.next + skip;
        // `tři tisíce a pět set` goes on, `dvacet tisíc a pět škol` does not.
        let hundreds = || numeral(at + 1).is_some_and(|scale| matches!(scale[..], [Part::Scale(100)]));
        let fraction = matches!(self.parts.last(), Some(Part::Small(..ONE)));
        let goes_on = match numeral(at).as_deref() {
            Some([Part::Small(..ONE)]) => true,
            Some([Part::Small(1_000..)]) => !after_figure,
            Some([Part::Small(_)]) => !after_figure && hundreds(),
            Some([Part::Scale(_)]) => fraction,
            _ => false,
        };
        if !goes_on {
            return false;
        }
        self.next = at;
        let read = self.word();
        self.form = Form::Marked;
        read
    }
}

/// Hundredths of the figure at an offset, the offset behind it, and whether marks part its digits.
fn digits(text: &[u8], start: usize) -> Option<(u64, usize, bool)> {
    let run = |at: usize| text[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let number = |range: Range<usize>| {
        let digits = text[range].iter().filter(|byte| byte.is_ascii_digit());
        digits.take(18).fold(0_u64, |value, digit| value * 10 + u64::from(digit - b'0'))
    };
    let mut end = start + run(start);
    if end - start > 15 {
        return None;
    }
    let group = |at: usize, mark: u8| text.get(at) == Some(&mark) && run(at + 1) == 3;
    let mark = text.get(end).copied().filter(|mark| matches!(mark, b' ' | b'.' | b',' | b'\'' | 0x1a));
    if let Some(mark) = mark.filter(|&mark| end - start <= 3 && text[start] != b'0' && group(end, mark)) {
        // A comma parts all its groups alike; other marks may change.
        while text
            .get(end)
            .is_some_and(|&next| (next == mark || mark != b',' && matches!(next, b' ' | b'.' | b'\'' | 0x1a)) && group(end, next))
        {
            end += 4;
        }
        return (end - start <= 19).then(|| (number(start..end) * ONE, end, true));
    }
    let fraction = if matches!(text.get(end), Some(b',' | b'.')) { run(end + 1) } else { 0 };
    if (1..=2).contains(&fraction) {
        let hundredths = number(end + 1..end + 1 + fraction) * if fraction == 1 { 10 } else { 1 };
        return Some((number(start..end) * ONE + hundredths, end + 1 + fraction, false));
    }
    Some((number(start..end) * ONE, end, false))
}

fn vague(word: &str) -> bool {
    ["nekolik", "niekolk", "desit", "desiat", "stovk", "par", "mnoh", "radov", "several", "many"].iter().any(|stem| word.starts_with(stem))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Where;

    #[test]
    fn vague_thousands_are_no_number() {
        for written in ["několik tisíc lidí", "desítky tisíc hostů", "tisíce lidí", "s tisíci hostů", "3,5 lidí", "pět lidí"] {
            let text = Text::new(Where::Title, written);
            assert_eq!(quantities(&text, 0..text.shadow.len()), [], "{written}");
        }
    }

    #[test]
    fn all_ways_of_writing() {
        let table = [
            ("13 000", 13_000),
            ("13\u{a0}000", 13_000),
            ("13\u{202f}000", 13_000),
            ("23.400", 23_400),
            ("23,400 inhabitants", 23_400),
            ("1004", 1_004),
            ("27,5 tisíc", 27_500),
            ("27.5 tis.", 27_500),
            ("40 tis.", 40_000),
            ("1,2 milionu", 1_200_000),
            ("půl milionu", 500_000),
            ("půldruhého milionu", 1_500_000),
            ("dva a půl tisíce", 2_500),
            ("čtyřmi tisíci", 4_000),
            ("dvaceti pěti tisíci", 25_000),
            ("pětadvacet tisíc", 25_000),
            ("dvě stě tisíc", 200_000),
            ("patnáct set", 1_500),
            ("tisíc", 1_000),
            ("čtyřicetitisícové", 40_000),
            ("půlmilionového", 500_000),
            ("stotisícovým", 100_000),
            ("dvanáctitisícové", 12_000),
            ("pětatřicetitisícové", 35_000),
            ("40tisícové", 40_000),
            ("dvadsaťtisícové", 20_000),
            ("třemi tisíci a pěti sty", 3_500),
            ("five thousand", 5_000),
            ("sto dvacet tisíc", 120_000),
            ("3 a půl tisíce", 3_500),
            ("12 tisíc pět set", 12_500),
            ("dvanáct tisíc 500", 12_500),
            ("čtvrt milionu", 250_000),
            ("tři čtvrtě milionu", 750_000),
            ("half a million", 500_000),
            ("one and a half thousand", 1_500),
            ("15-ti tisícové", 15_000),
            ("15titisícové", 15_000),
            ("osmisetová", 800),
        ];
        for (written, want) in table {
            let text = Text::new(Where::Title, written);
            let read = quantities(&text, 0..text.shadow.len());
            assert_eq!(read.first().map(|quantity| quantity.value), Some(want), "{written}");
            assert_eq!(read.len(), 1, "{written}");
        }
    }

    #[test]
    fn ranges_are_one_quantity() {
        for (written, low, value) in [
            ("5 až 7 tisíc", 5_000, 7_000),
            ("mezi 5 a 7 tisíci", 5_000, 7_000),
            ("od tří do osmi tisíc", 3_000, 8_000),
            ("5 000–7 500", 5_000, 7_500),
            ("10 000 až 12 000", 10_000, 12_000),
            ("od 3 000 obyvatel do 8 000", 3_000, 8_000),
            ("between 5,000 and 7,000", 5_000, 7_000),
        ] {
            let text = Text::new(Where::Title, written);
            let read = quantities(&text, 0..text.shadow.len());
            assert_eq!(read.iter().map(|quantity| (quantity.low, quantity.value)).collect::<Vec<_>>(), [(Some(low), value)], "{written}");
        }
    }
}
