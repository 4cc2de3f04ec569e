//! An entry's own page: its main text, files, date, canonical address and language.
//!
//! The text is found by structure (heading, prose, links), see `region` and `holder`; what is no text is taken off in
//! `trim`. A configured selector `body` always wins: then only the summary and title repeated are removed.

mod blocks;
mod day;
mod documents;
mod elements;
mod frame;
mod furniture;
mod holder;
mod labels;
mod links;
mod parts;
mod published;
mod region;
mod repeat;
mod structured;
mod trim;
mod words;

use jiff::civil::Date;
use scraper::{Html, Selector};
use url::Url;

use self::blocks::{Block, Blocks};
use super::page::parse;
use super::text::normalise;
use super::{Detail, Entry, Page, Problem, ProblemKind};
use crate::config::Selectors;

/// What is known before the page is read.
struct Known<'a> {
    url: &'a Url,
    /// Address against which links are resolved (`<base href>`, HTML standard §2.4.3).
    base: Url,
    seen: Date,
    /// What the listing says.
    published: Option<Date>,
    /// Folded words of the title.
    title: Vec<String>,
    /// The listing cut the title short.
    title_cut: bool,
    /// Folded words of the summary.
    summary: Vec<String>,
    /// The listing cut the summary short.
    summary_cut: bool,
    author: Option<String>,
}

impl Known<'_> {
    fn is_date(&self, block: &Block) -> bool {
        day::of(block, self.seen).is_some()
    }
}

/// Reads the page of an entry.
pub fn read(page: &Page, entry: &Entry, selectors: &Selectors) -> Detail {
    let document = match parse(page) {
        Ok(document) => document,
        Err(problem) => return Detail { problems: vec![problem], ..Detail::default() },
    };
    let structured = structured::read(&document);
    let title = if entry.title.is_empty() { structured.headline.clone().unwrap_or_default() } else { entry.title.clone() };
    let summary = entry.summary.as_deref().unwrap_or_default();
    let known = Known {
        url: page.url,
        base: base(&document, page.url),
        seen: page.seen,
        published: entry.published,
        title: words::tokens(&title),
        title_cut: is_cut(&title),
        summary: words::tokens(summary),
        summary_cut: is_cut(summary),
        author: structured.author.clone(),
    };
    let all = Blocks::of(&document);
    let region = region::find(&all, &known);
    let (published, problems) = published::read(&all, &region, &known, structured.published.as_deref());
    let mut detail = Detail {
        title: region
            .title
            .map(|at| all.blocks[at].text.replace('\n', " "))
            .or_else(|| meta(&document, "meta[property='og:title']", "content")),
        published,
        canonical: canonical(&document, page.url),
        lang: lang(&document),
        problems,
        ..Detail::default()
    };
    if let Some(selector) = &selectors.body {
        chosen(&document, selector, &known, &mut detail);
    } else {
        let around = trim::without_elsewhere(&all, &region, &known);
        let below = documents::below(&all, &region, &known);
        detail.documents = documents::links(around.iter().copied().chain(below).map(|at| &all.blocks[at]), &known);
        // Pages that scripts fill at least tell search engines what they will say.
        let told = || structured.body.as_deref().and_then(told);
        detail.body = trim::join(&trim::text(&all, &region, &known)).or_else(told);
    }
    if detail.body.is_none() {
        detail.problems.push(Problem { kind: ProblemKind::NoText, what: "no main text besides title and summary".to_owned() });
    }
    detail
}

/// All that a page shows, block by block.
pub fn plain(page: &Page) -> Result<String, Problem> {
    let document = parse(page)?;
    let all = Blocks::of(&document);
    Ok(trim::join(&all.blocks.iter().collect::<Vec<_>>()).unwrap_or_default())
}

/// The elements that the configuration names, in the order of the page.
fn chosen(document: &Html, selector: &Selector, known: &Known, detail: &mut Detail) {
    let parts: Vec<Blocks> = document.select(selector).map(Blocks::within).collect();
    if parts.is_empty() {
        detail.problems.push(Problem { kind: ProblemKind::Selector, what: "body".to_owned() });
    }
    let blocks: Vec<&Block> = parts.iter().flat_map(|part| &part.blocks).collect();
    let from = blocks.iter().take_while(|block| furniture::is_title(block, known)).count();
    let from = from + repeat::leading(&blocks[from..], known);
    detail.documents = documents::links(blocks.iter().copied(), known);
    detail.body = trim::join(&blocks[from..]);
}

/// `articleBody`, a paragraph a line.
fn told(text: &str) -> Option<String> {
    let lines: Vec<String> = text.lines().map(normalise).filter(|line| !line.is_empty()).collect();
    (!lines.is_empty()).then(|| lines.join("\n\n"))
}

/// Ends with the mark of an ellipsis.
fn is_cut(text: &str) -> bool {
    let text = text.trim_end_matches([']', ')', ' ', '»']);
    text.ends_with('…') || text.ends_with("...")
}

fn meta(document: &Html, selector: &str, attribute: &str) -> Option<String> {
    let selector = Selector::parse(selector).expect("a valid selector");
    let value = normalise(document.select(&selector).next()?.attr(attribute)?);
    (!value.is_empty()).then_some(value)
}

/// The first `<base href>` if it is an address of the web, else the page's own.
fn base(document: &Html, page: &Url) -> Url {
    let given = meta(document, "base[href]", "href").and_then(|href| page.join(&href).ok());
    given.filter(|url| matches!(url.scheme(), "http" | "https")).unwrap_or_else(|| page.clone())
}

/// `rel=canonical`, if it stays on this host with or without `www.`.
fn canonical(document: &Html, page: &Url) -> Option<Url> {
    let href = meta(document, "link[rel~='canonical' i]", "href")?;
    let url = page.join(&href).ok()?;
    let family = |url: &Url| url.host_str().map(|host| host.trim_start_matches("www.").to_ascii_lowercase());
    (matches!(url.scheme(), "http" | "https") && family(&url) == family(page)).then_some(url)
}

/// Primary subtag (RFC 5646) of the document's language.
fn lang(document: &Html) -> Option<String> {
    let root = document.root_element();
    let tag = root.attr("lang").or_else(|| root.attr("xml:lang"))?;
    let primary = tag.split(['-', '_']).next()?.trim().to_ascii_lowercase();
    ((2..=3).contains(&primary.len()) && primary.bytes().all(|byte| byte.is_ascii_lowercase())).then_some(primary)
}
