-- What an organisation never wants blocked, kept in the transaction that allows it.
create table decisions.allowed_network (
    rule_id uuid primary key,
    tenant  uuid not null,
    network text not null,
    until   timestamptz
);
create index allowed_network_by_tenant on decisions.allowed_network (tenant);

-- Answers to writes that carried an Idempotency-Key, so that asking again does not do it again.
create table decisions.answered (
    tenant  uuid        not null,
    member  uuid        not null,
    key     text        not null,
    request bytea       not null, -- SHA-256 of method, path and body
    status  smallint,             -- absent while the first request is under way
    location text,
    content_type text,
    body    bytea,
    at      timestamptz not null,
    primary key (tenant, member, key)
);
create index answered_by_age on decisions.answered (at);
