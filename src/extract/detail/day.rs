//! What the detail reader asks of dates: is this line a date of publication, and which day is it.

use jiff::civil::Date;

use super::labels;

/// The day, if the line is nothing but a date with a label or a time of day around it.
pub fn line(text: &str, seen: Date) -> Option<Date> {
    let text = text.trim();
    if text.chars().count() > 120 {
        return None;
    }
    let digit = text.find(|char: char| char.is_ascii_digit())?;
    let (label, rest) = text.split_at(digit);
    let label = label.trim();
    if !(label.is_empty() || labels::names_meta(label) || label.ends_with(':') && label.chars().count() < 20) {
        return None;
    }
    let mut numbers = rest.split(|char: char| !char.is_ascii_digit()).filter(|part| !part.is_empty());
    let first = numbers.next()?;
    let (second, third) = (numbers.next()?, numbers.next()?);
    let (day, month, year) = if first.len() == 4 { (third, second, first) } else { (first, second, third) };
    let letters = rest.chars().filter(|char| char.is_alphabetic()).count();
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    (letters == 0 && year.len() == 4 && date <= seen.tomorrow().unwrap_or(seen)).then_some(date)
}

/// The calendar day of an ISO 8601 date or date and time, as written.
pub fn iso(text: &str) -> Option<Date> {
    text.trim().get(..10)?.parse().ok()
}
