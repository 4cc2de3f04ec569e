//! A database for SQLite and Datasette: tidy tables, an index of words (FTS5, without diacritics) and views for people.
//!
//! `data/sqlite.sql` holds the tables and says what each column means. The database is made in a temporary file and handed on
//! when it is whole. It is an export of its own; the archive's tables are no concern of this file.

use std::fs::File;
use std::io::{self, Write};

use rusqlite::{Connection, ToSql, params};
use tempfile::TempPath;

use super::xlsx::place_name;
use super::{Counts, Exported, Metadata, RecordWriter, name};
use crate::record::{Facts, Record};

const TABLES: &str = include_str!("data/sqlite.sql");
const END: &str = include_str!("data/sqlite-end.sql");
/// Nobody else sees the file, and one that is not finished is thrown away.
const UNSHARED: &str = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;";

pub(super) struct Sqlite<'a> {
    metadata: &'a Metadata,
    out: &'a mut dyn Write,
    file: Option<(Connection, TempPath)>,
    count: u64,
}

impl<'a> Sqlite<'a> {
    pub fn new(metadata: &'a Metadata, out: &'a mut dyn Write) -> Self {
        Self { metadata, out, file: None, count: 0 }
    }

    fn sql(&self) -> io::Result<&Connection> {
        self.file.as_ref().map(|(sql, _)| sql).ok_or_else(|| io::Error::other("not begun"))
    }

    fn describe(&self) -> io::Result<()> {
        for (name, value) in self.metadata.json().as_object().into_iter().flatten() {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            insert(self.sql()?, "metadata", params![name, value])?;
        }
        Ok(())
    }
}

impl RecordWriter for Sqlite<'_> {
    fn begin(&mut self) -> io::Result<()> {
        let path = tempfile::NamedTempFile::new()?.into_temp_path();
        let sql = Connection::open(&path).map_err(fault)?;
        sql.execute_batch(UNSHARED).and_then(|()| sql.execute_batch(TABLES)).map_err(fault)?;
        self.file = Some((sql, path));
        self.describe()
    }

    fn record(&mut self, exported: &Exported) -> io::Result<()> {
        let sql = self.sql()?;
        entry(sql, exported)?;
        lists(sql, &exported.record)?;
        facts(sql, &exported.record.id.0, &exported.record.facts)?;
        for version in &exported.versions {
            let seen = version.changed_at.map(|at| at.to_string());
            let published = version.published.map(|day| day.to_string());
            let row =
                params![version.id.0, version.version, seen, published, version.title, version.summary, version.body, version.page.digest];
            insert(sql, "versions", row)?;
        }
        self.count += 1;
        Ok(())
    }

    fn end(&mut self) -> io::Result<Counts> {
        insert(self.sql()?, "metadata", params!["records", self.count.to_string()])?;
        self.sql()?.execute_batch(END).map_err(fault)?;
        if let Some((sql, path)) = self.file.take() {
            sql.close().map_err(|(_, error)| fault(error))?;
            io::copy(&mut File::open(&path)?, self.out)?;
        }
        Ok(Counts::of(self.count))
    }
}

fn entry(sql: &Connection, exported: &Exported) -> io::Result<()> {
    let Record { facts, page, .. } = &exported.record;
    let record = &exported.record;
    let time = |at: Option<jiff::Timestamp>| at.map(|at| at.to_string());
    let row = params![
        record.id.0,
        record.source,
        record.published.map(|day| day.to_string()),
        record.title,
        record.summary,
        record.body,
        facts.lang,
        facts.kind.map(name),
        facts.population.map(|population| population.value.cast_signed()),
        facts.population.map(|population| name(population.qualifier)),
        facts.wanted.population_min.map(u64::cast_signed),
        facts.wanted.population_max.map(u64::cast_signed),
        facts.wanted.similar_size,
        record.url,
        record.listing,
        record.version,
        time(record.changed_at),
        record.first_seen.to_string(),
        record.last_seen.to_string(),
        time(record.gone_since),
        time(exported.captured),
        page.digest,
        page.warc,
        page.offset.cast_signed(),
    ];
    insert(sql, "entries", row)
}

/// Addresses and documents.
fn lists(sql: &Connection, record: &Record) -> io::Result<()> {
    let id = &record.id.0;
    for alias in &record.aliases {
        insert(sql, "aliases", params![id, alias])?;
    }
    for (number, document) in (1_u32..).zip(&record.attachments) {
        let bytes = document.bytes.map(u64::cast_signed);
        insert(sql, "attachments", params![id, number, document.url, document.title, document.media_type, bytes, document.text])?;
    }
    Ok(())
}

fn facts(sql: &Connection, id: &str, facts: &Facts) -> io::Result<()> {
    for (number, place) in (1_u32..).zip(&facts.places) {
        let row = params![
            id,
            number,
            name(place.role),
            place.as_written,
            place.name,
            place.name_cs,
            place.name_local,
            place.country,
            place.geonames_id,
            place.lat,
            place.lon
        ];
        insert(sql, "places", row)?;
    }
    for (side, countries) in [("seeking", &facts.countries), ("wanted", &facts.wanted.countries)] {
        countries.iter().try_for_each(|country| insert(sql, "countries", params![id, side, country]))?;
    }
    facts.themes.iter().try_for_each(|theme| insert(sql, "themes", params![id, name(theme)]))?;
    for found in &facts.dates {
        let row = params![id, name(found.role), found.date.to_string(), found.end.map(|day| day.to_string())];
        insert(sql, "dates", row)?;
    }
    let contacts = &facts.contacts;
    for (kind, values) in [("email", &contacts.emails), ("phone", &contacts.phones), ("url", &contacts.urls)] {
        values.iter().try_for_each(|value| insert(sql, "contacts", params![id, kind, value]))?;
    }
    for found in &facts.evidence {
        let row = params![id, found.field, found.text, place_name(found.place), found.start, found.end, found.rule, name(found.certainty)];
        insert(sql, "evidence", row)?;
    }
    Ok(())
}

/// A row; what a list says twice stands once where the table wants it so.
fn insert(sql: &Connection, table: &str, values: &[&dyn ToSql]) -> io::Result<()> {
    let placeholders = vec!["?"; values.len()].join(", ");
    let mut row = sql.prepare_cached(&format!("INSERT OR IGNORE INTO {table} VALUES ({placeholders})")).map_err(fault)?;
    row.execute(values).map(drop).map_err(fault)
}

fn fault(error: rusqlite::Error) -> io::Error {
    io::Error::other(error)
}
