//! Content codings taken off (RFC 9110 §8.4): gzip, and deflate, which nobody asked for, in any short chain.
//!
//! Reads what browsers read: several members, rubbish after the last one, deflate with or without its zlib frame,
//! and labels that are not so: a coding that does not exist, or gzip over bytes that do not begin as gzip, means none.
//! Refuses: a coding that exists and is not read here (a failure, not a guess) and long chains of bombs.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::GzDecoder;
use flate2::{Decompress, FlushDecompress, Status};

/// Codings on top of one another.
const MAX_CODINGS: usize = 3;

/// Codings of the IANA registry that are not read here: over them, bytes are not what they seem.
const OTHERS: [&str; 9] = ["br", "zstd", "compress", "x-compress", "dcb", "dcz", "aes128gcm", "exi", "pack200-gzip"];

/// Why there is no content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undecodable {
    pub why: String,
    /// The bytes ended before their coding did: another attempt may get them all.
    pub ends_early: bool,
}

impl Undecodable {
    pub(super) fn lasting(why: String) -> Self {
        Self { why, ends_early: false }
    }
}

/// The first `cap` bytes behind the codings, in the order of the header field, and why there are no more.
pub(super) fn decoded(body: &[u8], codings: &[String], cap: u64) -> (Vec<u8>, Result<(), Undecodable>) {
    let mut out = Vec::new();
    let read = chain(body, codings).and_then(|reader| {
        let read = reader.take(cap).read_to_end(&mut out);
        read.map(drop).map_err(|error| Undecodable {
            why: format!("broken {} body: {error}", codings.join(", ")),
            ends_early: error.kind() == io::ErrorKind::UnexpectedEof,
        })
    });
    (out, read)
}

fn chain<'a>(body: &'a [u8], codings: &[String]) -> Result<Box<dyn BufRead + 'a>, Undecodable> {
    let mut reader: Box<dyn BufRead + 'a> = Box::new(body);
    // Nothing is nothing, whatever it is said to be packed in.
    if body.is_empty() {
        return Ok(reader);
    }
    // A charset, `none` and the like have no place here; owners put them here all the same, and mean no coding.
    let known = |coding: &&str| matches!(*coding, "gzip" | "x-gzip" | "deflate") || OTHERS.contains(coding);
    let codings: Vec<&str> = codings.iter().map(String::as_str).filter(known).collect();
    if codings.len() > MAX_CODINGS {
        return Err(Undecodable::lasting(format!("{} content codings on top of one another", codings.len())));
    }
    // The last named was applied last.
    for coding in codings.iter().rev() {
        let start = reader.fill_buf().unwrap_or_default();
        let gzip = start.starts_with(&[0x1f, 0x8b]);
        let inner: Box<dyn Read + 'a> = match *coding {
            "gzip" | "x-gzip" | "deflate" if gzip => Box::new(Members(Some(GzDecoder::new(reader)))),
            "gzip" | "x-gzip" => Box::new(reader),
            "deflate" => Box::new(Inflate::new(framed(start), reader)),
            other => return Err(Undecodable::lasting(format!("packed in {other}, which was not asked for and is not read"))),
        };
        reader = Box::new(BufReader::new(inner));
    }
    Ok(reader)
}

/// The two bytes that a zlib stream begins with (RFC 1950 §2.2); many servers leave the frame out.
fn framed(start: &[u8]) -> bool {
    matches!(start, [method, flags, ..] if method & 0x0f == 8 && u16::from_be_bytes([*method, *flags]) % 31 == 0)
}

/// A deflate stream that must come to its own end; what follows it is left.
struct Inflate<R> {
    reader: R,
    state: Decompress,
    ended: bool,
}

impl<R> Inflate<R> {
    fn new(framed: bool, reader: R) -> Self {
        Self { reader, state: Decompress::new(framed), ended: false }
    }
}

impl<R: BufRead> Read for Inflate<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while !self.ended && !buffer.is_empty() {
            let input = self.reader.fill_buf()?;
            let at_end = input.is_empty();
            let (taken, made) = (self.state.total_in(), self.state.total_out());
            let status = self.state.decompress(input, buffer, FlushDecompress::None)?;
            let (taken, made) = (self.state.total_in() - taken, self.state.total_out() - made);
            self.reader.consume(taken as usize);
            self.ended = status == Status::StreamEnd;
            if made > 0 {
                return Ok(made as usize);
            }
            if at_end && !self.ended {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        Ok(0)
    }
}

/// One gzip member after the other; what follows the last and is none ends the stream, as with gzip(1).
struct Members<R: BufRead>(Option<GzDecoder<R>>);

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(member) = self.0.as_mut().filter(|_| !buffer.is_empty()) {
            let count = member.read(buffer)?;
            if count > 0 {
                return Ok(count);
            }
            let Some(mut rest) = self.0.take().map(GzDecoder::into_inner) else { break };
            if rest.fill_buf()?.first() == Some(&0x1f) {
                self.0 = Some(GzDecoder::new(rest));
            }
        }
        Ok(0)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
    use proptest::prelude::*;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut out = GzEncoder::new(Vec::new(), Compression::fast());
        out.write_all(bytes).unwrap();
        out.finish().unwrap()
    }

    fn read(body: &[u8], codings: &str) -> Result<String, Undecodable> {
        let codings: Vec<String> = codings.split_whitespace().map(str::to_owned).collect();
        let (out, end) = decoded(body, &codings, 1 << 20);
        end.map(|()| String::from_utf8_lossy(&out).into_owned())
    }

    #[test]
    fn codings_come_off_in_reverse() {
        let mut deflate = DeflateEncoder::new(Vec::new(), Compression::fast());
        deflate.write_all(b"text").unwrap();
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::fast());
        zlib.write_all(&gzip(b"text")).unwrap();
        for (body, codings) in [
            (b"text".to_vec(), ""),
            (b"text".to_vec(), "identity utf-8 none"),
            (b"text".to_vec(), "gzip"),
            (gzip(b"text"), "deflate"),
            (gzip(b"text"), "gzip gzip"),
            (gzip(b"text"), "gzip x-own-coding"),
            (gzip(b"text"), "gzip"),
            (gzip(&gzip(b"text")), "gzip x-gzip"),
            ([gzip(b"te"), gzip(b""), gzip(b"xt")].concat(), "gzip"),
            ([gzip(b"text"), b"\0\0\0 rubbish".to_vec()].concat(), "gzip"),
            (deflate.finish().unwrap(), "deflate"),
            (zlib.finish().unwrap(), "gzip deflate"),
        ] {
            assert_eq!(read(&body, codings), Ok("text".to_owned()), "{codings}");
        }
        assert_eq!(read(b"", "gzip"), Ok(String::new()));
    }

    #[test]
    fn what_is_broken_or_unknown_is_said() {
        let text = b"a long enough text ".repeat(9);
        let whole = gzip(&text);
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::fast());
        zlib.write_all(&text).unwrap();
        let zlib = zlib.finish().unwrap();
        let mut raw = DeflateEncoder::new(Vec::new(), Compression::fast());
        raw.write_all(&text).unwrap();
        let raw = raw.finish().unwrap();
        for (body, codings, ends_early) in [
            (&whole[..whole.len() - 3], "gzip", true),
            (&whole[..12], "gzip", true),
            (&zlib[..zlib.len() - 9], "deflate", true),
            (&raw[..raw.len() - 3], "deflate", true),
            (&b"<p>plain</p>"[..], "deflate", false),
            (&whole[..], "br", false),
            (&whole[..], "gzip gzip gzip gzip", false),
        ] {
            assert_eq!(read(body, codings).expect_err(codings).ends_early, ends_early, "{codings}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), cut in 0..60_usize, coding in 0..3_usize) {
            let coding = [["gzip"], ["deflate"], ["x-gzip"]][coding].map(str::to_owned);
            let packed = gzip(&bytes);
            for body in [&bytes[..], &packed[..packed.len() - cut.min(packed.len())]] {
                prop_assert!(decoded(body, &coding, 64).0.len() <= 64);
            }
        }
    }
}
