//! WARC files of others: every event is a value, none a panic.
#![no_main]

use std::io::Write;

use libfuzzer_sys::fuzz_target;
use twindex::pages::replay_file;

fuzz_target!(|bytes: &[u8]| {
    let mut file = tempfile::Builder::new().suffix(".warc").tempfile().expect("a file");
    file.write_all(bytes).expect("written");
    if let Ok(events) = replay_file(file.path()) {
        // A reader that goes on for ever would be a fault as well.
        assert!(events.take(bytes.len() + 2).count() <= bytes.len() + 1);
    }
});
