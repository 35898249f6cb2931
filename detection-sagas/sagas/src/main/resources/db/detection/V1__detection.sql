-- What the engines remember, packed. It is saved in the transaction that also moves the follower's place, so it is never
-- ahead of or behind what has been read.
CREATE TABLE detection.state (
    tenant   uuid        NOT NULL,
    kind     text        NOT NULL,
    key      text        NOT NULL,
    state    bytea       NOT NULL,
    saved_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant, kind, key)
) WITH (fillfactor = 80);

-- Who keeps a copy of it in memory. A process that finds another's name here forgets its copies first.
CREATE TABLE detection.holder (
    follower text PRIMARY KEY,
    holder   uuid NOT NULL
);
