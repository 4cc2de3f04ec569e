//! One notice as bibliographies have it, and as linked data.
//!
//! Refuses: the rules of a style, which the room `export` has.

use super::Error;
use super::context::Context;
use crate::export::{self, Exported, Format};
use crate::record::Record;

/// Name and text of each style.
pub fn all(context: &Context<'_>, record: &Record) -> Result<Vec<(&'static str, String)>, Error> {
    let exported = context.exported(record.clone())?;
    Format::CITATIONS.iter().map(|format| Ok((format.label(), written(context, &exported, format)?))).collect()
}

/// JSON-LD for a page: what could end the element that holds it is escaped, as JSON allows.
pub fn linked_data(context: &Context<'_>, record: &Record) -> Result<String, Error> {
    Ok(written(context, &context.exported(record.clone())?, &Format::Jsonld)?.replace('<', "\\u003c"))
}

fn written(context: &Context<'_>, exported: &Exported, format: &Format) -> Result<String, Error> {
    let mut text = Vec::new();
    export::write(format, std::iter::once(Ok::<Exported, Error>(exported.clone())), &context.metadata(), &mut text)?;
    Ok(String::from_utf8_lossy(&text).trim().to_owned())
}
