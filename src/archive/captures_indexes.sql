-- Once all captures are gathered: filling a table that has them costs more.
CREATE INDEX IF NOT EXISTS temp.captures_by_time ON captures (source, at, url);
CREATE INDEX IF NOT EXISTS temp.captures_by_claim ON captures (claimed);
CREATE INDEX IF NOT EXISTS temp.captures_by_target ON captures (target, at);
CREATE INDEX IF NOT EXISTS temp.captures_by_run ON captures (run);
