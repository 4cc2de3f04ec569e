//! Files that other programs wrote.

use twindex::pages::{Event, replay_file};
use twindex::visit::{Outcome, Purpose};

use super::gzip;

/// As GNU Wget writes: version 1.0, angle brackets, the request before a response in chunks.
fn foreign() -> Vec<u8> {
    let record = |kind: &str, id: u32, more: &str, block: &str| {
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{id}>\r\nWARC-Date: 2020-05-05T05:05:05Z\r\n{more}\
             Content-Length: {}\r\n\r\n{block}\r\n\r\n",
            block.len()
        )
    };
    let target = "WARC-Target-URI: <http://jinde.test/x>\r\n";
    [
        record("warcinfo", 1, "", "software: Wget\r\n"),
        record("request", 2, target, "GET /x HTTP/1.1\r\n\r\n"),
        record(
            "response",
            3,
            &format!("{target}WARC-Concurrent-To: <urn:uuid:2>\r\n"),
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4;x=y\r\nWiki\r\n5\r\npedia\r\n0\r\n\r\n",
        ),
        record("resource", 4, "WARC-Target-URI: metadata://gnu.org/\r\n", "x"),
        record("response", 5, "WARC-Target-URI: http://jinde.test/robots.txt\r\n", "HTTP/1.1 404 No\r\n\r\n"),
    ]
    .concat()
    .into_bytes()
}

#[test]
fn files_of_others_are_read_however_they_are_packed() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("wget.warc.gz");
    for bytes in [gzip(&foreign()), foreign()] {
        std::fs::write(&path, bytes).unwrap();
        let events: Vec<_> = replay_file(&path).unwrap().map(Result::unwrap).collect();
        let [Event::RunBegins { .. }, Event::Visit { visit: one, .. }, Event::Visit { visit: two, .. }] = &events[..] else {
            panic!("{events:?}")
        };
        let exchange = one.exchange.as_ref().unwrap();
        assert_eq!((one.url.as_str(), &one.outcome), ("http://jinde.test/x", &Outcome::Page));
        assert_eq!(exchange.request, b"GET /x HTTP/1.1\r\n\r\n");
        assert_eq!(exchange.body, b"Wikipedia");
        assert_eq!(exchange.header("X-Archive-Orig-Transfer-Encoding").as_deref(), Some("chunked"));
        assert_eq!((two.purpose, &two.outcome), (Purpose::Robots, &Outcome::Gone));
    }
}

#[test]
fn a_record_that_claims_too_much_is_not_believed() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("bomb.warc.gz");
    let claim = b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 99999999999999\r\n\r\nHTTP/1.1 200 OK\r\n\r\n";
    std::fs::write(&path, gzip(claim)).unwrap();
    let events: Vec<_> = replay_file(&path).unwrap().map(Result::unwrap).collect();
    assert!(matches!(&events[..], [Event::Damaged { why, .. }] if why.contains("claims")), "{events:?}");
}
