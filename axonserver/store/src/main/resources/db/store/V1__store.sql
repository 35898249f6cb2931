-- The schema itself is made by Flyway.

-- One number line for all streams: several streams can be merged in one order that every replay repeats.
CREATE SEQUENCE store.global_index AS bigint CACHE 1;

-- Plain events. The unique index is the admission: whoever comes second finds the first.
CREATE TABLE store.telemetry (
    global_index bigint NOT NULL DEFAULT nextval('store.global_index'),
    tenant uuid NOT NULL,
    event_id uuid NOT NULL,
    recorded_at timestamptz NOT NULL,
    payload_type text NOT NULL,
    revision text,
    payload bytea NOT NULL,
    envelope bytea NOT NULL,
    CONSTRAINT telemetry_pk PRIMARY KEY (global_index),
    CONSTRAINT telemetry_once UNIQUE (event_id, tenant)
);
-- Sealed values do not compress; trying costs more than it saves.
ALTER TABLE store.telemetry ALTER COLUMN payload SET STORAGE EXTERNAL, ALTER COLUMN envelope SET STORAGE EXTERNAL;
-- Never updated and never deleted from: only vacuumed for the visibility map.
ALTER TABLE store.telemetry SET (autovacuum_vacuum_insert_scale_factor = 0.1, autovacuum_analyze_scale_factor = 0.05);

CREATE TABLE store.findings (
    LIKE store.telemetry INCLUDING DEFAULTS INCLUDING STORAGE,
    CONSTRAINT findings_pk PRIMARY KEY (global_index),
    CONSTRAINT findings_once UNIQUE (event_id, tenant)
);

-- What was decided: the columns that Axon's own engine writes and reads.
CREATE TABLE store.decisions (
    globalIndex bigint NOT NULL DEFAULT nextval('store.global_index'),
    aggregateIdentifier text NOT NULL,
    sequenceNumber bigint NOT NULL,
    type text,
    eventIdentifier text NOT NULL,
    timeStamp text NOT NULL,
    payloadType text NOT NULL,
    payloadRevision text,
    payload bytea NOT NULL,
    metaData bytea,
    CONSTRAINT decisions_pk PRIMARY KEY (globalIndex),
    CONSTRAINT decisions_in_sequence UNIQUE (aggregateIdentifier, sequenceNumber),
    CONSTRAINT decisions_once UNIQUE (eventIdentifier)
);

CREATE TABLE store.snapshots (
    aggregateIdentifier text NOT NULL,
    sequenceNumber bigint NOT NULL,
    type text NOT NULL,
    eventIdentifier text NOT NULL UNIQUE,
    timeStamp text NOT NULL,
    payloadType text NOT NULL,
    payloadRevision text,
    payload bytea NOT NULL,
    metaData bytea,
    PRIMARY KEY (aggregateIdentifier, sequenceNumber)
);

-- The fence. A number is drawn before its row can be seen, and numbers are seen in any order; a reader that ran ahead
-- would lose the late ones. So every append first says, in a shared lock whose key is (stream, number), below which
-- number it will add nothing; the lock ends after the commit can be seen. Readers stop at the lowest such number.
CREATE FUNCTION store.announce_append() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(
        (TG_ARGV[0]::bigint << 56) | (SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM store.global_index));
    RETURN NULL;
END $$;

CREATE TRIGGER announce BEFORE INSERT ON store.telemetry FOR EACH STATEMENT EXECUTE FUNCTION store.announce_append('101');
CREATE TRIGGER announce BEFORE INSERT ON store.findings FOR EACH STATEMENT EXECUTE FUNCTION store.announce_append('102');
CREATE TRIGGER announce BEFORE INSERT ON store.decisions FOR EACH STATEMENT EXECUTE FUNCTION store.announce_append('103');

CREATE TABLE store.tokens (
    processorName text NOT NULL,
    segment integer NOT NULL,
    token bytea,
    tokenType text,
    timestamp text,
    owner text,
    PRIMARY KEY (processorName, segment)
) WITH (fillfactor = 50); -- Updated at every batch: room for updates in place.

CREATE TABLE store.sagas (
    sagaId text PRIMARY KEY,
    revision text,
    sagaType text,
    serializedSaga bytea
);

CREATE TABLE store.saga_associations (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    associationKey text,
    associationValue text,
    sagaId text,
    sagaType text
);
CREATE INDEX saga_associations_by_value ON store.saga_associations (sagaType, associationKey, associationValue);
CREATE INDEX saga_associations_by_saga ON store.saga_associations (sagaId, sagaType);

-- Where each follower is, and which process it lives in.
CREATE TABLE store.places (
    follower text PRIMARY KEY,
    position bigint NOT NULL DEFAULT 0,
    owner text,
    alive_at timestamptz
) WITH (fillfactor = 50);

-- Events a follower could not take, and their successors in the same sequence. The event itself stays where it is.
CREATE TABLE store.dead_letters (
    follower text NOT NULL,
    position bigint NOT NULL,
    sequence text NOT NULL,
    event_id text NOT NULL,
    cause text, -- What was thrown, without its message: messages can name people. Empty for successors.
    parked_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (follower, position)
);
CREATE INDEX dead_letters_by_sequence ON store.dead_letters (follower, sequence, position);

CREATE TABLE store.scheduled_tasks (
    task_name text NOT NULL,
    task_instance text NOT NULL,
    task_data bytea,
    execution_time timestamptz NOT NULL,
    picked boolean NOT NULL,
    picked_by text,
    last_success timestamptz,
    last_failure timestamptz,
    consecutive_failures integer,
    last_heartbeat timestamptz,
    version bigint NOT NULL,
    priority smallint,
    PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX scheduled_tasks_due ON store.scheduled_tasks (execution_time);
CREATE INDEX scheduled_tasks_heartbeat ON store.scheduled_tasks (last_heartbeat);

-- Ids taken in where the event store itself refuses no duplicate (Axon Server): reserved, appended, confirmed.
CREATE TABLE store.admission (
    tenant uuid NOT NULL,
    event_id uuid NOT NULL,
    reserved_at timestamptz NOT NULL DEFAULT now(),
    confirmed boolean NOT NULL DEFAULT false,
    PRIMARY KEY (tenant, event_id)
);
CREATE INDEX admission_by_age ON store.admission USING brin (reserved_at);

-- Keys, each wrapped by the master key, which is not here.
CREATE TABLE store.keys (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant uuid NOT NULL,
    purpose text NOT NULL, -- pseudonyms | month | principal
    subject text NOT NULL, -- empty, the month, or the principal's id
    wrapped bytea, -- gone once the key was destroyed
    made_at timestamptz NOT NULL DEFAULT now(),
    destroyed_at timestamptz,
    CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
);
CREATE UNIQUE INDEX keys_in_use ON store.keys (tenant, purpose, subject) WHERE destroyed_at IS NULL;

-- Up to where the given streams are complete, and how far they will be at the latest. Rows must be read by a later
-- statement: the end of the number line is read first, then who is still appending, then the rows.
CREATE FUNCTION store.fence(streams int[], OUT complete bigint, OUT announced bigint) LANGUAGE plpgsql AS $$
BEGIN
    SELECT CASE WHEN is_called THEN last_value ELSE 0 END INTO announced FROM store.global_index;
    SELECT least(announced, min(((classid::bigint << 32) | objid::bigint) & 72057594037927935)) INTO complete
        FROM pg_locks
        WHERE locktype = 'advisory' AND objsubid = 1
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
          AND (classid::bigint >> 24)::int = ANY (streams);
END $$;
