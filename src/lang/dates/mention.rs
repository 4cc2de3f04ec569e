//! A date found in a text, and what is known of the finding.

use std::ops::Range;

use jiff::civil::Date;

use super::civil::{Civil, Precision};

/// How a date is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `5. 3. 2019`, `05/03/2019`, `3/2019`.
    Numeric,
    /// Year first, in figures (ISO 8601): `2019-03-05`, `2019.03.05.`, `2019-03`.
    Iso,
    /// The month as a word or in roman figures, the day perhaps as an ordinal word.
    Word,
    /// `20190305`.
    Compact,
    /// A year alone.
    Year,
}

/// Whether figures leave open which is the day and which the month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// No such question: a word, ISO 8601, dots, or both alike.
    Settled,
    /// Only day before month makes a date: `25/3/2019`.
    DayFirst,
    /// Only month before day makes a date: `3/25/2019`.
    MonthFirst,
    /// Both do; the context chose, and `swapped` is the other reading.
    Open,
}

/// How much time is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// One day, month or year.
    One,
    /// A day with a clock time.
    Stamp,
    /// From a first to a last, of days or of hours.
    Range,
    /// Several named one by one: `5. a 19. března`.
    Several,
}

/// How safely the words are a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// May be something else: `5. 3.`, `3/2019`, a bare year, eight figures.
    Weak,
    /// A date with something left out: two figures of the year, no year, no day.
    Likely,
    /// A full date.
    Sure,
}

/// Time of day as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    pub hour: i8,
    pub minute: i8,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateMention {
    /// Bytes of the text, the clock time among them.
    pub range: Range<usize>,
    /// The date, or the first of several; what a later end says for both is filled in.
    pub start: Civil,
    /// The last of a range or of several days.
    pub end: Option<Civil>,
    pub form: Form,
    pub order: Order,
    pub span: Span,
    pub time: Option<Clock>,
    pub confidence: Confidence,
}

impl DateMention {
    pub fn precision(&self) -> Precision {
        self.start.precision()
    }

    pub fn year_stated(&self) -> bool {
        self.start.year.is_some()
    }

    /// First and last day covered; none without a year or where there is no such day.
    pub fn period(&self) -> Option<(Date, Date)> {
        self.start.first().zip(self.end.unwrap_or(self.start).last())
    }

    /// The other reading of open figures; itself where nothing is open.
    #[must_use]
    pub fn swapped(&self) -> Self {
        match self.order {
            Order::Open => Self { start: self.start.swapped(), end: self.end.map(Civil::swapped), ..self.clone() },
            _ => self.clone(),
        }
    }
}
