//! Text of a PDF (ISO 32000) page by page with lopdf, within caps.
//!
//! lopdf bounds nesting (100) and the size that one stream may inflate to; the number of pages and the sum of
//! text are bounded here. Encrypted files that open without a password are read; others say so, and so does a
//! scan, whose pages hold no text.

mod font;
mod layout;
mod matrix;
mod page;

use lopdf::{Document, LoadOptions, Object};

use super::hyphens;
use super::reading::{MAX_TEXT, Reading};

/// Bytes that any one stream may inflate to.
const MAX_STREAM: usize = 16 << 20;
/// Pages read.
const MAX_PAGES: usize = 300;
/// Objects in the file; a notice's attachment has some hundreds.
const MAX_OBJECTS: usize = 200_000;

pub fn read(bytes: &[u8]) -> Reading {
    let markers =
        bytes.windows(5).filter(|window| window == b" obj\n" || window == b" obj\r" || window == b" obj<" || window == b" obj ").count();
    if markers > MAX_OBJECTS {
        return Err(format!("more than {MAX_OBJECTS} objects"));
    }
    let mut document =
        Document::load_mem_with_options(bytes, LoadOptions::with_max_decompressed_size(MAX_STREAM)).map_err(|error| reason(&error))?;
    if document.trailer.has(b"Encrypt") {
        return Err("encrypted".to_owned());
    }
    prefer_to_unicode(&mut document);
    let pages: Vec<_> = document.page_iter().take(MAX_OBJECTS).collect();
    if pages.is_empty() {
        return Err("no pages".to_owned());
    }
    let (mut text, mut unread) = (String::new(), pages.len().saturating_sub(MAX_PAGES));
    for page in pages.into_iter().take(MAX_PAGES) {
        match page::runs(&document, page) {
            Ok(runs) if text.len() <= MAX_TEXT => {
                text.push_str(&layout::text(runs));
                text.push_str("\n\n");
            }
            _ => unread += 1,
        }
    }
    match (text.trim().is_empty(), unread) {
        (true, 0) => Err("no text layer: a scan, or drawn".to_owned()),
        (true, _) => Err("its pages cannot be read".to_owned()),
        (false, 0) => Ok((hyphens::join(&text), None)),
        (false, _) => Ok((hyphens::join(&text), Some(format!("{unread} pages not read")))),
    }
}

/// A font's own map to Unicode comes before the names of its glyphs (ISO 32000-1 §9.10.2); lopdf asks the
/// other way round and loses letters whose names it does not know.
fn prefer_to_unicode(document: &mut Document) {
    for object in document.objects.values_mut() {
        if let Object::Dictionary(font) = object
            && font.has(b"ToUnicode")
        {
            font.remove(b"Encoding");
        }
    }
}

fn reason(error: &lopdf::Error) -> String {
    let said = error.to_string();
    if said.to_ascii_lowercase().contains("password") || said.to_ascii_lowercase().contains("encrypt") {
        return "encrypted".to_owned();
    }
    format!("broken PDF: {}", said.chars().take(80).collect::<String>())
}
