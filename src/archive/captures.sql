-- Captures of others on their way into the archive: temporary, on disk when they grow, gone with the connection.
CREATE TEMP TABLE IF NOT EXISTS captures (
  id            INTEGER PRIMARY KEY,
  run           TEXT,              -- once it is clear
  source        TEXT,              -- NULL: of no configured source
  url           TEXT NOT NULL,     -- as the source has its addresses
  target        TEXT NOT NULL,     -- as the file has it
  purpose       TEXT NOT NULL,
  at            TEXT NOT NULL,
  status        INTEGER,
  outcome       TEXT NOT NULL,
  detail        TEXT,
  etag          TEXT,
  last_modified TEXT,
  warc          TEXT,
  offset        INTEGER,
  digest        TEXT,
  claimed       TEXT,
  revisit       INTEGER NOT NULL,
  original      TEXT,              -- what a revisit says of the address and the date of the bytes
  original_at   TEXT
);
DELETE FROM captures;
