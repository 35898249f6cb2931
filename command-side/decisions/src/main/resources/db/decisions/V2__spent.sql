-- What each organisation has spent of its quotas in each process, in all: whoever else counts reads it once a second.
-- Lost in a crash it is only counted anew.
create unlogged table decisions.spent (
    process text        not null,
    kind    text        not null,
    tenant  uuid        not null,
    sum     bigint      not null,
    said_at timestamptz not null,
    primary key (process, kind, tenant)
) with (fillfactor = 50); -- Updated every second: room for updates in place.
