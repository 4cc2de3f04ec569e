//! The bare parts of a crawl, each by itself over the same pages: what no crawler can do without. `benches/crawl.py` puts their sum beside a crawl.
//!
//!     parts LISTING DIR
//!
//! LISTING is a list page whose entries are `.item h3 a` and whose next page is `a[rel=next]`. Out: one JSON object, milliseconds of
//! CPU a page, of the whole process, for each part: asking (one connection, one page after the other), parsing into a tree and taking
//! its text, packing into a gzip member and forcing that onto the disk, a row of SQLite in a transaction of its own, adding to an index
//! of tantivy with its commit. Nothing is looked for in a page, no robots.txt is read, nothing is read back.

#![expect(clippy::print_stdout, reason = "the figures are what this is run for")]

use std::collections::VecDeque;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use flate2::{Compression, write::GzEncoder};
use scraper::{Html, Selector};
use serde_json::json;
use tantivy::schema::{IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{AsciiFoldingFilter, LowerCaser, SimpleTokenizer, TextAnalyzer};
use tantivy::{Index, IndexWriter, TantivyDocument};
use url::Url;

const FOLDED: &str = "folded";

struct Page {
    url: Url,
    body: Vec<u8>,
}

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let [listing, dir] = &args[..] else { return Ok(()) };
    let dir = Path::new(dir);
    std::fs::create_dir_all(dir)?;
    drop(rustls::crypto::ring::default_provider().install_default());
    let mut spent = serde_json::Map::new();
    let mut pages = Vec::new();
    let links = links(listing)?;
    spent.insert("get".into(), json!(timed(|| get(&links, &mut pages))?));
    let mut texts = Vec::new();
    spent.insert("parse".into(), json!(timed(|| parse(&pages, &mut texts))?));
    spent.insert("gzip".into(), json!(timed(|| pack(&pages, dir))?));
    spent.insert("sqlite".into(), json!(timed(|| insert(&pages, &texts, dir))?));
    spent.insert("tantivy".into(), json!(timed(|| index(&pages, &texts, dir))?));
    for (_, part) in &mut spent {
        *part = json!(part.as_f64().unwrap_or_default() / pages.len().max(1) as f64);
    }
    let sum: f64 = spent.values().filter_map(serde_json::Value::as_f64).sum();
    println!("{}", json!({ "pages": pages.len(), "parts": spent, "sum": sum }));
    Ok(())
}

/// All pages of the list and of its entries, the list first; not measured.
fn links(listing: &str) -> Result<Vec<Url>> {
    let (entry, next) = (selector(".item h3 a"), selector("a[rel=next]"));
    let mut links = Vec::new();
    let mut lists = VecDeque::from([Url::parse(listing)?]);
    let mut details = Vec::new();
    while let Some(url) = lists.pop_front() {
        let mut page = Vec::new();
        get(std::slice::from_ref(&url), &mut page)?;
        let tree = Html::parse_document(&String::from_utf8_lossy(&page.first().context("a list page")?.body));
        let targets =
            |which: &Selector| tree.select(which).filter_map(|link| url.join(link.value().attr("href")?).ok()).collect::<Vec<_>>();
        details.extend(targets(&entry));
        lists.extend(targets(&next));
        links.push(url);
    }
    links.extend(details);
    Ok(links)
}

fn selector(css: &str) -> Selector {
    Selector::parse(css).expect("a selector of ours")
}

fn get(links: &[Url], pages: &mut Vec<Page>) -> Result<()> {
    let client = reqwest::Client::builder().http1_only().no_proxy().build()?;
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        for url in links {
            let body = client.get(url.clone()).send().await?.bytes().await?.to_vec();
            pages.push(Page { url: url.clone(), body });
        }
        Ok(())
    })
}

fn parse(pages: &[Page], texts: &mut Vec<String>) -> Result<()> {
    for page in pages {
        let tree = Html::parse_document(std::str::from_utf8(&page.body)?);
        texts.push(tree.root_element().text().collect());
    }
    Ok(())
}

fn pack(pages: &[Page], dir: &Path) -> Result<()> {
    let mut file = std::fs::File::create(dir.join("pages.gz"))?;
    for page in pages {
        let mut member = GzEncoder::new(Vec::new(), Compression::default());
        member.write_all(&page.body)?;
        file.write_all(&member.finish()?)?;
        file.sync_data()?;
    }
    Ok(())
}

fn insert(pages: &[Page], texts: &[String], dir: &Path) -> Result<()> {
    let sql = rusqlite::Connection::open(dir.join("texts.db"))?;
    sql.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; CREATE TABLE page (url TEXT PRIMARY KEY, text TEXT)")?;
    for (page, text) in pages.iter().zip(texts) {
        sql.prepare_cached("INSERT OR REPLACE INTO page VALUES (?1, ?2)")?.execute([page.url.as_str(), text])?;
    }
    Ok(())
}

fn index(pages: &[Page], texts: &[String], dir: &Path) -> Result<()> {
    let mut schema = Schema::builder();
    let indexing = TextFieldIndexing::default().set_tokenizer(FOLDED).set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let field = schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing).set_stored());
    let url = schema.add_text_field("url", STORED);
    std::fs::create_dir_all(dir.join("index"))?;
    let index = Index::create_in_dir(dir.join("index"), schema.build())?;
    index
        .tokenizers()
        .register(FOLDED, TextAnalyzer::builder(SimpleTokenizer::default()).filter(LowerCaser).filter(AsciiFoldingFilter).build());
    let mut writer: IndexWriter = index.writer_with_num_threads(1, 20 << 20)?;
    for (page, text) in pages.iter().zip(texts) {
        let mut document = TantivyDocument::new();
        document.add_text(url, page.url.as_str());
        document.add_text(field, text);
        writer.add_document(document)?;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(())
}

/// Milliseconds of CPU that the process spent on some work, user and system.
fn timed(work: impl FnOnce() -> Result<()>) -> Result<f64> {
    let begun = cpu()?;
    work()?;
    Ok(cpu()? - begun)
}

/// Milliseconds of CPU of this process, of all its threads, in steps of ten.
fn cpu() -> Result<f64> {
    let told = std::fs::read_to_string("/proc/self/stat")?;
    let fields = told.rsplit(')').next().unwrap_or_default().split_whitespace().collect::<Vec<_>>();
    // Fields 14 and 15 of proc(5), in ticks of a hundredth of a second.
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok()).unwrap_or_default();
    Ok((ticks(11) + ticks(12)) * 10.0)
}
