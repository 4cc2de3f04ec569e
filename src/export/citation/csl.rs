//! Citations as CSL-JSON (Citation Style Language 1.0.2), an array of items: for Zotero, pandoc and citeproc.
//!
//! Refuses: fields without a value, which are left out.

use jiff::civil::Date;
use serde_json::json;

use super::item::Citation;

pub(super) fn item(citation: &Citation<'_>) -> String {
    let date = |day: Date| json!({"date-parts": [[day.year(), day.month(), day.day()]]});
    let mut item = json!({
        "id": citation.id, "type": "webpage", "title": citation.title, "author": [{"literal": citation.publisher}],
        "URL": citation.url, "accessed": date(citation.accessed_on()), "note": citation.archived(),
    });
    for (name, value) in [
        ("issued", citation.published.map(date)),
        ("language", citation.language.as_deref().map(|language| json!(language))),
        ("abstract", citation.summary.map(|summary| json!(summary))),
    ] {
        if let Some(value) = value {
            item[name] = value;
        }
    }
    item.to_string()
}
