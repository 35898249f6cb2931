package io.velvetastro.store.streams;

import io.velvetastro.language.StoredBytes.Flaw;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.JdbcTemplate;

/** Looks whether every event lies in its table once, and whether the table would still refuse a second. An exact copy of a row carries a valid MAC: that one covers no position. */
final class OnceOnly {
    private static final int MOST_NAMED = 100;

    private static final long READ_ALL_AGAIN_NANOS = TimeUnit.DAYS.toNanos(1);

    private final JdbcTemplate db;
    /** Up to where no event was found to lie there twice; what lies before it and is changed later is no longer what its leaf says. */
    private long checkedTo;

    private long readAllNanos;

    OnceOnly(JdbcTemplate db) {
        this.db = db;
    }

    /**
     * By what a table tells its events apart.
     *
     * @param columns as the rows have them
     * @param values the same, as no index has them
     */
    private record Key(String table, String id, String columns, String values, String position) {}

    private static final List<Key> KEYS = List.of(
            plain("store.telemetry"),
            plain("store.findings"),
            new Key(
                    "store.decisions",
                    "eventIdentifier || ''",
                    "eventIdentifier",
                    "eventIdentifier || ''",
                    "globalIndex"));

    private static Key plain(String table) {
        return new Key(
                table,
                "encode(uuid_send(event_id), 'hex')::uuid::text",
                "event_id, tenant",
                "uuid_send(event_id), tenant",
                "global_index");
    }

    /** A rule of the database as it spells it. */
    private record Rule(String table, String name, String definition) {}

    private static final List<Rule> RULES = List.of(
            new Rule("store.telemetry", "telemetry_pk", "PRIMARY KEY (global_index)"),
            new Rule("store.telemetry", "telemetry_once", "UNIQUE (event_id, tenant)"),
            new Rule("store.findings", "findings_pk", "PRIMARY KEY (global_index)"),
            new Rule("store.findings", "findings_once", "UNIQUE (event_id, tenant)"),
            new Rule("store.decisions", "decisions_pk", "PRIMARY KEY (globalindex)"),
            new Rule("store.decisions", "decisions_in_sequence", "UNIQUE (aggregateidentifier, sequencenumber)"),
            new Rule("store.decisions", "decisions_once", "UNIQUE (eventidentifier)"));

    /** What is wrong. Reads all rows at first and once a day, and in between those that have come. */
    synchronized List<Flaw> flaws() {
        var flaws = new ArrayList<Flaw>();
        for (var rule : RULES)
            if (!stands(rule))
                flaws.add(new Flaw(rule.table() + ", " + rule.name(), "is no rule of the database any more"));
        long upTo = complete();
        boolean all = checkedTo == 0 || System.nanoTime() - readAllNanos > READ_ALL_AGAIN_NANOS;
        var twice = new ArrayList<Flaw>();
        for (var key : KEYS) twice.addAll(all ? twice(key) : twiceBehind(key, checkedTo));
        if (twice.isEmpty()) { // What was found is looked for again until it is gone.
            checkedTo = upTo;
            if (all) readAllNanos = System.nanoTime();
        }
        flaws.addAll(twice);
        return flaws;
    }

    private long complete() {
        Long complete = db.queryForObject("SELECT complete FROM store.fence(ARRAY[101, 102, 103])", Long.class);
        return complete == null ? 0 : complete;
    }

    private boolean stands(Rule rule) {
        return Boolean.TRUE.equals(db.queryForObject("""
                SELECT EXISTS (SELECT FROM pg_constraint c JOIN pg_index i ON i.indexrelid = c.conindid
                    WHERE c.conrelid = to_regclass(?) AND c.conname = ? AND pg_get_constraintdef(c.oid) = ?
                        AND i.indisunique AND i.indisvalid AND i.indisready AND i.indislive AND i.indimmediate)""", Boolean.class, rule.table(), rule.name(), rule.definition()));
    }

    /**
     * Counts the rows themselves: by what no index holds, so that none is read in their place, which may lack a row and leads through ten million rows in an order that is nobody's. The database groups
     * in as much memory as it gives any question (8 MB, unless told otherwise) and about 100 bytes of temporary disk an event.
     */
    private List<Flaw> twice(Key key) {
        return named("SELECT " + key.id() + ", min(" + key.position() + "), max(" + key.position() + ") FROM "
                + key.table() + " GROUP BY " + key.values() + " HAVING count(*) > 1 ORDER BY 2 LIMIT " + MOST_NAMED);
    }

    /** Which of the rows behind a position is there before it, too; by the index, because they are few. */
    private List<Flaw> twiceBehind(Key key, long position) {
        return named(
                "SELECT " + key.id() + ", min(earlier." + key.position() + "), max(later." + key.position() + ") FROM "
                        + key.table() + " later JOIN " + key.table() + " earlier USING (" + key.columns()
                        + ") WHERE later." + key.position() + " > ? AND earlier." + key.position() + " < later."
                        + key.position() + " GROUP BY 1 ORDER BY 2 LIMIT " + MOST_NAMED,
                position);
    }

    private List<Flaw> named(String question, Object... parameters) {
        return db.query(
                question,
                (row, number) -> new Flaw(
                        "positions " + row.getLong(2) + " and " + row.getLong(3),
                        "hold the same event, " + row.getString(1)),
                parameters);
    }
}
