package io.velvetastro.store.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.language.CannotStart;
import io.velvetastro.store.testing.FreshDatabase;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Data of another version is one clear line, and it is left as it was. */
class KnownMigrationsTest {
    private final DataSource database = new DriverManagerDataSource(FreshDatabase.url(), "postgres", "");
    private final JdbcClient db = JdbcClient.create(database);

    @BeforeEach
    void madeByThisVersion() {
        start();
    }

    @Test
    void ourOwnDataIsKnown() {
        assertThatCode(this::start).doesNotThrowAnyException();
    }

    @Test
    void dataOfANewerVersionIsRefused() {
        db.sql("""
                insert into store.flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                values (999, '999', 'of the future', 'SQL', 'V999__of_the_future.sql', 1, 'somebody', 1, true)
                """).update();
        assertThatThrownBy(this::start)
                .hasRootCauseInstanceOf(CannotStart.class)
                .rootCause()
                .hasMessageContaining("made by a newer Velvet Astro (store is at 999)")
                .hasMessageNotContaining("\n");
    }

    @Test
    void dataOfAnotherBuildIsRefused() {
        db.sql("update store.flyway_schema_history set checksum = 1 where version = '1'")
                .update();
        assertThatThrownBy(this::start)
                .hasRootCauseInstanceOf(CannotStart.class)
                .rootCause()
                .hasMessageContaining("another build of Velvet Astro (migration 1 differs)")
                .hasMessageNotContaining("\n");
        assertThat(db.sql("select checksum from store.flyway_schema_history where version = '1'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    /** As every room does: a Flyway bean that migrates when it is made. */
    private void start() {
        new ApplicationContextRunner()
                .withBean(KnownMigrations.class, KnownMigrations::new)
                .withBean("database", DataSource.class, () -> database)
                .withUserConfiguration(Room.class)
                .run(house -> {
                    var refused = house.getStartupFailure();
                    if (refused instanceof RuntimeException why) throw why;
                });
    }

    static class Room {
        @Bean(initMethod = "migrate")
        Flyway migrations(DataSource database) {
            return Flyway.configure()
                    .dataSource(database)
                    .schemas("store")
                    .defaultSchema("store")
                    .locations("classpath:db/store")
                    .load();
        }
    }
}
