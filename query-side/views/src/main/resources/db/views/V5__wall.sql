-- [jooq ignore start]
-- The second wall: whoever reads sees the rows of the organisation that asks and no others, whatever the question forgot to say.
-- The owner writes them, and never serves a question.

do $$ begin
    if not exists (select from pg_roles where rolname = 'velvet_views_reader') then
        create role velvet_views_reader;
    end if;
exception when duplicate_object or unique_violation then null; -- Another database of this server was quicker.
end $$;

grant usage on schema views to velvet_views_reader;

-- Puts a table behind the wall; a table that takes the place of another is put there as well. Who asks is never guessed: where nobody
-- said so, current_setting fails. "Force" holds the owner too, and is left out only where the owner has no right to pass: it could not COPY.
create function views.wall(walled regclass) returns void language plpgsql as $$
begin
    execute format('alter table %s enable row level security', walled);
    if (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) then
        execute format('alter table %s force row level security', walled);
    end if;
    execute format('create policy own_rows on %s for select to velvet_views_reader using (tenant = current_setting(''velvet.tenant'')::uuid)', walled);
    execute format('grant select on %s to velvet_views_reader', walled);
end $$;
revoke execute on function views.wall(regclass) from public;

select views.wall(c.oid) from pg_class c
    where c.relnamespace = 'views'::regnamespace and c.relkind = 'r' and c.relname <> 'flyway_schema_history' order by c.relname;

-- LIKE may not be tried on a row before the wall has let it through, so the index on words is of no use to a reader. This asks it for the reader.
create function views.attacks_with(words varchar) returns setof uuid
    language sql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_custom_plan rows 100
    as $$ select id from views.attack where tenant = current_setting('velvet.tenant')::uuid and search like words $$;
revoke execute on function views.attacks_with(varchar) from public;
grant execute on function views.attacks_with(varchar) to velvet_views_reader;

-- How far the rows of some organisations are: numbers that say nothing about anyone, for the one who wakes all open streams.
create function views.story_places(asked uuid[]) returns table (tenant uuid, reached bigint)
    language sql stable security definer set search_path = pg_temp
    as $$ select p.tenant, p.position from views.story_progress p where p.tenant = any(asked) $$;
revoke execute on function views.story_places(uuid[]) from public;
grant execute on function views.story_places(uuid[]) to velvet_views_reader;
-- [jooq ignore stop]
