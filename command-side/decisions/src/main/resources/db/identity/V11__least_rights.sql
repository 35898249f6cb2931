-- What the statements of this room may do, and nothing else: docs/database-rights.md has it whole. A table that is added later says it itself.
do $$
declare role text;
begin
    foreach role in array array['velvet_identity', 'velvet_backup'] loop
        if not exists (select from pg_roles where rolname = role) then
            begin
                execute 'create role ' || role;
            exception when duplicate_object or unique_violation then null; -- Another database of this server was quicker.
            end;
        end if;
    end loop;
end $$;

grant usage on schema identity to velvet_identity;
-- What is only ever changed or marked as over.
grant select, insert, update on identity.organization, identity.member, identity.credential, identity.service_account,
    identity.api_key, identity.refresh_token, identity.events_of_day to velvet_identity;
-- What goes when it is over.
grant select, insert, update, delete on identity.membership, identity.session, identity.mark, identity.totp,
    identity.recovery_code, identity.second_step, identity.invitation, identity.letter, identity.errand, identity.link,
    identity.device, identity.notice, identity.passkey, identity.tries to velvet_identity;
grant select, insert, delete on identity.ceremony to velvet_identity;

-- Who copies everything out reads everything, also what is made later.
grant usage on schema identity to velvet_backup;
grant select on all tables in schema identity to velvet_backup;
grant select on all sequences in schema identity to velvet_backup;
alter default privileges in schema identity grant select on tables to velvet_backup;
alter default privileges in schema identity grant select on sequences to velvet_backup;
