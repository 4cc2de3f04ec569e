//! Content codings taken off (RFC 9110 §8.4): gzip, and deflate, which nobody asked for, in any short chain.
//!
//! Reads what browsers read: several members, rubbish after the last one, deflate with or without its zlib frame,
//! a charset named as a coding. Refuses: an unknown coding (a failure, not a guess) and long chains of bombs.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::{DeflateDecoder, GzDecoder, ZlibDecoder};

/// Codings on top of one another.
const MAX_CODINGS: usize = 3;

/// The first `cap` bytes behind the codings, in the order of the header field, and why there are no more.
pub(super) fn decoded(body: &[u8], codings: &[String], cap: u64) -> (Vec<u8>, Result<(), String>) {
    let mut out = Vec::new();
    let read = chain(body, codings).and_then(|reader| {
        let read = reader.take(cap).read_to_end(&mut out);
        read.map(drop).map_err(|error| format!("broken {} body: {error}", codings.join(", ")))
    });
    (out, read)
}

fn chain<'a>(body: &'a [u8], codings: &[String]) -> Result<Box<dyn BufRead + 'a>, String> {
    let mut reader: Box<dyn BufRead + 'a> = Box::new(body);
    // Nothing is nothing, whatever it is said to be packed in.
    if body.is_empty() {
        return Ok(reader);
    }
    // A charset has no place here; owners put it here all the same, and mean no coding.
    let plain = |coding: &str| coding == "identity" || encoding_rs::Encoding::for_label(coding.as_bytes()).is_some();
    let codings: Vec<&str> = codings.iter().map(String::as_str).filter(|coding| !plain(coding)).collect();
    if codings.len() > MAX_CODINGS {
        return Err(format!("{} content codings on top of one another", codings.len()));
    }
    // The last named was applied last.
    for coding in codings.iter().rev() {
        let inner: Box<dyn Read + 'a> = match *coding {
            "gzip" | "x-gzip" => Box::new(Members(Some(GzDecoder::new(reader)))),
            "deflate" if framed(reader.fill_buf().unwrap_or_default()) => Box::new(ZlibDecoder::new(reader)),
            "deflate" => Box::new(DeflateDecoder::new(reader)),
            other => return Err(format!("unknown content coding {other:.40?}")),
        };
        reader = Box::new(BufReader::new(inner));
    }
    Ok(reader)
}

/// The two bytes that a zlib stream begins with (RFC 1950 §2.2); many servers leave the frame out.
fn framed(start: &[u8]) -> bool {
    matches!(start, [method, flags, ..] if method & 0x0f == 8 && u16::from_be_bytes([*method, *flags]) % 31 == 0)
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

    fn read(body: &[u8], codings: &str) -> Result<String, String> {
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
            (b"text".to_vec(), "identity utf-8"),
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
        let whole = gzip(&b"a long enough text ".repeat(9));
        for (body, codings) in [
            (&whole[..whole.len() - 3], "gzip"),
            (&whole[..12], "gzip"),
            (&b"<p>plain</p>"[..], "gzip"),
            (&whole[..], "br"),
            (&whole[..], "gzip gzip gzip gzip"),
        ] {
            assert!(read(body, codings).is_err(), "{codings}");
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
