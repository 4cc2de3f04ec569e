//! Exports: a record of any words is read back by readers of others, in each format of text, and no cell is a formula.
#![no_main]

use libfuzzer_sys::fuzz_target;
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;
use twindex::export::{COLUMNS, Dialect, Exported, Format, Metadata, Table, write};
use twindex::record::{Contacts, Facts, PageRef, Record, RecordId};

fuzz_target!(|words: &str| {
    let record = record(words);
    csv(&record, Table::default(), b',');
    csv(&record, Table { dialect: Dialect::CzechExcel, ..Table::default() }, b';');
    atom(&record);
    for format in [Format::Jsonl, Format::Geojson, Format::Jsonld, Format::Jsonfeed, Format::CslJson] {
        let text = written(&format, &record);
        assert!(serde_json::from_str::<Value>(&text).is_ok(), "{text}");
    }
    assert_eq!(written(&Format::Iso690, &record).lines().count(), 1);
    for line in written(&Format::Ris, &record).split_terminator("\r\n") {
        assert!(line.get(2..6) == Some("  - ") && !line.contains(['\r', '\n']), "{line:?}");
    }
    braces(&written(&Format::Bibtex, &record));
});

/// The words, cut at their control characters, as the fields of a record.
fn record(words: &str) -> Record {
    let mut parts = words.split('\u{1}');
    let mut next = || parts.next().unwrap_or_default().to_owned();
    let seen = jiff::Timestamp::UNIX_EPOCH;
    Record {
        title: next(),
        summary: Some(next()),
        body: Some(next()),
        url: next(),
        id: RecordId(next()),
        source: next(),
        aliases: vec![next()],
        listing: next(),
        published: None,
        facts: Facts {
            countries: vec![next()],
            contacts: Contacts { emails: vec![next()], phones: vec![next()], urls: vec![next()] },
            ..Facts::default()
        },
        attachments: Vec::new(),
        version: 1,
        changed_at: None,
        first_seen: seen,
        last_seen: seen,
        gone_since: words.len().is_multiple_of(5).then_some(seen),
        page: PageRef::default(),
    }
}

fn written(format: &Format, record: &Record) -> String {
    let mut out = Vec::new();
    let metadata = Metadata { query: Some(record.title.clone()), feed_url: Some(record.url.clone()), ..Metadata::default() };
    let records = [Ok::<_, std::io::Error>(Exported::from(record.clone()))];
    let counts = write(format, records.into_iter(), &metadata, &mut out).expect("written");
    assert_eq!(counts.records, 1);
    String::from_utf8(out).expect("UTF-8")
}

fn csv(record: &Record, table: Table, separator: u8) {
    let text = written(&Format::Csv(table), record);
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    assert_eq!(reader.headers().expect("a header").len(), COLUMNS.len());
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("rows");
    assert_eq!(rows.len(), 1);
    for (column, cell) in COLUMNS.iter().zip(&rows[0]) {
        let said = match column.name {
            "title" => &record.title,
            "url" => &record.url,
            "summary" => record.summary.as_ref().expect("a summary"),
            "body" => record.body.as_ref().expect("a body"),
            _ => continue,
        };
        assert!(!runs(cell), "a spreadsheet would run {cell:?}");
        assert_eq!(cell, if runs(said) { format!("'{said}") } else { said.clone() });
    }
}

/// What a spreadsheet takes for a formula.
fn runs(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// Well-formed, of characters that XML 1.0 has, and with the title that the record has.
fn atom(record: &Record) {
    let xml = written(&Format::Atom, record);
    assert!(xml.chars().all(|c| matches!(c, '\t' | '\n' | '\r') || (c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}'))), "{xml:?}");
    let mut reader = Reader::from_str(&xml);
    reader.config_mut().check_end_names = true;
    let mut open = 0_usize;
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(tag) => {
                open += 1;
                assert!(tag.attributes().all(|attribute| attribute.is_ok()));
            }
            Event::Empty(tag) => assert!(tag.attributes().all(|attribute| attribute.is_ok())),
            Event::End(_) => open -= 1,
            Event::GeneralRef(name) => assert!(matches!(&*name, "lt" | "gt" | "amp" | "quot" | "apos") || name.resolve_char_ref().is_ok()),
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open, 0);
}

/// Braces close, or the rest of the bibliography would be part of this entry.
fn braces(entry: &str) {
    let (mut depth, mut escaped) = (0_i32, false);
    for char in entry.chars() {
        depth += match char {
            '{' if !escaped => 1,
            '}' if !escaped => -1,
            _ => 0,
        };
        assert!(depth >= 0, "{entry}");
        escaped = char == '\\' && !escaped;
    }
    assert_eq!(depth, 0, "{entry}");
}
