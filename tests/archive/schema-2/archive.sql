BEGIN TRANSACTION;
CREATE TABLE absences (            -- when the site had removed an entry, and on what evidence we say so
  entry    TEXT NOT NULL REFERENCES entries,
  since    TEXT NOT NULL,
  until    TEXT,                   -- NULL: still gone
  evidence TEXT NOT NULL,
  PRIMARY KEY (entry, since)
) STRICT, WITHOUT ROWID;
INSERT INTO "absences" VALUES('town/2024-01-09-madarske-mesto-eger-zve-k-partnerstvi','2026-11-28T17:44:19.545Z',NULL,'no listing names it');
CREATE TABLE aliases (             -- other addresses of an entry
  source TEXT NOT NULL,
  url    TEXT NOT NULL,
  entry  TEXT NOT NULL REFERENCES entries,
  PRIMARY KEY (source, url)
) STRICT, WITHOUT ROWID;
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
INSERT INTO "entries" VALUES('town/2024-03-05-obec-lipova-hleda-partnera-na-slovensku','town','http://127.0.0.1:18399/lipova.html','http://127.0.0.1:18399/partneri.html','2024-03-05|obec lipova hleda partnera na slovensku|lipova','2026-11-28T17:44:18.116Z','2026-11-28T17:44:19.545Z',1);
INSERT INTO "entries" VALUES('town/2024-02-12-polske-mesto-brzeg-nabizi-spolupraci','town','http://127.0.0.1:18399/brzeg.html','http://127.0.0.1:18399/partneri.html','2024-02-12|polske mesto brzeg nabizi spolupraci|brzeg','2026-11-28T17:44:18.116Z','2026-11-28T17:44:19.545Z',2);
INSERT INTO "entries" VALUES('town/2024-01-20-ukrajinska-obec-verchovyna-hleda-ceske-mesto','town','http://127.0.0.1:18399/verchovyna.html','http://127.0.0.1:18399/partneri.html','2024-01-20|ukrajinska obec verchovyna hleda ceske mesto|verchovyna','2026-11-28T17:44:18.116Z','2026-11-28T17:44:19.545Z',1);
INSERT INTO "entries" VALUES('town/2024-01-09-madarske-mesto-eger-zve-k-partnerstvi','town','http://127.0.0.1:18399/eger.html','http://127.0.0.1:18399/partneri.html','2024-01-09|madarske mesto eger zve k partnerstvi|eger','2026-11-28T17:44:18.116Z','2026-11-28T17:44:18.116Z',1);
CREATE TABLE facts (               -- read from the newest version by rules, replaced when it or they change
  entry  TEXT PRIMARY KEY REFERENCES entries,
  reader INTEGER NOT NULL,         -- version of the rules
  facts  TEXT NOT NULL             -- JSON object
) STRICT, WITHOUT ROWID;
INSERT INTO "facts" VALUES('town/2024-01-09-madarske-mesto-eger-zve-k-partnerstvi',3,'{"lang":"cs","kind":"partner_search","places":[{"as_written":"Eger","name":"Eger","country":"HU","role":"seeker","geonames_id":721239,"lat":47.9027,"lon":20.3733}],"countries":["HU"],"population":{"value":53000,"qualifier":"exact"},"wanted":{"population_min":null,"population_max":null,"similar_size":false,"countries":["CZ"]},"themes":["tourism","economy"],"dates":[],"contacts":{"emails":["starosta@eger.test"],"phones":[],"urls":[]},"evidence":[{"field":"kind","text":"zve k partnerství","where":"title","start":20,"end":37,"rule":"kind.named-seeker"},{"field":"wanted.countries[0]","text":"česká","where":"summary","start":35,"end":40,"rule":"wanted.country"},{"field":"places[0]","text":"Eger","where":"title","start":15,"end":19,"rule":"places.linked-exact"},{"field":"countries[0]","text":"Maďarské","where":"title","start":0,"end":8,"rule":"countries.named"},{"field":"population","text":"53 000 obyvatel","where":"summary","start":14,"end":29,"rule":"population.unit"},{"field":"themes.economy","text":"vinařství","where":"body","start":71,"end":80,"rule":"themes.stated"},{"field":"themes.tourism","text":"lázeňství","where":"body","start":83,"end":92,"rule":"themes.stated"},{"field":"contacts.emails[0]","text":"starosta@eger.test","where":"body","start":104,"end":122,"rule":"contacts.email"}]}');
INSERT INTO "facts" VALUES('town/2024-01-20-ukrajinska-obec-verchovyna-hleda-ceske-mesto',3,'{"lang":"cs","kind":"partner_search","places":[{"as_written":"Verchovyna","name":"Verkhovyna","country":"UA","role":"seeker","geonames_id":689817,"lat":48.1554,"lon":24.8299}],"countries":["UA"],"population":null,"wanted":{"population_min":null,"population_max":null,"similar_size":true,"countries":["CZ"]},"themes":["tourism"],"dates":[],"contacts":{"emails":["starosta@verchovyna.test"],"phones":[],"urls":[]},"evidence":[{"field":"kind","text":"hledá české město","where":"title","start":27,"end":44,"rule":"kind.named-seeker"},{"field":"wanted.countries[0]","text":"české","where":"title","start":33,"end":38,"rule":"wanted.country"},{"field":"wanted.similar_size","text":"podobné velikosti","where":"body","start":52,"end":69,"rule":"wanted.similar"},{"field":"places[0]","text":"Verchovyna","where":"title","start":16,"end":26,"rule":"places.linked-transliterated"},{"field":"countries[0]","text":"Ukrajinská","where":"title","start":0,"end":10,"rule":"countries.named"},{"field":"themes.tourism","text":"cestovním ruchu","where":"body","start":87,"end":102,"rule":"themes.stated"},{"field":"contacts.emails[0]","text":"starosta@verchovyna.test","where":"body","start":126,"end":150,"rule":"contacts.email"}]}');
INSERT INTO "facts" VALUES('town/2024-02-12-polske-mesto-brzeg-nabizi-spolupraci',3,'{"lang":"cs","kind":"partner_search","places":[{"as_written":"Brzeg","name":"Brzeg","country":"PL","role":"seeker","geonames_id":3102459,"lat":50.8608,"lon":17.4674}],"countries":["PL"],"population":{"value":35000,"qualifier":"exact"},"wanted":{"population_min":null,"population_max":null,"similar_size":false,"countries":[]},"themes":["culture","sport"],"dates":[{"date":"2024-03-31","end":null,"role":"deadline"}],"contacts":{"emails":["starosta@brzeg.test"],"phones":[],"urls":[]},"evidence":[{"field":"kind","text":"nabízí spolupráci","where":"title","start":19,"end":36,"rule":"kind.named-seeker"},{"field":"places[0]","text":"Brzeg","where":"title","start":13,"end":18,"rule":"places.linked-exact"},{"field":"countries[0]","text":"Polské","where":"title","start":0,"end":6,"rule":"countries.named"},{"field":"population","text":"35 000 obyvatel","where":"summary","start":37,"end":52,"rule":"population.unit"},{"field":"themes.culture","text":"kultury","where":"body","start":82,"end":89,"rule":"themes.stated"},{"field":"themes.sport","text":"sportu","where":"body","start":92,"end":98,"rule":"themes.stated"},{"field":"dates[0]","text":"do konce března","where":"body","start":113,"end":128,"rule":"dates.last-day"},{"field":"contacts.emails[0]","text":"starosta@brzeg.test","where":"body","start":180,"end":199,"rule":"contacts.email"}]}');
INSERT INTO "facts" VALUES('town/2024-03-05-obec-lipova-hleda-partnera-na-slovensku',3,'{"lang":"cs","kind":"partner_search","places":[{"as_written":"Lipová","name":"Lipová","country":null,"role":"seeker","geonames_id":null,"lat":null,"lon":null}],"countries":[],"population":{"value":1200,"qualifier":"exact"},"wanted":{"population_min":null,"population_max":null,"similar_size":false,"countries":["SK"]},"themes":["culture","education"],"dates":[],"contacts":{"emails":["starosta@lipova.test"],"phones":[],"urls":[]},"evidence":[{"field":"kind","text":"hledá partnera","where":"title","start":12,"end":26,"rule":"kind.named-seeker"},{"field":"wanted.countries[0]","text":"Slovensku","where":"title","start":30,"end":39,"rule":"wanted.country"},{"field":"places[0]","text":"Lipová","where":"title","start":5,"end":11,"rule":"places.after-municipality"},{"field":"population","text":"1 200 obyvatel","where":"summary","start":15,"end":29,"rule":"population.unit"},{"field":"themes.education","text":"žáků","where":"body","start":95,"end":99,"rule":"themes.stated"},{"field":"themes.culture","text":"slavnosti","where":"body","start":111,"end":120,"rule":"themes.stated"},{"field":"contacts.emails[0]","text":"starosta@lipova.test","where":"body","start":132,"end":152,"rule":"contacts.email"}]}');
CREATE TABLE listings (            -- the last reading of each listing
  url     TEXT PRIMARY KEY,
  source  TEXT NOT NULL,
  run     TEXT NOT NULL,
  at      TEXT NOT NULL,
  whole   INTEGER NOT NULL,        -- read to its end and sane
  entries INTEGER NOT NULL
) STRICT;
INSERT INTO "listings" VALUES('http://127.0.0.1:18399/partneri.html','town','town-20261128T174419Z','2026-11-28T17:44:19.545Z',1,3);
CREATE TABLE meta (
  name  TEXT PRIMARY KEY,          -- revision: grows with every change of a record; made_with: readers' versions
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "meta" VALUES('made_with','extract 3, notice 3');
INSERT INTO "meta" VALUES('revision','856988000008');
CREATE TABLE pauses (              -- hosts that asked to be left alone
  host  TEXT PRIMARY KEY,
  until TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE problems (            -- what could not be read as it stands
  id   INTEGER PRIMARY KEY,
  run  TEXT NOT NULL REFERENCES runs,
  at   TEXT NOT NULL,
  url  TEXT NOT NULL,
  kind TEXT NOT NULL,
  what TEXT NOT NULL
) STRICT;
CREATE TABLE runs (                -- one harvest of one source, one file under pages/
  run       TEXT PRIMARY KEY,      -- the file's name without .warc.gz
  source    TEXT NOT NULL,
  started   TEXT NOT NULL,
  finished  TEXT,                  -- NULL: interrupted, or going on
  outcome   TEXT,
  continues TEXT                   -- the interrupted run that it carries on
) STRICT;
INSERT INTO "runs" VALUES('town-20261128T174418Z','town','2026-11-28T17:44:18.104Z','2026-11-28T17:44:18.195Z','done',NULL);
INSERT INTO "runs" VALUES('town-20261128T174419Z','town','2026-11-28T17:44:19.539Z','2026-11-28T17:44:19.602Z','done',NULL);
CREATE TABLE sightings (           -- which listing names which entry, and when last
  listing   TEXT NOT NULL,
  entry     TEXT NOT NULL REFERENCES entries,
  run       TEXT NOT NULL,
  last_seen TEXT NOT NULL,
  PRIMARY KEY (entry, listing)
) STRICT, WITHOUT ROWID;
INSERT INTO "sightings" VALUES('http://127.0.0.1:18399/partneri.html','town/2024-01-09-madarske-mesto-eger-zve-k-partnerstvi','town-20261128T174418Z','2026-11-28T17:44:18.116Z');
INSERT INTO "sightings" VALUES('http://127.0.0.1:18399/partneri.html','town/2024-01-20-ukrajinska-obec-verchovyna-hleda-ceske-mesto','town-20261128T174419Z','2026-11-28T17:44:19.545Z');
INSERT INTO "sightings" VALUES('http://127.0.0.1:18399/partneri.html','town/2024-02-12-polske-mesto-brzeg-nabizi-spolupraci','town-20261128T174419Z','2026-11-28T17:44:19.545Z');
INSERT INTO "sightings" VALUES('http://127.0.0.1:18399/partneri.html','town/2024-03-05-obec-lipova-hleda-partnera-na-slovensku','town-20261128T174419Z','2026-11-28T17:44:19.545Z');
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
INSERT INTO "versions" VALUES('town/2024-03-05-obec-lipova-hleda-partnera-na-slovensku',1,'2026-11-28T17:44:18.116Z','town-20261128T174418Z','2024-03-05','Obec Lipová hledá partnera na Slovensku','Obec Lipová má 1 200 obyvatel a základní školu. Hledá partne…','Obec Lipová má 1 200 obyvatel a základní školu. Hledá partne…','Obec Lipová má 1 200 obyvatel a základní školu. Hledá partnerskou obec na Slovensku pro výměny žáků a společné slavnosti.

Kontakt: starosta@lipova.test','[]',1,'town-20261128T174418Z.warc.gz',4230,'sha1:7BQ2RAWIDKCVZ52O7H6WMV2URUVKWUDF');
INSERT INTO "versions" VALUES('town/2024-02-12-polske-mesto-brzeg-nabizi-spolupraci',1,'2026-11-28T17:44:18.116Z','town-20261128T174418Z','2024-02-12','Polské město Brzeg nabízí spolupráci','Město Brzeg v Opolském vojvodství má 35 000 obyvatel. Nabízí…','Město Brzeg v Opolském vojvodství má 35 000 obyvatel. Nabízí…','Město Brzeg v Opolském vojvodství má 35 000 obyvatel. Nabízí spolupráci v oblasti kultury a sportu, ozvat se lze do konce března.

Kontakt: starosta@brzeg.test','[]',1,'town-20261128T174418Z.warc.gz',5718,'sha1:U4OY4KOQ6RPKLYRVTTSZYV7HHQCOPJFL');
INSERT INTO "versions" VALUES('town/2024-01-20-ukrajinska-obec-verchovyna-hleda-ceske-mesto',1,'2026-11-28T17:44:18.116Z','town-20261128T174418Z','2024-01-20','Ukrajinská obec Verchovyna hledá české město','Obec Verchovyna leží v Karpatech. Hledá české město podobné …','Obec Verchovyna leží v Karpatech. Hledá české město podobné …','Obec Verchovyna leží v Karpatech. Hledá české město podobné velikosti pro spolupráci v cestovním ruchu a lesnictví.

Kontakt: starosta@verchovyna.test','[]',1,'town-20261128T174418Z.warc.gz',7216,'sha1:GN4DF73XSZXALDLX3G4KOLQAQZHX5BFD');
INSERT INTO "versions" VALUES('town/2024-01-09-madarske-mesto-eger-zve-k-partnerstvi',1,'2026-11-28T17:44:18.116Z','town-20261128T174418Z','2024-01-09','Maďarské město Eger zve k partnerství','Město Eger má 53 000 obyvatel. Zve česká města k partnerství…','Město Eger má 53 000 obyvatel. Zve česká města k partnerství…','Město Eger má 53 000 obyvatel. Zve česká města k partnerství v oblasti vinařství a lázeňství.

Kontakt: starosta@eger.test','[]',1,'town-20261128T174418Z.warc.gz',8700,'sha1:ZPJJR7UNFM7ISZE4QOFULZN4MVLC3FRY');
INSERT INTO "versions" VALUES('town/2024-02-12-polske-mesto-brzeg-nabizi-spolupraci',2,'2026-11-28T17:44:19.545Z','town-20261128T174419Z','2024-02-12','Polské město Brzeg nabízí spolupráci','Město Brzeg v Opolském vojvodství má 35 000 obyvatel. Nabízí…','Město Brzeg v Opolském vojvodství má 35 000 obyvatel. Nabízí…','Město Brzeg v Opolském vojvodství má 35 000 obyvatel. Nabízí spolupráci v oblasti kultury a sportu, ozvat se lze do konce března. Nově hledá i partnera pro sborový zpěv.

Kontakt: starosta@brzeg.test','[]',1,'town-20261128T174419Z.warc.gz',5662,'sha1:SO5SUPQMLEOZJQNHBZ5ZVMCO6OXQOB4S');
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
INSERT INTO "visits" VALUES(1,'town-20261128T174418Z','http://127.0.0.1:18399/robots.txt','robots','2026-11-28T17:44:18.109Z',404,'gone',NULL,NULL,NULL,NULL,'town-20261128T174418Z.warc.gz',1144,'sha1:EYLOBZUVJB7A6T6F3XAYYV647FOOLBI2');
INSERT INTO "visits" VALUES(2,'town-20261128T174418Z','http://127.0.0.1:18399/partneri.html','listing','2026-11-28T17:44:18.116Z',200,'page',NULL,NULL,'Sat, 28 Nov 2026 17:44:16 GMT',NULL,'town-20261128T174418Z.warc.gz',2550,'sha1:M2H7JYIU4SRSLW3B3K5K4UCA6V7N3A35');
INSERT INTO "visits" VALUES(3,'town-20261128T174418Z','http://127.0.0.1:18399/lipova.html','detail','2026-11-28T17:44:18.125Z',200,'page',NULL,NULL,'Sat, 28 Nov 2026 17:44:16 GMT','http://127.0.0.1:18399/partneri.html','town-20261128T174418Z.warc.gz',4230,'sha1:7BQ2RAWIDKCVZ52O7H6WMV2URUVKWUDF');
INSERT INTO "visits" VALUES(4,'town-20261128T174418Z','http://127.0.0.1:18399/brzeg.html','detail','2026-11-28T17:44:18.153Z',200,'page',NULL,NULL,'Sat, 28 Nov 2026 17:44:16 GMT','http://127.0.0.1:18399/partneri.html','town-20261128T174418Z.warc.gz',5718,'sha1:U4OY4KOQ6RPKLYRVTTSZYV7HHQCOPJFL');
INSERT INTO "visits" VALUES(5,'town-20261128T174418Z','http://127.0.0.1:18399/verchovyna.html','detail','2026-11-28T17:44:18.172Z',200,'page',NULL,NULL,'Sat, 28 Nov 2026 17:44:16 GMT','http://127.0.0.1:18399/partneri.html','town-20261128T174418Z.warc.gz',7216,'sha1:GN4DF73XSZXALDLX3G4KOLQAQZHX5BFD');
INSERT INTO "visits" VALUES(6,'town-20261128T174418Z','http://127.0.0.1:18399/eger.html','detail','2026-11-28T17:44:18.190Z',200,'page',NULL,NULL,'Sat, 28 Nov 2026 17:44:16 GMT','http://127.0.0.1:18399/partneri.html','town-20261128T174418Z.warc.gz',8700,'sha1:ZPJJR7UNFM7ISZE4QOFULZN4MVLC3FRY');
INSERT INTO "visits" VALUES(7,'town-20261128T174419Z','http://127.0.0.1:18399/robots.txt','robots','2026-11-28T17:44:19.543Z',404,'gone',NULL,NULL,NULL,NULL,'town-20261128T174419Z.warc.gz',1141,'sha1:EYLOBZUVJB7A6T6F3XAYYV647FOOLBI2');
INSERT INTO "visits" VALUES(8,'town-20261128T174419Z','http://127.0.0.1:18399/partneri.html','listing','2026-11-28T17:44:19.545Z',200,'page',NULL,NULL,'Sat, 28 Nov 2026 17:44:19 GMT',NULL,'town-20261128T174419Z.warc.gz',2578,'sha1:MCQR4HOO2K556OVUQ3ULKHO3DRRFBDH3');
INSERT INTO "visits" VALUES(9,'town-20261128T174419Z','http://127.0.0.1:18399/lipova.html','detail','2026-11-28T17:44:19.549Z',200,'page',NULL,NULL,'Sat, 28 Nov 2026 17:44:19 GMT','http://127.0.0.1:18399/partneri.html','town-20261128T174419Z.warc.gz',4237,'sha1:7BQ2RAWIDKCVZ52O7H6WMV2URUVKWUDF');
INSERT INTO "visits" VALUES(10,'town-20261128T174419Z','http://127.0.0.1:18399/brzeg.html','detail','2026-11-28T17:44:19.573Z',200,'page',NULL,NULL,'Sat, 28 Nov 2026 17:44:19 GMT','http://127.0.0.1:18399/partneri.html','town-20261128T174419Z.warc.gz',5662,'sha1:SO5SUPQMLEOZJQNHBZ5ZVMCO6OXQOB4S');
INSERT INTO "visits" VALUES(11,'town-20261128T174419Z','http://127.0.0.1:18399/verchovyna.html','detail','2026-11-28T17:44:19.588Z',200,'page',NULL,NULL,'Sat, 28 Nov 2026 17:44:19 GMT','http://127.0.0.1:18399/partneri.html','town-20261128T174419Z.warc.gz',7228,'sha1:GN4DF73XSZXALDLX3G4KOLQAQZHX5BFD');
CREATE INDEX runs_by_source ON runs (source, started);
CREATE INDEX visits_by_url ON visits (url, at);
CREATE UNIQUE INDEX visits_by_place ON visits (warc, offset);
CREATE INDEX entries_by_url ON entries (source, url);
CREATE INDEX entries_by_key ON entries (source, key);
CREATE INDEX aliases_by_entry ON aliases (entry);
CREATE INDEX problems_by_run ON problems (run);
CREATE VIEW notices AS             -- the newest version of every entry, with its main facts
SELECT e.id, e.source, v.published, v.title, v.summary, v.body,
       f.facts ->> '$.kind' AS kind,
       f.facts ->> '$.lang' AS lang,
       (SELECT group_concat(value, ', ') FROM json_each(f.facts, '$.countries')) AS countries,
       (SELECT group_concat(value ->> '$.name', ', ') FROM json_each(f.facts, '$.places')
         WHERE value ->> '$.role' = 'seeker') AS seekers,
       (SELECT group_concat(value ->> '$.name', ', ') FROM json_each(f.facts, '$.places')) AS places,
       f.facts ->> '$.population.value' AS population,
       f.facts ->> '$.population.qualifier' AS population_qualifier,
       f.facts ->> '$.wanted.population_min' AS wanted_min,
       f.facts ->> '$.wanted.population_max' AS wanted_max,
       (SELECT group_concat(value, ', ') FROM json_each(f.facts, '$.themes')) AS themes,
       (SELECT group_concat(value, ', ') FROM json_each(f.facts, '$.contacts.emails')) AS emails,
       e.url, e.listing, v.number AS version, e.first_seen, e.last_seen,
       (SELECT since FROM absences a WHERE a.entry = e.id AND a.until IS NULL) AS gone_since,
       v.warc, v.offset, v.digest
  FROM entries e
  JOIN versions v ON v.entry = e.id AND v.number = e.current
  LEFT JOIN facts f ON f.entry = e.id;
CREATE VIEW attachments AS         -- the documents of the newest versions
SELECT e.id, j.value ->> '$.url' AS url, j.value ->> '$.title' AS title,
       j.value ->> '$.media_type' AS media_type, j.value ->> '$.bytes' AS bytes, j.value ->> '$.text' AS text
  FROM entries e
  JOIN versions v ON v.entry = e.id AND v.number = e.current
  JOIN json_each(v.attachments) j;
CREATE VIEW changes AS             -- what happened to entries, and when
SELECT v.seen_at AS at, v.entry AS id, CASE v.number WHEN 1 THEN 'new' ELSE 'changed' END AS change,
       v.number AS version, v.title
  FROM versions v
UNION ALL
SELECT a.since, a.entry, 'gone', e.current, v.title
  FROM absences a JOIN entries e ON e.id = a.entry JOIN versions v ON v.entry = e.id AND v.number = e.current
UNION ALL
SELECT a.until, a.entry, 'returned', e.current, v.title
  FROM absences a JOIN entries e ON e.id = a.entry JOIN versions v ON v.entry = e.id AND v.number = e.current
 WHERE a.until IS NOT NULL;
CREATE VIEW run_counts AS          -- every run with what it did
SELECT r.*,
       (SELECT count(*) FROM visits v WHERE v.run = r.run AND v.status IS NOT NULL) AS requests,
       (SELECT count(*) FROM visits v WHERE v.run = r.run AND v.outcome IN ('failed', 'busy', 'refused')) AS failures,
       (SELECT count(*) FROM versions v WHERE v.run = r.run AND v.number = 1) AS new,
       (SELECT count(*) FROM versions v WHERE v.run = r.run AND v.number > 1) AS changed,
       (SELECT count(*) FROM problems p WHERE p.run = r.run) AS problems
  FROM runs r;
CREATE INDEX visits_by_run ON visits (run);
CREATE INDEX versions_by_run ON versions (run);
CREATE INDEX versions_by_time ON versions (seen_at);
COMMIT;