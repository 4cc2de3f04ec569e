//! The seeking places of a question's records, counted from a fast column: what a map and a list of places show.
//!
//! Counted are the records that the question counts, a record once for each of its seekers.

use std::collections::BTreeMap;

use serde::Serialize;

use super::answer::Options;
use super::ask::QueryError;
use super::docset::segments;
use super::index::Index;
use super::levels::Levels;
use super::seeker::{Seeker, read};

/// A seeker with the records that it has.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SeekerCount {
    #[serde(flatten)]
    pub seeker: Seeker,
    pub records: u64,
    /// Years of publication, first and last.
    pub years: Option<(u16, u16)>,
}

impl Index {
    /// The seekers of the records that a question counts; most frequent first, equals by name.
    pub fn seekers(&self, asked: &str, options: &Options) -> Result<Vec<SeekerCount>, QueryError> {
        let plan = self.plan(asked, options)?.plan;
        let levels = Levels::of(self.searcher(), &plan.matching, &plan.criteria, options.count)?;
        let mut counts: BTreeMap<String, (u64, Option<(u16, u16)>)> = BTreeMap::new();
        for (first, segment) in segments(self.searcher()) {
            let Some(seekers) = segment.fast_fields().str("seeker")? else { continue };
            let published = segment.fast_fields().u64("published")?;
            let mut of_segment = vec![(0_u64, None::<(u16, u16)>); seekers.num_terms()];
            for doc in levels.full.within(first, segment) {
                let year = published.first(doc).map(|day| (day / 10_000) as u16);
                for term in seekers.term_ords(doc) {
                    let (count, years) = &mut of_segment[term as usize];
                    *count += 1;
                    *years = span(*years, year.map(|year| (year, year)));
                }
            }
            for (ordinal, (count, years)) in (0..).zip(of_segment).filter(|(_, (count, _))| *count > 0) {
                let mut term = String::new();
                seekers.ord_to_str(ordinal, &mut term).map_err(tantivy::TantivyError::from)?;
                let all = counts.entry(term).or_default();
                *all = (all.0 + count, span(all.1, years));
            }
        }
        let mut found: Vec<SeekerCount> =
            counts.into_iter().filter_map(|(term, (records, years))| Some(SeekerCount { seeker: read(&term)?, records, years })).collect();
        found.sort_by(|a, b| b.records.cmp(&a.records).then_with(|| a.seeker.name.cmp(&b.seeker.name)));
        Ok(found)
    }
}

/// The span that holds both.
fn span(one: Option<(u16, u16)>, other: Option<(u16, u16)>) -> Option<(u16, u16)> {
    match (one, other) {
        (Some(one), Some(other)) => Some((one.0.min(other.0), one.1.max(other.1))),
        (one, other) => one.or(other),
    }
}
