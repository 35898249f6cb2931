package io.velvetastro.decisions.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.TenantId;
import io.velvetastro.store.testing.FreshDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Two processes hold one organisation to one quota: each hears what was spent in the other, once. */
class TalliesTest {
    private static final TenantId BUSY = new TenantId(new UUID(1, 1));
    private static final TenantId CALM = new TenantId(new UUID(1, 2));

    private final Counting here = new Counting();
    private final Counting there = new Counting();
    private JdbcClient db;
    private Tallies ours;
    private Tallies theirs;

    /** A quota that only writes down what it hears. */
    private static final class Counting implements Tally {
        private final Spending spending = new Spending();
        private final Map<TenantId, Long> heard = new HashMap<>();

        @Override
        public String kind() {
            return "events";
        }

        @Override
        public Map<TenantId, Long> spent() {
            return spending.news();
        }

        @Override
        public void heard(TenantId tenant, long spent) {
            heard.merge(tenant, spent, Long::sum);
        }
    }

    @BeforeEach
    void twoProcesses() {
        var database = new DriverManagerDataSource(FreshDatabase.url());
        Flyway.configure()
                .dataSource(database)
                .schemas("decisions")
                .locations("classpath:db/decisions")
                .load()
                .migrate();
        db = JdbcClient.create(database);
        ours = new Tallies(db, "1@here", List.of(here));
        theirs = new Tallies(db, "1@there", List.of(there));
        both();
    }

    @AfterEach
    void end() {
        ours.close();
        theirs.close();
    }

    private void both() {
        ours.exchange();
        theirs.exchange();
        ours.exchange();
    }

    @Test
    void whatIsSpentHereIsHeardThereOnceAndNotHere() {
        here.spending.add(BUSY, 500);
        here.spending.add(BUSY, 20);
        there.spending.add(CALM, 3);
        both();
        both();
        assertThat(there.heard).containsExactly(Map.entry(BUSY, 520L));
        assertThat(here.heard).containsExactly(Map.entry(CALM, 3L));
        here.spending.add(BUSY, 1);
        both();
        assertThat(there.heard).containsEntry(BUSY, 521L);
    }

    @Test
    void whoBeginsLaterIsNotChargedForThePast() {
        here.spending.add(BUSY, 500);
        both();
        var late = new Counting();
        try (var third = new Tallies(db, "1@late", List.of(late))) {
            third.exchange();
            assertThat(late.heard).isEmpty();
            here.spending.add(BUSY, 7);
            both();
            third.exchange();
            assertThat(late.heard).containsExactly(Map.entry(BUSY, 7L));
        }
    }

    @Test
    void whatAProcessSpendsThatBeganAnewUnderItsOldNameIsHeardInFull() {
        here.spending.add(BUSY, 500);
        both();
        var again = new Counting();
        try (var restarted = new Tallies(db, "1@here", List.of(again))) {
            again.spending.add(BUSY, 30);
            restarted.exchange();
            theirs.exchange();
            assertThat(there.heard).containsExactly(Map.entry(BUSY, 530L));
            again.spending.add(BUSY, 5);
            restarted.exchange();
            theirs.exchange();
            assertThat(there.heard).containsExactly(Map.entry(BUSY, 535L));
        }
    }

    @Test
    void whoHasSaidNothingForADayIsForgotten() {
        here.spending.add(BUSY, 500);
        both();
        db.sql("UPDATE decisions.spent SET said_at = now() - interval '2 days'").update();
        theirs.sweep();
        assertThat(db.sql("SELECT count(*) FROM decisions.spent")
                        .query(Long.class)
                        .single())
                .isZero();
    }
}
