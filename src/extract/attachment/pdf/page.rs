//! The lines of one PDF page: strings in the order of the content stream, broken where the text position moves.
//!
//! ISO 32000-1 §9.4: `Td`, `TD`, `T*`, `Tm` and the quote operators move; a new height is a new line, a large
//! step a new paragraph. A large negative number between strings (§9.4.3, thousandths of an em) is a blank.
//! Columns stay in stream order. Form `XObject`s (§8.10) are read where they are drawn, a bounded number of them.

use std::collections::BTreeMap;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Encoding, Object, ObjectId, Stream};

/// Bytes of one page's content when inflated; scans keep their images elsewhere.
const MAX_CONTENT: usize = 4 << 20;
/// Forms of one page, and forms inside one another.
const MAX_FORMS: usize = 200;
const MAX_INSIDE: usize = 8;
/// Graphics states that `q` keeps; the standard asks for 28.
const MAX_SAVED: usize = 512;
/// Thousandths of an em from which a gap is a blank.
const BLANK: f32 = -180.0;
/// Steps between lines, in font sizes, from which a paragraph begins.
const PARAGRAPH: f32 = 1.9;

pub fn text(document: &Document, page: ObjectId) -> lopdf::Result<String> {
    let (own, shared) = document.get_page_resources(page)?;
    let resources: Vec<&Dictionary> = own.into_iter().chain(shared.iter().filter_map(|id| document.get_dictionary(*id).ok())).collect();
    let content = Content::decode(&document.get_page_content_with_limit(page, MAX_CONTENT)?)?;
    let mut pen = Pen { size: 12.0, page: (1.0, 0.0), forms: MAX_FORMS, ..Pen::default() };
    pen.draw(document, &resources, &content, 0);
    Ok(pen.out)
}

/// A named resource of one kind; the nearest dictionary comes first.
fn resource<'a>(document: &'a Document, resources: &[&'a Dictionary], kind: &[u8], name: &[u8]) -> Option<&'a Object> {
    let find = |from: &&'a Dictionary| {
        let all = document.dereference(from.get(kind).ok()?).ok()?.1.as_dict().ok()?;
        Some(document.dereference(all.get(name).ok()?).ok()?.1)
    };
    resources.iter().find_map(find)
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
    /// Forms that may still be drawn.
    forms: usize,
    /// Height on the page of the line last written.
    written: Option<f32>,
}

impl Pen {
    /// Everything that a content stream shows, with what its resources name.
    fn draw(&mut self, document: &Document, resources: &[&Dictionary], content: &Content, depth: usize) {
        let mut encodings: BTreeMap<&[u8], Option<Encoding>> = BTreeMap::new();
        let mut current: Option<&[u8]> = None;
        for operation in &content.operations {
            let name = || operation.operands.first().and_then(|name| name.as_name().ok());
            match operation.operator.as_str() {
                "Tf" => {
                    current = name();
                    self.size = number(operation, 1).map_or(self.size, f32::abs);
                    if let Some(name) = current {
                        encodings.entry(name).or_insert_with(|| {
                            let font = resource(document, resources, b"Font", name)?.as_dict().ok()?;
                            font.get_font_encoding_with_limit(document, MAX_CONTENT).ok()
                        });
                    }
                }
                "Do" => {
                    let drawn = name().and_then(|name| resource(document, resources, b"XObject", name)?.as_stream().ok());
                    if let Some(form) = drawn.filter(|_| depth < MAX_INSIDE) {
                        self.form(document, resources, form, depth);
                    }
                }
                operator => {
                    self.step(operation);
                    let encoding = current.and_then(|name| encodings.get(name)?.as_ref());
                    if let (Some(encoding), "Tj" | "TJ" | "'" | "\"") = (encoding, operator) {
                        self.show(&operation.operands, encoding);
                    }
                }
            }
            if self.out.len() > super::MAX_TEXT {
                return;
            }
        }
    }

    /// A form drawn in place: its own matrix and resources, then the state as it was.
    fn form(&mut self, document: &Document, outer: &[&Dictionary], form: &Stream, depth: usize) {
        let is_form = form.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Form");
        if !is_form || self.forms == 0 {
            return;
        }
        self.forms -= 1;
        let Ok(bytes) = form.get_plain_content_with_limit(MAX_CONTENT) else { return };
        let Ok(content) = Content::decode(&bytes) else { return };
        let own = form.dict.get(b"Resources").and_then(|own| document.dereference(own)).and_then(|(_, own)| own.as_dict());
        let resources: Vec<&Dictionary> = own.map_or_else(|_| outer.to_vec(), |own| vec![own]);
        let before = (self.page, self.y, self.scale, self.size, self.leading, std::mem::take(&mut self.saved));
        if let Ok(matrix) = form.dict.get(b"Matrix").and_then(Object::as_array) {
            let part =
                |at: usize, or: f32| matrix.get(at).and_then(|value| value.as_float().ok()).filter(|value| value.is_finite()).unwrap_or(or);
            self.page = (self.page.0 * part(3, 1.0), self.page.1 + self.page.0 * part(5, 0.0));
        }
        self.draw(document, &resources, &content, depth + 1);
        (self.page, self.y, self.scale, self.size, self.leading, self.saved) = before;
    }

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
