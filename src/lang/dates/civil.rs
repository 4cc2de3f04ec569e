//! A date as it stands written: a year, month and day, each of which may be missing.
//!
//! Nothing is completed here; `in_year` and `first`/`last` say what the written parts cover.

use jiff::civil::Date;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    Year,
    Month,
    Day,
}

/// The written parts of a date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Civil {
    pub year: Option<i16>,
    pub month: Option<i8>,
    pub day: Option<i8>,
}

impl Civil {
    pub fn precision(self) -> Precision {
        match (self.month, self.day) {
            (_, Some(_)) => Precision::Day,
            (Some(_), None) => Precision::Month,
            (None, None) => Precision::Year,
        }
    }

    /// First day covered; none without a year or where there is no such day.
    pub fn first(self) -> Option<Date> {
        Date::new(self.year?, self.month.unwrap_or(1), self.day.unwrap_or(1)).ok()
    }

    /// Last day covered.
    pub fn last(self) -> Option<Date> {
        let first = self.first()?;
        Some(match self.precision() {
            Precision::Year => first.last_of_year(),
            Precision::Month => first.last_of_month(),
            Precision::Day => first,
        })
    }

    /// The same with a year, where none is written.
    #[must_use]
    pub fn in_year(self, year: i16) -> Self {
        Self { year: self.year.or(Some(year)), ..self }
    }

    /// Day and month exchanged.
    #[must_use]
    pub fn swapped(self) -> Self {
        Self { month: self.day, day: self.month, ..self }
    }

    /// The parts missing here as the later end of a span says them: `5.` of `5. – 8. 6. 2015`.
    pub(super) fn completed_by(self, last: Self) -> Self {
        let month = self.month.or(last.month);
        let turns = self.year.is_none() && matches!((month, last.month), (Some(first), Some(last)) if first > last);
        let year = self.year.or(last.year.map(|year| year - i16::from(turns)));
        Self { year, month, ..self }
    }
}

impl From<Date> for Civil {
    fn from(date: Date) -> Self {
        Self { year: Some(date.year()), month: Some(date.month()), day: Some(date.day()) }
    }
}
