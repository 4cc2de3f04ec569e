//! Text of DOCX (ECMA-376) and ODT (OASIS OpenDocument): the XML parts of a ZIP, read as a stream.
//!
//! Nothing is built in memory but the text. The inflated bytes are capped while they are read, whatever the
//! ZIP's directory claims; entities other than the five of XML are not expanded (no billion laughs), and
//! nesting is counted. Deleted text of tracked changes and comments are left out.

use std::io::{BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

use super::{MAX_TEXT, Reading};

/// Bytes that one part may inflate to.
const MAX_PART: u64 = 24 << 20;
/// Elements inside one another.
const MAX_DEPTH: usize = 256;
/// Files in the container; the directory is read before any part.
const MAX_FILES: usize = 4096;
/// The parts with text, in reading order.
const PARTS: [&str; 4] = ["word/document.xml", "word/footnotes.xml", "word/endnotes.xml", "content.xml"];

pub fn read(bytes: &[u8]) -> Reading {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| format!("broken ZIP: {error}"))?;
    if archive.len() > MAX_FILES {
        return Err(format!("more than {MAX_FILES} files inside"));
    }
    let (mut out, mut remark, mut found) = (String::new(), None, false);
    for name in PARTS {
        if archive.index_for_name(name).is_none() {
            continue;
        }
        found = true;
        match archive.by_name(name) {
            Ok(part) => remark = text(part.take(MAX_PART), &mut out).err().or(remark),
            Err(error) => remark = Some(format!("{name}: {error}")),
        }
    }
    match remark {
        Some(reason) if out.trim().is_empty() => Err(reason),
        _ if !found => Err("a ZIP without a text part".to_owned()),
        remark => Ok((out, remark)),
    }
}

/// Appends the text of one part; what was read before a fault stays.
fn text(part: impl Read, out: &mut String) -> Result<(), String> {
    let mut reader = Reader::from_reader(BufReader::new(part));
    reader.config_mut().check_end_names = true;
    let mut buffer = Vec::new();
    let mut state = State::default();
    loop {
        let event = reader.read_event_into(&mut buffer).map_err(|error| format!("broken XML: {error}"))?;
        match event {
            Event::Eof => return if state.open.is_empty() { Ok(()) } else { Err("broken XML: it ends early".to_owned()) },
            Event::Start(start) => {
                if state.open.len() >= MAX_DEPTH {
                    return Err(format!("more than {MAX_DEPTH} elements inside one another"));
                }
                let name = Name::of(start.local_name().as_ref());
                state.open.push(name);
                state.mark(name, out);
            }
            Event::End(_) => {
                if let Some(name) = state.open.pop() {
                    state.close(name, out);
                }
            }
            Event::Empty(empty) => {
                let name = Name::of(empty.local_name().as_ref());
                state.mark(name, out);
                state.close(name, out);
            }
            Event::Text(text) if state.shown() => out.push_str(&text),
            Event::CData(text) if state.shown() => out.push_str(&text),
            Event::GeneralRef(entity) if state.shown() => match entity.resolve_char_ref() {
                Ok(Some(char)) => out.push(char),
                _ => out.push_str(predefined(&entity)),
            },
            _ => {}
        }
        if out.len() > MAX_TEXT {
            return Err(format!("text cut after {MAX_TEXT} bytes"));
        }
        buffer.clear();
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

/// Elements that matter, by local name; both formats share the paragraph's `p`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Name {
    /// `w:p`, `text:p`, `text:h`.
    Paragraph,
    /// `w:t`.
    Run,
    Cell,
    Row,
    Table,
    Tab,
    Break,
    Space,
    /// One that does not break a line.
    Hyphen,
    /// Text that no reader sees: deletions, comments, field codes, styles.
    Unseen,
    Other,
}

impl Name {
    fn of(local: &str) -> Self {
        match local {
            "p" | "h" => Self::Paragraph,
            "t" => Self::Run,
            "tc" | "table-cell" => Self::Cell,
            "tr" | "table-row" => Self::Row,
            "tbl" | "table" => Self::Table,
            "tab" => Self::Tab,
            "br" | "cr" | "line-break" => Self::Break,
            "s" => Self::Space,
            "noBreakHyphen" => Self::Hyphen,
            "del" | "delText" | "instrText" | "tracked-changes" | "annotation" | "automatic-styles" | "styles" | "font-face-decls"
            | "meta" | "Fallback" | "pPr" | "rPr" => Self::Unseen,
            _ => Self::Other,
        }
    }
}

#[derive(Default)]
struct State {
    open: Vec<Name>,
}

impl State {
    /// Inside a paragraph and inside nothing unseen. Blanks between elements lie outside paragraphs.
    fn shown(&self) -> bool {
        !self.open.contains(&Name::Unseen) && self.open.contains(&Name::Paragraph)
    }

    fn mark(&self, name: Name, out: &mut String) {
        if !self.shown() {
            return;
        }
        match name {
            Name::Tab | Name::Space => out.push(' '),
            Name::Break => out.push('\n'),
            Name::Hyphen => out.push('-'),
            _ => {}
        }
    }

    fn close(&self, name: Name, out: &mut String) {
        let in_cell = self.open.contains(&Name::Cell);
        match name {
            Name::Paragraph if in_cell => out.push(' '),
            Name::Paragraph => out.push_str("\n\n"),
            Name::Cell => out.push(' '),
            Name::Row | Name::Table => out.push('\n'),
            _ => {}
        }
    }
}
