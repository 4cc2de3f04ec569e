//! The search page: what was asked, how it was understood, and the notices that answer, as a list, a table, a time line or a map.
//!
//! Refuses: questions beyond the limits of `question.rs`; where a program asks, values that mean nothing, too.

mod asked;
mod asking;
pub mod chart;
mod facets;
mod form;
mod hits;
pub mod map;
mod table;
pub mod timeline;

pub use asking::Asking;
pub use facets::By;
pub use hits::{item, line, size};

use maud::{Markup, html};

use super::Error;
use super::context::Context;
use super::frame::{Page, Part};
use super::question::{DEEPEST, Question, View};
use super::words::Locale;
use crate::search::Answer;

pub fn page(context: &Context<'_>, question: Question) -> Result<Page, Error> {
    let asking = Asking::new(context, question)?;
    let answer = asking.answer()?;
    let (locale, words) = (context.locale, context.locale.words());
    let shown = match asking.question.view {
        View::List => hits::list(&asking, &answer),
        View::Table => table::table(&asking, &answer),
        View::Timeline => timeline::view(&asking, &answer),
        View::Map => map::view(&asking, &answer)?,
    };
    let counts = facets::groups(&asking, &answer)?;
    let main = html! {
        (form::form(&asking))
        @if !context.is_served() { noscript { p.warn { (words.needs_script) } } }
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
    let address = asking.question.href(Locale::Czech);
    let head = if has_downloads(&asking) {
        feeds(&asking)
    } else {
        html! {}
    };
    Ok(Page { head, ..Page::new(locale, address, title, Some(Part::Search), main) })
}

/// Whether there are other views and files of this question: in a copy, of the whole archive alone.
fn has_downloads(asking: &Asking<'_>) -> bool {
    asking.context.is_served() || !asking.question.is_narrowed()
}

/// The views with their names; a copy has no table, whose columns are chosen.
fn views(asking: &Asking<'_>) -> impl Iterator<Item = (View, &'static str)> {
    let (words, is_served) = (asking.locale().words(), asking.context.is_served());
    let names = [words.list, words.table, words.timeline, words.map];
    View::ALL.into_iter().zip(names).filter(move |(view, _)| is_served || *view != View::Table)
}

/// How many there are, and the ways to see and sort them.
fn heading(asking: &Asking<'_>, answer: &Answer) -> Markup {
    let (locale, question) = (asking.locale(), &asking.question);
    let words = locale.words();
    html! {
        div.heading {
            h1 #count {
                @if answer.total == 0 && answer.partial > 0 { (words.none_whole) } @else { (locale.notices(answer.total as u64)) }
                @if answer.partial > 0 { " " small { "+\u{a0}" (locale.number(answer.partial as u64)) " " (words.partial_after) } }
            }
            @if has_downloads(asking) { nav.views aria-label=(words.view) {
                @for (view, label) in views(asking) {
                    a href=(question.with(|other| other.view = view).href(locale)) aria-current=[(view == question.view).then_some("true")] {
                        (label)
                    }
                }
            } }
            a.to-narrow href="#narrow" { (words.narrow) " ↓" }
        }
    }
}

fn pager(asking: &Asking<'_>, hits: usize) -> Markup {
    let (locale, question) = (asking.locale(), &asking.question);
    let (words, pages) = (locale.words(), question.pages(hits, asking.context.is_served().then_some(DEEPEST)));
    let href = |page: usize| question.with(|other| other.page = page).href(locale);
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

/// Between two links; a line may end with it, but not begin.
const BETWEEN: &str = "\u{a0}· ";

/// Downloads of exactly what is counted, and feeds.
fn take_along(asking: &Asking<'_>) -> Markup {
    let words = asking.locale().words();
    let query = alone(&asking.question);
    html! {
        p.take {
            (words.download) ": "
            @for (at, format) in super::download::FORMATS.iter().enumerate() {
                @if at > 0 { (BETWEEN) }
                a href={ "/download/" (format.key) "?" (query) } download rel="nofollow" { (format.label) }
            }
            br;
            (words.follow) ": "
            a href={ "/feed.atom?" (query) } { "Atom" } (BETWEEN) a href={ "/feed.json?" (query) } { "JSON Feed" }
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
