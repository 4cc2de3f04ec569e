//! Documents: PDF, DOCX, ODT and whatever else a server sends; no bytes panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use twindex::extract::attachment;

fuzz_target!(|bytes: &[u8]| {
    let name = ["a.pdf", "a.docx", "a.odt", "a"][bytes.len() % 4];
    let _document = attachment::read(None, name, bytes);
});
