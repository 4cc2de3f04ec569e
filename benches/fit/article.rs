//! Prints the blocks of pages with their features, for `article.py`, which fits the weights of `extract::article`.
//!
//! In: JSON lines with `id`, `url`, `title`, `summary` and `file` (HTML, gzip if its name ends so). Out: JSON lines with `id`,
//! `blocks`, `days` (shown, stated to machines, read) and what was `read`: `text`, `documents`, `problems`.
#![allow(clippy::print_stdout, reason = "a filter")]

use std::io::{BufRead, Read};

use flate2::read::GzDecoder;
use serde_json::{Value, json};
use twindex::config::Selectors;
use twindex::extract::{Entry, Page, article};
use url::Url;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for line in std::io::stdin().lock().lines() {
        let asked: Value = serde_json::from_str(&line?)?;
        let text = |name: &str| asked[name].as_str().unwrap_or_default();
        let mut bytes = std::fs::read(text("file"))?;
        if std::path::Path::new(text("file")).extension().is_some_and(|ending| ending == "gz") {
            let mut plain = Vec::new();
            GzDecoder::new(bytes.as_slice()).read_to_end(&mut plain)?;
            bytes = plain;
        }
        let url = Url::parse(text("url"))?;
        let utf8 = std::str::from_utf8(&bytes).is_ok().then_some("text/html; charset=utf-8");
        let page = Page { url: &url, content_type: utf8, bytes: &bytes, seen: jiff::civil::date(2026, 11, 30) };
        let summary = Some(text("summary").to_owned()).filter(|summary| !summary.is_empty());
        let entry = Entry { title: text("title").to_owned(), summary, ..Entry::default() };
        let blocks = article::explain(&page, &entry);
        let read = article::read(&page, &entry, &Selectors::default());
        let problems: Vec<String> = read.problems.iter().map(|problem| format!("{}: {}", problem.kind.name(), problem.what)).collect();
        let documents: Vec<&str> = read.documents.iter().map(|link| link.url.as_str()).collect();
        let (days, stated) = article::days(&page, &entry);
        let days = json!({ "shown": days, "stated": stated, "read": read.published.map(|day| day.to_string()) });
        let read = json!({ "text": read.body, "documents": documents, "problems": problems });
        println!("{}", json!({ "id": asked["id"], "blocks": blocks, "days": days, "read": read }));
    }
    Ok(())
}
