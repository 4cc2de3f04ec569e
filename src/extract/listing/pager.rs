//! The page that follows: every link outside the records is a candidate, and the best by score is it.
//!
//! What counts is what a link says, what its address changes and how it stands among its like; the weights are data. What
//! looks like a pager and is not followed is told, and so is a second page that is about as likely as the one followed. Where
//! nothing leads on, the list of the year before does, if the site keeps one a year.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use scraper::Selector;
use url::Url;

use super::address::{Address, Likeness};
use super::context::Context;
use super::link::{self, Candidate, Link};
use super::phrases::Class;
use super::reading::Reading;
use super::row::{Counts, figure, following};
use super::score::{Features, weight};
use crate::extract::{Listing, ProblemKind};

/// What is known when candidates are scored.
struct Pager<'p> {
    context: &'p Context<'p>,
    /// The last entry of the list begins here.
    end: usize,
    /// Links that say the next number.
    numbers: HashSet<usize>,
    counts: HashMap<&'p str, Counts<'p>>,
    oldest: Option<Date>,
}

/// Sets the page that follows; tells what looks like it and is not followed.
pub fn find(context: &Context, readings: &[Reading], configured: Option<&Selector>, listing: &mut Listing) {
    if let Some(selector) = configured {
        listing.next = chosen(context, selector);
        return;
    }
    let own = Address::of(&context.links.page);
    let candidates = link::candidates(context, readings, &own);
    let end =
        readings.first().and_then(|reading| context.leaves.get(reading.span().end.checked_sub(1)?)).map_or(0, |leaf| leaf.nodes.start);
    let pager = Pager {
        context,
        end,
        numbers: following(context, &candidates, own.number(), end),
        counts: Counts::all(&candidates, end),
        oldest: listing.entries.iter().filter_map(|entry| entry.published).min(),
    };
    let entries: HashSet<&Url> = listing.entries.iter().filter_map(|entry| entry.link.as_ref()).collect();
    let leads_on = candidates.iter().filter(|candidate| {
        !candidate.change.as_ref().is_some_and(|change| change.back) && !candidate.url.as_ref().is_some_and(|url| entries.contains(url))
    });
    let mut scored: Vec<(f64, &Candidate)> = leads_on.map(|candidate| (pager.features(candidate).score("next"), candidate)).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    decide(context, &scored, pager.oldest, listing);
}

/// Follows the best page of the site, and tells the best that is not followed, if it looks like one.
fn decide(context: &Context, scored: &[(f64, &Candidate)], oldest: Option<Date>, listing: &mut Listing) {
    let best = scored.iter().find(|(score, candidate)| *score >= weight("next", "follow") && candidate.may_be_followed());
    listing.next = best.and_then(|(_, candidate)| candidate.url.clone()).or_else(|| year_before(scored, oldest));
    let least = best.map_or(weight("next", "tell"), |(score, _)| score - weight("next", "margin"));
    let others = scored.iter().filter(|(score, other)| *score >= least && !best.is_some_and(|(_, best)| std::ptr::eq(*best, *other)));
    let mut links = others.filter_map(|(_, other)| other.links.first()).filter(|_| !listing.entries.is_empty());
    if let Some(link) = links.next() {
        let href = context.dom.attr(link.node, "href").unwrap_or("no address");
        listing.doubt(ProblemKind::NotFollowed, format!("{} leads to {href}", link.label.replace('\n', " ")));
    }
}

/// The list of the year before that of this page; that of the oldest entry where this page is of no year, for it may show but a few.
fn year_before(scored: &[(f64, &Candidate)], oldest: Option<Date>) -> Option<Url> {
    let says = |candidate: &Candidate, year: u64| candidate.links.iter().any(|link| figure(&link.label) == Some(year));
    let before = scored.iter().filter_map(|(_, candidate)| {
        let (own, year) = candidate.years.filter(|(_, year)| says(candidate, *year))?;
        let is_before =
            own.map_or_else(|| oldest.is_some_and(|day| u64::try_from(day.year()).is_ok_and(|last| year <= last)), |own| year < own);
        is_before.then_some((year, candidate))
    });
    before.max_by_key(|(year, _)| *year).and_then(|(_, candidate)| candidate.url.clone())
}

fn chosen(context: &Context, selector: &Selector) -> Option<Url> {
    let at = context.model.matching(selector).into_iter().next()?;
    let link = context.dom.nodes[at].link.or_else(|| (at..context.dom.nodes[at].end).find_map(|inner| context.dom.nodes[inner].link))?;
    context.links.resolve(context.dom, link).filter(|url| !context.links.is_here(url))
}

impl Pager<'_> {
    fn features(&self, candidate: &Candidate) -> Features {
        let any = |test: &dyn Fn(&Link) -> bool| f64::from(candidate.links.iter().any(test));
        let all = |test: &dyn Fn(&Link) -> bool| f64::from(!candidate.links.is_empty() && candidate.links.iter().all(test));
        let says = |class: Class| any(&|link| link.class == class && !link.arrow);
        let until = candidate.until.zip(self.oldest).is_some_and(|(until, oldest)| until <= oldest);
        let mut features = vec![
            ("declared", f64::from(candidate.declared)),
            ("next", says(Class::Next)),
            ("load", says(Class::LoadMore)),
            ("arrow", any(&|link| link.arrow)),
            ("number", any(&|link| self.numbers.contains(&link.node))),
            ("until", f64::from(until)),
            ("behind", any(&|link| link.node > self.end)),
            ("signs", all(&|link| link.signs)),
            ("nofollow", all(&|link| link.nofollow)),
            ("other", all(&|link| link.class == Class::OtherPage)),
        ];
        if let Some(change) = &candidate.change {
            let like = |likeness| f64::from(change.likeness == likeness);
            features.extend([("count", like(Likeness::Counted)), ("path", like(Likeness::Path)), ("near", like(Likeness::Near))]);
            features.extend([("named", f64::from(change.named)), ("tool", f64::from(change.tool))]);
            let counts = change.count.as_ref().and_then(|count| Some((count, self.counts.get(&*count.key)?)));
            features.extend(counts.into_iter().flat_map(|(count, row)| row.features(self.context, count)));
        }
        Features(features)
    }
}
