//! The search page: what was asked, how it was understood, and the notices that answer, as a list, a table, a time line or a map.
//!
//! Refuses: questions beyond the limits of `question.rs`; where a program asks, values that mean nothing, too.

mod asked;
pub mod chart;
mod facets;
mod form;
mod hits;
pub mod map;
mod table;
pub mod timeline;

pub use facets::By;
pub use hits::{item, line, size};

use std::sync::Arc;

use maud::{Markup, html};

use super::desk::Desk;
use super::frame::{Page, Part};
use super::library::Snapshot;
use super::question::{DEEPEST, LONGEST, Question, View};
use super::words::Tongue;
use super::{Error, Refusal};
use crate::search::{Answer, Options, Seeker};

/// A question that can be asked: checked against the limits, with the state of the archive that it asks.
pub struct Asking<'d> {
    pub desk: &'d Desk<'d>,
    pub question: Question,
    pub snapshot: Arc<Snapshot>,
    pub options: Options,
}

impl<'d> Asking<'d> {
    pub fn new(desk: &'d Desk<'d>, question: Question) -> Result<Self, Error> {
        if question.q.chars().count() > LONGEST {
            return Err(Refusal::TooLong.into());
        }
        if desk.is_served() && question.offset() >= DEEPEST {
            return Err(Refusal::TooDeep.into());
        }
        let snapshot = match question.moment() {
            None => desk.library.newest(),
            Some(moment) => desk.library.at(desk.archive, moment)?.ok_or(Refusal::PastTooLarge)?,
        };
        let options = question.options(snapshot.seeker(question.place));
        Ok(Self { desk, question, snapshot, options })
    }

    /// Of a program, which reads no warning: every value has to mean something.
    pub fn exact(desk: &'d Desk<'d>, query: &str) -> Result<Self, Error> {
        let asking = Self::new(desk, Question::read(query))?;
        if asking.question.unused.is_empty() { Ok(asking) } else { Err(Error::Unused(asking.question.unused)) }
    }

    fn tongue(&self) -> Tongue {
        self.desk.tongue
    }

    pub fn seeker(&self) -> Option<&Seeker> {
        self.snapshot.seeker(self.question.place)
    }

    pub fn answer(&self) -> Result<Answer, Error> {
        Ok(self.snapshot.index.search(&self.question.q, &self.options)?)
    }
}

pub fn page(desk: &Desk<'_>, question: Question) -> Result<Page, Error> {
    let asking = Asking::new(desk, question)?;
    let answer = asking.answer()?;
    let (tongue, words) = (desk.tongue, desk.tongue.words());
    let shown = match asking.question.view {
        View::List => hits::list(&asking, &answer),
        View::Table => table::table(&asking, &answer),
        View::Timeline => timeline::view(&asking, &answer),
        View::Map => map::view(&asking)?,
    };
    let counts = facets::groups(&asking, &answer)?;
    let main = html! {
        (form::form(&asking))
        @if !desk.is_served() { noscript { p.warn { (words.needs_script) } } }
        (asked::understood(&asking, &answer))
        div.columns {
            section.results aria-label=(words.notices) {
                (heading(&asking, &answer))
                (facets::chips(&asking))
                @if asking.question.view == View::List { (timeline::strip(&asking, &answer)) }
                @if answer.total + answer.partial == 0 {
                    p.nothing { strong { (words.nothing) } " " (words.nothing_hint) }
                } @else {
                    (shown)
                    (pager(&asking, answer.total + answer.partial))
                    @if has_downloads(&asking) { (take_along(&asking)) }
                }
            }
            (facets::panel(&asking, &counts))
        }
    };
    let title = if asking.question.q.is_empty() { words.search.to_owned() } else { asking.question.q.clone() };
    let address = asking.question.href(Tongue::Czech);
    let head = if has_downloads(&asking) {
        feeds(&asking)
    } else {
        html! {}
    };
    Ok(Page { head, ..Page::new(tongue, address, title, Some(Part::Search), main) })
}

/// Whether there are other views and files of this question: in a copy, of the whole archive alone.
fn has_downloads(asking: &Asking<'_>) -> bool {
    asking.desk.is_served() || !asking.question.is_narrowed()
}

/// The views with their names; a copy has no table, whose columns are chosen.
fn views(asking: &Asking<'_>) -> impl Iterator<Item = (View, &'static str)> {
    let (words, is_served) = (asking.tongue().words(), asking.desk.is_served());
    let names = [words.list, words.table, words.timeline, words.map];
    View::ALL.into_iter().zip(names).filter(move |(view, _)| is_served || *view != View::Table)
}

/// How many there are, and the ways to see and sort them.
fn heading(asking: &Asking<'_>, answer: &Answer) -> Markup {
    let (tongue, question) = (asking.tongue(), &asking.question);
    let words = tongue.words();
    html! {
        div.heading {
            h1 #count {
                @if answer.total == 0 && answer.partial > 0 { (words.none_whole) } @else { (tongue.notices(answer.total as u64)) }
                @if answer.partial > 0 { " " small { "+ " (tongue.number(answer.partial as u64)) " " (words.partial_after) } }
            }
            @if has_downloads(asking) { nav.views aria-label=(words.view) {
                @for (view, label) in views(asking) {
                    a href=(question.with(|other| other.view = view).href(tongue)) aria-current=[(view == question.view).then_some("true")] {
                        (label)
                    }
                }
            } }
            a.to-narrow href="#narrow" { (words.narrow) " ↓" }
        }
    }
}

fn pager(asking: &Asking<'_>, hits: usize) -> Markup {
    let (tongue, question) = (asking.tongue(), &asking.question);
    let (words, pages) = (tongue.words(), question.pages(hits, asking.desk.is_served().then_some(DEEPEST)));
    let href = |page: usize| question.with(|other| other.page = page).href(tongue);
    html! {
        @if pages > 1 && matches!(question.view, View::List | View::Table) {
            nav.pager aria-label=(words.page) {
                @if question.page > 1 { a rel="prev" href=(href(question.page - 1)) { "← " (words.previous) } }
                span { (words.page) " " (question.page) " " (words.of) " " (pages) }
                @if question.page < pages { a rel="next" href=(href(question.page + 1)) { (words.next) " →" } }
            }
        }
    }
}

/// Downloads of exactly what is counted, and feeds.
fn take_along(asking: &Asking<'_>) -> Markup {
    let words = asking.tongue().words();
    let query = alone(&asking.question);
    html! {
        p.take {
            (words.download) ": "
            @for (at, format) in super::download::FORMATS.iter().enumerate() {
                @if at > 0 { " · " }
                a href={ "/download/" (format.key) "?" (query) } download rel="nofollow" { (format.label) }
            }
            br;
            (words.follow) ": "
            a href={ "/feed.atom?" (query) } { "Atom" } " · " a href={ "/feed.json?" (query) } { "JSON Feed" }
        }
    }
}

/// The question without the way in which it is shown.
fn alone(question: &Question) -> String {
    question.with(|other| (other.view, other.columns) = (View::List, Vec::new())).query()
}

fn feeds(asking: &Asking<'_>) -> Markup {
    let query = alone(&asking.question);
    html! {
        link rel="alternate" type="application/atom+xml" href={ "/feed.atom?" (query) } title="Atom";
        link rel="alternate" type="application/feed+json" href={ "/feed.json?" (query) } title="JSON Feed";
    }
}
