//! The notices of a question over time: years, and months where a few years are asked; a click or a drag narrows.
//!
//! Refuses: notices without a date, which are counted beside it.

use std::ops::RangeInclusive;

use maud::{Markup, html};

use super::super::question::span;
use super::Asking;
use super::chart::{Bar, bars};
use crate::search::Answer;

/// Years that are shown by months.
const BY_MONTHS: i16 = 3;
/// Years of a chart: a date read wrongly would make thousands of empty bars.
const MOST: i16 = 120;

/// The years in a narrow strip above the list.
pub fn strip(asking: &Asking<'_>, answer: &Answer) -> Markup {
    let tongue = asking.tongue();
    let years = years(asking, answer);
    html! {
        @if years.len() > 1 {
            div.strip { (bars(&years, tongue.words().per_year, |count| tongue.notices(count))) }
        }
    }
}

/// Years and months, each with the same as a table.
pub fn view(asking: &Asking<'_>, answer: &Answer) -> Markup {
    let (tongue, words) = (asking.tongue(), asking.tongue().words());
    let months = months(asking, answer);
    let dated: u64 = answer.facets.year.iter().map(|(_, count)| count).sum();
    let undated = (answer.total as u64).saturating_sub(dated);
    let drawn = |name: &str, values: &[Bar]| {
        html! {
            section.span {
                h2 { (name) }
                (bars(values, name, |count| tongue.notices(count)))
                details {
                    summary { (words.as_table) }
                    table {
                        thead { tr { th scope="col" { (words.span) } th.n scope="col" { (words.count) } } }
                        tbody {
                            @for bar in values {
                                tr { th scope="row" { a href=(bar.href) { (bar.label) } } td.n { (tongue.number(bar.count)) } }
                            }
                        }
                    }
                }
            }
        }
    };
    html! {
        p.hint { (words.drag_hint) }
        (drawn(words.per_year, &years(asking, answer)))
        @if !months.is_empty() { (drawn(words.per_month, &months)) }
        @if undated > 0 { p.hint { (words.undated) ": " (tongue.number(undated)) } }
    }
}

fn years(asking: &Asking<'_>, answer: &Answer) -> Vec<Bar> {
    let counts = &answer.facets.year;
    span_of_years(counts).map(|year| bar(asking, format!("{year:04}"), format!("{year}"), counts)).collect()
}

/// The years from the first to the last that have notices, as far back as is drawn.
pub fn span_of_years(counts: &[(String, u64)]) -> RangeInclusive<i16> {
    let year = |at: Option<&(String, u64)>| at.and_then(|(year, _)| year.parse::<i16>().ok());
    match (year(counts.first()), year(counts.last())) {
        (Some(first), Some(last)) => first.max(last.saturating_sub(MOST))..=last,
        _ => RangeInclusive::new(1, 0),
    }
}

fn months(asking: &Asking<'_>, answer: &Answer) -> Vec<Bar> {
    let (question, counts) = (&asking.question, &answer.facets.month);
    let year = |key: &str| key.get(..4).and_then(|year| year.parse::<i16>().ok());
    let found = counts.first().and_then(|(key, _)| year(key)).zip(counts.last().and_then(|(key, _)| year(key)));
    let asked = span(&question.from).zip(span(&question.to)).map(|(from, to)| (from.0.year(), to.1.year()));
    let Some((first, last)) = asked.or(found).filter(|(first, last)| (0..BY_MONTHS).contains(&(last - first))) else { return Vec::new() };
    let keys = (first..=last).flat_map(|year| (1..=12).map(move |month| (format!("{year:04}-{month:02}"), format!("{month}/{year}"))));
    keys.map(|(key, label)| bar(asking, key, label, counts)).collect()
}

/// A bar that narrows to its span, or, where that is in force, widens again.
fn bar(asking: &Asking<'_>, key: String, label: String, counts: &[(String, u64)]) -> Bar {
    let question = &asking.question;
    let in_force = question.from == key && question.to == key;
    let href = question.with(|other| {
        for end in [&mut other.from, &mut other.to] {
            if in_force { end.clear() } else { key.clone_into(end) }
        }
    });
    let count = counts.iter().find(|(known, _)| *known == key).map_or(0, |(_, count)| *count);
    Bar { label, count, href: href.href(asking.tongue()), in_force, key }
}
