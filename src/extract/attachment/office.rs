//! Text of DOCX (ECMA-376) and ODT (OASIS OpenDocument): the XML parts of a ZIP, read as a stream.
//!
//! Nothing is built in memory but the text. The inflated bytes are capped while they are read, whatever the
//! ZIP's directory claims; entities other than the five of XML are not expanded (no billion laughs), and
//! nesting is counted. Deleted and moved-away text of tracked changes, comments, field codes and the
//! measures of drawings are left out. Text boxes and descriptions follow the paragraph that they float beside;
//! notes follow the text.

use std::io::{BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

use super::reading::{MAX_TEXT, Reading};

/// Bytes that one part may inflate to.
const MAX_PART: u64 = 24 << 20;
/// Elements inside one another.
const MAX_DEPTH: usize = 256;
/// Files in the container. Their headers are counted before the directory is read, which is kept in memory whole.
const MAX_FILES: usize = 4096;
/// A file's header in the directory begins so (APPNOTE 4.3.12).
const FILE: &[u8] = b"PK\x01\x02";
/// The parts with text, in reading order.
const PARTS: [(&str, Format); 4] = [
    ("word/document.xml", Format::Word),
    ("word/footnotes.xml", Format::Word),
    ("word/endnotes.xml", Format::Word),
    ("content.xml", Format::OpenDocument),
];

pub fn read(bytes: &[u8]) -> Reading {
    if bytes.windows(FILE.len()).filter(|part| *part == FILE).count() > MAX_FILES {
        return Err(format!("more than {MAX_FILES} files inside"));
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| format!("broken ZIP: {error}"))?;
    let (mut out, mut remark, mut found) = (String::new(), None, false);
    for (name, format) in PARTS {
        if archive.index_for_name(name).is_none() {
            continue;
        }
        found = true;
        match archive.by_name(name) {
            Ok(part) => {
                let mut text = Text::new(format, MAX_TEXT.saturating_sub(out.len()));
                remark = text.read(part.take(MAX_PART)).err().or_else(|| text.cut()).or(remark);
                out.push_str(&text.finish());
            }
            Err(error) => remark = Some(format!("{name}: {error}")),
        }
    }
    match remark {
        Some(reason) if out.trim().is_empty() => Err(reason),
        _ if !found => Err("a ZIP without a text part".to_owned()),
        remark => Ok((out, remark)),
    }
}

/// Where text may stand: in Word's `w:t` alone, in `OpenDocument` anywhere inside a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Word,
    OpenDocument,
}

/// Elements that matter, by local name; both formats share the paragraph's `p`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Name {
    /// `w:p`, `text:p`, `text:h`.
    Paragraph,
    /// `w:t`, and `m:t` of formulas.
    Run,
    Cell,
    Row,
    Table,
    Tab,
    Break,
    Space,
    /// One that does not break a line.
    Hyphen,
    /// A text box or a description: beside the line in which it is anchored.
    Beside,
    /// A footnote or an endnote inside the text.
    Note,
    /// Text that no reader sees: deletions, moves, comments, field codes, styles, the number of a note.
    Unseen,
    Other,
}

impl Name {
    fn of(qualified: &str) -> Self {
        let (prefix, local) = qualified.split_once(':').unwrap_or(("", qualified));
        match local {
            "p" | "h" => Self::Paragraph,
            "t" => Self::Run,
            "tc" | "table-cell" => Self::Cell,
            "tr" | "table-row" => Self::Row,
            "tbl" | "table" => Self::Table,
            "tab" | "ptab" => Self::Tab,
            "br" | "cr" | "line-break" => Self::Break,
            "s" => Self::Space,
            "noBreakHyphen" => Self::Hyphen,
            "txbxContent" | "text-box" => Self::Beside,
            // `text:title` is a field inside the text.
            "title" | "desc" if prefix == "svg" => Self::Beside,
            "note" => Self::Note,
            "del" | "delText" | "moveFrom" | "instrText" | "delInstrText" | "tracked-changes" | "annotation" | "note-citation"
            | "automatic-styles" | "styles" | "font-face-decls" | "meta" | "Fallback" | "pPr" | "rPr" => Self::Unseen,
            _ => Self::Other,
        }
    }
}

/// The text of one part as it grows.
struct Text {
    format: Format,
    open: Vec<Name>,
    main: String,
    /// Boxes and descriptions of the paragraph that is open.
    beside: String,
    notes: String,
    /// Bytes that still fit, and those that did not.
    room: usize,
    over: usize,
}

impl Text {
    fn new(format: Format, room: usize) -> Self {
        Self { format, open: Vec::new(), main: String::new(), beside: String::new(), notes: String::new(), room, over: 0 }
    }

    /// Reads the part; what was read before a fault stays.
    fn read(&mut self, part: impl Read) -> Result<(), String> {
        let mut reader = Reader::from_reader(BufReader::new(part));
        reader.config_mut().check_end_names = true;
        let mut buffer = Vec::new();
        loop {
            let event = reader.read_event_into(&mut buffer).map_err(|error| format!("broken XML: {error}"))?;
            match event {
                Event::Eof if self.open.is_empty() => return Ok(()),
                Event::Eof => return Err("broken XML: it ends early".to_owned()),
                Event::Start(start) => {
                    if self.open.len() >= MAX_DEPTH {
                        return Err(format!("more than {MAX_DEPTH} elements inside one another"));
                    }
                    let name = Name::of(start.name().as_ref());
                    self.open.push(name);
                    self.start(name);
                }
                Event::End(_) => {
                    if let Some(name) = self.open.pop() {
                        self.end(name);
                    }
                }
                Event::Empty(empty) => {
                    let name = Name::of(empty.name().as_ref());
                    self.start(name);
                    self.end(name);
                }
                Event::Text(text) if self.shown() => self.push(&text),
                Event::CData(text) if self.shown() => self.push(&text),
                Event::GeneralRef(entity) if self.shown() => match entity.resolve_char_ref() {
                    Ok(Some(char)) => self.push(char.encode_utf8(&mut [0; 4])),
                    _ => self.push(predefined(&entity)),
                },
                _ => {}
            }
            buffer.clear();
        }
    }

    /// Text itself may stand here. Blanks between elements lie outside paragraphs.
    fn shown(&self) -> bool {
        let run = self.format == Format::OpenDocument || self.open.last() == Some(&Name::Run);
        run && self.laid_out() && self.open.iter().any(|name| matches!(name, Name::Paragraph | Name::Beside))
    }

    fn laid_out(&self) -> bool {
        !self.open.contains(&Name::Unseen)
    }

    fn push(&mut self, text: &str) {
        let (text, over) = text.split_at(text.floor_char_boundary(self.room));
        self.room -= text.len();
        self.over += over.len();
        let place = self.open.iter().rev().find(|name| matches!(name, Name::Note | Name::Beside));
        match place {
            Some(Name::Note) => self.notes.push_str(text),
            Some(_) => self.beside.push_str(text),
            None => self.main.push_str(text),
        }
    }

    fn start(&mut self, name: Name) {
        if !self.laid_out() || !self.open.contains(&Name::Paragraph) {
            return;
        }
        match name {
            Name::Tab | Name::Space => self.push(" "),
            Name::Break => self.push("\n"),
            Name::Hyphen => self.push("-"),
            _ => {}
        }
    }

    fn end(&mut self, name: Name) {
        if !self.laid_out() {
            return;
        }
        let in_cell = self.open.contains(&Name::Cell);
        match name {
            Name::Paragraph | Name::Cell if in_cell || name == Name::Cell => self.push(" "),
            Name::Paragraph => self.push("\n\n"),
            Name::Beside => self.beside.push_str("\n\n"),
            Name::Row | Name::Table => self.push("\n"),
            _ => {}
        }
        if name == Name::Paragraph && !self.open.contains(&Name::Paragraph) {
            self.main.push_str(&std::mem::take(&mut self.beside));
        }
    }

    fn cut(&self) -> Option<String> {
        (self.over > 0).then(|| format!("text cut: {} bytes of it left out", self.over))
    }

    fn finish(mut self) -> String {
        self.main.push_str(&self.beside);
        self.main.push_str("\n\n");
        self.main.push_str(&self.notes);
        self.main
    }
}

/// The five entities of XML; any other is dropped.
fn predefined(entity: &str) -> &'static str {
    match entity {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directory_of_too_many_files_is_not_read() {
        let fault = |files: usize| read(&FILE.repeat(files)).expect_err("no document");
        assert!(fault(MAX_FILES).starts_with("broken ZIP"));
        assert_eq!(fault(MAX_FILES + 1), format!("more than {MAX_FILES} files inside"));
    }
}
