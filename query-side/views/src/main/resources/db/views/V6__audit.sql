-- Who decided what: every decision that a member, a program or the house itself took. What detection decides by itself is in the history.
create table views.audit_progress (
    tenant uuid not null,
    position bigint not null,
    constraint audit_progress_pk primary key (tenant)
);

create table views.audit (
    tenant uuid not null,
    position bigint not null,
    id uuid not null,
    at timestamp with time zone not null,
    type varchar not null,
    actor varchar not null,
    says varchar not null, -- Ids, words of closed lists, numbers, times and networks: nothing that anybody typed.
    constraint audit_pk primary key (tenant, position)
);
create index read_audit_at on views.audit (tenant, at desc, position desc);
create index read_audit_type on views.audit (tenant, type, at desc, position desc);
create index read_audit_actor on views.audit (tenant, actor, at desc, position desc);
-- [jooq ignore start]
select views.wall('views.audit_progress');
select views.wall('views.audit');
-- [jooq ignore stop]
