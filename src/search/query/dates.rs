//! Periods as people type them, read by the grammar of dates; a whole year or month is printed short.

use jiff::civil::Date;

use crate::lang::dates::{self, Context};
use crate::lang::words::{Spelling, meaning};

/// Whether a word names a month.
pub fn is_month(word: &str) -> bool {
    meaning(word).and_then(|word| word.month(&[])).is_some_and(|name| name.spelling != Spelling::Roman)
}

/// First and last day of what is written.
pub fn period(text: &str) -> Option<(Option<Date>, Option<Date>)> {
    dates::period(text, &Context::default()).map(|(first, last)| (Some(first), Some(last)))
}

/// A whole year or month as it is written short.
pub fn text((first, last): (Option<Date>, Option<Date>)) -> Option<String> {
    let (first, last) = (first?, last?);
    let month = format!("{:04}-{:02}", first.year(), first.month());
    [format!("{:04}", first.year()), month].into_iter().find(|text| period(text) == Some((Some(first), Some(last))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Option<String> {
        period(text).map(|(first, last)| format!("{}..{}", first.unwrap(), last.unwrap()))
    }

    #[test]
    fn periods_reach_from_their_first_day_to_their_last() {
        for (text, meant) in [
            ("2011", "2011-01-01..2011-12-31"),
            ("2012-02", "2012-02-01..2012-02-29"),
            ("2011-03-15", "2011-03-15..2011-03-15"),
            ("15. 3. 2011", "2011-03-15..2011-03-15"),
            ("15. března 2011", "2011-03-15..2011-03-15"),
            ("březen 2011", "2011-03-01..2011-03-31"),
            ("v červenci 2011", ""),
            ("červenci 2011", "2011-07-01..2011-07-31"),
            ("června 2011", "2011-06-01..2011-06-30"),
            ("marca 2012", "2012-03-01..2012-03-31"),
            ("květen až červen 2012", "2012-05-01..2012-06-30"),
            ("3/2011", "2011-03-01..2011-03-31"),
            ("2011-13", ""),
            ("2011-02-30", ""),
            ("brzy", ""),
        ] {
            assert_eq!(shown(text).unwrap_or_default(), meant, "{text}");
        }
    }
}
