//! Records into gzip members (RFC 1952), with one compressor for all of a file: making one takes as long as packing a page.

use std::io;

use flate2::{Compress, Compression, Crc, FlushCompress, Status};

/// Deflate, no flags, no time, no name, default effort, unknown system.
const HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
/// Bytes that the output grows by at the least.
const STEP: usize = 1 << 10;

#[derive(Debug)]
pub(super) struct Packer(Compress);

impl Default for Packer {
    fn default() -> Self {
        Self(Compress::new(Compression::default(), false))
    }
}

impl Packer {
    /// These parts, one after the other, as a member of its own.
    pub(super) fn member(&mut self, parts: &[&[u8]]) -> io::Result<Vec<u8>> {
        self.0.reset();
        let mut sum = Crc::new();
        let mut out = HEADER.to_vec();
        for part in parts {
            sum.update(part);
            let begun = self.0.total_in();
            while let Some(rest) = part.get((self.0.total_in() - begun) as usize..).filter(|rest| !rest.is_empty()) {
                self.step(rest, &mut out, FlushCompress::None)?;
            }
        }
        while self.step(&[], &mut out, FlushCompress::Finish)? != Status::StreamEnd {}
        out.extend(sum.sum().to_le_bytes());
        out.extend(sum.amount().to_le_bytes());
        Ok(out)
    }

    fn step(&mut self, input: &[u8], out: &mut Vec<u8>, flush: FlushCompress) -> io::Result<Status> {
        out.reserve(STEP.max(input.len() / 4));
        self.0.compress_vec(input, out, flush).map_err(io::Error::from)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};

    use flate2::{read::MultiGzDecoder, write::GzEncoder};

    use super::*;

    #[test]
    fn members_are_those_of_a_compressor_of_their_own() {
        let noise: Vec<u8> = (0..200_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let even = vec![b'a'; 90_000];
        let records: [&[&[u8]]; 4] = [&[b"WARC/1.1\r\n", b"", &noise], &[], &[&noise[..7], &noise], &[&even]];
        let mut packer = Packer::default();
        for parts in records {
            let member = packer.member(parts).unwrap();
            let mut alone = GzEncoder::new(Vec::new(), Compression::default());
            for part in parts {
                alone.write_all(part).unwrap();
            }
            let mut plain = Vec::new();
            MultiGzDecoder::new(member.as_slice()).read_to_end(&mut plain).unwrap();
            assert_eq!(plain, parts.concat());
            assert!(member == alone.finish().unwrap());
        }
    }
}
