//! `application/warc-fields`: lines of `name: value`, as in WARC headers, warcinfo and metadata blocks.
//!
//! Values are UTF-8 on one line. What a line cannot hold (controls, line breaks, bytes that are no
//! UTF-8, blanks at the ends) is percent-encoded on writing and decoded on reading, so any byte string
//! survives and ordinary ones stay readable. Names are compared without case (ISO 28500 §4).

use data_encoding::HEXUPPER;

/// In order, repeated names kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fields(pub Vec<(String, String)>);

impl Fields {
    pub(super) fn push(&mut self, name: &str, value: impl Into<String>) {
        self.0.push((name.to_owned(), value.into()));
    }

    /// A value of any bytes.
    pub(super) fn push_bytes(&mut self, name: &str, value: &[u8]) {
        self.push(name, escape(value));
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    pub(super) fn all(&self, name: &'static str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// A value written by `push_bytes`, as text.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.get(name).map(|value| String::from_utf8_lossy(&unescape(value)).into_owned())
    }

    pub(super) fn to_block(&self) -> Vec<u8> {
        self.0.iter().flat_map(|(name, value)| format!("{name}: {value}\r\n").into_bytes()).collect()
    }

    /// Reads lines until an empty one; a line without a colon continues nothing and is dropped.
    pub(super) fn parse(block: &[u8]) -> Self {
        let text = String::from_utf8_lossy(block);
        let mut fields = Self::default();
        for line in text.split('\n').map(|line| line.trim_end_matches('\r')).take_while(|line| !line.is_empty()) {
            if line.starts_with([' ', '\t']) {
                if let Some((_, value)) = fields.0.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            } else if let Some((name, value)) = line.split_once(':') {
                fields.push(name.trim(), value.trim());
            }
        }
        fields
    }
}

/// Bytes as one line of text.
pub(super) fn escape(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    let blank = |byte: &u8| *byte == b' ';
    let lead = bytes.iter().take_while(|byte| blank(byte)).count();
    let tail = bytes[lead..].iter().rev().take_while(|byte| blank(byte)).count();
    let (inner, end) = bytes[lead..].split_at(bytes.len() - lead - tail);
    percent(&bytes[..lead], &mut out);
    for chunk in inner.utf8_chunks() {
        for letter in chunk.valid().chars() {
            // White space beyond the plain blank would be trimmed or folded by readers.
            if letter == '%' || letter.is_control() || (letter.is_whitespace() && letter != ' ') {
                percent(letter.encode_utf8(&mut [0; 4]).as_bytes(), &mut out);
            } else {
                out.push(letter);
            }
        }
        percent(chunk.invalid(), &mut out);
    }
    percent(end, &mut out);
    out
}

fn percent(bytes: &[u8], out: &mut String) {
    for byte in bytes {
        out.push('%');
        out.push_str(&HEXUPPER.encode(&[*byte]));
    }
}

/// The bytes that `escape` was given; a `%` that starts no code stands for itself.
pub(super) fn unescape(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = bytes.get(at + 1..at + 3).and_then(|digits| std::str::from_utf8(digits).ok());
        if let Some(byte) = code.filter(|_| bytes[at] == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            out.push(byte);
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_bytes_survive_a_field(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
            let mut fields = Fields::default();
            fields.push_bytes("x", &bytes);
            let back = Fields::parse(&fields.to_block());
            prop_assert_eq!(unescape(back.get("X").unwrap()), bytes);
        }
    }

    #[test]
    fn czech_stays_readable() {
        assert_eq!(escape("vypršel čas\n100 %".as_bytes()), "vypršel čas%0A100 %25");
    }

    #[test]
    fn folded_lines_are_joined() {
        assert_eq!(Fields::parse(b"a: b\r\n  c\r\n\r\nd: e\r\n").0, [("a".to_owned(), "b c".to_owned())]);
    }
}
