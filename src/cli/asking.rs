//! How a question is asked on the command line, and how its understanding is told: the same in every command that takes one.

use super::output::{Output, clean};
use crate::search::{Count, Options, ReadAs, Reading};

/// How a question is read and counted.
#[derive(Clone, Copy, Debug, Default, clap::Args)]
pub struct How {
    /// Refuse a query that cannot be read as written, and say how to mend it
    #[arg(long)]
    pub strict: bool,
    /// Count every notice that has any of the words, not only those that have them all
    #[arg(long)]
    pub any: bool,
    /// Take words as words: read no dates, sizes or countries out of them
    #[arg(long)]
    pub literal: bool,
}

impl How {
    pub fn options(self) -> Options {
        Options {
            strict: self.strict,
            count: if self.any { Count::Any } else { Count::Full },
            reading: if self.literal { Reading::Literal } else { Reading::Facts },
            ..Options::default()
        }
    }
}

/// Tells which words were taken for facts, what could not be read as written, and what a filter leaves out.
pub fn tell(read_as: &[ReadAs], hints: &[String], unmet: &[String], out: &mut Output) {
    if !read_as.is_empty() {
        let read: Vec<&str> = read_as.iter().map(|read| read.filter.as_str()).collect();
        let words: Vec<String> = read_as.iter().map(|read| format!("\"{}\"", read.words)).collect();
        let (read, words) = (clean(&read.join(" · ")), clean(&words.join(" ")));
        out.hint(format_args!("read as: {read}; --literal, or quotation marks as in {words}, keeps the words"));
    }
    for hint in hints {
        out.hint(format_args!("{}", clean(hint)));
    }
    if !unmet.is_empty() {
        out.hint(format_args!("no notice has: {}", clean(&unmet.join(", "))));
    }
}

/// Tells how many have only a part of the question where those are not counted.
pub fn tell_partial(counted: usize, partial: usize, out: &mut Output) {
    match (counted, partial) {
        (_, 0) => {}
        (0, 1) => out.hint(format_args!("no notice has all of the question; 1 has a part of it (--any counts it)")),
        (0, _) => out.hint(format_args!("no notice has all of the question; {partial} have a part of it (--any counts them)")),
        _ => out.hint(format_args!("{partial} more with a part of the question are not counted (--any counts them)")),
    }
}
