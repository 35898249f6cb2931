-- How often somebody tried lately, where every process of the house sees it and a restart forgets nothing. The key is a keyed hash: who
-- tried, at whom and from where cannot be read here. A row that time has wholly forgiven is none.
create table identity.tries (
    key      text   primary key,
    made     bigint not null,
    since    bigint not null, -- from when time has forgiven; milliseconds since 1970, like the others
    at       bigint not null, -- the newest that counted
    pause    bigint not null, -- how long after it the next one is due
    forgiven bigint not null  -- when nothing is left of it
) with (fillfactor = 60);

-- By what a session's device is known again, so that whoever says from there that something was not them stays known.
alter table identity.session add column device_hash bytea;
