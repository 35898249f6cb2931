package io.velvetastro.views;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.ExecuteListenerProvider;

/** Forgets in every question to say whose rows are meant, as a careless programmer might: what is left is the wall. Only for tests. */
public final class WithoutPredicates implements ExecuteListener {
    private static final long serialVersionUID = 1;
    private static final Pattern MINE =
            Pattern.compile("(?i)(?:\"?\\w+\"?\\.){0,2}\"?tenant\"? = (cast\\(\\? as uuid\\)|\\?(?:::uuid)?)");

    static DSLContext in(DSLContext db) {
        var listeners = new ArrayList<>(List.of(db.configuration().executeListenerProviders()));
        listeners.add(WithoutPredicates::new);
        return db.configuration()
                .derive(listeners.toArray(ExecuteListenerProvider[]::new))
                .dsl();
    }

    @Override
    public void renderEnd(ExecuteContext context) {
        var sql = context.sql();
        if (sql == null) return;
        context.sql(forget(sql));
    }

    static String forget(String sql) {
        return MINE.matcher(sql).replaceAll("cast(? as uuid) is not null");
    }
}
