package io.velvetastro.views.rebuild;

import io.velvetastro.views.Schema;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jooq.DSLContext;

/** Empty copies of a view's tables in a schema of their own, until they take the place of those that serve. */
final class Shadow {
    /** Indexes of this name serve questions; nobody asks a shadow. */
    private static final String FOR_READERS = "read\\_%";

    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final int TRIES = 500;
    private final DSLContext db;
    private final View view;
    private final List<View> together;
    private final String name;
    private boolean readable;

    /** @param together all views that take their places in one transaction */
    Shadow(DSLContext db, View view, List<View> together) {
        this.db = db;
        this.view = view;
        this.together = together;
        this.name = Schema.LIVE + "_next_" + view.name();
    }

    String name() {
        return name;
    }

    View view() {
        return view;
    }

    void create() {
        drop();
        db.execute("create schema " + name);
        for (var table : view.tables()) {
            db.execute("create table " + name + "." + table + " (like " + Schema.LIVE + "." + table + ")");
            db.fetch(
                            "select conname, pg_get_constraintdef(oid) as def from pg_constraint where contype = 'p' and conrelid = ?::regclass",
                            Schema.LIVE + "." + table)
                    .forEach(key -> db.execute("alter table " + name + "." + table + " add constraint "
                            + key.get("conname") + " " + key.get("def")));
            index(table, "not like");
        }
    }

    void drop() {
        db.execute("drop schema if exists " + name + " cascade");
    }

    /** Indexes and statistics for the readers to come; made once, when nearly all rows are there. */
    void makeReadable() {
        if (readable) return;
        for (var table : view.tables()) {
            index(table, "like");
            db.execute("analyze " + name + "." + table);
        }
        readable = true;
    }

    private void index(String table, String which) {
        db.fetch(
                        "select indexdef from pg_indexes i where schemaname = ? and tablename = ? and indexname "
                                + which
                                + " ? and not exists (select 1 from pg_constraint c where c.conname = i.indexname and c.conrelid = ?::regclass)",
                        Schema.LIVE,
                        table,
                        FOR_READERS,
                        Schema.LIVE + "." + table)
                .forEach(index -> db.execute(
                        index.get("indexdef", String.class).replace(" ON " + Schema.LIVE + ".", " ON " + name + ".")));
    }

    /** Within a transaction: whoever asks before it commits sees the old rows, whoever asks after it the new ones. */
    void takePlace() {
        lock();
        for (var table : view.tables()) {
            db.execute("drop table " + Schema.LIVE + "." + table);
            db.execute("alter table " + name + "." + table + " set schema " + Schema.LIVE);
            db.execute("select views.wall(?::regclass)", Schema.LIVE + "." + table);
        }
        drop();
    }

    /** All tables or none: waiting for one while holding another could end in a deadlock with a reader. */
    private void lock() {
        var tables = together.stream()
                .flatMap(each -> each.tables().stream())
                .map(table -> Schema.LIVE + "." + table)
                .collect(Collectors.joining(", "));
        for (int i = 1; ; i++) {
            db.execute("savepoint unlocked");
            try {
                db.execute("lock table " + tables + " in access exclusive mode nowait");
                return;
            } catch (RuntimeException failed) {
                if (i == TRIES || !isBusy(failed)) throw failed;
                db.execute("rollback to savepoint unlocked");
                pause();
            }
        }
    }

    private static boolean isBusy(Throwable failed) {
        for (var cause = failed; cause != null; cause = cause.getCause())
            if (cause instanceof SQLException refusal && LOCK_NOT_AVAILABLE.equals(refusal.getSQLState())) return true;
        return false;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for readers", e);
        }
    }
}
