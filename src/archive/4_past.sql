-- What the site had on any day: the one definition behind every "as of".

CREATE VIEW as_of AS               -- from `since` until just before `until` (NULL: still) the site had the entry, as `version` says
SELECT id, version, since, until
  FROM (SELECT entry AS id, at AS since,
               (SELECT max(number) FROM versions v WHERE v.entry = moments.entry AND v.seen_at <= moments.at) AS version,
               lead(at) OVER (PARTITION BY entry ORDER BY at) AS until
          FROM (SELECT entry, seen_at AS at FROM versions
                UNION SELECT entry, since FROM absences
                UNION SELECT entry, until FROM absences WHERE until IS NOT NULL) moments) stands
 WHERE version IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM absences a WHERE a.entry = stands.id AND a.since <= stands.since
                      AND (a.until IS NULL OR a.until > stands.since));

-- Of a capture made by others, several sources and several revisits may share the bytes.
DROP INDEX visits_by_place;
CREATE UNIQUE INDEX visits_by_place ON visits (warc, offset, run, url);
