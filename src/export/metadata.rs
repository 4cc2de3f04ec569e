//! What an export is: the program, the question, the count, the licences of what was added to the texts.

use serde_json::{Value, json};

/// Goes into `GeoJSON` itself and beside other formats as `FILE-metadata.json`.
#[derive(Clone, Debug)]
pub struct Metadata {
    pub query: Option<String>,
    /// Attribution lines of data that the records carry (GeoNames, CLDR).
    pub attribution: Vec<String>,
    /// Where a feed will stand, for those who subscribe to it.
    pub feed_url: Option<String>,
}

impl Metadata {
    pub fn json(&self) -> Value {
        json!({
            "generator": concat!("twindex/", env!("CARGO_PKG_VERSION")),
            "query": self.query,
            "attribution": self.attribution,
            "formulas": "in CSV, text cells that begin with = + - @ tab or CR carry a leading apostrophe",
        })
    }

    /// With the number of records written, for the file beside an export.
    pub fn with_count(&self, records: u64) -> Value {
        let mut value = self.json();
        value["records"] = json!(records);
        value
    }
}
