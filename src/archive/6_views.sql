-- Views to read and to export from: one row is what a person calls one thing; lists are JSON arrays.

CREATE VIEW notices AS             -- the newest version of every entry, with its main facts
SELECT e.id, e.source, v.published, v.title, v.summary, v.body,
       f.facts ->> '$.kind' AS kind,
       f.facts ->> '$.lang' AS lang,
       coalesce(f.facts -> '$.countries', '[]') AS countries,
       (SELECT json_group_array(value ->> '$.name') FROM json_each(f.facts, '$.places')
         WHERE value ->> '$.role' = 'seeker') AS seekers,
       (SELECT json_group_array(value ->> '$.name') FROM json_each(f.facts, '$.places')) AS places,
       f.facts ->> '$.population.value' AS population,
       f.facts ->> '$.population.qualifier' AS population_qualifier,
       f.facts ->> '$.wanted.population_min' AS wanted_min,
       f.facts ->> '$.wanted.population_max' AS wanted_max,
       coalesce(f.facts -> '$.themes', '[]') AS themes,
       coalesce(f.facts -> '$.contacts.emails', '[]') AS emails,
       e.url, e.listing, v.number AS version, e.first_seen, e.last_seen,
       (SELECT since FROM absences a WHERE a.entry = e.entry AND a.until IS NULL) AS gone_since,
       v.warc, v.offset, v.digest
  FROM entries e
  JOIN versions v ON v.entry = e.entry AND v.number = e.current
  LEFT JOIN facts f ON f.entry = e.entry;

CREATE VIEW places AS              -- the places of the newest versions, one a row, in the order of the notice
SELECT e.id, e.source, v.published, v.title, j.key + 1 AS place,
       j.value ->> '$.as_written' AS as_written, j.value ->> '$.name' AS name, j.value ->> '$.name_cs' AS name_cs,
       j.value ->> '$.country' AS country, j.value ->> '$.role' AS role, j.value ->> '$.geonames_id' AS geonames_id,
       j.value ->> '$.lat' AS lat, j.value ->> '$.lon' AS lon
  FROM entries e
  JOIN versions v ON v.entry = e.entry AND v.number = e.current
  JOIN facts f ON f.entry = e.entry
  JOIN json_each(f.facts, '$.places') j;

CREATE VIEW versions_read AS       -- every version of every entry, with what was read from it: facts are kept of the newest
SELECT e.id, e.source, v.number AS version, v.seen_at, r.run, v.published, v.title, v.summary,
       coalesce(v.summary_raw, v.summary) AS summary_raw, v.body, v.attachments, v.complete,
       v.number = e.current AS newest, iif(v.number = e.current, f.facts, NULL) AS facts, v.warc, v.offset, v.digest
  FROM versions v
  JOIN entries e ON e.entry = v.entry
  JOIN runs r ON r.number = v.run
  LEFT JOIN facts f ON f.entry = e.entry;

CREATE VIEW attachments AS         -- the documents of the newest versions
SELECT e.id, j.value ->> '$.url' AS url, j.value ->> '$.title' AS title,
       j.value ->> '$.media_type' AS media_type, j.value ->> '$.bytes' AS bytes, j.value ->> '$.text' AS text
  FROM entries e
  JOIN versions v ON v.entry = e.entry AND v.number = e.current
  JOIN json_each(v.attachments) j;

CREATE VIEW changes AS             -- what happened to entries, and when; they have the order of runs
SELECT v.seen_at AS at, e.id, CASE v.number WHEN 1 THEN 'new' ELSE 'changed' END AS change,
       v.number AS version, v.title, r.run
  FROM versions v JOIN entries e ON e.entry = v.entry JOIN runs r ON r.number = v.run
UNION ALL
SELECT a.since, e.id, 'gone', e.current, v.title, a.run
  FROM absences a JOIN entries e ON e.entry = a.entry JOIN versions v ON v.entry = e.entry AND v.number = e.current
UNION ALL
SELECT a.until, e.id, 'returned', e.current, v.title, a.until_run
  FROM absences a JOIN entries e ON e.entry = a.entry JOIN versions v ON v.entry = e.entry AND v.number = e.current
 WHERE a.until IS NOT NULL;

CREATE VIEW run_counts AS          -- every run with what it did
SELECT r.*,
       (SELECT count(*) FROM visits v WHERE v.run = r.run AND v.status IS NOT NULL) AS requests,
       (SELECT count(*) FROM visits v WHERE v.run = r.run AND v.outcome IN ('failed', 'busy', 'refused')) AS failures,
       (SELECT count(*) FROM versions v WHERE v.run = r.number AND v.number = 1) AS new,
       (SELECT count(*) FROM versions v WHERE v.run = r.number AND v.number > 1) AS changed,
       (SELECT count(*) FROM problems p WHERE p.run = r.run) AS problems
  FROM runs r;

CREATE VIEW as_of AS               -- from `since` until just before `until` (NULL: still) the site had the entry, as `version` says
SELECT id, entry, version, since, until
  FROM (SELECT entry, at AS since,
               (SELECT max(number) FROM versions v WHERE v.entry = moments.entry AND v.seen_at <= moments.at) AS version,
               lead(at) OVER (PARTITION BY entry ORDER BY at) AS until
          FROM (SELECT entry, seen_at AS at FROM versions
                UNION SELECT entry, since FROM absences
                UNION SELECT entry, until FROM absences WHERE until IS NOT NULL) moments) stands
  JOIN entries USING (entry)
 WHERE version IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM absences a WHERE a.entry = stands.entry AND a.since <= stands.since
                      AND (a.until IS NULL OR a.until > stands.since));
