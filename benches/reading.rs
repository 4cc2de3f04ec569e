//! How long the pages of entries take to be read on one core: as a tree, as a model, as text; `reading.py` puts it beside others.
//!
//!     cargo bench --bench reading < PAGES
//!
//! In: JSON lines with `id`, `url`, `title` and `file` (HTML, gzip if its name ends so). Out: one JSON object: pages, bytes, and
//! the milliseconds a page of each stage, those before it included: the median of rounds. CPU of this thread as Linux counts it.

#![expect(clippy::print_stdout, reason = "the figures are what this is run for")]

use std::error::Error;
use std::hint::black_box;
use std::io::{BufRead, Read};

use flate2::read::GzDecoder;
use serde_json::{Value, json};
use twindex::config::Selectors;
use twindex::extract::{Entry, Page, article, page};
use url::Url;

const ROUNDS: usize = 5;

/// What is done with a page.
type Stage = fn(&Page, &Entry);

struct Saved {
    url: Url,
    bytes: Vec<u8>,
    content_type: Option<&'static str>,
    entry: Entry,
}

fn main() -> Result<(), Box<dyn Error>> {
    let pages = std::io::stdin().lock().lines().map(|line| load(&line?)).collect::<Result<Vec<_>, _>>()?;
    let stages: [(&str, Stage); 3] = [("tree", tree), ("model", model), ("text", text)];
    let mut spent = vec![Vec::new(); stages.len()];
    // By turns, so that what else the machine does meets all.
    for _ in 0..ROUNDS {
        for (at, (_, stage)) in stages.iter().enumerate() {
            let begun = cpu()?;
            for page in &pages {
                stage(&page.page(), &page.entry);
            }
            spent[at].push((cpu()? - begun) / 1e6 / pages.len().max(1) as f64);
        }
    }
    let bytes: usize = pages.iter().map(|page| page.bytes.len()).sum();
    let mut out = json!({ "pages": pages.len(), "bytes": bytes });
    for ((name, _), mut spent) in stages.iter().zip(spent) {
        spent.sort_by(f64::total_cmp);
        out[*name] = json!(spent[ROUNDS / 2]);
    }
    println!("{out}");
    Ok(())
}

impl Saved {
    fn page(&self) -> Page<'_> {
        Page { url: &self.url, content_type: self.content_type, bytes: &self.bytes, seen: jiff::civil::date(2026, 12, 31) }
    }
}

fn load(line: &str) -> Result<Saved, Box<dyn Error>> {
    let asked: Value = serde_json::from_str(line)?;
    let text = |name: &str| asked[name].as_str().unwrap_or_default();
    let mut bytes = std::fs::read(text("file"))?;
    if std::path::Path::new(text("file")).extension().is_some_and(|ending| ending == "gz") {
        let mut plain = Vec::new();
        GzDecoder::new(bytes.as_slice()).read_to_end(&mut plain)?;
        bytes = plain;
    }
    let content_type = std::str::from_utf8(&bytes).is_ok().then_some("text/html; charset=utf-8");
    Ok(Saved { url: Url::parse(text("url"))?, bytes, content_type, entry: Entry { title: text("title").to_owned(), ..Entry::default() } })
}

fn tree(page: &Page, _: &Entry) {
    black_box(page::parse(page));
}

fn model(page: &Page, _: &Entry) {
    let tree = page::parse(page).html;
    black_box(page::Model::of(&tree, page));
}

fn text(page: &Page, entry: &Entry) {
    black_box(article::read(page, entry, &Selectors::default()));
}

/// Nanoseconds that this thread has run.
fn cpu() -> Result<f64, Box<dyn Error>> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    Ok(told.split_whitespace().next().unwrap_or_default().parse()?)
}
