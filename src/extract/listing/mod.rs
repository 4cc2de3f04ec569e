//! A listing page read as entries, whatever its markup: candidates, columns, scores, doubts.
//!
//! Dates in the same local shape make a candidate; its records are cut by repetition, their units aligned into columns,
//! and title, link and summary chosen for the whole list. The best score is the list; what speaks against it is told.
//! Configured selectors replace the steps they name. Feeds are read by their own standard.

mod anchor;
mod candidate;
mod cell;
mod column;
mod doubt;
mod entry;
mod explain;
mod order;
mod pager;
mod phrases;
mod reading;
mod score;
mod segment;
mod selected;
mod structured;
mod unit;

use jiff::civil::Date;
use url::Url;

use super::page::{Dom, Links, Model, Parsed, headings, parse};
use super::{Listing, Page, Problem, ProblemKind, feed};
use crate::config::Selectors;
use anchor::Anchor;
pub use explain::{Candidate, ColumnOf, Explanation, Feature};
use phrases::Class;
use reading::Reading;
use unit::Unit;

/// What every step asks: the page, its dates, its units, its heading.
pub(super) struct Ground<'a> {
    model: &'a Model<'a>,
    dom: &'a Dom<'a>,
    links: &'a Links,
    anchors: Vec<Anchor>,
    units: Vec<Unit>,
    /// Where each unit leads.
    targets: Vec<Target>,
    /// What each unit says as a phrase.
    classes: Vec<Class>,
    heading: Option<usize>,
    seen: Date,
}

/// Where the link of a unit leads.
#[derive(Default)]
struct Target {
    page: Option<Url>,
    document: Option<Url>,
}

impl Target {
    fn of(model: &Model, unit: &Unit) -> Self {
        let Some(link) = unit.link else { return Self::default() };
        let document = model.links.to_document(&model.dom, link);
        Self { page: if document.is_some() { None } else { model.links.to_page(&model.dom, link) }, document }
    }

    fn any(&self) -> Option<&Url> {
        self.page.as_ref().or(self.document.as_ref())
    }
}

impl<'a> Ground<'a> {
    fn of(model: &'a Model<'a>, seen: Date) -> Self {
        let anchors = anchor::find(&model.dom, seen);
        let units = unit::cut(&model.dom, &anchors);
        let heading = headings(&model.dom, &model.links, &model.metadata).into_iter().next();
        let targets = units.iter().map(|unit| Target::of(model, unit)).collect();
        let classes = units.iter().map(|unit| phrases::class(&model.dom.text[unit.span.clone()])).collect();
        Self { model, dom: &model.dom, links: &model.links, anchors, units, targets, classes, heading, seen }
    }

    fn heading_text(&self) -> Option<&str> {
        self.heading.map(|at| self.dom.text_of(at))
    }

    /// The first unit after the heading of the page.
    fn floor(&self) -> usize {
        self.heading.map_or(0, |heading| self.units.partition_point(|unit| unit.nodes.start < self.dom.nodes[heading].end))
    }
}

/// Entries of a listing page, and the page that follows.
pub fn read(page: &Page, selectors: &Selectors) -> Listing {
    explain(page, selectors).0
}

/// The same, with the candidates, columns, features and scores that led to it.
pub fn explain(page: &Page, selectors: &Selectors) -> (Listing, Explanation) {
    if let Some(listing) = feed::read(page) {
        return (listing, Explanation::default());
    }
    let Parsed { html, problems } = parse(page);
    let model = Model::of(&html, page);
    let ground = Ground::of(&model, page.seen);
    let readings = match &selectors.entry {
        Some(selector) => vec![selected::read(&ground, selector)],
        None => reading::all(&ground),
    };
    let explanation = Explanation::of(&ground, &readings);
    let mut listing = listing(&ground, &readings, selectors);
    structured::compare(&ground, &mut listing);
    listing.title = ground.heading_text().map(|text| text.replace('\n', " "));
    pager::find(&ground, &readings, selectors.next.as_ref(), &mut listing);
    if listing.entries.is_empty() {
        listing.whole = false;
        listing.problems.push(Problem { kind: ProblemKind::NoEntries, what: page.url.path().to_owned() });
    }
    // Behind a cut an entry may have gone unread.
    listing.whole &= problems.iter().all(|problem| problem.kind != ProblemKind::Cut);
    listing.problems.extend(problems);
    (listing, explanation)
}

/// The best reading as a listing, with its doubts.
fn listing(ground: &Ground, readings: &[Reading], selectors: &Selectors) -> Listing {
    let mut listing = Listing { whole: true, ..Listing::default() };
    let Some(best) = readings.first().filter(|best| selectors.entry.is_some() || best.is_list()) else { return listing };
    let order = order::of(ground, best);
    for row in 0..best.records.len() {
        let Some(mut entry) = entry::read(ground, best, row) else { continue };
        entry::date(ground, best.records[row].spot, order, &mut entry, &mut listing.problems);
        selected::refine(ground, &best.records[row], selectors, &mut entry);
        listing.entries.push(entry);
    }
    listing.layout = explain::layout(ground, best);
    doubt::tell(ground, readings, order, &mut listing);
    selected::check(ground, selectors, &mut listing);
    listing
}
