//! The forms of one date: day first, month first, year first; then those that leave something out.
//!
//! Refused: numbers that run on (`1.2.3.2024`, `12.3.2024.5`), roman months without a year, and a day and month in
//! figures without both their stops.

use jiff::civil::Date;

use super::civil::{Civil, Precision};
use super::mention::{Confidence, Form, Order};
use super::order::Preferred;
use super::{Grammar, Kind};
use crate::lang::words::{MonthName, Role, Spelling};

/// One date and the piece behind it.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    pub civil: Civil,
    pub form: Form,
    pub order: Order,
    pub confidence: Confidence,
    pub next: usize,
}

/// Pieces of a day and a month with their stops.
const SHORT: usize = 4;
/// Two figures of a year below this are of this century (POSIX `%y`).
const PIVOT: u32 = 69;
/// Bare figures outside these are no year.
const YEARS: std::ops::RangeInclusive<u32> = 1000..=2999;
/// Languages that write the month before the day in words (CLDR, long date patterns).
const MONTH_FIRST: [&str; 4] = ["en", "hu", "lt", "lv"];
/// Eight figures are a date only in these years, or they are a telephone number.
const COMPACT_YEARS: std::ops::RangeInclusive<i16> = 1990..=2099;

fn civil(year: Option<u32>, month: u32, day: u32) -> Civil {
    Civil { year: year.and_then(|year| i16::try_from(year).ok()), month: i8::try_from(month).ok(), day: i8::try_from(day).ok() }
}

fn worded(civil: Civil, name: MonthName, next: usize) -> Option<Part> {
    let whole = civil.year.is_some() && civil.precision() == Precision::Day;
    let confidence = match name.spelling {
        _ if whole => Confidence::Sure,
        Spelling::Full => Confidence::Likely,
        Spelling::Abbreviated => Confidence::Weak,
        Spelling::Roman => return None,
    };
    Some(Part { civil, form: Form::Word, order: Order::Settled, confidence, next })
}

impl Grammar<'_> {
    /// The fullest date that begins here.
    pub fn date(self, at: usize) -> Option<Part> {
        let full = self.year_first(at).or_else(|| self.day_first(at)).or_else(|| self.month_first(at));
        full.or_else(|| self.month_alone(at)).or_else(|| self.compact(at)).or_else(|| self.year_alone(at))
    }

    /// A number glued on before: part of something longer.
    pub fn runs_on_before(self, at: usize) -> bool {
        at >= 2 && !self.gap(at) && self.mark(at - 1, "./-").is_some() && !self.gap(at - 1) && self.number(at - 2, 1..=9).is_some()
    }

    /// A number glued on behind.
    fn runs_on_after(self, at: usize, marks: &str) -> bool {
        !self.gap(at) && self.mark(at, marks).is_some() && !self.gap(at + 1) && self.number(at + 1, 1..=9).is_some()
    }

    /// `2019-03-05`, `2019. 03. 05.`, `2019. március 5.`, `2019 m. kovo 5 d.`, `2019. gada 5. marts`
    fn year_first(self, at: usize) -> Option<Part> {
        let year = self.year(at)?;
        let behind = self.skip(at + 1, ".,");
        let named = self.skip_words(behind, Role::Year);
        let from = self.skip(named, ".");
        if let Some(name) = self.month_name(from) {
            let from = self.skip(from + 1, ".");
            let day = self.number(from, 1..=2).filter(|_| self.month_name(self.skip(from + 1, ".")).is_none())?;
            let next = self.skip(self.skip_words(self.skip(from + 1, "."), Role::DayWord), ".");
            return worded(civil(Some(year), name.month as u32, day), name, next);
        }
        if named > behind {
            let (day, month) = (self.number(from, 1..=2)?, self.skip(from + 1, "."));
            let name = self.month_name(month)?;
            return worded(civil(Some(year), name.month as u32, day), name, month + 1);
        }
        let mark = self.mark(at + 1, ".-/")?;
        let month = self.number(at + 2, 1..=2)?;
        self.mark(at + 3, ".-/").filter(|second| *second == mark)?;
        let day = self.number(at + 4, 1..=2)?;
        let next = self.skip(at + 5, ".");
        let date = civil(Some(year), month, day);
        (!self.runs_on_after(at + 5, "/-")).then_some(Part {
            civil: date,
            form: Form::Iso,
            order: Order::Settled,
            confidence: Confidence::Sure,
            next,
        })
    }

    fn day_first(self, at: usize) -> Option<Part> {
        let (day, from) = self.day_figure(at).or_else(|| self.day_word(at))?;
        let month = if self.is_behind_weekday(at) { self.skip(from, ",") } else { from };
        if let Some((name, after)) = self.named_month(month) {
            return self.named(day, name, after);
        }
        matches!(self.pieces[at].kind, Kind::Number(..)).then(|| self.figures(at, day, from)).flatten()
    }

    /// Then a comma may follow the day, which elsewhere ends a number of another kind: `Friday, 20, October 2017`.
    fn is_behind_weekday(self, at: usize) -> bool {
        let end = at - usize::from(at > 0 && self.mark(at - 1, ",").is_some());
        end > 0 && self.plays(end - 1, Role::Weekday)
    }

    /// `5th`, `1er`, `5`
    fn day_figure(self, at: usize) -> Option<(u32, usize)> {
        let day = self.number(at, 1..=2)?;
        let ending = !self.gap(at + 1) && self.plays(at + 1, Role::OrdinalEnding);
        Some((day, at + 1 + usize::from(ending)))
    }

    /// `prvního`, `dvacátého prvního`
    fn day_word(self, at: usize) -> Option<(u32, usize)> {
        let first = self.word(at)?.ordinal?;
        let unit = self.word(at + 1).and_then(|word| word.ordinal).filter(|unit| first % 10 == 0 && *unit < 10);
        Some((first as u32 + unit.unwrap_or(0) as u32, at + 1 + usize::from(unit.is_some())))
    }

    /// The year behind a named month, or none: then a full name still makes a date.
    fn named(self, day: u32, name: MonthName, after: usize) -> Option<Part> {
        let from = self.skip_words(self.skip_words(self.skip(after, "./-,"), Role::Link), Role::Year);
        let from = self.skip(from, ".");
        let date = |year| civil(year, name.month as u32, day);
        if let Some(year) = self.year(from) {
            return worded(date(Some(year)), name, self.after_year(from + 1));
        }
        if self.mark(from, "'’").is_some()
            && let Some(year) = self.number(from + 1, 2..=2)
        {
            let part = worded(date(Some(full_year(year))), name, from + 2)?;
            return Some(Part { confidence: Confidence::Likely, ..part });
        }
        // Two figures behind the month are a year where the text is nothing but the three.
        if from + 1 == self.pieces.len()
            && from <= SHORT
            && let Some(year) = self.number(from, 2..=2)
        {
            let part = worded(date(Some(full_year(year))), name, from + 1)?;
            return Some(Part { confidence: Confidence::Likely, ..part });
        }
        worded(date(None), name, after).filter(|_| (1..=31).contains(&day))
    }

    /// `5. 3. 2019`, `5/3/2019`, `05-03-2019`, `5.3.19`, `5. 3.`
    fn figures(self, at: usize, day: u32, from: usize) -> Option<Part> {
        let mark = self.mark(from, "./-")?;
        let month = self.number(from + 1, 1..=2)?;
        let second = self.mark(from + 2, "./-").filter(|second| *second == mark)?;
        let short = || self.number(from + 3, 2..=2).filter(|_| second != '-' && !self.gap(from + 3)).map(full_year);
        let next = from + 4;
        let stated = self.year(from + 3);
        let Some(year) = stated.or_else(short) else { return self.no_year(at, from, civil(None, month, day)) };
        if self.runs_on_after(next, "./") {
            return None;
        }
        let exchangeable = mark != '.' || self.context.preferred == Preferred::MonthFirst;
        let (order, exchange) = match (day, month) {
            (13.., ..=12) => (Order::DayFirst, false),
            (..=12, 13..) => (Order::MonthFirst, true),
            _ if !exchangeable => (Order::Settled, false),
            (..=12, ..=12) if day != month => (Order::Open, self.context.preferred == Preferred::MonthFirst),
            _ => (Order::Settled, false),
        };
        let written = civil(Some(year), month, day);
        let civil = if exchange { written.swapped() } else { written };
        let confidence = if stated.is_some() { Confidence::Sure } else { Confidence::Likely };
        Some(Part { civil, form: Form::Numeric, order, confidence, next: self.after_year(next) })
    }

    /// `5. 3.`: both stops, and a day and month that exist in some year.
    fn no_year(self, at: usize, from: usize, civil: Civil) -> Option<Part> {
        let stops = self.mark(from, ".").is_some() && from == at + 1;
        let exists = civil.in_year(2000).first().is_some();
        let glued = !self.gap(from + 3) && self.number(from + 3, 1..=9).is_some();
        (stops && exists && !glued).then_some(Part {
            civil,
            form: Form::Numeric,
            order: Order::Settled,
            confidence: Confidence::Weak,
            next: from + 3,
        })
    }

    /// `March 5th, 2019`, `Nov. 5`
    fn month_first(self, at: usize) -> Option<Part> {
        let name = self.month_name(at).filter(|name| name.spelling != Spelling::Roman)?;
        let (day, after) = self.day_figure(self.skip(at + 1, "."))?;
        let after = self.skip_words(after, Role::DayWord);
        let from = self.skip_words(self.skip(after, ",."), Role::Link);
        let date = |year| civil(year, name.month as u32, day);
        if let Some(year) = self.year(from) {
            return worded(date(Some(year)), name, from + 1);
        }
        // `May 15:30` is a time of May, `června 15. 3. 2019` another date.
        let other = self.time(after - 1).is_some() || self.named_month(after).is_some() || self.day_first(after - 1).is_some();
        // `mají 19 tisíc`: without a year only languages that write the month first are read so.
        let foreign = !self.word(at)?.names_month_in(&MONTH_FIRST);
        worded(date(None), name, after).filter(|_| !other && !foreign && (1..=31).contains(&day))
    }

    /// `březen 2011`, `března roku 2011`, `2011. március`, `3/2011`, `2011-03`
    fn month_alone(self, at: usize) -> Option<Part> {
        let civil = |year: u32, month| Civil { day: None, ..civil(Some(year), month, 0) };
        if let Some(name) = self.month_name(at) {
            let from = self.skip_words(self.skip_words(self.skip(at + 1, ".,/"), Role::Link), Role::Year);
            let from = self.skip(from, ".");
            return worded(civil(self.year(from)?, name.month as u32), name, self.after_year(from + 1));
        }
        let part = |civil: Civil, form| Part { civil, form, order: Order::Settled, confidence: Confidence::Weak, next: at + 3 };
        let month = |at| self.number(at, 1..=2).filter(|month| (1..=12).contains(month));
        if let Some(year) = self.year(at) {
            let named = self.skip(at + 1, ".,");
            if let Some(name) = self.month_name(named).filter(|name| name.spelling == Spelling::Full) {
                return worded(civil(year, name.month as u32), name, named + 1);
            }
            self.mark(at + 1, "-/.").filter(|_| !self.gap(at + 1) && !self.gap(at + 2))?;
            return Some(part(civil(year, month(at + 2)?), Form::Iso)).filter(|_| !self.runs_on_after(at + 3, ".-/"));
        }
        self.mark(at + 1, "/.")?;
        Some(part(civil(self.year(at + 2)?, month(at)?), Form::Numeric)).filter(|_| !self.runs_on_after(at + 3, ".-/"))
    }

    /// `20190305`
    fn compact(self, at: usize) -> Option<Part> {
        let figures = self.number(at, 8..=8)?;
        let date = civil(Some(figures / 10_000), figures / 100 % 100, figures % 100);
        let plausible = |date: Date| COMPACT_YEARS.contains(&date.year());
        date.first().is_some_and(plausible).then_some(Part {
            civil: date,
            form: Form::Compact,
            order: Order::Settled,
            confidence: Confidence::Weak,
            next: at + 1,
        })
    }

    /// `rok 2012`, `2012`
    fn year_alone(self, at: usize) -> Option<Part> {
        let from = self.skip(self.skip_words(at, Role::Year), ".");
        let year = self.year(from).filter(|year| YEARS.contains(year))?;
        let confidence = if from > at { Confidence::Likely } else { Confidence::Weak };
        let civil = Civil { year: i16::try_from(year).ok(), month: None, day: None };
        Some(Part { civil, form: Form::Year, order: Order::Settled, confidence, next: self.after_year(from + 1) })
    }

    /// A day whose month a later day tells: `5.` of `5. – 8. června`.
    pub fn lone_day(self, at: usize) -> Option<(i8, usize)> {
        let (day, from) = self.day_figure(at).or_else(|| self.day_word(at))?;
        (1..=31).contains(&day).then(|| (day as i8, self.skip(from, ".")))
    }

    /// A month in full letters.
    pub fn lone_month(self, at: usize) -> Option<(i8, usize)> {
        self.month_name(at).filter(|name| name.spelling == Spelling::Full).map(|name| (name.month, at + 1))
    }

    fn named_month(self, at: usize) -> Option<(MonthName, usize)> {
        let from = self.skip_words(self.skip_words(self.skip(at, "./-"), Role::Link), Role::MonthWord);
        let name = self.month_name(from)?;
        Some((name, self.skip(from + 1, ".")))
    }

    fn month_name(self, at: usize) -> Option<MonthName> {
        self.word(at)?.month(&self.context.languages)
    }

    pub fn year(self, at: usize) -> Option<u32> {
        self.number(at, 4..=4).filter(|year| *year >= 1000)
    }

    /// `2024 r.`, `2019 року`
    fn after_year(self, at: usize) -> usize {
        if self.plays(at, Role::Year) { self.skip(at + 1, ".") } else { at }
    }
}

pub fn full_year(short: u32) -> u32 {
    short + if short < PIVOT { 2000 } else { 1900 }
}
