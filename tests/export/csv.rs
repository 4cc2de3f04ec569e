//! CSV by the letter of RFC 4180, read by a strict reader written for this test, and as a spreadsheet sees it.

use proptest::prelude::*;
use serde_json::{Value, json};
use twindex::export::{COLUMNS, Dialect, Format, Table};
use twindex::record::Record;

use super::{bare, exported, full};

/// Rows of a file as §2 of the RFC has it; anything else is a fault.
fn strict(text: &str, separator: char) -> Result<Vec<Vec<String>>, String> {
    let mut chars = text.chars().peekable();
    let (mut rows, mut row) = (Vec::new(), Vec::new());
    while chars.peek().is_some() {
        let mut cell = String::new();
        if chars.next_if_eq(&'"').is_some() {
            loop {
                match chars.next() {
                    Some('"') if chars.next_if_eq(&'"').is_some() => cell.push('"'),
                    Some('"') => break,
                    Some(char) => cell.push(char),
                    None => return Err("a quoted cell has no end".into()),
                }
            }
        } else {
            while let Some(char) = chars.next_if(|char| *char != separator && !matches!(char, '\r' | '\n')) {
                if char == '"' {
                    return Err(format!("a quote inside a bare cell {cell:?}"));
                }
                cell.push(char);
            }
        }
        row.push(cell);
        match chars.next() {
            Some(char) if char == separator => {}
            Some('\r') if chars.next_if_eq(&'\n').is_some() => rows.push(std::mem::take(&mut row)),
            other => return Err(format!("{other:?} after cell {:?}", row.last())),
        }
    }
    if row.is_empty() { Ok(rows) } else { Err("the last line has no end".into()) }
}

fn rfc() -> Format {
    Format::Csv(Table::default())
}

fn excel() -> Format {
    Format::Csv(Table { dialect: Dialect::CzechExcel, ..Table::default() })
}

/// The one row under the header, by column.
fn row(record: &Record, format: &Format, separator: char) -> Vec<(&'static str, String)> {
    let text = exported(format, std::slice::from_ref(record), None);
    let rows = strict(text.trim_start_matches('\u{feff}'), separator).unwrap_or_else(|fault| panic!("{fault} in\n{text}"));
    let [header, row] = &rows[..] else { panic!("a header and a row: {rows:?}") };
    let names: Vec<&str> = COLUMNS.iter().map(|column| column.name).collect();
    assert_eq!(*header, names);
    assert_eq!(row.len(), names.len());
    names.into_iter().zip(row.iter().cloned()).collect()
}

fn cell(row: &[(&'static str, String)], name: &str) -> String {
    row.iter().find(|(column, _)| *column == name).unwrap_or_else(|| panic!("no column {name}")).1.clone()
}

/// What a spreadsheet takes for a formula (OWASP, "CSV Injection").
fn runs(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// Texts with the characters that break careless writers.
fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[=+@;,\"'\r\n\t a-c-]{0,12}", any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_comes_back(title in text(), summary in text(), body in text(), url in text()) {
        let record = Record { summary: Some(summary.clone()), body: Some(body.clone()), url: url.clone(), ..bare(&title) };
        for (format, separator) in [(rfc(), ','), (excel(), ';')] {
            let row = row(&record, &format, separator);
            for (name, want) in [("title", &title), ("summary", &summary), ("body", &body), ("url", &url)] {
                let got = cell(&row, name);
                prop_assert!(!runs(&got), "{name}: a spreadsheet would run {got:?}");
                let neutral = if runs(want) { format!("'{want}") } else { want.clone() };
                prop_assert_eq!(got, neutral);
            }
        }
    }
}

#[test]
fn numbers_and_dates_stay_what_they_are() {
    let row = row(&full(), &rfc(), ',');
    for (name, want) in [
        ("published", "2026-03-01"),
        ("lat", "37.131"),
        ("lon", "-8.451"),
        ("population", "26000"),
        ("population_qualifier", "about"),
        ("wanted_population_max", "30000"),
        ("wanted_similar_size", "true"),
        ("seekers", "Tavira (PT); Nikde (PT)"),
        ("geonames_ids", "2742611"),
        ("themes", "culture; eu_funds"),
        ("events", "2026-06-01/2026-06-03"),
        ("deadlines", "2026-04-30"),
        ("phones", "+351281320500"),
        ("seekers_as_written", "Tavira; Nikde"),
        ("page_digest", "sha1:ABC"),
        ("page_captured", super::CAPTURED),
        ("body", "První odstavec.\n\nDruhý, s čárkou."),
        ("gone_since", "2026-03-03T12:00:00Z"),
    ] {
        assert_eq!(cell(&row, name), want, "{name}");
    }
}

#[test]
fn what_is_not_known_is_an_empty_cell() {
    let row = row(&bare("x"), &rfc(), ',');
    for name in ["published", "summary", "body", "kind", "seekers", "lat", "population", "wanted_population_min", "events", "gone_since"] {
        assert_eq!(cell(&row, name), "", "{name}");
    }
}

#[test]
fn excel_gets_its_mark_and_its_separator() {
    assert!(exported(&excel(), &[full()], None).starts_with("\u{feff}id;source;published;"));
    assert!(exported(&rfc(), &[full()], None).starts_with("id,source,published,"));
    assert_eq!(exported(&rfc(), &[], None).matches("\r\n").count(), 1, "an empty export still has its header");
}

#[test]
fn excel_in_czech_gets_its_numbers_and_times() {
    let row = row(&full(), &excel(), ';');
    for (name, want) in [("lat", "37,131"), ("lon", "-8,451"), ("gone_since", "2026-03-03 12:00:00"), ("phones", "+351281320500")] {
        assert_eq!(cell(&row, name), want, "{name}");
    }
}

#[test]
fn a_number_that_is_none_is_not_run() {
    let mut record = full();
    record.facts.contacts.phones = vec!["+420 1".into(), "+1".into()];
    assert_eq!(cell(&row(&record, &rfc(), ','), "phones"), "'+420 1; +1");
    record.facts.contacts.phones = vec!["+420123456789".into(), "+421123456789".into()];
    assert_eq!(cell(&row(&record, &rfc(), ','), "phones"), "+420123456789; +421123456789");
}

#[test]
fn columns_are_those_asked_for_and_the_mark_is_optional() {
    let columns = ["title", "id"].map(|name| COLUMNS.iter().find(|column| column.name == name).expect("a column"));
    let table = Table { byte_order_mark: true, columns: columns.to_vec(), ..Table::default() };
    assert_eq!(exported(&Format::Csv(table), &[bare("x")], None), "\u{feff}title,id\r\nx,zkouska/undated\r\n");
}

#[test]
fn the_description_fits_the_file() {
    for format in [rfc(), excel()] {
        let (_, counts) = super::written(&format, &[full(), bare("x")], None);
        let described = format.description(&super::metadata(Some("Tavira")), counts, "f.csv", "abc");
        assert_eq!(described["@context"][0], "http://www.w3.org/ns/csvw");
        assert_eq!(
            (&described["url"], &described["schema:sha256"], &described["schema:numberOfItems"]),
            (&json!("f.csv"), &json!("abc"), &json!(2))
        );
        let columns = described["tableSchema"]["columns"].as_array().expect("columns");
        let names: Vec<&str> = columns.iter().filter_map(|column| column["name"].as_str()).collect();
        assert_eq!(names, COLUMNS.iter().map(|column| column.name).collect::<Vec<_>>());
        let of = |name: &str| columns.iter().find(|column| column["name"] == name).expect("a column");
        assert_eq!(of("themes")["separator"], "; ");
        assert_eq!(of("published")["datatype"], "date");
        assert_eq!(of("title")["separator"], Value::Null);
    }
}
