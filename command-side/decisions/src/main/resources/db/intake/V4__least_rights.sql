-- What the statements of this room may do, and nothing else: docs/database-rights.md has it whole. A table that is added later says it itself.
do $$
declare role text;
begin
    foreach role in array array['velvet_intake', 'velvet_backup'] loop
        if not exists (select from pg_roles where rolname = role) then
            begin
                execute 'create role ' || role;
            exception when duplicate_object or unique_violation then null; -- Another database of this server was quicker.
            end;
        end if;
    end loop;
end $$;

grant usage on schema intake to velvet_intake;
grant select, insert, delete on intake.rejected to velvet_intake;
grant select, insert, update, delete on intake.answered to velvet_intake;

-- Who copies everything out reads everything, also what is made later.
grant usage on schema intake to velvet_backup;
grant select on all tables in schema intake to velvet_backup;
grant select on all sequences in schema intake to velvet_backup;
alter default privileges in schema intake grant select on tables to velvet_backup;
alter default privileges in schema intake grant select on sequences to velvet_backup;
