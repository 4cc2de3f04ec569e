//! What a CSV file holds, for programs: CSV on the Web (W3C, "Metadata Vocabulary for Tabular Data", 2015).
//!
//! The description lies beside the file as `FILE-metadata.json`, where the recommendation has readers look (§5.3 of the model).
//! Times that Excel knows and decimal commas are described as such (UAX 35 patterns).

use serde_json::{Value, json};

use super::columns::{Column, Kind, LIST, Values};
use super::{Dialect, Table};
use crate::export::metadata::{GENERATOR, LICENCE};
use crate::export::{Counts, Metadata};

impl Table {
    /// The description of a file of this table.
    pub fn description(&self, metadata: &Metadata, counts: Counts, file: &str, sha256: &str) -> Value {
        let mut table = self.table(file);
        let context = json!(["http://www.w3.org/ns/csvw", {"@language": "en"}]);
        let mut description = json!({"@context": context});
        description["dc:title"] = json!(metadata.title());
        description["dc:license"] = json!({"@id": LICENCE});
        description["dc:rights"] = json!(metadata.attribution.join(" "));
        description["dc:creator"] = json!(GENERATOR);
        if let Some(query) = &metadata.query {
            description["schema:query"] = json!(query);
        }
        if let Some(at) = metadata.as_of {
            description["dc:temporal"] = json!(at.to_string());
        }
        description["schema:numberOfItems"] = json!(counts.records);
        description["schema:sha256"] = json!(sha256);
        if let (Some(description), Some(table)) = (description.as_object_mut(), table.as_object_mut()) {
            description.append(table);
        }
        description
    }

    /// Name, dialect and columns alone.
    fn table(&self, file: &str) -> Value {
        let columns: Vec<Value> = self.columns.iter().map(|column| self.column(column)).collect();
        let mut schema = json!({"columns": columns});
        let has = |name| self.columns.iter().any(|column| column.name == name);
        if has("id") && has("version") {
            schema["primaryKey"] = json!(["id", "version"]);
        }
        let separator = char::from(self.separator()).to_string();
        json!({
            "url": file,
            "dialect": {"delimiter": separator, "encoding": "utf-8", "header": true, "lineTerminators": ["\r\n"], "doubleQuote": true},
            "tableSchema": schema,
        })
    }

    fn column(&self, column: &Column) -> Value {
        let mut described = json!({
            "name": column.name, "titles": column.name, "dc:description": column.holds, "datatype": self.datatype(column.kind),
        });
        if column.values == Values::Many {
            described["separator"] = json!(LIST);
        }
        described
    }

    fn datatype(&self, kind: Kind) -> Value {
        match (kind, self.dialect) {
            (Kind::Text | Kind::Code | Kind::Phone, _) => json!("string"),
            (Kind::Address, _) => json!("anyURI"),
            (Kind::Day, _) => json!("date"),
            (Kind::Time, Dialect::Rfc4180) => json!("dateTime"),
            (Kind::Time, Dialect::CzechExcel) => json!({"base": "dateTime", "format": "yyyy-MM-dd HH:mm:ss"}),
            (Kind::Integer, _) => json!("integer"),
            (Kind::Decimal, Dialect::Rfc4180) => json!("decimal"),
            (Kind::Decimal, Dialect::CzechExcel) => json!({"base": "decimal", "format": {"decimalChar": ",", "groupChar": " "}}),
            (Kind::Truth, _) => json!("boolean"),
        }
    }
}
