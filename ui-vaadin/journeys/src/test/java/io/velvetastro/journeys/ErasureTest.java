package io.velvetastro.journeys;

import static io.velvetastro.journeys.Client.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.ledger.Bundle;
import io.velvetastro.ledger.Trust;
import io.velvetastro.ledger.Verifier;
import io.velvetastro.ledger.VerifierKey;
import io.velvetastro.store.testing.Markers;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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
            var markers = new ArrayList<>(List.of(NAME));
            signedIn(client, markers);
            var imports = List.of(loggedIn(client, markers), alerted(client, markers));
            assertThat(markers).hasSize(20);
            var database = database();
            client.post(SixEvents.ofAnAttack(
                    NAME, "203.0.113.71")); // Blocked networks are a rule of the defence; this one is no marker.
            client.post(SixEvents.ofAnAttack(OTHER, "203.0.113.72"));
            await(
                    SOON,
                    () -> client.text("/api/v1/threat/attacks?limit=100"),
                    text -> text.contains(NAME) && text.contains(OTHER));
            await(
                    SOON,
                    () -> client.text("/api/v1/defense/blocklist"),
                    list -> list.contains("203.0.113.71") && list.contains("203.0.113.72"));
            aLetterIsWritten(client);
            aRebuildMakesTheSameRows(client, database);
            await(SOON, () -> linesAbout(client, NAME).size(), lines -> lines >= 8 + 5 + 3 + 6);

            var answers = EveryAnswer.of(client, folder.resolve("answers-before"), OTHER, imports);
            for (var marker : markers)
                assertThat(new Markers(List.of(marker)).in(answers))
                        .as("an answer says " + marker + " before")
                        .isNotEmpty();
            assertThat(found(markers, database)).as("names are readable before").isNotEmpty();
            assertThat(new Markers(markers).in(unpacked(backup(client, "earlier.backup"), "earlier")))
                    .as("a backup that was taken before")
                    .isNotEmpty();
            var before = bundle(client, "before.zip");
            for (var marker : markers)
                assertThat(new Markers(List.of(marker))
                                .in(unpacked(before, "export-before-" + markers.indexOf(marker))))
                        .as("an export says " + marker + " before")
                        .isNotEmpty();

            var answer = client.send(client.request("/api/v1/forensics/erasures")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"userId\":\""
                            + one(
                                    database,
                                    "select entity from views.attack_entity where name = '" + NAME + "' limit 1")
                            + "\"}")));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);

            await(SOON, () -> found(markers, database), List::isEmpty);
            assertThat(new Markers(markers).in(EveryAnswer.of(client, folder.resolve("answers-after"), OTHER, imports)))
                    .as("what the house still answers")
                    .isEmpty();
            for (var marker : markers) // Whoever asks for her finds what happened, and not whom it happened to.
            assertThat(markers).noneMatch(linesAbout(client, marker).toString()::contains);
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

    private static String address(List<String> markers) {
        var address = "2001:db8:5e1d:" + Integer.toHexString(0x1a00 + markers.size()) + "::9";
        markers.add(address);
        return address;
    }

    /** Signs her in from eight addresses, by three programs. */
    private static void signedIn(Client client, List<String> markers) {
        var at = Instant.now().minusSeconds(3_000);
        for (int i = 0; i < 5; i++) client.post(SixEvents.success(NAME, address(markers), at = at.plusSeconds(60)));
        for (int i = 1; i <= 3; i++) {
            var program = "QuistBrowser/" + i + ".7";
            var event = SixEvents.success(NAME, address(markers), at = at.plusSeconds(60));
            client.post(event.replace(
                    "\"dst_endpoint\"", "\"http_request\":{\"user_agent\":\"" + program + "\"},\"dst_endpoint\""));
            markers.add(program);
        }
    }

    /** Five lines of a log, each as she left it, with her key. */
    private static String loggedIn(Client client, List<String> markers) {
        var lines = new StringBuilder();
        var at = Instant.now().minusSeconds(2_000).truncatedTo(ChronoUnit.SECONDS);
        for (int i = 1; i <= 5; i++) {
            var key = "SHA256:quistskey" + i + "qQ7";
            lines.append(at.plusSeconds(60L * i))
                    .append(" gate sshd[4711]: Accepted publickey for ")
                    .append(NAME)
                    .append(" from 203.0.113.73 port 40022 ssh2: ED25519 ")
                    .append(key)
                    .append('\n');
            markers.add(key);
        }
        return imported(client, "?format=sshd&realm=Journey&log=gate", lines.toString(), 5);
    }

    /** Three machines at which another tool saw her. */
    private static String alerted(Client client, List<String> markers) {
        var rows = new StringBuilder("at,from,to,who,what\n");
        var at = Instant.now().minusSeconds(1_000).truncatedTo(ChronoUnit.SECONDS);
        for (int i = 1; i <= 3; i++) {
            var machine = "2001:db8:7a67::" + Integer.toHexString(0xa10 + i);
            rows.append(at.plusSeconds(60L * i))
                    .append(",203.0.113.74,")
                    .append(machine)
                    .append(',')
                    .append(NAME)
                    .append(",Suspicious copy ")
                    .append(i)
                    .append('\n');
            markers.add(machine);
        }
        return imported(
                client,
                "?format=csv&realm=Journey&log=tool&time=at&source=from&target=to&user=who&name=what",
                rows.toString(),
                3);
    }

    private static String imported(Client client, String query, String log, int events) {
        var answer = client.send(client.request("/api/v1/monitor/import" + query)
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString(log)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        var said = JsonMapper.shared().readTree(answer.body());
        assertThat(said.path("accepted").asInt()).as(answer.body()).isEqualTo(events);
        return said.path("importId").asString();
    }

    private static void aLetterIsWritten(Client client) {
        var asked = client.send(client.request("/api/v1/auth/password/forgot")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"email\":\"admin@velvet.com\"}")));
        assertThat(asked.statusCode()).as(asked.body()).isBetween(200, 299);
        await(SOON, () -> client.get("/api/v1/outbox").toString(), text -> text.contains("\"id\""));
    }

    /** What the history says of this user or address. */
    private static JsonNode linesAbout(Client client, String who) {
        var by = who.startsWith("2001:") ? "address" : "user";
        var path = "/api/v1/forensics/events?limit=200&" + by + "=" + URLEncoder.encode(who, UTF_8);
        return client.get(path).path("items");
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
                                .POST(
                                        BodyPublishers.ofString(
                                                "{\"from\":\"2020-01-01T00:00:00Z\",\"to\":\"2100-01-01T00:00:00Z\",\"disclose\":[\"user\",\"address\",\"target\",\"userAgent\",\"line\"]}"))
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
