//! What a document is: by its first bytes, then by `Content-Type`, then by its name.
//!
//! Servers call anything `application/octet-stream` and error pages `application/pdf`; the bytes know better.
//! A ZIP is told apart by the names of its parts, without inflating anything.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Pdf,
    Docx,
    Odt,
    Text,
    Html,
    /// Known by its media type only.
    Other(&'static str),
}

const PDF: &str = "application/pdf";
const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const ODT: &str = "application/vnd.oasis.opendocument.text";

/// Endings of names and the types they stand for.
const ENDINGS: &[(&str, Kind)] = &[
    ("pdf", Kind::Pdf),
    ("docx", Kind::Docx),
    ("docm", Kind::Docx),
    ("odt", Kind::Odt),
    ("txt", Kind::Text),
    ("csv", Kind::Other("text/csv")),
    ("html", Kind::Html),
    ("htm", Kind::Html),
    ("rtf", Kind::Other("application/rtf")),
    ("doc", Kind::Other("application/msword")),
    ("xls", Kind::Other("application/vnd.ms-excel")),
    ("ppt", Kind::Other("application/vnd.ms-powerpoint")),
    ("xlsx", Kind::Other("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    ("pptx", Kind::Other("application/vnd.openxmlformats-officedocument.presentationml.presentation")),
    ("ods", Kind::Other("application/vnd.oasis.opendocument.spreadsheet")),
    ("odp", Kind::Other("application/vnd.oasis.opendocument.presentation")),
    ("zip", Kind::Other("application/zip")),
    ("jpg", Kind::Other("image/jpeg")),
    ("jpeg", Kind::Other("image/jpeg")),
    ("png", Kind::Other("image/png")),
];

impl Kind {
    /// A header that names an unread type is kept as it is.
    pub fn media_type(self, content_type: Option<&str>) -> String {
        let named = content_type.map(essence).unwrap_or_default();
        match self {
            Self::Pdf => PDF.to_owned(),
            Self::Docx => DOCX.to_owned(),
            Self::Odt => ODT.to_owned(),
            Self::Text => "text/plain".to_owned(),
            Self::Html => "text/html".to_owned(),
            Self::Other("") if named.is_empty() => "application/octet-stream".to_owned(),
            Self::Other("") => named,
            Self::Other(known) => known.to_owned(),
        }
    }
}

pub fn of(content_type: Option<&str>, name: &str, bytes: &[u8]) -> Kind {
    let named = by_name(name);
    let sent = content_type.map(essence).and_then(|essence| by_type(&essence));
    by_bytes(bytes, named.or(sent)).or(sent).or(named).unwrap_or(Kind::Other(""))
}

/// The type without its parameters, lower case.
fn essence(content_type: &str) -> String {
    content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn by_type(essence: &str) -> Option<Kind> {
    match essence {
        PDF | "application/x-pdf" => Some(Kind::Pdf),
        DOCX => Some(Kind::Docx),
        ODT => Some(Kind::Odt),
        "text/plain" => Some(Kind::Text),
        "text/html" | "application/xhtml+xml" => Some(Kind::Html),
        "" | "application/octet-stream" | "application/force-download" | "application/x-download" | "binary/octet-stream" => None,
        other => ENDINGS.iter().find_map(|(_, kind)| matches!(kind, Kind::Other(known) if *known == other).then_some(*kind)),
    }
}

fn by_name(name: &str) -> Option<Kind> {
    let path = name.split(['?', '#']).next().unwrap_or_default();
    let ending = path.rsplit_once('.')?.1.to_ascii_lowercase();
    ENDINGS.iter().find_map(|(known, kind)| (*known == ending).then_some(*kind))
}

/// `likely` decides between formats that share a container.
fn by_bytes(bytes: &[u8], likely: Option<Kind>) -> Option<Kind> {
    // PDF writers and mail gateways put junk before the header; readers look at the first kilobyte.
    let start = &bytes[..bytes.len().min(1024)];
    if start.windows(5).any(|window| window == b"%PDF-") {
        return Some(Kind::Pdf);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Some(in_zip(bytes));
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return Some(
            likely
                .filter(|kind| matches!(kind, Kind::Other(known) if known.starts_with("application/")))
                .unwrap_or(Kind::Other("application/msword")),
        );
    }
    if bytes.starts_with(b"{\\rtf") {
        return Some(Kind::Other("application/rtf"));
    }
    if bytes.starts_with(b"\xFF\xD8\xFF") {
        return Some(Kind::Other("image/jpeg"));
    }
    if bytes.starts_with(b"\x89PNG") {
        return Some(Kind::Other("image/png"));
    }
    let head = String::from_utf8_lossy(start).trim_start_matches('\u{feff}').trim_start().to_ascii_lowercase();
    (head.starts_with("<!doctype html") || head.starts_with("<html")).then_some(Kind::Html)
}

/// Local file headers hold the part names in the clear; the first parts of each format are customary.
fn in_zip(bytes: &[u8]) -> Kind {
    let window = &bytes[..bytes.len().min(64 * 1024)];
    let tail = &bytes[bytes.len().saturating_sub(64 * 1024)..];
    let holds = |needle: &[u8]| [window, tail].iter().any(|part| part.windows(needle.len()).any(|at| at == needle));
    if holds(b"word/document.xml") {
        Kind::Docx
    } else if holds(b"opendocument.spreadsheet") {
        Kind::Other("application/vnd.oasis.opendocument.spreadsheet")
    } else if holds(b"opendocument.presentation") {
        Kind::Other("application/vnd.oasis.opendocument.presentation")
    } else if holds(b"opendocument.text") || holds(b"content.xml") {
        Kind::Odt
    } else if holds(b"xl/workbook.xml") {
        Kind::Other("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    } else if holds(b"ppt/presentation.xml") {
        Kind::Other("application/vnd.openxmlformats-officedocument.presentationml.presentation")
    } else {
        Kind::Other("application/zip")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_before_header_before_name() {
        assert_eq!(of(Some("application/pdf"), "a.pdf", b"<!DOCTYPE html><p>404"), Kind::Html);
        assert_eq!(of(Some("text/plain"), "a.txt", b"\r\n%PDF-1.4"), Kind::Pdf);
        assert_eq!(of(Some("application/octet-stream"), "a.txt?x=1", b"hello"), Kind::Text);
        assert_eq!(of(None, "a.rtf", b"{\\rtf1"), Kind::Other("application/rtf"));
        assert_eq!(
            of(Some("application/vnd.ms-excel"), "get.php", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
            Kind::Other("application/vnd.ms-excel")
        );
        assert_eq!(of(Some("model/x"), "a", b"x").media_type(Some("model/x; a=b")), "model/x");
        assert_eq!(of(None, "a", b"").media_type(None), "application/octet-stream");
    }
}
