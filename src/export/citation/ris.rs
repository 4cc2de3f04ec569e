//! Citations for reference managers: RIS, two letters and a value a line, CRLF; `ELEC` is a source on the web.

use std::io::{self, Write};

use super::{Citation, line};
use crate::export::{Counts, Exported, Metadata, RecordWriter};

pub(in crate::export) struct Ris<'a> {
    metadata: &'a Metadata,
    out: &'a mut dyn Write,
    count: u64,
}

impl<'a> Ris<'a> {
    pub fn new(metadata: &'a Metadata, out: &'a mut dyn Write) -> Self {
        Self { metadata, out, count: 0 }
    }
}

impl RecordWriter for Ris<'_> {
    fn begin(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn record(&mut self, exported: &Exported) -> io::Result<()> {
        self.count += 1;
        let citation = Citation::of(exported, self.metadata);
        let slashed = |day: jiff::civil::Date| day.strftime("%Y/%m/%d").to_string();
        let mut lines = vec![("TY", "ELEC".to_owned()), ("AU", citation.publisher.clone()), ("TI", citation.title.to_string())];
        if let Some(day) = citation.published {
            lines.extend([("PY", day.year().to_string()), ("DA", slashed(day))]);
        }
        lines.extend([("UR", citation.url.to_owned()), ("Y2", slashed(citation.accessed_on())), ("AN", citation.id.to_owned())]);
        lines.extend(citation.language.map(|language| ("LA", language.to_owned())));
        lines.extend(citation.summary.map(|summary| ("AB", line(summary).into_owned())));
        lines.extend([("N1", citation.archived()), ("ER", String::new())]);
        lines.into_iter().try_for_each(|(tag, value)| write!(self.out, "{tag}  - {value}\r\n"))
    }

    fn end(&mut self) -> io::Result<Counts> {
        Ok(Counts::of(self.count))
    }
}
