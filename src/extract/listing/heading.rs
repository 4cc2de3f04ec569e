//! The heading of the page: what tells the main column from the ones beside it.
//!
//! An `h1` that is no logo and no entry's title; else the element whose text the window title begins
//! with or names between its separators.

use scraper::{Html, Selector};

use super::links::{Links, plain};
use super::outline::{Outline, is_heading};
use crate::extract::text::normalise;

/// Characters of a heading.
const LONGEST: usize = 160;

pub fn find(outline: &Outline, html: &Html, links: &Links) -> Option<usize> {
    let window =
        Selector::parse("head > title").ok().and_then(|title| html.select(&title).next()).map(|title| title.text().collect::<String>());
    let parts: Vec<String> = window
        .iter()
        .flat_map(|title| title.split(['|', '–', '—', '»', '·', '•', '/', ':']).chain(title.split(" - ")))
        .map(plain)
        .collect();
    let told = |at: usize| {
        let text = plain(&normalise(&outline.text(at)));
        text.len() > 2 && parts.contains(&text)
    };
    let short = |at: &usize| (2..=LONGEST).contains(&outline.sum(*at).chars);
    let logo = |at: usize| {
        let inner = (at..outline.nodes[at].end).chain(outline.nodes[at].link).find_map(|n| outline.nodes[n].link);
        inner.and_then(|link| links.resolve(outline, link)).is_some_and(|url| url.path().len() <= 1)
    };
    let of_tag = |tag: &str| (0..outline.nodes.len()).filter(|at| outline.tag(*at) == tag && short(at) && !logo(*at)).collect::<Vec<_>>();
    let tops = of_tag("h1");
    if let Some(top) = tops.iter().copied().find(|at| told(*at)) {
        return Some(top);
    }
    if let [only] = tops[..] {
        return Some(only);
    }
    let plain_text = |at: usize| outline.nodes[at].link.is_none() && outline.sum(at).linked == 0;
    let elements = (0..outline.nodes.len()).filter(|at| outline.tag(*at) != "#text" && short(at) && plain_text(*at));
    let told: Vec<usize> = elements.filter(|at| told(*at)).collect();
    // Of equals, a heading, else the last: a breadcrumb stands before the heading it names.
    let found = told.iter().copied().find(|at| is_heading(outline.tag(*at))).or(told.last().copied());
    found.or_else(|| tops.first().copied().filter(|at| outline.sum(*at).linked == 0))
}
