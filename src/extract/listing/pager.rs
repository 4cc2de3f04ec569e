//! The page that follows: configured, `rel=next`, words for older or next, numbered pages, "load more".
//!
//! Only pages of this listing: the same site, and an address that differs by a page number or a counting parameter.
//! Sorting, views and calendars are never followed. A link that says "next" and is not followed is told.

use scraper::Selector;
use url::Url;

use super::ground::Ground;
use super::phrases::{self, Class};
use super::reading::Reading;
use crate::extract::page::{has_word, same_site};
use crate::extract::{Listing, ProblemKind};

/// A link that may lead to another page of the list.
struct Candidate {
    node: usize,
    class: Class,
    /// Only an arrow, no words.
    arrow: bool,
    url: Option<Url>,
    nofollow: bool,
}

/// Sets the page that follows; tells a link that looks like it and is not followed.
pub fn find(ground: &Ground, readings: &[Reading], configured: Option<&Selector>, listing: &mut Listing) {
    if let Some(selector) = configured {
        listing.next = chosen(ground, selector);
        return;
    }
    let candidates = candidates(ground, readings);
    let next = declared(ground)
        .or_else(|| worded(ground, &candidates))
        .or_else(|| numbered(ground, &candidates))
        .or_else(|| loading(ground, &candidates));
    if next.is_none() && !listing.entries.is_empty() {
        tell(ground, readings, &candidates, listing);
    }
    // A fragment names a place on the page, not another page.
    listing.next = next.map(|mut url| {
        url.set_fragment(None);
        url
    });
}

fn chosen(ground: &Ground, selector: &Selector) -> Option<Url> {
    let at = ground.model.matching(selector).into_iter().next()?;
    let link = ground.dom.nodes[at].link.or_else(|| (at..ground.dom.nodes[at].end).find_map(|inner| ground.dom.nodes[inner].link))?;
    ground.links.resolve(ground.dom, link).filter(|url| !ground.links.is_here(url))
}

/// Links outside the records, with what they say.
fn candidates(ground: &Ground, readings: &[Reading]) -> Vec<Candidate> {
    let records = readings.first().map_or(&[][..], |reading| &reading.records);
    let inside = |node: usize| {
        let at = records.partition_point(|record| ground.units[record.units.start].nodes.start <= node);
        let record = at.checked_sub(1).map(|at| &records[at]);
        record.is_some_and(|record| node < ground.units[record.units.end - 1].nodes.end && at < records.len())
    };
    let links = (0..ground.dom.nodes.len()).filter(|at| ground.dom.nodes[*at].link == Some(*at) && !inside(*at));
    links
        .map(|node| {
            let (class, arrow) = phrase(ground, node);
            let rel = ground.dom.attr(node, "rel").unwrap_or_default();
            let url = ground.links.resolve(ground.dom, node);
            Candidate { node, class, arrow, url, nofollow: has_word(rel, "nofollow") || has_word(rel, "prev") }
        })
        .collect()
}

/// What a link says: its words, else its label, tooltip or picture; a number with words for screen readers is a number.
fn phrase(ground: &Ground, node: usize) -> (Class, bool) {
    let text = ground.dom.text_of(node);
    let picture = (node..ground.dom.nodes[node].end).find_map(|at| ground.dom.attr(at, "alt"));
    let told = ["aria-label", "title"].into_iter().find_map(|name| ground.dom.attr(node, name)).or(picture);
    let label = told.map(phrases::class);
    let own = match phrases::class(text) {
        Class::None => number_among_words(text).unwrap_or(Class::None),
        class => class,
    };
    match (own, label) {
        (Class::Marks, Some(label)) => (label, false),
        (Class::Forward | Class::Next, Some(Class::OtherPage)) => (Class::OtherPage, false),
        (Class::Forward, Some(Class::Next)) => (Class::Next, false),
        (Class::Forward, _) => (Class::Next, true),
        (own, _) => (own, false),
    }
}

/// "Page 2", "2. strana".
fn number_among_words(text: &str) -> Option<Class> {
    let words: String = text.chars().filter(|c| !c.is_ascii_digit()).collect();
    let counted = text.chars().any(|c| c.is_ascii_digit()) && text.len() < 40;
    (counted && phrases::class(&words) == Class::OtherPage).then_some(Class::Number)
}

/// `rel=next` of a `<link>` or of a link in the text.
fn declared(ground: &Ground) -> Option<Url> {
    let dom = ground.dom;
    let in_text = (0..dom.nodes.len())
        .filter(|at| dom.nodes[*at].link == Some(*at))
        .find(|at| dom.attr(*at, "rel").is_some_and(|rel| has_word(rel, "next") && !has_word(rel, "nofollow")))
        .and_then(|at| ground.links.resolve(dom, at));
    ground.model.metadata.next.clone().or(in_text).filter(|url| same_site(url, &ground.links.page) && moves_on(ground, url))
}

fn worded(ground: &Ground, candidates: &[Candidate]) -> Option<Url> {
    let mut named = candidates.iter().filter(|candidate| candidate.class == Class::Next && !candidate.nofollow);
    named.find_map(|candidate| {
        let url = candidate.url.as_ref()?;
        let form = is_family(url, &ground.links.page) || !candidate.arrow && is_pager_form(url, &ground.links.page);
        (form && moves_on(ground, url)).then(|| url.clone())
    })
}

/// The number after the one that is not linked, in a row of page numbers.
fn numbered(ground: &Ground, candidates: &[Candidate]) -> Option<Url> {
    let dom = ground.dom;
    let own =
        |candidate: &Candidate| candidate.url.as_ref().is_some_and(|url| ground.links.is_here(url) || is_family(url, &ground.links.page));
    let numbers: Vec<&Candidate> = candidates.iter().filter(|candidate| candidate.class == Class::Number && own(candidate)).collect();
    let first = numbers.first()?;
    let inside = |up: usize| numbers.iter().filter(|number| dom.contains(up, number.node)).count();
    let row = dom
        .ancestors(first.node)
        .skip(1)
        .take(4)
        .find(|up| inside(*up) > 1 || (dom.tag(*up) != "li" && current(ground, *up, *up).is_some()))?;
    let before = (row..first.node).rev().find(|at| !dom.is_element(*at) && !dom.nodes[*at].text.is_empty()).unwrap_or(row);
    // Without a current number the page is the first one, if its address says nothing else.
    let (after, skips_one) = match current(ground, row, before) {
        Some(at) => (at, false),
        None if page_number(&ground.links.page).is_none() => (row, true),
        None => return None,
    };
    let following = numbers.iter().filter(|number| after < number.node && dom.contains(row, number.node) && !number.nofollow);
    let mut following = following.filter(|number| !(skips_one && digits(dom.text_of(number.node)) == "1"));
    following.find_map(|number| number.url.clone().filter(|url| is_family(url, &ground.links.page) && moves_on(ground, url)))
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// A number in the row that is no link, or a link to this page.
fn current(ground: &Ground, row: usize, from: usize) -> Option<usize> {
    let dom = ground.dom;
    (from..dom.nodes[row].end).find(|at| {
        let here = dom.nodes[*at].link.is_none_or(|link| ground.links.resolve(dom, link).is_some_and(|url| ground.links.is_here(&url)));
        !dom.is_element(*at) && here && is_number(dom.text_of(*at))
    })
}

/// A page number or a span of entries, with the marks that pagers set around them.
fn is_number(text: &str) -> bool {
    let marks = |c: char| c.is_whitespace() || "[]()|·•,-–:/".contains(c);
    text.len() <= 40 && text.contains(|c: char| c.is_ascii_digit()) && text.chars().all(|c| c.is_ascii_digit() || marks(c))
}

/// A "load more" link, or a button that names the address it loads.
fn loading(ground: &Ground, candidates: &[Candidate]) -> Option<Url> {
    let dom = ground.dom;
    let family = |url: &Url| is_family(url, &ground.links.page) && moves_on(ground, url);
    let link =
        candidates.iter().filter(|candidate| candidate.class == Class::LoadMore).find_map(|candidate| candidate.url.clone().filter(family));
    let buttons = dom.of_tag("button").filter(|at| phrases::class(dom.text_of(*at)) == Class::LoadMore);
    let named =
        buttons.filter_map(|at| ["data-href", "data-url", "data-next", "data-next-url"].into_iter().find_map(|name| dom.attr(at, name)));
    link.or_else(|| named.filter_map(|href| ground.links.join(href)).find(family))
}

/// Tells a link after the list that says "next" in words, or the next number of a row, and leads where a pager does not.
fn tell(ground: &Ground, readings: &[Reading], candidates: &[Candidate], listing: &mut Listing) {
    let end = readings.first().and_then(|reading| ground.units.get(reading.span().end.checked_sub(1)?)).map_or(0, |unit| unit.nodes.start);
    let following = (page_number(&ground.links.page).unwrap_or(1) + 1).to_string();
    // Figures of a table are days of a calendar.
    let counts = |node: usize| {
        let free = !ground.dom.ancestors(node).take_while(|up| !ground.dom.contains(*up, end)).any(|up| ground.dom.tag(up) == "table");
        digits(ground.dom.text_of(node)) == following && free
    };
    let looks = |candidate: &&Candidate| {
        let said = match candidate.class {
            Class::Next | Class::LoadMore => !candidate.arrow,
            Class::Number => counts(candidate.node),
            _ => false,
        };
        said && candidate.node > end
    };
    let back = |url: &Url| matches!((page_number(url), page_number(&ground.links.page)), (Some(there), Some(here)) if there <= here);
    let elsewhere = |url: &Url| ground.links.is_here(url) || back(url);
    if let Some(found) = candidates.iter().filter(looks).find(|candidate| !candidate.url.as_ref().is_some_and(elsewhere)) {
        let href = ground.dom.attr(found.node, "href").unwrap_or_default();
        let what = format!("{} leads to {href}", ground.dom.text_of(found.node).replace('\n', " "));
        listing.doubt(ProblemKind::NotFollowed, what);
    }
}

/// Same listing: same site, same path but for page numbers (or a page parameter), no tool parameter of its own.
fn is_family(url: &Url, page: &Url) -> bool {
    let paged = url.query_pairs().any(|(name, _)| names_page(&name));
    let same_path = stem(url) == stem(page);
    let paged_elsewhere = paged && (directory(url) == directory(page) || (script(url).is_some() && script(url) == script(page)));
    same_site(url, page) && !has_tool(url, page) && (same_path || paged_elsewhere)
}

/// A page of a pager whose address is not below the listing's own, beside a word that says so: counted in a parameter
/// while it shares a number with the listing's address, or in the path of a sibling.
fn is_pager_form(url: &Url, page: &Url) -> bool {
    let counted = url.query_pairs().any(|(name, _)| names_page(&name));
    let numbers = |url: &Url| -> Vec<String> {
        let text = url.path().to_owned() + "?" + url.query().unwrap_or_default();
        text.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() > 1).map(str::to_owned).collect()
    };
    let shared = || numbers(page).iter().any(|number| numbers(url).contains(number));
    let near = directory(url) == directory(page) || stem(url).starts_with(&stem(page)) || stem(page).starts_with(&stem(url));
    let sibling = url.path() != page.path() && unnumbered(url) == unnumbered(page) && directory(url) == directory(page);
    let segments: Vec<&str> = url.path_segments().into_iter().flatten().collect();
    let is_word = |segment: &str| words("page").any(|known| known.len() > 2 && known == segment);
    let worded = segments.windows(2).any(|pair| is_word(pair[0]) && number_in_segment(pair[1]).is_some());
    same_site(url, page) && !has_tool(url, page) && (counted && (near || shared()) || sibling || worded)
}

fn has_tool(url: &Url, page: &Url) -> bool {
    let here: Vec<_> = page.query_pairs().collect();
    let counted = url.query_pairs().any(|(name, _)| names_page(&name));
    !counted && url.query_pairs().any(|pair| !here.contains(&pair) && words("tool").any(|known| known == pair.0.to_ascii_lowercase()))
}

/// Names of parameters and path parts of a kind, from `data/addresses.tsv`.
fn words(kind: &str) -> impl Iterator<Item = &'static str> {
    let lines = include_str!("data/addresses.tsv").lines().filter(move |line| line.split('\t').next() == Some(kind));
    lines.filter_map(|line| line.split('\t').nth(1)).flat_map(|names| names.split('|'))
}

fn names_page(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    words("page").any(|known| known == name) || words("ending").any(|ending| name.ends_with(ending))
}

/// Ending of a script: such sites name one list by several scripts, and tell its pages by parameters.
fn script(url: &Url) -> Option<&str> {
    let (_, ending) = url.path().rsplit_once('.')?;
    words("script").find(|known| *known == ending)
}

fn directory(url: &Url) -> &str {
    url.path().rsplit_once('/').map_or("", |(directory, _)| directory)
}

/// Path without figures, and without the mark before those at its end: `/news_2.html` is `/news`.
fn unnumbered(url: &Url) -> String {
    let figures = |c: char| c.is_ascii_digit();
    let path = page_file(url.path()).trim_end_matches(figures).trim_end_matches(['-', '_', ',']);
    path.chars().filter(|c| !figures(*c)).collect()
}

/// Without the ending of a page's file.
fn page_file(path: &str) -> &str {
    path.strip_suffix(".html").or(path.strip_suffix(".htm")).unwrap_or(path)
}

/// Parts of a path, with the parameters that stand in it.
fn parts(url: &Url) -> impl Iterator<Item = &str> {
    url.path_segments().into_iter().flatten().flat_map(|segment| segment.split([';', ','])).filter(|part| !part.is_empty())
}

/// Path without page numbers and the words that introduce them.
fn stem(url: &Url) -> String {
    let segments = parts(url);
    let kept: Vec<&str> = segments
        .filter(|segment| number_in_segment(segment).is_none() && !words("page").any(|known| known == segment.to_ascii_lowercase()))
        .collect();
    let joined = kept.join("/");
    page_file(joined.strip_suffix("/index.html").or(joined.strip_suffix("/index.php")).unwrap_or(&joined)).to_owned()
}

/// Numbers from which four figures are a year, not a page.
const YEARS: std::ops::Range<u64> = 1900..2100;

/// `3`, `page-3`, `strana3`, `strana=3`; a year that stands alone is an archive of its own.
fn number_in_segment(segment: &str) -> Option<u64> {
    if let Some((name, value)) = segment.split_once('=') {
        return value.parse().ok().filter(|_| names_page(name));
    }
    let digits = segment.trim_start_matches(|c: char| !c.is_ascii_digit());
    let word = segment[..segment.len() - digits.len()].trim_end_matches(['-', '_', '=', ',']).to_ascii_lowercase();
    let digits = page_file(digits);
    let number = digits.parse().ok()?;
    let counts = if word.is_empty() { !YEARS.contains(&number) } else { words("page").any(|known| known == word) };
    counts.then_some(number)
}

/// Page number or offset in an address.
fn page_number(url: &Url) -> Option<u64> {
    let in_query = url.query_pairs().find_map(|(name, value)| value.parse().ok().filter(|_| names_page(&name)));
    in_query.or_else(|| parts(url).filter_map(number_in_segment).last())
}

/// Not this page and not one before it.
fn moves_on(ground: &Ground, url: &Url) -> bool {
    let back = matches!((page_number(url), page_number(&ground.links.page)), (Some(there), Some(here)) if there <= here);
    !ground.links.is_here(url) && !back
}
