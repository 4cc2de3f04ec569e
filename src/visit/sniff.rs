//! Whether bytes that a server calls a page can be one (after WHATWG MIME Sniffing §3 and §7.1).
//!
//! Text of any charset has next to no control characters; packed bytes and pictures have many. Documents under a wrong
//! label are left to their reader, which knows them by their first bytes. Refuses: guessing what the bytes are instead.

/// Bytes looked at.
const LOOKED_AT: usize = 4096;
/// Of these, one in so many may be a control character: old editors leave a few, packed bytes have one in nine.
const RARE: usize = 50;
/// First bytes of documents that servers send under any label: PDF, OLE, ZIP, RTF.
const DOCUMENTS: [&[u8]; 4] = [b"%PDF-", b"\xd0\xcf\x11\xe0", b"PK\x03\x04", b"{\\rtf"];
/// Byte order marks of UTF-16, whose text is full of zeros.
const UTF_16: [&[u8]; 2] = [b"\xfe\xff", b"\xff\xfe"];

/// UTF-16 without its mark: markup is ASCII, so every other byte of it is a zero, and none of the rest.
fn is_wide(head: &[u8]) -> bool {
    let zeros = |parity: usize| head.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    head.len() >= 8 && even.min(odd) == 0 && even.max(odd) * 4 > head.len()
}

/// Said to be HTML, or nothing said, and neither text nor a document.
pub fn is_rubbish(bytes: &[u8], content_type: Option<&str>) -> bool {
    let said = content_type.unwrap_or_default().to_ascii_lowercase();
    let kind = said.split(';').next().unwrap_or_default().trim();
    if !matches!(kind, "" | "text/html" | "application/xhtml+xml" | "text/plain") || said.contains("utf-16") {
        return false;
    }
    let known = |starts: &[&[u8]]| starts.iter().any(|start| bytes.starts_with(start));
    let head = &bytes[..bytes.len().min(LOOKED_AT)];
    let controls = head.iter().filter(|byte| matches!(byte, 0..=8 | 0x0b | 0x0e..=0x1a | 0x1c..=0x1f)).count();
    controls * RARE > head.len() && !known(&DOCUMENTS) && !known(&UTF_16) && !is_wide(head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_bytes_are_no_page_and_odd_text_is() {
        let packed: Vec<u8> = (0..3000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let picture = [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), &packed].concat();
        for body in [&packed[..], &picture] {
            assert!(is_rubbish(body, Some("text/html; charset=utf-8")) && is_rubbish(body, None));
            assert!(!is_rubbish(body, Some("image/png")), "another reader's business");
        }
        let wide: Vec<u8> = "\u{feff}<p>Obec hledá partnera".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked = [b"<p>".repeat(40), b"\x0b\x1a".to_vec()].concat();
        let document = [b"%PDF-1.4\n".as_slice(), &packed].concat();
        for body in [&wide[..], &wide[2..], &marked, &document, b"p\xf8\xedli\xb9n\xec", b""] {
            assert!(!is_rubbish(body, Some("text/html")), "{body:?}");
        }
    }
}
