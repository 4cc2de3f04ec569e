//! Text of attached documents: PDF, Word (DOCX), `OpenDocument`, plain text and HTML.
//!
//! The bytes come from strangers. Every reader has caps on input, inflated size, depth, text and time, and runs
//! on a thread of its own: a panic becomes a problem, and a reader that overruns its time is left behind (see
//! `worker`). Other office formats are named by type and get no text.

mod hyphens;
mod kind;
mod office;
mod pdf;
mod reading;
mod worker;

use self::kind::Kind;
use self::reading::MAX_TEXT;
use super::page::decode;
use super::text::normalise;
use super::{Document, Page, Problem, ProblemKind};

/// Bytes of a document that is read at all; matches the crawler's own cap.
const MAX_INPUT: usize = 32 << 20;
/// Reads a document; never panics and never takes much longer than `worker::DEADLINE`.
pub fn read(content_type: Option<&str>, name: &str, bytes: &[u8]) -> Document {
    let kind = kind::of(content_type, name, bytes);
    let mut document = Document { media_type: kind.media_type(content_type), ..Document::default() };
    if bytes.len() > MAX_INPUT {
        document.problems.push(problem(&format!("{} bytes, more than {MAX_INPUT}", bytes.len())));
        return document;
    }
    let reading = match kind {
        Kind::Pdf => worker::run(bytes, pdf::read),
        Kind::Docx | Kind::Odt => worker::run(bytes, office::read),
        Kind::Text => Ok((hyphens::join(&decode(bytes, content_type).text), None)),
        Kind::Html => Ok((html(content_type, bytes), None)),
        Kind::Other(_) => Err("no reader for this type".to_owned()),
    };
    match reading {
        Ok((text, remark)) => {
            let (text, cut) = capped(tidy(&text));
            document.problems.extend(remark.or(cut).as_deref().map(problem));
            if text.is_empty() && document.problems.is_empty() {
                document.problems.push(problem("no text inside"));
            }
            document.text = (!text.is_empty()).then_some(text);
        }
        Err(reason) => document.problems.push(problem(&reason)),
    }
    document
}

fn problem(what: &str) -> Problem {
    Problem { kind: ProblemKind::Attachment, what: what.to_owned() }
}

/// Lines in normal form; runs of empty lines are one.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.split(['\n', '\r', '\u{c}', '\u{2028}', '\u{2029}']).map(normalise) {
        if line.is_empty() {
            empty += 1;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if empty > 0 { "\n\n" } else { "\n" });
        }
        empty = 0;
        out.push_str(&line);
    }
    out
}

fn capped(mut text: String) -> (String, Option<String>) {
    let end = text.floor_char_boundary(MAX_TEXT);
    let over = text.len() - end;
    text.truncate(end);
    (text, (over > 0).then(|| format!("text cut: {over} bytes of it left out")))
}

/// The whole visible text: an attached page has no entry to find.
fn html(content_type: Option<&str>, bytes: &[u8]) -> String {
    let url = url::Url::parse("about:blank").expect("a valid address");
    let page = Page { url: &url, content_type, bytes, seen: jiff::civil::Date::MAX };
    super::article::plain(&page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_in_an_old_charset_and_unread_types() {
        let (cp1250, _, _) = encoding_rs::WINDOWS_1250.encode("Žádost\r\n\r\n\r\no  partnerství");
        let read = super::read(Some("text/plain; charset=windows-1250"), "a.txt", &cp1250);
        assert_eq!(read.text.as_deref(), Some("Žádost\n\no partnerství"));
        let old = super::read(Some("application/octet-stream"), "a.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rest");
        assert_eq!((old.media_type.as_str(), old.text, old.problems.len()), ("application/msword", None, 1));
    }

    #[test]
    fn text_is_capped_at_a_character() {
        let (text, cut) = capped("ž".repeat(MAX_TEXT));
        assert!(text.len() <= MAX_TEXT);
        assert_eq!(cut, Some(format!("text cut: {} bytes of it left out", 2 * MAX_TEXT - text.len())));
    }
}
