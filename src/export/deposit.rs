//! A folder ready for a repository: the records in every lasting format, what each file is, and how to cite it.
//!
//! `ro-crate-metadata.json` describes the folder after RO-Crate 1.1 (files with media type, size and SHA-256, the action that
//! made them), `csv-metadata.json` the table after CSV on the Web, `schema.json` the lines of JSON, `README.md` all of it for
//! people. The records are read once; every format writes as they pass.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde_json::{Value, json};

use super::metadata::{GENERATOR, LICENCE};
use super::{COLUMNS, Counts, Error, Exported, Fault, Format, Hashed, Metadata, RecordWriter, Table, schema};

const CONTEXT: &str = "https://w3id.org/ro/crate/1.1/context";
const DESCRIPTION: &str = "ro-crate-metadata.json";
const RIGHTS: &str = "The licence is that of the facts and of the data from GeoNames among them. The texts of the notices belong to \
                      those who wrote them.";

/// A file of the folder.
struct Part {
    name: String,
    about: &'static str,
    media_type: &'static str,
    bytes: u64,
    sha256: String,
}

/// A folder whose records are written and which is still to be described.
pub struct Deposit<'a> {
    folder: PathBuf,
    metadata: &'a Metadata,
    parts: Vec<Part>,
    counts: Counts,
}

/// The formats of records in a deposit.
fn formats() -> Vec<(&'static str, Format, &'static str)> {
    vec![
        ("notices.csv", Format::Csv(Table::default()), "a table, one row a notice; described by csv-metadata.json"),
        ("notices.xlsx", Format::Xlsx, "a workbook: entries, places, facts with their words"),
        ("notices.sqlite", Format::Sqlite, "a database with tables, views and an index of words, for SQLite and Datasette"),
        #[cfg(feature = "parquet")]
        ("notices.parquet", Format::Parquet, "columns for pandas, R and DuckDB, lists as lists"),
        ("notices.jsonl", Format::Jsonl, "whole records, one a line; described by schema.json"),
        ("notices.jsonld", Format::Jsonld, "linked data: schema.org, themes as SKOS"),
        ("notices.geojson", Format::Geojson, "the seeking places, for maps"),
        ("notices.bib", Format::Bibtex, "citations for biblatex"),
        ("notices.csl.json", Format::CslJson, "citations for Zotero and pandoc"),
    ]
}

impl<'a> Deposit<'a> {
    /// Writes the records into a folder that is there and empty.
    pub fn write<E: Into<Fault>>(
        folder: &Path,
        records: impl Iterator<Item = Result<Exported, E>>,
        metadata: &'a Metadata,
    ) -> Result<Self, Error> {
        let formats = formats();
        let open = |name: &str| Ok(Hashed::new(BufWriter::new(File::create_new(folder.join(name))?)));
        let mut files = formats.iter().map(|(name, ..)| open(name)).collect::<io::Result<Vec<_>>>()?;
        let mut writers: Vec<Box<dyn RecordWriter + '_>> =
            formats.iter().zip(&mut files).map(|((_, format, _), file)| format.writer(metadata, file)).collect();
        writers.iter_mut().try_for_each(|writer| writer.begin())?;
        for record in records {
            let record = record.map_err(|error| Error::Read(error.into()))?;
            writers.iter_mut().try_for_each(|writer| writer.record(&record))?;
        }
        let mut counts = Counts::default();
        for writer in &mut writers {
            let written = writer.end()?;
            counts.records = written.records;
            counts.placed = counts.placed.or(written.placed);
            counts.shortened += written.shortened;
        }
        drop(writers);
        let mut deposit = Self { folder: folder.to_owned(), metadata, parts: Vec::new(), counts };
        for ((name, format, about), mut file) in formats.into_iter().zip(files) {
            file.flush()?;
            let (sha256, bytes) = file.finish();
            if let Format::Csv(_) = &format {
                let described = format.description(metadata, counts, name, &sha256);
                fs::write(folder.join("csv-metadata.json"), format!("{described:#}\n"))?;
            }
            deposit.parts.push(Part { name: name.to_owned(), about, media_type: essence(format.media_type()), bytes, sha256 });
        }
        deposit.add("csv-metadata.json", "the columns of notices.csv after CSV on the Web", "application/csvm+json")?;
        fs::write(folder.join("schema.json"), format!("{:#}\n", schema()))?;
        deposit.add("schema.json", "the fields of notices.jsonl (JSON Schema)", "application/schema+json")?;
        Ok(deposit)
    }

    /// Takes a file into the description that already lies in the folder.
    pub fn add(&mut self, name: &str, about: &'static str, media_type: &'static str) -> io::Result<()> {
        let mut hashed = Hashed::new(io::sink());
        io::copy(&mut File::open(self.folder.join(name))?, &mut hashed)?;
        let (sha256, bytes) = hashed.finish();
        self.parts.push(Part { name: name.to_owned(), about, media_type, bytes, sha256 });
        Ok(())
    }

    /// Writes the description and the read-me; what the deposit holds.
    pub fn describe(mut self, created: Timestamp) -> io::Result<Counts> {
        fs::write(self.folder.join("README.md"), self.read_me(created))?;
        self.add("README.md", "what the files are", "text/markdown")?;
        fs::write(self.folder.join(DESCRIPTION), format!("{:#}\n", self.ro_crate(created)))?;
        Ok(self.counts)
    }

    fn ro_crate(&self, created: Timestamp) -> Value {
        let id = |name: &str| json!({"@id": name});
        let parts: Vec<Value> = self.parts.iter().map(|part| id(&part.name)).collect();
        let mut graph = vec![
            json!({"@id": DESCRIPTION, "@type": "CreativeWork", "conformsTo": id("https://w3id.org/ro/crate/1.1"), "about": id("./")}),
            json!({
                "@id": "./", "@type": "Dataset", "name": self.metadata.title(), "description": self.sentence(), "datePublished": created,
                "license": id(LICENCE), "conditionsOfAccess": RIGHTS, "creditText": self.metadata.attribution.join(" "),
                "hasPart": parts, "mentions": id("#export"),
            }),
            json!({"@id": LICENCE, "@type": "CreativeWork", "name": "Creative Commons Attribution 4.0", "description": RIGHTS}),
            json!({"@id": "#twindex", "@type": "SoftwareApplication", "name": "twindex", "version": env!("CARGO_PKG_VERSION")}),
            json!({
                "@id": "#export", "@type": "CreateAction", "name": self.metadata.title(), "endTime": created, "instrument": id("#twindex"),
                "result": id("./"),
            }),
        ];
        graph.extend(self.parts.iter().map(|part| {
            json!({
                "@id": part.name, "@type": "File", "name": part.name, "description": part.about, "encodingFormat": part.media_type,
                "contentSize": part.bytes.to_string(), "sha256": part.sha256,
            })
        }));
        json!({"@context": CONTEXT, "@graph": graph})
    }

    /// What the records are.
    fn sentence(&self) -> String {
        let which = self
            .metadata
            .query
            .as_deref()
            .map_or_else(|| "all that the archive has".to_owned(), |query| format!("the hits of the query {query:?}"));
        let when = self.metadata.as_of.map_or_else(String::new, |at| format!(", as the sites stood on {at}"));
        format!("{} dated notices on the twinning of municipalities: {which}{when}.", self.counts.records)
    }

    fn read_me(&self, created: Timestamp) -> String {
        let files: Vec<String> = self.parts.iter().map(|part| format!("| `{}` | {} | {} |", part.name, part.about, part.bytes)).collect();
        let columns: Vec<String> = COLUMNS.iter().map(|column| format!("| `{}` | {} |", column.name, column.holds)).collect();
        format!(
            "# {title}\n\n{sentence} Written by {GENERATOR} on {created}.\n\n## Files\n\n| file | holds | bytes |\n|---|---|---|\n{files}\n\n\
             `{DESCRIPTION}` has the SHA-256 of each (RO-Crate 1.1).\n\n## Columns of `notices.csv`\n\nSeveral values are joined by `; `.\n\n\
             | column | holds |\n|---|---|\n{columns}\n\n## Rights\n\n{RIGHTS}\n\nLicence of the facts: <{LICENCE}>. {credit}\n\n## Citing\n\n\
             Single notices: `notices.bib`, `notices.csl.json`; each names the archived page by time and digest.\n",
            title = self.metadata.title(),
            sentence = self.sentence(),
            files = files.join("\n"),
            columns = columns.join("\n"),
            credit = self.metadata.attribution.join(" "),
        )
    }
}

/// A media type without its parameters.
fn essence(media_type: &'static str) -> &'static str {
    media_type.split(';').next().unwrap_or(media_type)
}
