//! Citations of notices, with the archived page's time and digest: what a bibliography needs to lead a reader to the words
//! that were read, also when the site has dropped them.
//!
//! A style is a function that writes a citation, and what stands around them: ČSN ISO 690:2022 in Czech, BibTeX, RIS, CSL-JSON.
//! Refuses: to ask the archive; what is said of a notice stands in `item`.

mod bibtex;
mod csl;
mod iso690;
mod item;
mod ris;

use std::io::{self, Write};

use item::Citation;

use super::{Counts, Exported, Metadata, RecordWriter};

/// How citations are written.
pub(super) struct Style {
    /// Before the first, between two, after the last.
    around: [&'static str; 3],
    entry: fn(&Citation<'_>) -> String,
}

const PLAIN: [&str; 3] = ["", "", ""];
pub(super) static ISO690: Style = Style { around: PLAIN, entry: iso690::reference };
pub(super) static BIBTEX: Style = Style { around: PLAIN, entry: bibtex::entry };
pub(super) static RIS: Style = Style { around: PLAIN, entry: ris::lines };
pub(super) static CSL_JSON: Style = Style { around: ["[\n", ",\n", "\n]\n"], entry: csl::item };

pub(super) struct Bibliography<'a> {
    style: &'static Style,
    metadata: &'a Metadata,
    out: &'a mut dyn Write,
    count: u64,
}

impl<'a> Bibliography<'a> {
    pub fn new(style: &'static Style, metadata: &'a Metadata, out: &'a mut dyn Write) -> Self {
        Self { style, metadata, out, count: 0 }
    }
}

impl RecordWriter for Bibliography<'_> {
    fn begin(&mut self) -> io::Result<()> {
        self.out.write_all(self.style.around[0].as_bytes())
    }

    fn record(&mut self, exported: &Exported) -> io::Result<()> {
        let between = if self.count == 0 { "" } else { self.style.around[1] };
        self.count += 1;
        let entry = (self.style.entry)(&Citation::of(exported, self.metadata));
        self.out.write_all(between.as_bytes())?;
        self.out.write_all(entry.as_bytes())
    }

    fn end(&mut self) -> io::Result<Counts> {
        self.out.write_all(self.style.around[2].as_bytes())?;
        Ok(Counts::of(self.count))
    }
}
