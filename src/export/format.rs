//! The formats, once for the command line, the pages and the folders: what each is called, its media type and ending, and who
//! writes it. Refuses: captures, which are no records.

use std::io::Write;

use serde_json::Value;

use super::citation::{BIBTEX, Bibliography, CSL_JSON, ISO690, RIS};
#[cfg(feature = "parquet")]
use super::parquet;
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
    /// Columns of Apache Parquet, lists as lists.
    #[cfg(feature = "parquet")]
    Parquet,
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

/// How a format is offered.
struct Offer {
    key: &'static str,
    label: &'static str,
    about: &'static str,
    media_type: &'static str,
    extension: &'static str,
}

const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

impl Format {
    /// Those of citations.
    pub const CITATIONS: [Self; 4] = [Self::Iso690, Self::Bibtex, Self::Ris, Self::CslJson];

    /// All of them, in the order in which they are offered; the table with every column, by the RFC.
    pub fn all() -> impl Iterator<Item = Self> {
        let data = [Self::Csv(Table::default()), Self::Xlsx, Self::Sqlite, Self::Jsonl, Self::Geojson, Self::Jsonld];
        #[cfg(feature = "parquet")]
        let data = data.into_iter().chain([Self::Parquet]);
        data.into_iter().chain(Self::CITATIONS).chain([Self::Atom, Self::Jsonfeed])
    }

    /// As options and addresses have it.
    pub fn key(&self) -> &'static str {
        self.offer().key
    }

    /// As people call it.
    pub fn label(&self) -> &'static str {
        self.offer().label
    }

    /// What it holds, for whom.
    pub fn about(&self) -> &'static str {
        self.offer().about
    }

    /// IANA's name of the format where it has one.
    pub fn media_type(&self) -> &'static str {
        self.offer().media_type
    }

    /// How the name of a file of it ends.
    pub fn extension(&self) -> &'static str {
        self.offer().extension
    }

    fn offer(&self) -> Offer {
        let (key, label, about, media_type, extension) = match self {
            Self::Jsonl => ("jsonl", "JSON Lines", "One record a line, as JSON", "application/jsonl; charset=utf-8", "jsonl"),
            Self::Csv(_) => ("csv", "CSV", "One row a record (RFC 4180)", "text/csv; charset=utf-8; header=present", "csv"),
            Self::Xlsx => ("xlsx", "Excel", "A workbook of entries, places and facts, for spreadsheets", WORKBOOK, "xlsx"),
            Self::Sqlite => {
                ("sqlite", "SQLite", "A database of tidy tables, for SQLite and Datasette", "application/vnd.sqlite3", "sqlite")
            }
            #[cfg(feature = "parquet")]
            Self::Parquet => {
                ("parquet", "Parquet", "Columns for pandas, R and DuckDB, lists as lists", "application/vnd.apache.parquet", "parquet")
            }
            Self::Geojson => ("geojson", "GeoJSON", "One feature a seeking place, for maps (RFC 7946)", "application/geo+json", "geojson"),
            Self::Jsonld => ("jsonld", "JSON-LD", "Linked data: schema.org, themes as SKOS (JSON-LD 1.1)", "application/ld+json", "jsonld"),
            Self::Atom => ("atom", "Atom", "A feed (RFC 4287)", "application/atom+xml; charset=utf-8", "atom"),
            Self::Jsonfeed => ("jsonfeed", "JSON Feed", "A feed as JSON (JSON Feed 1.1)", "application/feed+json", "feed.json"),
            Self::Iso690 => ("iso690", "ČSN ISO 690", "A bibliography in Czech after ČSN ISO 690", "text/plain; charset=utf-8", "txt"),
            Self::Bibtex => ("bibtex", "BibTeX", "Citations for biblatex and BibTeX", "application/x-bibtex; charset=utf-8", "bib"),
            Self::Ris => ("ris", "RIS", "Citations for reference managers", "application/x-research-info-systems; charset=utf-8", "ris"),
            Self::CslJson => {
                ("csl-json", "CSL-JSON", "Citations for Zotero and pandoc", "application/vnd.citationstyles.csl+json", "csl.json")
            }
        };
        Offer { key, label, about, media_type, extension }
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
            #[cfg(feature = "parquet")]
            Self::Parquet => Box::new(parquet::Parquet::new(metadata, out)),
            Self::Geojson => Box::new(geojson::Geojson::new(metadata, out)),
            Self::Atom => Box::new(atom::Atom::new(metadata, out)),
            Self::Jsonfeed => Box::new(jsonfeed::Jsonfeed::new(metadata, out)),
            Self::Iso690 => Box::new(Bibliography::new(&ISO690, metadata, out)),
            Self::Bibtex => Box::new(Bibliography::new(&BIBTEX, metadata, out)),
            Self::Ris => Box::new(Bibliography::new(&RIS, metadata, out)),
            Self::Jsonld => Box::new(jsonld::Jsonld::new(metadata, out)),
            Self::CslJson => Box::new(Bibliography::new(&CSL_JSON, metadata, out)),
        }
    }
}
