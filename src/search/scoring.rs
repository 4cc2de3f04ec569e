//! How much documents score: components added one after another, for those documents alone that may be shown.
//!
//! What a component can give at most is known before: once no more can come, documents that cannot be among the best any
//! longer are left (`MaxScore`: Turtle and Flood, 1995). The scores of those that stay are exact.

use std::ops::Range;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::{Bm25StatisticsProvider as _, Bm25Weight, EnableScoring, Query};
use tantivy::schema::IndexRecordOption;
use tantivy::{Searcher, SeekDangerResult, SegmentReader};

use super::component::{Component, Part, Weighted};
use super::docset::{DocSet, segments};
use super::matching::Phrase;

/// Sums of floating-point numbers differ by their order.
const ROUNDING: f32 = 1e-5;

/// The most that a part gives.
fn bound(part: &Part, searcher: &Searcher) -> tantivy::Result<f32> {
    Ok(match part {
        Part::Best(terms) => terms.iter().map(|term| bm25(searcher, term).map(|bm25| bm25.max_score())).try_fold(0.0, highest)?,
        Part::Phrase(readings, weight) => {
            let of = |reading: &Phrase| Bm25Weight::for_terms(searcher, &reading.terms).map(|bm25| bm25.max_score());
            weight * readings.iter().map(of).try_fold(0.0, highest)?
        }
        Part::Constant(_, weight) => *weight,
    })
}

fn highest(most: f32, next: tantivy::Result<f32>) -> tantivy::Result<f32> {
    Ok(most.max(next?))
}

/// A document and its score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scored {
    pub doc: u32,
    pub score: f32,
}

/// The best of some documents, at least `most` of them where there are so many, in the order of their numbers. Scores are whole.
pub fn best(searcher: &Searcher, components: &[Component], among: &DocSet, most: usize) -> tantivy::Result<Vec<Scored>> {
    let mut candidates: Vec<Scored> = among.iter().map(|doc| Scored { doc, score: 0.0 }).collect();
    if most == 0 {
        return Ok(Vec::new());
    }
    let mut bounded = Vec::with_capacity(components.len());
    for component in components {
        let bounds = component.parts.iter().map(|part| bound(part, searcher));
        bounded.push((bounds.sum::<tantivy::Result<f32>>()?, component));
    }
    bounded.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    let mut left: f32 = bounded.iter().map(|(bound, _)| bound).sum();
    let (mut looked_at, mut given) = (left, Vec::new());
    for (bound, component) in bounded {
        add(searcher, component, &mut candidates, &mut given)?;
        left -= bound;
        // To look is not free: only when much less is left than at the last look.
        if left < looked_at / 2.0 {
            drop_hopeless(&mut candidates, most, left.max(0.0));
            looked_at = left;
        }
    }
    drop_hopeless(&mut candidates, most, 0.0);
    Ok(candidates)
}

/// Leaves out what is worse than the best `most` even if it gets all that is left.
fn drop_hopeless(candidates: &mut Vec<Scored>, most: usize, left: f32) {
    if candidates.len() > most {
        let mut scores: Vec<f32> = candidates.iter().map(|candidate| candidate.score).collect();
        let (_, least, _) = scores.select_nth_unstable_by(most - 1, |one, other| other.total_cmp(one));
        let least = *least * (1.0 - ROUNDING) - left;
        candidates.retain(|candidate| candidate.score >= least);
    }
}

/// What a component gives to one document.
pub fn of(searcher: &Searcher, component: &Component, doc: u32) -> tantivy::Result<f32> {
    let mut one = [Scored { doc, score: 0.0 }];
    add(searcher, component, &mut one, &mut Vec::new())?;
    Ok(one[0].score)
}

/// The score of one document.
pub fn sum(searcher: &Searcher, components: &[Component], doc: u32) -> tantivy::Result<f32> {
    components.iter().map(|component| of(searcher, component, doc)).sum()
}

/// Adds what a component gives; `given` is room for what one part gives to each.
fn add(searcher: &Searcher, component: &Component, candidates: &mut [Scored], given: &mut Vec<f32>) -> tantivy::Result<()> {
    let within = component.within.iter().map(|within| within.documents(searcher)).collect::<tantivy::Result<Vec<_>>>()?;
    for part in &component.parts {
        given.clear();
        given.resize(candidates.len(), 0.0);
        match part {
            Part::Constant(matching, weight) => {
                let set = matching.documents(searcher)?;
                let met = candidates.iter().zip(given.iter_mut()).filter(|(candidate, _)| set.contains(candidate.doc));
                met.for_each(|(_, given)| *given = *weight);
            }
            Part::Best(terms) => terms.iter().try_for_each(|term| by_term(searcher, term, candidates, given))?,
            Part::Phrase(readings, weight) => {
                readings.iter().try_for_each(|reading| by_phrase(searcher, reading, *weight, candidates, given))?;
            }
        }
        for (candidate, given) in candidates.iter_mut().zip(given.iter()).filter(|(_, given)| **given > 0.0) {
            if within.iter().all(|set| set.contains(candidate.doc)) {
                candidate.score += given;
            }
        }
    }
    Ok(())
}

/// The segments, each with the number of its first document and the candidates in it.
fn by_segment<'s>(searcher: &'s Searcher, candidates: &[Scored]) -> Vec<(u32, &'s SegmentReader, Range<usize>)> {
    let up_to = |end: u32| candidates.partition_point(|candidate| candidate.doc < end);
    segments(searcher).map(|(first, segment)| (first, segment, up_to(first)..up_to(first + segment.max_doc()))).collect()
}

/// Raises what is given to what a term gives.
fn by_term(searcher: &Searcher, term: &Weighted, candidates: &[Scored], given: &mut [f32]) -> tantivy::Result<()> {
    let (bm25, field) = (bm25(searcher, term)?, term.term.field());
    for (first, segment, range) in by_segment(searcher, candidates) {
        let index = segment.inverted_index(field)?;
        let Some(mut postings) = index.read_block_postings(&term.term, IndexRecordOption::WithFreqs)? else { continue };
        let norms = segment.fieldnorms_readers().get_field(field)?;
        let norms = norms.unwrap_or_else(|| FieldNormReader::constant(segment.max_doc(), 1));
        let mut at = range.start;
        // Both sides are in order: the list skips to the block of the next candidate, inside the block they are walked together.
        while at < range.end {
            let beginning = postings.seek(candidates[at].doc - first);
            let docs = postings.docs().get(beginning..).unwrap_or_default();
            if docs.is_empty() {
                break;
            }
            for (position, doc) in (beginning..).zip(docs) {
                while at < range.end && candidates[at].doc - first < *doc {
                    at += 1;
                }
                if at < range.end && candidates[at].doc - first == *doc {
                    given[at] = bm25.score(norms.fieldnorm_id(*doc), postings.freq(position)).max(given[at]);
                    at += 1;
                }
            }
        }
    }
    Ok(())
}

/// Raises what is given to what a phrase gives. Positions are read of candidates alone: to look for the next document that has
/// the phrase would read those of all documents that have its words.
fn by_phrase(searcher: &Searcher, phrase: &Phrase, weight: f32, candidates: &[Scored], given: &mut [f32]) -> tantivy::Result<()> {
    let phrase = phrase.query().weight(EnableScoring::enabled_from_searcher(searcher))?;
    for (first, segment, range) in by_segment(searcher, candidates).into_iter().filter(|(_, _, range)| !range.is_empty()) {
        let mut at = range.start;
        let (mut found, mut scorer) = phrase.scorer_danger(segment, candidates[at].doc - first, weight)?;
        loop {
            match found {
                SeekDangerResult::Found => {
                    given[at] = scorer.score().max(given[at]);
                    at += 1;
                }
                // No document before it has the phrase.
                SeekDangerResult::SeekLowerBound(next) => {
                    at += candidates[at..range.end].partition_point(|candidate| candidate.doc - first < next);
                }
            }
            if at >= range.end {
                break;
            }
            found = scorer.seek_danger(candidates[at].doc - first);
        }
    }
    Ok(())
}

fn bm25(searcher: &Searcher, term: &Weighted) -> tantivy::Result<Bm25Weight> {
    let documents = searcher.total_num_docs()?;
    let average = searcher.total_num_tokens(term.term.field())? as f32 / documents as f32;
    Ok(Bm25Weight::for_one_term_without_explain(term.documents, documents, average).boost_by(term.weight))
}
