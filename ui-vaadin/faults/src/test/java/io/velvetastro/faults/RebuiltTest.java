package io.velvetastro.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/** F8: a view rebuilt from the first event on, by batches of other sizes than the live ones, all of them of chance, is the same to the byte. Its control: a row changed by hand is not. */
@Tag("F8")
class RebuiltTest {
    private static final Duration SOON = Duration.ofSeconds(90);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    @Tag("short")
    void everyTableIsTheSameToTheByteAndAChangedRowIsNot(TestReporter report) throws Exception {
        long seed = Long.getLong("velvet.faults.seed", new Random().nextLong(1_000_000));
        report.publishEntry("portions of seed", Long.toString(seed));
        try (var house = House.on(folder.resolve("data"), "--velvet.faults.portions=" + seed)) {
            var client = Client.of(house);
            for (int attack = 0; attack < 3; attack++) {
                client.events(Logins.calm("people" + attack, 300));
                client.events(Logins.attack("victim" + attack, "203.0.113.1" + attack));
                var address = "203.0.113.1" + attack;
                client.awaitBlockOf(address, SOON);
            }
            Patience.until(
                    SOON,
                    () -> house.count(
                            "SELECT count(*) FROM store.decisions WHERE payloadType LIKE '%PlaybookStepCompleted'"),
                    count -> count == 3);
            client.awaitReaders();
            var live = tables(house);
            rebuild(client);
            client.awaitReaders();
            assertThat(tables(house)).as("portions of seed " + seed).isEqualTo(live);

            house.execute("UPDATE views.traffic_minute SET succeeded = succeeded + 1");
            assertThat(tables(house)).isNotEqualTo(live);
            rebuild(client);
            assertThat(tables(house)).isEqualTo(live);
        }
    }

    private static void rebuild(Client client) {
        for (var view : new String[] {"story", "traffic", "history", "custody", "audit"}) {
            var path = "/api/v1/platform/views/" + view + "/rebuild";
            assertThat(client.tried(path, "application/json", "").status()).isEqualTo(202);
            Patience.until(SOON, () -> client.get(path).path("state").asString(), state -> !state.equals("running"));
            assertThat(client.get(path).path("state").asString()).isEqualTo("done");
        }
    }

    /** A checksum of each table's rows in order; where a reader is up to is its own affair. */
    private static Map<String, String> tables(House house) throws Exception {
        var sums = new TreeMap<String, String>();
        try (var connection = house.database();
                var names = connection
                        .createStatement()
                        .executeQuery(
                                "SELECT tablename FROM pg_tables WHERE schemaname = 'views' AND tablename NOT LIKE '%progress' AND tablename NOT LIKE 'flyway%'")) {
            var copies = connection.unwrap(PGConnection.class).getCopyAPI();
            while (names.next()) {
                var table = names.getString(1);
                var rows = new ByteArrayOutputStream();
                copies.copyOut("COPY (SELECT t::text FROM views.%s t ORDER BY 1) TO STDOUT".formatted(table), rows);
                var sum = new CRC32();
                sum.update(rows.toByteArray());
                sums.put(table, HexFormat.of().toHexDigits(sum.getValue()));
            }
        }
        return sums;
    }
}
