//! Reads list pages and prints what the reader saw, a JSON line a page: entries, candidates, columns, features.
//!
//! Input on stdin, a JSON line a page: `id`, `url`, `content_type`, `file`, `seen`. `fit.py` learns the weights from it.

use std::io::{BufRead, Write};

use anyhow::Context;
use serde::Deserialize;
use twindex::config::Selectors;
use twindex::extract::{Page, listing};
use url::Url;

#[derive(Deserialize)]
struct Input {
    id: String,
    url: String,
    content_type: Option<String>,
    file: std::path::PathBuf,
    seen: jiff::civil::Date,
}

fn main() -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let input: Input = serde_json::from_str(&line?)?;
        let bytes = std::fs::read(&input.file).with_context(|| input.file.display().to_string())?;
        let url = Url::parse(&input.url)?;
        let page = Page { url: &url, content_type: input.content_type.as_deref(), bytes: &bytes, seen: input.seen };
        let (listing, explanation) = listing::explain(&page, &Selectors::default());
        let entries: Vec<_> = listing
            .entries
            .iter()
            .map(|entry| {
                let documents: Vec<_> = entry.documents.iter().map(|link| serde_json::json!({"url": link.url.as_str()})).collect();
                serde_json::json!({"published": entry.published, "title": entry.title, "url": entry.link.as_ref().map(Url::as_str),
                    "summary": entry.summary, "body": entry.body, "attachments": documents})
            })
            .collect();
        let problems: Vec<_> = listing.problems.iter().map(|problem| (problem.kind.name(), &problem.what)).collect();
        let page = serde_json::json!({"id": input.id, "entries": entries, "problems": problems, "whole": listing.whole,
            "layout": listing.layout, "next": listing.next.as_ref().map(Url::as_str), "candidates": explanation.candidates});
        writeln!(out, "{page}")?;
    }
    Ok(())
}
