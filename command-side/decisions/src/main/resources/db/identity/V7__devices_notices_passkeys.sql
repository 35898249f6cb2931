-- Browsers and programs that somebody has signed in with: known again by a cookie, whose hash is here. A known one has tries of its own,
-- so that whoever guesses from elsewhere cannot lock it out.
create table identity.device (
    hash          bytea       not null, -- SHA-256
    member        uuid        not null references identity.member (id) on delete cascade,
    label         text,
    place         text,
    first_seen_at timestamptz not null,
    last_seen_at  timestamptz not null,
    primary key (hash, member)
);
create index device_by_member on identity.device (member, last_seen_at desc);

-- What a member was told about their own way in.
create table identity.notice (
    id           uuid primary key,
    member       uuid        not null references identity.member (id) on delete cascade,
    organization uuid        not null references identity.organization (id),
    kind         text        not null,
    device       text,
    place        text,
    at           timestamptz not null,
    denied_at    timestamptz -- "this wasn't me"
);
create index notice_by_member on identity.notice (member, at desc);
alter table identity.link add column notice uuid references identity.notice (id) on delete cascade;

create table identity.passkey (
    id            uuid primary key,
    member        uuid        not null references identity.member (id) on delete cascade,
    credential_id bytea       not null unique,
    credential    bytea       not null, -- its public half, as the authenticator gave it
    sign_count    bigint      not null,
    backed_up     boolean     not null,
    transports    text[]      not null,
    label         text        not null,
    created_at    timestamptz not null,
    last_used_at  timestamptz
);
create index passkey_by_member on identity.passkey (member);

-- Challenges that were given and not yet answered: good once.
create table identity.ceremony (
    hash       bytea primary key, -- SHA-256 of the challenge
    member     uuid references identity.member (id) on delete cascade, -- who adds a passkey; absent for who signs in
    expires_at timestamptz not null
);
create index ceremony_by_end on identity.ceremony (expires_at);

-- When somebody last proved in this session who they are.
alter table identity.session add column proved_at timestamptz;
update identity.session set proved_at = started_at;
