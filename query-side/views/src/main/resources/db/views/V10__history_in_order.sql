-- A history is written in the order of its times: at the end of an index that ascends a page fills up and is left full, at the front of one
-- that descends every page is split in two. Whoever reads from the latest on reads it backwards. What names nobody is not looked for by name.
drop index views.read_history_at;
drop index views.read_history_type;
drop index views.read_history_principal;
drop index views.read_history_source;
create index read_history_at on views.history (tenant, at, position);
create index read_history_type on views.history (tenant, type, at, position);
-- [jooq ignore start]
create index read_history_principal on views.history (tenant, principal, at, position) where principal is not null;
create index read_history_source on views.history (tenant, source, at, position) where source is not null;
-- [jooq ignore stop]
