package io.velvetastro.views;

import io.velvetastro.store.testing.FreshDatabase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/** A database of its own with the tables of the views, on the one PostgreSQL of this JVM. */
public final class TestDatabase {
    private final DSLContext db;
    private final Schema.Schemas schemas;

    private TestDatabase(DataSource source) {
        Flyway.configure()
                .dataSource(source)
                .schemas(Schema.LIVE)
                .locations("classpath:db/views")
                .load()
                .migrate();
        this.db = DSL.using(new TransactionAwareDataSourceProxy(source), SQLDialect.POSTGRES);
        this.schemas = new Schema.Schemas(db, new DataSourceTransactionManager(source));
    }

    public static TestDatabase fresh() {
        return new TestDatabase(source());
    }

    public static DataSource source() {
        var source = new PGSimpleDataSource();
        source.setUrl(FreshDatabase.url());
        source.setUser("postgres");
        return source;
    }

    public DSLContext db() {
        return db;
    }

    public Schema live() {
        return schemas.live();
    }

    public Schema.Schemas schemas() {
        return schemas;
    }

    /** Every row of every table, as text and in order: two databases that say the same are the same. */
    public Map<String, List<String>> rows(String schema) {
        var tables = new LinkedHashMap<String, List<String>>();
        for (var table : db.fetch(
                        "select tablename from pg_tables where schemaname = ? and tablename not like 'flyway%' order by 1",
                        schema)
                .getValues(0, String.class))
            tables.put(
                    table,
                    db.fetch("select t::text from " + schema + "." + table + " t order by 1")
                            .getValues(0, String.class));
        return tables;
    }

    public Map<String, List<String>> rows() {
        return rows(Schema.LIVE);
    }
}
