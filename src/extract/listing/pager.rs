//! The page that follows: configured, `rel=next`, words for older or next, numbered pages, "load more", and in any
//! language a link behind the list whose address is one count further.
//!
//! Only pages of this listing: the same site, and an address that differs by a page number or a counting parameter.
//! Sorting, views and calendars are never followed. What looks like a pager and is not followed is told.

use std::collections::HashMap;

use scraper::Selector;
use url::Url;

use super::ground::Ground;
use super::paging::{self, Step, is_family, is_pager_form, page_number};
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
    /// What the link says, or what is said of it.
    label: String,
    url: Option<Url>,
    /// How its address differs from the listing's own.
    step: Option<Step>,
    nofollow: bool,
}

/// Sets the page that follows; tells a link that looks like it and is not followed.
pub fn find(ground: &Ground, readings: &[Reading], configured: Option<&Selector>, listing: &mut Listing) {
    if let Some(selector) = configured {
        listing.next = chosen(ground, selector);
        return;
    }
    let candidates = candidates(ground, readings);
    let end = readings.first().and_then(|reading| ground.units.get(reading.span().end.checked_sub(1)?)).map_or(0, |unit| unit.nodes.start);
    let next = declared(ground)
        .or_else(|| worded(ground, &candidates))
        .or_else(|| numbered(ground, &candidates))
        .or_else(|| loading(ground, &candidates))
        .or_else(|| counted(ground, &candidates, end))
        .or_else(|| dated(ground, &candidates, listing));
    if next.is_none() && !listing.entries.is_empty() {
        tell(ground, end, &candidates, listing);
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
            let step = url.as_ref().and_then(|url| paging::step(&ground.links.page, url));
            Candidate {
                node,
                class,
                arrow,
                label: label(ground, node).to_owned(),
                url,
                step,
                nofollow: has_word(rel, "nofollow") || has_word(rel, "prev"),
            }
        })
        .collect()
}

/// What a link says: its words, else its label, tooltip or picture; a number with words for screen readers is a number.
fn phrase(ground: &Ground, node: usize) -> (Class, bool) {
    let text = ground.dom.text_of(node);
    let label = described(ground, node).map(phrases::class);
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

/// What is said of a link: its label, tooltip or picture.
fn described<'a>(ground: &'a Ground, node: usize) -> Option<&'a str> {
    let picture = (node..ground.dom.nodes[node].end).find_map(|at| ground.dom.attr(at, "alt"));
    ["aria-label", "title"].into_iter().find_map(|name| ground.dom.attr(node, name)).or(picture)
}

/// What a link says in letters or figures, else what is said of it.
fn label<'a>(ground: &'a Ground, node: usize) -> &'a str {
    let text = ground.dom.text_of(node);
    if text.contains(char::is_alphanumeric) { text } else { described(ground, node).unwrap_or(text) }
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
    let page = &ground.links.page;
    let of_list = |url: &Url| is_family(url, page) || paging::step(page, url).is_some();
    let own = |candidate: &Candidate| candidate.url.as_ref().is_some_and(|url| ground.links.is_here(url) || of_list(url));
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
        None if page_number(page).is_none() => (row, true),
        None => return None,
    };
    let following = numbers.iter().filter(|number| after < number.node && dom.contains(row, number.node) && !number.nofollow);
    let mut following = following.filter(|number| !(skips_one && digits(dom.text_of(number.node)) == "1"));
    following.find_map(|number| number.url.clone().filter(|url| of_list(url) && moves_on(ground, url)))
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

/// In any language, the link behind the list whose address is the next count of its kind.
fn counted(ground: &Ground, candidates: &[Candidate], end: usize) -> Option<Url> {
    let mut rows: HashMap<&str, Vec<&Candidate>> = HashMap::new();
    for candidate in candidates.iter().filter(|candidate| candidate.node > end) {
        if let Some(step) = &candidate.step {
            rows.entry(&step.name).or_default().push(candidate);
        }
    }
    rows.values().filter_map(|row| next_of_row(ground, row)).min_by_key(|candidate| candidate.node)?.url.clone()
}

fn next_of_row<'a>(ground: &Ground, row: &[&'a Candidate]) -> Option<&'a Candidate> {
    let to = following(ground, row)?;
    let leads = |candidate: &Candidate| candidate.step.as_ref().is_some_and(|step| step.to == to);
    let free = |candidate: &Candidate| !candidate.nofollow && candidate.class != Class::OtherPage;
    row.iter().copied().find(|candidate| free(candidate) && leads(candidate))
}

/// The count after the listing's own among links of one kind, where they are sure to count pages: by name, by the numbers
/// they say, or by leading as far back as on.
fn following(ground: &Ground, row: &[&Candidate]) -> Option<u64> {
    let steps: Vec<&Step> = row.iter().filter_map(|candidate| candidate.step.as_ref()).collect();
    let first = steps.first()?;
    let own = first.from.unwrap_or(0);
    let next = steps.iter().map(|step| step.to).filter(|to| *to > own).min()?;
    let wide = next - own;
    let regular = |own: u64| steps.iter().all(|step| step.to.abs_diff(own).is_multiple_of(next - own));
    let several = steps.iter().any(|step| step.to != next);
    let one_further = first.from.is_none() && next <= 2 || wide == 1;
    if first.named {
        // Entries are counted from nought or from one; a lone count may be that of the last page.
        let by_entries = several && (regular(own) || first.from.is_none() && next > 2 && regular(1));
        return (one_further || by_entries).then_some(next);
    }
    let says_its_count =
        |candidate: &&Candidate| candidate.step.as_ref().is_some_and(|step| digits(&candidate.label) == step.to.to_string());
    let says_numbers = row.len() > 1 && row.iter().all(says_its_count) && one_as_another(row);
    let back = own.checked_sub(wide).filter(|_| first.from.is_some());
    let balanced = back.is_some_and(|back| {
        steps.iter().any(|step| step.to == back)
            && steps.iter().all(|step| step.to == next || step.to == back || wide > 1 && step.to < back)
    });
    (says_numbers && one_further || balanced && !is_menu(ground, row)).then_some(next)
}

/// Links between which something stands in words alone: the item of a menu that is open, where a pager has a number.
fn is_menu(ground: &Ground, row: &[&Candidate]) -> bool {
    let (Some(first), Some(last)) = (row.first(), row.last()) else { return false };
    let dom = ground.dom;
    let of_row = |link: usize| row.binary_search_by_key(&link, |candidate| candidate.node).is_ok();
    let between = (dom.nodes[first.node].end..last.node).filter(|at| !dom.nodes[*at].link.is_some_and(of_row));
    let mut texts = between.filter(|at| !dom.is_element(*at)).map(|at| dom.text_of(at));
    texts.any(|text| text.contains(char::is_alphabetic) && !text.contains(|c: char| c.is_ascii_digit()))
}

/// Labels that are alike but for their figures.
fn one_as_another(row: &[&Candidate]) -> bool {
    let words = |candidate: &Candidate| -> String { candidate.label.chars().filter(|c| !c.is_ascii_digit()).collect() };
    row.windows(2).all(|pair| words(pair[0]) == words(pair[1]))
}

/// A link whose parameter names a time up to which entries are shown, when that is the time of the oldest one here.
fn dated(ground: &Ground, candidates: &[Candidate], listing: &Listing) -> Option<Url> {
    let oldest = listing.entries.iter().filter_map(|entry| entry.published).min()?;
    let pages = candidates.iter().filter(|candidate| !candidate.nofollow).filter_map(|candidate| candidate.url.as_ref());
    let mut pages = pages.filter(|url| is_family(url, &ground.links.page) && moves_on(ground, url));
    pages.find(|url| paging::day_before(url).is_some_and(|day| day <= oldest)).cloned()
}

/// Tells what stands behind the list, looks like its pager and is not followed.
fn tell(ground: &Ground, end: usize, candidates: &[Candidate], listing: &mut Listing) {
    let unfollowed = candidates.iter().filter(|candidate| candidate.node > end).find(|candidate| looks(ground, end, candidates, candidate));
    if let Some(found) = unfollowed {
        let href = ground.dom.attr(found.node, "href").unwrap_or_default();
        listing.doubt(ProblemKind::NotFollowed, format!("{} leads to {href}", found.label.replace('\n', " ")));
        return;
    }
    let mut buttons = (end + 1..ground.dom.nodes.len()).filter_map(|at| button(ground, at));
    if let Some(text) = buttons.find(|text| phrases::class(text) == Class::LoadMore) {
        listing.doubt(ProblemKind::NotFollowed, format!("{} is a button without an address", text.replace('\n', " ")));
    }
}

/// What a button says, however it is made.
fn button<'a>(ground: &'a Ground, node: usize) -> Option<&'a str> {
    let dom = ground.dom;
    match dom.tag(node) {
        "button" => Some(dom.text_of(node)),
        "input" if matches!(dom.attr(node, "type"), Some("button" | "submit")) => dom.attr(node, "value"),
        _ => dom.attr(node, "role").filter(|role| *role == "button").map(|_| dom.text_of(node)),
    }
}

/// A link that says "next" in words, loads more, says the next number of a row, or is alone in what it counts.
fn looks(ground: &Ground, end: usize, candidates: &[Candidate], candidate: &Candidate) -> bool {
    let page = &ground.links.page;
    let following = (page_number(page).unwrap_or(1) + 1).to_string();
    let script = candidate.url.is_none();
    let elsewhere = |url: &Url| ground.links.is_here(url) || paging::is_back(page, url) || paging::is_of_tool(url, &following);
    let leads = !candidate.url.as_ref().is_some_and(elsewhere);
    match candidate.class {
        Class::LoadMore => leads || candidate.url.as_ref().is_some_and(|url| ground.links.is_here(url)),
        Class::Next => leads && !candidate.arrow,
        Class::Number => leads && digits(&candidate.label) == following && !in_calendar(ground, end, candidate.node, script),
        Class::None => candidate.step.as_ref().is_some_and(Step::is_from_first) && alone(candidate, candidates),
        _ => false,
    }
}

/// No other link counts the same to something else, as those of a menu do.
fn alone(candidate: &Candidate, candidates: &[Candidate]) -> bool {
    let steps = candidates.iter().filter_map(|other| other.step.as_ref());
    candidate.step.as_ref().is_some_and(|own| steps.filter(|step| step.name == own.name).all(|step| step.to == own.to))
}

/// Figures of a table are days of a calendar, but for scripts in its only row.
fn in_calendar(ground: &Ground, end: usize, node: usize, script: bool) -> bool {
    let dom = ground.dom;
    let table = dom.ancestors(node).take_while(|up| !dom.contains(*up, end)).find(|up| dom.tag(*up) == "table");
    table.is_some_and(|table| !script || (table..dom.nodes[table].end).filter(|at| dom.tag(*at) == "tr").count() > 1)
}

/// Not this page and not one before it.
fn moves_on(ground: &Ground, url: &Url) -> bool {
    let page = &ground.links.page;
    let counts_back = paging::step(page, url).is_some_and(|step| step.from.is_some_and(|from| step.to <= from));
    !ground.links.is_here(url) && !paging::is_back(page, url) && !counts_back
}
