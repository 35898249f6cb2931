package io.velvetastro.views;

import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Where projections write: the rows that serve, or a shadow beside them. Projections name tables without a schema, so the same code writes to either. */
public final class Schema {
    public static final String LIVE = "views";
    private final String name;
    private final DSLContext db;
    private final TransactionTemplate transaction;

    private Schema(String name, DSLContext db, TransactionTemplate transaction) {
        this.name = name;
        this.db = db;
        this.transaction = transaction;
    }

    /** Joins the running transaction, or makes one. */
    public <T> T write(Function<DSLContext, T> work) {
        return transaction.execute(status -> {
            // A plan made while a table was small would be kept when it is large.
            db.execute("set local search_path to " + name + ", public; set local plan_cache_mode to force_custom_plan");
            var done = work.apply(db);
            // Whoever shares this transaction finds the path as it was.
            db.execute("set local search_path to default; set local plan_cache_mode to default");
            return done;
        });
    }

    public String name() {
        return name;
    }

    /** Gives out schemas by name. */
    @Component
    public static class Schemas {
        private final DSLContext db;
        private final TransactionTemplate transaction;

        Schemas(DSLContext db, PlatformTransactionManager transactions) {
            this.db = db.configuration()
                    .derive(new Settings().withRenderSchema(false))
                    .dsl();
            this.transaction = new TransactionTemplate(transactions);
        }

        public Schema live() {
            return named(LIVE);
        }

        public Schema named(String name) {
            return new Schema(DSL.name(name).toString(), db, transaction);
        }
    }
}
