//! Records as a table that fits the terminal.

use comfy_table::{CellAlignment, ContentArrangement, Table, presets};

use super::output::{Output, clean, terminal};
use crate::record::{Kind, PlaceRole, Qualifier, Record};

/// A row a record: day, kind, seeking side, inhabitants, title.
pub fn records(records: &[Record], out: &mut Output) -> anyhow::Result<()> {
    let mut table = plain(&["published", "kind", "who", "inhabitants", "title"]);
    for record in records {
        table.add_row([
            record.published.map_or_else(|| "undated".to_owned(), |date| date.to_string()),
            record.facts.kind.map(kind).unwrap_or_default().to_owned(),
            clean(&who(record)),
            population(record),
            clean(&record.title),
        ]);
    }
    if let Some(column) = table.column_mut(3) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    out.line(format_args!("{table}"))
}

/// A table without frames that wraps at the terminal's width.
pub fn plain(header: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic).set_width(terminal().clamp(40, 140) as u16);
    table.set_header(header);
    table
}

/// The kind in a person's words.
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::PartnerSearch => "partner search",
        Kind::PartnerList => "partner list",
        Kind::Project => "project",
        Kind::Event => "event",
        Kind::Funding => "funding",
        Kind::Guide => "guide",
        Kind::News => "news",
    }
}

/// The seeking places with their countries.
pub fn who(record: &Record) -> String {
    let seekers: Vec<&str> = record.facts.places.iter().filter(|p| p.role == PlaceRole::Seeker).map(|p| p.as_written.as_str()).collect();
    match (seekers.is_empty(), record.facts.countries.join(", ")) {
        (true, countries) => countries,
        (false, countries) if countries.is_empty() => seekers.join(", "),
        (false, countries) => format!("{} ({countries})", seekers.join(", ")),
    }
}

/// Inhabitants as people write them, with the qualifier's sign.
pub fn population(record: &Record) -> String {
    record.facts.population.map_or_else(String::new, |population| {
        let sign = match population.qualifier {
            Qualifier::Exact => "",
            Qualifier::About => "~",
            Qualifier::MoreThan => ">",
            Qualifier::LessThan => "<",
        };
        format!("{sign}{}", thousands(population.value))
    })
}

/// `1 entry`, `3 entries`.
pub fn number(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", thousands(count), if count == 1 { one } else { many })
}

/// `12500` as `12 500`, with no-break spaces.
pub fn thousands(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push('\u{a0}');
        }
        out.push(digit);
    }
    out
}
