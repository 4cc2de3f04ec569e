-- Tables of an export as SQLite: one row is one thing, lists are tables of their own. Times are RFC 3339, UTC; days are
-- YYYY-MM-DD; countries are ISO 3166-1 alpha-2; coordinates are degrees, WGS 84. Begin with the view `partner_searches`.

CREATE TABLE metadata (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;

CREATE TABLE entries (               -- a notice, in its newest version (or as of the time asked about)
  id                    TEXT PRIMARY KEY,
  source                TEXT NOT NULL,
  published             TEXT,
  title                 TEXT NOT NULL,
  summary               TEXT,
  body                  TEXT,
  lang                  TEXT,        -- ISO 639-1
  kind                  TEXT,
  population            INTEGER,     -- inhabitants of the seeker
  population_qualifier  TEXT,        -- exact, about, more_than, less_than
  wanted_population_min INTEGER,
  wanted_population_max INTEGER,
  wanted_similar_size   INTEGER NOT NULL,
  url                   TEXT NOT NULL,
  listing               TEXT NOT NULL,
  version               INTEGER NOT NULL,
  changed_at            TEXT,
  first_seen            TEXT NOT NULL,
  last_seen             TEXT NOT NULL,
  gone_since            TEXT,
  page_captured         TEXT,        -- when the page was fetched that was read
  page_digest           TEXT NOT NULL,
  page_warc             TEXT NOT NULL,
  page_offset           INTEGER NOT NULL
);

CREATE TABLE versions (              -- what the site said, each time it said something else
  entry       TEXT NOT NULL REFERENCES entries (id),
  version     INTEGER NOT NULL,      -- from 1
  seen_at     TEXT,
  published   TEXT,
  title       TEXT NOT NULL,
  summary     TEXT,
  body        TEXT,
  page_digest TEXT NOT NULL,
  PRIMARY KEY (entry, version)
);

CREATE TABLE places (
  entry       TEXT NOT NULL REFERENCES entries (id),
  number      INTEGER NOT NULL,
  role        TEXT NOT NULL,         -- seeker, wanted, mentioned
  as_written  TEXT NOT NULL,
  name        TEXT NOT NULL,         -- GeoNames' name, or the written one while it is linked to none
  name_cs     TEXT,
  name_local  TEXT,
  country     TEXT,
  geonames_id INTEGER,
  latitude    REAL,
  longitude   REAL,
  PRIMARY KEY (entry, number)
);

CREATE TABLE countries (
  entry   TEXT NOT NULL REFERENCES entries (id),
  side    TEXT NOT NULL,             -- seeking, wanted
  country TEXT NOT NULL,
  PRIMARY KEY (entry, side, country)
);

CREATE TABLE themes (
  entry TEXT NOT NULL REFERENCES entries (id),
  theme TEXT NOT NULL,
  PRIMARY KEY (entry, theme)
);

CREATE TABLE dates (
  entry TEXT NOT NULL REFERENCES entries (id),
  role  TEXT NOT NULL,               -- event, deadline
  date  TEXT NOT NULL,
  until TEXT                         -- last day of a range
);

CREATE TABLE contacts (
  entry TEXT NOT NULL REFERENCES entries (id),
  kind  TEXT NOT NULL,               -- email, phone (E.164), url
  value TEXT NOT NULL
);

CREATE TABLE attachments (
  entry      TEXT NOT NULL REFERENCES entries (id),
  number     INTEGER NOT NULL,
  url        TEXT NOT NULL,
  title      TEXT NOT NULL,
  media_type TEXT,
  bytes      INTEGER,
  text       TEXT,
  PRIMARY KEY (entry, number)
);

CREATE TABLE aliases (
  entry TEXT NOT NULL REFERENCES entries (id),
  url   TEXT NOT NULL
);

CREATE TABLE evidence (              -- the words that a fact was read from
  entry       TEXT NOT NULL REFERENCES entries (id),
  field       TEXT NOT NULL,
  words       TEXT NOT NULL,
  found_in    TEXT NOT NULL,         -- title, summary, body, attachment 1 …
  first       INTEGER NOT NULL,      -- offsets in Unicode code points, from 0, the end exclusive
  end         INTEGER NOT NULL,
  rule        TEXT NOT NULL,
  certainty   TEXT NOT NULL          -- sure, likely
);

CREATE VIEW partner_searches AS      -- who looked for a partner, a row a notice
SELECT e.published, e.id,
       (SELECT group_concat(as_written, ', ') FROM places p WHERE p.entry = e.id AND p.role = 'seeker') AS seekers,
       (SELECT group_concat(country, ', ') FROM countries c WHERE c.entry = e.id AND c.side = 'seeking') AS countries,
       e.population, e.wanted_population_min, e.wanted_population_max,
       (SELECT group_concat(theme, ', ') FROM themes t WHERE t.entry = e.id) AS themes,
       (SELECT group_concat(value, ', ') FROM contacts k WHERE k.entry = e.id AND k.kind = 'email') AS emails,
       e.title, e.url, e.gone_since
  FROM entries e WHERE e.kind = 'partner_search' ORDER BY e.published DESC;

CREATE VIEW seekers AS               -- a row a seeking place, under all its spellings
SELECT p.name, max(p.name_cs) AS name_cs, p.country, p.geonames_id, max(p.latitude) AS latitude, max(p.longitude) AS longitude,
       count(DISTINCT p.entry) AS notices, min(e.published) AS first, max(e.published) AS last,
       group_concat(DISTINCT p.as_written) AS spellings
  FROM places p JOIN entries e ON e.id = p.entry WHERE p.role = 'seeker'
 GROUP BY coalesce(p.geonames_id, p.name), p.country ORDER BY notices DESC, p.name;

CREATE VIEW years AS                 -- notices by year and kind
SELECT substr(published, 1, 4) AS year, kind, count(*) AS notices FROM entries GROUP BY 1, 2 ORDER BY 1, 2;

CREATE VIEW themes_by_decade AS
SELECT t.theme, substr(e.published, 1, 3) || '0s' AS decade, count(*) AS notices
  FROM themes t JOIN entries e ON e.id = t.entry GROUP BY 1, 2 ORDER BY 1, 2;

CREATE VIRTUAL TABLE entries_fts USING fts5 (title, summary, body, content="entries", tokenize="unicode61 remove_diacritics 2");
