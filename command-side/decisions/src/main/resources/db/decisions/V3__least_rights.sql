-- What the statements of this room may do, and nothing else: docs/database-rights.md has it whole. A table that is added later says it itself.
do $$
declare role text;
begin
    foreach role in array array['velvet_decisions', 'velvet_backup'] loop
        if not exists (select from pg_roles where rolname = role) then
            begin
                execute 'create role ' || role;
            exception when duplicate_object or unique_violation then null; -- Another database of this server was quicker.
            end;
        end if;
    end loop;
end $$;

grant usage on schema decisions to velvet_decisions;
grant select, insert, delete on decisions.allowed_network to velvet_decisions;
grant select, insert, update, delete on decisions.answered, decisions.spent to velvet_decisions;

-- Who copies everything out reads everything, also what is made later.
grant usage on schema decisions to velvet_backup;
grant select on all tables in schema decisions to velvet_backup;
grant select on all sequences in schema decisions to velvet_backup;
alter default privileges in schema decisions grant select on tables to velvet_backup;
alter default privileges in schema decisions grant select on sequences to velvet_backup;
