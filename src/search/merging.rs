//! Which segments of the index become one: few are to be asked, a small change is to cost little, and what a merge holds is bounded.
//!
//! tantivy holds the dictionaries of all segments that it merges to the end, and copies the records of a segment from which
//! nothing was deleted in one piece. Segments too large for that stay as they are; many small ones become one in several steps.

use tantivy::Directory;
use tantivy::index::{SegmentComponent, SegmentId, SegmentMeta};

use super::windowed::WINDOW;

/// Bytes that a merge may hold of dictionaries, and of records.
const ALLOWANCE: usize = 16 << 20;
/// So many segments are merged at once.
const AT_ONCE: usize = 64;
/// Files of a segment that are open meanwhile, with a window each.
const FILES: usize = 7;
const _: () = assert!(AT_ONCE * FILES * WINDOW <= ALLOWANCE, "windows would take more than what is read through them");
/// An index of fewer records is one segment at all times.
const LARGE: u32 = 5_000;
/// A larger one becomes one segment when such a part of it, one of so many, lies elsewhere or is deleted.
const SHARE: u32 = 10;
/// So many segments may lie beside the largest before they become one.
const SMALL_SEGMENTS: usize = 8;

/// A segment as its merge sees it.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    segment: SegmentId,
    docs: u32,
    deleted: u32,
    /// Bytes of its dictionaries.
    terms: usize,
    /// Bytes of its records, as stored.
    records: usize,
}

impl Part {
    fn of(files: &dyn Directory, meta: &SegmentMeta) -> tantivy::Result<Self> {
        let length = |component| Ok::<_, tantivy::TantivyError>(files.get_file_handle(&meta.relative_path(component))?.len());
        Ok(Self {
            segment: meta.id(),
            docs: meta.num_docs(),
            deleted: meta.num_deleted_docs(),
            terms: length(SegmentComponent::Terms)?,
            records: length(SegmentComponent::Store)?,
        })
    }

    /// It may be merged with another.
    fn is_open(&self) -> bool {
        self.terms <= ALLOWANCE / 2 && (self.deleted > 0 || self.records <= ALLOWANCE)
    }
}

/// The segments of an index.
pub fn parts(index: &tantivy::Index) -> tantivy::Result<Vec<Part>> {
    index.searchable_segment_metas()?.iter().map(|meta| Part::of(index.directory(), meta)).collect()
}

/// The segments that are to become one next; none where all is well.
pub fn next(parts: &[Part]) -> Vec<SegmentId> {
    let (mut open, full): (Vec<Part>, Vec<Part>) = parts.iter().partition(|part| part.is_open());
    open.sort_by_key(|part| part.docs);
    let worn = full.iter().find(|part| part.deleted * SHARE > part.docs);
    let merged = worn.map_or_else(|| together(scattered(&open)), std::slice::from_ref);
    merged.iter().map(|part| part.segment).collect()
}

/// All segments, given by their size, unless little has changed of a large index; then only the many small ones, so that a small
/// change does not cost a copy of everything.
fn scattered(open: &[Part]) -> &[Part] {
    let Some((largest, small)) = open.split_last() else { return &[] };
    let total: u32 = open.iter().map(|part| part.docs).sum();
    let scattered = total - largest.docs + open.iter().map(|part| part.deleted).sum::<u32>();
    if scattered == 0 {
        &[]
    } else if total < LARGE || scattered * SHARE > total {
        open
    } else if small.len() >= SMALL_SEGMENTS {
        small
    } else {
        &[]
    }
}

/// As many of them as one merge may hold: if not all, so many of the smallest that what becomes of them can be merged again,
/// where there are such.
fn together(parts: &[Part]) -> &[Part] {
    let held = |parts: &[Part]| parts.len() <= AT_ONCE && parts.iter().map(|part| part.terms).sum::<usize>() <= ALLOWANCE;
    let smallest = |room: &dyn Fn(&[Part]) -> bool| (2..=parts.len()).rev().map(|count| &parts[..count]).find(|parts| room(parts));
    if held(parts) {
        return parts;
    }
    smallest(&|parts| held(parts) && parts.iter().map(|part| part.records).sum::<usize>() <= ALLOWANCE)
        .or_else(|| smallest(&held))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(docs: u32, terms: usize, records: usize) -> Part {
        Part { segment: SegmentId::generate_random(), docs, deleted: 0, terms, records }
    }

    /// What a merge of these holds of dictionaries, and of records at once.
    fn held(parts: &[Part]) -> (usize, usize) {
        let records = parts.iter().filter(|part| part.deleted == 0).map(|part| part.records).max();
        (parts.iter().map(|part| part.terms).sum(), records.unwrap_or(0))
    }

    /// Merges until all is well, and looks at each merge; dictionaries of several share half of their terms.
    fn settled(mut parts: Vec<Part>) -> Vec<Part> {
        for _ in 0..1000 {
            let next = next(&parts);
            if next.is_empty() {
                return parts;
            }
            let (merged, rest): (Vec<Part>, Vec<Part>) = parts.iter().partition(|part| next.contains(&part.segment));
            let (terms, records) = held(&merged);
            assert!(merged.len() <= AT_ONCE && (merged.len() == 1 || terms <= ALLOWANCE) && records <= ALLOWANCE, "{merged:?}");
            let shared = merged.len().min(2);
            let records = merged.iter().map(|part| part.records).sum();
            parts = rest;
            parts.push(part(merged.iter().map(|part| part.docs).sum(), terms / shared, records));
        }
        panic!("merges without end: {parts:?}");
    }

    #[test]
    fn what_a_merge_holds_is_bounded_however_many_segments_there_are() {
        for (many, few) in [(2, 1), (30, 1), (100, 4), (1000, 32)] {
            let all = settled((0..many).map(|_| part(4_000, 1 << 20, 4 << 20)).collect());
            assert!(all.len() <= few, "{many} became {}", all.len());
        }
    }

    #[test]
    fn a_small_change_of_a_large_index_is_merged_with_nothing_large() {
        let mut parts = vec![part(300_000, 20 << 20, 400 << 20), part(290_000, 14 << 20, 390 << 20), part(40_000, 5 << 20, 15 << 20)];
        for _ in 0..100 {
            parts.push(part(10, 10 << 10, 20 << 10));
            parts = settled(parts);
        }
        let mut docs: Vec<u32> = parts.iter().map(|part| part.docs).collect();
        docs.sort_unstable();
        assert_eq!(docs[docs.len() - 3..], [40_000, 290_000, 300_000]);
        assert!(docs.len() <= 3 + SMALL_SEGMENTS, "{docs:?}");
    }

    #[test]
    fn a_large_segment_with_many_deleted_records_is_written_again() {
        let worn = Part { deleted: 40_000, ..part(300_000, 20 << 20, 400 << 20) };
        assert_eq!(next(&[worn, part(10, 1, 1)]), [worn.segment]);
        let hardly = Part { deleted: 10, ..worn };
        assert!(next(&[hardly]).is_empty());
    }
}
