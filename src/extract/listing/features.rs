//! What a list as a whole is like: measures of its records, titles and dates that the weights of `list` add up.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::anchor::Anchor;
use super::cell::Record;
use super::column::Table;
use super::context::Context;
use super::dated_leaf::{DatedLeaf, Place};
use super::frequency::mode;
use super::headed;
use super::leaf::Kind;
use super::order::Decision;
use super::score::Features;
use super::segment;
use super::wording::words_in;
use crate::extract::dates::{self, Impossible, Year};

/// Different days that are enough for a list.
const MANY: usize = 3;
/// Share of the records that begin at one depth, where that is how they begin.
const MOST: f64 = 0.7;
/// A leaf of more words is running text.
const RUNNING: usize = 25;

/// What the list as a whole is like.
pub fn of(context: &Context, records: &[Record], table: &Table, order: Decision, dated_leaves: &[DatedLeaf]) -> Features {
    let count = records.len().max(1) as f64;
    let share = |test: &dyn Fn(&Record) -> bool| records.iter().filter(|record| test(record)).count() as f64 / count;
    let titles: Vec<Option<usize>> = (0..records.len()).map(|row| table.title(row).map(|cell| cell.leaf)).collect();
    let of_titles = |test: &dyn Fn(usize, usize) -> bool| {
        titles.iter().enumerate().filter(|(row, title)| title.is_some_and(|title| test(*row, title))).count() as f64 / count
    };
    let page = |leaf: usize| context.targets[leaf].page.as_ref();
    let below = of_titles(&|_, title| page(title).is_some_and(|url| is_below(url, &context.links.page)));
    let size = |record: &Record| record.leaves.clone().map(|leaf| context.leaves[leaf].span.len()).sum::<usize>().min(400) as f64;
    let first = records.first().map_or(0, |record| record.leaves.start);
    let node = context.leaves.get(first).map_or(0, |leaf| leaf.nodes.start);
    let mut features = Features(vec![
        ("size", count.ln()),
        ("mass", (60.0 + records.iter().map(size).sum::<f64>() / count).ln() - 4.0),
        ("title", table.best().max(0.0)),
        ("titled", titles.iter().flatten().count() as f64 / count),
        ("aside", f64::from(is_aside(context, node))),
        ("box", f64::from(is_box(context, records, &titles, below))),
        ("before", f64::from(context.heading.is_some_and(|heading| node < heading))),
        ("below", below),
        ("own", share(&|record| record.leaves.clone().any(|leaf| page(leaf).is_some()))),
        ("left", left(context, records)),
        ("beyond", beyond(context, records, order)),
        ("torn", torn(context, records)),
        ("mistitled", table.mistitled()),
        ("nameless", of_titles(&|_, title| is_nameless(context, title))),
        ("single", f64::from(records.len() == 1)),
        ("text", share(&|record| record.leaves.len() > 2)),
    ]);
    features.0.extend(headed::features(context, records, table, &titles));
    features.0.extend(of_dates(context, records, order, dated_leaves));
    features
}

/// What the dates of the list are like.
fn of_dates(context: &Context, records: &[Record], order: Decision, dated_leaves: &[DatedLeaf]) -> [(&'static str, f64); 16] {
    let count = records.len().max(1) as f64;
    let share = |test: &dyn Fn(&Record, &Anchor) -> bool| {
        let dated = records.iter().filter_map(|record| Some((record, &context.anchors[record.dated?.anchor])));
        dated.filter(|(record, anchor)| test(record, anchor)).count() as f64 / count
    };
    // A cell over several rows dates leaves that it does not stand in.
    let standing: Vec<&DatedLeaf> =
        dated_leaves.iter().filter(|dated| context.leaves[dated.leaf].anchors.contains(&dated.anchor)).collect();
    let at = |place: Place| standing.iter().filter(|dated| dated.place == place).count() as f64 / dated_leaves.len().max(1) as f64;
    let day = |record: &Record| record.dated.map(|dated| order.day(&context.anchors[dated.anchor]));
    let days: Vec<_> = records.iter().filter_map(|record| day(record)?.ok()).collect();
    let different: HashSet<_> = days.iter().collect();
    let steps = days.windows(2).filter(|pair| pair[0] != pair[1]).count().max(1) as f64;
    let rising = days.windows(2).filter(|pair| pair[0] < pair[1]).count() as f64 / steps;
    let falling = days.windows(2).filter(|pair| pair[0] > pair[1]).count();
    let assumed = share(&|_, anchor| anchor.year == Year::Assumed);
    [
        ("dated", share(&|_, anchor| order.day(anchor).is_ok() && !order.is_event(anchor))),
        ("announced", share(&|record, _| record.dated.is_some_and(|dated| is_named_publication(context, dated)))),
        ("future", share(&|_, anchor| matches!(order.day(anchor), Err(Impossible::Future(_))))),
        ("planned", share(&|_, anchor| matches!(order.day(anchor), Ok(day) if day > context.setting.seen))),
        ("assumed", assumed),
        (
            "unsorted",
            if assumed == 0.0 {
                0.0
            } else if falling > 1 {
                rising
            } else {
                1.0
            },
        ),
        ("event", share(&|_, anchor| order.is_event(anchor))),
        ("range", share(&|_, anchor| order.is_open_span(anchor))),
        ("days", different.len().min(MANY) as f64 / count.min(MANY as f64)),
        ("falling", falling as f64 / steps),
        ("rising", rising),
        ("turned", f64::from(is_turned(&days))),
        ("later", records.iter().filter(|record| !record.has_earliest_date(context, order)).count() as f64 / count),
        ("edge", at(Place::Edge)),
        ("inside", at(Place::Inside)),
        ("mixed", mixed(context, dated_leaves)),
    ]
}

/// Two sorted lists of opposite order, one behind the other: news and what is to come.
fn is_turned(days: &[Date]) -> bool {
    let sorted = |days: &[Date], order: Ordering| days.windows(2).take_while(|pair| pair[1].cmp(&pair[0]) != order.reverse()).count() + 1;
    let steps = |days: &[Date]| days.windows(2).filter(|pair| pair[0] != pair[1]).count();
    [Ordering::Less, Ordering::Greater].into_iter().any(|order| {
        let (first, rest) = days.split_at(sorted(days, order).min(days.len()));
        steps(first) > 1 && steps(rest) > 1 && sorted(rest, order.reverse()) == rest.len()
    })
}

/// Under the head of a column, or behind words or a label, that say publication.
pub fn is_named_publication(context: &Context, dated: DatedLeaf) -> bool {
    let (leaf, anchor) = (&context.leaves[dated.leaf], &context.anchors[dated.anchor]);
    let within = context.dom.text.get(leaf.span.start..anchor.span.start);
    within.into_iter().chain(context.label(&dated)).any(dates::names_publication)
        || context.heads[dated.leaf].as_ref().is_some_and(|head| dates::names_publication(context.dom.text_of(head.node)))
}

/// A run of text without a link that has no two words.
fn is_nameless(context: &Context, title: usize) -> bool {
    let leaf = &context.leaves[title];
    let is_word = |word: &&str| word.len() > 2 && word.chars().all(char::is_alphabetic);
    let words = || context.dom.text[leaf.span.clone()].split_whitespace().filter(is_word).count();
    leaf.link.is_none() && !leaf.bold && matches!(leaf.kind, Kind::Run) && words() < 2
}

/// In an element that is beside the content, unless the heading of the page is there, too.
fn is_aside(context: &Context, node: usize) -> bool {
    let holds_heading = |up: usize| context.heading.is_some_and(|heading| context.dom.contains(up, heading));
    context.dom.ancestors(node).any(|up| matches!(context.dom.tag(up), "nav" | "aside" | "footer") && !holds_heading(up))
}

/// Share of the dates in the element of the list, those of running text left out, that date none of its records; dates that most records
/// have besides their own are a column of theirs.
fn left(context: &Context, records: &[Record]) -> f64 {
    let own: HashSet<usize> = records.iter().filter_map(|record| record.dated).map(|dated| dated.anchor).collect();
    let (Some(first), Some(last)) = (records.first(), records.last()) else { return 0.0 };
    let container = context.dom.common(context.leaves[first.leaves.start].nodes.start, context.leaves[last.leaves.end - 1].nodes.end - 1);
    let inside = context.inside(container);
    let other = |dated: &DatedLeaf| !own.contains(&dated.anchor) && stands_apart(context, *dated);
    let look = |dated: &DatedLeaf| (context.leaves[dated.leaf].shapes[1], dated.place);
    let linked = |leaf: &usize| context.leaves[*leaf].link.is_some();
    // Records under one date count as one.
    let mut columns: HashMap<(u64, Place), HashSet<usize>> = HashMap::new();
    for (record, own) in records.iter().filter_map(|record| Some((record, record.dated?))) {
        // A link between two that look alike is another entry's.
        let from = (record.leaves.start..=own.leaf).rev().find(linked).map_or(0, |leaf| leaf + 1);
        let to = (own.leaf.max(record.leaves.start)..record.leaves.end).find(linked).unwrap_or(record.leaves.end);
        let beside = |dated: &DatedLeaf| look(dated) != look(&own) || (from..to).contains(&dated.leaf);
        for dated in context.dated_leaves(record.leaves.clone()).filter(|dated| other(dated) && beside(dated)) {
            columns.entry(look(&dated)).or_default().insert(own.anchor);
        }
    }
    let is_column = |dated: &DatedLeaf| columns.get(&look(dated)).is_some_and(|holders| 2 * holders.len() > own.len());
    let dates = context.dated_leaves(inside.start.max(context.floor().min(first.leaves.start))..inside.end);
    let left = dates.filter(|dated| other(dated) && !is_column(dated)).count() as f64;
    left / (left + records.len() as f64).max(1.0)
}

/// Share of the dates that look like those of the records and stand in content like them, before the first or behind the last: a list that is
/// cut into sections goes on there.
fn beyond(context: &Context, records: &[Record], order: Decision) -> f64 {
    let own: HashSet<usize> = records.iter().filter_map(|record| record.dated).map(|dated| dated.anchor).collect();
    let look = |dated: &DatedLeaf| (context.leaves[dated.leaf].shapes[2], dated.place);
    let looks: HashSet<(u64, Place)> = records.iter().filter_map(|record| record.dated.as_ref().map(look)).collect();
    let is_like = |dated: &&DatedLeaf| {
        let anchor = &context.anchors[dated.anchor];
        !own.contains(&dated.anchor)
            && looks.contains(&look(dated))
            && order.day(anchor).is_ok()
            && !order.is_event(anchor)
            && !is_aside(context, context.leaves[dated.leaf].nodes.start)
    };
    let beyond = context.dated.iter().filter(is_like).count() as f64;
    beyond / (beyond + own.len() as f64).max(1.0)
}

/// Share of the records that begin where the page is divided less than where most begin: in the middle of another. Under dates that head
/// several records the first of each stands apart from the others.
fn torn(context: &Context, records: &[Record]) -> f64 {
    let anchor = |record: &Record| record.dated.map(|dated| dated.anchor);
    let goes_on = |pair: &[Record]| anchor(&pair[0]) == anchor(&pair[1]);
    let headed = records.windows(2).any(goes_on);
    let starts = records.windows(2).filter(|pair| !headed || goes_on(pair)).map(|pair| pair[1].leaves.start.max(1));
    let depths: Vec<usize> = starts.map(|start| segment::divide(context.dom, &context.leaves, start)).collect();
    let Some((usual, count)) = mode(depths.iter().copied()) else { return 0.0 };
    let deeper = depths.iter().filter(|depth| **depth > usual).count();
    if MOST * depths.len() as f64 > count as f64 { 0.0 } else { deeper as f64 / records.len() as f64 }
}

/// Not inside a sentence, nor at the edge of running text.
pub fn stands_apart(context: &Context, dated: DatedLeaf) -> bool {
    words_in(&context.dom.text[context.leaves[dated.leaf].span.clone()]) <= RUNNING && dated.place != Place::Inside
}

/// Share of the dates whose label, or else local shape, is not the usual one.
fn mixed(context: &Context, dated_leaves: &[DatedLeaf]) -> f64 {
    let standing = dated_leaves.iter().filter(|dated| context.leaves[dated.leaf].anchors.contains(&dated.anchor));
    let look = |dated: &DatedLeaf| context.label(dated).ok_or(context.leaves[dated.leaf].shapes[0]);
    let usual = mode(standing.clone().map(look)).map_or(0, |(_, count)| count);
    1.0 - usual as f64 / standing.count().max(1) as f64
}

/// A box beside the page's own column: bare titles in one element under a heading of theirs, which lead to pages of another section,
/// while the column of the page's heading says something itself.
fn is_box(context: &Context, records: &[Record], titles: &[Option<usize>], below: f64) -> bool {
    let dom = context.dom;
    let (Some(heading), Some(record)) = (context.heading, records.first()) else { return false };
    let first = context.leaves[record.leaves.start].nodes.start;
    let branch = |from: usize, other: usize| dom.ancestors(from).take_while(|at| !dom.contains(*at, other)).last().unwrap_or(from);
    let (column, own) = (branch(heading, first), branch(first, heading));
    let speaks = dom.sum(column).chars > dom.sum(heading).chars + 5;
    let before = dom.sum_between(own, first);
    let named = (2..=60).contains(&before.chars) && before.linked == 0;
    let bare = records.iter().zip(titles).all(|(record, title)| {
        let dates = record.dated.map(|dated| dated.leaf);
        record.leaves.clone().all(|leaf| Some(leaf) == dates || Some(leaf) == *title || context.leaves[leaf].span.is_empty())
    });
    let one = records.iter().all(|record| dom.contains(own, context.leaves[record.leaves.start].nodes.start));
    let pages = titles.iter().flatten().filter(|title| context.targets[**title].page.is_some()).count();
    own != first && speaks && named && bare && one && below < 0.5 && 2 * pages > records.len()
}

/// The page's own path, without a last part that names a file, begins the link's path.
pub fn is_below(link: &url::Url, page: &url::Url) -> bool {
    let path = page.path().trim_end_matches('/');
    let stem = path.rsplit_once('.').map_or(path, |(stem, ending)| if ending.contains('/') { path } else { stem });
    stem.len() > 1 && link.path().len() > stem.len() && link.path().starts_with(stem)
}
