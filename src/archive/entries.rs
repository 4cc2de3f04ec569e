//! Entries gain versions: what the site says, each time it says something else.
//!
//! A version is added only if a field of the site differs from the newest one (publication date, title, summary,
//! body, attachments); a text that comes back after a change is a version again. Facts and readers' texts are ours and are replaced.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::content::{Content, newest};
use super::{Error, Tx, packed, text, to_json, url_hash};
use crate::record::{Facts, RecordId};

/// Where and when a run found an entry.
#[derive(Clone, Copy, Debug)]
pub struct Observation<'a> {
    pub id: &'a RecordId,
    pub source: &'a str,
    /// Canonical; if it is another than before, the one before becomes an alias.
    pub url: &'a str,
    /// The listing that names it; the first one stays.
    pub listing: &'a str,
    /// What recognises the entry when its address has changed.
    pub key: &'a str,
    pub run: &'a str,
    pub at: Timestamp,
}

/// What an observation did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    New,
    /// Number of the version that was added.
    Changed(u32),
    /// The newest version learned what could not be read before.
    Completed,
    Unchanged,
}

impl Tx<'_> {
    /// Notes what the site says of an entry; what that did, and what the newest version says now.
    pub fn observe(&self, seen: &Observation<'_>, content: Content) -> Result<(Seen, Content), Error> {
        let Some((number, current)) = self.ask(|sql| newest(sql, seen.id))? else {
            self.begin_entry(seen, &content)?;
            return Ok((Seen::New, content));
        };
        self.saw(seen.id, seen.at)?;
        self.moved(seen)?;
        let next = content.inherit(&current);
        let (same, learned) = (next.same_as(&current), next.complete != current.complete);
        if same && !learned && next.attachments == current.attachments {
            return Ok((Seen::Unchanged, next));
        }
        self.touch(seen.id)?;
        if same || next.completes(&current) {
            self.recount(seen.id, || self.ask(|sql| update(sql, seen, number, &next)))?;
            // Where nothing was learned, only a reader's view of the same bytes differs.
            return Ok((if same && !learned { Seen::Unchanged } else { Seen::Completed }, next));
        }
        drop(current);
        self.recount(seen.id, || {
            self.ask(|sql| {
                insert(sql, seen, number + 1, &next)?;
                sql.prepare_cached("UPDATE entries SET current = ?2 WHERE id = ?1")?.execute(params![seen.id.0, number + 1])
            })
        })?;
        Ok((Seen::Changed(number + 1), next))
    }

    fn begin_entry(&self, seen: &Observation<'_>, content: &Content) -> Result<(), Error> {
        self.ask(|sql| {
            sql.prepare_cached(
                "INSERT INTO entries (id, source, url, listing, key, first_seen, last_seen, current, revision, url_hash)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, 1, 0, ?7)",
            )?
            .execute(params![seen.id.0, seen.source, seen.url, seen.listing, seen.key, text(seen.at), url_hash(seen.url)])?;
            insert(sql, seen, 1, content)
        })?;
        self.count_by_day(seen.id, 1)?;
        self.touch(seen.id)
    }

    /// Another address of the entry. An address that names another entry already keeps doing so.
    pub fn add_alias(&self, id: &RecordId, url: &str) -> Result<(), Error> {
        let added = self.execute(
            "INSERT INTO aliases (source, url, entry) SELECT source, ?2, entry FROM entries WHERE id = ?1 AND url <> ?2
             ON CONFLICT DO NOTHING",
            params![id.0, url],
        )?;
        if added > 0 {
            self.touch(id)?;
        }
        Ok(())
    }

    /// Replaces what was read from the newest version, which says `content`; `reader` is the version of the rules.
    pub fn set_facts(&self, id: &RecordId, content: &Content, facts: &Facts, reader: u32) -> Result<(), Error> {
        let bare = packed::facts_to_json(facts);
        let evidence = self.ask(|sql| packed::pack(&facts.evidence, &content.texts(), |name| number_of(sql, name)))?;
        let changed = self.execute(
            "INSERT INTO facts (entry, reader, facts, evidence) VALUES ((SELECT entry FROM entries WHERE id = ?1), ?2, ?3, ?4)
             ON CONFLICT DO UPDATE SET reader = ?2, facts = ?3, evidence = ?4
              WHERE reader <> ?2 OR facts <> ?3 OR evidence IS NOT ?4",
            params![id.0, reader, bare, evidence],
        )?;
        if changed > 0 {
            self.touch(id)?;
        }
        Ok(())
    }

    /// The site has removed the entry; `evidence` says how we know.
    pub fn mark_gone(&self, id: &RecordId, at: Timestamp, evidence: &str, run: &str) -> Result<(), Error> {
        let marked = self.recount(id, || {
            self.execute(
                "INSERT INTO absences (entry, since, evidence, run)
                 SELECT entry, ?2, ?3, ?4 FROM entries e
                  WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM absences a WHERE a.entry = e.entry AND until IS NULL)",
                params![id.0, text(at), evidence, run],
            )
        })?;
        if marked > 0 {
            self.touch(id)?;
        }
        Ok(())
    }

    /// The entry is back; the absence stays in its history.
    pub fn mark_returned(&self, id: &RecordId, at: Timestamp, run: &str) -> Result<(), Error> {
        let marked = self.recount(id, || {
            self.execute(
                "UPDATE absences SET until = ?2, until_run = ?3 WHERE entry = (SELECT entry FROM entries WHERE id = ?1) AND until IS NULL",
                params![id.0, text(at), run],
            )
        })?;
        if marked > 0 {
            self.touch(id)?;
        }
        Ok(())
    }

    /// Notes when the entry's own page is to be asked for again, and the digest of the bytes that were read of it.
    pub fn look_again(&self, id: &RecordId, due: Option<Timestamp>, page_read: Option<&str>) -> Result<(), Error> {
        self.execute("UPDATE entries SET due = ?2, page_read = ?3 WHERE id = ?1", params![id.0, due.map(text), page_read])?;
        Ok(())
    }

    /// Does what may move an entry in the counts by day.
    fn recount<T>(&self, id: &RecordId, work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
        self.count_by_day(id, -1)?;
        let done = work()?;
        self.count_by_day(id, 1)?;
        Ok(done)
    }

    /// Adds an entry so many times to the counts by day.
    fn count_by_day(&self, id: &RecordId, times: i32) -> Result<(), Error> {
        self.execute(
            "INSERT INTO day_counts
             SELECT source, coalesce(published, ''), ?2, ?2 * current, ?2 * (NOT complete),
                    ?2 * EXISTS (SELECT 1 FROM absences a WHERE a.entry = e.entry AND a.until IS NULL)
               FROM entries e JOIN versions v ON v.entry = e.entry AND v.number = e.current WHERE id = ?1
             ON CONFLICT DO UPDATE SET entries = entries + excluded.entries, versions = versions + excluded.versions,
                                       incomplete = incomplete + excluded.incomplete, gone = gone + excluded.gone",
            params![id.0, times],
        )?;
        Ok(())
    }

    /// Follows a change of address or key.
    fn moved(&self, seen: &Observation<'_>) -> Result<(), Error> {
        let before: (String, String) =
            self.one("SELECT url, key FROM entries WHERE id = ?1", [&seen.id.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
        if before == (seen.url.to_owned(), seen.key.to_owned()) {
            return Ok(());
        }
        self.touch(seen.id)?;
        self.ask(|sql| {
            sql.prepare_cached("UPDATE entries SET url = ?2, url_hash = ?3, key = ?4 WHERE id = ?1")?.execute(params![
                seen.id.0,
                seen.url,
                url_hash(seen.url),
                seen.key
            ])?;
            sql.prepare_cached("DELETE FROM aliases WHERE entry = (SELECT entry FROM entries WHERE id = ?1) AND url = ?2")?
                .execute(params![seen.id.0, seen.url])
        })?;
        self.add_alias(seen.id, &before.0)
    }
}

/// The number of a name, which it is given here if it has none.
fn number_of(sql: &Connection, name: &str) -> rusqlite::Result<u64> {
    let known = sql.prepare_cached("SELECT number FROM names WHERE name = ?1")?.query_row([name], |row| row.get(0)).optional()?;
    let number: i64 = match known {
        Some(number) => number,
        None => sql.prepare_cached("INSERT INTO names (name) VALUES (?1) RETURNING number")?.query_row([name], |row| row.get(0))?,
    };
    Ok(number.cast_unsigned())
}

fn insert(sql: &Connection, seen: &Observation<'_>, number: u32, content: &Content) -> rusqlite::Result<()> {
    sql.prepare_cached(
        "INSERT INTO versions (entry, number, seen_at, run, published, title, summary, summary_raw, body, attachments, complete,
                               warc, offset, digest)
         VALUES ((SELECT entry FROM entries WHERE id = ?1), ?2, ?3, (SELECT number FROM runs WHERE run = ?4),
                 ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
    )?
    .execute(params![
        seen.id.0,
        number,
        text(seen.at),
        seen.run,
        content.published.map(|day| day.to_string()),
        content.title,
        content.summary,
        content.summary_raw.as_ref().filter(|raw| Some(*raw) != content.summary.as_ref()),
        content.body,
        to_json(&content.attachments),
        content.complete,
        content.page.warc,
        content.page.offset.cast_signed(),
        content.page.digest
    ])?;
    Ok(())
}

/// Completes the newest version: what it had said stays, what it lacked is added.
fn update(sql: &Connection, seen: &Observation<'_>, number: u32, content: &Content) -> rusqlite::Result<()> {
    sql.prepare_cached(
        "UPDATE versions SET published = ?3, body = ?4, attachments = ?5, warc = iif(complete < ?6, ?7, warc),
                offset = iif(complete < ?6, ?8, offset), digest = iif(complete < ?6, ?9, digest), complete = ?6
         WHERE entry = (SELECT entry FROM entries WHERE id = ?1) AND number = ?2",
    )?
    .execute(params![
        seen.id.0,
        number,
        content.published.map(|day| day.to_string()),
        content.body,
        to_json(&content.attachments),
        content.complete,
        content.page.warc,
        content.page.offset.cast_signed(),
        content.page.digest
    ])?;
    Ok(())
}
