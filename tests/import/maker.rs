//! WARC files as other programs write them: the same pages, each program's own habits.

use std::io::Write;

use data_encoding::BASE32;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha1::{Digest, Sha1};

/// Whose habits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// WARC 1.0, addresses in angle brackets, chunked bodies as they came over the wire, request before response.
    Wget,
    /// WARC 1.0, response before request, body gzip-coded.
    Warcio,
    /// WARC 1.1, fractions of seconds, digests in SHA-256, resources under addresses of its own, the coding taken off.
    Browsertrix,
    /// WARC 1.0, response, request and metadata, base 32 digests.
    Heritrix,
    /// One gzip member for the whole file.
    PackedWhole,
    /// Not packed at all, no requests.
    Plain,
    /// Resource records: bytes without an answer around them.
    Resources,
}

impl Kind {
    pub const ALL: [Self; 7] =
        [Self::Wget, Self::Warcio, Self::Browsertrix, Self::Heritrix, Self::PackedWhole, Self::Plain, Self::Resources];
}

pub struct Page {
    pub url: String,
    pub body: Vec<u8>,
}

impl Page {
    pub fn html(url: &str, text: &str) -> Self {
        Self { url: url.to_owned(), body: text.as_bytes().to_vec() }
    }
}

pub struct Maker {
    kind: Kind,
    at: String,
    origin: bool,
    count: usize,
    out: Vec<Vec<u8>>,
}

pub fn maker(kind: Kind) -> Maker {
    Maker { kind, at: String::new(), origin: true, count: 0, out: Vec::new() }
}

impl Maker {
    pub fn at(mut self, at: &str) -> Self {
        self.at = if self.kind == Kind::Browsertrix { at.replace('Z', ".123Z") } else { at.to_owned() };
        self
    }

    /// Revisits say address and date of the first capture.
    pub fn telling_origin(mut self) -> Self {
        self.origin = true;
        self
    }

    /// Revisits say the digest alone.
    pub fn telling_digest(mut self) -> Self {
        self.origin = false;
        self
    }

    pub fn write(mut self, pages: &[Page]) -> Vec<u8> {
        self.record("warcinfo", "", &[("Content-Type", "application/warc-fields")], b"software: other\r\n");
        for page in pages {
            let request = format!("GET {} HTTP/1.1\r\nHost: mesto.test\r\n\r\n", page.url);
            let response = self.answer(page);
            match self.kind {
                Kind::Wget => {
                    self.record("request", &page.url, &[("Content-Type", "application/http;msgtype=request")], request.as_bytes());
                    self.response(page, &response);
                }
                Kind::Resources => self.record("resource", &page.url, &[("Content-Type", "text/html; charset=utf-8")], &page.body),
                Kind::Plain => self.response(page, &response),
                _ => {
                    self.response(page, &response);
                    self.record("request", &page.url, &[("Content-Type", "application/http; msgtype=request")], request.as_bytes());
                    if self.kind == Kind::Browsertrix {
                        self.record("resource", &format!("urn:pageinfo:{}", page.url), &[("Content-Type", "application/json")], b"{}");
                    }
                    if self.kind == Kind::Heritrix {
                        self.record("metadata", &page.url, &[("Content-Type", "application/warc-fields")], b"fetchTimeMs: 12\r\n");
                    }
                }
            }
        }
        self.pack()
    }

    /// Every page was the same as when it was first had.
    pub fn revisits(mut self, pages: &[Page]) -> Vec<u8> {
        for page in pages {
            let digest = digest(&page.body);
            let mut fields = vec![
                ("Content-Type", "application/http; msgtype=response"),
                ("WARC-Profile", "http://netpreserve.org/warc/1.0/revisit/identical-payload-digest"),
            ];
            if self.origin {
                fields.extend([("WARC-Refers-To-Target-URI", &*page.url), ("WARC-Refers-To-Date", "2020-02-01T10:00:00Z")]);
            } else {
                fields.push(("WARC-Payload-Digest", &digest));
            }
            self.record("revisit", &page.url, &fields, b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n");
        }
        self.pack()
    }

    fn response(&mut self, page: &Page, block: &[u8]) {
        let claimed = if self.kind == Kind::Browsertrix { "sha256:0a0a".to_owned() } else { digest(&page.body) };
        self.record(
            "response",
            &page.url,
            &[("Content-Type", "application/http; msgtype=response"), ("WARC-Payload-Digest", &claimed)],
            block,
        );
    }

    fn answer(&self, page: &Page) -> Vec<u8> {
        let (fields, body) = match self.kind {
            Kind::Wget => ("Transfer-Encoding: chunked\r\n", chunked(&page.body)),
            Kind::Warcio => ("Content-Encoding: gzip\r\n", gzip(&page.body)),
            // The field is left though the coding is not.
            Kind::Browsertrix => ("Content-Encoding: gzip\r\n", page.body.clone()),
            _ => ("", page.body.clone()),
        };
        [format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{fields}\r\n").as_bytes(), &body].concat()
    }

    fn record(&mut self, kind: &str, url: &str, fields: &[(&str, &str)], block: &[u8]) {
        self.count += 1;
        let version = if self.kind == Kind::Browsertrix { "WARC/1.1" } else { "WARC/1.0" };
        let mut head = format!(
            "{version}\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{:012}>\r\nWARC-Date: {}\r\n",
            self.count, self.at
        );
        if !url.is_empty() {
            let url = if self.kind == Kind::Wget { format!("<{url}>") } else { url.to_owned() };
            head.extend(["WARC-Target-URI: ", &url, "\r\n"]);
        }
        for (name, value) in fields {
            head.extend([name, ": ", value, "\r\n"]);
        }
        head.extend(["Content-Length: ", &block.len().to_string(), "\r\n\r\n"]);
        self.out.push([head.as_bytes(), block, b"\r\n\r\n"].concat());
    }

    fn pack(self) -> Vec<u8> {
        match self.kind {
            Kind::Plain => self.out.concat(),
            Kind::PackedWhole => gzip(&self.out.concat()),
            _ => self.out.iter().flat_map(|record| gzip(record)).collect(),
        }
    }
}

fn digest(body: &[u8]) -> String {
    format!("sha1:{}", BASE32.encode(&Sha1::digest(body)))
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap()
}

fn chunked(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for chunk in body.chunks(100) {
        out.extend(format!("{:x}\r\n", chunk.len()).bytes());
        out.extend(chunk);
        out.extend(b"\r\n");
    }
    out.extend(b"0\r\n\r\n");
    out
}
