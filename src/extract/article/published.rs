//! The day a page was published: what it says to machines, and the day that it shows (`day`).
//!
//! Machines are told by `article:published_time` and its kin, `datePublished` of JSON-LD and microdata. The day is the one
//! written, in the zone written; a machine's time in UTC may lie a day off, so a visible day wins. One that is not before
//! the day of the last change (`dateModified`) tells that change, or what day it is. Where two days differ, both are told.

use jiff::civil::Date;

use super::day::{self, Days, Mention, Told};
use super::known::Known;
use super::surroundings::Surroundings;
use super::thresholds::DATE_BESIDE;
use crate::extract::dates::{self, Setting};
use crate::extract::page::Model;
use crate::extract::{Problem, ProblemKind};
use crate::lang::Language;
use crate::lang::dates::{Stamp, infer, iso};

/// Names of `<meta>` for the day of publication, the surest first; in letters alone, for sites part their words as they like.
const NAMES: [&str; 8] = [
    "articlepublishedtime",
    "ogarticlepublishedtime",
    "ogpublishedtime",
    "datepublished",
    "parselypubdate",
    "publishdate",
    "publicationdate",
    "pubdate",
];

/// Names for some day of the page, which may be that of the issue it is printed in.
const SOME_DAY: [&str; 7] = ["dcdateissued", "dctermsissued", "dcdatecreated", "dctermscreated", "dcdate", "dctermsdate", "date"];

/// Names of `<meta>` for the day of the last change.
const CHANGES: [&str; 4] = ["articlemodifiedtime", "ogupdatedtime", "datemodified", "dctermsmodified"];

/// The day, and what is wrong: one that cannot be, or a page that contradicts itself.
pub fn read(model: &Model, around: &Surroundings, known: &Known) -> (Option<Date>, Vec<Problem>) {
    let stated = stated(model, known);
    let mentions = mentions(model, around, known, stated.as_ref());
    let shown = day::best(&mentions);
    let mut problems = Vec::new();
    if let Some(Mention { block, day: Err(_), .. }) = shown {
        problems.push(Problem { kind: ProblemKind::ImpossibleDate, what: around.blocks[*block].text.clone() });
    }
    // The listing's own day wins among several of a block.
    let named = |block: usize, day: Date| mentions.iter().any(|other| other.block == block && other.day == Ok(day));
    let visible = shown.and_then(|shown| known.published.filter(|day| named(shown.block, *day)).or(shown.day.ok()));
    let Some((visible, stated)) = visible.zip(stated.as_ref()) else { return (visible.or(stated.map(|stated| stated.day)), problems) };
    if visible == stated.day {
        return (Some(visible), problems);
    }
    let what = format!("{visible} in the text, {} in {}", stated.day, stated.source);
    problems.push(Problem { kind: ProblemKind::DatesDiffer, what });
    let listed = known.published == Some(visible);
    let changed = last_change(model, known).is_some_and(|last| visible >= last && last >= stated.day);
    (Some(if changed && !listed && !stated.may_begin(visible) { stated.day } else { visible }), problems)
}

/// The days that the page shows.
pub fn mentions(model: &Model, around: &Surroundings, known: &Known, stated: Option<&Stated>) -> Vec<Mention> {
    let told = Told { published: stated.map(|stated| stated.day), changed: last_change(model, known) };
    Days { model, around, setting: setting(model, around, known.seen), told }.mentions()
}

/// What the page says to machines, and where.
pub struct Stated {
    pub day: Date,
    source: &'static str,
    /// The day is that of Greenwich.
    utc: bool,
}

impl Stated {
    /// In the zone of the site the day may be the one after.
    fn may_begin(&self, day: Date) -> bool {
        self.utc && self.day.tomorrow().is_ok_and(|next| next == day)
    }
}

/// A machine's day that can be one of this page.
fn believed(text: &str, known: &Known) -> Option<Stamp> {
    iso(text).filter(|stamp| dates::possible(stamp.date, known.seen).is_ok())
}

pub fn stated(model: &Model, known: &Known) -> Option<Stated> {
    let sources = [
        (in_metas(model, &NAMES).collect::<Vec<_>>(), "its meta"),
        (in_objects(model, "datePublished").collect(), "JSON-LD"),
        (in_properties(model, "datePublished").collect(), "microdata"),
        (in_metas(model, &SOME_DAY).collect(), "its meta"),
    ];
    let first = |values: Vec<&str>| values.into_iter().find_map(|text| believed(text, known));
    sources.into_iter().find_map(|(values, source)| {
        first(values).map(|stamp| Stated { day: stamp.date, source, utc: stamp.time.is_some() && stamp.offset == Some(0) })
    })
}

/// The latest day on which the page says that it was changed.
fn last_change(model: &Model, known: &Known) -> Option<Date> {
    let all = in_metas(model, &CHANGES).chain(in_objects(model, "dateModified")).chain(in_properties(model, "dateModified"));
    all.filter_map(|text| believed(text, known)).map(|stamp| stamp.date).max()
}

/// Contents of the metas of these names, in the order of the names.
fn in_metas<'a>(model: &'a Model, names: &'static [&str]) -> impl Iterator<Item = &'a str> {
    let letters = |(name, _): &&'a (String, String), wanted: &str| name.chars().filter(char::is_ascii_alphanumeric).eq(wanted.chars());
    names
        .iter()
        .filter_map(move |wanted| model.metadata.meta.iter().find(|meta| letters(meta, wanted)))
        .map(|(_, content)| content.as_str())
}

fn in_objects<'a>(model: &'a Model, name: &'static str) -> impl Iterator<Item = &'a str> {
    model.metadata.objects.iter().filter_map(move |object| object.get(name)?.as_str())
}

fn in_properties<'a>(model: &'a Model, name: &'static str) -> impl Iterator<Item = &'a str> {
    model.metadata.properties.iter().filter(move |(_, known, _)| known == name).map(|(_, _, value)| value.as_str())
}

/// The page's dates are in the language that more of them are days in than in the one it declares.
fn setting(model: &Model, around: &Surroundings, seen: Date) -> Setting {
    let language = model.metadata.lang.as_deref().and_then(Language::of_tag);
    let declared = Setting { seen, language };
    let lines = around.blocks.iter().filter(|block| block.words.len() <= DATE_BESIDE).map(|block| &*block.text);
    let found = lines.flat_map(|line| dates::find(line, declared).into_iter().map(|found| &line[found.start..found.end]));
    Setting { language: infer(found, language).or(language), ..declared }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use crate::config::Selectors;
    use crate::extract::{Entry, Page, article};

    /// The day read of a page with such metadata and such a line below its heading.
    fn day(stated: &str, changed: &str, line: &str) -> Option<jiff::civil::Date> {
        let meta = |name: &str, value: &str| format!("<meta property='article:{name}_time' content='{value}'>");
        let text = "<p>Obec leží v údolí řeky, má školu a hledá partnera pro kulturu a sport.</p>".repeat(3);
        let head = meta("published", stated) + &meta("modified", changed);
        let html = format!("<head>{head}</head><main><h1>Obec hledá partnera</h1><p>{line}</p>{text}</main>");
        let url = url::Url::parse("http://a.example/n").expect("an address");
        let page = Page { url: &url, content_type: None, bytes: html.as_bytes(), seen: date(2026, 1, 1) };
        let entry = Entry { title: "Obec hledá partnera".to_owned(), ..Entry::default() };
        article::read(&page, &entry, &Selectors::default()).published
    }

    #[test]
    fn a_visible_day_of_a_change_is_not_that_of_publication() {
        let (third, fifth) = (Some(date(2024, 5, 3)), Some(date(2024, 5, 5)));
        assert_eq!(day("2024-05-03T10:00:00+02:00", "2024-05-05T10:00:00+02:00", "5. 5. 2024"), third, "the line tells the change");
        assert_eq!(day("2024-05-03T10:00:00+02:00", "2024-05-03T11:00:00+02:00", "1. 7. 2025"), third, "the line tells what day it is");
        assert_eq!(day("2024-05-05T10:00:00+02:00", "2024-05-06T10:00:00+02:00", "3. 5. 2024"), third, "moved into a new site");
        assert_eq!(day("2024-05-03T10:00:00+02:00", "", "5. 5. 2024"), fifth, "nothing is said of a change");
        assert_eq!(day("2024-05-04T22:30:00Z", "2024-05-04T22:30:00Z", "5. 5. 2024"), fifth, "past midnight in the zone of the site");
        assert_eq!(day("", "", "5. 5. 2024"), fifth);
    }

    #[test]
    fn a_time_counts_by_its_machine_written_day_unless_that_is_to_come() {
        assert_eq!(day("", "", "Vloženo <time datetime=2024-05-05>nedávno</time>"), Some(date(2024, 5, 5)));
        assert_eq!(day("", "", "<time datetime=2024-05-05>nedávno</time>"), Some(date(2024, 5, 5)), "it opens its block");
        assert_eq!(day("", "", "Vloženo <time datetime=2026-01-02>zítra</time>"), Some(date(2026, 1, 2)), "it may be tomorrow there");
        assert_eq!(day("", "", "Vloženo <time datetime=8797-02-03>jednou</time>"), None, "found by fuzzing");
    }

    #[test]
    fn a_day_of_publication_before_some_day() {
        let day = |head: &str| {
            let html = format!("<head>{head}</head><h1>Obec hledá partnera</h1><p>Obec leží v údolí řeky a má školu.</p>");
            let url = url::Url::parse("http://a.example/n").expect("an address");
            let page = Page { url: &url, content_type: None, bytes: html.as_bytes(), seen: date(2026, 1, 1) };
            article::read(&page, &Entry::default(), &Selectors::default()).published
        };
        let object = r#"<script type="application/ld+json">{"@type":"Report","datePublished":"2023-03-09T21:00:00+01:00"}</script>"#;
        let ninth = Some(date(2023, 3, 9));
        assert_eq!(day(&format!("<meta name=date content=2023-03-10>{object}")), ninth, "the day of the printed issue is another");
        assert_eq!(
            day("<meta name=Publish_Date content=2023-03-09><meta name=date content=2023-03-12>"),
            ninth,
            "however its words are parted"
        );
        assert_eq!(day("<meta name=date content=2023-03-09>"), ninth, "where nothing else is said");
    }

    #[test]
    fn a_day_is_read_in_the_language_of_the_other_days() {
        let day = |lang: &str, other: &str| {
            let html = format!("<html lang='{lang}'><h1>Obec hledá partnera</h1><p>5. listopada 2024</p><p>{other}</p>");
            let url = url::Url::parse("http://a.example/n").expect("an address");
            let page = Page { url: &url, content_type: None, bytes: html.as_bytes(), seen: date(2026, 1, 1) };
            article::read(&page, &Entry::default(), &Selectors::default()).published
        };
        assert_eq!(day("hr", ""), Some(date(2024, 10, 5)), "as the page says");
        assert_eq!(day("pl", ""), Some(date(2024, 11, 5)));
        assert_eq!(day("", "31. listopada 2024"), Some(date(2024, 10, 5)), "no language with thirty days in it");
    }

    #[test]
    fn a_line_that_opens_with_its_day_and_goes_on_about_the_page() {
        let fifth = Some(date(2024, 5, 5));
        assert_eq!(day("", "", "5. 5. 2024 • Jana Nová • 3 minuty"), fifth);
        assert_eq!(day("", "", "5. 5. 2024, autor: Jana Nová"), fifth);
        assert_eq!(day("", "", "5. 5. 2024, kulturní dům Beseda"), None, "a place makes it an event");
        assert_eq!(day("", "", "Vydáno tiskovým oddělením 5. 5. 2024 | přečteno 120krát"), fifth, "the head tells a publication");
        assert_eq!(day("", "", "Vydáno v Praze, aktualizováno oddělením 5. 5. 2024"), None, "or a change");
        assert_eq!(day("", "", "Beseda se starostou 5. 5. 2024 v 17 hodin"), None, "or something else");
    }
}
