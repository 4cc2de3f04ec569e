//! Writing: one thread, one commit, one segment as long as it is cheap.
//!
//! tantivy has no primary key: a changed record is deleted by its id and added again. A digest of the stored record, kept
//! in a fast column, tells what changed.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use tantivy::index::{SegmentId, SegmentMeta};
use tantivy::merge_policy::NoMergePolicy;
use tantivy::{IndexSettings, IndexWriter, ReloadPolicy, Term};

use super::document::{digest, document, json};
use super::folder::{Folder, Reading};
use super::payload::Payload;
use super::queue::{Queue, Queued};
use super::schema::Fields;
use super::terms;
use crate::record::Record;

/// Memory for the writer, in bytes; a segment is written when it is full.
const HEAP: usize = 20 << 20;
/// An index of fewer records is one segment at all times.
const LARGE: u32 = 5_000;
/// A larger one becomes one segment when such a part of it, one of so many, lies elsewhere or is deleted.
const SHARE: u32 = 10;
/// So many segments may lie beside the largest before they become one.
const SMALL_SEGMENTS: usize = 8;

/// Fills a new index; says how many records it holds.
pub fn build(dir: &Path, revision: u64, records: impl IntoIterator<Item = Record>) -> tantivy::Result<usize> {
    let index = tantivy::Index::create(Folder::open(dir, Reading::Windowed)?, Fields::new().0, IndexSettings::default())?;
    let mut writing = Writing::begin(&index)?;
    for record in records {
        writing.add(&record, json(&record))?;
    }
    writing.finish(revision)
}

/// Brings an index up to these records; says how many were written and removed.
pub fn update(index: &tantivy::Index, revision: u64, records: impl IntoIterator<Item = Record>) -> tantivy::Result<(usize, usize)> {
    let mut old = held(index)?;
    let mut writing = Writing::begin(index)?;
    for record in records {
        let json = json(&record);
        if old.remove(&record.id.0) != Some(digest(json.as_bytes())) {
            writing.remove(&record.id.0);
            writing.add(&record, json)?;
        }
    }
    for id in old.keys() {
        writing.remove(id);
    }
    Ok((writing.finish(revision)?, old.len()))
}

/// Writes records that changed; none is removed. Says how many there were.
pub fn catch_up(index: &tantivy::Index, revision: u64, changed: impl IntoIterator<Item = Record>) -> tantivy::Result<usize> {
    let mut writing = Writing::begin(index)?;
    for record in changed {
        writing.remove(&record.id.0);
        writing.add(&record, json(&record))?;
    }
    writing.finish(revision)
}

/// A commit that is being made.
struct Writing<'i> {
    index: &'i tantivy::Index,
    fields: Fields,
    writer: IndexWriter<Queued>,
    queue: Arc<Queue>,
    written: usize,
}

impl<'i> Writing<'i> {
    fn begin(index: &'i tantivy::Index) -> tantivy::Result<Self> {
        // Texts are handed over as rows of terms.
        index.tokenizers().register(terms::TOKENIZER, terms::Reader);
        let writer = index.writer_with_num_threads(1, HEAP)?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        Ok(Self { index, fields: Fields::new().1, writer, queue: Arc::default(), written: 0 })
    }

    /// Adds a record, given as it is stored, too.
    fn add(&mut self, record: &Record, json: String) -> tantivy::Result<()> {
        let bytes = json.len();
        self.writer.add_document(self.queue.admit(document(&self.fields, record, json), bytes))?;
        self.written += 1;
        Ok(())
    }

    /// Removes a record that was there before.
    fn remove(&self, id: &str) {
        self.writer.delete_term(Term::from_field_text(self.fields.id, id));
    }

    /// Commits; says how many records were added.
    fn finish(mut self, revision: u64) -> tantivy::Result<usize> {
        let mut commit = self.writer.prepare_commit()?;
        commit.set_payload(&Payload::now(revision).text());
        commit.commit()?;
        // The list must be gone before the sweep: files of segments that someone still holds are kept.
        let merged = to_merge(&self.index.searchable_segment_metas()?);
        if !merged.is_empty() {
            self.writer.merge(&merged).wait()?;
        }
        self.writer.garbage_collect_files().wait()?;
        self.writer.wait_merging_threads()?;
        Ok(self.written)
    }
}

/// The segments that are to become one: all of them, unless little has changed of a large index; then only the many small
/// ones, so that a small change does not cost a copy of everything.
fn to_merge(segments: &[SegmentMeta]) -> Vec<SegmentId> {
    let largest = segments.iter().max_by_key(|segment| segment.num_docs());
    let total: u32 = segments.iter().map(SegmentMeta::num_docs).sum();
    let deleted: u32 = segments.iter().map(SegmentMeta::num_deleted_docs).sum();
    let scattered = total - largest.map_or(0, SegmentMeta::num_docs) + deleted;
    if scattered == 0 {
        return Vec::new();
    }
    let small = segments.iter().filter(|segment| largest.is_none_or(|largest| largest.id() != segment.id()));
    if total < LARGE || scattered * SHARE > total {
        segments.iter().map(SegmentMeta::id).collect()
    } else if segments.len() > SMALL_SEGMENTS {
        small.map(SegmentMeta::id).collect()
    } else {
        Vec::new()
    }
}

/// Ids and digests of the records that the index holds.
fn held(index: &tantivy::Index) -> tantivy::Result<HashMap<String, u64>> {
    let reader: tantivy::IndexReader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
    let mut held = HashMap::new();
    for segment in reader.searcher().segment_readers() {
        let digests = segment.fast_fields().u64("digest")?;
        let Some(ids) = segment.fast_fields().str("id")? else { continue };
        for doc in segment.doc_ids_alive() {
            let mut id = String::new();
            if let Some(ordinal) = ids.term_ords(doc).next() {
                ids.ord_to_str(ordinal, &mut id)?;
                held.insert(id, digests.first(doc).unwrap_or(0));
            }
        }
    }
    Ok(held)
}
