-- What the archive knows, for people with `sqlite3`. Times are RFC 3339, UTC, with milliseconds; days are
-- YYYY-MM-DD; addresses are absolute; JSON is as in the export. `warc`, `offset` and `digest` say where the
-- bytes lie under pages/. Begin with the view `notices`.

CREATE TABLE meta (
  name  TEXT PRIMARY KEY,          -- revision: grows with every change of a record; made_with: readers' versions
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
-- It begins anywhere, so that an index made from another archive does not look up to date.
INSERT INTO meta VALUES ('revision', abs(random() % 1000000) * 1000000);

CREATE TABLE runs (                -- one harvest of one source, one file under pages/
  run       TEXT PRIMARY KEY,      -- the file's name without .warc.gz
  source    TEXT NOT NULL,
  started   TEXT NOT NULL,
  finished  TEXT,                  -- NULL: interrupted, or going on
  outcome   TEXT,
  continues TEXT                   -- the interrupted run that it carries on
) STRICT;
CREATE INDEX runs_by_source ON runs (source, started);

CREATE TABLE visits (              -- one HTTP exchange, or why there was none
  id            INTEGER PRIMARY KEY,
  run           TEXT NOT NULL REFERENCES runs,
  url           TEXT NOT NULL,
  purpose       TEXT NOT NULL,     -- robots, listing, detail, attachment
  at            TEXT NOT NULL,
  status        INTEGER,           -- of HTTP; NULL: no answer
  outcome       TEXT NOT NULL,     -- page, not_modified, moved, gone, busy, refused, failed
  detail        TEXT,              -- why, where to, or until when
  etag          TEXT,
  last_modified TEXT,
  via           TEXT,              -- the page that named the address
  warc          TEXT NOT NULL,
  offset        INTEGER NOT NULL,
  digest        TEXT NOT NULL
) STRICT;
CREATE INDEX visits_by_url ON visits (url, at);
CREATE UNIQUE INDEX visits_by_place ON visits (warc, offset);

CREATE TABLE entries (             -- one notice through all its versions
  id         TEXT PRIMARY KEY,
  source     TEXT NOT NULL,
  url        TEXT NOT NULL,
  listing    TEXT NOT NULL,        -- that named it first
  key        TEXT NOT NULL,        -- what recognises it when its address has changed
  first_seen TEXT NOT NULL,
  last_seen  TEXT NOT NULL,
  current    INTEGER NOT NULL      -- number of the newest version
) STRICT;
CREATE INDEX entries_by_url ON entries (source, url);
CREATE INDEX entries_by_key ON entries (source, key);

CREATE TABLE aliases (             -- other addresses of an entry
  source TEXT NOT NULL,
  url    TEXT NOT NULL,
  entry  TEXT NOT NULL REFERENCES entries,
  PRIMARY KEY (source, url)
) STRICT, WITHOUT ROWID;
CREATE INDEX aliases_by_entry ON aliases (entry);

CREATE TABLE versions (            -- what the site said, each time it said something else
  entry       TEXT NOT NULL REFERENCES entries,
  number      INTEGER NOT NULL,    -- from 1
  seen_at     TEXT NOT NULL,
  run         TEXT NOT NULL REFERENCES runs,
  published   TEXT,
  title       TEXT NOT NULL,
  summary     TEXT,
  summary_raw TEXT,                -- with the site's own blanks
  body        TEXT,
  attachments TEXT NOT NULL,       -- JSON array
  complete    INTEGER NOT NULL,    -- 0: its own page could not be read yet
  warc        TEXT NOT NULL,
  offset      INTEGER NOT NULL,
  digest      TEXT NOT NULL,
  PRIMARY KEY (entry, number)
) STRICT;

CREATE TABLE facts (               -- read from the newest version by rules, replaced when it or they change
  entry  TEXT PRIMARY KEY REFERENCES entries,
  reader INTEGER NOT NULL,         -- version of the rules
  facts  TEXT NOT NULL             -- JSON object
) STRICT, WITHOUT ROWID;

CREATE TABLE absences (            -- when the site had removed an entry, and on what evidence we say so
  entry    TEXT NOT NULL REFERENCES entries,
  since    TEXT NOT NULL,
  until    TEXT,                   -- NULL: still gone
  evidence TEXT NOT NULL,
  PRIMARY KEY (entry, since)
) STRICT, WITHOUT ROWID;

CREATE TABLE listings (            -- the last reading of each listing
  url     TEXT PRIMARY KEY,
  source  TEXT NOT NULL,
  run     TEXT NOT NULL,
  at      TEXT NOT NULL,
  whole   INTEGER NOT NULL,        -- read to its end and sane
  entries INTEGER NOT NULL
) STRICT;

CREATE TABLE sightings (           -- which listing names which entry, and when last
  listing   TEXT NOT NULL,
  entry     TEXT NOT NULL REFERENCES entries,
  run       TEXT NOT NULL,
  last_seen TEXT NOT NULL,
  PRIMARY KEY (entry, listing)
) STRICT, WITHOUT ROWID;

CREATE TABLE problems (            -- what could not be read as it stands
  id   INTEGER PRIMARY KEY,
  run  TEXT NOT NULL REFERENCES runs,
  at   TEXT NOT NULL,
  url  TEXT NOT NULL,
  kind TEXT NOT NULL,
  what TEXT NOT NULL
) STRICT;
CREATE INDEX problems_by_run ON problems (run);

CREATE TABLE pauses (              -- hosts that asked to be left alone
  host  TEXT PRIMARY KEY,
  until TEXT NOT NULL
) STRICT, WITHOUT ROWID;
