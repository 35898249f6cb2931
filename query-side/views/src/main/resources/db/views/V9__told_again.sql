-- Rows that changed though no event of their own changed them: a rule far away keeps an attacker out, an incident is resolved. At which
-- place of its organisation's stream such a row is told again depends on how events fell into batches, so it stands beside the rows that a
-- rebuild makes anew.
create table views.told_again_progress (
    tenant uuid not null,
    kind varchar not null, -- attack, incident
    id uuid not null,
    position bigint not null,
    constraint told_again_progress_pk primary key (tenant, kind, id)
);
create index read_told_again on views.told_again_progress (tenant, position, id);
-- [jooq ignore start]
select views.wall('views.told_again_progress');
-- [jooq ignore stop]
