-- What one walk has found and not settled yet: temporary, on disk when it grows, gone with the connection.
CREATE TEMP TABLE IF NOT EXISTS found (
  seq     INTEGER PRIMARY KEY,
  listing TEXT NOT NULL,           -- its first page
  page    TEXT NOT NULL,           -- the page that names the entry
  mark    TEXT NOT NULL,           -- the same on two pages of a listing: the same entry
  link    TEXT,                    -- as the listing has it
  anchor  TEXT,
  twin    TEXT NOT NULL,           -- date and title
  own     TEXT,                    -- address of its own page
  address TEXT,
  key     TEXT NOT NULL DEFAULT '',
  id      TEXT,                    -- the entry it is, where known
  entry   TEXT NOT NULL,           -- JSON of the walk
  UNIQUE (listing, mark)
);
CREATE INDEX IF NOT EXISTS temp.found_by_link ON found (link, listing);
CREATE INDEX IF NOT EXISTS temp.found_by_twin ON found (twin, listing);
CREATE INDEX IF NOT EXISTS temp.found_by_key ON found (key, listing);
CREATE INDEX IF NOT EXISTS temp.found_by_anchor ON found (anchor, listing);
CREATE INDEX IF NOT EXISTS temp.found_by_id ON found (id, listing);
CREATE TEMP TABLE IF NOT EXISTS pages_read (
  url       TEXT NOT NULL,
  listing   TEXT NOT NULL,
  digest    TEXT NOT NULL,
  next      TEXT,
  seen      TEXT NOT NULL,
  unchanged INTEGER NOT NULL,      -- 1: known and the same as before, so not read
  PRIMARY KEY (listing, url)
);
CREATE INDEX IF NOT EXISTS temp.pages_read_by_url ON pages_read (url);
CREATE TEMP TABLE IF NOT EXISTS settled (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE IF NOT EXISTS held (
  seq    INTEGER PRIMARY KEY,
  id     TEXT NOT NULL,
  doubt  TEXT NOT NULL,            -- how the page changed
  digest TEXT NOT NULL,            -- of what it says now
  change TEXT NOT NULL             -- JSON of the walk
);
CREATE TEMP TABLE IF NOT EXISTS facts_before (  -- of entries whose source is walked again; outlives the walk
  id          TEXT PRIMARY KEY,
  reader      INTEGER NOT NULL,
  facts       TEXT NOT NULL,
  evidence    BLOB,
  published   TEXT,                -- what they were read from
  title       TEXT NOT NULL,
  summary     TEXT,
  body        TEXT,
  attachments TEXT NOT NULL
);
DELETE FROM found; DELETE FROM pages_read; DELETE FROM settled; DELETE FROM held;
