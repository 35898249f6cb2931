package io.velvetastro.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.store.testing.FreshDatabase;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** F12: two nodes on one database decide on the same incident at the same moment. */
@Tag("F12")
class TwoNodesTest {
    private static final int ORDERS = 100;
    private static final String COMMENTS =
            "SELECT count(*) FROM store.decisions WHERE payloadType LIKE '%IncidentCommented'";
    private static final String GAPS =
            "SELECT count(*) FROM (SELECT 1 FROM store.decisions GROUP BY aggregateIdentifier HAVING max(sequenceNumber) + 1 <> count(*)) AS gap";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final String database = FreshDatabase.url();

    @Test
    @Tag("long")
    void whoComesSecondIsToldSoAndNothingIsLost(TestReporter report) throws Exception {
        var answers = commentedByTwo();
        report.publishEntry("answers", answers.toString());
        assertThat(answers.keySet()).isSubsetOf(204, 409);
        assertThat(count(COMMENTS)).isEqualTo(answers.get(204).get());
        assertThat(count(GAPS)).isZero();
    }

    /** The control: without the database's own word on what is next, two decisions take one place. */
    @Test
    @Tag("long")
    @Tag("control")
    void aStoreThatLetsBothThroughIsFoundOut() throws Exception {
        try (var connection = DriverManager.getConnection(database);
                var first = nodes()) {
            Client.of(first);
            connection.createStatement().execute("ALTER TABLE store.decisions DROP CONSTRAINT decisions_in_sequence");
        }
        commentedByTwo();
        assertThat(count(GAPS)).isPositive();
    }

    /** How often each status was answered. */
    private Map<Integer, AtomicInteger> commentedByTwo() throws Exception {
        try (var one = nodes()) {
            var first = Client.of(one);
            try (var other = nodes()) {
                var second = Client.of(other);
                first.events(Logins.attack("victim", "203.0.113.10"));
                var incident = Patience.until(
                                Duration.ofSeconds(60),
                                () -> first.incidentsOf("203.0.113.10"),
                                found -> !found.isEmpty())
                        .getFirst();
                first.awaitBlockOf("203.0.113.10", Duration.ofSeconds(60));
                var path = "/api/v1/incidents/" + incident.path("id").asString() + "/comment";
                var answers = new ConcurrentHashMap<Integer, AtomicInteger>();
                try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                    for (var client : List.of(first, second, first, second))
                        threads.submit(() -> {
                            for (int i = 0; i < ORDERS; i++) {
                                var said = client.tried(path, "application/json", "{\"text\":\"seen\"}");
                                answers.computeIfAbsent(said.status(), status -> new AtomicInteger())
                                        .incrementAndGet();
                            }
                        });
                }
                return answers;
            }
        }
    }

    private House nodes() {
        return House.on(folder.resolve("data"), "--velvet.db.url=" + database);
    }

    private long count(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(database);
                var row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
