//! What a commit of the index says of itself: which schema, layout, analyzer and data made it, and of which revision it is.

use serde::{Deserialize, Serialize};
use sha1::{Digest, Sha1};

use super::czech::{self, ANALYZER_VERSION};
use super::document::LAYOUT;
use super::schema::{self, Fields};
use crate::gazetteer;

/// What a commit holds.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Payload {
    pub(super) schema: String,
    layout: u32,
    analyzer: u32,
    /// Of the lexicon and the gazetteer, whose words the documents hold.
    data: String,
    pub(super) revision: u64,
}

impl Payload {
    pub(super) fn now(revision: u64) -> Self {
        Self { schema: schema::fingerprint(&Fields::new().0), layout: LAYOUT, analyzer: ANALYZER_VERSION, data: data(), revision }
    }

    pub(super) fn text(&self) -> String {
        serde_json::to_string(self).expect("numbers and a hash always serialise")
    }
}

/// Digest of all data that goes into documents beside the records.
fn data() -> String {
    let digest = Sha1::new().chain_update(czech::DATA_SUMS).chain_update(gazetteer::DATA_SUMS);
    data_encoding::HEXLOWER.encode(&digest.finalize())
}
