-- Where each event is, for a store that finds events by position only (Axon Server).
CREATE TABLE store.located (
    event_id uuid NOT NULL,
    tenant uuid NOT NULL,
    position bigint NOT NULL,
    PRIMARY KEY (event_id, tenant)
);
