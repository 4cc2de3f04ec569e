//! Which entries there are: by address, by key, by what a person types.

use rusqlite::{OptionalExtension, ToSql, params};

use super::{Archive, Error, records};
use crate::record::{Record, RecordId};

/// What a person's words for an entry led to.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    One(Box<Record>),
    /// Several have it, in order.
    Many(Vec<RecordId>),
    None,
}

impl Archive {
    /// The entry at that address, its own or an alias.
    pub fn by_url(&self, source: &str, url: &str) -> Result<Option<RecordId>, Error> {
        self.ask(|sql| {
            sql.prepare_cached(
                "SELECT id FROM entries WHERE source = ?1 AND url = ?2
                 UNION ALL SELECT entry FROM aliases WHERE source = ?1 AND url = ?2 LIMIT 1",
            )?
            .query_row(params![source, url], |row| row.get(0).map(RecordId))
            .optional()
        })
    }

    /// Entries that were last observed with that key.
    pub fn by_key(&self, source: &str, key: &str) -> Result<Vec<RecordId>, Error> {
        self.ids("SELECT id FROM entries WHERE source = ?1 AND key = ?2 ORDER BY id", &[&source, &key])
    }

    /// The newest version of an entry.
    pub fn current(&self, id: &RecordId) -> Result<Option<Record>, Error> {
        self.ask(|sql| records::one(sql, id))
    }

    /// By the whole identifier, else by its beginning (with or without the source), else by its end, else by any part of it.
    pub fn find(&self, words: &str) -> Result<Found, Error> {
        if let Some(record) = self.current(&RecordId(words.to_owned()))? {
            return Ok(Found::One(Box::new(record)));
        }
        if words.is_empty() {
            return Ok(Found::None);
        }
        for alike in [
            "substr(id, 1, length(?1)) = ?1 OR substr(id, length(source) + 2, length(?1)) = ?1",
            "substr(id, -length(?1)) = ?1",
            "instr(id, ?1) > 0",
        ] {
            let mut ids = self.ids(&format!("SELECT id FROM entries WHERE {alike} ORDER BY id"), &[&words])?;
            match ids.len() {
                0 => {}
                1 => {
                    let record = self.current(&ids.remove(0))?;
                    return Ok(record.map_or(Found::None, |record| Found::One(Box::new(record))));
                }
                _ => return Ok(Found::Many(ids)),
            }
        }
        Ok(Found::None)
    }

    fn ids(&self, question: &str, words: &[&dyn ToSql]) -> Result<Vec<RecordId>, Error> {
        self.ask(|sql| sql.prepare_cached(question)?.query_map(words, |row| row.get(0).map(RecordId))?.collect())
    }
}
