//! A reader of foreign bytes on a thread of its own, with a deadline.
//!
//! Rust cannot stop a thread. One that overruns is left to end by itself: its work is bounded by the caps on
//! input, inflated bytes and pages, so it ends in time, and its late answer falls into a closed channel. At most
//! `MAX_LEFT` may be left behind at once; while they are, further documents are refused instead of piling up.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use super::reading::Reading;

/// Time that one document may take.
pub const DEADLINE: Duration = Duration::from_secs(10);
/// Stack of a reader; the PDF parser descends about a hundred levels in frames of some kilobytes.
const STACK: usize = 16 << 20;
/// Readers that overran and still run.
const MAX_LEFT: usize = 4;

static LEFT: AtomicUsize = AtomicUsize::new(0);

pub fn run(bytes: &[u8], reader: fn(&[u8]) -> Reading) -> Reading {
    run_for(bytes, reader, DEADLINE)
}

fn run_for(bytes: &[u8], reader: fn(&[u8]) -> Reading, deadline: Duration) -> Reading {
    if LEFT.load(Ordering::Relaxed) >= MAX_LEFT {
        return Err("too many slow documents at once".to_owned());
    }
    let (sender, receiver) = mpsc::sync_channel(1);
    let bytes = bytes.to_vec();
    let work = move || {
        let reading = catch_unwind(AssertUnwindSafe(|| reader(&bytes))).unwrap_or_else(|_| Err("the reader failed on it".to_owned()));
        if sender.send(reading).is_err() {
            LEFT.fetch_sub(1, Ordering::Relaxed);
        }
    };
    if let Err(error) = thread::Builder::new().name("attachment".to_owned()).stack_size(STACK).spawn(work) {
        return Err(format!("no thread for it: {error}"));
    }
    receiver.recv_timeout(deadline).unwrap_or_else(|_| {
        LEFT.fetch_add(1, Ordering::Relaxed);
        Err(format!("took longer than {} s", deadline.as_secs()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_and_an_overrun_are_answers() {
        assert!(run(b"", |_| panic!("foreign bytes")).is_err());
        let slow = run_for(
            b"",
            |_| {
                thread::sleep(Duration::from_millis(200));
                Ok((String::new(), None))
            },
            Duration::from_millis(20),
        );
        assert!(slow.is_err());
        assert_eq!(run(b"x", |bytes| Ok((String::from_utf8_lossy(bytes).into_owned(), None))), Ok(("x".to_owned(), None)));
    }
}
