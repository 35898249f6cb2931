-- Events that no longer were what had been stored when the ledger came to them: their MAC did not fit. They are leaves as they were found.
CREATE TABLE ledger.doubts (
    position bigint PRIMARY KEY,
    log integer NOT NULL REFERENCES ledger.logs,
    found_at timestamptz NOT NULL DEFAULT now()
);
