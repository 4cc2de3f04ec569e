//! The values that a field has in this index, with how many records have each.

use std::collections::BTreeMap;

use serde::Serialize;
use tantivy::schema::Field;

use super::edit_distance;
use super::index::Index;
use super::names;
use super::query::{FieldName, named};
use super::vocabulary::{self, List};
use crate::gazetteer;

/// One value of a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ValueCount {
    pub value: String,
    /// In Czech.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    pub records: u64,
}

/// Names of the fields whose values can be listed.
const LISTED: [&str; 8] = ["kind", "theme", "country", "wanted.country", "region", "has", "lang", "source"];

impl Index {
    /// Every value of a field, those of a closed list also where no record has them; the error says which fields have lists.
    pub fn values(&self, field: &str) -> Result<Vec<ValueCount>, String> {
        let fields = self.fields();
        let (terms, list) = match named(field) {
            Some(FieldName::Kind) => (fields.kind, Some(List::Kind)),
            Some(FieldName::Theme) => (fields.theme, Some(List::Theme)),
            Some(FieldName::Has) => (fields.has, Some(List::Has)),
            Some(FieldName::Lang) => (fields.lang, Some(List::Lang)),
            Some(FieldName::Country) => (fields.country, None),
            Some(FieldName::WantedCountry) => (fields.wanted_country, None),
            Some(FieldName::Region) => (fields.region, None),
            Some(FieldName::Source) => (fields.source, None),
            _ => return Err(unlisted(field)),
        };
        let mut counts = self.counts(terms);
        if let Some(list) = list.filter(|list| *list != List::Lang) {
            vocabulary::values(list).for_each(|value| _ = counts.entry(value.name.to_owned()).or_default());
        }
        // Divisions of the second order are many, and found by their names.
        counts.retain(|value, _| value.matches('.').count() < 2 || list.is_some() || terms != fields.region);
        let label = |value: &str| match list {
            Some(list) => vocabulary::values(list).find(|known| known.name == value).map(|known| known.label.to_owned()),
            None if value.len() == 2 => names::of_country(value).first().map(|name| (*name).to_owned()),
            None => gazetteer::region_of(value).map(|region| region.name.to_owned()),
        };
        let mut values: Vec<ValueCount> =
            counts.into_iter().map(|(value, records)| ValueCount { label: label(&value), value, records }).collect();
        values.sort_by_key(|value| std::cmp::Reverse(value.records));
        Ok(values)
    }

    fn counts(&self, field: Field) -> BTreeMap<String, u64> {
        let mut counts = BTreeMap::new();
        for segment in self.searcher().segment_readers() {
            let Ok(index) = segment.inverted_index(field) else { continue };
            let Ok(mut terms) = index.terms().stream() else { continue };
            while terms.advance() {
                *counts.entry(String::from_utf8_lossy(terms.key()).into_owned()).or_default() += u64::from(terms.value().doc_freq);
            }
        }
        counts
    }
}

fn unlisted(field: &str) -> String {
    let near = edit_distance::nearest(field, LISTED.map(|name| (name, name)));
    let near = near.map_or_else(String::new, |near| format!("did you mean {near}? "));
    format!("`{field}` has no list of values; {near}Those that have are {}", LISTED.join(", "))
}
