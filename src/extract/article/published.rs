//! The day a page was published: what it says to machines, and the line beside its heading.
//!
//! Machines are told by `article:published_time` and its kin, `datePublished` of JSON-LD and microdata, `<time>`. A
//! visible date counts where it is about this page: beside the heading, or a labelled line by itself. The day is the one
//! written, in the zone written; a machine's time in UTC may lie a day off, so a visible neighbour wins. Where the two
//! name other days, both are told.

use jiff::civil::Date;

use super::Known;
use super::block::Block;
use super::feature::Mark;
use super::phrases::Class;
use super::surroundings::Surroundings;
use crate::extract::dates::{self, Impossible};
use crate::extract::page::Model;
use crate::extract::{Problem, ProblemKind};

/// Blocks before and after the heading that may hold its date.
const NEAR: usize = 6;
/// Words beside a `<time>` in its block.
const BESIDE: usize = 12;
/// Names of `<meta>` for the day of publication, the surest first.
const NAMES: [&str; 14] = [
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "og:published_time",
    "parsely-pub-date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "publish-date",
    "pubdate",
    "date",
];

/// The day, and what is wrong: one that cannot be, or a page that contradicts itself.
pub fn read(model: &Model, around: &Surroundings, known: &Known) -> (Option<Date>, Vec<Problem>) {
    let visible = beside(model, around, known).or_else(|| labelled(model, around, known));
    let mut problems = Vec::new();
    if let Some((block, Err(_))) = visible {
        problems.push(Problem { kind: ProblemKind::ImpossibleDate, what: block.text.clone() });
    }
    let visible = visible.and_then(|(_, day)| day.ok());
    let (stated, source) = stated(model, known).unzip();
    if let (Some(visible), Some(stated), Some(source)) = (visible, stated, source)
        && visible != stated
    {
        problems.push(Problem { kind: ProblemKind::DatesDiffer, what: format!("{visible} in the text, {stated} in {source}") });
    }
    (visible.or(stated), problems)
}

/// What the page says to machines, and where.
fn stated(model: &Model, known: &Known) -> Option<(Date, &'static str)> {
    let data = &model.metadata;
    let believed =
        |text: &str| dates::iso(text).filter(|day| day.year() > 1990 && *day <= known.seen.saturating_add(jiff::Span::new().days(1)));
    let objects = data.objects.iter().filter_map(|object| object.get("datePublished")?.as_str());
    let properties = data.properties.iter().filter(|(_, name, _)| name == "datePublished").map(|(_, _, value)| value.as_str());
    let metas = NAMES.iter().filter_map(|name| data.named(&[name]));
    let sources = [
        (metas.clone().take(1).collect::<Vec<_>>(), "its meta"),
        (objects.collect(), "JSON-LD"),
        (properties.collect(), "microdata"),
        (metas.collect(), "its meta"),
    ];
    sources.into_iter().find_map(|(values, source)| values.into_iter().find_map(believed).map(|day| (day, source)))
}

type Visible<'a> = Option<(&'a Block, Result<Date, Impossible>)>;

/// The block right before the heading, else the first after it, else one somewhat before.
fn beside<'a>(model: &Model, around: &Surroundings<'a>, known: &Known) -> Visible<'a> {
    let title = around.title?;
    let date = |at: usize| day(model, &around.blocks[at], known).map(|day| (&around.blocks[at], day));
    let after = (title + 1..around.blocks.len()).take(NEAR).filter(|at| !is_aside(around, *at)).find_map(date);
    let before = || (title.saturating_sub(NEAR)..title).rev().filter(|at| !is_aside(around, *at)).find_map(date);
    title.checked_sub(1).filter(|at| !is_aside(around, *at)).and_then(date).or(after).or_else(before)
}

/// A line by itself that announces a publication, wherever it stands.
fn labelled<'a>(model: &Model, around: &Surroundings<'a>, known: &Known) -> Visible<'a> {
    let from = around.title.unwrap_or(0);
    let lines = (from..around.blocks.len()).filter(|at| around.blocks[*at].starts.has(Class::Meta) && !is_aside(around, *at));
    lines.map(|at| &around.blocks[at]).find_map(|block| day(model, block, known).map(|day| (block, day)))
}

fn is_aside(around: &Surroundings, at: usize) -> bool {
    [Mark::Nav, Mark::Aside, Mark::Footer].iter().any(|mark| around.is_in(at, *mark))
}

/// The day of a block that is nothing but a date with what usually stands around one; a `<time>` counts by its
/// `datetime` where its words are no date ("three days ago"). The listing's own day wins among several.
fn day(model: &Model, block: &Block, known: &Known) -> Option<Result<Date, Impossible>> {
    let stamp = || {
        let time = block.time.filter(|_| block.words.len() <= BESIDE)?;
        model.dom.attr(time, "datetime").and_then(dates::iso).map(Ok)
    };
    let found = dates::whole(&block.text, known.seen).map(|found| found.date).or_else(stamp)?;
    let named = |day: &Date| dates::find(&block.text, known.seen).iter().any(|found| found.date == Ok(*day));
    Some(known.published.filter(named).map_or(found, Ok))
}
