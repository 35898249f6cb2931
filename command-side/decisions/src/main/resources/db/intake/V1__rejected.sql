-- Lines of imports that were not taken: where and why, never what they said.
create table rejected (
    tenant    uuid        not null,
    import_id uuid        not null,
    line      bigint      not null,
    field     text        not null,
    detail    text        not null,
    at        timestamptz not null,
    primary key (tenant, import_id, line)
);

create index rejected_at on rejected (at);
