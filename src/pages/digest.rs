//! Digests and names of records.
//!
//! SHA-1 in base 32 (RFC 4648), because every index and tool of web archiving compares these; it
//! finds damage and repetition and is not meant to withstand forgery. Record names are UUIDs of version 5
//! (RFC 9562 §5.5) over the file's name and the place in it: unique without a source of chance.

use data_encoding::{BASE32, HEXLOWER};
use sha1::{Digest, Sha1};

/// As in `WARC-Block-Digest` and `WARC-Payload-Digest`.
pub(super) fn labelled(parts: &[&[u8]]) -> String {
    format!("sha1:{}", BASE32.encode(&sha1(parts)))
}

/// Name of the record that begins at a place in a file.
pub(super) fn record_id(file: &str, begun: &str, offset: u64, nth: usize) -> String {
    let mut bytes = sha1(&[b"twindex", file.as_bytes(), begun.as_bytes(), &offset.to_be_bytes(), &nth.to_be_bytes()]);
    bytes[6] = (bytes[6] & 0x0f) | 0x50;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let hex = HEXLOWER.encode(&bytes[..16]);
    format!("<urn:uuid:{}-{}-{}-{}-{}>", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

fn sha1(parts: &[&[u8]]) -> Vec<u8> {
    let mut hash = Sha1::new();
    for part in parts {
        hash.update(part);
    }
    hash.finalize().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_empty_payload_has_its_well_known_digest() {
        assert_eq!(labelled(&[]), "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ");
    }

    #[test]
    fn names_differ_by_place_and_are_version_5() {
        let one = record_id("a.warc.gz", "2026-01-01T00:00:00Z", 0, 0);
        assert_ne!(one, record_id("a.warc.gz", "2026-01-01T00:00:00Z", 1, 0));
        assert_ne!(one, record_id("a.warc.gz", "2026-01-01T00:00:00Z", 0, 1));
        assert_eq!((one.len(), one.as_bytes()[24]), (47, b'5'), "{one}");
    }
}
