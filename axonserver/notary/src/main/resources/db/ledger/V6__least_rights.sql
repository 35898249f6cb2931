-- Who keeps the ledger has its role since the fourth migration.
do $$
declare role text;
begin
    foreach role in array array['velvet_backup'] loop
        if not exists (select from pg_roles where rolname = role) then
            begin
                execute 'create role ' || role;
            exception when duplicate_object or unique_violation then null; -- Another database of this server was quicker.
            end;
        end if;
    end loop;
end $$;

-- Who copies everything out reads everything, also what is made later.
grant usage on schema ledger to velvet_backup;
grant select on all tables in schema ledger to velvet_backup;
grant select on all sequences in schema ledger to velvet_backup;
alter default privileges in schema ledger grant select on tables to velvet_backup;
alter default privileges in schema ledger grant select on sequences to velvet_backup;
