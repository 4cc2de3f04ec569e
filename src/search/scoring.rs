//! How much documents score: components added one after another, for those documents alone that may be shown.
//!
//! What a component can give at most is known before: once no more can come, documents that cannot be among the best any
//! longer are left (`MaxScore`: Turtle and Flood, 1995). The scores of those that stay are exact. Sums lie by the numbers of the documents, so
//! that the documents of a common word are added in a row, without a look at which of them are candidates.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::{Bm25StatisticsProvider as _, Bm25Weight, EnableScoring, Query};
use tantivy::schema::IndexRecordOption;
use tantivy::{Searcher, SeekDangerResult};

use super::component::{Component, Part, Weighted};
use super::docset::{DocSet, segments};
use super::matching::Phrase;

/// To look for a candidate among the documents of a term takes as long as to add so many of them.
const LOOK: u64 = 5;
/// Scores that are kept before any is left out, where few are wanted.
const MANY: usize = 64;
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
    if most == 0 || among.is_empty() {
        return Ok(Vec::new());
    }
    let mut bounded = Vec::with_capacity(components.len());
    for component in components {
        let bounds = component.parts.iter().map(|part| bound(part, searcher));
        bounded.push((bounds.sum::<tantivy::Result<f32>>()?, component));
    }
    bounded.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    let mut left: f32 = bounded.iter().map(|(bound, _)| bound).sum();
    let mut looked_at = left;
    let mut scores = Scores::new(searcher, among.clone());
    for (bound, component) in bounded {
        scores.add(component)?;
        left -= bound;
        // To look is not free: only when much less is left than at the last look.
        if left < looked_at / 2.0 {
            scores.drop_hopeless(most, left.max(0.0));
            looked_at = left;
        }
    }
    scores.drop_hopeless(most, 0.0);
    Ok(scores.candidates.iter().map(|doc| Scored { doc, score: scores.sums[doc as usize] }).collect())
}

/// What components give to one document.
pub fn sum<'c>(searcher: &Searcher, components: impl IntoIterator<Item = &'c Component>, doc: u32) -> tantivy::Result<f32> {
    let mut one = DocSet::empty(searcher);
    one.insert(doc);
    let mut scores = Scores::new(searcher, one);
    components.into_iter().try_for_each(|component| scores.add(component))?;
    Ok(scores.sums[doc as usize])
}

/// Scores as they add up.
struct Scores<'s> {
    searcher: &'s Searcher,
    candidates: DocSet,
    count: u64,
    /// By the numbers of all documents; those of no candidate mean nothing.
    sums: Vec<f32>,
    /// The same of a part whose best is looked for; zero between two parts, empty before the first.
    given: Vec<f32>,
}

impl<'s> Scores<'s> {
    fn new(searcher: &'s Searcher, candidates: DocSet) -> Self {
        let documents = candidates.room();
        Self { searcher, count: candidates.len() as u64, candidates, sums: vec![0.0; documents], given: Vec::new() }
    }

    /// Adds what a component gives to each candidate.
    fn add(&mut self, component: &Component) -> tantivy::Result<()> {
        let mut within = (!component.within.is_empty()).then(|| self.candidates.clone());
        if let Some(within) = &mut within {
            for matching in &component.within {
                within.intersect(matching.documents(self.searcher)?);
            }
        }
        for part in &component.parts {
            self.add_part(part, within.as_ref())?;
        }
        Ok(())
    }

    /// The same of a part, where only candidates within a set count.
    fn add_part(&mut self, part: &Part, within: Option<&DocSet>) -> tantivy::Result<()> {
        let Self { searcher, candidates, count, sums, given } = self;
        let counting = within.unwrap_or(candidates);
        let in_a_row = |term: &Weighted| *count * LOOK >= term.documents;
        let among = |term: &Weighted| (!in_a_row(term)).then_some(counting);
        let to_others = match part {
            Part::Constant(matching, weight) => {
                let mut met = counting.clone();
                met.intersect(matching.documents(searcher)?);
                met.iter().for_each(|doc| sums[doc as usize] += weight);
                return Ok(());
            }
            Part::Best(terms) => match &terms[..] {
                [term] if within.is_none() || !in_a_row(term) => {
                    return by_term(searcher, term, among(term), |doc, gives| sums[doc as usize] += gives);
                }
                terms => {
                    given.resize(sums.len(), 0.0);
                    for term in terms {
                        by_term(searcher, term, among(term), |doc, gives| raise(&mut given[doc as usize], gives))?;
                    }
                    terms.iter().any(in_a_row)
                }
            },
            Part::Phrase(readings, weight) => {
                given.resize(sums.len(), 0.0);
                for reading in readings {
                    by_phrase(searcher, reading, *weight, counting, |doc, gives| raise(&mut given[doc as usize], gives))?;
                }
                false
            }
        };
        if to_others && within.is_none() {
            sums.iter_mut().zip(given).for_each(|(sum, given)| *sum += std::mem::take(given));
        } else {
            counting.iter().for_each(|doc| sums[doc as usize] += std::mem::take(&mut given[doc as usize]));
            if to_others {
                given.fill(0.0);
            }
        }
        Ok(())
    }

    /// Leaves out what is worse than the best `most` even if it gets all that is left.
    fn drop_hopeless(&mut self, most: usize, left: f32) {
        let Self { candidates, count, sums, .. } = self;
        if *count > most as u64 {
            let least = nth_best(candidates.iter().map(|doc| sums[doc as usize]), most) * (1.0 - ROUNDING) - left;
            candidates.retain(|doc| sums[doc as usize] >= least);
            *count = candidates.len() as u64;
        }
    }
}

fn raise(best: &mut f32, other: f32) {
    *best = best.max(other);
}

/// The score that so many reach, of more; looks closer only at those that may be among them.
fn nth_best(scores: impl Iterator<Item = f32>, most: usize) -> f32 {
    let room = most.saturating_mul(2).max(MANY);
    let (mut best, mut least) = (Vec::with_capacity(room), f32::NEG_INFINITY);
    let cut = |best: &mut Vec<f32>| {
        let (_, nth, _) = best.select_nth_unstable_by(most - 1, |one, other| other.total_cmp(one));
        let nth = *nth;
        best.truncate(most);
        nth
    };
    for score in scores {
        if score > least {
            best.push(score);
            if best.len() == room {
                least = cut(&mut best);
            }
        }
    }
    if best.len() < most { least } else { cut(&mut best) }
}

/// Hands what a term gives, document by document: to all that have it, or to these alone.
fn by_term(searcher: &Searcher, term: &Weighted, among: Option<&DocSet>, mut take: impl FnMut(u32, f32)) -> tantivy::Result<()> {
    let (bm25, field) = (bm25(searcher, term)?, term.term.field());
    for (first, segment) in segments(searcher) {
        let index = segment.inverted_index(field)?;
        let Some(mut postings) = index.read_block_postings(&term.term, IndexRecordOption::WithFreqs)? else { continue };
        let norms = segment.fieldnorms_readers().get_field(field)?;
        let norms = norms.unwrap_or_else(|| FieldNormReader::constant(segment.max_doc(), 1));
        let mut give = |doc: u32, freq| take(first + doc, bm25.score(norms.fieldnorm_id(doc), freq));
        let Some(among) = among else {
            while !postings.docs().is_empty() {
                postings.docs().iter().enumerate().for_each(|(at, doc)| give(*doc, postings.freq(at)));
                postings.advance();
            }
            continue;
        };
        for doc in among.within(first, segment) {
            let at = postings.seek(doc);
            match postings.docs().get(at) {
                Some(found) if *found == doc => give(doc, postings.freq(at)),
                Some(_) => {}
                None => break,
            }
        }
    }
    Ok(())
}

/// Hands what a phrase gives to these documents. Where not all that have it are known, positions are read of these alone: to look for
/// the next document that has the phrase would read those of all documents that have its words.
fn by_phrase(searcher: &Searcher, phrase: &Phrase, weight: f32, among: &DocSet, mut take: impl FnMut(u32, f32)) -> tantivy::Result<()> {
    if let Some(found) = phrase.found() {
        found.iter().filter(|(doc, _)| among.contains(*doc)).for_each(|(doc, gives)| take(*doc, weight * gives));
        return Ok(());
    }
    let phrase = phrase.query().weight(EnableScoring::enabled_from_searcher(searcher))?;
    for (first, segment) in segments(searcher) {
        let next = |from: u32| among.next(from).filter(|doc| *doc < first + segment.max_doc());
        let Some(mut doc) = next(first) else { continue };
        let (mut found, mut scorer) = phrase.scorer_danger(segment, doc - first, weight)?;
        loop {
            let from = match found {
                SeekDangerResult::Found => {
                    take(doc, scorer.score());
                    doc + 1
                }
                // No document before it has the phrase.
                SeekDangerResult::SeekLowerBound(lowest) => first.saturating_add(lowest),
            };
            let Some(following) = next(from) else { break };
            doc = following;
            found = scorer.seek_danger(doc - first);
        }
    }
    Ok(())
}

fn bm25(searcher: &Searcher, term: &Weighted) -> tantivy::Result<Bm25Weight> {
    let documents = searcher.total_num_docs()?;
    let average = searcher.total_num_tokens(term.term.field())? as f32 / documents as f32;
    Ok(Bm25Weight::for_one_term_without_explain(term.documents, documents, average).boost_by(term.weight))
}

#[cfg(test)]
mod tests {
    use super::nth_best;

    proptest::proptest! {
        /// However many there are, and however many of them are equal.
        #[test]
        fn the_nth_best_is_that_of_all_in_order(scores in proptest::collection::vec(0_u8..40, 1..400), most in 1_usize..150) {
            let mut sorted = scores.clone();
            sorted.sort_unstable_by(|one, other| other.cmp(one));
            if let Some(nth) = sorted.get(most - 1) {
                let found = nth_best(scores.iter().map(|score| f32::from(*score)), most);
                proptest::prop_assert_eq!(found.to_bits(), f32::from(*nth).to_bits());
            }
        }
    }
}
