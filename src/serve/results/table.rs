//! The results as a table: chosen columns, sorted by a click on a heading, to be copied into a spreadsheet.
//!
//! Refuses: columns of its own making; a whole table to take along is a download.

use maud::{Markup, html};

use super::super::question::{Question, View, sort_key};
use super::super::words::{Locale, Words};
use super::Asking;
use super::hits::{href, lang, size, who};
use crate::record::{DateRole, Record};
use crate::search::{Answer, Sort, SortKey};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    Date,
    Title,
    Kind,
    Who,
    Population,
    Themes,
    Wanted,
    Deadline,
    Source,
    Id,
}

impl Column {
    pub const ALL: [Self; 10] = [
        Self::Date,
        Self::Title,
        Self::Kind,
        Self::Who,
        Self::Population,
        Self::Themes,
        Self::Wanted,
        Self::Deadline,
        Self::Source,
        Self::Id,
    ];
    const USUAL: [Self; 5] = [Self::Date, Self::Title, Self::Kind, Self::Who, Self::Population];

    fn key(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Title => "title",
            Self::Kind => "kind",
            Self::Who => "who",
            Self::Population => "population",
            Self::Themes => "themes",
            Self::Wanted => "wanted",
            Self::Deadline => "deadline",
            Self::Source => "source",
            Self::Id => "id",
        }
    }

    fn label(self, words: &Words) -> &'static str {
        match self {
            Self::Date => words.date,
            Self::Title => words.title,
            Self::Kind => words.kind,
            Self::Who => words.who,
            Self::Population => words.inhabitants,
            Self::Themes => words.theme,
            Self::Wanted => words.wanted_in,
            Self::Deadline => words.deadline,
            Self::Source => words.source,
            Self::Id => words.identifier,
        }
    }

    fn sorts(self) -> Option<SortKey> {
        match self {
            Self::Date => Some(SortKey::Date),
            Self::Who => Some(SortKey::Place),
            Self::Population => Some(SortKey::Population),
            _ => None,
        }
    }

    fn chosen(question: &Question) -> Vec<Self> {
        let chosen: Vec<Self> = Self::ALL.into_iter().filter(|column| question.columns.iter().any(|key| *key == column.key())).collect();
        if chosen.is_empty() { Self::USUAL.to_vec() } else { chosen }
    }

    fn cell(self, record: &Record, locale: Locale) -> Markup {
        let facts = &record.facts;
        let days = |role: DateRole| facts.dates.iter().filter(move |date| date.role == role).map(|date| date.date.to_string());
        match self {
            Self::Date => html! { td { @if let Some(day) = record.published { time datetime=(day) { (day) } } } },
            Self::Title => html! { td lang=[lang(record)] { a href=(href(record, locale)) { (record.title) } } },
            Self::Kind => html! { td { @if let Some(kind) = facts.kind { (locale.kind(kind)) } } },
            Self::Who => html! { td { (who(record, locale)) } },
            Self::Population => html! { td.n { (size(record, locale)) } },
            Self::Themes => html! { td { (facts.themes.iter().map(|theme| locale.theme(*theme)).collect::<Vec<_>>().join(", ")) } },
            Self::Wanted => {
                html! { td { (facts.wanted.countries.iter().map(|code| locale.country(code)).collect::<Vec<_>>().join(", ")) } }
            }
            Self::Deadline => html! { td { (days(DateRole::Deadline).collect::<Vec<_>>().join(", ")) } },
            Self::Source => html! { td { (record.source) } },
            Self::Id => html! { td { code { (record.id) } } },
        }
    }
}

pub fn table(asking: &Asking<'_>, answer: &Answer) -> Markup {
    let (locale, question) = (asking.locale(), &asking.question);
    let words = locale.words();
    let columns = Column::chosen(question);
    html! {
        (chooser(asking, &columns))
        div.wide tabindex="0" role="region" aria-labelledby="count" {
            table #results {
                thead { tr { @for column in &columns { (header(asking, *column)) } } }
                tbody { @for hit in &answer.hits { tr { @for column in &columns { (column.cell(&hit.record, locale)) } } } }
            }
        }
        button.copy type="button" hidden data-copy="#results" data-done=(words.copied) { (words.copy_table) }
    }
}

/// A heading that sorts, the other way at the second click.
fn header(asking: &Asking<'_>, column: Column) -> Markup {
    let (locale, question) = (asking.locale(), &asking.question);
    let label = column.label(locale.words());
    let Some(by) = column.sorts() else { return html! { th scope="col" { (label) } } };
    let mine = question.sort.by == by;
    let other = question.with(|other| other.sort = Sort { by, reversed: mine && !question.sort.reversed });
    // The keys of dates and figures begin with the largest.
    let ascending = question.sort.reversed != (by == SortKey::Place);
    let (state, arrow) = match (mine, ascending) {
        (false, _) => (None, ""),
        (true, true) => (Some("ascending"), " ↑"),
        (true, false) => (Some("descending"), " ↓"),
    };
    html! { th scope="col" aria-sort=[state] { a href=(other.href(locale)) rel="nofollow" { (label) (arrow) } } }
}

fn chooser(asking: &Asking<'_>, chosen: &[Column]) -> Markup {
    let (locale, question) = (asking.locale(), &asking.question);
    let words = locale.words();
    let rest = question.with(|other| other.columns.clear()).query();
    html! {
        details.columns-choice {
            summary { (words.columns) }
            form action={ (locale.prefix()) "/" } {
                @for (name, value) in url::form_urlencoded::parse(rest.as_bytes()) { input type="hidden" name=(name) value=(value); }
                @if question.view != View::Table { input type="hidden" name="view" value=(View::Table.key()); }
                @for column in Column::ALL {
                    label.tick {
                        input type="checkbox" name="column" value=(column.key()) checked[chosen.contains(&column)];
                        " " (column.label(words))
                    }
                }
                button type="submit" { (words.show) }
            }
            p.hint { (words.sort) ": " code { (sort_key(question.sort)) } }
        }
    }
}
