//! Documents: PDF, DOCX, ODT and whatever else a server sends; no bytes panic. Of DOCX and ODT the bytes are the XML inside, since
//! chance never makes a ZIP whose sums are right.
#![no_main]

use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;
use twindex::extract::attachment;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, rest)) = bytes.split_first() else { return };
    let (name, file) = match kind % 4 {
        0 => ("a.pdf", [b"%PDF-1.4\n".as_slice(), rest].concat()),
        1 => ("a.docx", zipped("word/document.xml", rest)),
        2 => ("a.odt", zipped("content.xml", rest)),
        _ => ("a", rest.to_vec()),
    };
    let read = attachment::read(None, name, &file);
    assert!(read.text.is_some() || !read.problems.is_empty(), "nothing is said");
});

fn zipped(part: &str, xml: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file(part, SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored)).expect("a part");
    zip.write_all(xml).expect("written");
    zip.finish().expect("a ZIP").into_inner()
}
