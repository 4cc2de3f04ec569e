-- What a small change concerns is found without looking through all entries.

CREATE INDEX sightings_by_page ON sightings (listing, page, missed);
CREATE INDEX entries_by_revision ON entries (revision);
