package io.velvetastro.journeys;

import static io.velvetastro.journeys.Client.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.ledger.Bundle;
import io.velvetastro.ledger.Trust;
import io.velvetastro.ledger.Verifier;
import io.velvetastro.ledger.VerifierKey;
import io.velvetastro.store.testing.Markers;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** A person is forgotten: twenty things that were known about her are nowhere any more, and everything that was proven still is. */
class ErasureTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String NAME = "zelda.quist";
    private static final String OTHER = "oskar.lind";

    @TempDir
    Path folder;

    @Test
    void whoWasErasedIsInNoTableNoAnswerAndNoExportAndEveryProofStillVerifies() throws Exception {
        var client = Client.of(folder.resolve("data"));
        try (var house = client.house()) {
            var markers = known(client);
            var database = database();
            client.post(SixEvents.ofAnAttack(
                    NAME, "203.0.113.71")); // Blocked networks are a rule of the defence; this one is no marker.
            client.post(SixEvents.ofAnAttack(OTHER, "203.0.113.72"));
            await(
                    SOON,
                    () -> client.text("/api/v1/threat/attacks?limit=100"),
                    text -> text.contains(NAME) && text.contains(OTHER));
            await(SOON, () -> client.text("/api/v1/defense/blocklist"), list -> list.contains("203.0.113.71"));
            await(
                    SOON,
                    () -> client.send(client.request("/api/v1/forensics/events?limit=100&user=" + NAME)
                                    .GET())
                            .body(),
                    text -> markers.stream().allMatch(text::contains)); // Every one of them can be read before.
            assertThat(found(markers, database)).as("names are readable before").isNotEmpty();
            assertThat(new Markers(markers).in(unpacked(backup(client, "earlier.backup"), "earlier")))
                    .as("a backup that was taken before")
                    .isNotEmpty();
            var before = bundle(client, "before.zip");

            var answer = client.send(client.request("/api/v1/forensics/erasures")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"userId\":\""
                            + one(
                                    database,
                                    "select entity from views.attack_entity where name = '" + NAME + "' limit 1")
                            + "\"}")));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);

            await(SOON, () -> found(markers, database), List::isEmpty);
            for (var path : List.of(
                    "/api/v1/threat/attacks?limit=100",
                    "/api/v1/incidents?limit=100",
                    "/api/v1/anomaly",
                    "/api/v1/forensics/events?limit=100",
                    "/api/v1/forensics/events?user=" + NAME)) {
                var text = client.send(client.request(path).GET()).body();
                assertThat(markers).as(path).noneMatch(text::contains);
            }
            assertThat(client.text("/api/v1/threat/attacks?limit=100"))
                    .contains(OTHER)
                    .contains("erased");

            verify(client, before);
            var after = bundle(client, "after.zip");
            verify(client, after);
            assertThat(new Markers(markers).in(unpacked(after, "export"))).isEmpty();
            assertThat(new Markers(markers).in(unpacked(backup(client, "later.backup"), "backup")))
                    .as("a backup that was taken later")
                    .isEmpty();

            aRebuildMakesTheSameRows(client, database);
        }
    }

    /** Her name and nineteen addresses of hers, each with a sign-in. */
    private static List<String> known(Client client) {
        var markers = new ArrayList<String>(List.of(NAME));
        for (int i = 1; i < 20; i++) markers.add("2001:db8:5e1d:" + Integer.toHexString(0x1a00 + i) + "::9");
        var at = Instant.now().minusSeconds(3_000);
        for (var address : markers.subList(1, 20))
            client.post(SixEvents.success(NAME, address, at = at.plusSeconds(60)));
        return markers;
    }

    private static List<String> found(List<String> markers, PGSimpleDataSource database) {
        try {
            return List.copyOf(new Markers(markers).in(database));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void aRebuildMakesTheSameRows(Client client, PGSimpleDataSource database) throws SQLException {
        for (var view : List.of("story", "history")) {
            var path = "/api/v1/platform/views/" + view + "/rebuild";
            var live = rows(database);
            var begun = client.send(client.request(path).POST(BodyPublishers.noBody()));
            assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
            await(SOON, () -> client.get(path).path("state").asString(), state -> state.equalsIgnoreCase("done"));
            rows(database).forEach((table, same) -> assertThat(same).as(table).isEqualTo(live.get(table)));
        }
    }

    private static Map<String, List<String>> rows(PGSimpleDataSource database) throws SQLException {
        var rows = new LinkedHashMap<String, List<String>>();
        for (var table : all(
                database,
                "select tablename from pg_tables where schemaname = 'views' and tablename not like 'flyway%' and tablename not like '%progress' order by 1"))
            rows.put(table, all(database, "select t::text from views." + table + " t order by 1"));
        return rows;
    }

    private static String one(PGSimpleDataSource database, String sql) throws SQLException {
        return all(database, sql).getFirst();
    }

    private static List<String> all(PGSimpleDataSource database, String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            var found = new ArrayList<String>();
            while (row.next()) found.add(row.getString(1));
            return found;
        }
    }

    private PGSimpleDataSource database() throws IOException {
        var data = folder.resolve("data");
        Path pid;
        try (var files = Files.walk(data, 3)) {
            pid = files.filter(file -> file.endsWith("postmaster.pid"))
                    .findFirst()
                    .orElseThrow();
        }
        var database = new PGSimpleDataSource();
        database.setServerNames(new String[] {"127.0.0.1"});
        database.setPortNumbers(
                new int[] {Integer.parseInt(Files.readAllLines(pid).get(3).strip())});
        database.setDatabaseName("postgres");
        database.setUser("postgres");
        database.setPassword(Files.readString(data.resolve("keys").resolve("postgres.password"))
                .strip());
        return database;
    }

    private Path bundle(Client client, String name) throws Exception {
        var answer = client.http()
                .send(
                        client.request("/api/v1/forensics/bundles")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(
                                        "{\"from\":\"2020-01-01T00:00:00Z\",\"to\":\"2100-01-01T00:00:00Z\"}"))
                                .build(),
                        BodyHandlers.ofFile(folder.resolve(name)));
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private static void verify(Client client, Path file) throws IOException {
        var key = VerifierKey.parse(client.text("/api/v1/forensics/key"));
        var witness = VerifierKey.parse(client.text("/api/v1/forensics/witness"));
        try (var bundle = Bundle.open(file)) {
            var report = Verifier.verify(bundle, Trust.in(key, List.of(witness)));
            assertThat(report.events()).hasSizeGreaterThan(30);
        }
    }

    private Path backup(Client client, String name) throws Exception {
        var request = client.request("/api/v1/platform/backup").POST(BodyPublishers.noBody());
        var answer = client.http().send(request.build(), BodyHandlers.ofFile(folder.resolve(name)));
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private Path unpacked(Path bundle, String name) throws IOException {
        var into = Files.createDirectory(folder.resolve("unpacked-" + name));
        try (var zip = new ZipFile(bundle.toFile())) {
            for (var entry : java.util.Collections.list(zip.entries()))
                Files.copy(
                        zip.getInputStream(entry), into.resolve(entry.getName().replace('/', '_')));
        }
        return into;
    }
}
