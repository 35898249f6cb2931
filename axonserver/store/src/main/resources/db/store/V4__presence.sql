-- Which processes could read for a processor: those that share its segments.
CREATE TABLE store.presence (
    processor text NOT NULL,
    process text NOT NULL,
    alive_at timestamptz NOT NULL,
    PRIMARY KEY (processor, process)
);
