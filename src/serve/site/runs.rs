//! Sorting what does not fit into memory: runs of lines on the disk, merged at the end (an external merge sort).
//!
//! Values of one key keep the order in which they came. Refuses: keys and values with tabs or line breaks, which words have not.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Lines, Seek, Write};
use std::path::PathBuf;

/// Bytes of keys and values that are held before they go to the disk.
const HELD: usize = 24 << 20;
/// About what a key costs beside its letters.
const KEY: usize = 64;

/// Keys with their values, each a word; values of a key are joined by blanks.
pub struct Runs {
    folder: PathBuf,
    held: BTreeMap<String, String>,
    bytes: usize,
    files: Vec<File>,
    most: usize,
}

impl Runs {
    /// Runs go to nameless files in this folder.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, held: BTreeMap::new(), bytes: 0, files: Vec::new(), most: HELD }
    }

    pub fn add(&mut self, key: &str, value: &str) -> io::Result<()> {
        self.bytes += value.len() + 1;
        if let Some(values) = self.held.get_mut(key) {
            values.push(' ');
            values.push_str(value);
        } else {
            self.bytes += key.len() + KEY;
            self.held.insert(key.to_owned(), value.to_owned());
        }
        if self.bytes > self.most { self.spill() } else { Ok(()) }
    }

    /// The same, unless the key has that value in memory already.
    pub fn add_once(&mut self, key: &str, value: &str) -> io::Result<()> {
        let known = self.held.get(key).is_some_and(|values| values.split(' ').any(|known| known == value));
        if known { Ok(()) } else { self.add(key, value) }
    }

    fn spill(&mut self) -> io::Result<()> {
        let mut out = BufWriter::new(tempfile::tempfile_in(&self.folder)?);
        for (key, values) in std::mem::take(&mut self.held) {
            writeln!(out, "{key}\t{values}")?;
        }
        let mut file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        self.files.push(file);
        self.bytes = 0;
        Ok(())
    }

    /// Every key once, in the order of its bytes, with all its values.
    pub fn merged(mut self) -> io::Result<Merged> {
        self.spill()?;
        let mut runs = Vec::new();
        for file in self.files {
            let mut run = Run { lines: BufReader::new(file).lines(), head: None };
            run.advance()?;
            runs.push(run);
        }
        Ok(Merged { runs })
    }
}

struct Run {
    lines: Lines<BufReader<File>>,
    head: Option<(String, String)>,
}

impl Run {
    fn advance(&mut self) -> io::Result<Option<(String, String)>> {
        let next = self.lines.next().transpose()?;
        let next = next
            .map(|line| line.split_once('\t').map_or((line.clone(), String::new()), |(key, values)| (key.to_owned(), values.to_owned())));
        Ok(std::mem::replace(&mut self.head, next))
    }
}

pub struct Merged {
    runs: Vec<Run>,
}

impl Iterator for Merged {
    type Item = io::Result<(String, String)>;

    fn next(&mut self) -> Option<Self::Item> {
        let least = self.runs.iter().filter_map(|run| run.head.as_ref().map(|(key, _)| key)).min()?.clone();
        let mut all = String::new();
        for run in self.runs.iter_mut().filter(|run| run.head.as_ref().is_some_and(|(key, _)| *key == least)) {
            match run.advance() {
                Ok(Some((_, values))) => {
                    if !all.is_empty() {
                        all.push(' ');
                    }
                    all.push_str(&values);
                }
                Ok(None) => {}
                Err(error) => return Some(Err(error)),
            }
        }
        Some(Ok((least, all)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_went_to_the_disk_comes_back_in_order() {
        let folder = tempfile::tempdir().expect("a folder");
        for most in [HELD, 100, 0] {
            let mut runs = Runs { most, ..Runs::new(folder.path().to_owned()) };
            for number in 0..50 {
                runs.add(["voda", "les", "ž"][number % 3], &number.to_string()).expect("written");
                runs.add_once("vždy", "a").expect("written");
            }
            let merged: Vec<(String, String)> = runs.merged().and_then(Iterator::collect).expect("read");
            let keys: Vec<&str> = merged.iter().map(|(key, _)| key.as_str()).collect();
            assert_eq!(keys, ["les", "voda", "vždy", "ž"]);
            let of_wood: Vec<usize> = merged[0].1.split(' ').map(|value| value.parse().expect("a number")).collect();
            assert_eq!(of_wood, (0..50).filter(|number| number % 3 == 1).collect::<Vec<_>>());
        }
        assert_eq!(folder.path().read_dir().expect("a folder").count(), 0);
    }
}
