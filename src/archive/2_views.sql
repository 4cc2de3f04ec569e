-- Views to read and to export from: one row is what a person calls one thing.

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
