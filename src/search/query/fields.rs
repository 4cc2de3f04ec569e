//! The fields of the query language: their names, in English and Czech, and which the next word belongs to.
//!
//! The rows stand in `data/fields.tsv`, with what each asks and an example. What their values mean is in `values`.

use std::sync::LazyLock;

use super::dates;
use super::tree::Part;
use crate::search::analysis::fold;
use crate::search::edit_distance;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldName {
    Part(Part),
    Near,
    Region,
    Country,
    WantedCountry,
    Kind,
    Theme,
    Population,
    Wanted,
    Date,
    Event,
    Deadline,
    Seen,
    Gone,
    Version,
    Contact,
    Has,
    Certainty,
    Lang,
    Source,
    Url,
    Id,
}

/// In the order of the rows.
const ORDER: [FieldName; 25] = [
    FieldName::Part(Part::Title),
    FieldName::Part(Part::Text),
    FieldName::Part(Part::Attachment),
    FieldName::Part(Part::Place),
    FieldName::Near,
    FieldName::Region,
    FieldName::Country,
    FieldName::WantedCountry,
    FieldName::Kind,
    FieldName::Theme,
    FieldName::Population,
    FieldName::Wanted,
    FieldName::Date,
    FieldName::Event,
    FieldName::Deadline,
    FieldName::Seen,
    FieldName::Gone,
    FieldName::Version,
    FieldName::Contact,
    FieldName::Has,
    FieldName::Certainty,
    FieldName::Lang,
    FieldName::Source,
    FieldName::Url,
    FieldName::Id,
];

/// A field as it is explained to people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldHelp {
    pub name: &'static str,
    /// Other names, folded.
    pub others: &'static str,
    pub asks: &'static str,
    pub example: &'static str,
}

static ROWS: LazyLock<Vec<FieldHelp>> =
    LazyLock::new(|| include_str!("../data/fields.tsv").lines().filter(|line| !line.starts_with('#')).filter_map(read).collect());

fn read(line: &'static str) -> Option<FieldHelp> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [name, others, asks, example] = cells[..] else { return None };
    Some(FieldHelp { name, others, asks, example })
}

/// Every field, in the order in which it is explained.
pub fn help() -> &'static [FieldHelp] {
    &ROWS
}

/// Letters of a name that is known with a slip, too.
const SHORTEST: usize = 5;

pub fn named(written: &str) -> Option<FieldName> {
    let written = fold(written);
    at(|name| name == written)
}

/// The field whose name differs by one slip; a short name could be any word.
pub fn nearly(written: &str) -> Option<FieldName> {
    let written = fold(written);
    at(|name| name.chars().count() >= SHORTEST && edit_distance::within(&written, name, 1).is_some())
}

/// The field whose name is the nearest to what was written, if any is near enough to be meant.
pub fn nearest(written: &str) -> Option<FieldName> {
    let written = fold(written);
    let names = ORDER.iter().zip(ROWS.iter()).flat_map(|(field, row)| names(row).map(move |name| (*field, name)));
    edit_distance::nearest(&written, names)
}

fn at(is: impl Fn(&str) -> bool) -> Option<FieldName> {
    ORDER.iter().zip(ROWS.iter()).find(|(_, row)| names(row).any(&is)).map(|(field, _)| *field)
}

fn names(row: &'static FieldHelp) -> impl Iterator<Item = &'static str> {
    std::iter::once(row.name).chain(row.others.split(' ').filter(|name| !name.is_empty()))
}

pub fn canonical(field: FieldName) -> &'static str {
    ORDER.iter().position(|named| *named == field).and_then(|at| ROWS.get(at)).map_or("", |row| row.name)
}

/// Whether the next word still belongs to a value that was written with blanks: `15. 3. 2011`, `březen 2011`, `10 000`.
pub fn goes_on(field: FieldName, value: &str, next: &str) -> bool {
    let last = value.rsplit([' ', '<', '>', '=', ',']).next().unwrap_or_default();
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    match field {
        FieldName::Date | FieldName::Event | FieldName::Deadline | FieldName::Seen | FieldName::Gone => {
            if last.ends_with('.') && !last.ends_with("..") {
                return next.starts_with(|letter: char| letter.is_ascii_digit()) || dates::is_month(next);
            }
            dates::is_month(last) && digits(next, 4)
        }
        FieldName::Population | FieldName::Wanted => {
            let group = last.rsplit('.').next().unwrap_or_default();
            (1..=3).any(|count| digits(group, count)) && digits(next, 3)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_its_row() {
        assert_eq!(ROWS.len(), ORDER.len());
        for (field, row) in ORDER.iter().zip(ROWS.iter()) {
            assert_eq!((named(row.name), canonical(*field)), (Some(*field), row.name));
            let (name, _) = row.example.split_once(':').unwrap();
            assert_eq!(named(name), Some(*field), "{}", row.example);
        }
        assert_eq!(named("Země"), Some(FieldName::Country));
        assert_eq!(nearly("contry"), Some(FieldName::Country));
        assert_eq!(nearly("foo"), None);
        assert_eq!(nearest("populace"), Some(FieldName::Population));
        assert_eq!(nearest("xyzzy"), None);
    }
}
