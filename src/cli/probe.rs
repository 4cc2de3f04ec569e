//! `probe`: what would be read at an address, before it becomes a source.

use anyhow::{Context, bail};
use url::Url;

use super::output::{BOLD, DIM, Output, clean, styled};
use super::{Exit, Global, store};
use crate::config::{self, Crawler, Selectors, Source, is_loopback};
use crate::crawl::{Ask, Client};
use crate::extract::article::BlockReport;
use crate::extract::listing::{Explanation, Feature};
use crate::extract::{self, Detail, Entry, Listing, Page};
use crate::visit::{Outcome, Purpose, Visit};

/// Entries shown.
const SHOWN: usize = 5;

/// Show what would be read at an address, and a configuration block for it
///
/// Asks for robots.txt, the page itself and the page of its first entry. Nothing is stored.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Address of a page that lists dated notices
    url: String,
    /// Who answers for the request: an e-mail or web address
    #[arg(long, value_name = "ADDRESS", env = "TWINDEX_CONTACT", hide_env_values = true)]
    contact: Option<String>,
    /// Print the lists that were looked at with their columns, and the blocks of the first entry's page, with features and scores
    #[arg(long)]
    explain: bool,
}

pub fn run(args: &Args, global: &Global, out: &mut Output) -> anyhow::Result<Exit> {
    let url = Url::parse(&args.url).with_context(|| format!("{:?} is not an address; it should begin with https://", args.url))?;
    if !matches!(url.scheme(), "http" | "https") {
        bail!("{:?} is not an http or https address", args.url);
    }
    let configured = store::config(global).ok();
    let mut crawler = configured.map_or_else(Crawler::default, |config| config.crawler);
    if let Some(contact) = args.contact.as_deref().filter(|contact| !contact.is_empty()) {
        crawler.contact = Some(config::contact(contact, is_loopback(&url)).map_err(anyhow::Error::msg)?);
    }
    let source = Source::new(&name_of(&url), vec![url.clone()]);
    let client = Client::new(&crawler, &source, Vec::new(), env!("CARGO_PKG_VERSION"))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let visit = ask(&runtime, &client, &url, Purpose::Listing, crawler.max_page)?;
    let (listing, explanation) = read(&visit, crawler.max_page, |page| extract::listing::explain(page, &Selectors::default()))?;
    let first = listing.entries.iter().find(|entry| entry.link.as_ref().is_some_and(|link| source.in_scope(link)));
    let page = |entry: &Entry, link: &Url| {
        let visit = ask(&runtime, &client, link, Purpose::Detail, crawler.max_page)?;
        let blocks = args.explain.then(|| read(&visit, crawler.max_page, |page| extract::article::explain(page, entry))).transpose()?;
        let detail = read(&visit, crawler.max_page, |page| extract::article::read(page, entry, &Selectors::default()))?;
        anyhow::Ok((detail, blocks.unwrap_or_default()))
    };
    let detail = first.and_then(|entry| Some(page(entry, entry.link.as_ref()?))).transpose();
    // A list is worth seeing though its first entry has gone.
    let detail = detail.unwrap_or_else(|error| {
        out.warn(format_args!("page of the first entry: {error:#}"));
        None
    });
    let (detail, blocks) = detail.unzip();
    let blocks = blocks.unwrap_or_default();
    if out.json {
        let mut found = as_json(&listing, detail.as_ref(), &source);
        if args.explain {
            found["candidates"] = serde_json::to_value(&explanation.candidates)?;
            found["blocks"] = serde_json::to_value(&blocks)?;
        }
        out.json(&found)?;
    } else {
        show(&listing, detail.as_ref(), out)?;
        if args.explain {
            explain(&explanation, out)?;
            explain_blocks(&blocks, out)?;
        }
        out.line(format_args!("\n{}", styled(BOLD, "for config.toml")))?;
        out.line(format_args!("{}", block(&source)))?;
    }
    Ok(if listing.entries.is_empty() { Exit::Nothing } else { Exit::Done })
}

/// The last hop, if it brought a page.
fn ask(runtime: &tokio::runtime::Runtime, client: &Client, url: &Url, purpose: Purpose, cap: u64) -> anyhow::Result<Visit> {
    let visits = runtime.block_on(client.visit(Ask { url: url.clone(), purpose, conditional: None, cap }));
    let visit = visits.into_iter().last().with_context(|| format!("{url} gave no answer"))?;
    if visit.outcome == Outcome::Page {
        return Ok(visit);
    }
    bail!("{}: {}", visit.url, visit.outcome.why_no_page().unwrap_or_else(|| "no page came".to_owned()))
}

fn read<T>(visit: &Visit, cap: u64, reader: impl FnOnce(&Page) -> T) -> anyhow::Result<T> {
    let exchange = visit.exchange.as_ref().context("the answer has no body")?;
    let bytes = exchange.content(cap).map_err(anyhow::Error::msg)?;
    let content_type = exchange.header("content-type");
    let seen = visit.at.to_zoned(jiff::tz::TimeZone::UTC).date();
    Ok(reader(&Page { url: &visit.url, content_type: content_type.as_deref(), bytes: &bytes, seen }))
}

fn show(listing: &Listing, detail: Option<&Detail>, out: &mut Output) -> anyhow::Result<()> {
    out.line(format_args!("{} {}", styled(BOLD, "page  "), clean(listing.title.as_deref().unwrap_or("(no heading)"))))?;
    out.line(format_args!("{} {}", styled(BOLD, "layout"), clean(&listing.layout)))?;
    let next = listing.next.as_ref().map_or_else(|| "none: this is the last or only page".to_owned(), Url::to_string);
    out.line(format_args!("{} {}", styled(BOLD, "next  "), clean(&next)))?;
    out.line(format_args!(
        "\n{}",
        styled(BOLD, format_args!("{} entries, the first {}", listing.entries.len(), SHOWN.min(listing.entries.len())))
    ))?;
    for entry in listing.entries.iter().take(SHOWN) {
        let date = entry.published.map_or_else(|| "undated   ".to_owned(), |date| date.to_string());
        out.line(format_args!("  {date}  {}", clean(&entry.title)))?;
        if let Some(summary) = &entry.summary {
            out.line(format_args!("              {}", styled(DIM, clean(&start(summary, 60)))))?;
        }
        let link = entry.link.as_ref().map_or("(full text in the listing)", Url::as_str);
        out.line(format_args!("              {}", styled(DIM, clean(link))))?;
    }
    if let Some(detail) = detail {
        let paragraphs = detail.body.as_deref().map_or(0, |body| body.split("\n\n").count());
        out.line(format_args!(
            "\n{} {paragraphs} paragraphs, {} documents",
            styled(BOLD, "page of the first entry:"),
            detail.documents.len()
        ))?;
        if let Some(body) = &detail.body {
            out.line(format_args!("  {}", styled(DIM, clean(&start(body, 70)))))?;
        }
    }
    for problem in listing.problems.iter().chain(detail.into_iter().flat_map(|detail| &detail.problems)) {
        out.warn(format_args!("{}: {}", problem.kind.name(), clean(&problem.what)));
    }
    Ok(())
}

/// The likeliest lists with what spoke for and against them, and the best columns of each.
fn explain(explanation: &Explanation, out: &mut Output) -> anyhow::Result<()> {
    let told = |features: &[Feature]| {
        let weighed = features.iter().filter(|feature| feature.value != 0.0 && feature.weight != 0.0);
        weighed.map(|feature| format!("{} {:.2} × {:.2}", feature.name, feature.value, feature.weight)).collect::<Vec<_>>().join(", ")
    };
    for candidate in explanation.candidates.iter().take(SHOWN) {
        out.line(format_args!("\n{} {:.2}  {}", styled(BOLD, "list"), candidate.score, clean(&candidate.layout)))?;
        out.line(format_args!("  {}", clean(&start(&candidate.first, 70))))?;
        out.line(format_args!("  {}", styled(DIM, told(&candidate.features))))?;
        for column in candidate.columns.iter().take(SHOWN) {
            out.line(format_args!("  title? {:.2}  {}: {}", column.score, clean(&column.name), clean(&start(&column.sample, 50))))?;
            out.line(format_args!("    {}", styled(DIM, told(&column.features))))?;
        }
    }
    Ok(())
}

/// Each block of the page in reading order: its label and score, and the features that weighed most in it.
fn explain_blocks(blocks: &[BlockReport], out: &mut Output) -> anyhow::Result<()> {
    for block in blocks {
        out.line(format_args!("\n{} {:+.2}  {} ({})", styled(BOLD, "block"), block.score, block.label, block.kind))?;
        out.line(format_args!("  {}", clean(&start(&block.text, 70))))?;
        let mut parts: Vec<_> = block.features.iter().filter(|(_, _, part)| *part != 0.0).collect();
        parts.sort_by(|a, b| b.2.abs().total_cmp(&a.2.abs()));
        let shown: Vec<_> = parts.iter().take(SHOWN).map(|(name, value, part)| format!("{name} {value:.2} → {part:+.2}")).collect();
        out.line(format_args!("  {}", styled(DIM, shown.join(", "))))?;
    }
    Ok(())
}

fn as_json(listing: &Listing, detail: Option<&Detail>, source: &Source) -> serde_json::Value {
    let entries: Vec<_> = listing
        .entries
        .iter()
        .map(|entry| {
            serde_json::json!({
                "published": entry.published, "title": entry.title, "summary": entry.summary, "body": entry.body,
                "url": entry.link.as_ref().map(Url::as_str),
                "documents": entry.documents.iter().map(|link| link.url.as_str()).collect::<Vec<_>>(),
            })
        })
        .collect();
    let problems: Vec<_> = listing.problems.iter().map(|p| serde_json::json!({"kind": p.kind.name(), "what": p.what})).collect();
    serde_json::json!({
        "title": listing.title, "layout": listing.layout, "next": listing.next.as_ref().map(Url::as_str), "entries": entries,
        "problems": problems, "first_body": detail.and_then(|detail| detail.body.clone()), "config": block(source),
    })
}

fn start(text: &str, chars: usize) -> String {
    let line = text.replace('\n', " ");
    match line.char_indices().nth(chars) {
        Some((cut, _)) => format!("{}…", &line[..cut]),
        None => line,
    }
}

/// A source name from the host: `www.smocr.cz` gives `smocr`.
fn name_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or("source");
    if is_loopback(url) || !matches!(url.host(), Some(url::Host::Domain(_))) {
        return "local".to_owned();
    }
    let bare = host.strip_prefix("www.").unwrap_or(host);
    let stem = bare.rsplit_once('.').map_or(bare, |(stem, _)| stem);
    stem.chars().map(|c| if c.is_ascii_lowercase() || c.is_ascii_digit() { c } else { '-' }).collect()
}

fn block(source: &Source) -> String {
    let listing = source.listing.iter().map(|url| format!("{:?}", url.as_str())).collect::<Vec<_>>().join(", ");
    format!("[[source]]\nname = {:?}\nlisting = [{listing}]", source.name)
}
