//! Writing: one thread, one commit, then the merges that `merging` names.
//!
//! tantivy has no primary key: a changed record is deleted by its id and added again. That is for a few records: where most
//! have changed, a new index costs less, and less memory.

use std::path::Path;
use std::sync::Arc;

use tantivy::merge_policy::NoMergePolicy;
use tantivy::{IndexSettings, IndexWriter, Term};

use super::document::{document, json};
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
