-- Signed states of each organisation's own log, as they were shown to the witnesses: of its newest root, whenever there was time.
CREATE TABLE ledger.log_states (
    log integer NOT NULL REFERENCES ledger.logs,
    size bigint NOT NULL,
    note text NOT NULL,
    PRIMARY KEY (log, size)
);

CREATE TABLE ledger.log_cosignatures (
    log integer NOT NULL,
    size bigint NOT NULL,
    witness text NOT NULL,
    line text NOT NULL,
    PRIMARY KEY (log, size, witness),
    FOREIGN KEY (log, size) REFERENCES ledger.log_states
);

GRANT SELECT, INSERT ON ledger.log_states, ledger.log_cosignatures TO velvet_ledger;

-- Which root had a leaf first.
CREATE INDEX anchors_by_size ON ledger.anchors (log, size);
