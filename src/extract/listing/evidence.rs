//! Structured data of a page (schema.org JSON-LD) beside its visible text.
//!
//! It dates an entry that shows no date; where the text shows another day, the text stands and the
//! difference is told. Matched by address, host and query aside.

use std::collections::BTreeMap;

use jiff::civil::Date;
use scraper::{Html, Selector};
use serde_json::Value;
use url::Url;

use super::links::Links;
use crate::extract::dates;
use crate::extract::{Listing, Problem, ProblemKind};

/// `<base href>` or the page's own address.
pub fn base(html: &Html, page: &Url) -> Url {
    let base = Selector::parse("base[href]").ok();
    let href = base.and_then(|base| html.select(&base).next()).and_then(|element| element.attr("href"));
    href.and_then(|href| page.join(href).ok()).unwrap_or_else(|| page.clone())
}

/// Dates what is undated, and tells where text and data differ.
pub fn compare(html: &Html, links: &Links, seen: Date, listing: &mut Listing) {
    let told = published(html, links);
    let Listing { entries, problems, .. } = listing;
    for entry in entries {
        let Some(date) = entry.link.as_ref().and_then(|link| told.get(link.path())) else { continue };
        match entry.published {
            Some(shown) if shown != *date => {
                problems
                    .push(Problem { kind: ProblemKind::DatesDiffer, what: format!("{shown} shown, {date} in JSON-LD: {}", entry.title) });
            }
            None if entry.date_text.is_none() && *date <= seen => {
                entry.published = Some(*date);
                let undated = problems.iter().position(|problem| problem.kind == ProblemKind::Undated && problem.what == entry.title);
                undated.map(|at| problems.remove(at));
            }
            _ => {}
        }
    }
}

/// `datePublished` by path of the address it belongs to.
fn published(html: &Html, links: &Links) -> BTreeMap<String, Date> {
    let Ok(scripts) = Selector::parse("script[type='application/ld+json']") else { return BTreeMap::new() };
    let mut told = BTreeMap::new();
    for script in html.select(&scripts) {
        // serde_json refuses what nests deeper than 128, so the walk below is bounded.
        if let Ok(value) = serde_json::from_str::<Value>(&script.text().collect::<String>()) {
            gather(&value, links, &mut told);
        }
    }
    told
}

fn gather(value: &Value, links: &Links, told: &mut BTreeMap<String, Date>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| gather(value, links, told)),
        Value::Object(fields) => {
            let text = |name: &str| fields.get(name).and_then(Value::as_str);
            let page = fields.get("mainEntityOfPage").and_then(|page| page.as_str().or_else(|| page.get("@id")?.as_str()));
            let url = text("url").or_else(|| text("@id")).or(page).and_then(|href| links.join(href));
            if let (Some(url), Some(date)) = (url, text("datePublished").and_then(dates::iso)) {
                told.entry(url.path().to_owned()).or_insert(date);
            }
            fields.values().for_each(|value| gather(value, links, told));
        }
        _ => {}
    }
}
