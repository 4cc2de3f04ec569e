//! robots.txt: no bytes panic, and what forbids is printable.
#![no_main]

use libfuzzer_sys::fuzz_target;
use twindex::crawl::robots::{Robots, TOKEN};

fuzz_target!(|bytes: &[u8]| {
    let (path, text) = bytes.split_at(bytes.len().min(bytes.first().map_or(0, |first| usize::from(*first))));
    let rule = Robots::parse(text, TOKEN).forbids(&String::from_utf8_lossy(path));
    assert!(rule.is_none_or(|rule| rule.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ')));
});
