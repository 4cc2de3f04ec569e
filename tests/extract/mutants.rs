//! One broken tag in a list: every entry is kept, or the listing says that it is not whole.
//!
//! Each page of `systems` is broken once at a time, at an entry: a tag that is never closed, an end tag that is missing or
//! one too many, a quotation mark that is missing. The test takes a few of all mutants, spread evenly; `TWINDEX_MUTANTS`
//! says how many of each page are to be taken.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::date;
use regex::Regex;
use twindex::config::Selectors;
use twindex::extract::{Listing, Page, listing};
use url::Url;

use super::systems::{Row, Verdict, all, judge, rows};

/// Mutants of each page that the suite looks at.
const FEW: usize = 6;
/// Pages that are read rightly unbroken, at least: a reader that reads none loses nothing by a broken tag.
const PAGES: usize = 42;
/// Share of the mutants that may lose entries in silence; none should.
const SILENT: f64 = 0.03;
/// Tags that are left open.
const UNCLOSED: [&str; 6] = ["div", "b", "span", "p", "li", "td"];

/// A broken page.
struct Mutant {
    kind: &'static str,
    /// Bytes that are replaced, and by what.
    at: Range<usize>,
    with: String,
}

impl Mutant {
    fn apply(&self, html: &str) -> String {
        [&html[..self.at.start], &self.with, &html[self.at.end..]].concat()
    }
}

/// All ways to break one tag inside these bytes.
fn mutants(html: &str, inside: &Range<usize>) -> Vec<Mutant> {
    let tag = Regex::new(r#"<(/?)([a-zA-Z][a-zA-Z0-9]*)(?:"[^"]*"|'[^']*'|[^>"'])*>"#).unwrap();
    let mut found = Vec::new();
    let mut push = |kind, at: Range<usize>, with: String| found.push(Mutant { kind, at, with });
    for one in tag.captures_iter(&html[inside.clone()]) {
        let whole = one.get(0).unwrap().range();
        let at = inside.start + whole.start..inside.start + whole.end;
        let text = &html[at.clone()];
        if &one[1] == "/" {
            push("end tag missing", at.clone(), String::new());
            push("end tag twice", at.end..at.end, text.to_owned());
            continue;
        }
        for name in UNCLOSED {
            push("unclosed", at.end..at.end, format!("<{name}>"));
        }
        for (offset, _) in text.match_indices('"') {
            push("quote missing", at.start + offset..at.start + offset + 1, String::new());
        }
    }
    for name in UNCLOSED {
        push("unclosed", inside.start..inside.start, format!("<{name}>"));
        push("end tag too many", inside.end..inside.end, format!("</{name}>"));
    }
    found
}

/// What came of the mutants of one kind.
#[derive(Default)]
struct Tally {
    count: BTreeMap<(&'static str, Verdict), usize>,
    silent: Vec<String>,
}

impl Tally {
    fn add(&mut self, name: &str, html: &str, mutant: &Mutant, want: &[Row], listing: &Listing) {
        let verdict = judge(want, listing);
        *self.count.entry((mutant.kind, verdict)).or_default() += 1;
        if verdict == Verdict::Silent {
            let found = rows(listing);
            let near = html.floor_char_boundary(mutant.at.start.saturating_sub(60))..html.ceil_char_boundary(mutant.at.end + 30);
            let lost: Vec<String> = want.iter().filter(|row| !found.contains(row)).map(|row| row.title.clone()).collect();
            let more: Vec<String> = found.iter().filter(|row| !want.contains(row)).map(|row| row.title.clone()).collect();
            self.silent.push(format!("{name}: {} {:?} in {:?}: lost {lost:?}, more {more:?}", mutant.kind, mutant.with, &html[near]));
        }
    }

    fn told(&self) -> String {
        let kinds: std::collections::BTreeSet<_> = self.count.keys().map(|(kind, _)| *kind).collect();
        let count = |kind, verdict| self.count.get(&(kind, verdict)).copied().unwrap_or(0);
        let line = |kind: &&'static str| {
            let [right, told, silent] = [Verdict::Right, Verdict::Told, Verdict::Silent].map(|verdict| count(*kind, verdict));
            format!("{kind}: {right} right, {told} told, {silent} silent\n")
        };
        kinds.iter().map(line).collect()
    }
}

fn read_at(address: &str, html: &str) -> Listing {
    let url = Url::parse(address).unwrap();
    let page = Page { url: &url, content_type: Some("text/html; charset=utf-8"), bytes: html.as_bytes(), seen: date(2024, 5, 1) };
    listing::read(&page, &Selectors::default())
}

#[test]
fn one_broken_tag_loses_nothing_in_silence() {
    let many = std::env::var("TWINDEX_MUTANTS").ok().and_then(|many| many.parse().ok()).unwrap_or(FEW);
    let mut tally = Tally::default();
    let mut pages = 0;
    for made in all(1) {
        if judge(&made.rows, &read_at(&made.address, &made.html)) != Verdict::Right {
            eprintln!("not right unbroken: {}", made.name);
            continue;
        }
        pages += 1;
        let every: Vec<Mutant> = made.items.iter().flat_map(|item| mutants(&made.html, item)).collect();
        let step = (every.len() / many).max(1);
        for mutant in every.iter().skip(step / 2).step_by(step) {
            tally.add(made.name, &made.html, mutant, &made.rows, &read_at(&made.address, &mutant.apply(&made.html)));
        }
    }
    eprintln!("{pages} pages\n{}\n{}", tally.silent.join("\n"), tally.told());
    let count = tally.count.values().sum::<usize>();
    let silent = tally.silent.len();
    assert!(pages >= PAGES && count >= PAGES * many, "{count} mutants of {pages} pages");
    assert!(silent as f64 <= SILENT * count as f64, "{silent} of {count} mutants lose entries in silence");
}
