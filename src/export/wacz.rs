//! A WACZ package: WARC files, their index and a list of pages in one ZIP file that replay tools open.
//!
//! As the specification 1.1.1 of Webrecorder has it: `datapackage.json` names every file with its SHA-256, WARC data are
//! stored unpacked so that they can be read in place, and `datapackage-digest.json` seals the description.

use std::io::{Seek, Write};

use data_encoding::HEXLOWER;
use jiff::Timestamp;
use serde_json::json;
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::cdxj::{CdxLine, write_cdxj};
use super::hashed::Hashed;
use super::metadata::GENERATOR;

/// The one WARC file of a package.
pub const DATA: &str = "data.warc.gz";

/// A page that a reader may begin with.
#[derive(Clone, Debug)]
pub struct EntryPage {
    pub url: String,
    pub title: String,
    pub at: Timestamp,
}

/// What goes into a package.
pub struct Package<'a> {
    pub title: &'a str,
    pub created: Timestamp,
    pub pages: &'a [EntryPage],
}

#[derive(Debug, thiserror::Error)]
pub enum WaczError {
    #[error("cannot write the package")]
    Write(#[from] std::io::Error),
    #[error("cannot write the package")]
    Zip(#[from] zip::result::ZipError),
}

/// Writes a package; `data` writes its WARC file and gives its name's index.
pub fn write_wacz<W: Write + Seek>(
    package: &Package<'_>,
    data: impl FnOnce(&mut dyn Write) -> std::io::Result<Vec<CdxLine>>,
    out: W,
) -> Result<(), WaczError> {
    let mut zip = Zip { writer: ZipWriter::new(out), resources: Vec::new() };
    let lines = zip.add(&format!("archive/{DATA}"), CompressionMethod::Stored, data)?;
    zip.add("indexes/index.cdx", CompressionMethod::Stored, |out| write_cdxj(&lines, out))?;
    let mut pages = json!({"format": "json-pages-1.0", "id": "pages", "title": "Pages"}).to_string() + "\n";
    for (id, page) in package.pages.iter().enumerate() {
        pages += &json!({"id": id.to_string(), "url": page.url, "title": page.title, "ts": page.at.to_string()}).to_string();
        pages.push('\n');
    }
    zip.add("pages/pages.jsonl", CompressionMethod::Deflated, |out| out.write_all(pages.as_bytes()))?;
    let description = json!({
        "profile": "data-package", "wacz_version": "1.1.1", "title": package.title, "created": package.created.to_string(),
        "software": GENERATOR, "resources": zip.resources,
    });
    let description = format!("{description:#}");
    let seal = json!({"path": "datapackage.json", "hash": format!("sha256:{}", HEXLOWER.encode(&Sha256::digest(&description)))});
    zip.add("datapackage.json", CompressionMethod::Deflated, |out| out.write_all(description.as_bytes()))?;
    zip.add("datapackage-digest.json", CompressionMethod::Deflated, |out| out.write_all(seal.to_string().as_bytes()))?;
    zip.writer.finish()?;
    Ok(())
}

struct Zip<W: Write + Seek> {
    writer: ZipWriter<W>,
    resources: Vec<serde_json::Value>,
}

impl<W: Write + Seek> Zip<W> {
    fn add<T>(
        &mut self,
        path: &str,
        method: CompressionMethod,
        write: impl FnOnce(&mut dyn Write) -> std::io::Result<T>,
    ) -> Result<T, WaczError> {
        let options = SimpleFileOptions::default().compression_method(method).large_file(true);
        self.writer.start_file(path, options)?;
        let mut hashed = Hashed::new(&mut self.writer);
        let done = write(&mut hashed)?;
        let (hash, bytes) = hashed.finish();
        let name = path.rsplit('/').next().unwrap_or(path);
        self.resources.push(json!({"name": name, "path": path, "hash": format!("sha256:{hash}"), "bytes": bytes}));
        Ok(done)
    }
}
