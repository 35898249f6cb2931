-- The history of everything stored, to search in. It holds no name: a person or an address is looked for by the opaque id that
-- the tenant's key makes of it, so there is nothing here to open or to scrub but views.history_name.

create table views.history_progress (
    tenant uuid not null,
    position bigint not null,
    constraint history_progress_pk primary key (tenant)
);

create table views.history (
    tenant uuid not null,
    position bigint not null,
    id uuid not null,
    at timestamp with time zone not null,
    type varchar not null,
    principal uuid,
    source uuid,
    constraint history_pk primary key (tenant, position)
);
create index read_history_at on views.history (tenant, at desc, position desc);
create index read_history_type on views.history (tenant, type, at desc, position desc);
create index read_history_principal on views.history (tenant, principal, at desc, position desc);
create index read_history_source on views.history (tenant, source, at desc, position desc);

-- Whatever else an event is about: the incident, the rule, the people of a finding, the member who decided.
create table views.history_about (
    tenant uuid not null,
    subject uuid not null,
    at timestamp with time zone not null,
    position bigint not null,
    constraint history_about_pk primary key (tenant, subject, at, position)
);

-- Which identities go by a name: the name is a keyed hash of its lower-case form. Whoever erases a principal deletes its rows.
create table views.history_name (
    tenant uuid not null,
    name uuid not null,
    principal uuid not null,
    constraint history_name_pk primary key (tenant, name, principal)
);
