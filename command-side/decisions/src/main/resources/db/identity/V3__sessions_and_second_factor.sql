-- What a member needs in order to know their own sessions again: no address, for that is in the sealed telemetry.
alter table identity.session add column device text;
alter table identity.session add column place text;
alter table identity.session add column last_seen_at timestamptz; -- to the minute
alter table identity.session add column second_factor_at timestamptz; -- absent: it began with a password alone

create table identity.totp (
    member       uuid primary key references identity.member (id),
    secret       bytea       not null, -- sealed under the house's key file, which is not in this database
    begun_at     timestamptz not null,
    confirmed_at timestamptz, -- absent: somebody has seen the code to scan and not yet proved that they scanned it
    last_step    bigint      not null default 0, -- the newest 30 seconds whose code was used; none before it is taken again
    wrong        integer     not null default 0, -- in a row, whoever gave them and from wherever
    next_try_at  timestamptz not null default '-infinity'
);

create table identity.recovery_code (
    member  uuid  not null references identity.member (id),
    hash    bytea not null, -- keyed: this table alone does not let anybody search for the code
    used_at timestamptz,
    primary key (member, hash)
);

-- Somebody knew the password and owes the second factor.
create table identity.second_step (
    hash         bytea primary key, -- SHA-256; the token itself is nowhere
    member       uuid        not null references identity.member (id),
    organization uuid        not null references identity.organization (id),
    expires_at   timestamptz not null,
    wrong        integer     not null default 0
);
create index second_step_by_end on identity.second_step (expires_at);
