//! The formats: what each is called, its media type and ending, and who writes it.

use std::io::Write;

use serde_json::Value;

use super::citation::{Bibtex, CslJson, Iso690, Ris};
use super::{Counts, Metadata, RecordWriter, Table};
use super::{atom, geojson, jsonfeed, jsonl, jsonld, sqlite, table, xlsx};

/// What records are written as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Format {
    /// One record a line, as `schema` describes it.
    Jsonl,
    /// A header and a row a record (RFC 4180).
    Csv(Table),
    /// A workbook for spreadsheets: entries, places, facts.
    Xlsx,
    /// A database for SQLite and Datasette.
    Sqlite,
    /// A feature a seeking place (RFC 7946), WGS 84.
    Geojson,
    /// A feed (RFC 4287), in the order given.
    Atom,
    /// A feed of `jsonfeed.org`, version 1.1.
    Jsonfeed,
    /// A bibliography in Czech after ČSN ISO 690:2022, a line a record.
    Iso690,
    /// For biblatex and BibTeX.
    Bibtex,
    /// For reference managers, tagged lines.
    Ris,
    /// Linked data: JSON-LD 1.1, schema.org, SKOS.
    Jsonld,
    /// For Zotero, pandoc and other citation processors of CSL 1.0.2.
    CslJson,
}

impl Format {
    /// IANA's name of the format where it has one.
    pub fn media_type(&self) -> &'static str {
        match self {
            Self::Jsonl => "application/jsonl; charset=utf-8",
            Self::Csv(_) => "text/csv; charset=utf-8; header=present",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Sqlite => "application/vnd.sqlite3",
            Self::Geojson => "application/geo+json",
            Self::Atom => "application/atom+xml; charset=utf-8",
            Self::Jsonfeed => "application/feed+json",
            Self::Iso690 => "text/plain; charset=utf-8",
            Self::Bibtex => "application/x-bibtex; charset=utf-8",
            Self::Ris => "application/x-research-info-systems; charset=utf-8",
            Self::Jsonld => "application/ld+json",
            Self::CslJson => "application/vnd.citationstyles.csl+json",
        }
    }

    /// How the name of a file of it ends.
    pub fn extension(&self) -> &'static str {
        match self {
            Self::Jsonl => "jsonl",
            Self::Csv(_) => "csv",
            Self::Xlsx => "xlsx",
            Self::Sqlite => "sqlite",
            Self::Geojson => "geojson",
            Self::Atom => "atom",
            Self::Jsonfeed => "feed.json",
            Self::Iso690 => "txt",
            Self::Bibtex => "bib",
            Self::Ris => "ris",
            Self::Jsonld => "jsonld",
            Self::CslJson => "csl.json",
        }
    }

    /// Whether it has a place for the older versions of a record.
    pub fn wants_versions(&self) -> bool {
        matches!(self, Self::Sqlite)
    }

    /// What goes beside a file of it: CSV on the Web for a table, else licences, query and counts.
    pub fn description(&self, metadata: &Metadata, counts: Counts, file: &str, sha256: &str) -> Value {
        match self {
            Self::Csv(table) => table.description(metadata, counts, file, sha256),
            _ => metadata.beside(counts, file, sha256),
        }
    }

    /// Who writes it.
    pub fn writer<'a>(&'a self, metadata: &'a Metadata, out: &'a mut dyn Write) -> Box<dyn RecordWriter + 'a> {
        match self {
            Self::Jsonl => Box::new(jsonl::Jsonl::new(out)),
            Self::Csv(columns) => Box::new(table::Csv::new(columns, out)),
            Self::Xlsx => Box::new(xlsx::Xlsx::new(metadata, out)),
            Self::Sqlite => Box::new(sqlite::Sqlite::new(metadata, out)),
            Self::Geojson => Box::new(geojson::Geojson::new(metadata, out)),
            Self::Atom => Box::new(atom::Atom::new(metadata, out)),
            Self::Jsonfeed => Box::new(jsonfeed::Jsonfeed::new(metadata, out)),
            Self::Iso690 => Box::new(Iso690::new(metadata, out)),
            Self::Bibtex => Box::new(Bibtex::new(metadata, out)),
            Self::Ris => Box::new(Ris::new(metadata, out)),
            Self::Jsonld => Box::new(jsonld::Jsonld::new(metadata, out)),
            Self::CslJson => Box::new(CslJson::new(metadata, out)),
        }
    }
}
