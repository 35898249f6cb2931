package io.velvetastro.views.rebuild;

import io.velvetastro.views.Schema;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jooq.DSLContext;

/** Empty copies of a view's tables in a schema of their own, until they take the place of those that serve. The database makes them at our word: who writes rows may make no table. */
final class Shadow {
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
        db.execute("select views.make_shadow(?, ?)", view.name(), tables());
    }

    void drop() {
        db.execute("select views.drop_shadow(?)", view.name());
    }

    /** Indexes and statistics for the readers to come; made once, when nearly all rows are there. */
    void makeReadable() {
        if (readable) return;
        db.execute("select views.finish_shadow(?, ?)", view.name(), tables());
        readable = true;
    }

    /** Within a transaction: whoever asks before it commits sees the old rows, whoever asks after it the new ones. */
    void takePlace() {
        lock();
        db.execute("select views.show_shadow(?, ?)", view.name(), tables());
    }

    private String[] tables() {
        return view.tables().toArray(String[]::new);
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
