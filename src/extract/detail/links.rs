//! What the links of a line are for: tools of the page, or ways to other pages.
//!
//! Told by where they lead: a share service is handed an address, a printed view is the page's own address
//! with a parameter more. Words are asked last.

use url::Url;

use super::super::files::is_document;
use super::blocks::{Anchor, Block};
use super::{Known, labels};

/// Share, print, font size and way-back links, or their labels alone.
pub fn is_tools(block: &Block, known: &Known) -> bool {
    let length = block.text.chars().count();
    if block.links.is_empty() {
        return length <= 30
            && labels::names_tool(&block.text)
            && !block.text.contains(['@', '.'])
            && !block.text.contains(|char: char| char.is_ascii_digit());
    }
    let rest = block.text.len().saturating_sub(block.linked);
    // "Share: Facebook X": a label and one word for each service.
    let labelled = block.linked < block.text.len() && labels::names_tool(&block.text);
    if rest <= 40 && labelled && block.links.iter().all(|link| link.text.chars().count() <= 20) {
        return true;
    }
    rest <= 40 && block.links.iter().all(|link| is_tool_link(link, known))
}

pub fn is_tool_link(link: &Anchor, known: &Known) -> bool {
    let href = link.href.trim();
    // A share service is another host that is handed an address.
    let shares = |url: &Url| url.host() != known.url.host() && url.query_pairs().any(|(_, value)| value.starts_with("http"));
    href.starts_with('#')
        || href.starts_with("javascript:")
        || href.starts_with("mailto:?")
        || known.base.join(href).is_ok_and(|url| shares(&url) || is_own_view(&url, known.url))
        || link.text.chars().count() <= 40 && labels::names_tool(&link.text)
}

/// The page itself with a parameter more: to print, to share, to answer.
fn is_own_view(url: &Url, page: &Url) -> bool {
    let has = |pair: &(std::borrow::Cow<str>, std::borrow::Cow<str>)| url.query_pairs().any(|other| other == *pair);
    url.host() == page.host() && url.path() == page.path() && url.query().is_some() && page.query_pairs().all(|pair| has(&pair))
}

/// A line that is nearly all link, to another page of this site.
pub fn is_teaser(block: &Block, known: &Known) -> bool {
    let rest: usize = outside_links(block).chars().filter(|char| char.is_alphabetic()).count();
    !block.links.is_empty() && rest <= 12 && block.links.iter().all(|link| leaves(&link.href, known) || is_tool_link(link, known))
}

/// Another page of this host, and no file.
pub fn leaves(href: &str, known: &Known) -> bool {
    let elsewhere = |url: &Url| url.path() != known.url.path() || url.query() != known.url.query() && !is_own_view(url, known.url);
    let other = |url: &Url| url.host() == known.url.host() && elsewhere(url) && !is_document(url, false);
    known.base.join(href).is_ok_and(|url| other(&url))
}

/// The text with the words of its links taken out.
pub fn outside_links(block: &Block) -> String {
    block.links.iter().filter(|link| !link.text.is_empty()).fold(block.text.clone(), |text, link| text.replacen(&link.text, " ", 1))
}
