-- Addresses are found by a hash of four bytes: an index over whole addresses took an eighth of the file.

ALTER TABLE entries ADD COLUMN url_hash INTEGER NOT NULL DEFAULT 0;  -- first four bytes of the SHA-1 of url, big-endian
DROP INDEX entries_by_url;
CREATE INDEX entries_by_url ON entries (url_hash);
