-- Who may come in. Rows here are authoritative: what a token says counts only while its session stands.
create table identity.organization (
    id         uuid primary key,
    name       text        not null,
    plan       text        not null,
    created_at timestamptz not null
);

create table identity.member (
    id          uuid primary key,
    name        text        not null,
    email       text        not null,
    email_key   text        not null unique, -- as compared: normalised and in lower case
    epoch       integer     not null default 0, -- raised to end every session at once
    disabled_at timestamptz,
    created_at  timestamptz not null
);

create table identity.membership (
    organization uuid        not null references identity.organization (id),
    member       uuid        not null references identity.member (id),
    role         text        not null,
    since        timestamptz not null,
    primary key (organization, member)
);
create index membership_by_member on identity.membership (member);

create table identity.credential (
    member     uuid primary key references identity.member (id),
    phc        text        not null, -- Argon2id with its parameters and salt
    changed_at timestamptz not null
);

create table identity.session (
    id           uuid primary key,
    member       uuid        not null references identity.member (id),
    organization uuid        not null references identity.organization (id),
    kind         text        not null, -- API or BROWSER
    epoch        integer     not null, -- the member's when it began
    started_at   timestamptz not null,
    expires_at   timestamptz not null,
    ended_at     timestamptz,
    ended_why    text
);
create index session_by_member on identity.session (member);
create index session_by_end on identity.session (expires_at);

create table identity.refresh_token (
    hash          bytea primary key, -- SHA-256; the token itself is nowhere
    session       uuid        not null references identity.session (id) on delete cascade,
    issued_at     timestamptz not null,
    expires_at    timestamptz not null,
    superseded_at timestamptz
);
create index refresh_token_by_session on identity.refresh_token (session);

-- Facts about this house as a whole, such as that it is a demo.
create table identity.mark (
    name  text primary key,
    value text not null
);
