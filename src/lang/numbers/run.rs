//! One numeral in a folded text, part by part: figures with what clings to them, words, what joins them.
//!
//! Reads a whole numeral even where it counts nobody, so that of `3,5 km` the 5 is no number.

use super::figures::digits;
use super::numerals::{ONE, Part, adjective, begins, parse, scale_adjective, sum};
use super::phrases::PHRASES;
use super::{Form, Scan, Unit, UnitKind};

/// A numeral and the token behind it; of a magnitude that counts nobody the value is 0.
pub struct Numeral {
    pub value: u64,
    pub end: usize,
    pub form: Form,
    pub next: usize,
}

/// The numeral that begins at a token.
pub fn numeral(scan: &Scan, at: usize) -> Option<Numeral> {
    let first = scan.units.get(at)?;
    let mut run = Run { scan, parts: Vec::new(), end: first.start, next: at, form: Form::Marked };
    match first.kind {
        UnitKind::Number => run.figure(),
        UnitKind::Word => {
            if !begins(scan.word(at)) {
                return None;
            }
            if let Some(value) = adjective(scan.word(at)) {
                return Some(Numeral { value, end: first.end, form: Form::Adjective, next: at + 1 });
            }
            run.word()
        }
        UnitKind::Sign => false,
    }
    .then_some(())?;
    if run.form != Form::Adjective {
        while run.goes_on() {}
    }
    let spelt = first.kind == UnitKind::Word;
    // `několik tisíc lidí` and `tisíce lidí` count nobody.
    let before = if at > 0 { scan.word(at - 1) } else { "" };
    let nobody = match run.parts[..] {
        [Part::Scale(_)] => PHRASES.vague(before),
        [Part::Scales(_)] => !PHRASES.counts(before) || !scan.word(at).ends_with('e'),
        _ => false,
    };
    let value = if spelt && nobody { 0 } else { sum(&run.parts).unwrap_or_default() };
    Some(Numeral { value, end: run.end, form: run.form, next: run.next })
}

/// A numeral being read, part by part.
struct Run<'a> {
    scan: &'a Scan<'a>,
    parts: Vec<Part>,
    /// Byte behind the last part.
    end: usize,
    /// Token behind the last part.
    next: usize,
    form: Form,
}

impl Run<'_> {
    fn token(&self, at: usize) -> Option<Unit> {
        self.scan.units.get(at).copied()
    }

    fn fold(&self, at: usize) -> &str {
        self.scan.word(at)
    }

    fn take(&mut self, parts: impl IntoIterator<Item = Part>, end: usize) {
        self.parts.extend(parts);
        self.end = end;
        self.next = self.scan.units.partition_point(|token| token.start < end);
    }

    /// `13 000`, `27,5`, `15` with what clings to it: `15ti`, `12tis.`, `15-tisícové`.
    fn figure(&mut self) -> bool {
        let Some(token) = self.token(self.next) else { return false };
        let bytes = self.scan.text.as_bytes();
        let Some((value, mut end, marked)) = digits(bytes, token.start) else { return false };
        // `3.B`, `E442` and `12x` are names; `5tisícový` of `2,5tisícový` is one unit.
        let within = self.scan.units.partition_point(|unit| unit.start < end);
        let clings = self.scan.units[within - 1].end.max(end);
        let suffix = &self.scan.text[end..clings];
        let inflected = PHRASES.inflected(suffix);
        let suffix = inflected.filter(|rest| rest.is_empty() || scale_adjective(rest).is_some()).unwrap_or(suffix);
        if !(suffix.is_empty() || parse(suffix).is_some() || adjective(suffix).is_some()) {
            return false;
        }
        end = clings - suffix.len();
        self.form = if marked { Form::Marked } else { Form::Plain };
        self.take([Part::Small(value)], end);
        if suffix.is_empty() {
            // `15-ti tisícové`, `15 tisícové`
            let mut at = self.next;
            at += usize::from(self.fold(at) == "-");
            at += usize::from(PHRASES.inflected(self.fold(at)) == Some(""));
            let near = self.token(at).filter(|token| token.start <= self.end + 5);
            if let Some(scale) = near.and_then(|token| scale_adjective(self.scan.of(token))) {
                let end = self.scan.units[at].end;
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
        let Some(token) = self.token(self.next).filter(|token| token.kind == UnitKind::Word) else { return false };
        let Some(parts) = parse(self.scan.of(token)) else { return false };
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
        if matches!(self.parts.last(), Some(Part::Short(_))) && self.scan.text[self.end..].starts_with('.') {
            self.take([], self.end + 1);
        }
    }

    /// Reads one more part, if the numeral goes on.
    fn goes_on(&mut self) -> bool {
        // Only a blank or a hyphen lies between the parts.
        let Some(token) = self.token(self.next) else { return false };
        let hyphen = usize::from(self.scan.of(token) == "-" && matches!(self.parts.last(), Some(Part::Small(_))));
        let near = self.scan.text[self.end..token.start].len() <= 1;
        let figures = self.form == Form::Plain;
        if near && self.word_after(hyphen) {
            self.form = Form::Marked;
            return true;
        }
        // `dvanáct tisíc 500`: three more digits may follow their thousands.
        let hundreds = token.kind == UnitKind::Number && token.end - token.start == 3 && self.scan.of(token).parse::<u64>().is_ok();
        if near && hundreds && matches!(self.parts.last(), Some(Part::Scale(1_000) | Part::Scales(1_000))) {
            let value = self.scan.of(token).parse::<u64>().unwrap_or_default();
            self.take([Part::Small(value * ONE)], token.end);
            return true;
        }
        near && self.conjunction(figures)
    }

    /// A numeral's word; after a figure only a scale, or `12 půl` would be one.
    fn word_after(&mut self, skipped: usize) -> bool {
        let (parts, end, next) = (self.parts.len(), self.end, self.next);
        let after_figure = self.form != Form::Marked || self.scan.text.as_bytes()[self.end - 1].is_ascii_digit();
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
        if !PHRASES.links(self.fold(self.next)) {
            return false;
        }
        let numeral = |at: usize| self.token(at).filter(|token| token.kind == UnitKind::Word).and_then(|token| parse(self.scan.of(token)));
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
