package io.velvetastro.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.ledger.VerifierKey.Kind;
import io.velvetastro.store.backup.Backup;
import io.velvetastro.store.database.EmbeddedDatabase;
import io.velvetastro.witness.KeyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** F13, one half of it: a backup taken from a house at work comes back whole, and one that was touched does not. */
@Tag("F13")
class BackupTest {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    @Tag("long")
    void aHouseComesBackFromItsBackupAndItsKeysAndATamperedOneDoesNot() throws Exception {
        var data = folder.resolve("data");
        var backup = folder.resolve("house.backup");
        var before = folder.resolve("keys-before");
        var after = folder.resolve("keys-after");
        Burst burst;
        long stored;
        try (var house = House.on(data)) {
            var client = Client.of(house);
            client.events(Logins.attack("victim", "203.0.113.10"));
            client.awaitBlockOf("203.0.113.10", Duration.ofSeconds(60));
            Patience.until(
                    Duration.ofSeconds(60),
                    () -> client.asked("/api/v1/forensics/checkpoint").status(),
                    status -> status == 200);
            keepKeys(data, before);
            stored = house.count("SELECT count(*) FROM store.telemetry");
            try (var going = new Burst(client, "meanwhile", 50)) {
                burst = going;
                Patience.until(Duration.ofMinutes(1), going::acknowledged, count -> count >= 10);
                var taken = velvet(
                        client.token(),
                        "backup",
                        backup.toString(),
                        "--url",
                        house.url().toString());
                assertThat(taken.exit()).as(taken.said()).isZero();
                int atBackup = going.acknowledged();
                Patience.until(Duration.ofMinutes(1), going::acknowledged, count -> count >= atBackup + 20);
            }
            client.awaitReaders();
            Patience.pause(Duration.ofSeconds(3)); // The witness sees what came after the backup.
            keepKeys(data, after);
        }

        var again = folder.resolve("again");
        keepKeys(before, again);
        var restored = velvet("", "restore", backup.toString(), "--data", again.toString());
        assertThat(restored.exit()).as(restored.said()).isZero();
        assertThat(restored.said()).contains("VERIFIED");
        forge(again, folder.resolve("forged.backup"));
        try (var house = House.on(again)) {
            var client = Client.of(house);
            assertThat(client.blocks("203.0.113.10")).isTrue();
            assertThat(house.count("SELECT count(*) FROM store.telemetry")).isGreaterThan(stored);
            burst.lostBy(client); // What came after the backup is news to it, and nothing else is.
            client.events(Logins.attack("second", "203.0.113.11"));
            client.awaitBlockOf("203.0.113.11", Duration.ofSeconds(60));
            Sound.is(house, client, folder.resolve("bundle"));
        }

        refused(
                "is in the store and not in the ledger|is not what the store holds",
                folder.resolve("forged.backup"),
                before);
        refused("the witness has seen them", backup, after);
        knowingThatTheRestIsLostItComesBackAll(backup, after);
        refused("is not the one", backup, withAnotherLogKey(before));
        whatIsThereStays(backup, again);
        var bytes = Files.readAllBytes(backup);
        refused("", Files.write(folder.resolve("cut.backup"), Arrays.copyOf(bytes, bytes.length / 2)), before);
        bytes[bytes.length / 2] ^= 1;
        refused("", Files.write(folder.resolve("flipped.backup"), bytes), before);
    }

    /** Somebody who has the backup and writes it anew, digests and all, after changing one event. */
    private static void forge(Path data, Path forged) throws Exception {
        try (var database = EmbeddedDatabase.in(data);
                var out = Files.newOutputStream(forged)) {
            var source =
                    new DriverManagerDataSource(database.getJdbcUrl(), database.getUsername(), database.getPassword());
            try (var connection = source.getConnection();
                    var statement = connection.createStatement()) {
                var change =
                        "UPDATE store.telemetry SET payload = convert_to(replace(convert_from(payload, 'UTF8'), 'portal', 'lobby1'), 'UTF8') WHERE global_index = (SELECT global_index FROM store.telemetry WHERE convert_from(payload, 'UTF8') LIKE '%portal%' ORDER BY global_index LIMIT 1)";
                assertThat(statement.executeUpdate(change)).isEqualTo(1);
                new Backup(source).write(out);
                statement.execute(change.replace("'portal', 'lobby1'", "'lobby1', 'portal'")
                        .replace("%portal%", "%lobby1%"));
            }
        }
    }

    private void refused(String why, Path backup, Path keys) throws Exception {
        var data = Files.createTempDirectory(folder, "refused");
        keepKeys(keys, data);
        var said = velvet("", "restore", backup.toString(), "--data", data.toString());
        assertThat(said.exit()).as(said.said()).isEqualTo(1);
        assertThat(said.said()).containsPattern(why);
        assertThat(data.resolve("postgres")).doesNotExist();
    }

    private void knowingThatTheRestIsLostItComesBackAll(Path backup, Path keys) throws Exception {
        var data = Files.createTempDirectory(folder, "accepted");
        keepKeys(keys, data);
        var said = velvet("", "restore", backup.toString(), "--data", data.toString(), "--accept-loss", "yes");
        assertThat(said.exit()).as(said.said()).isZero();
        assertThat(said.said()).contains("VERIFIED");
    }

    /** Of another house: the same name and another key. */
    private Path withAnotherLogKey(Path keys) throws Exception {
        var other = Files.createTempDirectory(folder, "other-key");
        keepKeys(keys, other);
        var file = other.resolve("keys").resolve("log.key");
        var name = KeyFiles.read(file, Kind.LOG).orElseThrow().verifier().name();
        Files.delete(file);
        KeyFiles.open(file, name, Kind.LOG, false);
        return other;
    }

    private void whatIsThereStays(Path backup, Path data) throws Exception {
        var before = Files.getLastModifiedTime(data.resolve("postgres").resolve("PG_VERSION"));
        var said = velvet("", "restore", backup.toString(), "--data", data.toString());
        assertThat(said.exit()).as(said.said()).isEqualTo(2);
        assertThat(said.said()).contains("holds a database already");
        assertThat(Files.getLastModifiedTime(data.resolve("postgres").resolve("PG_VERSION")))
                .isEqualTo(before);
    }

    private record Outcome(int exit, String said) {}

    private Outcome velvet(String token, String... typed) throws Exception {
        var command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"),
                                "-cp",
                                System.getProperty("java.class.path"),
                                "io.velvetastro.app.cli.CommandLine"),
                        Stream.of(typed))
                .toList();
        var said = Files.createTempFile(folder, "said", ".txt");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().putAll(Map.of("VELVET_TOKEN", token));
        var process = builder.start();
        assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
        return new Outcome(process.exitValue(), Files.readString(said));
    }

    private static void keepKeys(Path from, Path to) throws IOException {
        for (var name : List.of("keys", "witness")) {
            Files.createDirectories(to.resolve(name));
            try (var files = Files.list(from.resolve(name))) {
                for (var file : files.filter(Files::isRegularFile).toList())
                    Files.copy(file, to.resolve(name).resolve(file.getFileName()));
            }
        }
    }
}
