//! An answer of HTTP: any head and body has one outcome, without panic, and never more content than the cap.
#![no_main]

use std::time::Duration;

use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;
use twindex::visit::outcome::{Asked, of, readable};
use twindex::visit::{Exchange, Purpose};
use url::Url;

const CAP: u64 = 4096;

fuzz_target!(|bytes: &[u8]| {
    let end = bytes.windows(2).position(|pair| pair == b"\n\n").unwrap_or(bytes.len());
    let (head, body) = bytes.split_at(end);
    let status = [200, 304, 301, 404, 429, 500][usize::from(head.first().copied().unwrap_or(0)) % 6];
    let head = [b"HTTP/1.1 200 OK\r\n", head, b"\r\n\r\n"].concat();
    let answer = Exchange { request: Vec::new(), status, head, body: body.to_vec(), ip: None, truncated: false };
    let url = Url::parse("http://mesto.test/a/b").expect("an address");
    let outcome = of(&answer, None, Asked { url: &url, at: Timestamp::UNIX_EPOCH, backoff: Duration::from_secs(1) });
    let _outcome = readable(outcome, &answer, (&url, Purpose::Detail), CAP);
    assert!(answer.content(CAP).is_ok_and(|content| content.len() as u64 <= CAP) || answer.content(CAP).is_err());
});
