//! CPU of reading a list page of a hundred entries, as a ratio to html5ever's parse of the same bytes in the same run.
//!
//! `cargo bench --bench listing`. The least of many rounds is taken: both are measured under the same noise. Aim: 3.

use std::hint::black_box;
use std::io::Write;
use std::time::{Duration, Instant};

use scraper::Html;
use twindex::config::Selectors;
use twindex::extract::{Page, listing};
use url::Url;

const ENTRIES: i64 = 100;
const ROUNDS: usize = 60;

/// A list in the manner of a theme of today: wrappers, a picture, a teaser, a label, "read more".
fn page() -> String {
    let first = jiff::civil::date(2024, 4, 28);
    let item = |n: i64| {
        let day = first.saturating_sub(jiff::Span::new().days(3 * n));
        format!(
            "<article class=\"post post-{n}\"><div class=\"inner\"><a href=\"/news/{n}\"><img src=\"/i/{n}.jpg\" alt=\"\"></a><header><h2><a href=\"/news/{n}\">\
             Town number {n} looks for a partner by the sea</a></h2><div class=\"meta\"><span class=\"date\"><time datetime=\"{day}\">{}. {}. {}</time></span> \
             <span class=\"cat\"><a href=\"/c/{}\">Letters</a></span></div></header><div class=\"text\"><p>Town {n} has a choir, a school and a bridge, \
             and writes to all who like music and long walks.</p><p><a class=\"more\" href=\"/news/{n}\">Read more</a></p></div></div></article>",
            day.day(),
            day.month(),
            day.year(),
            n % 5
        )
    };
    let items: String = (0..ENTRIES).map(item).collect();
    format!(
        "<!DOCTYPE html><html lang=\"cs\"><head><title>Letters | Town</title></head><body><header><a href=\"/\">Town</a></header>\
         <main><h1>Letters</h1>{items}<nav><span>1</span> <a href=\"/news/page/2\">2</a></nav></main><footer>Town 2024</footer></body></html>"
    )
}

/// The least time of many rounds.
fn least(mut run: impl FnMut()) -> Duration {
    let round = |run: &mut dyn FnMut()| {
        let began = Instant::now();
        run();
        began.elapsed()
    };
    (0..ROUNDS).map(|_| round(&mut run)).min().unwrap_or_default()
}

fn main() -> anyhow::Result<()> {
    let html = page();
    let url = Url::parse("https://town.example/news")?;
    let page =
        Page { url: &url, content_type: Some("text/html; charset=utf-8"), bytes: html.as_bytes(), seen: jiff::civil::date(2024, 5, 1) };
    let read = listing::read(&page, &Selectors::default());
    anyhow::ensure!(
        read.entries.len() == ENTRIES as usize && read.next.is_some(),
        "the page is read wrongly: {} entries",
        read.entries.len()
    );
    let parse = least(|| drop(black_box(Html::parse_document(black_box(&html)))));
    let listing = least(|| drop(black_box(listing::read(black_box(&page), &Selectors::default()))));
    let ratio = listing.as_secs_f64() / parse.as_secs_f64();
    writeln!(std::io::stdout(), "{} bytes, {ENTRIES} entries: parse {parse:.2?}, read {listing:.2?}, ratio {ratio:.2}", html.len())?;
    Ok(())
}
