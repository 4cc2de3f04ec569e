//! Dates and periods as people type them: ISO 8601, Czech figures and Czech month names in any case.

use jiff::civil::Date;

use crate::search::analysis::fold;

/// Folded stems with the endings of their cases.
const MONTHS: [(&str, &[&str]); 12] = [
    ("led", EN),
    ("unor", PLAIN),
    ("brez", EN),
    ("dub", EN),
    ("kvet", EN),
    ("cerv", EN),
    ("cerven", EC),
    ("srp", EN),
    ("zari", PLAIN),
    ("rij", EN),
    ("listopad", PLAIN),
    ("prosin", EC),
];
const EN: &[&str] = &["en", "na", "nu", "nem"];
const EC: &[&str] = &["ec", "ce", "ci", "cem"];
const PLAIN: &[&str] = &["", "a", "u", "em"];

/// The month that a Czech word names.
pub fn month(word: &str) -> Option<i8> {
    let word = fold(word);
    let named = |(stem, endings): &(&str, &[&str])| word.strip_prefix(stem).is_some_and(|ending| endings.contains(&ending));
    (1..).zip(MONTHS).find(|(_, month)| named(month)).map(|(number, _)| number)
}

/// First and last day of what is written.
pub fn period(text: &str) -> Option<(Option<Date>, Option<Date>)> {
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || matches!(c, '-' | '.' | '/')).filter(|word| !word.is_empty()).collect();
    let figure = |at: usize| words.get(at).and_then(|word| word.parse::<i16>().ok());
    let small = |at: usize| figure(at).and_then(|figure| i8::try_from(figure).ok());
    let year = |at: usize| figure(at).filter(|year| (1000..=9999).contains(year));
    let (year, month, day) = match words.len() {
        1 => (year(0)?, None, None),
        2 if year(0).is_some() => (year(0)?, Some(small(1)?), None),
        2 => (year(1)?, Some(small(0).or_else(|| month(words[0]))?), None),
        3 if year(0).is_some() => (year(0)?, Some(small(1)?), Some(small(2)?)),
        3 => (year(2)?, Some(small(1).or_else(|| month(words[1]))?), Some(small(0)?)),
        _ => return None,
    };
    let first = Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
    let last = match (month, day) {
        (None, _) => first.last_of_year(),
        (_, None) => first.last_of_month(),
        _ => first,
    };
    Some((Some(first), Some(last)))
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
            ("3/2011", "2011-03-01..2011-03-31"),
            ("2011-13", ""),
            ("2011-02-30", ""),
            ("brzy", ""),
        ] {
            assert_eq!(shown(text).unwrap_or_default(), meant, "{text}");
        }
    }
}
