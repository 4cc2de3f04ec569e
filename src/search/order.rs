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

/// Keys that are kept before any is left out.
const MANY: usize = 64;

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
    let keyed = first(searcher, found, sort, end)?;
    Ok(keyed.into_iter().skip(offset).map(|(_, Scored { doc, score })| Met { doc, score, level }).collect())
}

/// The first of the documents in their order, at most so many.
fn first(searcher: &Searcher, found: Vec<Scored>, sort: Sort, most: usize) -> tantivy::Result<Vec<(Key, Scored)>> {
    let ranks = if sort.by == SortKey::Place { ranks(searcher)? } else { Vec::new() };
    let mut top = Top::new(most);
    let mut rest = found.into_iter().peekable();
    for (ordinal, (first, segment)) in segments(searcher).enumerate() {
        let columns = Columns::open(segment)?;
        while let Some(hit) = rest.next_if(|hit| hit.doc < first + segment.max_doc()) {
            let doc = hit.doc - first;
            let value = match sort.by {
                // Scores are never negative: their bits sort as they do.
                SortKey::Relevance => Some(!u64::from(hit.score.max(0.0).to_bits())),
                SortKey::Date => columns.published.first(doc).map(|day| !day),
                SortKey::Population => columns.population.first(doc).map(|people| !people),
                SortKey::Place => {
                    let place = columns.place.as_ref().and_then(|column| column.term_ords(doc).next());
                    place.map(|place| ranks[ordinal][place as usize])
                }
            };
            let value = value.map(|value| if sort.reversed { !value } else { value });
            let mut key = (value.is_none(), value.unwrap_or(0), 0, 0);
            // Most documents are out by the first parts of their key; what is not asked for need not be read.
            if top.may_hold(key) {
                key.2 = !columns.published.first(doc).unwrap_or(0);
                if top.may_hold(key) {
                    key.3 = columns.tie.first(doc).unwrap_or(0);
                    top.push(key, hit);
                }
            }
        }
    }
    Ok(top.in_order())
}

/// The smallest keys of many, without keeping all of them.
struct Top {
    most: usize,
    keyed: Vec<(Key, Scored)>,
    /// What is beyond it is out.
    last: Option<Key>,
}

impl Top {
    fn new(most: usize) -> Self {
        Self { most, keyed: Vec::new(), last: None }
    }

    /// Whether a key may be among them; parts that are zero are not known yet.
    fn may_hold(&self, key: Key) -> bool {
        self.last.is_none_or(|last| key < last)
    }

    fn push(&mut self, key: Key, hit: Scored) {
        if self.may_hold(key) {
            self.keyed.push((key, hit));
        }
        // Cut when there are twice as many, so that a document costs the same however many are wanted.
        if self.keyed.len() >= self.most.saturating_mul(2).max(MANY) {
            self.cut();
        }
    }

    fn cut(&mut self) {
        if self.keyed.len() > self.most {
            self.keyed.select_nth_unstable_by_key(self.most, |(key, _)| *key);
            self.last = Some(self.keyed[self.most].0);
            self.keyed.truncate(self.most);
        }
    }

    fn in_order(mut self) -> Vec<(Key, Scored)> {
        self.cut();
        self.keyed.sort_unstable_by_key(|(key, _)| *key);
        self.keyed
    }
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
