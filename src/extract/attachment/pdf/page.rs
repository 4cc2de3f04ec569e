//! The lines of one PDF page: strings in the order of the content stream, broken where the text position moves.
//!
//! ISO 32000-1 §9.4: `Td`, `TD`, `T*`, `Tm` and the quote operators move; a new height is a new line, a large
//! step a new paragraph. A large negative number between strings (§9.4.3, thousandths of an em) is a blank.
//! Columns stay in stream order; text inside form `XObject`s is not followed.

use std::collections::BTreeMap;

use lopdf::content::{Content, Operation};
use lopdf::{Document, Encoding, Object, ObjectId};

/// Bytes of one page's content when inflated; scans keep their images elsewhere.
const MAX_CONTENT: usize = 4 << 20;
/// Graphics states that `q` keeps; the standard asks for 28.
const MAX_SAVED: usize = 512;
/// Thousandths of an em from which a gap is a blank.
const BLANK: f32 = -180.0;
/// Steps between lines, in font sizes, from which a paragraph begins.
const PARAGRAPH: f32 = 1.9;

pub fn text(document: &Document, page: ObjectId) -> lopdf::Result<String> {
    let fonts = document.get_page_fonts(page)?;
    let mut encodings: BTreeMap<&[u8], Encoding> = BTreeMap::new();
    for (name, font) in &fonts {
        if let Ok(encoding) = font.get_font_encoding_with_limit(document, MAX_CONTENT) {
            encodings.insert(name, encoding);
        }
    }
    let content = Content::decode(&document.get_page_content_with_limit(page, MAX_CONTENT)?)?;
    let mut pen = Pen { size: 12.0, page: (1.0, 0.0), ..Pen::default() };
    let mut current = None;
    for operation in &content.operations {
        if operation.operator == "Tf" {
            current = operation.operands.first().and_then(|name| name.as_name().ok()).and_then(|name| encodings.get(name));
            pen.size = number(operation, 1).map_or(pen.size, f32::abs);
            continue;
        }
        pen.step(operation);
        if let (Some(encoding), "Tj" | "TJ" | "'" | "\"") = (current, operation.operator.as_str()) {
            pen.show(&operation.operands, encoding);
        }
        if pen.out.len() > super::MAX_TEXT {
            break;
        }
    }
    Ok(pen.out)
}

fn number(operation: &Operation, at: usize) -> Option<f32> {
    operation.operands.get(at).and_then(|value| value.as_float().ok()).filter(|value| value.is_finite())
}

/// Where the next string goes, relative to the last line.
#[derive(Default)]
struct Pen {
    out: String,
    size: f32,
    /// Scale of the text matrix: a size of 1 with a matrix of 11 is common.
    scale: f32,
    leading: f32,
    y: f32,
    /// Vertical scale and offset of the page's coordinates (`cm`), and those saved by `q`.
    page: (f32, f32),
    saved: Vec<(f32, f32)>,
    /// Height on the page of the line last written.
    written: Option<f32>,
}

impl Pen {
    fn step(&mut self, operation: &Operation) {
        match operation.operator.as_str() {
            "BT" => (self.y, self.scale) = (0.0, 1.0),
            "TL" => self.leading = number(operation, 0).unwrap_or(0.0),
            "Td" => self.y += number(operation, 1).unwrap_or(0.0) * self.scale,
            "TD" => {
                let down = number(operation, 1).unwrap_or(0.0);
                self.leading = -down;
                self.y += down * self.scale;
            }
            "T*" | "'" | "\"" => self.y -= self.leading * self.scale,
            "Tm" => {
                self.scale = number(operation, 3).map_or(1.0, f32::abs).max(0.01);
                self.y = number(operation, 5).unwrap_or(self.y);
            }
            "q" if self.saved.len() < MAX_SAVED => self.saved.push(self.page),
            "Q" => self.page = self.saved.pop().unwrap_or(self.page),
            "cm" => {
                let (scale, offset) = self.page;
                self.page = (scale * number(operation, 3).unwrap_or(1.0), offset + scale * number(operation, 5).unwrap_or(0.0));
            }
            _ => {}
        }
    }

    fn show(&mut self, operands: &[Object], encoding: &Encoding) {
        let height = self.page.0 * self.y + self.page.1;
        if let Some(written) = self.written.replace(height) {
            let (step, size) = ((written - height).abs(), self.size * self.scale * self.page.0.abs());
            if step > size * 0.3 {
                self.out.push_str(if step > size * PARAGRAPH { "\n\n" } else { "\n" });
            }
        }
        self.strings(operands, encoding);
    }

    fn strings(&mut self, operands: &[Object], encoding: &Encoding) {
        for operand in operands {
            match operand {
                Object::String(bytes, _) => {
                    // A string that cannot be decoded is left out; its neighbours are text.
                    if let Ok(text) = encoding.bytes_to_string(bytes) {
                        self.out.push_str(&text);
                    }
                }
                Object::Array(inner) => self.gaps(inner, encoding),
                _ => {}
            }
        }
    }

    /// Strings with gaps between; arrays inside arrays mean nothing here.
    fn gaps(&mut self, items: &[Object], encoding: &Encoding) {
        for item in items {
            match item.as_float() {
                Ok(gap) if gap < BLANK => self.out.push(' '),
                Ok(_) => {}
                Err(_) if item.as_array().is_ok() => {}
                Err(_) => self.strings(std::slice::from_ref(item), encoding),
            }
        }
    }
}
