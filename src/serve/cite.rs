//! How to cite a notice, in each style, with the time and digest of the stored page.

use super::Error;
use super::desk::Desk;
use crate::export::{self, Exported, Format};
use crate::record::Record;

const STYLES: [(&str, Format); 4] =
    [("ČSN ISO 690", Format::Iso690), ("BibTeX", Format::Bibtex), ("RIS", Format::Ris), ("CSL-JSON", Format::CslJson)];

/// Name and text of each style.
pub fn all(desk: &Desk<'_>, record: &Record) -> Result<Vec<(&'static str, String)>, Error> {
    let (metadata, exported) = (desk.metadata(), desk.exported(record.clone())?);
    let mut cited = Vec::new();
    for (name, format) in &STYLES {
        let mut text = Vec::new();
        export::write(format, std::iter::once(Ok::<Exported, Error>(exported.clone())), &metadata, &mut text)?;
        cited.push((*name, String::from_utf8_lossy(&text).trim().to_owned()));
    }
    Ok(cited)
}
