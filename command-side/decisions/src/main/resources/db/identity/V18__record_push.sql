-- Where an organisation's record is sent, and how far it has come there. One row moves along as one batch after the other is taken.
create table identity.record_push (
    organization uuid primary key references identity.organization,
    hook uuid not null, -- Another with every address: what was begun for the one before is not noted for this one.
    address bytea not null, -- Sealed, as both secrets are: addresses of some receivers hold what lets in.
    secret bytea not null,
    old_secret bytea,
    old_secret_until timestamptz,
    set_at timestamptz not null,
    place bigint not null, -- Everything up to it was taken.
    delivered bigint not null default 0,
    delivered_at timestamptz,
    batch uuid, -- The one on its way, and where it ends: sent again it is the same, by the same name.
    batch_end bigint,
    tries int not null default 0,
    failing_since timestamptz,
    problem varchar,
    status int,
    next_try_at timestamptz not null,
    paused_at timestamptz,
    trial_asked_at timestamptz,
    tried_at timestamptz,
    trial_problem varchar,
    trial_status int
);
create index record_push_due on identity.record_push (next_try_at);
grant select, insert, update, delete on identity.record_push to velvet_identity;
