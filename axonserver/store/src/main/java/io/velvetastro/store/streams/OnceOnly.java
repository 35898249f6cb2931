package io.velvetastro.store.streams;

import io.velvetastro.language.StoredBytes.Flaw;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Looks whether every event lies in its table once, and whether the table would still refuse a second. An exact copy of a row carries a valid MAC: that one covers no position. */
final class OnceOnly {
    private static final int MOST_NAMED = 100;

    private final JdbcTemplate db;

    OnceOnly(JdbcTemplate db) {
        this.db = db;
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

    List<Flaw> flaws() {
        var flaws = new ArrayList<Flaw>();
        for (var rule : RULES)
            if (!stands(rule))
                flaws.add(new Flaw(rule.table() + ", " + rule.name(), "is no rule of the database any more"));
        flaws.addAll(twice("store.telemetry", "event_id", "event_id, tenant", "global_index"));
        flaws.addAll(twice("store.findings", "event_id", "event_id, tenant", "global_index"));
        flaws.addAll(twice("store.decisions", "eventIdentifier", "eventIdentifier", "globalIndex"));
        return flaws;
    }

    private boolean stands(Rule rule) {
        return Boolean.TRUE.equals(db.queryForObject("""
                SELECT EXISTS (SELECT FROM pg_constraint c JOIN pg_index i ON i.indexrelid = c.conindid
                    WHERE c.conrelid = to_regclass(?) AND c.conname = ? AND pg_get_constraintdef(c.oid) = ?
                        AND i.indisunique AND i.indisvalid AND i.indisready AND i.indislive AND i.indimmediate)""", Boolean.class, rule.table(), rule.name(), rule.definition()));
    }

    /** Asks for positions too, which stand in no index beside the id: what is counted are the rows themselves. */
    private List<Flaw> twice(String table, String id, String same, String position) {
        return db.query(
                "SELECT " + id + "::text, min(" + position + "), max(" + position + ") FROM " + table + " GROUP BY "
                        + same + " HAVING count(*) > 1 ORDER BY 2 LIMIT " + MOST_NAMED,
                (row, number) -> new Flaw(
                        "positions " + row.getLong(2) + " and " + row.getLong(3),
                        "hold the same event, " + row.getString(1)));
    }
}
