-- What the statements of this room may do, and nothing else: docs/database-rights.md has it whole. A table that is added later says it itself.
do $$
declare role text;
begin
    foreach role in array array['velvet_store', 'velvet_events', 'velvet_server', 'velvet_detection', 'velvet_backup'] loop
        if not exists (select from pg_roles where rolname = role) then
            begin
                execute 'create role ' || role;
            exception when duplicate_object or unique_violation then null; -- Another database of this server was quicker.
            end;
        end if;
    end loop;
end $$;

-- What every process needs that follows the streams: where it is, what it parked, what waits for a time, and the keys. A key that was
-- destroyed leaves its row.
grant usage on schema store to velvet_store;
grant select, insert, update, delete on store.tokens, store.scheduled_tasks to velvet_store;
grant select, insert, update on store.places, store.keys to velvet_store;
grant select, insert, delete on store.dead_letters to velvet_store;

-- The events themselves are read and added to. What was stored is changed and removed by nobody, and its position is drawn, never given.
grant usage on schema store to velvet_events;
grant select on store.telemetry, store.findings, store.decisions to velvet_events;
grant insert (tenant, event_id, recorded_at, payload_type, revision, payload, envelope, mac) on store.telemetry, store.findings to velvet_events;
grant insert (aggregateIdentifier, sequenceNumber, type, eventIdentifier, timeStamp, payloadType, payloadRevision, payload, metaData, mac)
    on store.decisions to velvet_events;
grant select, usage on sequence store.global_index to velvet_events;
-- A snapshot takes the place of the one before it.
grant select, insert, delete on store.snapshots to velvet_events;

-- Where events are kept by Axon Server.
grant usage on schema store to velvet_server;
grant select, insert, update, delete on store.admission, store.presence to velvet_server;
grant select, insert on store.located to velvet_server;

-- The playbooks.
grant usage on schema store to velvet_detection;
grant select, insert, update, delete on store.sagas, store.saga_associations to velvet_detection;

-- Who copies everything out reads everything, also what is made later.
grant usage on schema store to velvet_backup;
grant select on all tables in schema store to velvet_backup;
grant select on all sequences in schema store to velvet_backup;
alter default privileges in schema store grant select on tables to velvet_backup;
alter default privileges in schema store grant select on sequences to velvet_backup;
