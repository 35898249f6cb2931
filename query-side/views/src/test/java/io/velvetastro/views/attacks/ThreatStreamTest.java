package io.velvetastro.views.attacks;

import static io.velvetastro.views.Stories.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.TenantId;
import io.velvetastro.views.Door;
import io.velvetastro.views.OnTheReadHouse;
import io.velvetastro.views.ReadHouse;
import io.velvetastro.views.Stories;
import io.velvetastro.views.Stories.Finding;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@OnTheReadHouse
@Timeout(60)
class ThreatStreamTest {
    @Autowired
    private Door door;

    @Autowired
    private ThreatStream streams;

    @Autowired
    private ReadHouse.KnownListeners listeners;

    @Autowired
    private DSLContext db;

    @LocalServerPort
    private int port;

    private record Told(String id, String kind, String data) {}

    private static final class Reader implements AutoCloseable {
        private final BufferedReader lines;
        private final List<String> comments = new ArrayList<>();

        Reader(java.io.InputStream body) {
            lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        }

        Told next() {
            try {
                String id = "";
                String kind = "";
                var data = new StringBuilder();
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith(":")) comments.add(line);
                    else if (line.startsWith("id:")) id = line.substring(3);
                    else if (line.startsWith("event:")) kind = line.substring(6);
                    else if (line.startsWith("data:")) data.append(line.substring(5));
                    else if (line.isEmpty() && !kind.isEmpty()) return new Told(id, kind, data.toString());
                }
                throw new AssertionError("The stream ended");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Reads on until each kind was told with these words. */
        void until(String... kindsAndWords) {
            var awaited = new HashMap<String, String>();
            for (int i = 0; i < kindsAndWords.length; i += 2) awaited.put(kindsAndWords[i], kindsAndWords[i + 1]);
            while (!awaited.isEmpty()) {
                var told = next();
                if (told.data.contains(awaited.getOrDefault(told.kind, "\u0000"))) awaited.remove(told.kind);
            }
        }

        /** All that is told until the server ends the stream. */
        List<String> whatIsLeft() {
            return lines.lines().filter(line -> line.startsWith("data:")).toList();
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }

    private Reader open(TenantId tenant, String lastEventId) throws Exception {
        var response = door.stream(tenant, lastEventId);
        assertThat(response.statusCode()).isEqualTo(200);
        return new Reader(response.body());
    }

    @Test
    void whatHappensIsToldInTheOrderOfTheStore() throws Exception {
        var tenant = tenant("live");
        try (var reader = open(tenant, null)) {
            assertThat(reader.next().kind).isEqualTo("open");
            var finding = Finding.in(tenant, "live");
            door.store(new Stories()
                    .raise(finding)
                    .open(tenant, "live", Instant.now(), finding)
                    .block(tenant, "live", "203.0.113.9", null, Instant.now(), Duration.ofHours(1))
                    .events());
            var kinds = new ArrayList<String>();
            long last = -1;
            while (!kinds.contains("rule")) {
                var told = reader.next();
                assertThat(Long.parseLong(told.id)).isGreaterThanOrEqualTo(last);
                last = Long.parseLong(told.id);
                kinds.add(told.kind);
            }
            assertThat(kinds).contains("attack", "incident", "rule");
        }
    }

    /** Nothing of their own happens to the attack and the incident: a rule far away keeps their source out, and somebody resolves. */
    @Test
    void whatOthersNewsChangeIsToldToo() throws Exception {
        var tenant = tenant("outcomes");
        var finding = Finding.in(tenant, "outcome").from("198.51.100.191");
        door.store(new Stories()
                .raise(finding)
                .open(tenant, "outcome", Instant.now(), finding)
                .events());
        Door.await(
                "the incident is there",
                () -> door.get(tenant, "/incidents").body().path("items").size() == 1);
        try (var reader = open(tenant, null)) {
            assertThat(reader.next().kind).isEqualTo("open");
            door.store(new Stories()
                    .block(tenant, "outcome", "198.51.100.191/32", null, Instant.now(), Duration.ofHours(1))
                    .events());
            reader.until("attack", "\"outcome\":\"blocked\"", "incident", "\"status\":\"contained\"");
            door.store(new Stories().resolve(tenant, "outcome", Instant.now()).events());
            reader.until("attack", "\"outcome\":\"resolved\"", "incident", "\"status\":\"resolved\"");
        }
    }

    /** One rule can change more attacks than are read at a time, and all of them at one place. */
    @Test
    void ofManyThatChangeAtOnePlaceNoneIsLostAndWhoIsCutHearsThemAgain() throws Exception {
        var tenant = tenant("one place");
        int many = 2 * ThreatTail.MOST + 50;
        db.execute("""
                insert into views.attack (tenant, id, position, finding, first_at, last_at, severity, stage, engine, rule, title,
                    users, events, outcome, history, simulated, origin, search)
                select ?, gen_random_uuid(), n, gen_random_uuid(), now(), now(), 2, 3, 'HEURISTICS', 'many', 'many',
                    0, 1, 'BLOCKED', false, false, 'nowhere', '' from generate_series(1, ?) n
                """, tenant.value(), many);
        db.execute(
                "insert into views.told_again_progress select tenant, 'attack', id, ? from views.attack where tenant = ?",
                many + 7L,
                tenant.value());
        db.execute("insert into views.story_progress values (?, ?)", tenant.value(), many + 7L);
        try (var reader = open(tenant, Integer.toString(many))) {
            reader.next();
            var told = new ArrayList<Told>();
            for (int i = 0; i < many; i++) told.add(reader.next());
            assertThat(told).extracting(Told::data).doesNotHaveDuplicates();
            assertThat(told.subList(0, many - 1)).extracting(Told::id).containsOnly(Integer.toString(many));
            assertThat(told.getLast().id()).isEqualTo(Integer.toString(many + 7));
        } finally {
            for (var table : List.of("attack", "told_again_progress", "story_progress"))
                db.execute("delete from views." + table + " where tenant = ?", tenant.value());
        }
    }

    @Test
    void aReaderThatComesBackMissesNothing() throws Exception {
        var tenant = tenant("resumed");
        door.store(new Stories().raise(Finding.in(tenant, "before")).events());
        Door.await(
                "the first is there",
                () -> door.get(tenant, "/threat/attacks").body().path("items").size() == 1);
        String place;
        try (var reader = open(tenant, "0")) {
            reader.next();
            var first = reader.next();
            assertThat(first.data).contains(Stories.series("before").toString());
            place = first.id;
        }
        door.store(new Stories()
                .raise(Finding.in(tenant, "while away one"))
                .raise(Finding.in(tenant, "while away two"))
                .events());
        try (var reader = open(tenant, place)) {
            assertThat(reader.next().id).isEqualTo(place);
            assertThat(reader.next().data)
                    .contains(Stories.series("while away one").toString());
            assertThat(reader.next().data)
                    .contains(Stories.series("while away two").toString());
        }
    }

    @Test
    void anotherOrganisationsNewsIsNotHeard() throws Exception {
        var listening = tenant("listening");
        var other = tenant("talking");
        try (var reader = open(listening, "0")) {
            reader.next();
            door.store(new Stories().raise(Finding.in(other, "secret")).events());
            Door.await(
                    "it is told to its own",
                    () -> door.get(other, "/threat/attacks")
                                    .body()
                                    .path("items")
                                    .size()
                            == 1);
            door.store(new Stories().raise(Finding.in(listening, "own")).events());
            assertThat(reader.next().data)
                    .contains(Stories.series("own").toString())
                    .doesNotContain(Stories.series("secret").toString());
        }
    }

    @Test
    void aQuietStreamShowsThatItIsAlive() throws Exception {
        var tenant = tenant("quiet");
        try (var reader = open(tenant, null)) {
            reader.next();
            Thread.ofVirtual().start(() -> {
                Door.await("it was quiet for a while", () -> !reader.comments.isEmpty());
                door.store(new Stories().raise(Finding.in(tenant, "noise")).events());
            });
            reader.next();
            assertThat(reader.comments).isNotEmpty();
        }
    }

    /** Asked before anything is told, so that not even the first news after the end is heard. */
    @Test
    void whoseSessionIsOverHearsNothingMore() throws Exception {
        var tenant = tenant("revoked");
        try (var reader = open(tenant, null)) {
            assertThat(reader.next().kind()).isEqualTo("open");
            listeners.endThoseOf(tenant);
            door.store(new Stories().raise(Finding.in(tenant, "after the end")).events());
            assertThat(reader.whatIsLeft()).isEmpty();
        }
    }

    @Test
    void whoseSessionIsOverIsSentAwayThoughNothingHappens() throws Exception {
        var tenant = tenant("revoked in silence");
        try (var reader = open(tenant, null)) {
            assertThat(reader.next().kind()).isEqualTo("open");
            listeners.endThoseOf(tenant);
            assertThat(reader.whatIsLeft()).isEmpty();
            Door.await("it is counted no more", () -> streams.listeners(tenant) == 0);
        }
    }

    @Test
    void anOrganisationHasOnlySoManyStreams() throws Exception {
        var tenant = tenant("greedy");
        var readers = new ArrayList<Reader>();
        for (int i = 0; i < 3; i++) readers.add(open(tenant, null));
        var refused = door.stream(tenant, null);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("retry-after")).isPresent();
        refused.body().close();
        for (var reader : readers) reader.close();
        Door.await("closed streams are counted no more", () -> streams.listeners(tenant) == 0);
        open(tenant, null).close();
    }

    /** More than any socket holds waits for a reader who never reads. */
    @Test
    void aReaderWhoNeverReadsIsCutAndNobodyWaitsForThem() throws Exception {
        var tenant = tenant("slow");
        var other = tenant("quick");
        db.execute("""
                insert into views.attack (tenant, id, position, finding, first_at, last_at, severity, stage, engine, rule, title,
                    users, events, outcome, history, simulated, origin, search)
                select ?, gen_random_uuid(), n, gen_random_uuid(), now(), now(), 2, 3, 'HEURISTICS', 'slow', repeat('x', 2000),
                    0, 1, 'WATCHING', false, false, 'nowhere', '' from generate_series(1, 6000) n
                """, tenant.value());
        db.execute("insert into views.story_progress values (?, 6000)", tenant.value());
        try (var deaf = new Socket()) {
            deaf.setReceiveBufferSize(4096);
            deaf.connect(new InetSocketAddress("localhost", port));
            deaf.getOutputStream().write("""
                    GET /api/v1/threat/stream HTTP/1.1\r
                    Host: localhost\r
                    Last-Event-ID: 0\r
                    %s: %s IT_SECURITY\r
                    \r
                    """.formatted(ReadHouse.CALLER, tenant).getBytes(StandardCharsets.US_ASCII));
            Door.await("it listens", () -> streams.listeners(tenant) == 1);
            try (var reader = open(other, null)) {
                assertThat(reader.next().kind()).isEqualTo("open");
                door.store(new Stories().raise(Finding.in(other, "quick")).events());
                assertThat(reader.next().kind()).isEqualTo("attack");
            }
            Door.await("it is cut", () -> streams.listeners(tenant) == 0);
        } finally {
            db.execute("delete from views.attack where tenant = ?", tenant.value());
            db.execute("delete from views.story_progress where tenant = ?", tenant.value());
        }
    }

    @Test
    void aPlaceThatNobodyGaveOutIsRefusedByName() throws Exception {
        for (var id : List.of("x", "-1", "1e9", "99999999999999999999")) {
            var refused = door.stream(tenant("liar"), id);
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(new String(refused.body().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("Last-Event-ID");
        }
    }

    @Test
    void textOfStrangersStaysOneLineOfData() throws Exception {
        var tenant = tenant("hostile stream");
        door.store(new Stories()
                .raise(Finding.in(tenant, "hostile")
                        .titled("x\n\nevent: rule\ndata: {}\r\n\u2028<img src=x onerror=alert(1)>\u001b[2J"))
                .events());
        try (var reader = open(tenant, "0")) {
            reader.next();
            var told = reader.next();
            assertThat(told.kind).isEqualTo("attack");
            assertThat(told.data)
                    .contains("\\n\\nevent: rule\\ndata: {}")
                    .contains("\\u001B")
                    .contains(Stories.series("hostile").toString());
        }
    }
}
