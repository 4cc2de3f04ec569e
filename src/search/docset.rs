//! Sets of documents as bits, numbered through all segments of the index.

use tantivy::{DocAddress, DocId, Searcher, SegmentReader};

/// A set of documents.
#[derive(Clone, Debug, Default)]
pub struct DocSet {
    words: Vec<u64>,
}

/// The segments, each with the number of its first document.
pub fn segments(searcher: &Searcher) -> impl Iterator<Item = (u32, &SegmentReader)> {
    searcher.segment_readers().iter().scan(0, |next, segment| {
        let first = *next;
        *next += segment.max_doc();
        Some((first, segment))
    })
}

/// Where the document of a number lies.
pub fn address(searcher: &Searcher, doc: u32) -> DocAddress {
    let within = |(ordinal, (first, segment)): (u32, (u32, &SegmentReader))| {
        (doc - first < segment.max_doc()).then(|| DocAddress::new(ordinal, doc - first))
    };
    (0..).zip(segments(searcher)).find_map(within).unwrap_or(DocAddress::new(u32::MAX, doc))
}

impl DocSet {
    /// Room for all documents of the index.
    pub fn empty(searcher: &Searcher) -> Self {
        let documents: u32 = searcher.segment_readers().iter().map(SegmentReader::max_doc).sum();
        Self { words: vec![0; documents.div_ceil(64) as usize] }
    }

    /// All that are not deleted.
    pub fn all(searcher: &Searcher) -> Self {
        let mut all = Self::empty(searcher);
        for (first, segment) in segments(searcher) {
            all.insert_range(first, first + segment.max_doc());
        }
        all.remove_deleted(searcher);
        all
    }

    pub fn insert(&mut self, doc: u32) {
        self.words[doc as usize / 64] |= 1 << (doc % 64);
    }

    pub fn insert_range(&mut self, from: u32, to: u32) {
        let (mut doc, end) = (from, to);
        while doc < end {
            if doc % 64 == 0 && end - doc >= 64 {
                self.words[doc as usize / 64] = u64::MAX;
                doc += 64;
            } else {
                self.insert(doc);
                doc += 1;
            }
        }
    }

    pub fn remove_deleted(&mut self, searcher: &Searcher) {
        for (first, segment) in segments(searcher).filter(|(_, segment)| segment.has_deletes()) {
            for doc in (0..segment.max_doc()).filter(|doc| segment.is_deleted(*doc)).map(|doc| first + doc) {
                self.words[doc as usize / 64] &= !(1 << (doc % 64));
            }
        }
    }

    pub fn contains(&self, doc: u32) -> bool {
        self.words.get(doc as usize / 64).is_some_and(|word| word >> (doc % 64) & 1 == 1)
    }

    /// Documents that there is room for.
    pub fn room(&self) -> usize {
        self.words.len() * 64
    }

    pub fn len(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    pub fn unite(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word |= other);
    }

    pub fn intersect(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word &= other);
    }

    pub fn subtract(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word &= !other);
    }

    /// Leaves those alone that are to be kept.
    pub fn retain(&mut self, mut keep: impl FnMut(u32) -> bool) {
        for (at, word) in (0..).zip(&mut self.words) {
            let left_out = bits(*word).filter(|bit| !keep(at * 64 + bit)).fold(0, |out, bit| out | 1 << bit);
            *word &= !left_out;
        }
    }

    /// The first at or after a number.
    pub fn next(&self, from: u32) -> Option<u32> {
        let at = from as usize / 64;
        let first = *self.words.get(at)? & (u64::MAX << (from % 64));
        let rest = (at + 1..).zip(self.words.iter().skip(at + 1).copied());
        let found = std::iter::once((at, first)).chain(rest).find(|(_, word)| *word != 0);
        found.map(|(at, word)| at as u32 * 64 + word.trailing_zeros())
    }

    /// The numbers, smallest first.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        (0..).zip(&self.words).flat_map(|(at, word)| bits(*word).map(move |bit| at * 64 + bit))
    }

    /// The documents of a segment, as the segment numbers them.
    pub fn within(&self, first: u32, segment: &SegmentReader) -> impl Iterator<Item = DocId> + '_ {
        let end = first + segment.max_doc();
        let words = self.words.get(first as usize / 64..end.div_ceil(64) as usize).unwrap_or_default();
        let numbers = (first / 64..).zip(words).flat_map(|(at, word)| bits(*word).map(move |bit| at * 64 + bit));
        numbers.filter(move |doc| (first..end).contains(doc)).map(move |doc| doc - first)
    }
}

/// The numbers of the bits that are set.
fn bits(mut word: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let bit = word.trailing_zeros();
        word &= word.wrapping_sub(1);
        (bit < 64).then_some(bit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(docs: &[u32]) -> DocSet {
        let mut set = DocSet { words: vec![0; 4] };
        for doc in docs {
            set.insert(*doc);
        }
        set
    }

    #[test]
    fn sets_are_united_intersected_and_subtracted() {
        let (one, other) = (set(&[0, 5, 63, 64, 200]), set(&[5, 64, 65, 255]));
        let done = |work: fn(&mut DocSet, &DocSet)| {
            let mut set = one.clone();
            work(&mut set, &other);
            assert_eq!(set.len(), set.iter().count());
            set.iter().collect::<Vec<_>>()
        };
        assert_eq!(done(DocSet::unite), [0, 5, 63, 64, 65, 200, 255]);
        assert_eq!(done(DocSet::intersect), [5, 64]);
        assert_eq!(done(DocSet::subtract), [0, 63, 200]);
        assert!(one.contains(63) && !one.contains(62) && !one.contains(9_999));
        assert_eq!(done(|set, other| set.retain(|doc| other.contains(doc))), [5, 64]);
    }

    #[test]
    fn the_next_of_a_number_is_the_first_that_is_no_smaller() {
        let docs = [0, 5, 63, 64, 200];
        let set = set(&docs);
        for from in 0..300 {
            assert_eq!(set.next(from), docs.into_iter().find(|doc| *doc >= from), "{from}");
        }
    }

    #[test]
    fn a_range_is_all_of_its_numbers() {
        for (from, to) in [(0, 0), (3, 9), (0, 64), (60, 70), (1, 200), (64, 192)] {
            let mut set = set(&[]);
            set.insert_range(from, to);
            assert_eq!(set.iter().collect::<Vec<_>>(), (from..to).collect::<Vec<_>>());
        }
    }
}
