//! One notice as bibliographies have it, and as linked data.
//!
//! Refuses: the rules of a style, which the room `export` has.

use super::Error;
use super::desk::Desk;
use crate::export::{self, Exported, Format};
use crate::record::Record;

/// Name and text of each style.
pub fn all(desk: &Desk<'_>, record: &Record) -> Result<Vec<(&'static str, String)>, Error> {
    let exported = desk.exported(record.clone())?;
    Format::CITATIONS.iter().map(|format| Ok((format.label(), written(desk, &exported, format)?))).collect()
}

/// JSON-LD for a page: what could end the element that holds it is escaped, as JSON allows.
pub fn linked_data(desk: &Desk<'_>, record: &Record) -> Result<String, Error> {
    Ok(written(desk, &desk.exported(record.clone())?, &Format::Jsonld)?.replace('<', "\\u003c"))
}

fn written(desk: &Desk<'_>, exported: &Exported, format: &Format) -> Result<String, Error> {
    let mut text = Vec::new();
    export::write(format, std::iter::once(Ok::<Exported, Error>(exported.clone())), &desk.metadata(), &mut text)?;
    Ok(String::from_utf8_lossy(&text).trim().to_owned())
}
