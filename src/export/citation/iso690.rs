//! Citations in Czech after ČSN ISO 690:2022 (contribution to a web site), one a line, for the end of a paper.

use std::io::{self, Write};

use super::{Citation, day};
use crate::export::{Counts, Exported, Metadata, RecordWriter};

pub(in crate::export) struct Iso690<'a> {
    metadata: &'a Metadata,
    out: &'a mut dyn Write,
    count: u64,
}

impl<'a> Iso690<'a> {
    pub fn new(metadata: &'a Metadata, out: &'a mut dyn Write) -> Self {
        Self { metadata, out, count: 0 }
    }
}

impl RecordWriter for Iso690<'_> {
    fn begin(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn record(&mut self, exported: &Exported) -> io::Result<()> {
        self.count += 1;
        writeln!(self.out, "{}", reference(&Citation::of(exported, self.metadata)))
    }

    fn end(&mut self) -> io::Result<Counts> {
        Ok(Counts::of(self.count))
    }
}

/// Publisher. Title [online]. Date [cit. day]. Address. The archived copy.
fn reference(citation: &Citation<'_>) -> String {
    // "b. r.": without a year.
    let published = citation.published.map_or_else(|| "[b. r.]".to_owned(), |day| day.strftime("%-d. %-m. %Y").to_string());
    let gone = citation.gone_since.map_or_else(String::new, |since| format!(" Na webu odstraněno, zjištěno {}.", day(since)));
    let archived = format!(
        "Archivní kopie {}, {}, záznam {}, verze {}.",
        citation.accessed.strftime("%F %T UTC"),
        citation.digest,
        citation.id,
        citation.version
    );
    format!(
        "{} {} [online]. {published} [cit. {}]. Dostupné z: {}.{gone} {archived}",
        ended(&citation.publisher),
        citation.title,
        citation.accessed_on(),
        citation.url
    )
}

/// With a full stop, unless the name has one.
fn ended(name: &str) -> String {
    if name.ends_with('.') { name.to_owned() } else { format!("{name}.") }
}
