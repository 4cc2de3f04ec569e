//! Structured data of a page (schema.org JSON-LD) beside its visible text.
//!
//! It dates an entry that shows no date; where the text shows another day, the text stands and the difference is declared.
//! Matched by address, host and query aside.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::Value;

use super::context::Context;
use crate::extract::dates;
use crate::extract::{Listing, Problem, ProblemKind};

/// Dates what is undated, and tells where text and data differ.
pub fn compare(context: &Context, listing: &mut Listing) {
    let declared = published(context);
    let Listing { entries, problems, .. } = listing;
    for entry in entries {
        let Some(date) = entry.link.as_ref().and_then(|link| declared.get(link.path())) else { continue };
        match entry.published {
            Some(shown) if shown != *date => {
                let what = format!("{shown} shown, {date} in JSON-LD: {}", entry.title);
                problems.push(Problem { kind: ProblemKind::DatesDiffer, what });
            }
            None if entry.date_text.is_none() && *date <= context.setting.seen => {
                entry.published = Some(*date);
                let undated = problems.iter().position(|problem| problem.kind == ProblemKind::Undated && problem.what == entry.title);
                undated.map(|at| problems.remove(at));
            }
            _ => {}
        }
    }
}

/// `datePublished` by path of the address it belongs to.
fn published(context: &Context) -> BTreeMap<String, Date> {
    let mut declared = BTreeMap::new();
    for fields in &context.model.metadata.objects {
        let text = |name: &str| fields.get(name).and_then(Value::as_str);
        let page = fields.get("mainEntityOfPage").and_then(|page| page.as_str().or_else(|| page.get("@id")?.as_str()));
        let url = text("url").or_else(|| text("@id")).or(page).and_then(|href| context.links.join(href));
        if let (Some(url), Some(date)) = (url, text("datePublished").and_then(dates::iso)) {
            declared.entry(url.path().to_owned()).or_insert(date);
        }
    }
    declared
}
