//! Links outside the records, and buttons that act as links: what they say, and where they lead.
//!
//! All that lead to one page are one candidate for the page that follows. A script leads nowhere that an address says.

use std::collections::HashMap;

use jiff::civil::Date;
use url::Url;

use super::address::{Address, Change};
use super::context::Context;
use super::phrases::{self, Class};
use super::reading::Reading;
use crate::extract::page::{has_word, same_site};

/// A page that may follow, or nowhere that an address says.
pub struct Candidate {
    /// None where only the head of the page names it.
    pub links: Vec<Link>,
    pub url: Option<Url>,
    /// How its address differs from the listing's own, on the same site.
    pub change: Option<Change>,
    /// The day up to which it shows entries, by its address.
    pub until: Option<Date>,
    /// The year that its address names and its link says, and that of the listing's own address.
    pub years: Option<(Option<u64>, u64)>,
    /// `rel=next`.
    pub declared: bool,
}

pub struct Link {
    pub node: usize,
    pub class: Class,
    /// Only an arrow, no words.
    pub arrow: bool,
    /// A picture or a sign: no letters or figures are shown.
    pub signs: bool,
    /// What it says, or what is said of it.
    pub label: String,
    /// The site does not recommend what it leads to (`rel=nofollow`).
    pub nofollow: bool,
}

impl Candidate {
    fn of(context: &Context, own: &Address, url: Option<Url>) -> Self {
        let address = url.as_ref().filter(|url| same_site(url, &context.links.page)).map(Address::of);
        let until = address.as_ref().and_then(Address::until);
        let years = address.as_ref().and_then(|address| own.years(address));
        Self { links: Vec::new(), url, change: address.map(|address| own.change(&address)), until, years, declared: false }
    }

    /// On this site.
    pub fn may_be_followed(&self) -> bool {
        self.change.is_some()
    }
}

impl Link {
    fn of(context: &Context, node: usize) -> Self {
        let rel = context.dom.attr(node, "rel").unwrap_or_default();
        let (said, arrow) = phrase(context, node);
        let class = if has_word(rel, "prev") { Class::OtherPage } else { said };
        let signs = !text(context, node).contains(char::is_alphanumeric);
        Self { node, class, arrow, signs, label: label(context, node).to_owned(), nofollow: has_word(rel, "nofollow") }
    }
}

/// All candidates, in the order of their first links; places on this page are none.
pub fn candidates(context: &Context, readings: &[Reading], own: &Address) -> Vec<Candidate> {
    let dom = context.dom;
    // The last record may reach too far.
    let records = readings.first().and_then(|reading| reading.records.split_last()).map_or(&[][..], |(_, before)| before);
    let inside = |node: usize| {
        let at = records.partition_point(|record| context.leaves[record.leaves.start].nodes.start <= node);
        at.checked_sub(1).is_some_and(|at| node < context.leaves[records[at].leaves.end - 1].nodes.end)
    };
    let mut found: Vec<Candidate> = Vec::new();
    let mut known: HashMap<Url, usize> = HashMap::new();
    for node in (0..dom.nodes.len()).filter(|node| acts(context, *node) && !inside(*node)) {
        let link = Link::of(context, node);
        let Some(url) = target(context, &link) else { continue };
        let at = url.as_ref().and_then(|url| known.get(url)).copied().unwrap_or(found.len());
        if at == found.len() {
            known.extend(url.clone().map(|url| (url, at)));
            found.push(Candidate::of(context, own, url));
        }
        let rel = dom.attr(node, "rel").unwrap_or_default();
        found[at].declared |= has_word(rel, "next") && !link.nofollow;
        found[at].links.push(link);
    }
    if let Some(next) = &context.model.metadata.next {
        match known.get(next) {
            Some(at) => found[*at].declared = true,
            None => found.push(Candidate { declared: true, ..Candidate::of(context, own, Some(next.clone())) }),
        }
    }
    found
}

/// A link, or what scripts make one.
fn acts(context: &Context, node: usize) -> bool {
    let dom = context.dom;
    match dom.tag(node) {
        "a" | "button" => dom.nodes[node].visible,
        "input" => matches!(dom.attr(node, "type"), Some("button" | "submit")),
        _ => dom.attr(node, "role") == Some("button"),
    }
}

/// Where a link leads: to a page, or nowhere known if it says what a pager says; a place on this page is no target.
#[expect(clippy::option_option, reason = "no target, a target without an address, an address")]
fn target(context: &Context, link: &Link) -> Option<Option<Url>> {
    let dom = context.dom;
    let href = ["href", "data-href", "data-url", "data-next", "data-next-url"].into_iter().find_map(|name| dom.attr(link.node, name));
    let place = href.and_then(|href| href.trim().strip_prefix('#'));
    let mut url = href.filter(|_| place.is_none()).and_then(|href| context.links.join(href));
    if let Some(url) = &mut url {
        url.set_fragment(None);
        return (!context.links.is_here(url)).then(|| Some(url.clone()));
    }
    let on_page = || place.is_some_and(|name| !name.is_empty() && (0..dom.nodes.len()).any(|at| dom.attr(at, "id") == Some(name)));
    (matches!(link.class, Class::Next | Class::LoadMore | Class::Number) && !on_page()).then_some(None)
}

/// What a link says: its words, else its label, tooltip or picture; a number with words for screen readers is a number.
fn phrase(context: &Context, node: usize) -> (Class, bool) {
    let text = text(context, node);
    let label = described(context, node).map(phrases::class);
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

fn text<'a>(context: &'a Context, node: usize) -> &'a str {
    if context.dom.tag(node) == "input" { context.dom.attr(node, "value").unwrap_or_default() } else { context.dom.text_of(node) }
}

/// What is said of a link: its label, tooltip or picture.
fn described<'a>(context: &'a Context, node: usize) -> Option<&'a str> {
    let picture = (node..context.dom.nodes[node].end).find_map(|at| context.dom.attr(at, "alt"));
    ["aria-label", "title"].into_iter().find_map(|name| context.dom.attr(node, name)).or(picture)
}

/// What a link says in letters or figures, else what is said of it.
fn label<'a>(context: &'a Context, node: usize) -> &'a str {
    let text = text(context, node);
    if text.contains(char::is_alphanumeric) { text } else { described(context, node).unwrap_or(text) }
}

/// "Page 2", "2. strana".
fn number_among_words(text: &str) -> Option<Class> {
    let words: String = text.chars().filter(|c| !c.is_ascii_digit()).collect();
    let counted = text.chars().any(|c| c.is_ascii_digit()) && text.len() < 40;
    (counted && phrases::class(&words) == Class::OtherPage).then_some(Class::Number)
}
