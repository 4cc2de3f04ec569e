//! A font of a PDF page: what its codes say, and how wide they are (ISO 32000-1 §9.2.4, §9.6.2, §9.7.4).
//!
//! Widths only tell where a string ends, so that a gap on the same line becomes a blank; one that the font does
//! not give is half an em.

use std::collections::HashMap;

use lopdf::{Dictionary, Document, Encoding, Object};

/// Bytes that a font's map to Unicode may inflate to.
const MAX_MAP: usize = 4 << 20;
/// Thousandths of an em of a glyph whose width is not given.
const USUAL: f32 = 500.0;
/// Widths read of one font.
const MAX_WIDTHS: usize = 70_000;

pub struct Font<'a> {
    encoding: Encoding<'a>,
    widths: HashMap<u32, f32>,
    usual: f32,
    /// Bytes of a code: two in composite fonts.
    code: usize,
}

impl<'a> Font<'a> {
    pub fn of(document: &'a Document, font: &'a Dictionary) -> Option<Self> {
        let encoding = font.get_font_encoding_with_limit(document, MAX_MAP).ok()?;
        let composite = font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Type0");
        let (widths, usual) = if composite { composite_widths(document, font) } else { simple_widths(document, font) };
        Some(Self { encoding, widths, usual, code: if composite { 2 } else { 1 } })
    }

    /// A string that cannot be decoded is left out; its neighbours are text.
    pub fn text(&self, bytes: &[u8]) -> String {
        self.encoding.bytes_to_string(bytes).unwrap_or_default()
    }

    /// Width in ems of a size of one.
    pub fn width(&self, bytes: &[u8]) -> f32 {
        let code = |code: &[u8]| code.iter().fold(0, |value, byte| value << 8 | u32::from(*byte));
        bytes.chunks(self.code).map(|bytes| self.widths.get(&code(bytes)).copied().unwrap_or(self.usual)).sum::<f32>() / 1000.0
    }
}

fn number(object: &Object) -> Option<f32> {
    object.as_float().ok().filter(|value| value.is_finite())
}

fn array<'a>(document: &'a Document, dictionary: &'a Dictionary, key: &[u8]) -> Option<&'a Vec<Object>> {
    document.dereference(dictionary.get(key).ok()?).ok()?.1.as_array().ok()
}

fn simple_widths(document: &Document, font: &Dictionary) -> (HashMap<u32, f32>, f32) {
    let first = font.get(b"FirstChar").and_then(Object::as_i64).ok().and_then(|first| u32::try_from(first).ok()).unwrap_or(0);
    let given = array(document, font, b"Widths").into_iter().flatten().take(MAX_WIDTHS);
    // A width of nought marks a code that the font does not have.
    let widths =
        given.enumerate().filter_map(|(at, width)| Some((first.saturating_add(at as u32), number(width).filter(|width| *width > 0.0)?)));
    (widths.collect(), USUAL)
}

/// `W` holds "first [width …]" and "first last width".
fn composite_widths(document: &Document, font: &Dictionary) -> (HashMap<u32, f32>, f32) {
    let inner = array(document, font, b"DescendantFonts").and_then(|fonts| document.dereference(fonts.first()?).ok()?.1.as_dict().ok());
    let Some(inner) = inner else { return (HashMap::new(), USUAL) };
    let mut widths = HashMap::new();
    let mut rest = array(document, inner, b"W").map_or(&[][..], Vec::as_slice);
    let code = |object: &Object| object.as_i64().ok().and_then(|code| u32::try_from(code).ok());
    while let [first, second, after @ ..] = rest {
        let Some(first) = code(first) else { break };
        if let Ok(list) = second.as_array() {
            widths.extend(list.iter().enumerate().filter_map(|(at, width)| Some((first.saturating_add(at as u32), number(width)?))));
            rest = after;
        } else {
            let (Some(last), Some(width)) = (code(second), after.first().and_then(number)) else { break };
            widths.extend((first..=last).take(MAX_WIDTHS).map(|code| (code, width)));
            rest = &after[1..];
        }
        if widths.len() > MAX_WIDTHS {
            break;
        }
    }
    (widths, inner.get(b"DW").ok().and_then(number).unwrap_or(1000.0))
}
