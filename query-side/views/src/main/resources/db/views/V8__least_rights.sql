-- [jooq ignore start]
-- What the statements of this room may do, and nothing else: docs/database-rights.md has it whole. Projections change rows and make no
-- table; views.wall gives every table that is added later the same rights.
do $$
declare role text;
begin
    foreach role in array array['velvet_views', 'velvet_backup'] loop
        if not exists (select from pg_roles where rolname = role) then
            begin
                execute 'create role ' || role;
            exception when duplicate_object or unique_violation then null; -- Another database of this server was quicker.
            end;
        end if;
    end loop;
end $$;

grant usage on schema views to velvet_views, velvet_backup;
grant select on views.flyway_schema_history to velvet_backup;

-- As before, and now it also says who gets through: whoever writes the rows, and whoever copies everything out.
create or replace function views.wall(walled regclass) returns void language plpgsql as $$
begin
    execute format('alter table %s enable row level security', walled);
    if (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) then
        execute format('alter table %s force row level security', walled);
    end if;
    execute format('create policy own_rows on %s for select to velvet_views_reader using (tenant = current_setting(''velvet.tenant'')::uuid)', walled);
    execute format('create policy all_rows on %s to velvet_views using (true) with check (true)', walled);
    execute format('create policy kept_rows on %s for select to velvet_backup using (true)', walled);
    execute format('grant select on %s to velvet_views_reader, velvet_backup', walled);
    execute format('grant select, insert, update, delete on %s to velvet_views', walled);
end $$;

do $$
declare walled regclass;
begin
    for walled in select c.oid from pg_class c where c.relnamespace = 'views'::regnamespace and c.relrowsecurity loop
        execute format('drop policy own_rows on %s', walled);
        perform views.wall(walled);
    end loop;
end $$;

-- A rebuild writes beside the rows that serve. The owner makes the room for it, in a schema whose name it chooses, with the columns that
-- the table has, and only for tables behind the wall.
create function views.shadow_of(view text) returns text language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
begin
    if view !~ '^[a-z_]{1,40}$' then raise exception 'no name of a view: %', view; end if;
    return 'views_next_' || view;
end $$;

create function views.shadowed(asked text) returns regclass language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare found regclass;
begin
    select oid into found from pg_class
        where relnamespace = 'views'::regnamespace and relname = asked and relkind = 'r' and relrowsecurity;
    if found is null then raise exception 'no table behind the wall: %', asked; end if;
    return found;
end $$;

create function views.drop_shadow(view text) returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    execute format('drop schema if exists %I cascade', views.shadow_of(view));
end $$;

-- Constraints have indexes of their own. Indexes whose names begin with "read_" serve questions, and nobody asks a shadow.
create function views.index_shadow(view text, asked text, for_readers boolean) returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare made text;
begin
    for made in select i.indexdef from pg_indexes i
        where i.schemaname = 'views' and i.tablename = asked and starts_with(i.indexname, 'read_') = for_readers
        and not exists (select from pg_constraint c where c.conname = i.indexname and c.conrelid = views.shadowed(asked))
    loop
        execute replace(made, ' ON views.', format(' ON %I.', views.shadow_of(view)));
    end loop;
end $$;

create function views.make_shadow(view text, tables text[]) returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    next text := views.shadow_of(view);
    asked text;
    key record;
begin
    perform views.drop_shadow(view);
    execute format('create schema %I', next);
    execute format('grant usage on schema %I to velvet_views', next);
    foreach asked in array tables loop
        execute format('create table %I.%I (like %s)', next, asked, views.shadowed(asked));
        for key in select conname as name, pg_get_constraintdef(oid) as says from pg_constraint
            where contype = 'p' and conrelid = views.shadowed(asked)
        loop
            execute format('alter table %I.%I add constraint %I %s', next, asked, key.name, key.says);
        end loop;
        perform views.index_shadow(view, asked, false);
        execute format('grant select, insert, update, delete on %I.%I to velvet_views', next, asked);
    end loop;
end $$;

create function views.finish_shadow(view text, tables text[]) returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare asked text;
begin
    foreach asked in array tables loop
        perform views.index_shadow(view, asked, true);
        execute format('analyze %I.%I', views.shadow_of(view), asked);
    end loop;
end $$;

create function views.show_shadow(view text, tables text[]) returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare asked text;
begin
    foreach asked in array tables loop
        execute format('drop table %s', views.shadowed(asked));
        execute format('revoke all on %I.%I from velvet_views', views.shadow_of(view), asked);
        execute format('alter table %I.%I set schema views', views.shadow_of(view), asked);
        perform views.wall(format('views.%I', asked)::regclass);
    end loop;
    perform views.drop_shadow(view);
end $$;

revoke execute on function views.wall(regclass), views.shadow_of(text), views.shadowed(text), views.drop_shadow(text),
    views.index_shadow(text, text, boolean), views.make_shadow(text, text[]), views.finish_shadow(text, text[]),
    views.show_shadow(text, text[]) from public;
grant execute on function views.drop_shadow(text), views.make_shadow(text, text[]), views.finish_shadow(text, text[]),
    views.show_shadow(text, text[]) to velvet_views;
-- [jooq ignore stop]
