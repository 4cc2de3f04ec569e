-- Once all rows are there: the index of words, and indexes to look things up.
INSERT INTO entries_fts (entries_fts) VALUES ('rebuild');
CREATE INDEX entries_by_day ON entries (published);
CREATE INDEX places_by_name ON places (name);
CREATE INDEX places_by_geonames ON places (geonames_id);
CREATE INDEX themes_by_theme ON themes (theme);
CREATE INDEX dates_by_entry ON dates (entry);
CREATE INDEX contacts_by_entry ON contacts (entry);
CREATE INDEX aliases_by_entry ON aliases (entry);
CREATE INDEX evidence_by_entry ON evidence (entry);
ANALYZE;
COMMIT;
