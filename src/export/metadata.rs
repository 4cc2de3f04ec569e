//! What an export is: the program, the question, the time asked about, the counts, the licence of what was added to the texts.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Value, json};
use url::Url;

use crate::record::Record;

/// The program, as user agents and generators are named.
pub(super) const GENERATOR: &str = concat!("twindex/", env!("CARGO_PKG_VERSION"));
/// Licence of the data from `GeoNames` that records carry.
pub(super) const LICENCE: &str = "https://creativecommons.org/licenses/by/4.0/";

/// What is said of an export as a whole.
#[derive(Clone, Debug, Default)]
pub struct Metadata {
    pub query: Option<String>,
    /// The moment whose state the records show; `None`: the newest.
    pub as_of: Option<Timestamp>,
    /// Attribution lines of data that the records carry (GeoNames, CLDR).
    pub attribution: Vec<String>,
    /// Where a feed will stand, for those who subscribe to it.
    pub feed_url: Option<String>,
    /// The institution behind each source, by the source's name.
    pub publishers: BTreeMap<String, String>,
}

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub records: u64,
    /// Records with a place on the map, where the format is a map.
    pub placed: Option<u64>,
    /// Texts cut to what a cell of the format can hold.
    pub shortened: u64,
}

impl Counts {
    /// Of a format that holds any record whole.
    pub(super) fn of(records: u64) -> Self {
        Self { records, ..Self::default() }
    }
}

impl Metadata {
    /// Without counts, for the head of a file.
    pub fn json(&self) -> Value {
        json!({
            "generator": GENERATOR, "query": self.query, "as_of": self.as_of, "attribution": self.attribution, "license": LICENCE,
        })
    }

    /// With what was written, for the file beside an export.
    pub fn beside(&self, counts: Counts, file: &str, sha256: &str) -> Value {
        let mut value = self.json();
        value["records"] = json!(counts.records);
        if let Some(placed) = counts.placed {
            value["records_with_a_place"] = json!(placed);
        }
        if counts.shortened > 0 {
            value["texts_shortened"] = json!(counts.shortened);
        }
        value["file"] = json!(file);
        value["sha256"] = json!(sha256);
        value
    }

    /// Who published a record: the institution as the configuration names it, else the host of its address.
    pub fn publisher(&self, record: &Record) -> String {
        let host = || Url::parse(&record.url).ok().and_then(|url| url.host_str().map(|host| host.trim_start_matches("www.").to_owned()));
        self.publishers.get(&record.source).cloned().or_else(host).unwrap_or_else(|| record.source.clone())
    }

    /// What the records are, in a line for people.
    pub(super) fn title(&self) -> String {
        let what = self.query.as_deref().map_or_else(|| "all notices".to_owned(), ToOwned::to_owned);
        let when = self.as_of.map_or_else(String::new, |at| format!(", as of {at}"));
        format!("twindex: {what}{when}")
    }
}
