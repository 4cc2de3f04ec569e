//! Workbooks and databases: the XML of Office Open XML, and tables that SQLite itself answers from.

use std::io::{Cursor, Read};

use jiff::civil::date;
use rusqlite::Connection;
use twindex::export::{COLUMNS, Format};
use twindex::record::Record;

use super::{bare, full, written};

/// A part of a workbook.
fn part(book: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(book)).expect("a ZIP file");
    let mut text = String::new();
    zip.by_name(name).unwrap_or_else(|error| panic!("{name}: {error}")).read_to_string(&mut text).expect("UTF-8");
    text
}

/// The XML of a cell.
fn cell<'a>(sheet: &'a str, name: &str) -> &'a str {
    let start = sheet.find(&format!("<c r=\"{name}\"")).unwrap_or_else(|| panic!("no cell {name}"));
    let rest = &sheet[start..];
    &rest[..rest.find("</c>").unwrap_or_else(|| panic!("{name} has no end"))]
}

/// The letters of a column of the first sheet.
fn letters(name: &str) -> String {
    let at = COLUMNS.iter().position(|column| column.name == name).expect("a column");
    let letter = |number: usize| char::from(b'A' + number as u8);
    if at < 26 { letter(at).to_string() } else { [letter(at / 26 - 1), letter(at % 26)].iter().collect() }
}

#[test]
fn a_workbook_has_real_days_numbers_and_links() {
    let (book, counts) = written(&Format::Xlsx, &[full(), bare("=1+1")], None);
    assert_eq!((counts.records, counts.shortened), (2, 0));
    for name in ["entries", "places", "facts"] {
        assert!(part(&book, "xl/workbook.xml").contains(&format!("name=\"{name}\"")), "no sheet {name}");
    }
    let sheet = part(&book, "xl/worksheets/sheet1.xml");
    for (column, value) in
        [("published", "<v>46082</v>"), ("population", "<v>26000</v>"), ("lat", "<v>37.131</v>"), ("lon", "<v>-8.451</v>")]
    {
        let cell = cell(&sheet, &format!("{}2", letters(column)));
        assert!(cell.ends_with(value) && !cell.contains("t=\"s\"") && !cell.contains("inlineStr"), "{column}: {cell}");
    }
    assert!(cell(&sheet, &format!("{}2", letters("wanted_similar_size"))).contains("t=\"b\""));
    let title = cell(&sheet, &format!("{}3", letters("title")));
    assert!(title.contains("inlineStr") && title.contains("=1+1") && !title.contains("<f>"), "a text is no formula: {title}");
    assert!(part(&book, "xl/worksheets/_rels/sheet1.xml.rels").contains("https://www.mesto.test/tavira"));
    assert!(part(&book, "xl/worksheets/sheet2.xml").contains("Nikde") && part(&book, "xl/worksheets/sheet3.xml").contains("places[0]"));
}

#[test]
fn what_no_cell_can_hold_is_cut_and_counted() {
    let record = Record { body: Some("🙂".repeat(20_000)), published: Some(date(1899, 5, 1)), ..bare("x") };
    let (book, counts) = written(&Format::Xlsx, &[record], None);
    assert_eq!((counts.records, counts.shortened), (1, 1));
    let sheet = part(&book, "xl/worksheets/sheet1.xml");
    assert_eq!(cell(&sheet, &format!("{}2", letters("body"))).matches('🙂').count(), 16_383);
    assert!(cell(&sheet, &format!("{}2", letters("published"))).contains("1899-05-01"), "before the days of spreadsheets");
}

fn database(records: &[Record]) -> (tempfile::NamedTempFile, Connection) {
    let (bytes, _) = written(&Format::Sqlite, records, Some("Tavira"));
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), bytes).expect("written");
    let sql = Connection::open(file.path()).expect("a database");
    (file, sql)
}

fn one(sql: &Connection, question: &str) -> String {
    sql.query_row(question, [], |row| row.get::<_, rusqlite::types::Value>(0))
        .map_or_else(|error| panic!("{question}: {error}"), |value| format!("{value:?}"))
}

#[test]
fn a_database_has_a_row_for_each_thing() {
    let (_file, sql) = database(&[full(), bare("x")]);
    for (table, rows) in [
        ("entries", 2),
        ("versions", 2),
        ("places", 2),
        ("countries", 2),
        ("themes", 2),
        ("dates", 2),
        ("contacts", 3),
        ("attachments", 1),
        ("aliases", 1),
        ("evidence", 2),
        ("partner_searches", 1),
        ("seekers", 2),
        ("years", 2),
        ("themes_by_decade", 2),
    ] {
        assert_eq!(one(&sql, &format!("SELECT count(*) FROM {table}")), format!("Integer({rows})"), "{table}");
    }
    for (question, want) in [
        ("SELECT title FROM entries_fts WHERE entries_fts MATCH 'hleda'", "Text(\"Tavira hledá partnera\")"),
        ("SELECT latitude FROM places WHERE number = 1", "Real(37.131)"),
        ("SELECT page_captured FROM entries WHERE population = 26000", "Text(\"2026-03-02T08:59:30Z\")"),
        ("SELECT seekers FROM partner_searches", "Text(\"Tavira, Nikde\")"),
        ("SELECT value FROM metadata WHERE name = 'query'", "Text(\"Tavira\")"),
        ("SELECT value FROM metadata WHERE name = 'records'", "Text(\"2\")"),
        ("SELECT found_in FROM evidence WHERE field = 'themes'", "Text(\"attachment 1\")"),
        ("PRAGMA integrity_check", "Text(\"ok\")"),
        ("SELECT count(*) FROM pragma_foreign_key_check", "Integer(0)"),
    ] {
        assert_eq!(one(&sql, question), want, "{question}");
    }
}
