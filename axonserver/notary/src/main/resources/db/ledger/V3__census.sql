-- What each stretch of a log names and how often, packed: 56 bytes an id, in the order of the ids. Their root is recorded as an event.
CREATE TABLE ledger.censuses (
    log integer NOT NULL REFERENCES ledger.logs,
    first bigint NOT NULL,
    behind bigint NOT NULL,
    entries bytea NOT NULL,
    PRIMARY KEY (log, first, behind)
);
ALTER TABLE ledger.censuses ALTER COLUMN entries SET STORAGE EXTERNAL;
