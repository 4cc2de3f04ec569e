//! Candidates for the heading of the page: what may name all that stands below it.
//!
//! An `h1` that is no logo and no list of its own; else an element whose text the window title begins with or names
//! between its separators. The best comes first; who reads the page decides.

use super::dom::Dom;
use super::links::Links;
use super::metadata::Metadata;
use super::tags::is_heading;
use crate::extract::text::fold;

/// Characters of a heading.
const LENGTH: std::ops::RangeInclusive<usize> = 2..=160;

/// Folded words, marks dropped.
fn plain(text: &str) -> String {
    let folded = fold(text);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Nodes that may be the heading, the best first.
pub fn candidates(dom: &Dom, links: &Links, metadata: &Metadata) -> Vec<usize> {
    let window = metadata.window_title.as_deref().unwrap_or_default();
    let parts: Vec<String> = window
        .split(['|', '–', '—', '»', '·', '•', '/', ':'])
        .chain(window.split(" - "))
        .map(plain)
        .filter(|part| part.len() > 2)
        .collect();
    let titled = |at: usize| parts.contains(&plain(dom.text_of(at)));
    let fits = |at: usize| dom.nodes[at].visible && LENGTH.contains(&dom.sum(at).chars);
    let logo = |at: usize| {
        let inner = (at..dom.nodes[at].end).chain(dom.nodes[at].link).find_map(|node| dom.nodes[node].link);
        inner.and_then(|link| links.resolve(dom, link)).is_some_and(|url| url.path().len() <= 1)
    };
    let tops: Vec<usize> = dom.of_tag("h1").filter(|at| fits(*at) && !logo(*at)).collect();
    let mut found: Vec<usize> = tops.iter().copied().filter(|at| titled(*at)).collect();
    if let [only] = tops[..] {
        found.push(only);
    }
    let unlinked = |at: usize| dom.nodes[at].link.is_none() && dom.sum(at).linked == 0;
    let named: Vec<usize> = (0..dom.nodes.len())
        .filter(|at| dom.is_element(*at) && fits(*at) && unlinked(*at) && !is_footer(dom, *at) && titled(*at))
        .collect();
    found.extend(named.iter().copied().filter(|at| is_heading(dom.tag(*at))));
    // A breadcrumb stands before the heading it names: of equals the last.
    found.extend(named.last());
    found.extend(tops.iter().copied().filter(|at| dom.sum(*at).linked == 0));
    let mut seen = Vec::new();
    found.retain(|at| {
        !seen.contains(at) && {
            seen.push(*at);
            true
        }
    });
    found
}

fn is_footer(dom: &Dom, at: usize) -> bool {
    dom.ancestors(at).any(|up| dom.tag(up) == "footer")
}
