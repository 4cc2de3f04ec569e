//! Records on their way to tantivy's indexing thread: bounded in bytes.
//!
//! tantivy queues up to 10,000 documents, which for long notices are gigabytes. Here a document takes its bytes from an
//! allowance before it is queued, and gives them back when the indexing thread takes it out; whoever reads records waits meanwhile.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

use tantivy::TantivyDocument;
use tantivy::schema::document::Document;

/// Bytes of records, as stored, that may be queued: hundreds of notices. Their documents take about six times as much.
const ALLOWANCE: usize = 1 << 20;

/// What is queued.
#[derive(Default)]
pub struct Queue {
    bytes: Mutex<usize>,
    given_back: Condvar,
}

impl Queue {
    /// A document that weighs so many bytes, once there is room for it; one that is larger than all room waits for the others.
    pub fn admit(self: &Arc<Self>, document: TantivyDocument, bytes: usize) -> Queued {
        let queued = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |queued: &mut usize| *queued > 0 && *queued + bytes > ALLOWANCE;
        let mut queued = self.given_back.wait_while(queued, full).unwrap_or_else(PoisonError::into_inner);
        *queued += bytes;
        Queued { document, bytes, queue: Arc::clone(self) }
    }
}

/// A document that holds a part of the allowance until it is taken out or dropped.
pub struct Queued {
    document: TantivyDocument,
    bytes: usize,
    queue: Arc<Queue>,
}

impl Drop for Queued {
    fn drop(&mut self) {
        *self.queue.bytes.lock().unwrap_or_else(PoisonError::into_inner) -= self.bytes;
        self.queue.given_back.notify_all();
    }
}

impl Document for Queued {
    type Value<'a> = <TantivyDocument as Document>::Value<'a>;
    type FieldsValuesIter<'a> = <TantivyDocument as Document>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.document.iter_fields_and_values()
    }

    fn into_tantivy_document(mut self) -> TantivyDocument {
        std::mem::take(&mut self.document)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queued(queue: &Arc<Queue>) -> usize {
        *queue.bytes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    #[test]
    fn a_document_waits_for_room_and_gives_it_back() {
        let queue = Arc::<Queue>::default();
        let large = queue.admit(TantivyDocument::new(), 2 * ALLOWANCE);
        let (told, heard) = std::sync::mpsc::channel();
        let waiting = std::thread::spawn({
            let queue = Arc::clone(&queue);
            move || {
                let small = queue.admit(TantivyDocument::new(), 1);
                told.send(queued(&queue)).unwrap();
                drop(small);
            }
        });
        assert!(heard.recv_timeout(std::time::Duration::from_millis(50)).is_err(), "there is no room yet");
        let _ = large.into_tantivy_document();
        assert_eq!(heard.recv_timeout(std::time::Duration::from_secs(10)).unwrap(), 1);
        waiting.join().unwrap();
        assert_eq!(queued(&queue), 0);
    }
}
