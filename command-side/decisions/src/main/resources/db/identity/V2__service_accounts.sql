-- Programs that come in, and the keys they come in with. A key is 256 random bits, so its plain SHA-256 can be neither guessed nor
-- looked up in a table: a slow hash would only slow down the owner. It is shown once and is nowhere.
create table identity.service_account (
    id           uuid primary key,
    organization uuid        not null references identity.organization (id),
    name         text        not null,
    authorities  text[]      not null,
    created_at   timestamptz not null,
    created_by   uuid        not null,
    disabled_at  timestamptz
);
create unique index service_account_by_name on identity.service_account (organization, lower(name)) where disabled_at is null;

create table identity.api_key (
    hash         bytea primary key, -- SHA-256
    id           uuid        not null unique,
    account      uuid        not null references identity.service_account (id),
    name         text        not null,
    prefix       text        not null, -- enough to tell keys apart, too little to use one
    scopes       text[]      not null,
    created_at   timestamptz not null,
    expires_at   timestamptz not null,
    revoked_at   timestamptz,
    replaced_by  uuid, -- set once, by rotation
    last_used_at timestamptz -- to the minute
);
create index api_key_by_account on identity.api_key (account);
