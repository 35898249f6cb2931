package io.velvetastro.store.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.store.Await;
import io.velvetastro.store.database.EmbeddedDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** F1 and F2: kill -9 in the middle of a burst. What was acknowledged is stored, once, and no batch is stored in part. */
class KilledInABurstTest {
    @TempDir
    Path data;

    private final Set<Integer> acknowledged = new ConcurrentSkipListSet<>();
    private volatile long server;

    @Test
    void killingTheHouseLosesNothingItAcknowledged() throws Exception {
        var house = burst("honest");
        house.destroyForcibly().waitFor();
        assertThat(lost()).isEmpty();
    }

    @Test
    void killingTheDatabaseAndTheHouseLosesNothingTheyAcknowledged() throws Exception {
        killBoth(burst("honest"));
        assertThat(lost()).isEmpty();
    }

    /** The control: were an append acknowledged before it is on the disk, the test above would see it. */
    @Test
    void aCarelessDatabaseIsFoundOut() throws Exception {
        killBoth(burst("careless"));
        assertThat(lost()).isNotEmpty();
    }

    private void killBoth(Process house) throws Exception {
        ProcessHandle.of(server).orElseThrow().destroyForcibly();
        house.destroyForcibly().waitFor();
    }

    private Process burst(String manner) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var house = new ProcessBuilder(List.of(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Burst.class.getName(),
                        data.toString(),
                        manner))
                .redirectErrorStream(true)
                .start();
        Thread.ofVirtual().start(() -> listen(house.inputReader()));
        int moment = 50 + RandomGenerator.getDefault().nextInt(200);
        try {
            Await.until(
                    moment + " batches are acknowledged", Duration.ofMinutes(3), () -> acknowledged.size() >= moment);
        } catch (AssertionError never) {
            house.destroyForcibly();
            throw never;
        }
        return house;
    }

    private void listen(BufferedReader output) {
        output.lines().forEach(line -> {
            if (line.startsWith("acknowledged ")) acknowledged.add(Integer.valueOf(line.substring(13)));
            if (line.startsWith("server ")) server = Long.parseLong(line.substring(7));
        });
    }

    /** Batches that were acknowledged and are not there; fails on its own when anything is there twice or in part. */
    private Set<Integer> lost() throws IOException {
        try (var database = EmbeddedDatabase.in(data);
                var pool = Burst.pool(database)) {
            var db = JdbcClient.create(pool);
            var stored = new HashSet<>(db.sql("SELECT event_id::text FROM store.telemetry")
                    .query(String.class)
                    .list());
            assertThat(db.sql("SELECT count(*) FROM store.telemetry")
                            .query(Long.class)
                            .single())
                    .isEqualTo(stored.size());
            var lost = new TreeSet<Integer>();
            for (int batch = 0; batch <= acknowledged.size(); batch++) {
                long there = Burst.facts(batch).stream()
                        .filter(fact -> stored.contains(fact.id().toString()))
                        .count();
                assertThat(there).as("batch %s is whole or absent", batch).isIn(0L, (long) Burst.BATCH);
                if (there == 0 && acknowledged.contains(batch)) lost.add(batch);
            }
            return lost;
        }
    }
}
