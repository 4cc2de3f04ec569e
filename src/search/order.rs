//! The order of the hits, total and the same in every rebuild, so that pages put together are the whole list.
//!
//! Full hits come before partial ones, whatever the key. Keys are numbers read from fast columns; the smallest comes first. Only the
//! page asked for is ever sorted, and partial hits are looked at only where the full ones do not fill it.

use std::collections::BTreeMap;

use tantivy::{Searcher, SegmentReader};

use super::answer::{Level, Sort, SortKey};
use super::component::Component;
use super::docset::{DocSet, segments};
use super::levels::Levels;
use super::scoring::{self, Scored};

/// A document of the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Met {
    pub doc: u32,
    /// Zero where the order does not depend on it.
    pub score: f32,
    pub level: Level,
}

/// No value, value, newest first, digest of the id.
type Key = (bool, u64, u64, u64);

/// Hits from `offset`, at most `limit`.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    pub sort: Sort,
    pub offset: usize,
    pub limit: usize,
}

/// The hits of a page, in order.
pub fn page(searcher: &Searcher, components: &[Component], levels: &Levels, page: Page) -> tantivy::Result<Vec<Met>> {
    let mut met = of_level(searcher, components, (Level::Full, &levels.full), page)?;
    let (offset, limit) = (page.offset.saturating_sub(levels.full.len()), page.limit - met.len());
    if limit > 0 {
        met.extend(of_level(searcher, components, (Level::Partial, &levels.partial), Page { offset, limit, ..page })?);
    }
    Ok(met)
}

fn of_level(
    searcher: &Searcher,
    components: &[Component],
    (level, docs): (Level, &DocSet),
    Page { sort, offset, limit }: Page,
) -> tantivy::Result<Vec<Met>> {
    let end = offset.saturating_add(limit);
    let found = match sort {
        Sort { by: SortKey::Relevance, reversed: false } => scoring::best(searcher, components, docs, end)?,
        Sort { by: SortKey::Relevance, reversed: true } => scoring::best(searcher, components, docs, usize::MAX)?,
        _ => docs.iter().map(|doc| Scored { doc, score: 0.0 }).collect(),
    };
    let mut keyed = keyed(searcher, found, sort)?;
    if end < keyed.len() {
        keyed.select_nth_unstable_by_key(end, |(key, _)| *key);
        keyed.truncate(end);
    }
    keyed.sort_unstable_by_key(|(key, _)| *key);
    Ok(keyed.into_iter().skip(offset).map(|(_, Scored { doc, score })| Met { doc, score, level }).collect())
}

fn keyed(searcher: &Searcher, found: Vec<Scored>, sort: Sort) -> tantivy::Result<Vec<(Key, Scored)>> {
    let ranks = if sort.by == SortKey::Place { ranks(searcher)? } else { Vec::new() };
    let mut keyed = Vec::with_capacity(found.len());
    let mut rest = found.into_iter().peekable();
    for (ordinal, (first, segment)) in segments(searcher).enumerate() {
        let columns = Columns::open(segment)?;
        while let Some(hit) = rest.next_if(|hit| hit.doc < first + segment.max_doc()) {
            let doc = hit.doc - first;
            let published = columns.published.first(doc);
            let value = match sort.by {
                // Scores are never negative: their bits sort as they do.
                SortKey::Relevance => Some(!u64::from(hit.score.max(0.0).to_bits())),
                SortKey::Date => published.map(|day| !day),
                SortKey::Population => columns.population.first(doc).map(|people| !people),
                SortKey::Place => {
                    let place = columns.place.as_ref().and_then(|column| column.term_ords(doc).next());
                    place.map(|place| ranks[ordinal][place as usize])
                }
            };
            let value = value.map(|value| if sort.reversed { !value } else { value });
            let tie = columns.tie.first(doc).unwrap_or(0);
            keyed.push(((value.is_none(), value.unwrap_or(0), !published.unwrap_or(0), tie), hit));
        }
    }
    Ok(keyed)
}

struct Columns {
    published: tantivy::columnar::Column<u64>,
    population: tantivy::columnar::Column<u64>,
    tie: tantivy::columnar::Column<u64>,
    place: Option<tantivy::columnar::StrColumn>,
}

impl Columns {
    fn open(segment: &SegmentReader) -> tantivy::Result<Self> {
        let fast = segment.fast_fields();
        Ok(Self {
            published: fast.u64("published")?,
            population: fast.u64("population")?,
            tie: fast.u64("tie")?,
            place: fast.str("place_order")?,
        })
    }
}

/// For every segment the rank of each of its places among those of all segments.
fn ranks(searcher: &Searcher) -> tantivy::Result<Vec<Vec<u64>>> {
    let mut places: Vec<Vec<String>> = Vec::new();
    for segment in searcher.segment_readers() {
        let mut names = Vec::new();
        if let Some(column) = segment.fast_fields().str("place_order")? {
            for ordinal in 0..column.num_terms() {
                let mut name = String::new();
                column.ord_to_str(ordinal as u64, &mut name)?;
                names.push(name);
            }
        }
        places.push(names);
    }
    let mut rank: BTreeMap<&str, u64> = places.iter().flatten().map(|name| (name.as_str(), 0)).collect();
    rank.values_mut().zip(0..).for_each(|(rank, at)| *rank = at);
    Ok(places.iter().map(|names| names.iter().map(|name| rank[name.as_str()]).collect()).collect())
}
