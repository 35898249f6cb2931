-- What a request under an Idempotency-Key was answered, for a day. The lines that were not taken lie in "rejected", by import.
create table answered (
    tenant     uuid        not null,
    member     uuid        not null,
    key        text        not null,
    request    bytea       not null, -- SHA-256 of path, query and body
    import_id  uuid        not null,
    accepted   bigint      not null,
    duplicates bigint      not null,
    skipped    bigint      not null,
    rejected   bigint      not null,
    at         timestamptz not null,
    primary key (tenant, member, key)
);

create index answered_at on answered (at);
create index answered_by_tenant on answered (tenant, at);
