//! Values by which results can be narrowed, with their counts; those in force can be taken away again.
//!
//! The counts of a group with values in force are those without them, so that a further value can be added: values of one
//! group are alternatives, groups narrow each other.

use maud::{Markup, html};

use super::super::Error;
use super::super::names::{key, parsed};
use super::super::question::Question;
use super::super::words::{Tongue, Words};
use super::Asking;
use crate::record::{Kind, Theme};
use crate::search::{Answer, Facets, Options};

/// Values shown of a group before the rest is folded away.
const SHOWN: usize = 8;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    Country,
    Year,
    Kind,
    Theme,
    Wanted,
}

/// One value of a group.
pub struct Value {
    label: String,
    count: u64,
    in_force: bool,
    href: String,
}

pub struct Group {
    label: &'static str,
    values: Vec<Value>,
}

impl By {
    pub const ALL: [Self; 5] = [Self::Country, Self::Year, Self::Kind, Self::Theme, Self::Wanted];

    /// As addresses and names of files have it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Country => "country",
            Self::Year => "year",
            Self::Kind => "kind",
            Self::Theme => "theme",
            Self::Wanted => "wanted",
        }
    }

    fn label(self, words: &Words) -> &'static str {
        match self {
            Self::Country => words.country,
            Self::Year => words.year,
            Self::Kind => words.kind,
            Self::Theme => words.theme,
            Self::Wanted => words.wanted_in,
        }
    }

    pub fn counts(self, facets: &Facets) -> Vec<(String, u64)> {
        match self {
            Self::Country => facets.country.clone(),
            Self::Year => facets.year.iter().rev().cloned().collect(),
            Self::Kind => facets.kind.clone(),
            Self::Theme => facets.theme.clone(),
            Self::Wanted => facets.wanted_country.clone(),
        }
    }

    /// The values in force.
    pub fn chosen(self, question: &Question) -> Vec<String> {
        match self {
            Self::Country => question.countries.clone(),
            Self::Year if question.from.is_empty() && question.to.is_empty() => Vec::new(),
            Self::Year => {
                let ends =
                    if question.from == question.to { question.from.clone() } else { format!("{} – {}", question.from, question.to) };
                vec![ends]
            }
            Self::Kind => question.kinds.iter().map(key).collect(),
            Self::Theme => question.themes.iter().map(key).collect(),
            Self::Wanted => question.wanted.clone(),
        }
    }

    pub fn clear(self, question: &mut Question) {
        match self {
            Self::Country => question.countries.clear(),
            Self::Year => {
                question.from.clear();
                question.to.clear();
            }
            Self::Kind => question.kinds.clear(),
            Self::Theme => question.themes.clear(),
            Self::Wanted => question.wanted.clear(),
        }
    }

    /// Puts a value in force, or takes it away.
    pub fn turn(self, question: &mut Question, value: &str) {
        match self {
            Self::Country => turned(&mut question.countries, value.to_owned()),
            Self::Wanted => turned(&mut question.wanted, value.to_owned()),
            Self::Kind => parsed(value).into_iter().for_each(|kind| turned(&mut question.kinds, kind)),
            Self::Theme => parsed(value).into_iter().for_each(|theme| turned(&mut question.themes, theme)),
            Self::Year if self.chosen(question) == [value] => self.clear(question),
            Self::Year => {
                value.clone_into(&mut question.from);
                value.clone_into(&mut question.to);
            }
        }
    }

    pub fn name(self, value: &str, tongue: Tongue) -> String {
        match self {
            Self::Country | Self::Wanted => tongue.country(value),
            Self::Year => value.to_owned(),
            Self::Kind => parsed::<Kind>(value).map_or_else(|| value.to_owned(), |kind| tongue.kind(kind).to_owned()),
            Self::Theme => parsed::<Theme>(value).map_or_else(|| value.to_owned(), |theme| tongue.theme(theme).to_owned()),
        }
    }
}

fn turned<T: PartialEq>(values: &mut Vec<T>, value: T) {
    match values.iter().position(|known| *known == value) {
        Some(at) => _ = values.remove(at),
        None => values.push(value),
    }
}

/// The groups that have anything to narrow by.
pub fn groups(asking: &Asking<'_>, answer: &Answer) -> Result<Vec<Group>, Error> {
    let (tongue, question) = (asking.tongue(), &asking.question);
    let mut groups = Vec::new();
    for by in By::ALL {
        let chosen = by.chosen(question);
        let counts = if chosen.is_empty() {
            by.counts(&answer.facets)
        } else {
            let wider = question.with(|other| by.clear(other));
            let options = Options { limit: 0, offset: 0, ..wider.options(asking.seeker()) };
            by.counts(&asking.snapshot.index.search(&question.q, &options)?.facets)
        };
        let value = |(value, count): (String, u64)| Value {
            label: by.name(&value, tongue),
            count,
            in_force: chosen.contains(&value),
            href: question.with(|other| by.turn(other, &value)).href(tongue),
        };
        let mut values: Vec<Value> = counts.into_iter().map(value).collect();
        values.sort_by_key(|value| !value.in_force);
        if !values.is_empty() {
            groups.push(Group { label: by.label(tongue.words()), values });
        }
    }
    Ok(groups)
}

pub fn panel(asking: &Asking<'_>, groups: &[Group]) -> Markup {
    let (tongue, words) = (asking.tongue(), asking.tongue().words());
    let list = |values: &[Value]| {
        html! {
            ul {
                @for value in values {
                    li {
                        a href=(value.href) rel="nofollow" aria-current=[value.in_force.then_some("true")] {
                            span { (value.label) } " " span.n { (tongue.number(value.count)) }
                        }
                    }
                }
            }
        }
    };
    html! {
        aside.facets #narrow aria-label=(words.narrow) {
            @for group in groups {
                section {
                    h2 { (group.label) }
                    @let (first, rest) = group.values.split_at(group.values.len().min(SHOWN));
                    (list(first))
                    @if !rest.is_empty() { details { summary { (words.more) " " (rest.len()) } (list(rest)) } }
                }
            }
        }
    }
}

/// What narrows the results, each with a way to take it away.
pub fn chips(asking: &Asking<'_>) -> Markup {
    let (tongue, question) = (asking.tongue(), &asking.question);
    let words = tongue.words();
    let mut chips: Vec<(&str, String, String)> = Vec::new();
    for by in By::ALL {
        for value in by.chosen(question) {
            let without = question.with(|other| if by == By::Year { by.clear(other) } else { by.turn(other, &value) });
            chips.push((by.label(words), by.name(&value, tongue), without.href(tongue)));
        }
    }
    if let Some(id) = question.place {
        let name = asking.seeker().map_or_else(|| id.to_string(), |place| place.name.clone());
        chips.push((words.place, name, question.with(|other| other.place = None).href(tongue)));
    }
    let none = question.with(|other| {
        for by in By::ALL {
            by.clear(other);
        }
        other.place = None;
    });
    html! {
        @if question.is_narrowed() {
            ul.chips aria-label=(words.narrowed) {
                @for (group, value, href) in &chips {
                    li { a href=(href) title={ (words.take_away) } { span { (group) ": " } (value) " ×" span.unseen { " " (words.take_away) } } }
                }
                @if chips.len() > 1 { li { a.all href=(none.href(tongue)) { (words.all_away) } } }
            }
        }
    }
}
