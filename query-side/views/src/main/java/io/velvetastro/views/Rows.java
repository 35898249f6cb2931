package io.velvetastro.views;

import java.util.Collection;
import org.jooq.DSLContext;
import org.jooq.JSONFormat;
import org.jooq.Table;
import org.jooq.TableRecord;

/** Writes many rows with one statement and one parameter, whatever their number: PostgreSQL unfolds them from JSON. */
public final class Rows {
    private static final JSONFormat FORM = new JSONFormat()
            .header(false)
            .recordFormat(JSONFormat.RecordFormat.OBJECT)
            .quoteNested(false);

    private Rows() {}

    /** @param conflict what follows the rows, such as {@code on conflict do nothing}; the table is called {@code t} there */
    public static <R extends TableRecord<R>> void insert(
            DSLContext db, Table<R> table, Collection<R> rows, String conflict) {
        if (rows.isEmpty()) return;
        var name = table.getName();
        db.execute(
                "insert into " + name + " as t select * from json_populate_recordset(null::" + name + ", ?::json) "
                        + conflict,
                json(db, table, rows));
    }

    /** The same rows as JSON for a statement of one's own. */
    public static <R extends TableRecord<R>> String json(DSLContext db, Table<R> table, Collection<R> rows) {
        var result = db.newResult(table);
        result.addAll(rows);
        return result.formatJSON(FORM);
    }
}
