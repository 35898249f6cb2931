-- The schema itself is made by Flyway. Everything here is only ever inserted and read.

-- Each organisation's log under an opaque name, and the platform's own, which has no tenant.
CREATE TABLE ledger.logs (
    number integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant uuid UNIQUE,
    name text NOT NULL UNIQUE
);
CREATE UNIQUE INDEX one_platform ON ledger.logs ((tenant IS NULL)) WHERE tenant IS NULL;

-- The leaves of a log, a batch a row: their hashes, and where their events lie in the store.
CREATE TABLE ledger.leaves (
    log integer NOT NULL REFERENCES ledger.logs,
    first bigint NOT NULL,
    size integer NOT NULL,
    hashes bytea NOT NULL, -- 32 bytes each
    positions bytea NOT NULL, -- 8 bytes each; empty for the platform's log
    last_position bigint NOT NULL, -- 0 for the platform's log
    recorded_from bigint NOT NULL,
    recorded_to bigint NOT NULL,
    PRIMARY KEY (log, first)
);
ALTER TABLE ledger.leaves ALTER COLUMN hashes SET STORAGE EXTERNAL, ALTER COLUMN positions SET STORAGE EXTERNAL;
CREATE INDEX leaves_by_position ON ledger.leaves (log, last_position);
CREATE INDEX leaves_last ON ledger.leaves (last_position DESC);

-- The finished nodes of every eighth level, from which tiles and proofs are made.
CREATE TABLE ledger.nodes (
    log integer NOT NULL REFERENCES ledger.logs,
    level smallint NOT NULL,
    index bigint NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (log, level, index)
);

-- What each leaf of the platform's log says.
CREATE TABLE ledger.anchors (
    index bigint PRIMARY KEY,
    log integer NOT NULL REFERENCES ledger.logs,
    size bigint NOT NULL,
    root bytea NOT NULL,
    UNIQUE (log, index)
);

CREATE TABLE ledger.checkpoints (
    size bigint PRIMARY KEY,
    note text NOT NULL
);

CREATE TABLE ledger.cosignatures (
    size bigint NOT NULL REFERENCES ledger.checkpoints,
    witness text NOT NULL,
    line text NOT NULL,
    PRIMARY KEY (size, witness)
);

-- The state each bundle was made from, so that the next one can show that nothing was rewritten since.
CREATE TABLE ledger.exports (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    log integer NOT NULL REFERENCES ledger.logs,
    size bigint NOT NULL REFERENCES ledger.checkpoints
);
CREATE INDEX exports_of_log ON ledger.exports (log, number);
