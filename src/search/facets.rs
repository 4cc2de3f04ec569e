//! Counts of the hits by year, month, kind, country, theme and wanted country, from the fast columns.

use std::collections::BTreeMap;

use tantivy::{DocId, Searcher, SegmentReader};

use super::answer::Facets;
use super::docset::{DocSet, segments};

/// Adds what one segment's hits have.
#[derive(Default)]
pub struct Counter {
    months: BTreeMap<u64, u64>,
    kind: BTreeMap<String, u64>,
    country: BTreeMap<String, u64>,
    theme: BTreeMap<String, u64>,
    wanted_country: BTreeMap<String, u64>,
}

impl Counter {
    /// The counts of a set of documents.
    pub fn of(searcher: &Searcher, docs: &DocSet) -> tantivy::Result<Self> {
        let mut counter = Self::default();
        for (first, segment) in segments(searcher) {
            counter.count(segment, &docs.within(first, segment).collect::<Vec<_>>())?;
        }
        Ok(counter)
    }

    fn count(&mut self, segment: &SegmentReader, hits: &[DocId]) -> tantivy::Result<()> {
        let published = segment.fast_fields().u64("published")?;
        let months: Vec<u64> = hits.iter().filter_map(|doc| published.first(*doc)).map(|day| day / 100).collect();
        // Neighbours are mostly of one month.
        months.chunk_by(u64::eq).for_each(|month| *self.months.entry(month[0]).or_default() += month.len() as u64);
        values(segment, "kind", hits, &mut self.kind)?;
        values(segment, "country", hits, &mut self.country)?;
        values(segment, "theme", hits, &mut self.theme)?;
        values(segment, "wanted_country", hits, &mut self.wanted_country)
    }

    pub fn facets(self) -> Facets {
        let months = self.months.into_iter().map(|(month, count)| (format!("{:04}-{:02}", month / 100, month % 100), count)).collect();
        Facets::of(months, [self.kind, self.country, self.theme, self.wanted_country])
    }
}

impl Facets {
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

fn values(segment: &SegmentReader, column: &str, hits: &[DocId], counts: &mut BTreeMap<String, u64>) -> tantivy::Result<()> {
    let Some(column) = segment.fast_fields().str(column)? else { return Ok(()) };
    let mut by_ordinal = vec![0_u64; column.num_terms()];
    for doc in hits {
        column.term_ords(*doc).for_each(|ordinal| by_ordinal[ordinal as usize] += 1);
    }
    let mut value = String::new();
    for (ordinal, count) in by_ordinal.into_iter().enumerate().filter(|(_, count)| *count > 0) {
        value.clear();
        column.ord_to_str(ordinal as u64, &mut value)?;
        *counts.entry(value.clone()).or_default() += count;
    }
    Ok(())
}

/// Most frequent first, equals by name.
fn frequent(counts: BTreeMap<String, u64>) -> Vec<(String, u64)> {
    let mut counts: Vec<(String, u64)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}
