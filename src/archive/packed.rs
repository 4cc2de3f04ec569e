//! Evidence of facts, packed: it is the bulk of what is read from a notice, and nobody asks for it in SQL.
//!
//! Disposable like all facts: what cannot be unpacked is left out, and comes back with the next reading.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use super::to_json;
use crate::record::{Evidence, Facts};

/// Facts without their evidence, and the evidence deflated.
pub(super) fn apart(facts: &Facts) -> (Facts, Vec<u8>) {
    let mut bare = facts.clone();
    let evidence = to_json(&std::mem::take(&mut bare.evidence));
    let mut packer = DeflateEncoder::new(Vec::new(), Compression::default());
    packer.write_all(evidence.as_bytes()).expect("memory takes all");
    (bare, packer.finish().expect("memory takes all"))
}

/// Facts with their evidence again; without a packed one it lies in the facts (as in older archives).
pub(super) fn together(facts: Facts, packed: Option<&[u8]>) -> Facts {
    let Some(packed) = packed else { return facts };
    let mut text = String::new();
    let read = DeflateDecoder::new(packed).read_to_string(&mut text);
    let evidence: Option<Vec<Evidence>> = read.ok().and_then(|_| serde_json::from_str(&text).ok());
    Facts { evidence: evidence.unwrap_or_default(), ..facts }
}
