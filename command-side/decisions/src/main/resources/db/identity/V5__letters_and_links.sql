-- Letters to people. Their words are sealed under the house's key file, which is not in this database, because some hold a link that lets
-- somebody in; they go once the letter was sent or is of no use any more.
create table identity.letter (
    id          uuid primary key,
    kind        text        not null,
    recipient   text        not null,
    words       bytea,
    written_at  timestamptz not null,
    good_until  timestamptz not null,
    tries       integer     not null default 0,
    next_try_at timestamptz not null,
    sent_at     timestamptz
);
create index letter_due on identity.letter (next_try_at) where sent_at is null and words is not null;
create index letter_by_recipient on identity.letter (lower(recipient), written_at);

-- What strangers asked for at the door. It is looked at after they were answered, so that no answer and no time tells who has an account.
create table identity.errand (
    id           uuid primary key,
    kind         text        not null, -- REGISTER or RESET
    email        text        not null,
    name         text,
    organization text,
    asked_at     timestamptz not null
);
create index errand_by_time on identity.errand (asked_at);

-- Links in letters: 256 random bits, good once and for a while.
create table identity.link (
    hash         bytea primary key, -- SHA-256; the link itself is nowhere
    kind         text        not null,
    email        text        not null,
    member       uuid references identity.member (id) on delete cascade, -- absent for who is none yet
    name         text,
    organization text, -- the name of one that is to be founded
    expires_at   timestamptz not null,
    used_at      timestamptz
);
create index link_by_end on identity.link (expires_at);
create index link_by_member on identity.link (member);
