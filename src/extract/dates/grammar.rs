//! The forms of a written day: d.m.y, d/m/y, y-m-d, d month y, month d y, with times and ranges.
//!
//! Order of numbers is European; month before day only where the month is a word, or where d/m/y would
//! be impossible. Refused: a day without a year, numbers that run on (`1.2.3.2024`, `12.3.2024.5`).

use super::scan::{Kind, Token};
use super::words;
use super::{Form, Impossible};

/// A day as written; whether it exists is asked later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    pub year: u32,
    pub month: u32,
    pub day: u32,
}

impl Written {
    pub fn date(self) -> Result<jiff::civil::Date, Impossible> {
        let (Ok(year), Ok(month), Ok(day)) = (i16::try_from(self.year), i8::try_from(self.month), i8::try_from(self.day)) else {
            return Err(Impossible::NoSuchDay);
        };
        jiff::civil::Date::new(year, month, day).map_err(|_| Impossible::NoSuchDay)
    }
}

/// One form with the index of the token that follows it.
#[derive(Clone, Copy, Debug)]
pub struct Match {
    pub written: Written,
    pub form: Form,
    pub next: usize,
}

/// Tokens and the one choice left open: whether `12.3.24` may be a date.
#[derive(Clone, Copy)]
pub struct Grammar<'a> {
    pub tokens: &'a [Token],
    pub short_years: bool,
}

impl<'a> Grammar<'a> {
    /// The longest form that starts at token `at`.
    pub fn form(self, at: usize) -> Option<Match> {
        if self.runs_on_before(at) {
            return None;
        }
        if let Some((written, next)) = self.open_range(at) {
            return Some(Match { written, form: Form::Range, next: self.clock(next).map_or(next, |(after, _)| after) });
        }
        let (written, next, several) = self.day(at)?;
        if several {
            return Some(Match { written, form: Form::Range, next });
        }
        if let Some((_, after, _)) = self.until(next).and_then(|from| self.day(from)) {
            return Some(Match { written, form: Form::Range, next: after });
        }
        let Some((after, range)) = self.clock(next) else {
            return Some(Match { written, form: Form::Day, next });
        };
        Some(Match { written, form: if range { Form::Range } else { Form::Stamp }, next: after })
    }

    fn number(self, at: usize, digits: std::ops::RangeInclusive<usize>) -> Option<u32> {
        match self.tokens.get(at)?.kind {
            Kind::Number(value, count) if digits.contains(&count) => Some(value),
            _ => None,
        }
    }

    fn word(self, at: usize) -> Option<&'a str> {
        match &self.tokens.get(at)?.kind {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    fn mark(self, at: usize, among: &str) -> Option<char> {
        match self.tokens.get(at)?.kind {
            Kind::Mark(mark) if among.contains(mark) => Some(mark),
            _ => None,
        }
    }

    fn gap(self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.gap)
    }

    /// A number glued on before: part of something longer.
    fn runs_on_before(self, at: usize) -> bool {
        at >= 2 && !self.gap(at) && self.mark(at - 1, "./-").is_some() && !self.gap(at - 1) && self.number(at - 2, 1..=9).is_some()
    }

    /// A number glued on behind.
    fn runs_on_after(self, at: usize) -> bool {
        !self.gap(at) && self.mark(at, "./").is_some() && !self.gap(at + 1) && self.number(at + 1, 1..=9).is_some()
    }

    /// A full day; the flag says that several days were named (`March 2-3, 2024`).
    fn day(self, at: usize) -> Option<(Written, usize, bool)> {
        self.year_first(at).or_else(|| self.day_first(at)).map(|(w, n)| (w, n, false)).or_else(|| self.month_first(at))
    }

    fn year_first(self, at: usize) -> Option<(Written, usize)> {
        let year = self.year(at)?;
        if let Some(month) = self.month_word(self.skip(at + 1, ".,")) {
            let from = self.skip(self.skip(at + 1, ".,") + 1, ".");
            let day = self.number(from, 1..=2)?;
            return Some((Written { year, month, day }, self.skip(from + 1, ".")));
        }
        let mark = self.mark(at + 1, ".-/")?;
        let month = self.number(at + 2, 1..=2)?;
        self.mark(at + 3, ".-/").filter(|second| *second == mark)?;
        let day = self.number(at + 4, 1..=2)?;
        Some((Written { year, month, day }, self.skip(at + 5, ".")))
    }

    fn day_first(self, at: usize) -> Option<(Written, usize)> {
        let day = self.number(at, 1..=2)?;
        let mut from = at + 1;
        if !self.gap(from) && self.word(from).is_some_and(words::is_ordinal_ending) {
            from += 1;
        }
        if let Some((month, after)) = self.named_month(from) {
            let from = self.skip_word(self.skip(after, "./-,"), words::links_parts);
            return Some((Written { year: self.year(from)?, month, day }, self.after_year(from + 1)));
        }
        let mark = self.mark(from, "./-")?;
        let month = self.number(from + 1, 1..=2)?;
        self.mark(from + 2, "./-").filter(|second| *second == mark)?;
        let year = self.year(from + 3).or_else(|| self.short_year(from + 3, mark))?;
        let next = from + 4;
        // `3/25/2019` can only be month first; with dots nobody writes so.
        let swapped = mark == '/' && month > 12 && day <= 12;
        let (day, month) = if swapped { (month, day) } else { (day, month) };
        (!self.runs_on_after(next)).then(|| (Written { year, month, day }, self.after_year(next)))
    }

    fn month_first(self, at: usize) -> Option<(Written, usize, bool)> {
        let month = self.month_word(at).filter(|_| self.word(at).is_some_and(|word| word.chars().count() > 2))?;
        let from = self.skip(at + 1, ".");
        let day = self.number(from, 1..=2)?;
        let mut after = from + 1;
        if self.word(after).is_some_and(words::is_ordinal_ending) {
            after += 1;
        }
        let several = self.until(after).filter(|second| self.number(*second, 1..=2).is_some());
        let after = self.skip(several.map_or(after, |second| second + 1), ",.");
        Some((Written { year: self.year(after)?, month, day }, after + 1, several.is_some()))
    }

    /// `2. - 3. 11. 2017`, `30. září - 2. října 2018`: first day and the token after the last.
    fn open_range(self, at: usize) -> Option<(Written, usize)> {
        let day = self.number(at, 1..=2)?;
        let mut from = self.skip(at + 1, ".");
        let mut own_month = None;
        if let Some((month, after)) = self.named_month(from) {
            (own_month, from) = (Some(month), self.skip(after, "."));
        } else if let (Some(month), Some(_)) = (self.number(from, 1..=2), self.mark(from + 1, "./")) {
            (own_month, from) = (Some(month), from + 2);
        }
        let second = self.until(from)?;
        let (last, next) = self.day_first(second).or_else(|| self.year_first(second))?;
        Some((Written { day, month: own_month.unwrap_or(last.month), ..last }, next))
    }

    fn named_month(self, at: usize) -> Option<(u32, usize)> {
        let from = self.skip_word(self.skip(at, "./-"), words::links_parts);
        Some((self.month_word(from)?, self.skip(from + 1, ".")))
    }

    fn month_word(self, at: usize) -> Option<u32> {
        words::month(self.word(at)?)
    }

    fn year(self, at: usize) -> Option<u32> {
        self.number(at, 4..=4).filter(|year| (1000..=9999).contains(year))
    }

    /// Two digits, written close together after dots or slashes.
    fn short_year(self, at: usize, mark: char) -> Option<u32> {
        let close = self.short_years && mark != '-' && !self.gap(at);
        self.number(at, 2..=2).filter(|_| close).map(|year| 2000 + year)
    }

    fn after_year(self, at: usize) -> usize {
        let worded = self.word(at).is_some_and(|word| matches!(word, "r" | "roku" | "р" | "року" | "г"));
        if worded { self.skip(at + 1, ".") } else { at }
    }

    /// Clock time after a day: the token that follows it, and whether it is a span of time.
    fn clock(self, at: usize) -> Option<(usize, bool)> {
        let from = self.skip(at, ",-–—|/·•(");
        let since = self.word(from).is_some_and(|word| matches!(word, "od" | "from" | "ab" | "von" | "dalle"));
        let from = if since { from + 1 } else { self.skip_word(from, words::precedes_time) };
        let after = self.time(from)?;
        match self.until(after).and_then(|second| self.time(second)) {
            Some(end) => Some((self.skip(end, ")"), true)),
            None => Some((self.skip(after, ")"), since)),
        }
    }

    fn time(self, at: usize) -> Option<usize> {
        self.number(at, 1..=2).filter(|hour| *hour < 25)?;
        let mut next = at + 1;
        let mark = self.mark(next, ":.").or_else(|| self.word(next).filter(|word| *word == "h").map(|_| 'h'));
        let minutes = mark.is_some() && self.number(next + 1, 2..=2).is_some_and(|minute| minute < 60);
        if minutes {
            next += 2;
        }
        while minutes && self.mark(next, ":.").is_some() && !self.gap(next) && self.number(next + 1, 1..=9).is_some() {
            next += 2;
        }
        if minutes && !self.gap(next) && self.mark(next, "+").is_some() && self.number(next + 1, 2..=4).is_some() {
            next += 2;
            if self.mark(next, ":").is_some() && self.number(next + 1, 2..=2).is_some() {
                next += 2;
            }
        }
        let unit = self.word(next).is_some_and(words::follows_time);
        let clear = unit || (minutes && mark != Some('.'));
        clear.then(|| if unit { self.skip(next + 1, ".") } else { next })
    }

    /// After a dash or a word of a range.
    fn until(self, at: usize) -> Option<usize> {
        let word = self.word(at).is_some_and(words::means_until);
        (word || self.mark(at, "-–—‑−").is_some()).then_some(at + 1)
    }

    fn skip(self, at: usize, among: &str) -> usize {
        at + usize::from(self.mark(at, among).is_some())
    }

    fn skip_word(self, at: usize, known: fn(&str) -> bool) -> usize {
        let at = at + usize::from(self.word(at).is_some_and(known));
        self.skip(at, "'’")
    }
}
