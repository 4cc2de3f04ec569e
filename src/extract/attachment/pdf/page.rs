//! The strings of one PDF page with their places, in the order of the content stream.
//!
//! ISO 32000-1 §8.3, §9.4: `cm` and `q`/`Q` move the page, `Td`, `TD`, `T*`, `Tm` and the quote operators the
//! text. A large negative number between strings (§9.4.3, thousandths of an em) is a blank. Form `XObject`s
//! (§8.10) are read where they are drawn, a bounded number of them. Lines are made of the strings in `layout`.

use std::collections::BTreeMap;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::font::Font;
use super::matrix::Matrix;
use crate::extract::attachment::reading::MAX_TEXT;

/// Bytes of one page's content when inflated; scans keep their images elsewhere.
const MAX_CONTENT: usize = 4 << 20;
/// Forms of one page, and forms inside one another.
const MAX_FORMS: usize = 200;
const MAX_INSIDE: usize = 8;
/// Graphics states that `q` keeps; the standard asks for 28.
const MAX_SAVED: usize = 512;
/// Thousandths of an em from which a gap is a blank.
const BLANK: f32 = -180.0;

/// A string as it stands on the page, in points from its lower left corner.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Run {
    pub x: f32,
    pub y: f32,
    /// Where the string ends.
    pub end: f32,
    /// Height of the font.
    pub size: f32,
    pub text: String,
}

pub fn runs(document: &Document, page: ObjectId) -> lopdf::Result<Vec<Run>> {
    let (own, shared) = document.get_page_resources(page)?;
    let resources: Vec<&Dictionary> = own.into_iter().chain(shared.iter().filter_map(|id| document.get_dictionary(*id).ok())).collect();
    let content = Content::decode(&document.get_page_content_with_limit(page, MAX_CONTENT)?)?;
    let mut pen = Pen { size: 12.0, room: MAX_TEXT, forms: MAX_FORMS, ..Pen::default() };
    pen.draw(document, &resources, &content, 0);
    Ok(pen.runs)
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

#[derive(Default)]
struct Pen {
    runs: Vec<Run>,
    /// Bytes of text that still fit.
    room: usize,
    size: f32,
    leading: f32,
    /// The text's matrix, and that of its line.
    text: Matrix,
    line: Matrix,
    page: Matrix,
    saved: Vec<Matrix>,
    /// Forms that may still be drawn.
    forms: usize,
}

impl Pen {
    /// Everything that a content stream shows, with what its resources name.
    fn draw(&mut self, document: &Document, resources: &[&Dictionary], content: &Content, depth: usize) {
        let mut fonts: BTreeMap<&[u8], Option<Font>> = BTreeMap::new();
        let mut current: Option<&[u8]> = None;
        for operation in &content.operations {
            let name = || operation.operands.first().and_then(|name| name.as_name().ok());
            match operation.operator.as_str() {
                "Tf" => {
                    current = name();
                    self.size = number(operation, 1).map_or(self.size, f32::abs);
                    if let Some(name) = current {
                        let font = || Font::of(document, resource(document, resources, b"Font", name)?.as_dict().ok()?);
                        fonts.entry(name).or_insert_with(font);
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
                    let font = current.and_then(|name| fonts.get(name)?.as_ref());
                    if let (Some(font), "Tj" | "TJ" | "'" | "\"") = (font, operator) {
                        self.show(&operation.operands, font);
                    }
                }
            }
            if self.room == 0 {
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
        let before = (self.page, self.text, self.line, self.size, self.leading, std::mem::take(&mut self.saved));
        if let Ok(matrix) = form.dict.get(b"Matrix").and_then(Object::as_array) {
            self.page = Matrix::of(|at| matrix.get(at)?.as_float().ok()).then(self.page);
        }
        self.draw(document, &resources, &content, depth + 1);
        (self.page, self.text, self.line, self.size, self.leading, self.saved) = before;
    }

    fn step(&mut self, operation: &Operation) {
        let at = |at: usize| number(operation, at);
        match operation.operator.as_str() {
            "BT" => self.start_line(Matrix::default()),
            "TL" => self.leading = at(0).unwrap_or(0.0),
            "Td" => self.move_line(at(0).unwrap_or(0.0), at(1).unwrap_or(0.0)),
            "TD" => {
                self.leading = -at(1).unwrap_or(0.0);
                self.move_line(at(0).unwrap_or(0.0), -self.leading);
            }
            "T*" | "'" | "\"" => self.move_line(0.0, -self.leading),
            "Tm" => self.start_line(Matrix::of(at)),
            "q" if self.saved.len() < MAX_SAVED => self.saved.push(self.page),
            "Q" => self.page = self.saved.pop().unwrap_or(self.page),
            "cm" => self.page = Matrix::of(at).then(self.page),
            _ => {}
        }
    }

    fn start_line(&mut self, matrix: Matrix) {
        (self.text, self.line) = (matrix, matrix);
    }

    fn move_line(&mut self, x: f32, y: f32) {
        self.start_line(Matrix::shift(x, y).then(self.line));
    }

    /// The strings of one operator make one run; the quote operators have numbers before the string.
    fn show(&mut self, operands: &[Object], font: &Font) {
        let start = self.text.then(self.page);
        let mut text = String::new();
        for operand in operands {
            match operand {
                Object::String(bytes, _) => self.string(bytes, font, &mut text),
                Object::Array(inner) => self.gaps(inner, font, &mut text),
                _ => {}
            }
        }
        let (x, y) = start.origin();
        let (end, _) = self.text.then(self.page).origin();
        text.truncate(text.floor_char_boundary(self.room));
        self.room -= text.len();
        self.runs.push(Run { x, y, end, size: self.size * start.height(), text });
    }

    fn string(&mut self, bytes: &[u8], font: &Font, text: &mut String) {
        text.push_str(&font.text(bytes));
        self.advance(font.width(bytes));
    }

    /// Strings with gaps between; arrays inside arrays mean nothing here.
    fn gaps(&mut self, items: &[Object], font: &Font, text: &mut String) {
        for item in items {
            if let Object::String(bytes, _) = item {
                self.string(bytes, font, text);
            } else if let Ok(gap) = item.as_float() {
                self.advance(-gap / 1000.0);
                if gap < BLANK {
                    text.push(' ');
                }
            }
        }
    }

    fn advance(&mut self, ems: f32) {
        self.text = Matrix::shift(ems * self.size, 0.0).then(self.text);
    }
}
