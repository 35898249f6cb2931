-- Who took evidence out of the house and why, and how its tamper drills went.

create table views.custody_progress (
    tenant uuid not null,
    position bigint not null,
    constraint custody_progress_pk primary key (tenant)
);

create table views.custody (
    tenant uuid not null,
    id uuid not null,
    at timestamp with time zone not null,
    actor varchar not null,
    question varchar not null,
    events int not null,
    reason varchar, -- Sealed; opened for who reads it.
    sha256 varchar,
    bytes bigint,
    constraint custody_pk primary key (tenant, id)
);
create index read_custody_list on views.custody (tenant, at desc, id desc);

create table views.drill (
    tenant uuid not null,
    id uuid not null,
    at timestamp with time zone not null,
    actor varchar not null,
    first_leaf bigint not null,
    events int not null,
    edits int not null,
    found int not null,
    false_alarms int not null,
    millis bigint not null,
    constraint drill_pk primary key (tenant, id)
);
create index read_drill_list on views.drill (tenant, at desc, id desc);
