//! The page that follows: configured, `rel=next`, "next" words, numbered pages, "load more".
//!
//! Only pages of this listing: the same host, and the same path or one that differs by page numbers.
//! Sorting, views, calendars and `rel=nofollow` are never followed; nor is a page already named in this
//! page's own address or before it.

use scraper::{Html, Selector};
use url::Url;

use super::chosen::matched;
use super::ground::{Anchor, Ground};
use super::links::{Wording, has_word, same_host, wording};
use super::outline::What;

/// Query names that carry a page number or an offset.
const PAGE_NAMES: [&str; 27] = [
    "page",
    "p",
    "pg",
    "paged",
    "pageno",
    "pagenum",
    "strana",
    "str",
    "stranka",
    "s",
    "seite",
    "strona",
    "pagina",
    "oldal",
    "skip",
    "offset",
    "start",
    "from",
    "limitstart",
    "pos",
    "cursor",
    "after",
    "before",
    "list",
    "pagenumber",
    "currentpage",
    "pagina_corrente",
];
/// Query names of tools that show the same entries in another way.
const TOOL_NAMES: [&str; 18] = [
    "sort", "order", "orderby", "dir", "razeni", "radit", "view", "format", "print", "tisk", "mesic", "rok", "month", "year", "date",
    "den", "lang", "q",
];

pub fn next(ground: &Ground, html: &Html, configured: Option<&Selector>) -> Option<Url> {
    if let Some(selector) = configured {
        let at = matched(ground, html, selector).into_iter().next()?;
        let link = ground.outline.nodes[at].link.or_else(|| ground.anchors_in(at).first().map(|a| a.node))?;
        return ground.links.resolve(ground.outline, link).filter(|url| !ground.links.is_here(url));
    }
    declared(ground, html).or_else(|| worded(ground, Wording::Next)).or_else(|| numbered(ground)).or_else(|| loading(ground))
}

/// `rel=next` of a `<link>` or of a link in the text.
fn declared(ground: &Ground, html: &Html) -> Option<Url> {
    let head = Selector::parse("link[rel][href]").ok();
    let in_head = head.iter().flat_map(|head| html.select(head)).map(|element| (element.attr("rel"), element.attr("href")));
    let links = ground.anchors.iter().map(|a| (ground.outline.attr(a.node, "rel"), ground.outline.attr(a.node, "href")));
    let next = in_head.chain(links).find(|(rel, _)| rel.is_some_and(|rel| has_word(rel, "next") && !has_word(rel, "nofollow")))?;
    ground.links.join(next.1?).filter(|url| same_host(url, ground.links.page) && moves_on(ground, url))
}

fn worded(ground: &Ground, wanted: Wording) -> Option<Url> {
    let named = ground.anchors.iter().filter(|anchor| says(ground, anchor) == wanted);
    named.filter_map(|anchor| candidate(ground, anchor)).find(|url| moves_on(ground, url))
}

/// What the link says: its words, else its label or tooltip, else an arrow beside words.
fn says(ground: &Ground, anchor: &Anchor) -> Wording {
    let label = ["aria-label", "title"].into_iter().find_map(|name| ground.outline.attr(anchor.node, name)).map(wording);
    match (anchor.wording, label) {
        (Wording::Empty, Some(label)) => label,
        (Wording::Next, Some(Wording::OtherPage)) => Wording::OtherPage,
        (said, _) => said,
    }
}

/// Links to other pages of this listing.
fn candidate(ground: &Ground, anchor: &Anchor) -> Option<Url> {
    let rel = ground.outline.attr(anchor.node, "rel").unwrap_or_default();
    let url = ground.links.resolve(ground.outline, anchor.node)?;
    let fit = !has_word(rel, "nofollow") && !has_word(rel, "prev") && is_family(&url, ground.links.page) && !ground.links.is_here(&url);
    fit.then_some(url)
}

/// The number after the one that is not linked, in a row of page numbers.
fn numbered(ground: &Ground) -> Option<Url> {
    let outline = ground.outline;
    let first = ground.anchors.iter().find(|a| {
        a.wording == Wording::Number
            && (candidate(ground, a).is_some() || ground.links.resolve(outline, a.node).is_some_and(|url| ground.links.is_here(&url)))
    })?;
    let row = outline.upwards(first.node).skip(1).take(4).find(|up| {
        let numbers = ground.anchors_in(*up).iter().filter(|a| a.wording == Wording::Number).count();
        numbers > 1 || (outline.tag(*up) != "li" && shows_current(ground, *up))
    })?;
    let mut before = (row..first.node).rev().filter(|at| outline.tag(*at) == "#text" && outline.sum(*at).chars > 0);
    let from = before.next().unwrap_or(row);
    let current = (from..outline.nodes[row].end).find(|at| match outline.nodes[*at].what {
        What::Text(text) => {
            let here = outline.nodes[*at].link;
            is_number(text) && here.is_none_or(|link| ground.links.resolve(outline, link).is_some_and(|url| ground.links.is_here(&url)))
        }
        What::Element(_) => false,
    });
    // Without a current number the page is the first one, if its address says nothing else.
    let after = match current {
        Some(at) => at,
        None if page_number(ground.links.page).is_none() => row,
        None => return None,
    };
    let first = |a: &&Anchor| current.is_none() && outline.text(a.node).trim() == "1";
    let mut links =
        ground.anchors_between(after..outline.nodes[row].end).iter().filter(|a| a.wording == Wording::Number).filter(|a| !first(a));
    links.find_map(|anchor| candidate(ground, anchor)).filter(|url| moves_on(ground, url))
}

fn shows_current(ground: &Ground, row: usize) -> bool {
    let outline = ground.outline;
    let texts = (row..outline.nodes[row].end).filter(|at| outline.nodes[*at].link.is_none());
    texts.filter_map(|at| if let What::Text(text) = outline.nodes[at].what { Some(text) } else { None }).any(is_number)
}

/// A page number or a span of entries, with the marks that pagers set around them.
fn is_number(text: &str) -> bool {
    let marks = |c: char| c.is_whitespace() || "[]()|·•,-–:/".contains(c);
    text.len() <= 40 && text.contains(|c: char| c.is_ascii_digit()) && text.chars().all(|c| c.is_ascii_digit() || marks(c))
}

/// A "load more" link, or a button that names the address it loads.
fn loading(ground: &Ground) -> Option<Url> {
    let outline = ground.outline;
    let buttons = (0..outline.nodes.len()).filter(|at| outline.tag(*at) == "button" && wording(&outline.text(*at)) == Wording::LoadMore);
    let named = buttons
        .filter_map(|at| ["data-href", "data-url", "data-next", "data-next-url"].into_iter().find_map(|name| outline.attr(at, name)));
    worded(ground, Wording::LoadMore)
        .or_else(|| named.filter_map(|href| ground.links.join(href)).find(|url| is_family(url, ground.links.page) && moves_on(ground, url)))
}

/// Same listing: same host, same path but for page numbers (or a page parameter), no tool parameter of its own.
fn is_family(url: &Url, page: &Url) -> bool {
    let pairs = |url: &Url| url.query_pairs().map(|(k, v)| (k.to_ascii_lowercase(), v.into_owned())).collect::<Vec<_>>();
    let (own, here) = (pairs(url), pairs(page));
    let tool = own.iter().any(|(name, value)| TOOL_NAMES.contains(&name.as_str()) && !here.iter().any(|(n, v)| n == name && v == value));
    let paged = own.iter().any(|(name, _)| names_page(name));
    let same_path = stem(url) == stem(page);
    let paged_elsewhere = paged && (last_directory(url) == last_directory(page) || (script(url).is_some() && script(url) == script(page)));
    same_host(url, page) && !tool && (same_path || paged_elsewhere)
}

fn names_page(name: &str) -> bool {
    PAGE_NAMES.contains(&name) || name.ends_with("page") || name.ends_with("[page]") || name.ends_with("-p")
}

/// Ending of a script: such sites name one list by several scripts, and tell its pages by parameters.
fn script(url: &Url) -> Option<&str> {
    let (_, ending) = url.path().rsplit_once('.')?;
    ["aspx", "asp", "php", "phtml", "jsp"].into_iter().find(|known| *known == ending)
}

fn last_directory(url: &Url) -> String {
    url.path().rsplit_once('/').map_or_else(String::new, |(directory, _)| directory.to_owned())
}

/// Path without page numbers and the words that introduce them.
fn stem(url: &Url) -> String {
    let segments = url.path_segments().into_iter().flatten().filter(|segment| !segment.is_empty());
    let kept: Vec<&str> = segments
        .filter(|segment| number_in_segment(segment).is_none() && !PAGE_NAMES.contains(&segment.to_ascii_lowercase().as_str()))
        .collect();
    let joined = kept.join("/");
    joined.strip_suffix("/index.html").or(joined.strip_suffix("/index.php")).unwrap_or(&joined).to_owned()
}

/// `3`, `page-3`, `strana3`.
fn number_in_segment(segment: &str) -> Option<u64> {
    let digits = segment.trim_start_matches(|c: char| !c.is_ascii_digit());
    let word = segment[..segment.len() - digits.len()].trim_end_matches(['-', '_', '=', ',']).to_ascii_lowercase();
    let digits = digits.strip_suffix(".html").unwrap_or(digits);
    (word.is_empty() || PAGE_NAMES.contains(&word.as_str())).then(|| digits.parse().ok()).flatten()
}

/// Page number or offset in an address.
fn page_number(url: &Url) -> Option<u64> {
    let in_query = url.query_pairs().find(|(name, value)| names_page(&name.to_ascii_lowercase()) && value.parse::<u64>().is_ok());
    let in_query = in_query.and_then(|(_, value)| value.parse().ok());
    in_query.or_else(|| url.path_segments().into_iter().flatten().filter_map(number_in_segment).next_back())
}

/// Not this page and not one before it.
fn moves_on(ground: &Ground, url: &Url) -> bool {
    let back = matches!((page_number(url), page_number(ground.links.page)), (Some(there), Some(here)) if there <= here);
    !ground.links.is_here(url) && !back
}
