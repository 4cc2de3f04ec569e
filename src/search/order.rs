//! The order of the hits, total and the same in every rebuild, so that pages put together are the whole list.
//!
//! Full hits come before partial ones, whatever the key. Keys are numbers read from fast columns; the smallest comes first. Only the page asked for is ever sorted.

use std::collections::BTreeMap;

use tantivy::{DocAddress, Searcher, SegmentReader};

use super::answer::{Level, Sort, SortKey};

/// A document that the question met.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Met {
    pub doc: DocAddress,
    pub score: f32,
    pub level: Level,
}

/// Level, no value, value, newest first, digest of the id.
type Key = (Level, bool, u64, u64, u64);

/// The hits from `offset`, at most `limit`, in order.
pub fn page(searcher: &Searcher, met: Vec<Met>, sort: Sort, offset: usize, limit: usize) -> tantivy::Result<Vec<Met>> {
    let mut keyed = keyed(searcher, met, sort)?;
    let end = offset.saturating_add(limit);
    if end < keyed.len() {
        keyed.select_nth_unstable_by_key(end, |(key, _)| *key);
        keyed.truncate(end);
    }
    keyed.sort_unstable_by_key(|(key, _)| *key);
    Ok(keyed.into_iter().skip(offset).map(|(_, met)| met).collect())
}

fn keyed(searcher: &Searcher, met: Vec<Met>, sort: Sort) -> tantivy::Result<Vec<(Key, Met)>> {
    let ranks = if sort.by == SortKey::Place { ranks(searcher)? } else { Vec::new() };
    let mut keyed = Vec::with_capacity(met.len());
    let segments = searcher.segment_readers().iter().map(Columns::open).collect::<tantivy::Result<Vec<_>>>()?;
    for hit in met {
        let (columns, doc) = (&segments[hit.doc.segment_ord as usize], hit.doc.doc_id);
        let published = columns.published.first(doc);
        let value = match sort.by {
            // Scores are never negative: their bits sort as they do.
            SortKey::Relevance => Some(!u64::from(hit.score.max(0.0).to_bits())),
            SortKey::Date => published.map(|day| !day),
            SortKey::Population => columns.population.first(doc).map(|people| !people),
            SortKey::Place => {
                let ordinal = columns.place.as_ref().and_then(|column| column.term_ords(doc).next());
                ordinal.map(|ordinal| ranks[hit.doc.segment_ord as usize][ordinal as usize])
            }
        };
        let value = value.map(|value| if sort.reversed { !value } else { value });
        let tie = columns.tie.first(doc).unwrap_or(0);
        keyed.push(((hit.level, value.is_none(), value.unwrap_or(0), !published.unwrap_or(0), tie), hit));
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
