-- Runs have an order of their own; what is known unchanged is not read again; what is doubtful waits.

ALTER TABLE runs ADD COLUMN sequence INTEGER;  -- from 1, in the order in which runs began, whatever the clock said
UPDATE runs SET sequence = (SELECT count(*) FROM runs o WHERE (o.started, o.rowid) <= (runs.started, runs.rowid));
CREATE UNIQUE INDEX runs_by_sequence ON runs (sequence);

ALTER TABLE visits ADD COLUMN again INTEGER NOT NULL DEFAULT 0;  -- 1: it failed in a way that may pass

ALTER TABLE entries ADD COLUMN due TEXT;       -- when its own page is to be asked again; NULL: it has none
ALTER TABLE entries ADD COLUMN page_read TEXT; -- digest of the own page that was read last
UPDATE entries SET due = last_seen WHERE instr(url, '#') = 0;
CREATE INDEX entries_by_due ON entries (source, due);

ALTER TABLE absences ADD COLUMN run TEXT;      -- that found it gone
ALTER TABLE absences ADD COLUMN until_run TEXT;

ALTER TABLE sightings ADD COLUMN page TEXT;    -- the page of the listing that names the entry
ALTER TABLE sightings ADD COLUMN missed TEXT;  -- when a whole reading first lacked it; NULL: it was there

ALTER TABLE listings ADD COLUMN before INTEGER NOT NULL DEFAULT 0;  -- entries of the reading before

-- With rows of this size a table in the order of its key would leave half of each page empty.
CREATE TABLE facts_before AS SELECT * FROM facts;
DROP TABLE facts;
CREATE TABLE facts (               -- read from the newest version by rules, replaced when it or they change
  entry    TEXT PRIMARY KEY REFERENCES entries,
  reader   INTEGER NOT NULL,       -- version of the rules
  facts    TEXT NOT NULL,          -- JSON object
  evidence BLOB                    -- JSON array, deflated (RFC 1951); NULL: it lies in facts
) STRICT;
INSERT INTO facts (entry, reader, facts) SELECT entry, reader, facts FROM facts_before;
DROP TABLE facts_before;

CREATE TABLE listing_pages (       -- pages of listings that were read whole, to know them again
  url     TEXT NOT NULL,
  listing TEXT NOT NULL,
  digest  TEXT NOT NULL,
  reader  TEXT NOT NULL,           -- what they were read with: configuration of the source
  next    TEXT,                    -- the page that follows
  seen    TEXT NOT NULL,           -- when it was last the same
  run     TEXT NOT NULL,
  PRIMARY KEY (listing, url)
) STRICT, WITHOUT ROWID;

CREATE TABLE volatile_parameters ( -- parameters of addresses that a site changes on every visit
  source TEXT NOT NULL,
  name   TEXT NOT NULL,
  PRIMARY KEY (source, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE unconfirmed (         -- a doubtful change, until a second reading on another day says the same
  entry  TEXT PRIMARY KEY REFERENCES entries,
  digest TEXT NOT NULL,            -- of what the page says now
  since  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Changes have the order of runs.
DROP VIEW changes;
CREATE VIEW changes AS             -- what happened to entries, and when
SELECT v.seen_at AS at, v.entry AS id, CASE v.number WHEN 1 THEN 'new' ELSE 'changed' END AS change,
       v.number AS version, v.title, v.run
  FROM versions v
UNION ALL
SELECT a.since, a.entry, 'gone', e.current, v.title, a.run
  FROM absences a JOIN entries e ON e.id = a.entry JOIN versions v ON v.entry = e.id AND v.number = e.current
UNION ALL
SELECT a.until, a.entry, 'returned', e.current, v.title, a.until_run
  FROM absences a JOIN entries e ON e.id = a.entry JOIN versions v ON v.entry = e.id AND v.number = e.current
 WHERE a.until IS NOT NULL;
