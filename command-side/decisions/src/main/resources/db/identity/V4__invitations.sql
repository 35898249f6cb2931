create table identity.invitation (
    id           uuid primary key,
    hash         bytea       not null unique, -- SHA-256; the token itself is nowhere
    organization uuid        not null references identity.organization (id),
    email        text        not null,
    email_key    text        not null,
    role         text        not null,
    invited_by   uuid        not null,
    invited_at   timestamptz not null,
    expires_at   timestamptz not null,
    ended_at     timestamptz -- accepted or withdrawn
);
create unique index invitation_by_email on identity.invitation (organization, email_key) where ended_at is null;
