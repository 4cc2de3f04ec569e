//! The search box with its options; what narrows besides goes along unseen.
//!
//! Refuses: state of its own; everything stands in the address.

use maud::{Markup, html};

use super::super::names::key;
use super::super::question::{View, sort_key};
use super::Asking;
use crate::search::{Sort, SortKey};

/// Questions that show what can be asked, from the help of the query language; and those that a copy understands.
const EXAMPLES: [&str; 3] = ["lázně a senioři", "ukrajinská města před rokem 2022", "obec do 10 000 obyvatel"];
const OF_COPIES: [&str; 3] = ["lázně a senioři", "ukrajinská města", "kultura -sport"];

pub fn form(asking: &Asking<'_>) -> Markup {
    let (tongue, question) = (asking.tongue(), &asking.question);
    let words = tongue.words();
    let options = !question.from.is_empty() || !question.to.is_empty() || !question.as_of.is_empty() || question.any || question.literal;
    html! {
        form.search action={ (tongue.prefix()) "/" } role="search" {
            label.big for="q" { (words.box_label) }
            div.box {
                input #q type="search" name="q" value=(question.q) placeholder=(words.box_example) maxlength="500"
                    autocomplete="off" autocapitalize="off" spellcheck="false" data-label=(words.suggestions)
                    data-suggest=[asking.desk.is_served().then(|| format!("{}/suggest", tongue.prefix()))];
                button type="submit" { (words.search) }
            }
            @if question.query().is_empty() { (intro(asking)) }
            details.options open[options] {
                summary { (words.more_options) }
                div.fields {
                    label { (words.from) " " input name="from" value=(question.from) size="12" aria-describedby="day-hint"; }
                    label { (words.to) " " input name="to" value=(question.to) size="12" aria-describedby="day-hint"; }
                    @if asking.desk.is_served() { label { (words.as_of) " " input name="as-of" value=(question.as_of) size="12" aria-describedby="as-of-hint"; } }
                    (sorting(asking))
                }
                p.hint #day-hint { (words.day_hint) }
                @if asking.desk.is_served() {
                    p.hint #as-of-hint { (words.as_of) ": " (words.as_of_hint) }
                    label.tick { input type="checkbox" name="any" value="1" checked[question.any]; " " (words.any) }
                    label.tick { input type="checkbox" name="literal" value="1" checked[question.literal]; " " (words.literal) }
                }
            }
            @for (name, value) in kept(asking) { input type="hidden" name=(name) value=(value); }
        }
    }
}

/// For who comes for the first time: what this is, and questions to begin with.
fn intro(asking: &Asking<'_>) -> Markup {
    let (tongue, words) = (asking.tongue(), asking.tongue().words());
    let examples = if asking.desk.is_served() { EXAMPLES } else { OF_COPIES };
    let href = |query: &str| asking.question.with(|other| query.clone_into(&mut other.q)).href(tongue);
    html! {
        p.intro {
            (words.intro) " " (words.for_instance) ": "
            @for (at, query) in examples.into_iter().enumerate() { @if at > 0 { ", " } a href=(href(query)) lang="cs" { (query) } }
            "."
        }
    }
}

fn sorting(asking: &Asking<'_>) -> Markup {
    let words = asking.tongue().words();
    let sort = asking.question.sort;
    let mut ways =
        vec![(SortKey::Relevance, false, words.by_relevance), (SortKey::Date, false, words.newest), (SortKey::Date, true, words.oldest)];
    if asking.desk.is_served() {
        ways.extend([(SortKey::Place, false, words.by_place), (SortKey::Population, false, words.by_size)]);
    }
    html! {
        label {
            (words.sort) " "
            select name="sort" {
                @for (by, reversed, label) in &ways {
                    option value=(sort_key(Sort { by: *by, reversed: *reversed })) selected[sort == Sort { by: *by, reversed: *reversed }] { (label) }
                }
            }
        }
    }
}

/// What a new query keeps of the old state.
fn kept(asking: &Asking<'_>) -> Vec<(&'static str, String)> {
    let question = &asking.question;
    let mut kept: Vec<(&str, String)> = Vec::new();
    kept.extend(question.kinds.iter().map(|kind| ("kind", key(kind))));
    kept.extend(question.themes.iter().map(|theme| ("theme", key(theme))));
    kept.extend(question.countries.iter().map(|code| ("country", code.clone())));
    kept.extend(question.wanted.iter().map(|code| ("wanted", code.clone())));
    kept.extend(question.place.map(|id| ("place", id.to_string())));
    kept.extend((question.view != View::List).then(|| ("view", question.view.key().to_owned())));
    kept.extend(question.columns.iter().map(|column| ("column", column.clone())));
    kept
}
