//! The names of sources for people, as the configuration last gave them: an archive is cited without it.

use std::collections::BTreeMap;

use super::{Archive, Error, Tx};

/// In front of the source's name in `meta`.
const PREFIX: &str = "title:";

impl Tx<'_> {
    /// Notes the institution behind a source.
    pub fn set_title(&self, source: &str, title: &str) -> Result<(), Error> {
        self.ask(|sql| sql.execute("INSERT OR REPLACE INTO meta VALUES (?1 || ?2, ?3)", [PREFIX, source, title]))?;
        Ok(())
    }
}

impl Archive {
    /// The institution behind each source that has told one.
    pub fn titles(&self) -> Result<BTreeMap<String, String>, Error> {
        self.all("SELECT substr(name, length(?1) + 1), value FROM meta WHERE substr(name, 1, length(?1)) = ?1", [PREFIX], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
    }
}
