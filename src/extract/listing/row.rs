//! How links stand among their like: the number behind that of this page, and addresses that count in one place.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::address::{Change, Count, YEARS};
use super::context::Context;
use super::link::{Candidate, Link};
use super::phrases::Class;

/// Steps from a number to the element that holds its row.
const HIGHEST: usize = 4;
/// More links than this lead on in a menu only: a pager in words has the next and the last page.
const MOST_AHEAD: usize = 2;

/// Links that say the number after that of this page, by their nodes.
pub fn following(context: &Context, candidates: &[Candidate], own: Option<u64>, end: usize) -> HashSet<usize> {
    let ahead = candidates.iter().filter(|candidate| !candidate.change.as_ref().is_some_and(|change| change.back || change.tool));
    let mut numbers: Vec<(usize, u64)> = ahead
        .flat_map(|candidate| candidate.links.iter().map(|link| (link, candidate.url.is_none())))
        .filter(|(link, script)| link.class == Class::Number && !in_calendar(context, end, link.node, *script))
        .filter_map(|(link, _)| Some((link.node, figure(&link.label).filter(|figure| !YEARS.contains(figure))?)))
        .collect();
    numbers.sort_unstable();
    let mut found = HashSet::new();
    let mut rest = &*numbers;
    while let Some((first, _)) = rest.first() {
        let row = row_of(context, rest);
        let size = row.map_or(1, |row| rest.iter().take_while(|(node, _)| context.dom.contains(row, *node)).count());
        let (members, after) = rest.split_at(size);
        rest = after;
        let next = match row.and_then(|row| open_number(context, row, *first)) {
            Some((at, open)) => members.iter().find(|(node, says)| *node > at && *says > open),
            // Without an open number the page is the first one, if its address says nothing else.
            None if own.is_none() && size > 1 => members.iter().find(|(_, says)| *says > 1),
            None => None,
        };
        found.extend(next.map(|(node, _)| *node));
    }
    found
}

/// The element that holds the first number and another one, or the number of this page.
fn row_of(context: &Context, numbers: &[(usize, u64)]) -> Option<usize> {
    let dom = context.dom;
    let first = numbers.first()?.0;
    let several = |up: usize| numbers.get(1).is_some_and(|(second, _)| dom.contains(up, *second));
    let holds = |up: usize| several(up) || dom.tag(up) != "li" && open_number(context, up, first).is_some();
    dom.ancestors(first).skip(1).take(HIGHEST).find(|up| holds(*up))
}

/// A number in the row, from what stands before its first link on, that is no link or a link to this page.
fn open_number(context: &Context, row: usize, first: usize) -> Option<(usize, u64)> {
    let dom = context.dom;
    let says = |at: &usize| !dom.is_element(*at) && dom.text_of(*at).contains(char::is_alphanumeric);
    let from = (row..first).rev().find(says).unwrap_or(row);
    (from..dom.nodes[row].end).filter(says).find_map(|at| {
        let leads = |link: usize| !context.links.resolve(dom, link).is_some_and(|url| context.links.is_here(&url));
        let text = dom.text_of(at);
        figure(text).filter(|_| is_number(text) && !dom.nodes[at].link.is_some_and(leads)).map(|figure| (at, figure))
    })
}

/// A page number or a span of entries, with the marks that pagers set around them.
fn is_number(text: &str) -> bool {
    let separates = |c: char| c.is_whitespace() || "[]()|·•,-–:/".contains(c);
    text.len() <= 40 && text.chars().all(|c| c.is_ascii_digit() || separates(c))
}

/// The first number of a text.
pub fn figure(text: &str) -> Option<u64> {
    let from = text.find(|c: char| c.is_ascii_digit())?;
    let digits = &text[from..];
    digits[..digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len())].parse().ok()
}

/// Figures of a table are days of a calendar, but for scripts in its only row.
fn in_calendar(context: &Context, end: usize, node: usize, script: bool) -> bool {
    let dom = context.dom;
    let table = dom.ancestors(node).take_while(|up| !dom.contains(*up, end)).find(|up| dom.tag(*up) == "table");
    table.is_some_and(|table| !script || (table..dom.nodes[table].end).filter(|at| dom.tag(*at) == "tr").count() > 1)
}

/// Links behind the list whose addresses count in one place.
pub struct Counts<'c> {
    members: Vec<(&'c Count, &'c Link)>,
    named: bool,
    own: u64,
    /// Counts after and before the listing's own.
    ahead: Vec<u64>,
    behind: Vec<u64>,
}

impl<'c> Counts<'c> {
    /// By what stands beside the count.
    pub fn all(candidates: &'c [Candidate], end: usize) -> HashMap<&'c str, Self> {
        let mut rows: HashMap<&str, Vec<(&Change, &Count, &Link)>> = HashMap::new();
        for candidate in candidates {
            let behind = candidate.links.iter().find(|link| link.node > end);
            if let (Some(change), Some(link)) = (&candidate.change, behind)
                && let Some(count) = &change.count
            {
                rows.entry(&count.key).or_default().push((change, count, link));
            }
        }
        rows.into_iter().map(|(key, members)| (key, Self::of(&members))).collect()
    }

    fn of(members: &[(&Change, &'c Count, &'c Link)]) -> Self {
        let named = members.iter().any(|(change, ..)| change.named);
        let from = members.iter().find_map(|(_, count, _)| count.from);
        let counts: BTreeSet<u64> = members.iter().map(|(_, count, _)| count.to).collect();
        let own = from.unwrap_or(u64::from(!named && counts.contains(&1)));
        let mut members: Vec<(&Count, &Link)> = members.iter().map(|(_, count, link)| (*count, *link)).collect();
        members.sort_by_key(|(_, link)| link.node);
        let (behind, ahead) = counts.into_iter().filter(|count| *count != own).partition(|count| *count < own);
        Self { members, named, own, ahead, behind }
    }

    /// What speaks for a count as that of the page that follows.
    pub fn features(&self, context: &Context, count: &Count) -> Vec<(&'static str, f64)> {
        let Some(next) = self.ahead.first().filter(|next| **next == count.to).copied() else { return Vec::new() };
        let wide = next - self.own;
        let first_page = count.from.is_none();
        let menu = self.is_menu(context, first_page);
        let back = self.own.checked_sub(wide).filter(|_| !first_page);
        let returns = back.is_some_and(|back| self.behind.iter().any(|count| *count == back || *count == 0 && back == 1));
        let balanced = returns && !menu && self.ahead.len().max(self.behind.len()) <= MOST_AHEAD;
        let one_further = first_page && next == 2 || wide == 1 && (self.named || balanced);
        let all = || self.ahead.iter().chain(&self.behind);
        let regular = |own: u64| all().all(|count| count.abs_diff(own).is_multiple_of(wide));
        // Entries are counted from nought or from one; a lone count may be that of the last page.
        let by_entries = wide > 1 && all().count() > 1 && (regular(self.own) || first_page && next > 2 && regular(1));
        let says_count = |(count, link): &(&Count, &Link)| figure(&link.label) == Some(count.to);
        let says_counts = self.members.len() > 1 && self.members.iter().all(says_count) && self.are_alike();
        let is = |name, holds: bool| (name, f64::from(holds));
        vec![
            is("one", one_further),
            is("entries", by_entries && (self.named || balanced)),
            is("counts", says_counts && (first_page && next <= 2 || wide == 1)),
            is("paired", balanced && !count.in_path),
            is("balanced", balanced && count.in_path),
            is("menu", menu),
        ]
    }

    /// Links in words that lead on one by one or in numbers, or between which something stands in words alone: the item of
    /// a menu that is open, where a pager has a number.
    fn is_menu(&self, context: &Context, first_page: bool) -> bool {
        let worded = self.members.iter().all(|(_, link)| figure(&link.label).is_none());
        let opens = first_page && self.own == 1 && self.ahead.len() < MOST_AHEAD;
        let leads_on = self.ahead.len() > MOST_AHEAD || self.ahead.windows(2).any(|pair| pair[1] == pair[0] + 1);
        worded && (opens || leads_on) || !self.named && self.has_words_between(context)
    }

    fn has_words_between(&self, context: &Context) -> bool {
        let (Some((_, first)), Some((_, last))) = (self.members.first(), self.members.last()) else { return false };
        let dom = context.dom;
        let of_row = |at: usize| self.members.binary_search_by_key(&at, |(_, link)| link.node).is_ok();
        let between = (dom.nodes[first.node].end..last.node).filter(|at| !dom.is_element(*at) && !dom.nodes[*at].link.is_some_and(of_row));
        between.map(|at| dom.text_of(at)).any(|text| text.contains(char::is_alphabetic) && figure(text).is_none())
    }

    /// Labels that are alike but for their figures.
    fn are_alike(&self) -> bool {
        let words = |link: &Link| -> String { link.label.chars().filter(|c| !c.is_ascii_digit()).collect() };
        self.members.windows(2).all(|pair| words(pair[0].1) == words(pair[1].1))
    }
}
