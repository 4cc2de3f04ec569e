-- A notice costs a third of what it did: rows refer to each other by number, what is said once is kept once, keys are
-- digests, and evidence names its rules and fields by number. Every record knows the revision that changed it last.

DROP VIEW notices; DROP VIEW attachments; DROP VIEW changes; DROP VIEW run_counts; DROP VIEW as_of;

ALTER TABLE runs ADD COLUMN number INTEGER;    -- what other tables call a run by
UPDATE runs SET number = rowid;
CREATE UNIQUE INDEX runs_by_number ON runs (number);

CREATE TABLE entries_5 (           -- one notice through all its versions
  entry      INTEGER PRIMARY KEY,  -- what other tables call it by
  id         TEXT NOT NULL UNIQUE, -- what people call it by
  source     TEXT NOT NULL,
  url        TEXT NOT NULL,
  listing    TEXT NOT NULL,        -- that named it first
  key        TEXT NOT NULL,        -- digest of date and title, digest of the slug: recognises it when its address has changed
  first_seen TEXT NOT NULL,
  last_seen  TEXT NOT NULL,
  current    INTEGER NOT NULL,     -- number of the newest version
  due        TEXT,                 -- when its own page is to be asked again; NULL: it has none
  page_read  TEXT,                 -- digest of the own page that was read last
  revision   INTEGER NOT NULL      -- of the archive, when the record changed last
) STRICT;
INSERT INTO entries_5 SELECT rowid, id, source, url, listing, key, first_seen, last_seen, current, due, page_read, 0 FROM entries;

CREATE TABLE aliases_5 (           -- other addresses of an entry
  source TEXT NOT NULL,
  url    TEXT NOT NULL,
  entry  INTEGER NOT NULL REFERENCES entries_5,
  PRIMARY KEY (source, url)
) STRICT, WITHOUT ROWID;
INSERT INTO aliases_5 SELECT a.source, a.url, e.entry FROM aliases a JOIN entries_5 e ON e.id = a.entry;

CREATE TABLE versions_5 (          -- what the site said, each time it said something else
  entry       INTEGER NOT NULL REFERENCES entries_5,
  number      INTEGER NOT NULL,    -- from 1
  seen_at     TEXT NOT NULL,
  run         INTEGER NOT NULL REFERENCES runs (number),
  published   TEXT,
  title       TEXT NOT NULL,
  summary     TEXT,
  summary_raw TEXT,                -- with the site's own blanks, where they differ
  body        TEXT,
  attachments TEXT NOT NULL,       -- JSON array
  complete    INTEGER NOT NULL,    -- 0: its own page could not be read yet
  warc        TEXT NOT NULL,
  offset      INTEGER NOT NULL,
  digest      TEXT NOT NULL,
  PRIMARY KEY (entry, number)
) STRICT;
INSERT INTO versions_5
SELECT e.entry, v.number, v.seen_at, r.number, v.published, v.title, v.summary, nullif(v.summary_raw, v.summary), v.body, v.attachments,
       v.complete, v.warc, v.offset, v.digest
  FROM versions v JOIN entries_5 e ON e.id = v.entry JOIN runs r ON r.run = v.run ORDER BY v.rowid;

CREATE TABLE facts_5 (             -- read from the newest version by rules, replaced when it or they change
  entry    INTEGER PRIMARY KEY REFERENCES entries_5,
  reader   INTEGER NOT NULL,       -- version of the rules
  facts    TEXT NOT NULL,          -- JSON object; what is empty is left out
  evidence BLOB                    -- packed, see packed.rs; NULL: it lies in facts
) STRICT;
INSERT INTO facts_5 SELECT e.entry, f.reader, f.facts, f.evidence FROM facts f JOIN entries_5 e ON e.id = f.entry ORDER BY e.entry;

CREATE TABLE names (               -- of the fields and rules in packed evidence
  number INTEGER PRIMARY KEY,
  name   TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE absences_5 (          -- when the site had removed an entry, and on what evidence we say so
  entry     INTEGER NOT NULL REFERENCES entries_5,
  since     TEXT NOT NULL,
  until     TEXT,                  -- NULL: still gone
  evidence  TEXT NOT NULL,
  run       TEXT,                  -- that found it gone
  until_run TEXT,
  PRIMARY KEY (entry, since)
) STRICT, WITHOUT ROWID;
INSERT INTO absences_5 SELECT e.entry, a.since, a.until, a.evidence, a.run, a.until_run FROM absences a JOIN entries_5 e ON e.id = a.entry;

CREATE TABLE sightings_5 (         -- which listing names which entry, and when last
  entry     INTEGER NOT NULL REFERENCES entries_5,
  listing   TEXT NOT NULL,
  run       INTEGER NOT NULL REFERENCES runs (number),
  last_seen TEXT NOT NULL,
  page      TEXT,                  -- the page of the listing that names the entry
  missed    TEXT,                  -- when a whole reading first lacked it; NULL: it was there
  PRIMARY KEY (entry, listing)
) STRICT, WITHOUT ROWID;
INSERT INTO sightings_5
SELECT e.entry, s.listing, r.number, s.last_seen, s.page, s.missed
  FROM sightings s JOIN entries_5 e ON e.id = s.entry JOIN runs r ON r.run = s.run;

CREATE TABLE unconfirmed_5 (       -- a doubtful change, until a second reading on another day says the same
  entry  INTEGER PRIMARY KEY REFERENCES entries_5,
  digest TEXT NOT NULL,            -- of what the page says now
  since  TEXT NOT NULL
) STRICT;
INSERT INTO unconfirmed_5 SELECT e.entry, u.digest, u.since FROM unconfirmed u JOIN entries_5 e ON e.id = u.entry;

DROP TABLE aliases; DROP TABLE versions; DROP TABLE facts; DROP TABLE absences; DROP TABLE sightings; DROP TABLE unconfirmed;
DROP TABLE entries;
ALTER TABLE entries_5 RENAME TO entries;
ALTER TABLE aliases_5 RENAME TO aliases;
ALTER TABLE versions_5 RENAME TO versions;
ALTER TABLE facts_5 RENAME TO facts;
ALTER TABLE absences_5 RENAME TO absences;
ALTER TABLE sightings_5 RENAME TO sightings;
ALTER TABLE unconfirmed_5 RENAME TO unconfirmed;
CREATE INDEX entries_by_url ON entries (source, url);
CREATE INDEX entries_by_key ON entries (source, key);
CREATE INDEX entries_by_due ON entries (source, due) WHERE due IS NOT NULL;
CREATE INDEX aliases_by_entry ON aliases (entry);
CREATE INDEX versions_by_run ON versions (run);
CREATE INDEX versions_by_time ON versions (seen_at);

CREATE INDEX problems_by_url ON problems (url, kind);

-- Changes of records are told from this revision on.
INSERT INTO meta SELECT 'changes_from', value FROM meta WHERE name = 'revision';
