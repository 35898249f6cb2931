package io.velvetastro.app.access;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the catalogue of a database says of who may do what in it, as a page to read. */
final class Rights {
    private static final Map<String, String> WORDS = Map.of(
            "SELECT", "read",
            "INSERT", "add",
            "UPDATE", "change",
            "DELETE", "remove",
            "USAGE", "draw");
    private static final List<String> ORDER = List.of("SELECT", "USAGE", "INSERT", "UPDATE", "DELETE");
    private static final String INTRO = """
            # What each role may do in the database

            Read from the catalogue of a running house and compared with this page by `RightsTest`: a table that no line is about, a right that was added and one that went are red. `-Dvelvet.print=true` prints it anew. Whose roles these are and why is in [ADR 30](../ADR/0030-a-room-may-what-it-needs.md).

            Nobody but the owner of the tables may truncate, reference, trigger, alter or drop anything; such a right would be printed here by its name. What is added to a table in only some of its columns says which it leaves to the table.
            """;

    private final JdbcClient db;

    Rights(JdbcClient db) {
        this.db = db;
    }

    private record Right(String place, String role, String what) {}

    String page() {
        var page = new StringBuilder(INTRO);
        roles(page);
        for (var schema : texts(
                "select n.nspname from pg_namespace n where to_regclass(n.nspname || '.flyway_schema_history') is not null order by 1"))
            schema(page, schema);
        functions(page);
        return page.toString();
    }

    private void roles(StringBuilder page) {
        page.append("\n## Roles\n\n| Role | Signs in | May what these may |\n|---|---|---|\n");
        db.sql("""
                        select r.rolname, r.rolcanlogin, coalesce(string_agg(g.rolname, ', ' order by g.rolname), '–')
                        from pg_roles r left join pg_auth_members m on m.member = r.oid left join pg_roles g on g.oid = m.roleid
                        where starts_with(r.rolname, 'velvet_') group by 1, 2 order by 2 desc, 1""").query(row -> {
            page.append("| ").append(row.getString(1)).append(" | ");
            page.append(row.getBoolean(2) ? "yes" : "–").append(" | ");
            page.append(row.getString(3)).append(" |\n");
        });
    }

    private void schema(StringBuilder page, String schema) {
        var rights = rights(schema);
        var roles = new TreeSet<String>();
        for (var right : rights) roles.add(right.role);
        page.append("\n## Schema ").append(schema).append("\n\n| |");
        roles.forEach(role -> page.append(' ').append(role).append(" |"));
        page.append("\n|---|").append("---|".repeat(roles.size())).append('\n');
        var places = new LinkedHashMap<String, Map<String, String>>();
        for (var place : places(schema)) places.put(place, new LinkedHashMap<>());
        for (var right : rights)
            places.computeIfAbsent(right.place, added -> new LinkedHashMap<>())
                    .merge(right.role, right.what, (one, more) -> one + ", " + more);
        places.forEach((place, held) -> {
            page.append("| ").append(place).append(" |");
            roles.forEach(role ->
                    page.append(' ').append(held.getOrDefault(role, "–")).append(" |"));
            page.append('\n');
        });
    }

    private List<String> places(String schema) {
        return db.sql(
                        "select relname || case relkind when 'S' then ' (sequence)' else '' end from pg_class where relnamespace = ?::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f', 'S') order by relkind = 'S', relname")
                .param(schema)
                .query(String.class)
                .list();
    }

    private List<Right> rights(String schema) {
        var all = new ArrayList<Right>();
        all.addAll(held("""
                select '(the schema itself)', a.grantee, string_agg(case a.privilege_type when 'USAGE' then 'enter' else lower(a.privilege_type) end, ', ' order by a.privilege_type)
                from pg_namespace n, aclexplode(n.nspacl) a where n.nspname = ? and a.grantee <> n.nspowner group by 2""", schema));
        for (var right : held("""
                select c.relname || case c.relkind when 'S' then ' (sequence)' else '' end, a.grantee, string_agg(a.privilege_type, ' ')
                from pg_class c, aclexplode(c.relacl) a
                where c.relnamespace = ?::regnamespace and a.grantee <> c.relowner group by 1, 2""", schema)) all.add(new Right(right.place, right.role, spelled(right.what)));
        all.addAll(held("""
                select c.relname, a.grantee, case a.privilege_type when 'INSERT' then 'add' else lower(a.privilege_type) end || ' without '
                    || (select string_agg(o.attname, ', ' order by o.attnum) from pg_attribute o where o.attrelid = c.oid and o.attnum > 0
                        and not o.attisdropped and not coalesce(o.attacl @> makeaclitem(a.grantee, c.relowner, a.privilege_type, false), false))
                from pg_class c join pg_attribute t on t.attrelid = c.oid, aclexplode(t.attacl) a
                where c.relnamespace = ?::regnamespace and a.grantee <> c.relowner group by c.oid, c.relname, c.relowner, a.grantee, a.privilege_type""", schema));
        return all;
    }

    private List<Right> held(String question, String schema) {
        return db.sql("select q.place, coalesce(r.rolname, 'everybody'), q.what from (" + question
                        + ") q (place, grantee, what) left join pg_roles r on r.oid = q.grantee order by 1, 2, 3")
                .param(schema)
                .query((row, number) -> new Right(row.getString(1), row.getString(2), row.getString(3)))
                .list();
    }

    private static String spelled(String privileges) {
        var held = new TreeSet<>(List.of(privileges.split(" ")));
        var words =
                ORDER.stream().filter(held::remove).map(WORDS::get).collect(Collectors.toCollection(ArrayList::new));
        words.addAll(held);
        return String.join(", ", words);
    }

    /** Those that run as their owner, and those of the rooms' own that not everybody may call. */
    private void functions(StringBuilder page) {
        page.append("\n## Functions\n\n| | As its owner | Who may call it |\n|---|---|---|\n");
        db.sql("""
                        select p.oid::regprocedure::text, p.prosecdef, coalesce((select string_agg(coalesce(r.rolname, 'everybody'), ', ' order by r.rolname)
                            from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a left join pg_roles r on r.oid = a.grantee
                            where a.grantee <> p.proowner), '–')
                        from pg_proc p join pg_namespace n on n.oid = p.pronamespace
                        where to_regclass(n.nspname || '.flyway_schema_history') is not null order by 1""").query(row -> {
            page.append("| ").append(row.getString(1)).append(" | ");
            page.append(row.getBoolean(2) ? "yes" : "–").append(" | ");
            page.append(row.getString(3)).append(" |\n");
        });
    }

    private List<String> texts(String question) {
        return db.sql(question).query(String.class).list();
    }
}
