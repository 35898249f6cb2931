-- What vouches for a row until the ledger has hashed it: an HMAC with a key that is not here. Rows from before have none.
ALTER TABLE store.telemetry ADD COLUMN mac bytea;
ALTER TABLE store.findings ADD COLUMN mac bytea;
ALTER TABLE store.decisions ADD COLUMN mac bytea;
