//! Writing: one thread, one commit, then the merges that `merging` names.
//!
//! tantivy has no primary key: a changed record is deleted by its id and added again. A digest of the stored record, kept
//! in a fast column, tells what changed.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use tantivy::merge_policy::NoMergePolicy;
use tantivy::{IndexSettings, IndexWriter, ReloadPolicy, Searcher, Term};

use super::document::{digest, document, json};
use super::folder::{Folder, Reading};
use super::merging;
use super::payload::Payload;
use super::queue::{Queue, Queued};
use super::schema::Fields;
use super::terms;
use crate::record::Record;

/// Memory for the writer, in bytes; a segment is written when it is full.
const HEAP: usize = 20 << 20;

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
    let mut old = Before::of(index)?;
    let mut writing = Writing::begin(index)?;
    for record in records {
        let json = json(&record);
        if old.take(&record.id.0) != Some(digest(json.as_bytes())) {
            writing.remove(&record.id.0);
            writing.add(&record, json)?;
        }
    }
    let left = old.left()?;
    for id in &left {
        writing.remove(id);
    }
    Ok((writing.finish(revision)?, left.len()))
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
        loop {
            self.writer.garbage_collect_files().wait()?;
            let merged = merging::next(&merging::parts(self.index)?);
            if merged.is_empty() {
                break;
            }
            self.writer.merge(&merged).wait()?;
        }
        self.writer.wait_merging_threads()?;
        Ok(self.written)
    }
}

/// What the index held before: of each record two digests, that of its identifier and its own.
struct Before {
    searcher: Searcher,
    digests: HashMap<u64, u64>,
}

impl Before {
    fn of(index: &tantivy::Index) -> tantivy::Result<Self> {
        let reader: tantivy::IndexReader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let searcher = reader.searcher();
        let mut digests = HashMap::new();
        for segment in searcher.segment_readers() {
            let (ids, records) = (segment.fast_fields().u64("tie")?, segment.fast_fields().u64("digest")?);
            digests.extend(segment.doc_ids_alive().filter_map(|doc| Some((ids.first(doc)?, records.first(doc)?))));
        }
        Ok(Self { searcher, digests })
    }

    /// The digest of a record, once.
    fn take(&mut self, id: &str) -> Option<u64> {
        self.digests.remove(&digest(id.as_bytes()))
    }

    /// The identifiers of the records whose digests were not taken.
    fn left(self) -> tantivy::Result<Vec<String>> {
        let mut left = Vec::with_capacity(self.digests.len());
        for segment in self.searcher.segment_readers() {
            let ties = segment.fast_fields().u64("tie")?;
            let Some(ids) = segment.fast_fields().str("id")? else { continue };
            for doc in segment.doc_ids_alive().filter(|doc| ties.first(*doc).is_some_and(|tie| self.digests.contains_key(&tie))) {
                for ordinal in ids.term_ords(doc) {
                    let mut id = String::new();
                    ids.ord_to_str(ordinal, &mut id)?;
                    left.push(id);
                }
            }
        }
        Ok(left)
    }
}
