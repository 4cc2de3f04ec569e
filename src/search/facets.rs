//! Counts of the hits by year, month, kind, country, theme and wanted country.
//!
//! A value's documents stand in its postings: the blocks that reach to a hit are read, and those of their documents that are hits
//! counted by a look at the bits. Columns, asked hit by hit, take ten times as much where all records are hits.

use std::collections::BTreeMap;
use std::ops::Range;

use tantivy::postings::BlockSegmentPostings;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, Searcher};

use super::answer::Facets;
use super::docset::{DocSet, segments};
use super::schema::Fields;

impl Facets {
    /// The counts of a set of documents.
    pub fn count(searcher: &Searcher, fields: &Fields, docs: &DocSet) -> tantivy::Result<Self> {
        let words = [fields.kind, fields.country, fields.theme, fields.wanted_country].map(|field| values(searcher, field, docs));
        let [kind, country, theme, wanted_country] = words;
        Ok(Self::of(months(searcher, docs)?, [kind?, country?, theme?, wanted_country?]))
    }

    /// The counts of months (`2011-03`); of kinds, countries, themes and wanted countries.
    pub fn of(months: BTreeMap<String, u64>, [kind, country, theme, wanted_country]: [BTreeMap<String, u64>; 4]) -> Self {
        let mut years: BTreeMap<String, u64> = BTreeMap::new();
        for (month, count) in &months {
            *years.entry(month.split('-').next().unwrap_or_default().to_owned()).or_default() += count;
        }
        Self {
            year: years.into_iter().collect(),
            month: months.into_iter().collect(),
            kind: frequent(kind),
            country: frequent(country),
            theme: frequent(theme),
            wanted_country: frequent(wanted_country),
        }
    }
}

/// A day is the term of few documents: months are counted from the column.
fn months(searcher: &Searcher, docs: &DocSet) -> tantivy::Result<BTreeMap<String, u64>> {
    let mut months: BTreeMap<u64, u64> = BTreeMap::new();
    for (first, segment) in segments(searcher) {
        let published = segment.fast_fields().u64("published")?;
        let found: Vec<DocId> = docs.within(first, segment).collect();
        let mut days = vec![None; found.len()];
        published.first_vals(&found, &mut days);
        let found: Vec<u64> = days.into_iter().flatten().map(|day| day / 100).collect();
        // Neighbours are mostly of one month.
        found.chunk_by(u64::eq).for_each(|month| *months.entry(month[0]).or_default() += month.len() as u64);
    }
    Ok(months.into_iter().map(|(month, count)| (format!("{:04}-{:02}", month / 100, month % 100), count)).collect())
}

/// How many of the documents have each value of a field.
fn values(searcher: &Searcher, field: Field, docs: &DocSet) -> tantivy::Result<BTreeMap<String, u64>> {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for (first, segment) in segments(searcher) {
        let index = segment.inverted_index(field)?;
        let mut terms = index.terms().stream()?;
        while terms.advance() {
            let postings = index.read_block_postings_from_terminfo(terms.value(), IndexRecordOption::Basic)?;
            let count = common(postings, docs, first..first + segment.max_doc());
            if count > 0 {
                *counts.entry(String::from_utf8_lossy(terms.key()).into_owned()).or_default() += count;
            }
        }
    }
    Ok(counts)
}

/// How many documents of a segment are both in its postings and in the set.
fn common(mut postings: BlockSegmentPostings, docs: &DocSet, segment: Range<u32>) -> u64 {
    let (mut count, mut from) = (0, segment.start);
    while let Some(next) = docs.next(from).filter(|next| segment.contains(next)) {
        let beginning = postings.seek(next - segment.start);
        let block = postings.docs().get(beginning..).unwrap_or_default();
        let Some(last) = block.last() else { break };
        count += block.iter().filter(|doc| docs.contains(segment.start + *doc)).count() as u64;
        from = segment.start + last + 1;
    }
    count
}

/// Most frequent first, equals by name.
fn frequent(counts: BTreeMap<String, u64>) -> Vec<(String, u64)> {
    let mut counts: Vec<(String, u64)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}
