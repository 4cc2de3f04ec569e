-- What is told of sources and runs is counted when it is written: to count 100,000 notices took seconds.

CREATE TABLE day_counts (          -- entries by source and the day that their newest version was published
  source     TEXT NOT NULL,
  published  TEXT NOT NULL,        -- '': undated
  entries    INTEGER NOT NULL,
  versions   INTEGER NOT NULL,     -- of these entries, the older ones among them
  incomplete INTEGER NOT NULL,     -- of these entries, with their own page still unread
  gone       INTEGER NOT NULL,     -- of these entries, removed by the site
  PRIMARY KEY (source, published)
) STRICT, WITHOUT ROWID;
INSERT INTO day_counts
SELECT source, coalesce(published, '') AS day, count(*), sum(current), sum(NOT complete),
       sum(EXISTS (SELECT 1 FROM absences a WHERE a.entry = e.entry AND a.until IS NULL))
  FROM entries e JOIN versions v ON v.entry = e.entry AND v.number = e.current GROUP BY source, day;

CREATE TABLE sources (
  source    TEXT PRIMARY KEY,
  last_seen TEXT NOT NULL          -- when an entry was last seen on the site
) STRICT, WITHOUT ROWID;
INSERT INTO sources SELECT source, max(last_seen) FROM entries GROUP BY source;
CREATE TRIGGER entry_first_seen AFTER INSERT ON entries BEGIN
  INSERT INTO sources VALUES (NEW.source, NEW.last_seen) ON CONFLICT DO UPDATE SET last_seen = max(last_seen, excluded.last_seen);
END;
CREATE TRIGGER entry_seen AFTER UPDATE OF last_seen ON entries BEGIN
  UPDATE sources SET last_seen = NEW.last_seen WHERE source = NEW.source AND last_seen < NEW.last_seen;
END;

DROP VIEW run_counts;
ALTER TABLE runs ADD COLUMN requests INTEGER NOT NULL DEFAULT 0;  -- exchanges with an answer
ALTER TABLE runs ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;  -- visits that failed, were put off or refused
ALTER TABLE runs ADD COLUMN new      INTEGER NOT NULL DEFAULT 0;  -- entries
ALTER TABLE runs ADD COLUMN changed  INTEGER NOT NULL DEFAULT 0;  -- later versions of entries
ALTER TABLE runs ADD COLUMN problems INTEGER NOT NULL DEFAULT 0;
UPDATE runs SET requests = answered, failures = failed
  FROM (SELECT run, count(status) AS answered, sum(outcome IN ('failed', 'busy', 'refused')) AS failed FROM visits GROUP BY run) v
 WHERE v.run = runs.run;
UPDATE runs SET new = first, changed = later
  FROM (SELECT run, sum(number = 1) AS first, sum(number > 1) AS later FROM versions GROUP BY run) v WHERE v.run = runs.number;
UPDATE runs SET problems = found FROM (SELECT run, count(*) AS found FROM problems GROUP BY run) p WHERE p.run = runs.run;
CREATE TRIGGER visit_counted AFTER INSERT ON visits BEGIN
  UPDATE runs SET requests = requests + (NEW.status IS NOT NULL), failures = failures + (NEW.outcome IN ('failed', 'busy', 'refused'))
   WHERE run = NEW.run;
END;
CREATE TRIGGER version_counted AFTER INSERT ON versions BEGIN
  UPDATE runs SET new = new + (NEW.number = 1), changed = changed + (NEW.number > 1) WHERE number = NEW.run;
END;
CREATE TRIGGER problem_counted AFTER INSERT ON problems BEGIN
  UPDATE runs SET problems = problems + 1 WHERE run = NEW.run;
END;

-- The newest changes are found without sorting all of them.
CREATE INDEX absences_by_since ON absences (since);
CREATE INDEX absences_by_until ON absences (until) WHERE until IS NOT NULL;
